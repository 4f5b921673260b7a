"""`formcheck doctor`: what works here, and what to do about what does not."""

from __future__ import annotations

import typer


def doctor_command() -> None:
    """Check Python, model, pose estimation, window, sound, voice and cameras; say what to do."""
    from rich.console import Console
    from rich.table import Table

    from formcheck.diagnosis import Health, diagnose

    marks = {Health.GOOD: "✓", Health.LIMITED: "!", Health.BROKEN: "✗"}
    table = Table(box=None, pad_edge=False, show_header=False)
    worst = Health.GOOD
    for finding in diagnose():
        worst = max(worst, finding.health)
        advice = f"\n→ {finding.advice}" if finding.advice else ""
        table.add_row(marks[finding.health], finding.subject, f"{finding.found}{advice}")
    Console().print(table)
    if worst is Health.BROKEN:
        raise typer.Exit(1)
