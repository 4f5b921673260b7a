"""Triangles whose place in the grid is known without computing."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from people.raster import Seen, blank, rasterise, vertex_normals

SQUARE = [[2.0, 2.0], [8.0, 2.0], [8.0, 6.0], [2.0, 6.0]]
FACES = [[0, 1, 2], [0, 2, 3]]


def drawn(
    samples: ArrayLike,
    faces: ArrayLike,
    nearness: ArrayLike,
    reach: ArrayLike | None = None,
    behind: float = 0.0,
) -> Seen:
    """Return what a grid of 10 by 12 sees of triangles."""
    seen = blank(np.full((10, 12), behind, dtype=np.float32))
    near = np.asarray(nearness, dtype=np.float32)
    whole = np.ones(len(near)) if reach is None else np.asarray(reach)
    rasterise(
        np.asarray(samples, dtype=np.float32), near, np.asarray(faces, dtype=np.int32),
        whole.astype(np.float32), seen,
    )  # fmt: skip
    return seen


def test_a_square_covers_its_own_samples_and_no_others() -> None:
    covered = drawn(SQUARE, FACES, [1.0] * 4).face >= 0
    expected = np.zeros((10, 12), dtype=bool)
    expected[2:6, 2:8] = True
    assert (covered == expected).all()


@pytest.mark.parametrize("first", [0, 1])
def test_the_nearer_triangle_is_seen_whichever_comes_first(first: int) -> None:
    near = [0.5, 0.5, 0.5, 1.0, 1.0, 1.0]
    corners = [SQUARE[0], SQUARE[1], SQUARE[2]] * 2
    faces = [[0, 1, 2], [3, 4, 5]] if first == 0 else [[3, 4, 5], [0, 1, 2]]
    seen = drawn(corners, faces, near)
    assert set(np.unique(seen.face)) == {-1, 1 - first}


@pytest.mark.parametrize(("behind", "is_seen"), [(0.5, True), (2.0, False)])
def test_what_the_room_hides_is_not_seen(behind: float, is_seen: bool) -> None:
    assert (drawn(SQUARE, FACES, [1.0] * 4, behind=behind).face >= 0).any() == is_seen


def test_a_triangle_with_a_corner_behind_the_lens_is_left_out() -> None:
    assert (drawn(SQUARE, FACES, [1.0, 1.0, -1.0, 1.0]).face < 0).all()


def test_cloth_ends_where_its_reach_falls_below_zero() -> None:
    seen = drawn(SQUARE, FACES, [1.0] * 4, reach=[3.0, -3.0, -3.0, 3.0])
    columns = np.flatnonzero((seen.face >= 0).any(axis=0))
    assert columns.tolist() == [2, 3, 4]


def test_weights_are_those_in_space_not_in_the_picture() -> None:
    """Half way along the picture of a receding edge lies much less than half way along it."""
    seen = drawn([[0.0, 0.0], [12.0, 0.0], [0.0, 40.0]], [[0, 1, 2]], [1.0, 0.25, 1.0])
    share = 5.5 / 12
    assert seen.second[0, 5] == pytest.approx(0.25 * share / (0.25 * share + 1 - share), abs=0.01)


def test_normals_of_a_tetrahedron_point_outwards() -> None:
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=np.float32)
    faces = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], dtype=np.int32)
    normals = vertex_normals(corners, faces)
    outwards = corners - corners.mean(axis=0)
    assert ((normals * outwards).sum(axis=1) > 0).all()
    assert np.linalg.norm(normals, axis=1) == pytest.approx(1.0, abs=1e-5)
