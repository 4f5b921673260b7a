"""`formcheck clients`: the people of a practice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from formcheck.cli.command import Commands
from formcheck.cli.common import warn
from formcheck.cli.person import DataOption, practice_folder
from formcheck.errors import UsageError

app = Commands(
    help="In a practice: clients, each with history, plan, limits and notes of their own."
    " `--client NAME` makes any command work for one."
)

NameArgument = Annotated[str, typer.Argument(help="The client, as in `formcheck clients`.")]


@app.callback(invoke_without_command=True)
def clients_command(context: typer.Context, data: DataOption = None) -> None:
    """List the clients: who trained when, and what came of it."""
    if context.invoked_subcommand is None:
        _list()


@app.command("list")
def list_command(data: DataOption = None) -> None:
    """List the clients."""
    _list()


def _list() -> None:
    from formcheck.history.clients import client_names
    from formcheck.history.days import now
    from formcheck.history.practice import practice_overview
    from formcheck.reports.console import plain_console
    from formcheck.reports.practice_text import overview

    root = practice_folder()
    if not client_names(root):
        warn("No client yet: 'formcheck clients add NAME' adds one.")
        return
    plain_console().print(overview(practice_overview(root, since=None, today=now().date())))


@app.command("add")
def add_command(
    name: Annotated[str, typer.Argument(help="How the client is called here.")],
    note: Annotated[str, typer.Option("--note", help="What you want to remember.")] = "",
    archive: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--from", metavar="FILE.zip", help="What `clients export` wrote elsewhere."),
    ] = None,
    data: DataOption = None,
) -> None:
    """Add a client; the file that is named then holds notes and limits."""
    from formcheck.history.client_archive import import_client
    from formcheck.history.clients import add_client
    from formcheck.history.folder import CLIENT

    if archive is not None and note:
        raise UsageError("--from brings the notes along: leave --note out.")
    root = practice_folder()
    if archive is not None:
        client = import_client(root, name, archive)
    else:
        client = add_client(root, name, note)
    print(f"{client.name} is added. Notes and limits: {client.folder / CLIENT}")


@app.command("show")
def show_command(name: NameArgument, data: DataOption = None) -> None:
    """Show a client: notes, limits, plan, last sessions."""
    from formcheck.history.clients import read_client
    from formcheck.history.store import History
    from formcheck.reports.console import plain_console
    from formcheck.reports.history_text import overview
    from formcheck.reports.practice_text import client_text

    client = read_client(practice_folder(), name)
    console = plain_console()
    console.print(client_text(client))
    with History(client.folder, create=False) as history:
        sessions = history.read(history.numbers()[-5:])
    if sessions:
        console.print(overview(sessions))


@app.command("rename")
def rename_command(
    name: NameArgument,
    to: Annotated[str, typer.Argument(metavar="NEW", help="The new name.")],
    data: DataOption = None,
) -> None:
    """Give a client another name."""
    from formcheck.history.clients import rename_client

    print(f"{name} is {rename_client(practice_folder(), name, to).name} now.")


@app.command("export")
def export_command(
    name: NameArgument,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", metavar="FILE.zip", help="By default NAME.zip."),
    ] = None,
    data: DataOption = None,
) -> None:
    """Write all that is kept of a client into one archive."""
    from formcheck.history.client_archive import export_client
    from formcheck.history.clients import client_folder
    from formcheck.history.days import now

    root = practice_folder()
    folder = client_folder(root, name)
    path = Path(f"{folder.name}.zip") if out is None else out
    if path.exists():
        raise UsageError(f"'{path}' is there already: name another file with --out.")
    files = export_client(root, name, path, now())
    print(f"{path}: {', '.join(files)}.")


@app.command("erase")
def erase_command(
    name: NameArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    data: DataOption = None,
) -> None:
    """Remove all that is kept of a client, for good."""
    from formcheck.history.clients import client_files, client_folder, erase_client

    root = practice_folder()
    folder = client_folder(root, name)
    count = len(client_files(folder))
    files = f"{count} file{'' if count == 1 else 's'}"
    if not yes and not typer.confirm(
        f"Erase {folder.name}, {files} in '{folder}', for good?", err=True
    ):
        raise typer.Exit(1)
    for path in erase_client(root, name):
        print(f"gone: {path}")
    print(
        f"{folder.name} is erased: {files}. What you wrote elsewhere"
        " (reports, exports, videos) is not touched."
    )
