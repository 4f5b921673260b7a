"""Looking at turned pictures: when, how often, and back to the upright frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from formcheck.core.pose.frame import Frame, Image
from formcheck.core.pose.pose import LANDMARK_COUNT, Landmark, Pose
from formcheck.errors import FormcheckError, UsageError
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator
from formcheck.estimators.turned_retry import TurnedRetry, turned_back, turned_frame
from formcheck.files.closing import ClosesItself

SAMPLE = Path(__file__).resolve().parents[2] / "sample_videos" / "standing-side-left-clean.mp4"
SIZE = (61, 43)
NOSE, ANKLE = Landmark.NOSE, Landmark.LEFT_ANKLE
SHOULDERS = (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
HIPS = (Landmark.LEFT_HIP, Landmark.RIGHT_HIP)


def lying(head: str, index: int = 0, size: tuple[int, int] = SIZE) -> Frame:
    """A picture with one pixel for each landmark; the head towards a side of the picture.

    The first channel holds the landmark's number + 1, the second is the silhouette.
    """
    width, height = size
    image: Image = np.zeros((height, width, 3), dtype=np.uint8)
    rng = np.random.default_rng(3)
    cells = rng.permutation((width - 6) * (height - 6))[:LANDMARK_COUNT]
    at = [(3 + c % (width - 6), 3 + c // (width - 6)) for c in cells.tolist()]
    x, y = width // 2, height // 2
    axis = {  # from head to foot
        "left": [(i, y) for i in (2, width // 3, width // 2, width - 3)],
        "right": [(i, y) for i in (width - 2, width // 2, width // 3, 1)],
        "up": [(x, i) for i in (1, height // 3, height // 2, height - 3)],
        "down": [(x, i) for i in (height - 2, height // 2, height // 3, 2)],
    }.get(head)
    if axis:
        at[NOSE], at[SHOULDERS[0]], at[HIPS[0]], at[ANKLE] = axis
        for pair in (SHOULDERS, HIPS):
            at[pair[1]] = (at[pair[0]][0] + 1, at[pair[0]][1] + 1)
        for number, (x, y) in enumerate(at):
            image[y, x, 0] = number + 1
    image[5:9, 4:20, 1] = 255
    return Frame(index=index, time_s=index / 10, image=image, size_px=size)


def points_of(frame: Frame) -> np.ndarray:
    assert frame.image is not None
    numbers = frame.image[..., 0]
    found = np.full((LANDMARK_COUNT, 2), np.nan)
    for y, x in zip(*np.nonzero(numbers), strict=True):
        found[numbers[y, x] - 1] = x + 0.5, y + 0.5
    return found


class UprightOnly(ClosesItself):
    """Sees those whose head is at the top of the picture; notes what it was shown."""

    def __init__(self, fails: bool = False) -> None:
        self.shown: list[Frame] = []
        self.closed = 0
        self._fails = fails

    def estimate(self, frame: Frame) -> Pose:
        self.shown.append(frame)
        at = points_of(frame)
        along = at[ANKLE] - at[NOSE]
        if not along[1] > abs(along[0]):
            return Pose.unseen(frame.time_s, frame.size_px)
        assert frame.image is not None
        return Pose(
            time_s=frame.time_s,
            image_px=at,
            visibility=np.linspace(0.1, 0.9, LANDMARK_COUNT),
            frame_size_px=frame.size_px,
            world_m=np.column_stack([at - at[NOSE], np.arange(LANDMARK_COUNT) / 10.0]),
            silhouette=frame.image[..., 1].astype(np.float32) / np.float32(255),
        )

    def close(self) -> None:
        self.closed += 1
        if self._fails:
            raise FormcheckError("it would not close")


class Workshop:
    """Makes estimators and keeps them."""

    def __init__(self, fails: bool = False) -> None:
        self.made: list[UprightOnly] = []
        self._fails = fails

    def __call__(self) -> UprightOnly:
        self.made.append(UprightOnly(self._fails))
        return self.made[-1]

    @property
    def looks(self) -> list[int]:
        return [len(estimator.shown) for estimator in self.made]


@pytest.mark.parametrize("head", ["left", "right"])
@pytest.mark.parametrize("size", [(61, 43), (40, 40), (33, 72)])
def test_a_lying_person_is_found_where_they_lie(head: str, size: tuple[int, int]) -> None:
    retry = TurnedRetry(Workshop(), after=2, every=1)
    frames = [lying(head, index, size) for index in range(5)]
    poses = [retry.estimate(frame) for frame in frames]
    assert not poses[0].is_seen
    true = points_of(frames[-1])
    for frame, pose in zip(frames[3:], poses[3:], strict=True):
        assert (pose.time_s, pose.frame_size_px) == (frame.time_s, size)
        np.testing.assert_allclose(pose.image_px, true)
        assert pose.world_m is not None
        np.testing.assert_allclose(pose.world_m[:, :2], true - true[NOSE])
        np.testing.assert_allclose(pose.world_m[:, 2], np.arange(LANDMARK_COUNT) / 10.0)
        np.testing.assert_allclose(pose.visibility, np.linspace(0.1, 0.9, LANDMARK_COUNT))
        assert pose.silhouette is not None
        assert frame.image is not None
        np.testing.assert_array_equal(pose.silhouette * 255, frame.image[..., 1])


@pytest.mark.parametrize(("turns_deg", "found"), [((90, 270), False), ((180,), True)])
def test_only_half_a_turn_finds_a_person_on_their_head(
    turns_deg: tuple[int, ...], found: bool
) -> None:
    retry = TurnedRetry(Workshop(), after=1, every=1, turns_deg=turns_deg)
    poses = [retry.estimate(lying("down", index)) for index in range(4)]
    assert [pose.is_seen for pose in poses] == [found] * 4
    if found:
        np.testing.assert_allclose(poses[-1].image_px, points_of(lying("down")))


def test_who_is_found_upright_costs_one_look_a_frame() -> None:
    workshop = Workshop()
    retry = TurnedRetry(workshop, after=3)
    for index in range(30):
        head = "nobody" if index % 3 else "up"
        retry.estimate(lying(head, index))
    assert workshop.looks == [30]


def test_nobody_costs_one_look_more_every_fifth_frame_each_way_in_turn() -> None:
    workshop = Workshop()
    retry = TurnedRetry(workshop)
    for index in range(34):
        assert not retry.estimate(lying("nobody", index)).is_seen
    upright, first, second = workshop.made
    assert len(upright.shown) == 34
    # The tenth frame in a row is the first to be looked at twice, itself included.
    assert [frame.index for frame in first.shown] == [9, 19, 29]
    assert [frame.index for frame in second.shown] == [14, 24]
    assert {frame.size_px for frame in first.shown + second.shown} == {SIZE[::-1]}


def test_what_worked_is_kept_with_one_look_a_frame_until_it_fails() -> None:
    workshop = Workshop()
    retry = TurnedRetry(workshop, after=1, every=1)
    heads = ["left"] * 6 + ["up"] * 3 + ["nobody"]
    poses, turns = [], []
    for index, head in enumerate(heads):
        poses.append(retry.estimate(lying(head, index)))
        turns.append(retry.turn_deg)
    # The frame on which the turned look fails is looked at upright as well: no person is missed.
    assert [pose.is_seen for pose in poses] == [True] * 9 + [False]
    assert turns == [90] * 6 + [0] * 4
    assert [f.index for f in workshop.made[0].shown] == [0, 6, 7, 8, 9]
    assert [f.index for f in workshop.made[1].shown] == [0, 1, 2, 3, 4, 5, 6, 9]


def test_a_person_lost_on_their_side_must_be_missed_again_before_the_next_look() -> None:
    workshop = Workshop()
    retry = TurnedRetry(workshop, after=3, every=1)
    for index, head in enumerate(["left"] * 5 + ["nobody"] * 3):
        retry.estimate(lying(head, index))
    assert [f.index for f in workshop.made[1].shown] == [2, 3, 4, 5, 7]


@pytest.mark.parametrize("change", ["time", "size"])
def test_another_recording_starts_upright_with_nothing_remembered(change: str) -> None:
    workshop = Workshop()
    retry = TurnedRetry(workshop, after=3, every=1)
    for index in range(4):
        retry.estimate(lying("left", index))
    assert retry.turn_deg == 90
    first = 0 if change == "time" else 4
    size = SIZE if change == "time" else (50, 40)
    poses = [retry.estimate(lying("left", first + i, size)) for i in range(3)]
    assert [pose.is_seen for pose in poses] == [False, False, True]
    assert [estimator.closed for estimator in workshop.made] == [0, 1, 0]


@pytest.mark.parametrize(
    ("lean_deg", "taken"),
    [(55.0, True), (-55.0, True), (65.0, False), (-65.0, False), (90.0, False), (180.0, False)],
)
def test_a_find_that_does_not_stand_in_the_turned_picture_is_not_taken(
    lean_deg: float, taken: bool
) -> None:
    class Guesses(UprightOnly):
        """Finds somebody in every picture on end, leaning."""

        def estimate(self, frame: Frame) -> Pose:
            if frame.size_px == SIZE:
                return Pose.unseen(frame.time_s, frame.size_px)
            lean = np.radians(lean_deg)
            at = np.full((LANDMARK_COUNT, 2), 20.0)
            at[list(SHOULDERS)] += 10 * np.array([np.sin(lean), -np.cos(lean)])
            return Pose(
                time_s=frame.time_s,
                image_px=at,
                visibility=np.ones(LANDMARK_COUNT),
                frame_size_px=frame.size_px,
            )

    retry = TurnedRetry(Guesses, after=1, every=1)
    seen = [retry.estimate(lying("nobody", index)).is_seen for index in range(3)]
    assert seen == [taken] * 3
    assert (retry.turn_deg == 90) == taken


@pytest.mark.parametrize("fails", [False, True])
def test_every_estimator_is_closed_even_if_one_fails(fails: bool) -> None:
    workshop = Workshop(fails)
    retry = TurnedRetry(workshop, after=1, every=1)
    for index in range(3):
        retry.estimate(lying("nobody", index))
    if fails:
        with pytest.raises(FormcheckError, match="would not close"):
            retry.close()
    else:
        with retry:
            pass
    assert [estimator.closed for estimator in workshop.made] == [1, 1, 1]


def test_frames_without_pictures_are_never_turned() -> None:
    class Blind(UprightOnly):
        def estimate(self, frame: Frame) -> Pose:
            return Pose.unseen(frame.time_s, frame.size_px)

    retry = TurnedRetry(Blind, after=1)
    frame = Frame(index=0, time_s=0.0, image=None, size_px=SIZE)
    assert not retry.estimate(frame).is_seen
    with pytest.raises(UsageError, match="no pictures"):
        turned_frame(frame, 90)


@pytest.mark.parametrize(
    "wrong", [{"after": 0}, {"every": 0}, {"turns_deg": (45,)}, {"turns_deg": ()}]
)
def test_senseless_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        TurnedRetry(Workshop(), **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("turn_deg", [90, 180, 270])
def test_the_real_model_sees_the_same_person_turned_and_turned_back(turn_deg: int) -> None:
    if not SAMPLE.is_file():
        pytest.skip(f"{SAMPLE.name} is not drawn yet")
    import av

    with av.open(str(SAMPLE)) as container:
        image: Image = next(container.decode(video=0)).to_ndarray(format="bgr24")
    size = (image.shape[1], image.shape[0])
    frame = Frame(index=0, time_s=0.0, image=image, size_px=size)
    on_side = turned_frame(frame, turn_deg)
    with MediaPipeEstimator(silhouette=True) as estimator:
        upright = estimator.estimate(frame)
    with MediaPipeEstimator(silhouette=True) as estimator:
        turned = estimator.estimate(on_side)
    assert upright.is_seen
    assert turned.is_seen
    back = turned_back(turned, turn_deg, size)
    trunk = [Landmark.LEFT_SHOULDER, Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE]
    assert np.abs(back.image_px[trunk] - upright.image_px[trunk]).max() < 0.03 * size[1]
    assert back.world_m is not None
    assert upright.world_m is not None
    assert np.abs(back.world_m[trunk] - upright.world_m[trunk])[:, :2].max() < 0.15
    assert back.silhouette is not None
    assert upright.silhouette is not None
    body = upright.silhouette > 0.5
    assert ((back.silhouette > 0.5) & body).sum() > 0.8 * body.sum()
