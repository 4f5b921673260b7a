"""The plain room behind the person: wall, skirting board, floor boards and a mat."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mannequin.camera import Camera
from mannequin.vectors import Array, vec

WALL_BEHIND_M = 1.7
SKIRTING_M = 0.09
MAT_HALF_M = (0.90, 0.36)
SUPERSAMPLING = 3
#: Stands for "not on the floor": the compiled code may not meet NaN.
OFF_FLOOR_M = 1e6
#: Where the window is: to the side that the person faces (left from the front), up, and towards the
#: camera.
WINDOW = (0.50, 0.80, 0.55)

WALL = (0.60, 0.59, 0.55)
SKIRTING = (0.74, 0.73, 0.70)
BOARDS = (0.35, 0.26, 0.18)
MAT = (0.16, 0.24, 0.24)
FRAME = (0.30, 0.24, 0.19)
#: Pull-up bar: radius, half its length, colour; rods to the ceiling hold its ends.
BAR_RADIUS_M, BAR_HALF_M, CEILING_M = 0.015, 0.48, 3.2
BAR = (0.10, 0.10, 0.11)
#: Stool behind the person: where it stands, half its width, thickness of seat and legs, colour.
STOOL_X_M, STOOL_HALF_M, STOOL_THICK_M = -0.44, 0.17, 0.035
STOOL = (0.42, 0.27, 0.15)
PRINT = (0.52, 0.57, 0.56)


@dataclass(frozen=True, slots=True)
class Room:
    """The empty room as one camera sees it.

    Attributes
    ----------
    picture
        Linear RGB (height, width, 3).
    floor_xy_m
        World floor point under each pixel's centre (height, width, 2), far away off the floor.
    light
        Unit direction towards the window.
    """

    picture: Array
    floor_xy_m: Array
    light: Array


def _grain(a: Array, b: Array) -> Array:
    """Repeatable noise in -1..1 over a grid of cells (no seed: the room is always the same)."""
    wave = np.sin(np.floor(a) * 127.1 + np.floor(b) * 311.7) * 43758.5453
    noise: Array = 2.0 * (wave - np.floor(wave)) - 1.0
    return noise


def _paint_wall(along: Array, height: Array) -> Array:
    """Wall colours at metres along the wall and above the floor."""
    tone = 1.0 - 0.16 * np.clip((2.2 - height) / 2.2, 0, 1) - 0.05 * np.abs(along) / 2
    tone = tone + 0.012 * _grain(along * 90, height * 90)
    colour = np.array(WALL) * tone[..., None]
    board = height < SKIRTING_M
    colour[board] = np.array(SKIRTING) * 0.9
    colour[(height > SKIRTING_M) & (height < SKIRTING_M + 0.012)] *= 0.72
    beside, above = np.abs(along + 1.45), np.abs(height - 1.45)
    colour[(beside < 0.29) & (above < 0.37)] = FRAME
    colour[(beside < 0.26) & (above < 0.34)] = PRINT
    return colour


def _paint_floor(x: Array, y: Array, along: Array, depth: Array) -> Array:
    """Floor colours: boards run along the wall, the mat lies the way the person faces."""
    tone = (
        1.0
        + 0.10 * _grain(depth / 0.14, np.zeros_like(depth))
        + 0.03 * _grain(along * 7, depth * 60)
    )
    joint = np.abs(depth / 0.14 - np.round(depth / 0.14)) < 0.02
    tone = np.where(joint, 0.78 * tone, tone)
    colour = np.array(BOARDS) * tone[..., None]
    mat = (np.abs(x) < MAT_HALF_M[0]) & (np.abs(y) < MAT_HALF_M[1])
    colour[mat] = np.array(MAT) * (1.0 + 0.03 * _grain(x * 120, y * 120))[mat][:, None]
    hem = mat & ((np.abs(x) > MAT_HALF_M[0] - 0.02) | (np.abs(y) > MAT_HALF_M[1] - 0.02))
    colour[hem] *= 0.75
    return colour


def _paint_rod(
    camera: Camera, rays: Array, ends: tuple[Array, Array], light: Array, colour: Array
) -> None:
    """Paint a round steel rod over ``colour`` where the rays meet it."""
    eye, (start, end) = camera.position_m, ends
    rod = end - start
    across = np.cross(rays, rod)
    size = np.linalg.norm(across, axis=-1)
    gap = (across @ (start - eye)) / size
    # Where along the rod a ray passes closest.
    share = np.einsum("...i,...i", np.cross(start - eye, rays), across) / size**2
    hit = (np.abs(gap) < BAR_RADIUS_M) & (share > 0.0) & (share < 1.0)
    rise = np.clip(gap[hit] / BAR_RADIUS_M, -1.0, 1.0)
    aside = across[hit] / size[hit][:, None]
    towards = -rays[hit] / np.linalg.norm(rays[hit], axis=-1, keepdims=True)
    normal = -rise[:, None] * aside + np.sqrt(1.0 - rise**2)[:, None] * towards
    lit = np.clip(normal @ light, 0.0, 1.0)
    colour[hit] = np.array(BAR) * (0.5 + 1.0 * lit + 1.6 * lit**16)[:, None]


def _paint_bar(camera: Camera, rays: Array, bar_m: float, light: Array, colour: Array) -> None:
    """Paint the pull-up bar, across the person's facing over the origin, and what holds it."""
    ends = [vec(0.0, side * BAR_HALF_M, bar_m) for side in (-1.0, 1.0)]
    for end in ends:
        _paint_rod(camera, rays, (end, vec(0.0, float(end[1]), CEILING_M)), light, colour)
    _paint_rod(camera, rays, (ends[0], ends[1]), light, colour)


