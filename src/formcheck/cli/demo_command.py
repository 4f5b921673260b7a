"""`formcheck demo`: the main job on the sample video, nothing to plug in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

REPORT = frozenset({"report"})


def demo_command(
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path(
        "formcheck-demo"
    ),
    show: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the report, where there is a screen.")
    ] = True,
) -> None:
    """Analyse a bundled video of a drawn figure that leans back, and show the report."""
    from formcheck.analysis.job import Job
    from formcheck.analysis.ledger import Ledger
    from formcheck.analysis.running import analyze_all
    from formcheck.exercises import get_exercise
    from formcheck.files.bundled import DEMO_EXERCISE, demo_video
    from formcheck.reports.console import plain_console
    from formcheck.reports.terminal import summary

    folder = _writable(out)
    job = Job(path=demo_video(), exercise=DEMO_EXERCISE, out=folder, also=REPORT, again=True)

    def fail(_: Job, error: Exception) -> None:
        raise error

    console = plain_console()
    for done in analyze_all([job], on_error=fail):
        # A demonstration is not resumed: its ledger would only puzzle.
        if job.session_path is not None:
            Ledger.beside(job.session_path).forget()
        if done.session is not None:
            console.print(summary(done.session, get_exercise(DEMO_EXERCISE)))
    page = next(path for output in job.extras() for path in output.files()).resolve()
    console.print(f"\nThe report: {page}", soft_wrap=True)
    console.print(f"All results: {folder}/ (JSON and CSV as well)", soft_wrap=True)
    console.print(f"The video: {job.path}", style="dim", soft_wrap=True)
    if show and _open(page):
        console.print("The report opens in your browser.", soft_wrap=True)


def _open(page: Path) -> bool:
    """Opens a page in the user's browser; False where there is no screen for one."""
    import webbrowser

    from formcheck.errors import DisplayError
    from formcheck.live.window import require_display

    try:
        require_display()
    except DisplayError:
        return False
    return webbrowser.open(page.as_uri())


def _writable(out: Path) -> Path:
    """Returns the folder, or a temporary one if it can't be written to."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            return out
    except OSError:
        return Path(tempfile.mkdtemp(prefix="formcheck-demo-"))
