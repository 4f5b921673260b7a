from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from formcheck.history.folder import stored_files
from formcheck.web.recording_queue import CRASHED
from formcheck.web.recording_store import FILM, RecordingStore, Stage
from tests.web.rig import MOST_BYTES, House


def add(client: TestClient, film: bytes, **asked: str) -> Any:
    query = {"name": "a set.mp4", "exercise": "auto"} | asked
    return client.post("/api/recordings", params=query, content=film)


def settled(client: TestClient, id: str, limit_s: float = 15.0) -> dict[str, Any]:
    end_s = time.monotonic() + limit_s
    while True:
        rows = client.get("/api/recordings").json()["recordings"]
        (row,) = [row for row in rows if row["id"] == id]
        if row["stage"] in ("done", "failed"):
            return dict(row)
        assert time.monotonic() < end_s, row
        time.sleep(0.02)


def test_a_recording_gets_its_report(client: TestClient, house: House) -> None:
    made = add(client, b"0123456789", name="../../etc/passwd\n", recorded_ms="1760000000000")
    assert made.status_code == 200
    id = made.json()["id"]
    row = settled(client, id)
    assert (row["stage"], row["text"]) == ("done", "auto: 2 clean of 2")
    # What the browser called it is shown, and names no file.
    assert row["name"] == "../../etc/passwd?"
    assert {path.name for path in house.folder.rglob("*")} >= {id, FILM}
    assert not [path for path in house.folder.rglob("*") if "passwd" in path.name]
    page = client.get(row["report"])
    assert page.headers["content-security-policy"].startswith("script-src 'sha256-abc='")
    part = client.get(f"/recordings/{id}/report/video.mp4", headers={"range": "bytes=2-5"})
    assert (part.status_code, part.content) == (206, b"2345")
    assert client.delete(f"/api/recordings/{id}").status_code == 200
    assert list((house.folder / "recordings").iterdir()) == []


@pytest.mark.parametrize(
    ("film", "text"), [(b"no film", "a set.mp4 is no film."), (b"crashes", CRASHED)]
)
def test_one_that_fails_says_why_and_can_be_tried_again(
    client: TestClient, film: bytes, text: str
) -> None:
    id = add(client, film).json()["id"]
    assert settled(client, id)["text"] == text
    again = client.post(f"/api/recordings/{id}/again", json={"exercise": "supine-marching"})
    assert again.json()["stage"] == "waiting"
    assert settled(client, id)["exercise"] == "supine-marching"


def test_cancelling_ends_the_process_and_the_next_one_follows(client: TestClient) -> None:
    hanging = add(client, b"hangs").json()["id"]
    waiting = add(client, b"fine").json()["id"]
    end_s = time.monotonic() + 15.0
    while not any(row["share"] for row in client.get("/api/recordings").json()["recordings"]):
        assert time.monotonic() < end_s
        time.sleep(0.02)
    assert client.delete(f"/api/recordings/{hanging}").status_code == 200
    assert settled(client, waiting)["stage"] == "done"


@pytest.mark.parametrize(
    ("film", "asked", "status"),
    [
        (bytes(MOST_BYTES + 1), {}, 413),
        (b"fine", {"exercise": "squat"}, 400),
    ],
)
def test_what_is_refused_leaves_nothing(
    client: TestClient, house: House, film: bytes, asked: dict[str, str], status: int
) -> None:
    assert add(client, film, **asked).status_code == status
    assert stored_files(house.folder) == []


def test_a_body_that_grows_beyond_what_it_said_is_refused(client: TestClient, house: House) -> None:
    def pieces() -> Any:
        for _ in range(20):
            yield bytes(MOST_BYTES // 10)

    answer = client.post("/api/recordings", content=pieces())
    assert answer.status_code == 413 and stored_files(house.folder) == []


def test_without_room_it_says_so(
    client: TestClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formcheck.web.recording_store.SPARE_BYTES", 10**18)
    answer = add(client, b"fine")
    assert answer.status_code == 422 and "no room" in answer.json()["error"]
    assert stored_files(house.folder) == []


def test_no_other_file_is_given(client: TestClient) -> None:
    id = add(client, b"fine").json()["id"]
    settled(client, id)
    outside = ("..", "%2e%2e/state.json", "../film", "../../../history.db", "/etc/passwd")
    for path in (*outside, "", "index.html/.."):
        assert client.get(f"/recordings/{id}/report/{path}").status_code in (400, 404), path


@pytest.mark.parametrize("id", ["0" * 16, "..", "%2e%2e", "x"])
def test_no_other_recording_is_touched(client: TestClient, id: str) -> None:
    assert client.delete(f"/api/recordings/{id}").status_code in (400, 404, 405)
    assert client.post(f"/api/recordings/{id}/keep", json={}).status_code in (400, 404, 405)


def test_it_is_kept_only_once_it_is_analysed(client: TestClient) -> None:
    id = add(client, b"no film").json()["id"]
    settled(client, id)
    answer = client.post(f"/api/recordings/{id}/keep", json={})
    assert answer.status_code == 400 and "not analysed" in answer.json()["error"]


def test_a_server_that_was_killed_leaves_what_still_waits(tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    half, broken = folder / ("a" * 16), folder / ("b" * 16)
    for made in (half, broken):
        made.mkdir(parents=True)
        (made / FILM).write_bytes(b"film")
    store = RecordingStore(tmp_path)
    state = '{"name": "x", "exercise": "auto", "stage": "analysing", "added_at": "",'
    (half / "state.json").write_text(state + ' "recorded_at": "", "text": "", "kept": false}')
    foreign = folder / "holiday"
    foreign.mkdir()
    assert store.tidy() == ["a" * 16]
    assert store.one("a" * 16).stage is Stage.WAITING
    assert not broken.exists()
