"""The rooms: what stands where, its paint, and the light through the window."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """A box in a room.

    Attributes
    ----------
    at_m, size_m
        Middle of its underside, and its extents: along the back wall to the right, away from the
        camera, and up.
    colour
        sRGB.
    paint
        ``plain``, ``wood``, ``books``, ``cloth``, ``leaves`` or ``picture``.
    """

    at_m: tuple[float, float, float]
    size_m: tuple[float, float, float]
    colour: Colour
    paint: str = "plain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A room as the camera sees it: right, away and up from the middle of the mat.

    Attributes
    ----------
    wall, floor, mat
        sRGB colours; no mat where it is None.
    floor_paint
        ``boards``, ``carpet`` or ``tiles``.
    things
        Furniture.
    wall_m
        Distance of the back wall behind the middle of the mat.
    turn_deg
        How far the back wall is turned against the picture.
    window
        Direction to the window: right, away (negative: towards the camera) and up.
    window_light, room_light
        Strength of the window's and of the room's own light.
    warmth
        0 is cool daylight, 1 a warm lamp.
    has_sun
        Whether the sun throws the window's shape on the wall.
    softness
        Blur of shadows: 2 sharp to 10 diffuse.
    """

    wall: Colour
    floor: Colour
    mat: Colour | None = None
    floor_paint: str = "boards"
    things: tuple[Thing, ...] = ()
    wall_m: float = 2.0
    turn_deg: float = 0.0
    window: tuple[float, float, float] = (-0.6, -0.6, 0.8)
    window_light: float = 0.8
    room_light: float = 0.55
    warmth: float = 0.4
    has_sun: bool = False
    softness: int = 4


ROOMS = {
    "study": Room(
        wall=(214, 206, 192), floor=(158, 112, 70), mat=(36, 92, 132), turn_deg=6.0,
        things=(
            Thing(at_m=(1.35, 1.78, 0.0), size_m=(0.85, 0.32, 1.9), colour=(150, 116, 80),
                  paint="books"),
            Thing(at_m=(-1.5, 1.65, 0.0), size_m=(1.2, 0.55, 0.74), colour=(116, 80, 52),
                  paint="wood"),
            Thing(at_m=(-1.6, 1.75, 0.74), size_m=(0.5, 0.06, 0.36), colour=(26, 28, 32)),
            Thing(at_m=(-0.1, 1.97, 1.35), size_m=(0.75, 0.03, 0.55), colour=(86, 120, 140),
                  paint="picture"),
        ),
    ),
    "bedroom": Room(
        wall=(186, 198, 210), floor=(150, 146, 140), floor_paint="carpet", mat=(122, 40, 74),
        turn_deg=-8.0, window=(0.8, -0.5, 0.7), warmth=0.15, softness=7, has_sun=True,
        things=(
            Thing(at_m=(-0.6, 1.45, 0.0), size_m=(2.0, 0.95, 0.42), colour=(206, 200, 214),
                  paint="cloth"),
            Thing(at_m=(-1.66, 1.5, 0.0), size_m=(0.09, 1.0, 0.95), colour=(78, 50, 34),
                  paint="wood"),
            Thing(at_m=(-1.25, 1.5, 0.42), size_m=(0.45, 0.7, 0.13), colour=(240, 240, 240)),
            Thing(at_m=(1.3, 1.7, 0.0), size_m=(0.45, 0.4, 0.5), colour=(112, 78, 54),
                  paint="wood"),
            Thing(at_m=(1.3, 1.7, 0.5), size_m=(0.18, 0.18, 0.34), colour=(236, 214, 164)),
        ),
    ),
    "living": Room(
        wall=(204, 194, 170), floor=(120, 84, 54), mat=None, turn_deg=14.0, wall_m=2.4,
        window=(-0.9, -0.3, 0.6), warmth=0.7, window_light=0.95, room_light=0.42, has_sun=True,
        softness=3,
        things=(
            Thing(at_m=(0.2, 1.95, 0.0), size_m=(1.9, 0.85, 0.42), colour=(84, 96, 88),
                  paint="cloth"),
            Thing(at_m=(0.2, 2.28, 0.42), size_m=(1.9, 0.2, 0.42), colour=(84, 96, 88),
                  paint="cloth"),
            Thing(at_m=(1.55, 1.95, 0.0), size_m=(0.34, 0.34, 0.4), colour=(170, 90, 60)),
            Thing(at_m=(1.55, 1.95, 0.4), size_m=(0.6, 0.6, 0.9), colour=(56, 98, 52),
                  paint="leaves"),
            Thing(at_m=(-1.7, 2.15, 0.0), size_m=(1.1, 0.42, 0.5), colour=(46, 40, 38)),
            Thing(at_m=(-1.7, 2.2, 0.5), size_m=(1.0, 0.06, 0.6), colour=(16, 17, 20)),
        ),
    ),
    "gym": Room(
        wall=(128, 132, 138), floor=(58, 58, 62), floor_paint="tiles", mat=(34, 36, 40),
        turn_deg=3.0, wall_m=2.8, window=(0.3, -0.4, 1.0), warmth=0.3, window_light=0.6,
        room_light=0.6, softness=9,
        things=(
            Thing(at_m=(-1.6, 2.4, 0.0), size_m=(1.4, 0.5, 0.9), colour=(40, 42, 46)),
            Thing(at_m=(-1.6, 2.35, 0.9), size_m=(1.3, 0.2, 0.14), colour=(172, 40, 36)),
            Thing(at_m=(1.2, 2.77, 0.4), size_m=(1.6, 0.03, 1.7), colour=(150, 160, 168),
                  paint="picture"),
            Thing(at_m=(1.9, 1.9, 0.0), size_m=(0.5, 1.1, 0.45), colour=(96, 30, 30)),
        ),
    ),
    "office": Room(
        wall=(228, 226, 220), floor=(176, 166, 150), floor_paint="carpet", mat=(86, 110, 78),
        turn_deg=-16.0, wall_m=1.7, window=(0.5, -0.8, 0.6), warmth=0.5, window_light=0.45,
        room_light=0.42, softness=8,
        things=(
            Thing(at_m=(1.5, 1.4, 0.0), size_m=(0.5, 0.5, 1.3), colour=(150, 152, 156)),
            Thing(at_m=(-1.1, 1.45, 0.0), size_m=(0.9, 0.4, 1.1), colour=(206, 186, 150),
                  paint="wood"),
            Thing(at_m=(-1.25, 1.45, 1.1), size_m=(0.2, 0.2, 0.3), colour=(60, 104, 62),
                  paint="leaves"),
            Thing(at_m=(0.35, 1.67, 1.2), size_m=(0.6, 0.03, 0.8), colour=(196, 120, 70),
                  paint="picture"),
        ),
    ),
}  # fmt: skip
