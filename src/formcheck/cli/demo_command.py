"""`formcheck demo`: the main job on the sample video, nothing to plug in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer


def demo_command(
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path(
        "formcheck-demo"
    ),
) -> None:
    """Analyse the bundled sample video: a drawn figure that leans back on purpose."""
    from formcheck.analysis.job import Job
    from formcheck.analysis.ledger import Ledger
    from formcheck.analysis.running import analyze_all
    from formcheck.exercises import get_exercise
    from formcheck.files.bundled import DEMO_EXERCISE, demo_video
    from formcheck.reports.console import plain_console
    from formcheck.reports.terminal import summary

    folder = _writable(out)
    job = Job(path=demo_video(), exercise=DEMO_EXERCISE, out=folder, again=True)

    def fail(_: Job, error: Exception) -> None:
        raise error

    console = plain_console()
    for done in analyze_all([job], on_error=fail):
        # A demonstration is not resumed: its ledger would only puzzle.
        if job.session_path is not None:
            Ledger.beside(job.session_path).forget()
        if done.session is not None:
            console.print(summary(done.session, get_exercise(DEMO_EXERCISE)))
    results = f"\nResults: {folder}/ (the session as JSON, every frame's measures as CSV)"
    console.print(results, soft_wrap=True)
    console.print(f"The video: {job.path}", style="dim", soft_wrap=True)


def _writable(out: Path) -> Path:
    """Returns the folder, or a temporary one if it can't be written to."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            return out
    except OSError:
        return Path(tempfile.mkdtemp(prefix="formcheck-demo-"))
