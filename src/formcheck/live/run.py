"""A live run: one person guided through their sets.

Three threads work without a queue between them, each on the newest frame. One reads the source, one
finds and judges the person (`formcheck.live.judge_thread`), and the program's first thread, which
window toolkits need, draws, shows and reads keys (`formcheck.live.main_thread`).
`python tests/benchmarks/live.py` measures the gain over drawing after judging.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Session
from formcheck.core.coaching.coached_run import CoachedRun
from formcheck.core.coaching.events import Listener
from formcheck.core.coaching.narrator import Narrator
from formcheck.core.coaching.run_log import RunHeader, RunLog, RunLogs
from formcheck.core.coaching.settings import RunSettings, settings_for
from formcheck.core.exercise.exercise import Exercise
from formcheck.errors import FormcheckError
from formcheck.estimators.estimator import Estimator
from formcheck.live.judge_thread import JudgeThread, Light, OnReport
from formcheck.live.main_thread import MainThread, Sound
from formcheck.live.picture import Picture, Recorder, Screen
from formcheck.live.stats import LiveStats
from formcheck.sources.latest import LatestFrame
from formcheck.sources.source import Source

SUMMARY_S = 20.0
"""How long the summary stays on the screen; any key ends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveResult:
    """What a run gave.

    Attributes
    ----------
    session : Session
        The repetitions.
    stats : LiveStats
        How well the run kept up.
    error : FormcheckError | None
        Why the source broke off, or the estimator failed on the way; None if neither did.
    person_seen : bool
        Whether anybody was in any judged frame.
    ended : bool
        Whether the source came to its end before anything stopped the run.
    pain : int | None
        The last noted pain, 0 to 10; None where none was noted.
    """

    session: Session
    stats: LiveStats
    error: FormcheckError | None
    person_seen: bool
    ended: bool
    pain: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSettings:
    """What a run asks of the person, and where it is shown, heard and written.

    Attributes
    ----------
    run : RunSettings | None
        Sets, repetitions and rest; None takes the exercise's dose.
    screen : Screen | None
        Where to show the picture; None shows nothing.
    mirrored : bool
        Whether the picture is shown as in a mirror. Nothing but the picture changes.
    summary_s : float
        How long the summary stays on the screen after the last set.
    recorders : sequence of Recorder
        Record pictures as shown, or as they came.
    light : callable, optional
        Says what to do about a picture that is too dark.
    sound : Sound | None
        Hears every event, and can be muted by a key.
    listeners : sequence of Listener
        Hear every event besides. They must return at once.
    logs : sequence of RunLog
        Are written each repetition the moment it ends.
    header : RunHeader | None
        What the logs begin with; needed where there are any.
    on_report : callable, optional
        Receives every pose and report, in the thread that judges.
    tell : callable, optional
        Receives a line of text for each event; None prints the lines to stderr.
    """

    run: RunSettings | None = None
    screen: Screen | None = None
    mirrored: bool = False
    summary_s: float = SUMMARY_S
    recorders: Sequence[Recorder] = ()
    light: Light | None = None
    sound: Sound | None = None
    listeners: Sequence[Listener] = ()
    logs: Sequence[RunLog] = ()
    header: RunHeader | None = None
    on_report: OnReport | None = None
    tell: Callable[[str], None] | None = None


def run_live(
    source: Source,
    estimator: Estimator,
    checker: FormChecker,
    settings: LiveSettings | None = None,
) -> LiveResult:
    """Guides a person through their sets until the last set, the source's end, or a stop.

    The keys `q` and Esc, closing the window and Ctrl-C stop the run; each gives the session so far.

    Parameters
    ----------
    source : Source
        A camera, or a file played like one. The run reads it in a thread and closes it at the end.
    estimator : Estimator
        Finds the person; stays open.
    checker : FormChecker
        Judges; fresh.
    settings : LiveSettings | None
        None runs the exercise's dose without window, sound or logs.

    Raises
    ------
    SourceError
        The source broke off before it gave a single frame.
    """
    settings = settings or LiveSettings()
    exercise, say = checker.exercise, settings.tell or _to_stderr
    logs = RunLogs(settings.logs, say)
    # The logs come first: what a person has heard of must not be lost.
    hearing: list[Listener] = [logs, Narrator(exercise, say)]
    hearing += [] if settings.sound is None else [settings.sound]
    hearing += settings.listeners
    run = CoachedRun(checker, settings.run or settings_for(exercise), hearing)
    if settings.logs and settings.header is not None:
        logs.begin(settings.header)
    picture = _picture(exercise, settings)
    with source if isinstance(source, LatestFrame) else LatestFrame(source) as frames:
        judge = JudgeThread(
            frames, estimator, run,
            light=settings.light, on_report=settings.on_report,
        )  # fmt: skip
        main = MainThread(
            judge, run, frames, picture, logs,
            sound=settings.sound, summary_s=settings.summary_s,
        )  # fmt: skip
        ended = main.go()
        error = main.error()
        problems = [*source.problems, *([] if error is None else [str(error)])]
        session = main.finish(source.info, problems)
    logs.finish(session)
    return LiveResult(
        session=session,
        stats=judge.watch.stats(),
        error=error,
        person_seen=run.person_seen,
        ended=ended,
        pain=run.coach.pain,
    )


def _picture(exercise: Exercise, settings: LiveSettings) -> Picture | None:
    """Returns what draws the pictures; None where nobody shows or records them."""
    if settings.screen is None and not settings.recorders:
        return None
    picture = Picture(
        settings.screen, exercise, mirrored=settings.mirrored, recorders=settings.recorders
    )
    picture.muted = settings.sound is not None and settings.sound.muted
    return picture


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
