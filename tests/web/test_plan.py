from __future__ import annotations

from starlette.testclient import TestClient

from tests.web.rig import POSES, House, play


def test_a_plan_is_made_shown_and_moved_on(client: TestClient, house: House) -> None:
    assert client.get("/api/plan").json() == {
        "exists": False,
        "levels": ["foundational", "advanced"],
    }
    assert client.post("/api/plan", json={"level": "hard"}).status_code == 400
    made = client.post("/api/plan", json={"level": "foundational"}).json()
    assert made == client.get("/api/plan").json()
    assert client.post("/api/plan", json={"level": "advanced"}).status_code == 400
    entry = made["entries"][-1]
    assert entry["announcement"].startswith(f"{len(made['entries'])} of")
    run = client.post("/api/run", json=entry["run"]).json()["run"]
    list(play(client, run, range(POSES)))
    client.post(f"/api/run/{run}/command", json={"name": "pain", "value": 7})
    (decided,) = client.post("/api/plan/after", json={"trained": [entry["name"]]}).json()["next"]
    assert decided["step"] == "stop"
    assert client.get("/api/plan").json()["stopped"]["exercise"] == entry["name"]
    wish = {"exercise": entry["name"], "wanted": "resume"}
    assert client.post("/api/plan/overrule", json=wish).json()["stopped"] is None


def test_a_plan_that_is_damaged_says_so(client: TestClient, house: House) -> None:
    house.folder.mkdir(parents=True, exist_ok=True)
    (house.folder / "routine.toml").write_text("days = [", encoding="utf-8")
    answer = client.get("/api/plan")
    assert answer.status_code == 422 and "TOML" in answer.json()["error"]


def test_the_progress_page_has_the_policy_of_its_own_program(client: TestClient) -> None:
    assert client.get("/progress/index.html").status_code == 404
    asked = {"exercise": "standing-hip-flexion", "side": "left"}
    run = client.post("/api/run", json=asked).json()["run"]
    list(play(client, run, range(POSES)))
    client.post(f"/api/run/{run}/command", json={"name": "stop"})
    page = client.get("/progress")
    assert page.status_code == 200 and page.url.path == "/progress/index.html"
    policy = page.headers["content-security-policy"]
    assert "script-src 'sha256-" in policy and "frame-ancestors 'none'" in policy
    assert client.get("/progress/plotly.min.js").status_code == 200
