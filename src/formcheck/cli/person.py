"""Whose training it is: the folder, the client, and what is different for this person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from formcheck.cli.command import JUDGED, WHO
from formcheck.errors import UsageError

if TYPE_CHECKING:
    from formcheck.core.exercise.adjustment import Adjustment


class _Asked:
    """What the options of the present command say; their callbacks set it."""

    data: Path | None = None
    client: str | None = None


def _remember_data(data: Path | None) -> Path | None:
    _Asked.data = data
    return data


def _remember_client(client: str | None) -> str | None:
    _Asked.client = client
    return client


DataOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--data",
        callback=_remember_data,
        metavar="FOLDER",
        envvar="FORMCHECK_DATA",
        show_envvar=True,
        help="Folder of the history, instead of the system's place for it.",
        rich_help_panel=WHO,
    ),
]
ClientOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--client",
        callback=_remember_client,
        metavar="NAME",
        envvar="FORMCHECK_CLIENT",
        show_envvar=True,
        help="In a practice: whose history, plan and limits, as in `formcheck clients`.",
        rich_help_panel=WHO,
    ),
]
RangeOption = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        "--range",
        metavar="DEG",
        help="The range asked for, instead of the exercise's: `formcheck exercises NAME` tells it.",
        rich_help_panel=JUDGED,
    ),
]
LimitOption = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--limit",
        metavar="CODE=VALUE",
        help="Another limit of a fault, in degrees or % of the trunk's length: lean-back=15.",
        rich_help_panel=JUDGED,
    ),
]
OffOption = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--off",
        metavar="CODE",
        help="A fault that is not looked for, such as support-knee-bent.",
        rich_help_panel=JUDGED,
    ),
]


def practice_folder() -> Path:
    """Returns the data folder, of everybody: clients have folders of their own in it."""
    from formcheck.history.folder import data_folder

    return data_folder(_Asked.data)


def training_folder() -> Path:
    """Returns the data folder of the person: the client's if one was named.

    Raises
    ------
    UsageError
        There is no such client.
    """
    if not _Asked.client:
        return practice_folder()
    from formcheck.history.clients import client_folder

    return client_folder(practice_folder(), _Asked.client)


def exercises_folder() -> Path:
    """Returns the folder of the user's own exercises; a practice has one for all clients."""
    from formcheck.history.folder import EXERCISES

    return practice_folder() / EXERCISES


def begin_command() -> None:
    """Forgets what an earlier command in this process was asked, and makes own exercises known."""
    _Asked.data, _Asked.client = None, None
    put_up_own_exercises()


def put_up_own_exercises() -> None:
    """Makes exercises from files, the user's folder and other packages known by name."""
    from formcheck.files.own_exercises import put_up_own

    put_up_own(exercises_folder)


def adjustments(
    range_deg: float | None = None,
    limits: list[str] | None = None,
    off: list[str] | None = None,
) -> Mapping[str, Adjustment]:
    """Returns what is different, by exercise: the client's, and the options' under `EVERY`.

    Raises
    ------
    UsageError
        An option is not of the form CODE=VALUE.
    """
    from formcheck.core.exercise.adjustment import EVERY, Adjustment

    found: dict[str, Adjustment] = {}
    if _Asked.client:
        from formcheck.history.clients import read_client

        found |= read_client(practice_folder(), _Asked.client).adjustments
    asked = Adjustment(
        range_deg=range_deg, limits=dict(map(_limit, limits or ())), off=tuple(off or ())
    )
    return found | ({EVERY: asked} if asked else {})


def _limit(text: str) -> tuple[str, float]:
    code, _, value = text.partition("=")
    try:
        return code.strip(), float(value.strip().rstrip("°%").replace(",", "."))
    except ValueError:
        raise UsageError(
            f"--limit {text!r} is not CODE=VALUE, such as lean-back=15: `formcheck exercises NAME`"
            " lists the codes."
        ) from None
