"""A run through the application, with a stick figure before the camera."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from formcheck.history.store import History
from tests.web.rig import (
    FPS,
    ORIGIN,
    PICTURE,
    POSES,
    House,
    frame_bytes,
    jpeg,
    play,
    unpacked,
)

SOCKET = ORIGIN.replace("http", "ws")
ASKED = {"exercise": "standing-hip-flexion", "sets": 1, "reps": 9, "side": "left"}


def begun(client: TestClient, **more: Any) -> str:
    answer = client.post("/api/run", json=ASKED | more)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["run"])


def stored(folder: Path) -> list[list[tuple[str, str]]]:
    with History(folder, create=False) as history:
        return [[(r.side.value, r.verdict.value) for r in s.reps] for s in history.sessions()]


def test_a_run_is_judged_shown_and_stored(client: TestClient, house: House) -> None:
    run = begun(client, loads=["light band"])
    scenes = list(play(client, run, range(POSES)))
    stages = list(dict.fromkeys(scene["stage"] for scene in scenes))
    assert stages == ["countdown", "set"]
    assert scenes[-1]["counts"]["left"]["clean"] == 1 and len(scenes[-1]["points"]) == 33
    heard = [tone for scene in scenes for tone in scene["tones"]]
    assert {"pip", "go", "clean", "rejected"} <= set(heard)
    said = [text for scene in scenes for text, _ in scene["say"]]
    assert "Go." in said and any(text.startswith("1.") for text in said)
    ended = [rep for scene in scenes for rep in scene["reps"]]
    assert [rep["verdict"] for rep in ended] == ["clean", "compensated"]
    assert ended[1]["why"].startswith("leaning back")
    summary = client.post(f"/api/run/{run}/command", json={"name": "stop"}).json()["summary"]
    assert summary["text"] == "1 clean of 2, 1 compensated"
    assert stored(house.folder) == [[("left", "clean"), ("left", "compensated")]]
    with History(house.folder) as history:
        session = history.session(summary["number"])
    assert session.loads == ("light band",) and session.source.path == "browser"
    assert client.get("/api/run").json()["run"] is None


def test_limits_of_this_person_judge_and_are_stored(client: TestClient, house: House) -> None:
    run = begun(client, limits={"lean-back": 30})
    ended = [rep for scene in play(client, run, range(POSES)) for rep in scene["reps"]]
    assert [rep["verdict"] for rep in ended] == ["clean", "clean"]
    summary = client.post(f"/api/run/{run}/command", json={"name": "stop"}).json()["summary"]
    with History(house.folder) as history:
        rules = history.session(summary["number"]).rules
    assert rules is not None and rules.changes == ("lean-back 30° (usually 10)",)
    refused = client.post("/api/run", json=ASKED | {"limits": {"lean-back": 300}})
    assert refused.status_code == 400 and "beyond what the camera" in refused.json()["error"]


def test_each_repetition_is_stored_before_the_run_ends(client: TestClient, house: House) -> None:
    run = begun(client)
    list(play(client, run, range(POSES - 10)))
    assert [verdict for _, verdict in stored(house.folder)[0]][:1] == ["clean"]


def test_the_socket_judges_as_the_requests_do(client: TestClient) -> None:
    run = begun(client)
    by_requests = list(play(client, run, range(120)))
    client.post(f"/api/run/{run}/command", json={"name": "stop"})
    run = begun(client)
    by_socket = []
    with client.websocket_connect(f"{SOCKET}/api/run/{run}/socket") as socket:
        for index in range(120):
            socket.send_bytes(frame_bytes(index))
            by_socket.append(json.loads(socket.receive_text()))
        socket.send_text(json.dumps({"name": "pause"}))
        assert json.loads(socket.receive_text())["paused"]
    keys = ("stage", "counts", "countdown_s", "points", "tones")
    for one, other in zip(by_requests, by_socket, strict=True):
        assert [one[key] for key in keys] == [other[key] for key in keys]


def test_the_last_clean_repetition_ends_the_run_with_its_summary(
    client: TestClient, house: House
) -> None:
    run = begun(client, reps=1)
    scenes = []
    for scene in play(client, run, range(POSES)):
        scenes.append(scene)
        if scene["finished"]:
            break
    assert scenes[-1]["stage"] == "summary"
    assert scenes[-1]["summary"]["most"] == "Every repetition clean."
    assert client.post(f"/api/run/{run}/frame", content=frame_bytes(9999)).status_code == 400
    assert len(stored(house.folder)) == 1


def test_a_run_without_a_picture_leaves_no_session(client: TestClient, house: House) -> None:
    run = begun(client)
    ended = client.post(f"/api/run/{run}/command", json={"name": "stop"}).json()
    assert ended["summary"]["number"] is None
    assert not (house.folder / "history.db").exists() or stored(house.folder) == []


def test_there_is_one_run_at_a_time(client: TestClient) -> None:
    run = begun(client)
    second = client.post("/api/run", json=ASKED)
    assert second.status_code == 409 and second.json()["run"] == run
    client.post(f"/api/run/{run}/command", json={"name": "stop"})
    assert begun(client) != run


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"exercise": "squat"}, "no exercise 'squat'"),
        ({"sets": 0}, "from 1 to 20"),
        ({"sets": 2.5}, "from 1 to 20"),
        ({"reps": 1000}, "from 1 to 200"),
        ({"hold_s": 1e9}, "from 1 to 300"),
        ({"side": "middle"}, "one of auto"),
        ({"loads": "heavy"}, "list of texts"),
        ({"speed": 3}, "'speed' is not known"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(
    client: TestClient, wrong: dict[str, Any], says: str
) -> None:
    answer = client.post("/api/run", json=ASKED | wrong)
    assert answer.status_code == 400 and says in answer.json()["error"]
    assert client.get("/api/run").json()["run"] is None


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"12345678", 400),
        (frame_bytes(0, b"no picture"), 422),
        (frame_bytes(0, PICTURE[:-9]), 422),
        (frame_bytes(0, jpeg(progressive=True)), 422),
        (frame_bytes(0, jpeg(3000, 2000)), 422),
        (bytes(1 << 21), 413),
    ],
)
def test_a_bad_picture_is_refused_and_the_run_goes_on(
    client: TestClient, content: bytes, status: int
) -> None:
    run = begun(client)
    answer = client.post(f"/api/run/{run}/frame", content=content)
    assert answer.status_code == status and answer.json()["error"]
    assert next(play(client, run, [1]))["stage"] == "countdown"


def test_an_old_frame_is_skipped(client: TestClient) -> None:
    run = begun(client)
    found = [scene.get("skipped", False) for scene in play(client, run, [0, 2, 2, 1, 3])]
    assert found == [False, False, True, True, False]


def test_a_viewer_sees_each_frame_it_has_asked_for(client: TestClient) -> None:
    run = begun(client)
    with client.websocket_connect(f"{SOCKET}/api/watch") as viewer:
        for index in range(3):
            list(play(client, run, [index]))
            scene, picture = unpacked(viewer.receive_bytes())
            assert scene["exercise"] == ASKED["exercise"] and picture == PICTURE
            viewer.send_text("next")
        list(play(client, run, [3, 4, 5]))
        # Of the frames drawn meanwhile only the newest comes.
        unpacked(viewer.receive_bytes())
        viewer.send_text("next")
        client.post(f"/api/run/{run}/command", json={"name": "stop"})
        scene, _ = unpacked(viewer.receive_bytes())
        while not scene["finished"]:
            viewer.send_text("next")
            scene, _ = unpacked(viewer.receive_bytes())
        assert scene["summary"]["text"]


def test_a_screen_without_a_socket_asks_for_each_frame(client: TestClient) -> None:
    run = begun(client)
    list(play(client, run, [0]))
    scene, picture = unpacked(client.get("/api/watch/frame").content)
    assert scene["stage"] == "countdown" and picture == PICTURE


def test_pause_pain_and_the_other_commands(client: TestClient) -> None:
    run = begun(client, side="auto")

    def command(name: str, value: object = None) -> dict[str, Any]:
        answer = client.post(f"/api/run/{run}/command", json={"name": name, "value": value})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    list(play(client, run, range(int(4 * FPS))))
    assert command("pause")["paused"]
    assert all(scene["paused"] for scene in play(client, run, range(200, 203)))
    assert command("resume")["paused"] is None
    for name in ("next_set", "switch", "recalibrate", "state"):
        assert command(name)["stage"]
    assert command("pain", 2)["pain"] == 2
    for name, value in (("pain", 11), ("pain", True), ("pain", None), ("dance", None)):
        answer = client.post(f"/api/run/{run}/command", json={"name": name, "value": value})
        assert answer.status_code == 400
    assert "Pain 5 of 10" in command("pain", 5)["summary"]["problems"][0]


def test_a_silent_camera_pauses_the_run_and_later_ends_it(
    client: TestClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formcheck.web.run_desk.SILENT_S", 0.05)
    monkeypatch.setattr("formcheck.web.run_desk.WATCH_S", 0.02)
    run = begun(client)
    list(play(client, run, range(90)))
    with client.websocket_connect(f"{SOCKET}/api/watch") as viewer:
        scene, _ = unpacked(viewer.receive_bytes())
        while not scene["paused"]:
            viewer.send_text("next")
            scene, _ = unpacked(viewer.receive_bytes())
        assert "camera" in scene["paused"]
        assert next(play(client, run, [91]))["paused"] is None
        monkeypatch.setattr("formcheck.web.run_desk.GIVE_UP_S", 0.1)
        while not scene["finished"]:
            viewer.send_text("next")
            scene, _ = unpacked(viewer.receive_bytes())
    assert client.get("/api/run").json()["run"] is None
    assert len(stored(house.folder)) == 1


def test_the_end_of_the_server_writes_the_run(client: TestClient, house: House) -> None:
    run = begun(client)
    list(play(client, run, range(POSES)))
    assert client.portal is not None
    client.portal.call(house.desk.close)
    with History(house.folder) as history:
        assert [session.ended_at is not None for session in history.sessions()] == [True]


@pytest.mark.parametrize(
    "path",
    ["/", "/watch", "/assets/train.js", "/api/exercises", "/api/tones/clean.wav", "/nothing"],
)
def test_every_answer_says_how_it_may_be_used(client: TestClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers
    assert answer.status_code == (404 if path == "/nothing" else 200)


def test_the_page_knows_every_exercise(client: TestClient) -> None:
    found = client.get("/api/exercises").json()["exercises"]
    assert len(found) >= 8
    for one in found:
        assert one["camera"] and one["how_to"] and one["outline"]["paths"]
        assert one["dose"]["sets"] >= 1 and all("<svg" in svg for svg in one["pictures"])
    assert client.get("/", headers={"origin": ORIGIN}).status_code == 200


def test_a_socket_of_a_run_that_is_over_is_told_so(client: TestClient) -> None:
    with client.websocket_connect(f"{SOCKET}/api/run/0123/socket") as socket:
        socket.send_bytes(frame_bytes(0))
        assert json.loads(socket.receive_text())["over"] is True
