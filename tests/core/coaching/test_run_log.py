from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from formcheck.core.checker.session import Rep, Session, Verdict
from formcheck.core.coaching.events import CoachingEvent, Notice, RepClean, RepRejected
from formcheck.core.coaching.run_log import RunHeader, RunLogs
from formcheck.errors import OutputError
from formcheck.version import __version__
from tests.history.made import SETTINGS, header, session
from tests.overlay.scenes import rep

DONE = session([rep(Verdict.CLEAN)])


class Log:
    """A log that notes its calls, and fails at one of them."""

    def __init__(self, fails_at: str = "") -> None:
        self.calls: list[str] = []
        self._fails_at = fails_at

    def begin(self, header: RunHeader) -> None:
        self._note("begin")

    def add_rep(self, set_number: int, rep: Rep) -> None:
        self._note(f"set {set_number} rep {rep.number}")

    def note(self, name: str, value: str | float) -> None:
        self._note(f"{name}={value}")

    def finish(self, session: Session) -> None:
        self._note("finish")

    def _note(self, call: str) -> None:
        if call == self._fails_at:
            raise OutputError("The disk is full.")
        self.calls.append(call)


EVENTS: list[CoachingEvent] = [
    RepClean(time_s=1.0, rep=rep(Verdict.CLEAN, 1), set_number=1, count=1, target=2),
    Notice(time_s=1.5, say="Too few frames."),
    RepRejected(time_s=2.0, rep=rep(Verdict.PARTIAL, 2), set_number=2, finding=None, say=""),
]
ALL = ["begin", "set 1 rep 1", "set 2 rep 2", "pain=2", "finish"]


def write(logs: RunLogs) -> None:
    logs.begin(header())
    for event in EVENTS:
        logs.hear(event)
    logs.note("pain", 2)
    logs.finish(DONE)


@pytest.mark.parametrize(
    ("fails_at", "written"), [("", ALL), *((call, ALL[: ALL.index(call)]) for call in ALL)]
)
def test_a_failing_log_is_left_out_and_the_others_go_on(fails_at: str, written: list[str]) -> None:
    warned: list[str] = []
    sound, failing = Log(), Log(fails_at)
    write(RunLogs([failing, sound], warned.append))
    assert sound.calls == ALL and failing.calls == written
    expected = "The run goes on, but is not kept: The disk is full."
    assert warned == ([expected] if fails_at else [])


def test_other_errors_are_not_hidden() -> None:
    class Wrong(Log):
        def begin(self, header: RunHeader) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        RunLogs([Wrong()], pytest.fail).begin(header())


def started(at: datetime) -> Callable[[], RunHeader]:
    return lambda: RunHeader(exercise="plank", started_at=at, source="camera 0", settings=SETTINGS)


def test_a_header_names_the_version_and_needs_a_time_zone() -> None:
    assert started(datetime(2026, 3, 1, tzinfo=UTC))().formcheck == __version__
    with pytest.raises(ValueError, match="time zone"):
        started(datetime(2026, 3, 1))()
