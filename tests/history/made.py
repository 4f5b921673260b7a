"""Sessions made up for tests: plain ones, and any that could be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from formcheck.core.checker.faults import Finding, Unchecked
from formcheck.core.checker.session import Rep, Session, Verdict
from formcheck.core.coaching.run_log import RunHeader
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View
from formcheck.exercises import slugs
from formcheck.history.store import new_uid
from formcheck.training.stored_session import StoredSession, StoredSet

SLUG = "standing-hip-flexion"
MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=timezone(timedelta(hours=1)))
SETTINGS = RunSettings(sets=3, reps=8, rest_s=60.0)
SOURCE = SourceInfo(path="camera 0", width=1280, height=720, fps=30.0)
LEANING = Finding(code="lean-back", worst=-14.0, limit=-10.0, unit="deg", at_s=3.5)
SHORT = Finding(code="short-hold", worst=0.6, limit=1.8, unit="s", at_s=3.5)


def rep(number: int, verdict: Verdict = Verdict.CLEAN, **changed: object) -> Rep:
    """A repetition that takes four seconds; a compensated one leans back."""
    values: dict[str, object] = {
        "number": number,
        "side": (Side.LEFT, Side.RIGHT)[number % 2],
        "start_s": 4.0 * number,
        "top_s": 4.0 * number + 1.5,
        "end_s": 4.0 * number + 3.5,
        "verdict": verdict,
        "peak_deg": 92.0,
        "hold_s": 2.1,
        "lowering_s": 1.2,
        # Not NaN: it equals nothing, and from Python 3.13 on neither does what holds it.
        "pelvic_obliquity_deg": 2.5,
        "pelvic_tilt_deg": -6.5,
        "faults": (LEANING,) if verdict is Verdict.COMPENSATED else (),
    }
    return Rep(**(values | changed))  # type: ignore[arg-type]


def reps(clean: int, compensated: int = 0, first: int = 1) -> tuple[Rep, ...]:
    """Clean repetitions, then compensated ones."""
    given = [Verdict.CLEAN] * clean + [Verdict.COMPENSATED] * compensated
    return tuple(rep(first + index, verdict) for index, verdict in enumerate(given))


def stored(
    at: datetime = MORNING,
    *,
    sets: Sequence[StoredSet] = (StoredSet(number=1, reps=reps(3, 1)),),
    **changed: object,
) -> StoredSession:
    """A run of three clean repetitions and a compensated one."""
    values: dict[str, object] = {
        "uid": new_uid(),
        "started_at": at,
        "ended_at": at + timedelta(minutes=9),
        "exercise": SLUG,
        "origin": "run",
        "source": SOURCE,
        "settings": SETTINGS,
        "view": View.SIDE,
        "sides": (Side.LEFT, Side.RIGHT),
        "sets": tuple(sets),
        "model": "pose_landmarker_full 1234",
        "formcheck": "0.1.0",
    }
    return StoredSession(**(values | changed))  # type: ignore[arg-type]


def header(at: datetime = MORNING) -> RunHeader:
    """The header of a run."""
    return RunHeader(exercise=SLUG, started_at=at, source="camera 0", settings=SETTINGS)


def session(done: Sequence[Rep], **changed: object) -> Session:
    """A finished session."""
    values: dict[str, object] = {
        "exercise": SLUG,
        "source": SOURCE,
        "view": View.SIDE,
        "calibration": None,
        "reps": tuple(done),
        "problems": ("a note",),
    }
    return Session(**(values | changed))  # type: ignore[arg-type]


_SECONDS = st.floats(0, 1e4, allow_nan=False)
_WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=20).filter(
    str.isprintable
)
_FINDINGS = st.lists(
    st.builds(
        Finding,
        code=st.sampled_from(["lean-back", "short-hold"]),
        worst=st.floats(-90, 90),
        limit=st.floats(-90, 90),
        unit=st.sampled_from(["deg", "s", "trunk"]),
        at_s=_SECONDS,
    ),
    max_size=2,
).map(tuple)


def _rep(number: int) -> st.SearchStrategy[Rep]:
    return st.builds(
        Rep,
        number=st.just(number),
        side=st.sampled_from(Side),
        start_s=_SECONDS,
        top_s=_SECONDS,
        end_s=_SECONDS,
        verdict=st.sampled_from(Verdict),
        peak_deg=st.floats(-180, 180),
        hold_s=_SECONDS,
        lowering_s=_SECONDS,
        pelvic_obliquity_deg=st.floats(-90, 90),
        pelvic_tilt_deg=st.floats(-90, 90),
        faults=_FINDINGS,
        cues=_FINDINGS,
        unchecked=st.lists(
            st.builds(Unchecked, check=st.just("back-arch"), reason=_WORDS), max_size=2
        ).map(tuple),
    )


def _set(number: int) -> st.SearchStrategy[StoredSet]:
    return st.builds(
        StoredSet,
        number=st.just(number),
        reps=st.integers(0, 3).flatmap(lambda n: st.tuples(*(_rep(i + 1) for i in range(n)))),
        load=_WORDS,
        pain=st.one_of(st.none(), st.integers(0, 10)),
    )


def any_session() -> st.SearchStrategy[StoredSession]:
    """Any session that could be, but for values that were not observed."""
    moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)).map(
        lambda moment: moment.replace(microsecond=0)
    )
    return st.builds(
        StoredSession,
        uid=st.uuids().map(lambda uid: uid.hex),
        started_at=moments,
        ended_at=st.one_of(st.none(), moments),
        exercise=st.sampled_from(slugs()),
        origin=st.sampled_from(["run", "analyze"]),
        source=st.builds(
            SourceInfo,
            path=_WORDS,
            width=st.integers(0, 9999),
            height=st.integers(0, 9999),
            fps=st.one_of(st.none(), st.floats(0, 240)),
            frames=st.one_of(st.none(), st.integers(0, 10**6)),
            duration_s=st.one_of(st.none(), _SECONDS),
            from_s=st.one_of(st.none(), _SECONDS),
            to_s=st.one_of(st.none(), _SECONDS),
            people=st.one_of(st.none(), st.integers(1, 9)),
            person=st.one_of(st.none(), st.integers(1, 9)),
        ),
        settings=st.builds(
            RunSettings,
            sets=st.integers(0, 9),
            reps=st.integers(0, 99),
            rest_s=_SECONDS,
            hold_s=_SECONDS,
            side=st.one_of(st.none(), st.sampled_from(Side)),
            strict=st.booleans(),
        ),
        view=st.sampled_from(View),
        sides=st.lists(st.sampled_from(Side), max_size=2).map(tuple),
        sets=st.integers(0, 3).flatmap(lambda n: st.tuples(*(_set(i + 1) for i in range(n)))),
        problems=st.lists(_WORDS, max_size=2).map(tuple),
        notes=st.dictionaries(_WORDS, st.one_of(_WORDS, st.floats(-100, 100)), max_size=2),
        model=_WORDS,
        formcheck=st.just("0.1.0"),
    )
