"""Drawing on frames: the person's lines, and what the checker and the coach have to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2

from formcheck.core.checker.session import FrameReport
from formcheck.core.coaching.events import CoachStage, CoachState
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import Image
from formcheck.core.pose.pose import Points, Pose
from formcheck.core.pose.visibility import gate
from formcheck.overlay.arc import counted_angle, lifted_side
from formcheck.overlay.banner import draw_banner
from formcheck.overlay.body_lines import (
    draw_joints,
    draw_leg_strain,
    draw_limbs,
    draw_trunk,
    strain_of,
    write_strain,
)
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.cards import draw_countdown, draw_keys, draw_paused, draw_rest, draw_summary
from formcheck.overlay.hud import Hud, draw_view_label
from formcheck.overlay.message import MessageBoard
from formcheck.overlay.outline import draw_outline, looks_other_way
from formcheck.overlay.pelvis import CALM, draw_tag, mirrored_reading, shows_at_tag
from formcheck.overlay.style import SKY, Font

__all__ = ["Overlay", "mirrored_pose"]

_FOOT = 22.0
"""Units kept free for the message while the outline guides the person into the start posture."""


class Overlay:
    """Draws reports on pictures, in order of time.

    Parameters
    ----------
    exercise : Exercise
        Gives the words, and the time to hold.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._hud = Hud(exercise)
        self._board = MessageBoard(exercise)
        self._font = Font()
        self._set_number = 1

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
        """Returns a new picture with the pose and the report drawn on it.

        Parameters
        ----------
        image : (height, width, 3) uint8
            The frame as the camera saw it; stays unchanged.
        pose : Pose
            The person's pose, in pixels of the frame.
        report : FrameReport
            The checker's report on the frame.
        mirrored : bool
            Whether to show the picture as in a mirror. Picture and positions are flipped, text is
            not, and left and right stay the person's own.
        state : CoachState | None
            The state of a coached run; None for a recording.
        keys : sequence of (str, str)
            Keys and what they do, for the help; empty shows no help.
        muted : bool
            Whether to show that the sound is off.
        """
        shown = cv2.flip(image, 1) if mirrored else image.copy()
        canvas = Canvas(shown, self._font)
        self.paint(canvas, mirrored_pose(pose) if mirrored else pose, report, state, muted=muted)
        if keys:
            draw_keys(canvas, keys)
        return canvas.image

    def paint(
        self,
        canvas: Canvas,
        pose: Pose,
        report: FrameReport,
        state: CoachState | None = None,
        *,
        muted: bool = False,
    ) -> None:
        """Draws on a canvas; its picture and the pose are already mirrored where asked for."""
        seen = gate(pose).points()
        self._note(seen, report, state)
        stage = CoachStage.SET if state is None else state.stage
        if state is not None and stage is CoachStage.SUMMARY:
            draw_summary(canvas, state, self._exercise, self._board.rejected)
        elif state is not None and stage is CoachStage.REST:
            draw_limbs(canvas, seen, None)
            draw_rest(canvas, state)
        elif state is not None and stage is not CoachStage.SET:
            self._paint_waiting(canvas, seen, report, state)
        else:
            self._paint_set(canvas, pose, seen, report, state, muted=muted)
        if state is not None and state.paused is not None and stage is not CoachStage.SUMMARY:
            draw_paused(canvas, state.paused)

    def _note(self, seen: Points, report: FrameReport, state: CoachState | None) -> None:
        self._hud.note(seen)
        if state is not None and state.set_number != self._set_number:
            self._set_number = state.set_number
            self._board.forget()
        self._board.note(report)

    def _paint_waiting(
        self, canvas: Canvas, seen: Points, report: FrameReport, state: CoachState
    ) -> None:
        """Draws the outline to step into and what to do, or the countdown."""
        counting_down = state.stage is CoachStage.COUNTDOWN
        if not counting_down:
            flipped = looks_other_way(seen, self._exercise.position)
            draw_outline(canvas, self._exercise, SKY, foot=_FOOT, flipped=flipped)
        draw_limbs(canvas, seen, None)
        draw_joints(canvas, seen)
        if counting_down:
            draw_countdown(canvas, state)
        message = self._board.current(report, state)
        if message is not None:
            draw_banner(canvas, message, None if counting_down else state.placement)

    def _paint_set(
        self,
        canvas: Canvas,
        pose: Pose,
        seen: Points,
        report: FrameReport,
        state: CoachState | None,
        *,
        muted: bool,
    ) -> None:
        strain, moving = strain_of(self._exercise, report), lifted_side(report)
        angle = counted_angle(seen, report, self._exercise)
        if angle is not None:
            angle.draw_zone(canvas)
        draw_limbs(canvas, seen, moving)
        at_tag = shows_at_tag(self._exercise, strain)
        draw_trunk(canvas, seen, report, CALM if at_tag else strain)
        draw_leg_strain(canvas, seen, moving, strain)
        draw_joints(canvas, seen)
        draw_tag(canvas, pose.pelvis, strain if at_tag else CALM)
        message = self._board.current(report, state)
        if message is not None:
            draw_banner(canvas, message, None if state is None else state.placement)
        self._hud.draw(canvas, report, self._board.last_rep, state)
        draw_view_label(canvas, report, pose.pelvis, muted=muted)
        if angle is not None:
            angle.write(canvas)
        write_strain(canvas, self._exercise, seen, strain)


def mirrored_pose(pose: Pose) -> Pose:
    """Returns the pose in the mirrored picture; a left knee remains the left knee."""
    points = pose.image_px.copy()
    points[:, 0] = pose.frame_size_px[0] - 1 - points[:, 0]
    pelvis = mirrored_reading(pose.pelvis, pose.frame_size_px[0])
    return replace(pose, image_px=points, pelvis=pelvis)
