"""Too dark, and light again: by what is bright in the picture, and not by a flicker."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from formcheck.core.coaching.lighting import DARK, DARK_BELOW, LIGHT_ABOVE, LightWatch, brightness
from formcheck.core.pose.frame import Frame


def frame(time_s: float, level: float | None) -> Frame:
    image = None if level is None else np.full((480, 640, 3), round(level), dtype=np.uint8)
    return Frame(index=round(30 * time_s), time_s=time_s, image=image, size_px=(640, 480))


def said(levels: Sequence[float | None], fps: float = 10.0) -> list[bool]:
    watch = LightWatch()
    return [watch.look(frame(i / fps, level)) == DARK for i, level in enumerate(levels)]


def test_darkness_is_told_once_it_stands_and_taken_back_when_it_is_light_again() -> None:
    told = said([100.0] * 5 + [10.0] * 10 + [100.0] * 10)
    assert told.index(True) == 5 + 5
    assert told[14] and told[19] and not told[20]


def test_a_flicker_is_not_darkness() -> None:
    assert not any(said([100.0, 5.0, 5.0, 5.0] * 10))


def test_between_the_two_levels_nothing_changes() -> None:
    between = (DARK_BELOW + LIGHT_ABOVE) / 2
    assert not any(said([100.0] * 3 + [between] * 30))
    assert all(said([10.0] * 10 + [between] * 30)[6:])


def test_time_counts_and_not_frames() -> None:
    assert said([10.0] * 10, fps=2.0).index(True) == 1
    assert said([10.0] * 30, fps=30.0).index(True) == 15


def test_a_dark_wall_behind_somebody_well_lit_is_not_dark_but_a_lamp_is_no_light() -> None:
    picture = np.full((480, 640, 3), 8, dtype=np.uint8)
    picture[100:400, 280:360] = 120  # a person: 8 % of the picture
    assert brightness(picture) > LIGHT_ABOVE
    picture[:] = 8
    picture[100:140, 280:320] = 255
    assert brightness(picture) < DARK_BELOW


@pytest.mark.parametrize("level", [None, 10.0])
def test_a_recording_of_poses_has_no_light(level: float | None) -> None:
    watch = LightWatch()
    for index in range(20):
        watch.look(frame(index / 10, level))
    # A frame without a picture keeps what was known.
    assert (watch.look(frame(3.0, None)) == DARK) is (level is not None)
