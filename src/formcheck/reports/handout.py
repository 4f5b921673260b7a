"""The handout: a plan as pages to print and take home, without a computer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from formcheck.core.coaching.pain import SAFETY
from formcheck.core.exercise.exercise import Exercise
from formcheck.files.writing import write_text
from formcheck.reports.exercise_drawing import camera_svg, exercise_svg
from formcheck.reports.page import render
from formcheck.reports.tag_sheet import STEPS, USUAL_CM, fields
from formcheck.training.plan import Entry, Plan, day_names


def write_handout(plan: Plan, path: Path, *, who: str = "", tag: bool = False) -> None:
    """Writes the page of a plan.

    Parameters
    ----------
    plan : Plan
        The plan, with what is different for this person.
    path : Path
        The file.
    who : str
        Whose plan it is; empty where nobody is named.
    tag : bool
        Whether the pelvis tag is on it, in its true size on paper.

    Raises
    ------
    OutputError
        The file can't be written.
    """
    write_text(path, handout_page(plan, who=who, tag=tag))


def handout_page(plan: Plan, *, who: str = "", tag: bool = False) -> str:
    """Returns the page; see `write_handout`."""
    return render(
        "handout.html",
        title="Training plan",
        programs=("handout.js",),
        styles=("handout.css",),
        who=who,
        days=day_names(plan.days),
        entries=[_entry(entry) for entry in plan.entries],
        safety=SAFETY,
        tag=tag_svg() if tag else "",
        tag_steps=STEPS if tag else (),
        tag_cm=USUAL_CM,
    )


def tag_svg() -> str:
    """Returns the pelvis tag with its white rim, its black square as large as on its own sheet."""
    rows = fields()
    count = len(rows)
    black = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, white in enumerate(row)
        if not white
    )
    card_cm = USUAL_CM * (count + 2) / count
    return (
        f'<svg class="tag" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Pelvis tag"'
        f' viewBox="-1 -1 {count + 2} {count + 2}" width="{card_cm:.3f}cm" height="{card_cm:.3f}cm"'
        ' shape-rendering="crispEdges"><rect x="-1" y="-1" width="100%" height="100%"'
        f' fill="#fff"/><path d="{black}" fill="#000"/></svg>'
    )


def _entry(entry: Entry) -> dict[str, Any]:
    exercise = entry.exercise
    return {
        "title": exercise.title,
        "slug": exercise.slug,
        "dose": entry.text,
        "rest_s": entry.rest_s,
        "aim": aim_text(exercise),
        "purpose": exercise.purpose,
        "how_to": exercise.how_to,
        "avoid": avoided(exercise),
        "camera": exercise.camera,
        "changes": exercise.changes,
        "picture": exercise_svg(exercise),
        "place": camera_svg(exercise),
    }


def aim_text(exercise: Exercise) -> str:
    """Returns how far the movement goes, in words; empty where it is not in degrees."""
    cycle = exercise.cycle
    if cycle.measure.unit != "deg":
        return ""
    name = cycle.measure.name.replace("_", " ").removesuffix(" both")
    return f"{name} to {cycle.aim:.0f}°"


def avoided(exercise: Exercise) -> list[tuple[str, str]]:
    """Returns what is to be avoided, each once: its name, and what to do instead."""
    # A fault that stands in for others, where a camera tells them apart no more, is none besides.
    others = {fault.stand_in for fault in exercise.faults}
    told = (f for f in exercise.faults if not f.by_tag and f.code not in others)
    return list({fault.name: fault.say for fault in told}.items())
