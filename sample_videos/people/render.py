"""Pictures of a dressed person in a room."""

from __future__ import annotations

import numpy as np

from people.backdrop import Backdrop, look
from people.camera import Camera
from people.kinematics import Skeleton
from people.person import Figure, Person
from people.raster import Floats, blank, rasterise
from people.rooms import Room
from people.shading import ShadowMap, contact_map, room_light, shade, shadow_map
from people.webcam import Picture, Webcam


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
        self._add_person(scene, figure, shadow)
        return scene

    def _add_person(self, scene: Floats, figure: Figure, shadow: ShadowMap) -> None:
        """Draw the person over the scene, in place, from two by two samples a pixel."""
        person, camera, size = self._person, self._camera, self._size_px
        local = camera.seen(figure.vertices.astype(np.float64))
        depth = np.where(local[:, 2] > 0.05, local[:, 2], -1.0)
        pixels = camera.focal_px(size) * local[:, :2] / depth[:, None] + np.array(size) / 2
        ahead = pixels[depth > 0]
        if not len(ahead):
            return
        low = np.clip(np.floor(ahead.min(axis=0)).astype(int), 0, size)
        high = np.clip(np.ceil(ahead.max(axis=0)).astype(int) + 1, 0, size)
        if (high <= low).any():
            return
        window = np.s_[low[1] : high[1], low[0] : high[0]]
        behind = self._backdrop.nearness[window].repeat(2, axis=0).repeat(2, axis=1)
        seen = blank(behind)
        samples = ((pixels - low) * 2.0).astype(np.float32)
        nearness = (1.0 / depth).astype(np.float32)
        rasterise(samples, nearness, person.faces, person.reach, seen)
        eye = camera.position_m.astype(np.float32)
        fine = shade(
            seen, person.faces, figure.vertices, figure.normals, person.colours, person.gloss,
            eye, self._backdrop.light, shadow,
        )  # fmt: skip
        mixed = 0.25 * (fine[::2, ::2] + fine[1::2, ::2] + fine[::2, 1::2] + fine[1::2, 1::2])
        scene[window] = mixed[..., :3] + (1.0 - mixed[..., 3:]) * scene[window]
