"""The rule: every step earned, none skipped, better never punished, and always a reason."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.core.checker.session import Counts, Verdict
from formcheck.exercises import get_exercise, slugs
from formcheck.training.plan import LEVELS, Entry, above, below, first_entry, ladder, level_entries
from formcheck.training.progression import Decision, Step, decide, rest_remarks
from formcheck.training.stored_session import StoredSession, StoredSet
from tests.history.made import MORNING, rep
from tests.history.trained import ENTRY, day, of_verdicts, one_set

FULL = [one_set(number, 8) for number in (1, 2, 3)]


def said(decision: Decision) -> str:
    return " ".join(decision.reasons)


def test_two_good_days_with_a_day_between_are_a_step_up() -> None:
    decision = decide(ENTRY, [day(0), day(2)])
    assert (decision.step, decision.after) == (Step.UP, replace(ENTRY, reps=10))
    assert "All 3 sets had their 8 clean repetitions on 2 March and on 4 March." in said(decision)
    assert "3 sets of 10 a side (it was 3 sets of 8 a side)" in said(decision)


STAYS: dict[str, tuple[list[StoredSession], str]] = {
    "nothing yet": ([], "Nothing was trained at this step yet"),
    "one day": ([day(0)], "needs 2 good days"),
    "a day too near": ([day(0), day(1)], "Two days without a day of rest"),
    "a set missing": ([day(0), day(2, FULL[:2])], "On 4 March 2 of 3 sets"),
    "a repetition missing": (
        [day(0, [*FULL[:2], one_set(3, 7)]), day(2)],
        "On 2 March 2 of 3 sets had the 8 clean repetitions",
    ),
    "compensations": (
        [day(0), day(2, [one_set(n, 8, 3) for n in (1, 2, 3)])],
        "On 4 March 27 % of the repetitions were compensated",
    ),
    "unseen": (
        [day(0), day(2, [one_set(n, 8, unverified=6) for n in (1, 2, 3)])],
        "43 % of the repetitions could not be verified",
    ),
    "a little pain": ([day(0), day(2, [*FULL[:2], one_set(3, 8, pain=3)])], "Pain 3 of 10"),
    "a lighter load": ([day(0, [one_set(n, 8, load="") for n in (1, 2, 3)])], "needs 2 good days"),
}


@pytest.mark.parametrize("case", STAYS)
def test_what_keeps_the_step(case: str) -> None:
    sessions, words = STAYS[case]
    decision = decide(ENTRY, sessions)
    assert (decision.step, decision.after) == (Step.STAY, ENTRY)
    assert words in said(decision)


def test_one_leg_alone_is_not_both() -> None:
    left = [replace(s, reps=tuple(r for r in s.reps if r.side.value == "left")) for s in FULL]
    right = [replace(s, reps=tuple(r for r in s.reps if r.side.value == "right")) for s in FULL]
    assert "0 of 3 sets" in said(decide(ENTRY, [day(0, left), day(2, left)]))
    both = [day(0, left), day(0, right), day(2, left), day(2, right)]
    assert decide(ENTRY, both).step is Step.UP


def test_the_load_that_was_asked_for_must_have_been_used() -> None:
    banded = replace(ENTRY, load=("light band",))
    without = [day(0), day(2)]
    assert "0 of 3 sets" in said(decide(banded, without))
    assert decide(banded, [day(0, entry=banded), day(2, entry=banded)]).step is Step.UP
    assert decide(ENTRY, [day(0, entry=banded), day(2, entry=banded)]).step is Step.UP


def test_repetitions_are_no_holds() -> None:
    held = replace(ENTRY, hold_s=5.0, reps=6)
    assert "0 of 3 sets had the 6 clean holds" in said(decide(held, [day(0), day(2)]))
    assert decide(held, [day(0, entry=held), day(2, entry=held)]).step is Step.UP


@pytest.mark.parametrize(
    ("sessions", "words"),
    [
        ([day(0, [one_set(1, 4, 4)])], "compensated: 50 % on 2 March."),
        ([day(0), day(2, [one_set(1, 3, 5)])], "compensated: 62 % on 4 March."),
        (
            [day(0, [one_set(1, 8, 4)]), day(2, [one_set(1, 8, 5)])],
            "compensated: 33 % on 2 March and 38 % on 4 March.",
        ),
    ],
)
def test_many_compensations_are_a_step_back(sessions: list[StoredSession], words: str) -> None:
    decision = decide(ENTRY, sessions)
    assert (decision.step, decision.after) == (Step.BACK, replace(ENTRY, reps=6))
    assert words in said(decision)
    assert "Form first" in said(decision)


def test_from_the_easiest_step_there_is_no_way_back() -> None:
    easiest = first_entry("standing-hip-flexion")
    decision = decide(easiest, [day(0, [one_set(1, 1, 9)])])
    assert (decision.step, decision.after) == (Step.STAY, easiest)
    assert "easiest step" in said(decision)


@pytest.mark.parametrize("pain", range(11))
def test_pain_of_four_stops_the_plan(pain: int) -> None:
    decision = decide(ENTRY, [day(0), day(2, [*FULL[:2], one_set(3, 8, pain=pain)])])
    assert (decision.step is Step.STOP) is (pain >= 4)
    assert decision.after == (ENTRY if pain >= 2 else replace(ENTRY, reps=10))
    assert (f"Pain {pain} of 10 was noted on 4 March" in said(decision)) is (pain >= 2)


def test_fatigue_in_the_last_repetitions_keeps_the_step() -> None:
    tired = [Verdict.CLEAN] * 8 + [Verdict.COMPENSATED] * 2
    decision = decide(ENTRY, [day(0), day(2, [*FULL[:2], of_verdicts(3, tired)])])
    assert decision.step is Step.STAY
    assert "Fatigue on 4 March: in set 3 2 of the last 3 repetitions were compensated" in said(
        decision
    )


def test_fresh_again_on_both_days_it_is_a_step_up() -> None:
    slip = [Verdict.COMPENSATED] * 2 + [Verdict.CLEAN] * 8
    sessions = [day(0, [*FULL[:2], of_verdicts(3, slip)]), day(2)]
    assert decide(ENTRY, sessions).step is Step.UP


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([0, 1], "Too little rest: Monday and Tuesday"),
        ([0, 2, 4, 6], "4 days of training within a week"),
        ([0, 30], "After a pause of 30 days"),
        ([0, 2, 4], ""),
        ([], ""),
    ],
)
def test_rest_is_spoken_of(days: list[int], words: str) -> None:
    remarks = rest_remarks([date.fromordinal(MORNING.date().toordinal() + n) for n in days])
    assert words in " ".join(remarks)
    assert bool(remarks) is bool(words)


def test_other_exercises_count_for_rest() -> None:
    monday = MORNING.date()
    decision = decide(ENTRY, [day(1)], others=[monday])
    assert "Too little rest: Monday and Tuesday" in said(decision)


def test_the_whole_way_up_an_exercise() -> None:
    """Good days only: repetitions, a set, holds, then the band, then what is harder."""
    entry, way = first_entry("standing-hip-flexion"), []
    for _ in range(100):
        decision = decide(entry, [day(0, entry=entry), day(2, entry=entry)])
        if decision.step is not Step.UP or decision.after.name != entry.name:
            break
        entry = decision.after
        way.append((entry.load[0], entry.hold_s, entry.sets, entry.reps))
    one_load = [
        (0.0, 3, 6), (0.0, 3, 8), (0.0, 3, 10), (0.0, 3, 12), (0.0, 4, 12),
        (5.0, 3, 6), (8.0, 3, 6), (10.0, 3, 6),
    ]  # fmt: skip
    loads = ("no load", "light band", "medium band", "strong band")
    assert way == [(load, *rung) for load in loads for rung in one_load][1:]
    assert decision.after == first_entry("high-knee-runs")
    assert "a harder exercise: High knee runs" in said(decision)
    planned = decide(entry, [day(0, entry=entry), day(2, entry=entry)], planned=["high-knee-runs"])
    assert planned.step is Step.STAY
    assert "in the plan already" in said(planned)


def test_the_hardest_step_of_the_hardest_exercise() -> None:
    last = first_entry("mountain-climbers")
    last = last.at(last.rungs[-1])
    decision = decide(last, [day(0, entry=last), day(2, entry=last)])
    assert decision.step is Step.STAY
    assert "hardest step" in said(decision)


def test_what_is_harder_leads_somewhere_and_never_round() -> None:
    for slug in slugs():
        seen = [slug]
        while get_exercise(seen[-1]).harder:
            seen.append(get_exercise(seen[-1]).harder)
            assert seen.count(seen[-1]) == 1
        assert get_exercise(seen[-1]).slug in slugs()


@pytest.mark.parametrize("slug", slugs())
def test_a_ladder_goes_up_and_covers_its_dose(slug: str) -> None:
    dose = get_exercise(slug).dose
    rungs = ladder(get_exercise(slug), ("no load", "band"))
    assert list(rungs) == sorted(set(rungs))
    assert (rungs[0].sets, rungs[0].reps) == (dose.sets, dose.reps_low)
    assert any(rung.reps == dose.reps_high for rung in rungs)
    for lower, higher in itertools.pairwise(rungs):
        assert above(rungs, lower) == higher
        assert below(rungs, higher) == lower
    assert above(rungs, rungs[-1]) is None
    assert below(rungs, rungs[0]) is None


def test_the_levels_are_on_their_ladders() -> None:
    for level in LEVELS:
        assert all(entry.rung in entry.rungs for entry in level_entries(level))


# Properties over whatever may have been trained.

_VERDICTS = st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=14)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any place in a plan, on a step or between two."""
    entry = first_entry(draw(st.sampled_from(slugs())))
    load = draw(st.sampled_from(entry.loads))
    return replace(
        entry,
        sets=draw(st.integers(1, 6)),
        reps=draw(st.integers(1, 20)),
        hold_s=draw(st.sampled_from([0.0, 5.0, 7.0, 10.0])),
        load=(load,),
    )


