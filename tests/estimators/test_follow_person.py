"""Whoever walks through is not followed; whoever was in the place is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.estimators.estimator_for import estimator_for
from formcheck.estimators.follow_person import LOOK_S, SamePerson
from formcheck.estimators.people import AWAY, Spot
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.exercises import get_exercise
from formcheck.files.closing import ClosesItself
from formcheck.files.pose_file import PoseRecording
from tests.stickman import SIZE, Stance, pose

FPS = 15.0
COLOUR = 200
USER = pose(Stance(), 0.0)
HIPS_PX = Spot.of(USER)
assert HIPS_PX is not None
TRUNK_PX = HIPS_PX.trunk_px


def moved(trunks: float, *, larger: float = 1.0) -> Pose:
    """The user's pose so many trunk lengths to the right, and so much larger."""
    assert HIPS_PX is not None
    points = (USER.image_px - HIPS_PX.hips_px) * larger + HIPS_PX.hips_px
    return replace(USER, image_px=points + [trunks * TRUNK_PX, 0.0])


class Model(ClosesItself):
    """A model that follows whom a script says, and in a painted-over picture only the user."""

    def __init__(
        self, follows: Callable[[float], Pose], *, user_there: Callable[[float], bool]
    ) -> None:
        self.closed = 0
        self.painted: list[Frame] = []
        self._follows, self._user_there = follows, user_there
        self._found = False

    def estimate(self, frame: Frame) -> Pose:
        assert frame.image is not None
        found = USER if self._found else self._follows(frame.time_s)
        if (frame.image != COLOUR).any():
            self.painted.append(frame)
            unseen = Pose.unseen(frame.time_s, frame.size_px)
            # Once it has them, it follows them in whole pictures as well.
            self._found = self._user_there(frame.time_s)
            found = USER if self._found else unseen
        return replace(found, time_s=frame.time_s)

    def close(self) -> None:
        self.closed += 1


def frames(until_s: float, begin_s: float = 0.0) -> list[Frame]:
    image = np.full((SIZE[1], SIZE[0], 3), COLOUR, dtype=np.uint8)
    count = round((until_s - begin_s) * FPS)
    times_s = [begin_s + index / FPS for index in range(count)]
    return [Frame(index=i, time_s=t, image=image, size_px=SIZE) for i, t in enumerate(times_s)]


def away(each: Pose) -> float:
    """How many trunk lengths a pose is from the user's place."""
    spot = Spot.of(each)
    assert spot is not None and HIPS_PX is not None
    return float(np.hypot(*(spot.hips_px - HIPS_PX.hips_px))) / TRUNK_PX


def walks(time_s: float) -> Pose:
    """The user until 2 s, then somebody who crosses there at 1.2 m/s."""
    return moved(2.4 * max(0.0, time_s - 2.0))


def test_somebody_who_carries_the_model_along_is_let_go_of() -> None:
    model = Model(walks, user_there=lambda time_s: True)
    with SamePerson(model) as estimator:
        poses = [estimator.estimate(frame) for frame in frames(2.7)]
        assert estimator.strayed == 1
    seen = [each for each in poses if each.is_seen]
    assert max(map(away, seen)) <= AWAY
    assert len(poses) - len(seen) == 1  # the user is found again in the very next frame
    assert away(poses[-1]) == 0
    assert model.closed == 1


def test_only_the_user_s_place_is_looked_at() -> None:
    model = Model(walks, user_there=lambda time_s: True)
    estimator = SamePerson(model)
    for frame in frames(2.7):
        estimator.estimate(frame)
    image = model.painted[0].image
    assert image is not None
    there = (image == COLOUR).all(axis=2)
    points = USER.image_px[np.isfinite(USER.image_px[:, 0])].astype(int)
    assert there[points[:, 1], points[:, 0]].all()
    columns = np.flatnonzero(there.any(axis=0))
    # Not much wider than the body with the steps made there: whoever is beside it is out of sight.
    assert columns[-1] < points[:, 0].max() + 2.0 * TRUNK_PX
    assert not there[:, -1].any()


