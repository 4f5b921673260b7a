"""Which exercise the poses show, and refusing where that can't be told."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from formcheck.analysis.recognition import Candidate, Recognition, recognise
from formcheck.core.pose.pose import Pose
from formcheck.errors import NotRecognised
from formcheck.files.pose_file import PoseRecording
from tests.golden.regenerate import CLIPS
from tests.stickman import Lift, clip

HERE = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("name", sorted(CLIPS))
def test_every_recorded_position_is_recognised(name: str) -> None:
    poses = PoseRecording.load(HERE / f"{name}.npz").poses
    result = recognise(poses)
    assert result.slug == CLIPS[name][0]
    assert result.confidence >= 0.7
    assert sum(one.share for one in result.candidates) < 1.0


def test_who_only_stands_is_not() -> None:
    poses = tuple(clip([Lift()], fps=15.0))[:30]
    result = recognise(poses)
    assert (result.slug, result.confidence) == (None, 0.0)
    with pytest.raises(NotRecognised, match="like none of them"):
        result.require("a.mp4")


def test_one_repetition_is_not_enough() -> None:
    once, often = (recognise(tuple(clip([Lift()] * n, fps=15.0))) for n in (1, 4))
    assert once.candidates[0].fit < often.candidates[0].fit
    assert often.slug == "standing-hip-flexion"


@pytest.mark.parametrize(("fps", "slug"), [(15.0, "standing-hip-flexion"), (5.0, None)])
def test_repetitions_that_could_not_be_judged_once_speak_for_nothing(
    fps: float, slug: str | None
) -> None:
    # At 5 frames a second no fault can be ruled out, so that all of them are unverified.
    assert recognise(tuple(clip([Lift()] * 4, fps=fps))).slug == slug


def test_nobody_is_nothing() -> None:
    poses = tuple(Pose.unseen(i / 15, (640, 480)) for i in range(60))
    assert recognise(poses).candidates == ()


def test_a_refusal_names_what_comes_nearest() -> None:
    near = (
        Candidate(slug="mountain-climbers", fit=0.6, share=0.45),
        Candidate(slug="front-support-hip-flexion", fit=0.5, share=0.38),
    )
    with pytest.raises(NotRecognised) as refused:
        Recognition(candidates=near).require("a.mp4")
    assert "mountain-climbers (45 %), front-support-hip-flexion (38 %)" in str(refused.value)
    assert refused.value.exit_code == 1


def test_a_share_that_would_do_is_not_given_as_the_reason() -> None:
    said = str(NotRecognised("a.mp4", [("supine-marching", 0.77), ("straight-leg-raise", 0.1)]))
    assert "77 %" not in said
    assert "supine-marching is nearest, but too few repetitions look like it" in said
    doubted = NotRecognised("a.mp4", [("supine-marching", 0.6)])
    assert "most like supine-marching (60 %)" in str(doubted)
    assert str(pickle.loads(pickle.dumps(doubted))) == str(doubted)