@st.composite
def histories(draw: st.DrawFn, entry: Entry) -> list[StoredSession]:
    """Up to four days, good ones and any others, with a day of rest between them or not."""
    at, sessions = 0, []
    for _ in range(draw(st.integers(0, 4))):
        at += draw(st.integers(0, 4))
        good = draw(st.booleans())
        sets = []
        for number in range(1, (entry.sets if good else draw(st.integers(1, 4))) + 1):
            verdicts = draw(st.lists(st.sampled_from(list(Verdict)), max_size=3))
            verdicts += [Verdict.CLEAN] * entry.reps if good else draw(_VERDICTS)
            pain = draw(st.one_of(st.none(), st.integers(0, 1 if good else 6)))
            sets.append(replace(by_all_legs(entry, verdicts), number=number, pain=pain))
        sessions.append(day(at, sets, entry=entry))
    return sessions


def by_all_legs(entry: Entry, verdicts: Sequence[Verdict]) -> StoredSet:
    """A set of so many repetitions of whatever the exercise counts apart."""
    sides = get_exercise(entry.name).moving
    pairs = [(verdict, side) for verdict in verdicts for side in sides]
    done = tuple(rep(i + 1, verdict, side=side) for i, (verdict, side) in enumerate(pairs))
    return StoredSet(number=1, reps=done, load=entry.load[0])


