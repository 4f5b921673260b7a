"""Faults put into live runs and commands while they go on, and what must survive each."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Rep
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.errors import ModelError, SoundError
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.history.folder import ENVIRONMENT
from formcheck.history.live_writer import HistoryLog
from formcheck.history.store import History
from formcheck.live.run import LiveSettings, run_live
from formcheck.sound import speaker
from formcheck.sound.espeak import Espeak
from formcheck.sound.player import Playing
from formcheck.sound.tones import Samples
from formcheck.sound.voice import Priority, Voice
from formcheck.sources.playback import ReplaySource
from formcheck.training.progress import progress
from tests.cli.running import SLUG
from tests.fuzz.invariances import told
from tests.history.disks import mounted
from tests.history.made import MORNING, header
from tests.hostile.cameras import (
    camera_changes_size,
    camera_fails_for_good,
    camera_fails_now_and_then,
    camera_gives_empty_frames,
    camera_hangs,
    survived,
)
from tests.hostile.case import Case, run_case
from tests.hostile.fault import FPS, Fault, NotHere, lifts
from tests.hostile.signals import signalled
from tests.live.rig import EXERCISE, EveryFrame, live


class Failing(RecordedEstimator):
    """An estimator that raises at a frame."""

    def __init__(self, error: Exception) -> None:
        super().__init__(lifts())
        self._error = error

    def estimate(self, frame: Frame) -> Pose:
        """Return the pose, or raise."""
        if frame.index == 130:
            raise self._error
        return super().estimate(frame)


def estimator_raises() -> str:
    error = ModelError("MediaPipe failed: restart formcheck.")
    result = run_live(
        EveryFrame(ReplaySource(lifts())),
        Failing(error),
        FormChecker(EXERCISE),
        LiveSettings(tell=lambda line: None, summary_s=0.0),
    )
    assert result.error is error
    return survived(result) + ", and why it ended"


def clock_jumps() -> str:
    expected = told(live(lifts())[0].session.reps)
    rng = random.Random(1)
    real = time.time
    with (
        patch.object(time, "time", lambda: real() + rng.uniform(-1e6, 1e6)),
        patch.object(time, "time_ns", lambda: int(1e9 * (real() + rng.uniform(-1e6, 1e6)))),
    ):
        assert told(live(lifts())[0].session.reps) == expected
    kept = _kept_by_a_jumping_clock(rng)
    assert told(kept) == expected
    return f"the same {len(expected)} repetitions as without, in the history too"


def _kept_by_a_jumping_clock(rng: random.Random) -> tuple[Rep, ...]:
    """Keep a run that ends, by the clock, days before it began; return what is read of it."""
    with tempfile.TemporaryDirectory() as folder:
        run_live(
            EveryFrame(ReplaySource(lifts())),
            RecordedEstimator(lifts()),
            FormChecker(EXERCISE),
            LiveSettings(
                logs=[HistoryLog(Path(folder), clock=lambda: MORNING - timedelta(days=3))],
                header=header(MORNING + timedelta(days=rng.uniform(0, 9))),
                tell=lambda line: None,
                summary_s=0.0,
            ),
        )
        _command("history", "--data", folder, make=lambda place: None, code=0, told=SLUG)
        with History(Path(folder), create=False) as history:
            (session,) = history.sessions()
            progress([session], since=None, today=MORNING.date())
    return session.reps


def _command(*line: str, make: Callable[[Path], None], code: int, **more: object) -> str:
    case = Case(group="fault", name="", line=line, code=code, make=make, **more)  # type: ignore[arg-type]
    ended, broken = run_case(case)
    assert not broken, (broken, ended)
    return ended.out


def sound_is_missing() -> str:
    def refuse(*_: object, **__: object) -> None:
        raise SoundError("No sound device was found: plug one in, or use --mute.")

    def save(place: Path) -> None:
        short = replace(lifts(), poses=lifts().poses[: int(7 * FPS)])
        short.save(place / "a.npz")

    with patch.object(speaker, "Speaker", refuse):
        out = _command("run", SLUG, "--no-window", "--source", "{}/a.npz", make=save, code=0)
    assert "Standing hip flexion" in out
    return "the run to its end"


def voice_dies() -> str:
    with Espeak() as engine:
        assert len(engine.speak("One.")) > 0
        os.kill(engine._process.pid, signal.SIGKILL)
        try:
            engine.speak("Two.")
        except SoundError as error:
            assert "\n" not in str(error)
        else:
            raise AssertionError("a dead voice spoke")
        assert len(engine.speak("One.")) > 0, "what was said before can be said again"
    assert len(_said_by_a_dying_voice()) == 1
    return "one sentence about it, nothing raised past it"


def _said_by_a_dying_voice() -> list[str]:
    """Kill the engine between two sentences of a run; return what is reported of it."""
    engines: list[Espeak] = []
    reports: list[str] = []
    heard = threading.Event()

    def opened() -> Espeak:
        engines.append(Espeak())
        return engines[0]

    def play(sound: Samples) -> Playing:
        heard.set()
        playing = Playing(sound, 0.0)
        playing.over.set()
        return playing

    with Voice(play, opened, report=reports.append) as voice:
        voice.say("One.", Priority.COUNT)
        assert heard.wait(20.0)
        os.kill(engines[0]._process.pid, signal.SIGKILL)
        for text in ("Keep your back straight.", "Three.", "Four."):
            voice.say(text, Priority.COUNT)
            time.sleep(0.2)
    return reports


@contextmanager
def full_disk(kilobytes: int = 64) -> Iterator[Path]:
    """Mount a disk in memory with a result on it, and fill it to the last byte."""
    with tempfile.TemporaryDirectory() as folder:
        disk = Path(folder)
        if not mounted("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", disk):
            raise NotHere("this machine lets nobody mount a disk")
        try:
            (disk / "a.json").write_text('{"earlier": true}', encoding="utf-8")
            _fill(disk)
            yield disk
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=True)


def _fill(disk: Path) -> None:
    with (disk / "filler").open("ab", buffering=0) as filler, suppress(OSError):
        while filler.write(b"x" * 4096):
            pass


def disk_is_full() -> str:
    with full_disk() as disk:
        for option in ("--json", "--csv", "--out", "--save-poses"):
            target = disk / {"--json": "a.json", "--save-poses": "p.npz"}.get(option, "made")
            _command(
                "analyze", "{}/a.npz", "-e", SLUG, option, str(target), code=1,
                make=lambda place: lifts().save(place / "a.npz"),
                words=("No space left",),
            )  # fmt: skip
            assert json.loads((disk / "a.json").read_text(encoding="utf-8")) == {"earlier": True}
            left = sorted(path.name for path in disk.rglob("*") if path.is_file())
            assert left == ["a.json", "filler"], left
    return "the results of before; nothing half written"


def disk_fills_during_a_run() -> str:
    with full_disk(300) as disk:
        (disk / "filler").write_bytes(b"x" * 120_000)
        short = replace(lifts(), poses=lifts().poses[: int(7 * FPS)])
        timer = threading.Timer(3.0, lambda: _fill(disk))
        timer.start()
        out = _command(
            "run", SLUG, "--no-window", "--mute", "--source", "{}/a.npz",
            make=lambda place: short.save(place / "a.npz"), code=0,
            environ={ENVIRONMENT: str(disk / "data")},
        )  # fmt: skip
        timer.join()
    assert "Standing hip flexion" in out
    return "the run to its end, its session told"


FAULTS = (
    Fault(name="a camera's read hangs for 3 s", inject=camera_hangs, slow=True),
    Fault(name="a camera fails for good", inject=camera_fails_for_good),
    Fault(name="a camera fails now and then", inject=camera_fails_now_and_then, slow=True),
    Fault(name="a camera gives empty frames", inject=camera_gives_empty_frames),
    Fault(name="a camera changes its size", inject=camera_changes_size),
    Fault(name="the estimator raises", inject=estimator_raises),
    Fault(name="no sound device", inject=sound_is_missing, slow=True),
    Fault(name="the voice engine is killed", inject=voice_dies),
    Fault(name="the clock jumps by days", inject=clock_jumps),
    Fault(name="the disk is full", inject=disk_is_full),
    Fault(name="the disk fills during a run", inject=disk_fills_during_a_run, slow=True),
    *(
        Fault(
            name=f"{number.name} to {command}, at random moments",
            inject=partial(signalled, command, number),
            brief=partial(signalled, command, number, moments=1),
            slow=True,
        )
        for command in ("run", "analyze", "routine")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
    ),
)
