from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.rig import POSES, play


@pytest.fixture
def number(client: TestClient) -> int:
    asked = {"exercise": "standing-hip-flexion", "sets": 1, "reps": 9, "side": "left"}
    run = client.post("/api/run", json=asked).json()["run"]
    list(play(client, run, range(POSES)))
    ended = client.post(f"/api/run/{run}/command", json={"name": "stop"}).json()
    return int(ended["summary"]["number"])


def test_a_session_is_listed_opened_noted_and_deleted(client: TestClient, number: int) -> None:
    (row,) = client.get("/api/history").json()["sessions"]
    assert (row["number"], row["text"]) == (number, "1 clean of 2, 1 compensated")
    (first,) = client.get(f"/api/history/{number}").json()["each_set"]
    assert [rep["verdict"] for rep in first["reps"]] == ["clean", "compensated"]
    answer = client.post(f"/api/history/{number}/note", json={"set": 1, "pain": 3, "load": "band"})
    assert answer.json() == {"say": "Pain 3 of 10 noted."}
    assert client.get(f"/api/history/{number}").json()["each_set"][0]["load"] == "band"
    said = client.post(f"/api/history/{number}/note", json={"set": 1, "pain": 6}).json()["say"]
    assert "training stops" in said
    assert client.delete(f"/api/history/{number}").json() == {"deleted": 1}
    assert client.get("/api/history").json() == {"sessions": [], "in_all": 0}


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"set": 1, "pain": 11}, "from 0 to 10"),
    ({"set": 7, "pain": 1}, "no set 7"),
    ({"pain": 1}, "'set' is missing"),
    ({"set": 1, "load": "x" * 101}, "at most 100"),
)


def test_a_wrong_note_is_told_what_is_wrong(client: TestClient, number: int) -> None:
    for noted, says in WRONG:
        answer = client.post(f"/api/history/{number}/note", json=noted)
        assert answer.status_code == 400 and says in answer.json()["error"]


def test_an_empty_history_is_empty(client: TestClient) -> None:
    assert client.get("/api/history").json() == {"sessions": [], "in_all": 0}
    assert client.get("/api/history/1").status_code == 400
    assert client.delete("/api/history/1").status_code == 400
