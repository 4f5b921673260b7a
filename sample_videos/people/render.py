"""Pictures of a dressed person in a room."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from people.backdrop import Backdrop, look
from people.camera import Camera
from people.kinematics import Skeleton
from people.makehuman import Array
from people.person import Figure, Person
from people.raster import Floats, blank, rasterise
from people.rooms import Room
from people.shading import ShadowMap, contact_map, room_light, shade, shadow_map
from people.webcam import Picture, Webcam

_SAMPLES, _CARD_SAMPLES = 2, 8

_Window = tuple[tuple[int, int], tuple[int, int]]
"""Low and high corner, in whole pixels; the high one excluded."""


class _Drawn(NamedTuple):
    """A posed person as the camera sees them: pixels (n, 2) and 1 over the depth (n,)."""

    figure: Figure
    pixels: Array
    nearness: Floats
    shadow: ShadowMap


def _window(pixels: Array, size_px: tuple[int, int]) -> _Window:
    """Return the part of the picture that holds some points."""
    low = np.clip(np.floor(pixels.min(axis=0)).astype(int), 0, size_px).tolist()
    high = np.clip(np.ceil(pixels.max(axis=0)).astype(int) + 1, 0, size_px).tolist()
    return (low[0], low[1]), (high[0], high[1])


class Studio:
    """One camera in one room, ready to take pictures of one person.

    Parameters
    ----------
    person
        Whom to draw.
    camera, webcam
        The pinhole camera and its faults.
    room
        Where it is.
    size_px
        Width and height of the pictures.
    bar_m
        Height of the pull-up bar's middle, if there is one, across the person over the origin.
    seat_m
        Height of a stool behind the person, if there is one.
    """

    def __init__(
        self,
        person: Person,
        camera: Camera,
        room: Room,
        webcam: Webcam,
        size_px: tuple[int, int] = (640, 480),
        bar_m: float | None = None,
        seat_m: float | None = None,
    ) -> None:
        self._person, self._camera, self._webcam = person, camera, webcam
        self._size_px, self._bar_m = size_px, bar_m
        self._backdrop: Backdrop = look(camera, room, size_px, bar_m, seat_m)

    def shoot(self, skeleton: Skeleton, seed: int) -> Picture:
        """Take a picture (height, width, 3) in BGR bytes; ``seed`` sets the noise."""
        return self._webcam.take(self.expose(skeleton), seed)

    def expose(self, skeleton: Skeleton) -> Floats:
        """Linear RGB (height, width, 3) of the scene, before the webcam."""
        person, light = self._person, self._backdrop.light
        figure = person.pose(skeleton, self._bar_m)
        shadow = shadow_map(figure.vertices, person.faces, person.reach, light.towards)
        contact, corner = contact_map(figure.vertices)
        back = self._backdrop
        scene = room_light(back.points, back.direct, back.ambient, light, shadow, contact, corner)
        self._add_person(scene, figure, shadow, person.card_corners(skeleton).astype(np.float32))
        return scene

    def _add_person(self, scene: Floats, figure: Figure, shadow: ShadowMap, card: Floats) -> None:
        """Draw the person over the scene, in place, and a card on the pelvis more finely.

        A printed tag is read to a fraction of a pixel, and its edges lie nearly along the samples:
        two by two of them would turn it by degrees.
        """
        bare = scene.copy() if len(card) else scene
        ahead, pixels, nearness = self._projected(figure.vertices)
        if not ahead.any():
            return
        view = _Drawn(figure, pixels, nearness, shadow)
        self._fill(scene, bare, view, _window(pixels[ahead], self._size_px), _SAMPLES)
        if len(card):
            seen, spots, _ = self._projected(card)
            if seen.all():
                window = _window(spots, self._size_px)
                self._fill(scene, bare, view, window, _CARD_SAMPLES)

    def _projected(self, points: Floats) -> tuple[NDArray[np.bool_], Array, Floats]:
        """Return which world points lie ahead of the lens, their pixels, and 1 over their depth."""
        local = self._camera.seen(points.astype(np.float64))
        depth = np.where(local[:, 2] > 0.05, local[:, 2], -1.0)
        size = self._size_px
        pixels = self._camera.focal_px(size) * local[:, :2] / depth[:, None] + np.array(size) / 2
        return depth > 0, pixels, (1.0 / depth).astype(np.float32)

    def _fill(
        self, scene: Floats, bare: Floats, view: _Drawn, window: _Window, samples: int
    ) -> None:
        """Draw the person in one window of the picture, so many samples along a pixel's side."""
        (left, top), (right, bottom) = window
        if right <= left or bottom <= top:
            return
        part = np.s_[top:bottom, left:right]
        behind = self._backdrop.nearness[part].repeat(samples, axis=0).repeat(samples, axis=1)
        seen, person = blank(behind), self._person
        spots = ((view.pixels - np.array([left, top])) * float(samples)).astype(np.float32)
        rasterise(spots, view.nearness, person.faces, person.reach, seen)
        eye = self._camera.position_m.astype(np.float32)
        fine = shade(
            seen, person.faces, view.figure.vertices, view.figure.normals, person.colours,
            person.gloss, eye, self._backdrop.light, view.shadow,
        )  # fmt: skip
        mixed = fine[::samples, ::samples].copy()
        for number in range(1, samples**2):
            mixed += fine[number % samples :: samples, number // samples :: samples]
        mixed /= np.float32(samples**2)
        scene[part] = mixed[..., :3] + (1.0 - mixed[..., 3:]) * bare[part]