def test_a_user_who_walks_away_is_followed_after_a_glance() -> None:
    model = Model(
        lambda time_s: moved(min(3.0, 2.4 * max(0.0, time_s - 2.0))),
        user_there=lambda time_s: False,
    )
    estimator = SamePerson(model)
    poses = [estimator.estimate(frame) for frame in frames(8.0)]
    unseen = [each.time_s for each in poses if not each.is_seen]
    assert unseen[-1] - unseen[0] <= LOOK_S + 2 / FPS
    assert away(poses[-1]) == pytest.approx(3.0)
    assert estimator.strayed == 1 and len(model.painted) > 3


def test_somebody_much_nearer_is_not_the_user() -> None:
    model = Model(
        lambda time_s: moved(0.3, larger=1.8) if time_s > 2 else USER,
        user_there=lambda time_s: time_s > 2.3,
    )
    estimator = SamePerson(model)
    poses = [estimator.estimate(frame) for frame in frames(2.6)]
    assert not any(each.is_seen for each in poses if 2.05 < each.time_s < 2.25)
    assert away(poses[-1]) == 0


def test_swinging_and_bending_in_the_place_are_the_user() -> None:
    def exercises(time_s: float) -> Pose:
        return moved(0.9 * np.sin(4 * time_s) * (time_s > 2), larger=0.8 if time_s > 4 else 1.0)

    model = Model(exercises, user_there=lambda time_s: False)
    estimator = SamePerson(model)
    poses = [estimator.estimate(frame) for frame in frames(8.0)]
    assert all(each.is_seen for each in poses)
    assert estimator.strayed == 0 and not model.painted


def test_somebody_who_walks_all_the_time_has_no_place() -> None:
    model = Model(lambda time_s: moved(0.6 * time_s - 3.0), user_there=lambda time_s: False)
    estimator = SamePerson(model)
    assert all(estimator.estimate(frame).is_seen for frame in frames(8.0))
    assert estimator.strayed == 0


@pytest.mark.parametrize("how", ["earlier", "another size"])
def test_another_recording_begins_without_a_place(how: str) -> None:
    model = Model(walks, user_there=lambda time_s: False)
    estimator = SamePerson(model)
    for frame in frames(2.0):
        estimator.estimate(frame)
    if how == "earlier":
        later = replace(frames(1.0)[0], time_s=1.0)
        model._follows = lambda time_s: moved(3.0)
    else:
        image = np.full((100, 100, 3), COLOUR, dtype=np.uint8)
        later = replace(frames(1.0)[0], time_s=3.5, image=image, size_px=(100, 100))
    assert estimator.estimate(later).is_seen
    assert estimator.strayed == 0


@pytest.mark.parametrize("slug", ["standing-hip-flexion", "supine-marching"])
def test_every_exercise_is_estimated_that_way(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[SamePerson] = []

    class Noted(SamePerson):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)  # type: ignore[arg-type]
            made.append(self)

    class Nothing:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def close(self) -> None:
            pass

    monkeypatch.setattr("formcheck.estimators.estimator_for.SamePerson", Noted)
    monkeypatch.setattr("formcheck.estimators.mediapipe_pose.MediaPipeEstimator", Nothing)
    estimator_for(get_exercise(slug)).close()
    assert len(made) == 1


GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*.npz"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_no_exercise_is_taken_for_walking_away(path: Path) -> None:
    recording = PoseRecording.load(path)
    image = np.zeros((4, 4, 3), dtype=np.uint8)
    estimator = SamePerson(RecordedEstimator(recording))
    for index, each in enumerate(recording.poses):
        size_px = each.frame_size_px
        estimator.estimate(Frame(index=index, time_s=each.time_s, image=image, size_px=size_px))
    assert estimator.strayed == 0
    assert estimator._place is not None
