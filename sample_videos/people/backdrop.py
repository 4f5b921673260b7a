"""Draws the empty room that a fixed camera sees, once per clip."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from people.camera import Camera
from people.makehuman import Array
from people.mesh import triangles
from people.paint import paint_box, paint_floor, paint_wall
from people.raster import Floats, blank, compiled, rasterise
from people.rooms import Room, Thing
from people.shading import Light, ShadowMap, lit_share, shadow_map
from people.vectors import turn_z

_FINER = 2
_HALF_WIDTH_M, _FRONT_M, _CEILING_M, _TILE_M = 4.5, 6.0, 3.1, 0.25
_BAR_RADIUS_M, _BAR_HALF_M, _SEAT_HALF_M = 0.016, 0.55, 0.17
_STEEL, _WOOD = (62, 64, 68), (140, 100, 64)


class Backdrop(NamedTuple):
    """The empty room in a camera's picture.

    Attributes
    ----------
    direct, ambient
        Linear RGB (rows, columns, 3) by the window's light and by the room's own.
    points
        World points (rows, columns, 3) that the pixels show.
    nearness
        1 over their depth (rows, columns).
    light
        The room's light in the world.
    """

    direct: Floats
    ambient: Floats
    points: Floats
    nearness: Floats
    light: Light


def room_axes(camera: Camera, room: Room) -> Array:
    """Rows: the room's right, away and up in the world."""
    level = turn_z(camera.yaw_deg + room.turn_deg)
    return np.stack([level[:, 1], -level[:, 0], level[:, 2]])


def light_of(room: Room, axes: Array) -> Light:
    """Return the room's light in the world."""
    towards = np.array(room.window) @ axes
    warm = np.array([1.0, 0.97 - 0.10 * room.warmth, 0.94 - 0.26 * room.warmth])
    cool = np.array([0.94, 0.97, 1.0])
    floor = (np.array(room.floor) / 255.0) ** 2.2
    bounce = room.room_light * (0.35 + 0.8 * floor)
    return Light(
        (towards / np.linalg.norm(towards)).astype(np.float32),
        (room.window_light * warm).astype(np.float32),
        (room.room_light * (cool + 0.4 * room.warmth * (warm - cool))).astype(np.float32),
        bounce.astype(np.float32),
        room.softness,
    )


def _sheet(corner: Array, along: Array, up: Array) -> Array:
    """Quads (n, 4, 3) of a rectangle, in tiles so small that none spans the lens."""
    columns = max(1, round(float(np.linalg.norm(along)) / _TILE_M))
    rows = max(1, round(float(np.linalg.norm(up)) / _TILE_M))
    u, v = np.meshgrid(np.arange(columns) / columns, np.arange(rows) / rows)
    start = corner + u.reshape(-1, 1) * along + v.reshape(-1, 1) * up
    du, dv = along / columns, up / rows
    return np.stack([start, start + du, start + du + dv, start + dv], axis=1)


def _box(thing: Thing) -> Array:
    """Quads (6, 4, 3) of a thing in room coordinates."""
    half = np.array([thing.size_m[0] / 2, thing.size_m[1] / 2, 0.0])
    low, high = np.array(thing.at_m) - half, np.array(thing.at_m) + half
    high[2] += thing.size_m[2]
    size = high - low
    x, y, z = np.diag(size)
    return np.stack(
        [
            [low, low + x, low + x + z, low + z],
            [low + y, low + x + y, high, low + y + z],
            [low, low + y, low + y + z, low + z],
            [low + x, low + x + y, high, low + x + z],
            [low + z, low + x + z, high, low + y + z],
            [low, low + x, low + x + y, low + y],
        ]
    )


def _quads_of(thing: Thing) -> Array:
    return _bush(thing) if thing.paint == "leaves" else _box(thing)


def _bush(thing: Thing) -> Array:
    """Quads (n, 4, 3) of leaves that stand out of a box's middle, in room coordinates."""
    rng = np.random.default_rng(round(1000 * thing.size_m[2]))
    middle = np.array(thing.at_m) + np.array([0.0, 0.0, 0.45 * thing.size_m[2]])
    way = rng.normal(size=(90, 3))
    way /= np.linalg.norm(way, axis=1)[:, None]
    tip = middle + way * np.array(thing.size_m) * rng.uniform(0.35, 0.55, (90, 1))
    aside = 0.045 * np.cross(way, rng.normal(size=(90, 3)))
    root, belly = middle + 0.15 * (tip - middle), middle + 0.7 * (tip - middle)
    return np.stack([root, belly + aside, tip, belly - aside], axis=1)


