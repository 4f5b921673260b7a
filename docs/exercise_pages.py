"""Makes the pages of the exercises and the table of the measures from the code.

`docs/build.py` calls this before each build; what it writes is not committed.
"""

from __future__ import annotations

from pathlib import Path

from formcheck.core import measures
from formcheck.core.checker.wording import amount
from formcheck.core.exercise.exercise import Cue, Exercise, Fault
from formcheck.core.measures import Measure
from formcheck.exercises import get_exercise, slugs
from formcheck.reports.exercise_drawing import camera_svg, exercise_svg
from formcheck.reports.terminal import limit_text, what_counts

PAGES = Path(__file__).resolve().parent / "pages"
OUT = PAGES / "exercises"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Returns a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(c.replace("|", "\\|") for c in line) + " |" for line in lines
    )


def fault_row(fault: Fault) -> tuple[str, ...]:
    """Returns the row of a fault: code and name, limit, time, views, source."""
    views = ", ".join(sorted(view.value for view in fault.measure.views))
    seen = f"{views}, with a pelvis tag" if fault.by_tag else views
    return (
        f"`{fault.code}`: {fault.name}", limit_text(fault), f"{fault.lasting_s:g} s", seen,
        fault.limit.source,
    )  # fmt: skip


def cue_row(cue: Cue) -> tuple[str, ...]:
    """Returns the row of a cue: code and name, bound, source."""
    return f"`{cue.code}`: {cue.name}", f"at least {amount(cue.at_least, cue.unit)}", cue.source


def page(exercise: Exercise) -> str:
    """Returns the page of one exercise."""
    dose = exercise.dose
    a_side = " a side" if dose.per_side else ""
    hold = f", held {dose.hold_s:g} s" if dose.hold_s else ""
    harder = (
        f" The next harder one: [{get_exercise(exercise.harder).title}]({exercise.harder}.md)."
        if exercise.harder
        else ""
    )
    return "\n\n".join(
        [
            f"# {exercise.title}",
            exercise.purpose,
            exercise_svg(exercise),
            f"```\nformcheck run {exercise.slug}\n```",
            "## How to",
            "\n".join(f"{i}. {step}" for i, step in enumerate(exercise.how_to, 1)),
            f"{dose.days_a_week} days a week, {dose.sets} sets of {dose.reps_low} to"
            f" {dose.reps_high}{a_side}{hold}.{harder} Sharp pain in the back or groin: stop.",
            "## Camera",
            camera_svg(exercise),
            "\n".join(f"- {sentence}" for sentence in exercise.camera),
            "## What counts",
            "\n".join(f"- {sentence}" for sentence in what_counts(exercise)),
            "## What voids a repetition",
            table(
                ("fault", "limit", "lasting", "seen from", "where the limit comes from"),
                [fault_row(fault) for fault in exercise.faults],
            ),
            "Limits are changes from the person's own"
            " [neutral](../measure/verdicts.md#the-neutral).",
            "## Coaching",
            table(("cue", "bound", "where it comes from"), [cue_row(cue) for cue in exercise.cues])
            if exercise.cues
            else "Nothing is coached.",
            "",
        ]
    )


def index() -> str:
    """Returns the page that lists the exercises."""
    rows = []
    for slug in slugs():
        exercise = get_exercise(slug)
        views = " or ".join(sorted(view.value for view in exercise.views))
        voids = ", ".join(dict.fromkeys(f.name for f in exercise.faults if not f.by_tag))
        counted = exercise.cycle.measure.name.replace("_", " ")
        rows.append((f"[{exercise.title}]({slug}.md)", views, counted, voids))
    return "\n\n".join(
        [
            "# Exercises",
            "Each page shows how to do it, where the camera goes, and every limit with its source.",
            table(("exercise", "camera", "judged by", "voids a repetition"), rows),
            "",
        ]
    )


def measure_table() -> str:
    """Returns the table of all measures, in the order of the alphabet."""
    found = {m.name: m for m in vars(measures).values() if isinstance(m, Measure)}
    rows = []
    for name in sorted(found):
        measure = found[name]
        views = ", ".join(sorted(view.value for view in measure.views))
        if measure.oblique_to_deg:
            views += f", oblique to {measure.oblique_to_deg:g}°"
        unit = {"deg": "degrees", "trunk": "trunk lengths"}[measure.unit]
        rows.append((f"`{name}`", unit, measure.scope.value, measure.meaning, views))
    return table(("measure", "unit", "of", "zero and sign", "views"), rows)


def angles() -> str:
    """Returns the page of the measures: its hand-written part, and the table."""
    text = (PAGES.parent / "angles.md").read_text(encoding="utf-8")
    assert "{measures}" in text
    return text.replace("{measures}", measure_table())


def write_all() -> list[Path]:
    """Writes every page made from the code; returns their paths."""
    texts = {OUT / f"{slug}.md": page(get_exercise(slug)) for slug in slugs()}
    texts |= {OUT / "index.md": index(), PAGES / "measure" / "angles.md": angles()}
    for path, text in texts.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(texts)