def _paint_block(camera: Camera, rays: Array, ends: tuple[Array, Array], colour: Array) -> None:
    """Paint a wooden block between two opposite corners over ``colour`` where the rays meet it."""
    eye, (low, high) = camera.position_m, ends
    with np.errstate(divide="ignore"):
        first, second = (low - eye) / rays, (high - eye) / rays
    enters = np.minimum(first, second)
    leaves = np.maximum(first, second).min(axis=-1)
    face = enters.argmax(axis=-1)
    hit = enters.max(axis=-1) < leaves
    # Lightest from above; the sides by the axis they face.
    colour[hit] = np.array(STOOL) * np.array([0.62, 0.78, 1.05])[face[hit]][:, None]


def _paint_stool(camera: Camera, rays: Array, seat_m: float, colour: Array) -> None:
    """Paint a stool of a seat and four legs, the farther legs first."""
    thick, inset = STOOL_THICK_M, STOOL_HALF_M - STOOL_THICK_M
    corners = [vec(STOOL_X_M + a * inset, b * inset, 0.0) for a in (-1, 1) for b in (-1, 1)]
    corners.sort(key=lambda corner: -float(np.linalg.norm(corner - camera.position_m)))
    for corner in corners:
        half = vec(thick / 2, thick / 2, 0.0)
        ends = (corner - half, corner + half + vec(0.0, 0.0, seat_m - thick))
        _paint_block(camera, rays, ends, colour)
    half = vec(STOOL_HALF_M, STOOL_HALF_M, 0.0)
    middle = vec(STOOL_X_M, 0.0, seat_m)
    _paint_block(camera, rays, (middle - half - vec(0.0, 0.0, thick), middle + half), colour)


def _view_rays(camera: Camera, size_px: tuple[int, int], finer: int) -> Array:
    width, height = size_px[0] * finer, size_px[1] * finer
    u = (np.arange(width) + 0.5) / finer - size_px[0] / 2
    v = (np.arange(height) + 0.5) / finer - size_px[1] / 2
    grid = np.stack(np.meshgrid(u, v), axis=-1)
    axes = camera.axes
    focal = camera.focal_px(size_px)
    rays: Array = grid[..., :1] * axes[0] + grid[..., 1:] * axes[1] + focal * axes[2]
    return rays


def _look(camera: Camera, rays: Array) -> tuple[Array, Array]:
    """Colours along the rays, and the floor points they meet (far away for the wall)."""
    eye = camera.position_m
    yaw = math.radians(camera.yaw_deg)
    back = -vec(math.cos(yaw), math.sin(yaw), 0.0)
    side = np.cross(back, vec(0.0, 0.0, 1.0))
    to_wall = (WALL_BEHIND_M - float(eye @ back)) / (rays @ back)
    with np.errstate(divide="ignore"):
        to_floor = np.where(rays[..., 2] < 0, -eye[2] / rays[..., 2], np.inf)
    on_floor = to_floor < to_wall
    at_wall = eye + to_wall[..., None] * rays
    at_floor = eye + np.where(on_floor, to_floor, 0.0)[..., None] * rays
    colour = _paint_wall(at_wall @ side, at_wall[..., 2])
    floor = _paint_floor(at_floor[..., 0], at_floor[..., 1], at_floor @ side, at_floor @ back)
    colour = np.where(on_floor[..., None], floor, colour)
    floor_xy = np.where(on_floor[..., None], at_floor[..., :2], OFF_FLOOR_M)
    return colour, floor_xy


def _window(camera: Camera) -> Array:
    """Return the unit direction towards the window."""
    axes = camera.axes
    flat_ahead = np.array([axes[2][0], axes[2][1], 0.0])
    flat_ahead /= np.linalg.norm(flat_ahead)
    faced = camera.facing_sign or -1
    light = WINDOW[0] * faced * axes[0] + WINDOW[1] * vec(0, 0, 1) - WINDOW[2] * flat_ahead
    found: Array = light / np.linalg.norm(light)
    return found


def look(
    camera: Camera,
    size_px: tuple[int, int],
    bar_m: float | None = None,
    seat_m: float | None = None,
) -> Room:
    """Draw the empty room, smoothed by supersampling.

    With a pull-up bar and a stool where their heights are given.
    """
    rays = _view_rays(camera, size_px, SUPERSAMPLING)
    fine, _ = _look(camera, rays)
    light = _window(camera)
    if bar_m is not None:
        _paint_bar(camera, rays, bar_m, light, fine)
    if seat_m is not None:
        _paint_stool(camera, rays, seat_m, fine)
    width, height = size_px
    fine = fine.reshape(height, SUPERSAMPLING, width, SUPERSAMPLING, 3).mean(axis=(1, 3))
    _, floor_xy = _look(camera, _view_rays(camera, size_px, 1))
    return Room(fine, floor_xy, light)