def _shell(room: Room) -> list[Array]:
    """Floor and walls as quads in room coordinates."""
    wide, far, tall = 2 * _HALF_WIDTH_M, room.wall_m + _FRONT_M, _CEILING_M
    x, y, z = np.array([wide, 0, 0]), np.array([0, far, 0]), np.array([0, 0, tall])
    front = np.array([-_HALF_WIDTH_M, -_FRONT_M, 0.0])
    return [
        _sheet(front, x, y),
        _sheet(front + y, x, z),
        np.concatenate([_sheet(front, y, z), _sheet(front + x, y, z), _sheet(front + z, x, y)]),
    ]


def _rod(start: Array, end: Array, radius_m: float) -> Array:
    """Quads of a round rod in the world."""
    way = (end - start) / np.linalg.norm(end - start)
    side = np.cross(way, [0.3, 0.9, 0.2])
    side /= np.linalg.norm(side)
    turn = np.linspace(0, 2 * np.pi, 13)
    ring = radius_m * (np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * np.cross(way, side))
    return np.stack([start + ring[:-1], start + ring[1:], end + ring[1:], end + ring[:-1]], axis=1)


def _apparatus(bar_m: float | None, seat_m: float | None) -> list[tuple[Array, Thing]]:
    """World quads of a pull-up bar over the origin and of a stool behind the person."""
    found = []
    if bar_m is not None:
        steel = Thing(at_m=(0, 0, 0), size_m=(1, 1, 1), colour=_STEEL)
        ends = [np.array([0.0, side * _BAR_HALF_M, bar_m]) for side in (-1.0, 1.0)]
        rods = [_rod(ends[0], ends[1], _BAR_RADIUS_M)]
        rods += [_rod(end, np.array([end[0], end[1], _CEILING_M]), _BAR_RADIUS_M) for end in ends]
        found.append((np.concatenate(rods), steel))
    if seat_m is not None:
        wood = Thing(at_m=(0, 0, 0), size_m=(1, 1, 1), colour=_WOOD, paint="wood")
        half, middle = _SEAT_HALF_M, -0.40
        seat = Thing(at_m=(middle, 0.0, seat_m - 0.035), size_m=(2 * half, 2 * half, 0.035),
                     colour=_WOOD)  # fmt: skip
        legs = [
            Thing(at_m=(middle + a * (half - 0.03), b * (half - 0.03), 0.0),
                  size_m=(0.035, 0.035, seat_m - 0.035), colour=_WOOD)
            for a in (-1, 1) for b in (-1, 1)
        ]  # fmt: skip
        found.append((np.concatenate([_box(thing) for thing in (seat, *legs)]), wood))
    return found


@compiled
def _static_shade(points: Floats, normals: Floats, light: Light, shadow: ShadowMap) -> Floats:
    """Cosine of the window's light times its share behind furniture (rows, columns)."""
    rows, columns = points.shape[:2]
    found = np.zeros((rows, columns), dtype=np.float32)
    for row in range(rows):
        for column in range(columns):
            x, y, z = points[row, column]
            nx, ny, nz = normals[row, column]
            towards = light.towards
            cosine = abs(nx * towards[0] + ny * towards[1] + nz * towards[2])
            found[row, column] = cosine * lit_share(x, y, z, shadow, light.softness)
    return found


class _Scene(NamedTuple):
    quads: Array
    owner: NDArray[np.int64]
    things: list[Thing]


def _scene(room: Room, axes: Array, bar_m: float | None, seat_m: float | None) -> _Scene:
    """All quads in the world; owners 0 floor, 1 back wall, 2 other walls, then the things."""
    inside = [*_shell(room), *(_quads_of(t) for t in room.things)]
    groups = [quads @ axes for quads in inside]
    more = _apparatus(bar_m, seat_m)
    groups += [quads for quads, _ in more]
    owner = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    return _Scene(np.concatenate(groups), owner, [*room.things, *(thing for _, thing in more)])


