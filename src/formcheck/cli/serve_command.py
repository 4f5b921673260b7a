"""`formcheck serve`: the browser as camera and screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.common import warn
from formcheck.cli.person import ClientOption, DataOption, adjustments, training_folder
from formcheck.errors import UsageError

if TYPE_CHECKING:
    from formcheck.web.serving import Links

NOT_INSTALLED = "formcheck serve needs more packages: pip install 'formcheck[serve]'."


def serve_command(
    port: Annotated[
        int,
        typer.Option(
            "--port", metavar="PORT", min=0, max=65535, help="Of the address; 0 takes a free one."
        ),
    ] = 8765,
    lan: Annotated[
        bool,
        typer.Option("--lan", help="Let phones in this private network in, over HTTPS."),
    ] = False,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, and open nothing.")
    ] = False,
    print_url: Annotated[
        bool,
        typer.Option(
            "--print-url", help="Print only the address with its token; open nothing. For scripts."
        ),
    ] = False,
    max_upload: Annotated[
        int,
        typer.Option(
            "--max-upload", metavar="MB", min=1, max=100_000, help="Largest recording to take."
        ),
    ] = 2000,
    data: DataOption = None,
    client: ClientOption = None,
) -> None:
    """Train in the browser: it is camera and screen, here or on a phone in the home.

    Everything stays here: pictures go from the browser to this command and nowhere else.
    Ctrl-C ends it; a run that is going on is ended and kept in the history.
    """
    try:
        from formcheck.web.serving import ServeRequest, serve
    except ModuleNotFoundError as error:
        raise UsageError(NOT_INSTALLED) from error
    folder = training_folder()

    def started(links: Links) -> None:
        if print_url:
            print(links.phone or links.here, flush=True)
            return
        _tell(links)
        if not no_browser:
            _open(links.here)

    request = ServeRequest(
        port=port,
        folder=folder,
        most_bytes=max_upload * 1_000_000,
        lan=lan,
        different=adjustments(),
    )
    serve(request, started=started, warn=warn)
    print(f"Ended. The sessions are in {folder}: see formcheck history.", file=sys.stderr)


def _tell(links: Links) -> None:
    """Prints the links; those for a phone as codes to scan, too."""
    print(f"Open this in a browser on this machine:\n\n  {links.here}\n")
    if links.phone:
        import segno

        print(f"On a phone in this network, once, so that it trusts this machine: {links.trust}\n")
        segno.make(links.trust, error="l").terminal(out=sys.stdout, compact=True)
        print(f"It must show this fingerprint:\n{links.fingerprint}\n")
        print(f"On the phone, to train: {links.phone}\n")
        segno.make(links.phone, error="l").terminal(out=sys.stdout, compact=True)
    print("A link lets in whoever has it. Ctrl-C ends formcheck serve.", flush=True)


def _open(link: str) -> None:
    import webbrowser

    if not webbrowser.open(link):
        warn("No browser could be opened here: open the link yourself.")
