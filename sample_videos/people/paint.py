"""Paint of floors, walls and furniture: linear reflectance at points in metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from people.makehuman import Array
from people.rooms import Room, Thing

_SKIRTING_M = 0.08
_MAT_HALF_M = (0.95, 0.34)


def _linear(colour: tuple[int, int, int]) -> Array:
    return np.asarray((np.array(colour) / 255.0) ** 2.2)


def _grain(a: Array, b: Array) -> Array:
    """Repeatable noise in -1..1 over a grid of cells."""
    wave = np.sin(np.floor(a) * 127.1 + np.floor(b) * 311.7) * 43758.5453
    noise: Array = 2.0 * (wave - np.floor(wave)) - 1.0
    return noise


def _cloudy(a: Array, b: Array) -> Array:
    """Smooth repeatable unevenness in about -1..1."""
    found: Array = 0.5 * np.sin(2.1 * a + 1.3 * np.sin(1.7 * b)) + 0.5 * np.sin(
        2.7 * b + 1.1 * np.sin(2.3 * a + 0.5)
    )
    return found


def paint_floor(room: Room, inside: Array, points: Array) -> Array:
    """Floor at room coordinates ``inside``; the mat lies the way the person faces, world ``x``."""
    x, y = inside[:, 0], inside[:, 1]
    if room.floor_paint == "boards":
        board = y / 0.12
        plank = np.floor(board)
        offset = 0.37 * plank
        tone = (
            1.0
            + 0.13 * _grain(board, np.floor(x / 1.1 + offset))
            + 0.05 * _grain(x * 9 + 3 * plank, y * 90)
        )
        tone = np.where(np.abs(board - np.round(board)) < 0.018, 0.7 * tone, tone)
    elif room.floor_paint == "tiles":
        tone = 1.0 + 0.05 * _grain(x / 0.5, y / 0.5)
        edge = np.minimum(np.abs(x / 0.5 - np.round(x / 0.5)), np.abs(y / 0.5 - np.round(y / 0.5)))
        tone = np.where(edge < 0.012, 0.6 * tone, tone)
    else:
        tone = 1.0 + 0.10 * _grain(x * 110, y * 110) + 0.06 * _cloudy(3 * x, 3 * y)
    colour = _linear(room.floor) * tone[:, None]
    if room.mat is not None:
        wx, wy = np.abs(points[:, 0]), np.abs(points[:, 1])
        on_mat = (wx < _MAT_HALF_M[0]) & (wy < _MAT_HALF_M[1])
        ribs = 1.0 + 0.05 * np.sin(points[:, 0] * 500.0)
        colour[on_mat] = (_linear(room.mat) * ribs[:, None])[on_mat]
        hem = on_mat & ((wx > _MAT_HALF_M[0] - 0.015) | (wy > _MAT_HALF_M[1] - 0.015))
        colour[hem] *= 0.7
    return colour


def paint_wall(room: Room, inside: Array, is_back: NDArray[np.bool_]) -> Array:
    """Walls with a skirting board and, on the back wall, the sun through the window."""
    x, y, z = inside[:, 0], inside[:, 1], inside[:, 2]
    tone = 1.0 + 0.03 * _cloudy(x + y, z) - 0.10 * np.clip(1.0 - z / 1.2, 0, 1)
    colour = _linear(room.wall) * tone[:, None]
    if room.has_sun:
        across = (x + 0.35 * z + 0.2) % 0.62
        sun = (np.abs(x + 0.35 * z - 0.1) < 1.2) & (across > 0.06) & (z > 0.7) & (z < 1.75)
        colour[sun & is_back & (np.abs(z - 1.25) > 0.03)] *= 1.22
    colour[z < _SKIRTING_M] = _linear((226, 224, 218))
    colour[(z > _SKIRTING_M) & (z < _SKIRTING_M + 0.01)] *= 0.7
    colour[z > 3.09] = _linear((232, 232, 230))
    return colour


def _books(thing: Thing, x: Array, z: Array) -> Array:
    """Shelves full of books of all colours, as seen from the front."""
    shelf = np.floor(z / 0.32)
    book = np.floor(x / 0.034 + 7.3 * shelf)
    tall = 0.20 + 0.05 * _grain(book, shelf)
    tints = np.stack([_grain(book, shelf + k) for k in (11.0, 23.0, 37.0)], axis=1)
    colour = np.clip(0.24 + 0.20 * tints, 0.02, 0.8)
    above = (z % 0.32) > tall
    colour[above] = 0.25 * _linear(thing.colour)
    board = (z % 0.32) < 0.02
    rim = np.abs(x - thing.at_m[0]) > thing.size_m[0] / 2 - 0.025
    colour[board | rim] = _linear(thing.colour)
    return colour


def paint_box(thing: Thing, inside: Array, normals: Array) -> Array:
    """Paint of a piece of furniture at room coordinates."""
    x, y, z = inside[:, 0], inside[:, 1], inside[:, 2]
    base = _linear(thing.colour)
    front = np.abs(normals[:, 1]) > 0.7
    if thing.paint == "books":
        return np.where(front[:, None], _books(thing, x, z), base)
    tone = np.ones(len(inside))
    if thing.paint == "wood":
        tone += 0.12 * np.sin(60 * z + 4 * _cloudy(6 * (x + y), 9 * z)) * 0.5
        gap = np.abs((z - thing.at_m[2]) / thing.size_m[2] - 0.5) < 0.008
        tone = np.where(gap & front, 0.5 * tone, tone)
    elif thing.paint == "cloth":
        tone += 0.06 * _grain(x * 140, (z + y) * 140) + 0.06 * _cloudy(5 * x, 8 * z)
        tone = np.where(np.abs(x / 0.6 - np.round(x / 0.6)) < 0.008, 0.7 * tone, tone)
    elif thing.paint == "leaves":
        tone += 0.35 * normals[:, 0] + 0.25 * normals[:, 2]
    elif thing.paint == "picture":
        dx = np.abs(x - thing.at_m[0]) / thing.size_m[0]
        dz = np.abs(z - thing.at_m[2] - thing.size_m[2] / 2) / thing.size_m[2]
        tone += 0.45 * _cloudy(5 * x, 7 * z)
        tone = np.where((dx > 0.46) | (dz > 0.46), 0.25, tone)
    return base * np.clip(tone, 0.1, 2.0)[:, None]
