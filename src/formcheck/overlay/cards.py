"""Cards that fill the picture while judging stops: countdown, rest, summary, pause, keys."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from formcheck.core.checker.importance import importance
from formcheck.core.checker.session import Counts, Rep
from formcheck.core.coaching.events import CoachState
from formcheck.core.coaching.pain import PAIN_STOPS
from formcheck.core.exercise.exercise import Exercise
from formcheck.overlay.box import Box
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.fitting import fit, fitting_size
from formcheck.overlay.signs import draw_pause
from formcheck.overlay.style import BOLD, GREEN, GREY, REGULAR, SKY, WHITE, Colour

_ROW = 1.5


def draw_countdown(canvas: Canvas, state: CoachState) -> None:
    """Draws the seconds left in a ring over the middle of the picture."""
    radius = 20.0
    centre = (canvas.width // 2, round(0.42 * canvas.height))
    reach = canvas.px(radius + 4)
    canvas.panel(
        Box(centre[0] - reach, centre[1] - reach, 2 * reach, 2 * reach),
        opacity=0.6,
        corner=radius + 4,
    )
    share = 1.0 - state.countdown_s / state.countdown_from_s if state.countdown_from_s else 0.0
    canvas.ring(centre, radius, share, SKY, 4.0)
    number = str(max(1, math.ceil(state.countdown_s)))
    size = 30.0
    top = centre[1] - canvas.px(0.35 * size)
    canvas.text(number, (centre[0], top), size, weight=BOLD, centred=True)


def draw_rest(canvas: Canvas, state: CoachState) -> None:
    """Draws the seconds of the rest left, the result of the set, and the next set."""
    canvas.dim(0.62)
    wide = canvas.width > canvas.height
    radius = 26.0
    across = 0.3 if wide else 0.5
    centre = (round(across * canvas.width), round((0.5 if wide else 0.32) * canvas.height))
    share = state.rest_left_s / state.rest_s if state.rest_s > 0 else 0.0
    canvas.ring(centre, radius, share, SKY, 4.0)
    clock = _clock(state.rest_left_s)
    size = fitting_size(canvas, clock, 22.0, canvas.px(1.6 * radius), BOLD)
    top = centre[1] - canvas.px(0.35 * size)
    canvas.text(clock, (centre[0], top), size, weight=BOLD, centred=True)
    over = centre[1] - canvas.px(radius - 8)
    canvas.text("REST", (centre[0], over), 6.0, weight=BOLD, colour=SKY, centred=True)
    done = state.results[-1] if state.results else None
    lines = [] if done is None else _counts_lines(f"Set {done.number}", done.counts)
    lines.append((f"Next: set {state.set_number + 1} of {state.sets}", 7.0, SKY))
    lines.append((_pain(state), 5.0, GREY))
    if wide:
        room = Box(round(0.54 * canvas.width), 0, round(0.44 * canvas.width), canvas.height)
    else:
        y = centre[1] + canvas.px(radius + 6)
        room = Box(canvas.px(4), y, canvas.width - canvas.px(8), canvas.height - y)
    _write_lines(canvas, lines, room, centred=not wide)


def draw_summary(
    canvas: Canvas, state: CoachState, exercise: Exercise, rejected: Sequence[Rep]
) -> None:
    """Draws the results of all sets and the most frequent fault."""
    canvas.dim(0.7)
    total = Counts(
        attempts=sum(one.counts.attempts for one in state.results),
        clean=sum(one.counts.clean for one in state.results),
    )
    lines: list[tuple[str, float, Colour]] = [(exercise.title, 7.5, GREY)]
    if total.attempts:
        lines.append((f"{total.clean} clean of {total.attempts}", 16.0, WHITE))
    else:
        lines.append(("No repetition seen", 9.0, WHITE))
    for one in state.results[-8:] if len(state.results) > 1 else ():
        lines.append((f"Set {one.number}: {one.counts.clean} of {one.counts.attempts}", 8.5, GREY))
    worst = _most_frequent(exercise, rejected)
    if worst is not None:
        lines.append((worst, 7.5, SKY))
    elif total.attempts and total.clean == total.attempts:
        lines.append(("Every repetition clean.", 7.5, GREEN))
    if total.attempts:
        lines.append((_pain(state), 5.0, GREY))
    margin = canvas.px(6)
    room = Box(margin, 0, canvas.width - 2 * margin, canvas.height)
    _write_lines(canvas, lines, room, centred=True)


def draw_paused(canvas: Canvas, say: str) -> None:
    """Draws why judging is paused."""
    canvas.dim(0.55)
    middle = canvas.height // 2
    draw_pause(canvas, (canvas.width // 2, middle - canvas.px(12)), 11.0)
    margin = canvas.px(6)
    room = canvas.width - 2 * margin
    lines, size = fit(canvas, say, room, (8.0, 5.0), BOLD)
    y = middle + canvas.px(6)
    for line in lines:
        canvas.text(line, (canvas.width // 2, y), size, weight=BOLD, centred=True)
        y += canvas.px(1.3 * size)


def draw_keys(canvas: Canvas, keys: Sequence[tuple[str, str]]) -> None:
    """Draws what each key does."""
    size = 5.2
    column = canvas.px(18)
    text_px = max(canvas.text_width(does, size) for _, does in keys)
    room = canvas.width - canvas.px(8) - column
    size = min(size, size * room / text_px)
    row = canvas.px(1.7 * size)
    width = column + max(canvas.text_width(does, size) for _, does in keys) + canvas.px(6)
    height = row * len(keys) + canvas.px(6)
    box = Box((canvas.width - width) // 2, (canvas.height - height) // 2, width, height)
    canvas.panel(box, opacity=0.88)
    y = box.y + canvas.px(4)
    for pressed, does in keys:
        at = (box.x + canvas.px(3) + column // 2 - canvas.px(1.5), y)
        canvas.text(pressed, at, size, weight=BOLD, colour=SKY, centred=True)
        canvas.text(does, (box.x + canvas.px(3) + column, y), size, colour=WHITE)
        y += row


def _pain(state: CoachState) -> str:
    """Returns the noted pain in words, or how to note it."""
    if state.pain is None:
        return "Does it hurt? Keys 0 to 10"
    stops = ": stop here" if state.pain >= PAIN_STOPS else ""
    return f"Pain {state.pain} of 10 noted{stops}"


def _counts_lines(name: str, counts: Counts) -> list[tuple[str, float, Colour]]:
    lines = [(name, 6.5, GREY), (f"{counts.clean} clean of {counts.attempts}", 9.0, WHITE)]
    rejected = counts.compensated + counts.partial
    if rejected:
        lines.append((f"{rejected} not counted", 6.0, GREY))
    if counts.unverified:
        lines.append((f"{counts.unverified} not verified", 6.0, GREY))
    return lines


def _most_frequent(exercise: Exercise, rejected: Sequence[Rep]) -> str | None:
    findings = [finding for rep in rejected for finding in rep.faults]
    # Sorted, so that of two as frequent faults the more important one is named.
    codes = Counter(finding.code for finding in sorted(findings, key=importance))
    if not codes:
        return None
    code, times = codes.most_common(1)[0]
    name = next((fault.name for fault in exercise.faults if fault.code == code), code)
    return f"Most often: {name} ({times} times)" if times > 1 else f"Most often: {name}"


def _write_lines(
    canvas: Canvas, lines: Sequence[tuple[str, float, Colour]], room: Box, *, centred: bool
) -> None:
    """Writes lines of several sizes one under the other, in the middle of the room's height."""
    fitted = []
    for text, size, colour in lines:
        weight = BOLD if size >= 8.0 else REGULAR
        fitted.append((text, fitting_size(canvas, text, size, room.width, weight), weight, colour))
    height = sum(canvas.px(_ROW * size) for _, size, _, _ in fitted)
    if height > 0.94 * room.height:
        shrink = 0.94 * room.height / height
        fitted = [(text, shrink * size, weight, colour) for text, size, weight, colour in fitted]
        height = sum(canvas.px(_ROW * size) for _, size, _, _ in fitted)
    y = room.y + max(0, (room.height - height) // 2)
    x = room.x + (room.width // 2 if centred else 0)
    for text, size, weight, colour in fitted:
        canvas.text(text, (x, y), size, weight=weight, colour=colour, centred=centred)
        y += canvas.px(_ROW * size)


def _clock(seconds: float) -> str:
    whole = max(0, math.ceil(seconds - 1e-6))
    return f"{whole // 60}:{whole % 60:02d}" if whole >= 60 else str(whole)
