"""The lumbar gap on masks drawn by formula, whose hollow is known."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.core.measures.silhouette import (
    ALONG,
    Axes,
    back_outline,
    hull_gaps,
    lumbar_gap,
    trunk_axes,
)
from formcheck.core.pose.pose import FloatArray, Landmark, Pose

SIZE = (480, 360)
BACK = 0.24
QUICK = settings(max_examples=20, deadline=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lier:
    """Somebody on the back: where the hips are, how long the trunk, which way the head lies."""

    hips_px: tuple[float, float] = (230.0, 180.0)
    trunk_px: float = 110.0
    pitch_deg: float = 0.0
    head_right: bool = True
    hollow: float = 0.06

    @property
    def axes(self) -> Axes:
        pitch, sign = math.radians(self.pitch_deg), 1.0 if self.head_right else -1.0
        along = np.array([sign * math.cos(pitch), -math.sin(pitch)]) * self.trunk_px
        return Axes(np.array(self.hips_px), along, sign * np.array([-along[1], along[0]]))

    def bottom(self, along: FloatArray) -> FloatArray:
        """Depth of the back: flat from buttock to ribs but for one smooth hollow at the loin."""
        bump = np.clip(1.0 - ((along - 0.33) / 0.25) ** 2, 0.0, None) ** 2
        return BACK - self.hollow * bump

    def mask(self) -> np.ndarray:
        """Share of each pixel inside the body, softened over one pixel at the edge."""
        x, y = np.meshgrid(np.arange(SIZE[0]) + 0.5, np.arange(SIZE[1]) + 0.5)
        place = np.stack([x, y], axis=-1) - self.axes.hips
        along = place @ self.axes.along / self.trunk_px**2
        down = place @ self.axes.down / self.trunk_px**2
        inside = np.minimum(self.bottom(along) - down, down + 0.25)
        inside = np.minimum(inside, np.minimum(along + 0.5, 1.3 - along))
        return np.clip(0.5 + inside * self.trunk_px, 0.0, 1.0).astype(np.float32)

    def at(self, along: float, down: float) -> FloatArray:
        return self.axes.hips + along * self.axes.along + down * self.axes.down

    def pose(self, **places: tuple[float, float]) -> Pose:
        """The pose with arms beyond the head, or with landmarks elsewhere along and down."""
        usual = {
            "hip": (0.0, 0.0), "shoulder": (1.0, 0.0),
            "elbow": (1.5, 0.2), "wrist": (1.9, 0.2), "index": (2.0, 0.2),
        }  # fmt: skip
        sides = {f"{side}_{name}": usual[name] for side in ("left", "right") for name in usual}
        where = sides | places
        points = np.full((33, 2), np.nan)
        for landmark in Landmark:
            if (place := where.get(landmark.name.lower())) is not None:
                points[landmark] = self.at(*place)
        return Pose(
            time_s=0.0, image_px=points, visibility=np.ones(33), frame_size_px=SIZE,
            silhouette=self.mask(),
        )  # fmt: skip

    def gap(self) -> float:
        found = lumbar_gap(self.pose(), trunk_px=self.trunk_px)
        assert found.reason == ""
        return found.value


@pytest.mark.parametrize("hollow", [0.0, 0.02, 0.05, 0.10, 0.15])
def test_a_known_hollow_is_found(hollow: float) -> None:
    third_of_a_pixel = 0.33 / Lier().trunk_px
    assert Lier(hollow=hollow).gap() == pytest.approx(hollow, abs=third_of_a_pixel)


@QUICK
@given(
    x=st.floats(200, 260),
    y=st.floats(120, 220),
    trunk=st.floats(70, 130),
    pitch=st.floats(-12, 12),
    right=st.booleans(),
    hollow=st.floats(0.01, 0.15),
)
def test_place_size_direction_and_slope_do_not_matter(
    x: float, y: float, trunk: float, pitch: float, right: bool, hollow: float
) -> None:
    lier = Lier(
        hips_px=(x, y), trunk_px=trunk, pitch_deg=pitch, head_right=right, hollow=hollow
    )  # fmt: skip
    assert lier.gap() == pytest.approx(hollow, abs=0.5 / trunk)


@QUICK
@given(hollow=st.floats(0.0, 0.14), more=st.floats(0.005, 0.05))
def test_a_deeper_hollow_reads_deeper(hollow: float, more: float) -> None:
    change = Lier(hollow=hollow + more).gap() - Lier(hollow=hollow).gap()
    assert change == pytest.approx(more, abs=0.004)


def test_mirroring_the_picture_changes_nothing() -> None:
    lier = Lier(pitch_deg=4.0)
    pose = lier.pose()
    assert pose.silhouette is not None
    mirrored = replace(
        pose,
        image_px=np.stack([SIZE[0] - pose.image_px[:, 0], pose.image_px[:, 1]], axis=1),
        silhouette=np.ascontiguousarray(pose.silhouette[:, ::-1]),
    )
    there = lumbar_gap(mirrored, trunk_px=lier.trunk_px).value
    assert there == pytest.approx(lier.gap(), abs=1e-6)


def test_the_outline_has_the_bodys_depth_all_along() -> None:
    lier = Lier(pitch_deg=-7.0, head_right=False)
    depth = back_outline(lier.mask(), lier.axes)
    assert depth == pytest.approx(lier.bottom(ALONG), abs=0.003)


def test_hips_read_too_high_along_the_trunk_move_the_gap_little() -> None:
    lier = Lier(hollow=0.08)
    shifted = {f"{side}_hip": (0.08, 0.0) for side in ("left", "right")}
    gap = lumbar_gap(lier.pose(**shifted), trunk_px=lier.trunk_px)
    assert gap.value == pytest.approx(0.08, abs=0.004)


@pytest.mark.parametrize(
    ("changes", "trunk_px", "reason"),
    [
        ({"silhouette": None}, 110.0, "no outline"),
        ({"image_px": np.full((33, 2), np.nan)}, 110.0, "not seen"),
        ({}, math.nan, "not seen"),
        ({"silhouette": np.zeros(SIZE[::-1], dtype=np.float32)}, 110.0, "broken"),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, object], trunk_px: float, reason: str) -> None:
    pose = replace(Lier().pose(), **changes)  # type: ignore[arg-type]
    gap = lumbar_gap(pose, trunk_px=trunk_px)
    assert math.isnan(gap.value)
    assert reason in gap.reason


def test_someone_upright_does_not_lie() -> None:
    gap = lumbar_gap(Lier(pitch_deg=50.0).pose(), trunk_px=110.0)
    assert math.isnan(gap.value)
    assert "lie" in gap.reason


def test_from_above_the_back_is_not_seen() -> None:
    pose = Lier().pose(left_shoulder=(1.0, 0.35), right_shoulder=(1.0, -0.35))
    gap = lumbar_gap(pose, trunk_px=110.0)
    assert math.isnan(gap.value)
    assert "side" in gap.reason


FLANK = {"left_elbow": (0.55, 0.15), "left_wrist": (0.15, 0.2), "left_index": (-0.05, 0.2)}
CHEST = {"left_elbow": (0.6, -0.05), "left_wrist": (0.8, -0.25), "left_index": (0.85, -0.25)}


def test_an_arm_along_the_body_hides_the_loin() -> None:
    gap = lumbar_gap(Lier().pose(**FLANK), trunk_px=110.0)
    assert math.isnan(gap.value)
    assert "arm" in gap.reason


def test_an_arm_across_the_chest_hides_nothing() -> None:
    assert lumbar_gap(Lier().pose(**CHEST), trunk_px=110.0).reason == ""


def test_an_elbow_close_above_the_outline_is_not_trusted() -> None:
    low = CHEST | {"left_elbow": (0.4, BACK - 0.07)}
    high = CHEST | {"left_elbow": (0.4, BACK - 0.16)}
    shallow = Lier(hollow=0.02)
    assert "arm" in lumbar_gap(shallow.pose(**low), trunk_px=110.0).reason
    assert lumbar_gap(shallow.pose(**high), trunk_px=110.0).reason == ""


def test_an_arm_that_is_only_guessed_hides_nothing() -> None:
    pose = Lier().pose(**FLANK)
    visibility = pose.visibility.copy()
    visibility[[Landmark.LEFT_ELBOW, Landmark.LEFT_WRIST]] = 0.1
    assert lumbar_gap(replace(pose, visibility=visibility), trunk_px=110.0).reason == ""


def test_a_back_cut_by_the_pictures_edge_is_not_read() -> None:
    lier = Lier(hips_px=(230.0, SIZE[1] - 20.0))
    gap = lumbar_gap(lier.pose(), trunk_px=lier.trunk_px)
    assert math.isnan(gap.value)
    assert "broken" in gap.reason


def test_a_hole_in_the_mask_is_not_a_hollow() -> None:
    pose = Lier().pose()
    assert pose.silhouette is not None
    x, y = Lier().at(0.3, 0.0).astype(int)
    torn = pose.silhouette.copy()
    torn[y - 4 : y + 4, x - 4 : x + 4] = 0.0
    gap = lumbar_gap(replace(pose, silhouette=torn), trunk_px=110.0)
    assert math.isnan(gap.value)


def test_no_pose_gives_no_axes() -> None:
    assert isinstance(trunk_axes(Pose.unseen(0.0, SIZE), 100.0), str)


@QUICK
@given(
    depth=st.lists(st.floats(0, 1), min_size=3, max_size=40),
    slope=st.floats(-2, 2),
    offset=st.floats(-5, 5),
)
def test_a_thread_lies_under_every_outline_and_follows_its_slope(
    depth: list[float], slope: float, offset: float
) -> None:
    along = np.linspace(0.0, 1.0, len(depth))
    gaps = hull_gaps(along, np.array(depth))
    assert (gaps >= 0).all()
    assert gaps[0] == gaps[-1] == gaps[int(np.argmax(depth))] == 0.0
    tilted = hull_gaps(along, np.array(depth) + slope * along + offset)
    assert tilted == pytest.approx(gaps, abs=1e-9)


def test_a_bulging_outline_has_no_hollow() -> None:
    along = np.linspace(0.0, 1.0, 30)
    assert hull_gaps(along, -((along - 0.4) ** 2)) == pytest.approx(np.zeros(30), abs=1e-12)