def _facing_normals(quads: Array, eye: Array) -> Array:
    normals = np.cross(quads[:, 1] - quads[:, 0], quads[:, 3] - quads[:, 0])
    normals /= np.linalg.norm(normals, axis=1)[:, None]
    facing = ((eye - quads[:, 0]) * normals).sum(axis=1)
    found: Array = normals * np.where(facing < 0, -1.0, 1.0)[:, None]
    return found


def look(
    camera: Camera,
    room: Room,
    size_px: tuple[int, int],
    bar_m: float | None = None,
    seat_m: float | None = None,
) -> Backdrop:
    """Draw the empty room, with a pull-up bar and a stool where their heights are given."""
    axes = room_axes(camera, room)
    light = light_of(room, axes)
    scene = _scene(room, axes, bar_m, seat_m)
    corners = np.arange(4 * len(scene.quads)).reshape(-1, 4)
    faces = triangles(corners).astype(np.int32)
    vertices = scene.quads.reshape(-1, 3).astype(np.float32)
    width, height = size_px[0] * _FINER, size_px[1] * _FINER
    local = camera.seen(vertices.astype(np.float64))
    depth = np.where(local[:, 2] > 0.05, local[:, 2], -1.0)
    samples = camera.focal_px(size_px) * local[:, :2] / depth[:, None] + np.array(size_px) / 2
    seen = blank(np.full((height, width), 1e-6, dtype=np.float32))
    rasterise(
        (samples * _FINER).astype(np.float32), (1.0 / depth).astype(np.float32), faces,
        np.ones(len(vertices), dtype=np.float32), seen,
    )  # fmt: skip
    quad = np.maximum(seen.face, 0) % len(scene.quads)
    u = (np.arange(width) + 0.5) / _FINER - size_px[0] / 2
    v = (np.arange(height) + 0.5) / _FINER - size_px[1] / 2
    focal = camera.focal_px(size_px)
    rays = (u[None, :, None] * camera.axes[0] + v[:, None, None] * camera.axes[1]) / focal
    points = camera.position_m + (rays + camera.axes[2]) / seen.nearness[..., None]
    normals = _facing_normals(scene.quads, camera.position_m)[quad]
    # The shell throws no shadows: the window is somewhere in it.
    first = int(np.argmax(scene.owner > 2)) if (scene.owner > 2).any() else 0
    casting = faces[np.isin(faces[:, 0] // 4, np.arange(first, len(scene.quads)))]
    used = np.unique(casting)
    place = np.zeros(len(vertices), dtype=np.int32)
    place[used] = np.arange(len(used))
    shadow = shadow_map(
        vertices[used], place[casting], np.ones(len(used), dtype=np.float32), light.towards
    )
    raised = (points + 0.02 * normals).astype(np.float32)
    cosine = _static_shade(raised, normals.astype(np.float32), light, shadow)
    albedo = _paint(room, scene, points @ axes.T, normals @ axes.T, scene.owner[quad], points)
    up = 0.5 + 0.5 * normals[..., 2:3]
    direct = albedo * cosine[..., None] * light.window
    ambient = albedo * (up * light.sky + (1 - up) * (0.5 * light.bounce + 0.5 * light.sky))

    def halved(fine: Array) -> Floats:
        blocks = fine.reshape(size_px[1], _FINER, size_px[0], _FINER, 3)
        return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float32)

    coarse = np.ascontiguousarray(points[::_FINER, ::_FINER], dtype=np.float32)
    nearness = np.ascontiguousarray(seen.nearness[::_FINER, ::_FINER])
    return Backdrop(halved(direct), halved(ambient), coarse, nearness, light)


def _paint(
    room: Room,
    scene: _Scene,
    inside: Array,
    normals: Array,
    owner: NDArray[np.int64],
    points: Array,
) -> Array:
    """Linear reflectance of every sample; ``inside`` and ``normals`` are in room coordinates."""
    albedo = np.empty(inside.shape)
    floor = owner == 0
    albedo[floor] = paint_floor(room, inside[floor], points[floor])
    wall = (owner == 1) | (owner == 2)
    albedo[wall] = paint_wall(room, inside[wall], owner[wall] == 1)
    for number, thing in enumerate(scene.things):
        mine = owner == number + 3
        albedo[mine] = paint_box(thing, inside[mine], normals[mine])
    return albedo
