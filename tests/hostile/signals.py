"""Signals at moments drawn at random, to commands in processes of their own."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from formcheck.files.run_journal import journal_path, recover
from formcheck.history.folder import ENVIRONMENT, PLAN
from formcheck.history.store import History
from tests.cli.running import SLUG
from tests.history.made import stored
from tests.hostile.fault import FPS, lifts
from tests.sources.clips import write_clip

ROOT = Path(__file__).resolve().parents[2]
CHILD = (
    "import sys, time\n"
    "from formcheck.estimators import mediapipe_pose\n"
    "from tests.hostile.case import Seen, lifting\n"
    "class Slow(Seen):\n"
    "    def estimate(self, frame):\n"
    "        time.sleep(0.01)\n"
    "        return super().estimate(frame)\n"
    "from tests.alone import finding\n"
    "[each.start() for each in finding()]\n"
    "slow = lambda model_path=None, *, silhouette=False: Slow(lifting)\n"
    "mediapipe_pose.MediaPipeEstimator = slow\n"
    "from formcheck.cli.main import run\n"
    "print('ready', flush=True)\n"
    "run()\n"
)
PLAN_TEXT = """days = ["mon"]

[[exercise]]
name = "standing-hip-flexion"
sets = 1
reps = 2
"""


def _line(command: str, place: Path) -> list[str]:
    poses = str(place / "a.npz")
    return {
        "run": ["run", SLUG, "--no-window", "--mute", "--source", poses, "--json",
                str(place / "set.json")],
        "analyze": ["analyze", str(place / "a.mp4"), "-e", SLUG, "--out", str(place / "out"),
                    "--save"],
        "routine": ["routine", "--no-window", "--mute", "--source", poses],
    }[command]  # fmt: skip


def _prepared(place: Path) -> None:
    data = place / "data"
    with History(data) as history:
        history.add(stored())
    (data / PLAN).write_text(PLAN_TEXT, encoding="utf-8")
    replace(lifts(), poses=lifts().poses[: int(8 * FPS)]).save(place / "a.npz")
    write_clip(place / "a.mp4", range(0, 7000, 50))


def signalled(command: str, number: signal.Signals, moments: int = 3) -> str:
    """Send a signal to a command at random moments, and look at what is left."""
    rng = random.Random(f"{command} {number.name}")
    codes = []
    for _ in range(moments):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            _prepared(place)
            codes.append(_struck(command, number, rng.uniform(0.0, 12.0), place))
    return f"history, earlier sessions and results; exit codes {sorted(set(codes))}"


def _struck(command: str, number: signal.Signals, after_s: float, place: Path) -> int:
    environ = os.environ | {
        ENVIRONMENT: str(place / "data"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    environ.pop("DISPLAY", None)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, *_line(command, place)], cwd=ROOT, env=environ, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        time.sleep(after_s)
        child.send_signal(number)
        _, err = child.communicate(timeout=90)
    finally:
        child.kill()
        child.wait()
    assert "Traceback" not in err, (command, number.name, after_s, err)
    _whole(place, killed=number is signal.SIGKILL)
    return child.returncode


def _whole(place: Path, *, killed: bool) -> None:
    with History(place / "data") as history:
        sessions = history.sessions()
        assert sessions, "the session of before is gone"
    for path in place.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    assert (place / "data" / PLAN).read_text(encoding="utf-8").startswith("days"), "plan"
    journal = journal_path(place / "set.json")
    if journal.exists() and journal.stat().st_size:
        recover(journal)
    if not killed:
        assert not list(place.rglob("*.part")), "half a result was left behind"
