"""A week in a practice through the real commands: two clients, an own exercise, own limits.

Monday to Friday; recordings are drawn poses. Then the comparison, the page on everybody, and one
client who leaves and wants everything erased.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from formcheck.core.pose.frame import SourceInfo
from formcheck.files.pose_file import PoseRecording
from formcheck.history.store import History
from tests.cli.running import SLUG, Ended, Run
from tests.history.made import MORNING
from tests.stickman import SIZE, Lift, Stance, clip

pytestmark = pytest.mark.slow

FPS = 15.0
DRIVE = "knee-drive"
LIMITS = f"""\
notes = "hip replaced in March"

[exercise.{SLUG}]
range_deg = 60
limits = {{ lean-back = 15 }}
"""


class Week:
    """The practice's folder, its recordings, and a command line."""

    def __init__(self, run: Run, data: Path, place: Path) -> None:
        self.run, self.data, self.place = run, data, place

    def ok(self, *asked: object) -> Ended:
        """Runs a command that must work."""
        ended = self.run(*asked)
        assert ended.code == 0, (asked, ended)
        return ended

    def filmed(self, name: str, *lifts: Lift) -> Path:
        """Returns the recording of some lifts."""
        poses = tuple(clip(list(lifts), fps=FPS))
        source = SourceInfo(
            path=f"{name}.mp4",
            width=SIZE[0],
            height=SIZE[1],
            fps=FPS,
            frames=len(poses),
            duration_s=len(poses) / FPS,
        )
        path = self.place / f"{name}.npz"
        PoseRecording(source=source, poses=poses).save(path)
        return path

    def trains(self, client: str, day: int, exercise: str, *lifts: Lift) -> dict[str, object]:
        """Analyses a client's recording of a day of the week, and stores its session."""
        on = (MORNING + timedelta(days=day)).date().isoformat()
        path = self.filmed(f"{client[:3]}-{exercise}-{day}", *lifts)
        ended = self.ok(
            "analyze", path, "-e", exercise, "--save", "--recorded", on, "--client", client,
            "--json", "-",
        )  # fmt: skip
        found: dict[str, object] = json.loads(ended.out)
        return found


def test_a_week(formcheck: Run, data: Path, tmp_path: Path) -> None:
    week = Week(formcheck, data, tmp_path)
    low, leaning = Lift(peak=62.0), Lift(peak=62.0, at_top=Stance(lean=-13.0))

    # Monday: two clients, one with limits, and an exercise of the practice's own.
    week.ok("clients", "add", "Ana López")
    week.ok("clients", "add", "Ben")
    (data / "clients" / "Ana López" / "client.toml").write_text(LIMITS, encoding="utf-8")
    week.ok("exercises", "new", DRIVE, "--like", SLUG)
    mine = data / "exercises" / f"{DRIVE}.toml"
    mine.write_text(mine.read_text(encoding="utf-8").replace("value = -10.0", "value = -25.0"))
    week.ok("exercises", "check", mine)
    for client in ("Ana López", "Ben"):
        week.ok("routine", "init", "--client", client)
        plan = tmp_path / f"{client}.html"
        week.ok("routine", "handout", "--client", client, "--out", plan)
        assert ("range 60°" in plan.read_text(encoding="utf-8")) == (client == "Ana López")

    # The same movement is clean by Ana's limits, and half done by everybody's.
    monday = week.trains("Ana López", 0, SLUG, low, leaning, low)
    assert monday["counts"]["clean"] == 3  # type: ignore[index]
    assert week.trains("Ben", 0, SLUG, low, leaning, low)["counts"]["clean"] == 0  # type: ignore[index]

    # Wednesday and Friday: Ana leans less; Ben does the practice's exercise, leaning freely.
    week.trains("Ana López", 2, SLUG, low, low, low)
    week.trains("Ana López", 4, SLUG, *[Lift(peak=80.0, hold_s=3.5)] * 3)
    drive = week.trains("Ben", 2, DRIVE, *[Lift(peak=95.0, at_top=Stance(lean=-18.0))] * 3)
    assert drive["counts"]["clean"] == 3  # type: ignore[index]

    # Each has a history of their own, by the rules of the day.
    with History(data / "clients" / "Ana López") as history:
        sessions = history.sessions()
        assert [s.counts.clean for s in sessions] == [3, 3, 3]
        assert all(s.rules is not None and s.rules.cycle.aim == 60.0 for s in sessions)
    assert "*: by limits of this person" in week.ok("history", "--client", "Ana López").out
    assert "No session" in week.ok("history").err

    # Friday: the limits change; the plot says when, and the comparison refuses what it must.
    file = data / "clients" / "Ana López" / "client.toml"
    file.write_text(LIMITS.replace("range_deg = 60", "range_deg = 75"), encoding="utf-8")
    week.trains("Ana López", 5, SLUG, *[Lift(peak=80.0, hold_s=3.5)] * 3)
    progress = tmp_path / "progress"
    week.ok("report", "--client", "Ana López", "--out", progress)
    page = (progress / "index.html").read_text(encoding="utf-8")
    assert "range 60° (usually 90°)" in page and "range 75° (usually 90°)" in page
    compared = tmp_path / "compared"
    alike = week.ok("compare", 1, 3, "--client", "Ana López", "--out", compared)
    assert "peak thigh elevation (left): " not in alike.out  # As asked for both times.
    assert "hold (left)" in (compared / "index.html").read_text(encoding="utf-8")
    other = week.ok("compare", 3, 4, "--client", "Ana López", "--out", compared)
    assert "The limits differ" in other.out
    assert_everybody_and_ben_leaves(week, mine)


def assert_everybody_and_ben_leaves(week: Week, mine: Path) -> None:
    # Everybody at a glance, then Ben leaves: all of his goes, all of Ana's stays.
    week.ok("report", "--all-clients", "--out", week.place / "practice")
    everybody = (week.place / "practice" / "index.html").read_text(encoding="utf-8")
    assert "Ana López" in everybody and "leaning back (33 %)" in everybody
    archive = week.place / "ben.zip"
    week.ok("clients", "export", "Ben", "--out", archive)
    gone = week.ok("clients", "erase", "Ben", "--yes").out
    assert "history.db" in gone and not (week.data / "clients" / "Ben").exists()
    mine.unlink()
    week.ok("clients", "add", "Ben", "--from", archive)
    assert DRIVE in week.ok("history", "--client", "Ben").out
    assert "Knee drive" in week.ok("history", "show", 2, "--client", "Ben").out
    with History(week.data / "clients" / "Ana López") as history:
        assert len(history.sessions()) == 4
