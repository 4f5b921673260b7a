"""Several people in view: each can be chosen, and is judged as if they were alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck import analyze
from formcheck.analysis import people_in_view, segments
from formcheck.analysis.analyze import judge, read_poses
from formcheck.analysis.job import Done, Job
from formcheck.analysis.people_in_view import crowd_of
from formcheck.analysis.read_request import ReadRequest
from formcheck.analysis.running import run_all
from formcheck.core.checker.session import Verdict
from formcheck.core.pose.frame import Frame, Image
from formcheck.core.pose.pose import Pose
from formcheck.errors import SourceError, UsageError
from formcheck.estimators.estimator_for import estimator_for
from formcheck.estimators.mediapipe_pose import PeopleFinder
from formcheck.estimators.people import Crowd, Spot, settled_people
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from formcheck.files.session_json import to_dict
from formcheck.reports.method import facts
from tests.crowds import (
    HALF_PX,
    IDLE,
    LEAN_BACK,
    LEFT_CLEAN,
    RIGHT_CLEAN,
    SAMPLES,
    sample_frames,
    side_by_side,
    write_crowd,
)

CLEAN, COMPENSATED = Verdict.CLEAN, Verdict.COMPENSATED
SLUG = "standing-hip-flexion"
PEOPLE = (LEFT_CLEAN, LEAN_BACK, IDLE)
VERDICTS: tuple[list[Verdict], ...] = ([CLEAN] * 3, [CLEAN, COMPENSATED] * 2, [])
NEAR = 0.03
"""Trunk lengths by which a landmark may be elsewhere than without others: 1.5 cm."""


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first seconds of three people beside each other."""
    return write_crowd(tmp_path_factory.mktemp("crowd") / "three.mp4", *PEOPLE, until_s=3.5)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of what they do."""
    return write_crowd(tmp_path_factory.mktemp("crowd") / "whole.mp4", *PEOPLE)


def test_two_climbers_side_by_side_are_both_found(tmp_path: Path) -> None:
    # The model finds only one of them in every other picture.
    names = ("mountain-climbers-clean", "mountain-climbers-hips-raised")
    video = write_crowd(tmp_path / "climbers.mp4", *names, until_s=3.5, half_px=320)
    crowd = crowd_of(ReadRequest(path=video))
    assert crowd is not None
    assert [round(one.hips_px[0] / 640, 1) for one in crowd.people] == [0.5, 1.5]


def test_they_are_counted_from_the_left(three: Path) -> None:
    crowd = crowd_of(ReadRequest(path=three, person=3))
    assert crowd is not None and crowd.given and len(crowd.people) == 3
    for number, one in enumerate(crowd.people):
        assert abs(one.hips_px[0] - (2 * number + 1) * HALF_PX) < 0.1 * HALF_PX
    assert crowd.chosen is crowd.people[2]


def test_without_a_number_the_one_in_the_middle_is_meant(three: Path) -> None:
    crowd = crowd_of(ReadRequest(path=three))
    assert crowd is not None
    assert (crowd.number, crowd.given) == (2, False)


def test_a_recording_of_one_person_is_glanced_at_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []

    class Finder:
        def __init__(self, *_: object) -> None:
            pass

        def __enter__(self) -> Finder:
            return self

        def __exit__(self, *_: object) -> None:
            looks.append("closed")

        def find(self, frame: object) -> tuple[Pose, ...]:
            looks.append("look")
            return ()

    monkeypatch.setattr("formcheck.analysis.people_in_view.PeopleFinder", Finder)
    # Another begin than that of other tests: what was found is remembered.
    assert crowd_of(ReadRequest(path=SAMPLES / f"{LEFT_CLEAN}.mp4", from_s=0.01)) is None
    assert looks == ["look", "look", "closed"]


def test_a_finder_that_is_kept_finds_the_same(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Begins other than those of other tests: what was found is remembered.
    requests = [
        ReadRequest(path=three, from_s=0.02),
        ReadRequest(path=SAMPLES / f"{LEAN_BACK}.mp4", from_s=0.02),
        ReadRequest(path=three, from_s=0.03),
    ]
    alone = [crowd_of(request) for request in requests]
    made = []

    class Counted(PeopleFinder):
        def __init__(self, model: Path | None) -> None:
            super().__init__(model)
            made.append(self)

    people_in_view._crowd_of.cache_clear()
    monkeypatch.setattr(people_in_view, "PeopleFinder", Counted)
    monkeypatch.setattr(people_in_view, "_keeps", True)
    monkeypatch.setattr(people_in_view, "_kept", None)
    found = [crowd_of(request) for request in requests]
    assert len(made) == 1
    made[0].close()
    for before, now in zip(alone, found, strict=True):
        assert (before is None) == (now is None)
        if before is not None and now is not None:
            assert now.number == before.number
            for one, other in zip(now.people, before.people, strict=True):
                assert np.array_equal(one.hips_px, other.hips_px)
                assert np.array_equal(one.low_px, other.low_px)


def test_one_person_alone_may_be_called_the_first() -> None:
    assert crowd_of(ReadRequest(path=SAMPLES / f"{LEFT_CLEAN}.mp4", person=1)) is None


def test_somebody_who_is_not_there(three: Path) -> None:
    with pytest.raises(UsageError, match=r"no person 4: .* 3 people .*; choose --person 1, 2 or 3"):
        analyze(three, SLUG, person=4)
    with pytest.raises(UsageError, match=r"from 1 s on only one person stays"):
        analyze(SAMPLES / f"{LEFT_CLEAN}.mp4", SLUG, person=2, from_s=1.0)
    with pytest.raises(UsageError, match="counted from 1"):
        analyze(three, SLUG, person=0)
    with pytest.raises(SourceError, match="no file"):
        analyze(three.with_name("none.mp4"), SLUG, person=2)


def test_saved_poses_are_of_one_person_and_know_who(three: Path, tmp_path: Path) -> None:
    recording, problems = read_poses(ReadRequest(path=three, person=1), get_exercise(SLUG))
    assert problems == ()
    saved = tmp_path / "one.npz"
    recording.save(saved)
    again = PoseRecording.load(saved)
    assert (again.source.people, again.source.person) == (3, 1)
    session = judge(again, get_exercise(SLUG)).session
    assert session.problems[0] == (
        "3 people were in view at the beginning: person 1, counted from the left, was judged."
    )
    assert ("Person", "1 of 3 in view, from the left") in facts(
        session, get_exercise(SLUG), (0.0, 3.5)
    )
    assert to_dict(session)["source"]["person"] == 1
    with pytest.raises(UsageError, match="holds one person"):
        analyze(saved, SLUG, person=1)


def test_who_was_out_of_sight_is_told_how_long(three: Path) -> None:
    recording, _ = read_poses(ReadRequest(path=three, person=1), get_exercise(SLUG))
    poses = [pose if pose.time_s < 2.0 else Pose.unseen(pose.time_s, pose.frame_size_px)
             for pose in recording.poses]  # fmt: skip
    session = judge(replace(recording, poses=poses), get_exercise(SLUG)).session
    assert (
        "Person 1 was out of sight, or could not be told from the others, for 1.5 s"
        in (session.problems[1])
    )


def _apart(found: Sequence[Pose], alone: Sequence[Pose], right_px: float) -> list[float]:
    """How far the landmarks are from those of the person alone, medians, in trunk lengths."""
    offset = np.array([right_px, 0.0])
    apart = []
    for one, other in zip(found, alone, strict=True):
        spot = Spot.of(other)
        assert spot is not None and one.is_seen
        away = np.hypot(*(one.image_px - other.image_px - offset).T)
        apart.append(float(np.median(away)) / spot.trunk_px)
    return apart


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2, 3])
def test_everybody_is_judged_as_if_they_were_alone(whole: Path, number: int) -> None:
    exercise = get_exercise(SLUG)
    recording, problems = read_poses(ReadRequest(path=whole, person=number), exercise)
    session = judge(recording, exercise, problems=problems).session
    assert [rep.verdict for rep in session.reps] == VERDICTS[number - 1]
    name = PEOPLE[number - 1]
    alone, _ = read_poses(
        ReadRequest(path=SAMPLES / f"{RIGHT_CLEAN if name == IDLE else name}.mp4"), exercise
    )
    poses = list(alone.poses)[: len(recording.poses)]
    poses = [poses[0]] * len(recording.poses) if name == IDLE else poses
    right_px = (2 * number - 1) * HALF_PX - alone.source.width / 2
    assert max(_apart(list(recording.poses), poses, right_px)) < NEAR


def _room_without(frame: Frame) -> Image:
    assert frame.image is not None
    wall = frame.image[:, :HALF_PX]
    return np.hstack([wall, wall, wall, wall])


@pytest.mark.slow
@pytest.mark.parametrize("other_stays", [True, False])
def test_who_moves_is_known_only_if_the_other_stays(other_stays: bool) -> None:
    names = (LEFT_CLEAN, LEAN_BACK)
    pictures = []
    for one, other in zip(*(sample_frames(name, 8.0) for name in names), strict=True):
        nobody = _room_without(one)
        row = [nobody, other if other_stays else nobody, one]
        image = side_by_side([one, other, nobody] if one.time_s < 4.0 else row)
        pictures.append(replace(one, image=image, size_px=(image.shape[1], image.shape[0])))
    with PeopleFinder() as finder:
        people = settled_people([finder.find(frame) for frame in pictures[:40:4]])
    assert len(people) == 2
    crowd = Crowd(people=people, number=1, given=True)
    with estimator_for(get_exercise(SLUG), crowd=crowd) as estimator:
        spots = [Spot.of(estimator.estimate(frame)) for frame in pictures]
    columns = [None if spot is None else int(spot.hips_px[0] / (2 * HALF_PX)) for spot in spots]
    moved = next(i for i, frame in enumerate(pictures) if frame.time_s >= 4.0)
    assert set(columns[:moved]) == {0}
    assert set(columns[moved + 1 :]) == ({None, 2} if other_stays else {None})
    assert columns[-1] == (2 if other_stays else None)
    # Looked for in their place for 0.6 s, then everywhere.
    frame_s = pictures[1].time_s - pictures[0].time_s
    assert not other_stays or columns[moved:].count(None) * frame_s <= 0.8


@pytest.mark.slow
def test_two_processes_follow_the_same_person(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "LONG_S", 8.0)
    monkeypatch.setattr(segments, "SEGMENT_S", 5.0)
    jobs = [
        Job(path=whole, exercise=SLUG, person=1, poses_path=tmp_path / f"{n}.npz") for n in (1, 2)
    ]
    assert len(segments.segments_of(jobs[0].request)) == 4
    for processes, job in enumerate(jobs, 1):
        [done] = run_all([job], processes=processes)
        assert isinstance(done, Done) and done.session is not None
        assert [rep.verdict for rep in done.session.reps] == VERDICTS[0]
        assert (done.session.source.people, done.session.source.person) == (3, 1)
    one, two = (PoseRecording.load(job.poses_path) for job in jobs if job.poses_path)
    assert one.source == two.source
    for first, second in zip(one.poses, two.poses, strict=True):
        assert np.array_equal(first.image_px, second.image_px, equal_nan=True)
