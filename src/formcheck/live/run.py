"""run: one person taken through their sets, live.

Three threads, each with the newest there is and no queue between them: one reads the source, one
finds and judges the person (`formcheck.live.judge_thread`), and this one, the program's first as
window toolkits want it, draws, shows and hears keys. How much that gains over drawing after
judging is measured by `python tests/benchmarks/live.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Session
from formcheck.core.coaching.coach import Coach
from formcheck.core.coaching.events import CoachingEvent, Listener
from formcheck.core.coaching.narrator import Narrator
from formcheck.core.coaching.run_log import RunHeader, RunLog, RunLogs
from formcheck.core.coaching.settings import RunSettings, settings_for
from formcheck.errors import FormcheckError
from formcheck.estimators.estimator import Estimator
from formcheck.live.judge_thread import JudgeThread, Light, OnReport
from formcheck.live.main_thread import MainThread
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
        How well it kept up.
    error : FormcheckError | None
        Why the source broke off, or the estimator failed on the way; None if neither did.
    person_seen : bool
        Whether anybody was in any judged frame.
    ended : bool
        Whether the source came to its end, rather than someone stopping it.
    pain : int | None
        How much it hurt, 0 to 10, as noted last; None where nothing was noted.
    """

    session: Session
    stats: LiveStats
    error: FormcheckError | None
    person_seen: bool
    ended: bool
    pain: int | None = None


def run_live(
    source: Source,
    estimator: Estimator,
    checker: FormChecker,
    *,
    settings: RunSettings | None = None,
    screen: Screen | None = None,
    mirrored: bool = False,
    light: Light | None = None,
    listeners: Sequence[Listener] = (),
    logs: Sequence[RunLog] = (),
    header: RunHeader | None = None,
    recorders: Sequence[Recorder] = (),
    on_mute: Callable[[], bool] | None = None,
    muted: bool = False,
    on_report: OnReport | None = None,
    tell: Callable[[str], None] | None = None,
    summary_s: float = SUMMARY_S,
) -> LiveResult:
    """Takes a person through their sets until those are done, the source ends, or someone stops it.

    Stopping is `q`, Esc or closing the window, or Ctrl-C; all of them give the session so far.

    Parameters
    ----------
    source : Source
        A camera, or a file played like one; is read in a thread of its own and closed at the end.
    estimator : Estimator
        Finds the person; stays open.
    checker : FormChecker
        Judges; fresh.
    settings : RunSettings | None
        Sets, repetitions and rest; None takes the exercise's dose.
    screen : Screen | None
        Where to show the picture; None shows nothing.
    mirrored : bool
        Whether the picture is shown as in a mirror. Nothing but the picture changes.
    light : callable, optional
        Says what to do about a picture that is too dark.
    listeners : sequence of Listener
        Hear every event of the course of the run: sounds, a voice. They must return at once.
    logs : sequence of RunLog
        Keep each repetition the moment it ends.
    header : RunHeader | None
        The first entry of the logs; needed where there are any.
    recorders : sequence of Recorder
        Record pictures as they are shown, or as they came.
    on_mute : callable, optional
        Turns the sound off or on again; returns whether it is off now.
    muted : bool
        Whether the sound is off at the beginning.
    on_report : callable, optional
        Gets every pose and report, in the thread that judges.
    tell : callable, optional
        Gets a line of text for each thing that happened; None prints them to stderr.
    summary_s : float
        How long the summary stays on the screen after the last set.

    Raises
    ------
    SourceError
        The source broke off before it gave a single frame.
    """
    say = tell or _to_stderr
    settings = settings or settings_for(checker.exercise)
    run_logs = RunLogs(logs, say)
    narrator = Narrator(checker.exercise, say)
    # Kept before it is told: what somebody has heard of must not be lost.
    hearing: list[Listener] = [run_logs, narrator, *listeners]

    def spread(event: CoachingEvent) -> None:
        for listener in hearing:
            listener.hear(event)

    coach = Coach(checker.exercise, settings, checker.sides, spread)
    if logs and header is not None:
        run_logs.begin(header)
    picture = None
    if screen is not None or recorders:
        picture = Picture(screen, checker.exercise, mirrored=mirrored, recorders=recorders)
        picture.muted = muted
    with source if isinstance(source, LatestFrame) else LatestFrame(source) as frames:
        judge = JudgeThread(frames, estimator, checker, coach, light=light, on_report=on_report)
        run = MainThread(judge, checker, coach, frames, picture, run_logs, on_mute, summary_s)
        ended = run.go()
        error = run.error()
        problems = [*source.problems, *([] if error is None else [str(error)])]
        session = run.finish(source.info, problems)
    run_logs.finish(session)
    return LiveResult(
        session=session,
        stats=judge.watch.stats(),
        error=error,
        person_seen=judge.person_seen,
        ended=ended,
        pain=coach.pain,
    )


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
