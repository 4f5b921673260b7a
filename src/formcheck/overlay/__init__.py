"""Drawing on frames: the person's lines, and what the checker has to say about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2

from formcheck.coaching_state import CoachState
from formcheck.exercise import Exercise
from formcheck.frame import Image
from formcheck.gating import gate
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.font import best_font
from formcheck.overlay.hud import Hud
from formcheck.overlay.skeleton import draw_hip_angle, draw_skeleton
from formcheck.pose import Pose
from formcheck.session import FrameReport

__all__ = ["Overlay", "mirrored_pose"]


class Overlay:
    """Draws reports on pictures, one after the other in order of time.

    Parameters
    ----------
    exercise : Exercise
        Gives the words, and the time to hold.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._hud = Hud(exercise)
        self._font = best_font()

    def draw(
        self,
        image: Image,
        pose: Pose,
        report: FrameReport,
        *,
        mirrored: bool,
        state: CoachState | None = None,
        keys: Sequence[tuple[str, str]] = (),
        muted: bool = False,
    ) -> Image:
        """Return a new picture with the pose and the report drawn on it.

        Parameters
        ----------
        image : (height, width, 3) uint8
            The frame as the camera saw it; is left as it is.
        pose : Pose
            What was found in it, in its pixels.
        report : FrameReport
            What the checker made of it.
        mirrored : bool
            Whether to show the picture as a mirror would. The picture and the positions are turned
            over, the text is not, and left and right stay the person's own.
        state : CoachState | None
            Where a coached run stands; None for a recording.
        keys : sequence of (str, str)
            Keys and what they do, to be shown as help; empty shows none.
        muted : bool
            Whether to show that the sound is off.
        """
        shown = cv2.flip(image, 1) if mirrored else image.copy()
        canvas = Canvas(shown, self._font)
        self.paint(canvas, mirrored_pose(pose) if mirrored else pose, report)
        return canvas.image

    def paint(self, canvas: Canvas, pose: Pose, report: FrameReport) -> None:
        """Draw on a canvas whose picture and pose are already as shown."""
        seen = gate(pose).points()
        self._hud.note(seen, report)
        draw_skeleton(canvas, seen, report)
        self._hud.draw(canvas, report)
        draw_hip_angle(canvas, seen, report)


def mirrored_pose(pose: Pose) -> Pose:
    """Return the pose at its places in the mirrored picture; a left knee remains the left knee."""
    points = pose.image_px.copy()
    points[:, 0] = pose.frame_size_px[0] - 1 - points[:, 0]
    return replace(pose, image_px=points)