def height(decision: Decision) -> tuple[int, ...]:
    """How hard the next plan is; a stopped one is the easiest."""
    if decision.step is Step.STOP:
        return (-1,)
    harder = decision.after.name != decision.before.name
    return (int(harder), *(() if harder else map(round, decision.after.rung)))


@st.composite
def better(draw: st.DrawFn, sessions: Sequence[StoredSession]) -> list[StoredSession]:
    """The same days, some repetitions clean that were not, further clean ones, less pain."""
    improved = []
    for session in sessions:
        sets = []
        for stored in session.sets:
            done = [
                replace(r, verdict=Verdict.CLEAN, faults=()) if draw(st.booleans()) else r
                for r in stored.reps
            ]
            sides = list(dict.fromkeys(r.side for r in stored.reps))
            for _ in range(draw(st.integers(0, 3))):
                done += [rep(len(done) + 1, side=side) for side in sides]
            pain = None if stored.pain is None else draw(st.integers(0, stored.pain))
            sets.append(replace(stored, reps=tuple(done), pain=pain))
        improved.append(replace(session, sets=tuple(sets)))
    return improved


@settings(deadline=None)
@given(st.data())
def test_better_results_never_lead_to_an_easier_plan(data: st.DataObject) -> None:
    entry = data.draw(entries())
    sessions = data.draw(histories(entry))
    improved = data.draw(better(sessions))
    assert height(decide(entry, improved)) >= height(decide(entry, sessions))


@settings(deadline=None)
@given(st.data())
def test_no_step_is_skipped_and_every_decision_has_a_reason(data: st.DataObject) -> None:
    entry = data.draw(entries())
    decision = decide(entry, data.draw(histories(entry)))
    assert decision.reasons
    assert all(reason.strip().endswith(".") for reason in decision.reasons)
    if decision.step is Step.UP and decision.after.name == entry.name:
        assert decision.after.rung == above(entry.rungs, entry.rung)
    elif decision.step is Step.UP:
        assert above(entry.rungs, entry.rung) is None
        assert decision.after == first_entry(get_exercise(entry.name).harder)
    elif decision.step is Step.BACK:
        assert decision.after.rung == below(entry.rungs, entry.rung)
    else:
        assert decision.after == entry


@settings(deadline=None)
@given(st.data())
def test_only_full_days_earn_a_step_and_two_always_do(data: st.DataObject) -> None:
    entry = data.draw(entries())
    sessions = data.draw(histories(entry))
    if decide(entry, sessions).step is Step.UP:
        full = [s for s in sessions if any(_full(stored, entry) for stored in s.sets)]
        assert len({s.started_at.date() for s in full}) >= 2
    sets = [
        replace(by_all_legs(entry, [Verdict.CLEAN] * entry.reps), number=n + 1) for n in range(6)
    ]
    last = [*sessions, day(20, sets, entry=entry), day(22, sets, entry=entry)]
    at_the_top = above(entry.rungs, entry.rung) is None and not get_exercise(entry.name).harder
    assert decide(entry, last).step is (Step.STAY if at_the_top else Step.UP)


def _full(stored: StoredSet, entry: Entry) -> bool:
    sides = get_exercise(entry.name).moving
    return all(Counts.of(stored.reps, side).clean >= entry.reps for side in sides)


def test_the_days_made_up_here_lead_every_way() -> None:
    """Or the properties above would hold for want of cases."""
    seen: set[Step] = set()

    @settings(max_examples=200, database=None, derandomize=True, deadline=None)
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        entry = data.draw(entries())
        seen.add(decide(entry, data.draw(histories(entry))).step)

    collect()
    assert seen == set(Step)
