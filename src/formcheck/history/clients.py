"""The clients of a practice: a folder for each, with history, plan, limits and notes.

A client's folder is a data folder of its own, under `clients/` in the practice's; its name is the
client's. `client.toml` in it holds notes, and what is different for this person.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from formcheck.core.exercise.adjustment import Adjustment
from formcheck.errors import FormcheckError, UsageError
from formcheck.files.adjustment_fields import read_adjustment
from formcheck.files.checked_fields import FieldError, Fields
from formcheck.files.exercise_rules import CODE
from formcheck.files.writing import write_text
from formcheck.history.folder import CLIENT, CLIENTS

NAME = re.compile(r"[^\W_][\w .'-]{0,59}")
RESERVED = {"con", "prn", "aux", "nul", *(f"{n}{d}" for n in ("com", "lpt") for d in range(1, 10))}
"""Names that no file of Windows may have."""
MOST_BYTES = 200_000
TEMPLATE = """\
# Notes on this client, and what is different for this person. Lines with # are comments.

notes = {notes}

# For each exercise: the range asked for in degrees, limits of faults (degrees, or per cent of the
# trunk's length), and faults that are not looked for. `formcheck exercises NAME` lists them.
#
# [exercise.standing-hip-flexion]
# range_deg = 60
# limits = {{ lean-back = 15 }}
# off = ["support-knee-bent"]
"""


class ClientError(FormcheckError):
    """A client's folder or file is not as it must be; nothing was changed."""


class NoSuchClient(UsageError):
    """The practice has no client of this name."""

    def __init__(self, name: str, known: list[str]) -> None:
        said = f"it has {', '.join(known)}" if known else "it has none yet"
        super().__init__(
            f"There is no client '{name}': {said}. 'formcheck clients add NAME' adds one."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One client.

    Attributes
    ----------
    name : str
        As the folder is called.
    folder : Path
        The data folder.
    notes : str
        The practitioner's words.
    adjustments : mapping of str to Adjustment
        What is different for this person, by exercise.
    """

    name: str
    folder: Path
    notes: str = ""
    adjustments: Mapping[str, Adjustment] = field(default_factory=dict)


def proper_name(name: str) -> str:
    """Returns a client's name as a folder can be called; a `UsageError` says what is allowed."""
    proper = unicodedata.normalize("NFC", name).strip()
    taken = proper.split(".")[0].casefold() in RESERVED
    if not NAME.fullmatch(proper) or proper.endswith(".") or taken:
        raise UsageError(
            f"'{name}' can't be a client's name: it begins with a letter or digit, and has at most"
            " 60 letters, digits, spaces and . ' - _."
        )
    return proper


def client_names(root: Path) -> list[str]:
    """Returns the names of all clients of a practice, in order of the alphabet."""
    place = root / CLIENTS
    try:
        found = [path.name for path in place.iterdir() if path.is_dir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(place, error) from error
    return sorted((name for name in found if NAME.fullmatch(name)), key=str.casefold)


def client_folder(root: Path, name: str) -> Path:
    """Returns the folder of a client, whatever capitals the name is written with.

    Raises
    ------
    NoSuchClient
        The practice has no such client.
    """
    wanted, known = proper_name(name), client_names(root)
    found = next((each for each in known if each.casefold() == wanted.casefold()), None)
    if found is None:
        raise NoSuchClient(name, known)
    return root / CLIENTS / found


def read_client(root: Path, name: str) -> Client:
    """Returns a client with notes and limits.

    Raises
    ------
    NoSuchClient
        The practice has no such client.
    ClientError
        The client's file is missing, can't be read, or a value in it is not what is allowed.
    """
    return client_in(client_folder(root, name))


def client_in(folder: Path) -> Client:
    """Returns the client of a folder; a `ClientError` says what is wrong in its file."""
    path = folder / CLIENT
    fields = Fields(_parsed(path))
    try:
        fields.only(("notes", "exercise"))
        table = fields.table("exercise") if "exercise" in fields else None
        return Client(
            name=folder.name,
            folder=folder,
            notes=_notes(fields),
            adjustments={} if table is None else _adjustments(table),
        )
    except FieldError as error:
        raise ClientError(f"The file '{path}' can't be used: {error}") from error


def _notes(fields: Fields) -> str:
    notes = fields.value.get("notes", "")
    if not isinstance(notes, str) or len(notes) > MOST_BYTES:
        raise fields.refuse("notes", "a text")
    return notes


def _adjustments(table: Fields) -> dict[str, Adjustment]:
    for slug in table.names():
        if not CODE.fullmatch(slug):
            raise table.refuse(slug, "the name of an exercise")
    return {slug: read_adjustment(table.table(slug)) for slug in table.names()}


def _parsed(path: Path) -> dict[str, Any]:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise ClientError(f"The file '{path}' is far too large: check the path.")
        plain: dict[str, Any] = tomlkit.parse(path.read_text(encoding="utf-8-sig")).unwrap()
    except FileNotFoundError as error:
        raise ClientError(
            f"The folder '{path.parent}' has no {path.name}, so the client's limits are not known:"
            " bring the file back, or write an empty one."
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    except (TOMLKitError, ValueError, RecursionError) as error:
        why = str(error).rstrip(".") or "it is nested too deeply"
        raise ClientError(f"The file '{path}' is not TOML ({why}): correct it.") from error
    return plain


def _unreadable(path: Path, error: OSError) -> ClientError:
    return ClientError(
        f"'{path}' can't be read ({error.strerror or error}): check its permissions."
    )


def add_client(root: Path, name: str, notes: str = "") -> Client:
    """Adds a client to a practice; returns it.

    Raises
    ------
    UsageError
        The name is not allowed, or a client has it, whatever its capitals.
    OutputError
        The folder can't be written to.
    """
    import tomlkit

    proper = free_name(root, name)
    folder = root / CLIENTS / proper
    write_text(folder / CLIENT, TEMPLATE.format(notes=tomlkit.item(notes).as_string()))
    return read_client(root, proper)


def free_name(root: Path, name: str) -> str:
    """Returns a name as a folder can be called.

    Raises
    ------
    UsageError
        The name is not allowed, or a client has it, whatever its capitals.
    """
    proper = proper_name(name)
    if proper.casefold() in {each.casefold() for each in client_names(root)}:
        raise UsageError(f"There is a client '{proper}' already: choose another name.")
    return proper


def rename_client(root: Path, name: str, to: str) -> Client:
    """Gives a client another name, in one step; returns the client.

    Raises
    ------
    UsageError
        There is no such client, or the new name is not allowed or taken.
    ClientError
        The folder can't be renamed; then it is as it was.
    """
    folder, proper = client_folder(root, name), proper_name(to)
    if proper.casefold() != folder.name.casefold():
        free_name(root, proper)
    try:
        folder.rename(folder.with_name(proper))
    except OSError as error:
        raise ClientError(
            f"'{folder}' can't be renamed ({error.strerror or error}): close what uses it, and"
            " check its permissions."
        ) from error
    return read_client(root, proper)


def client_files(folder: Path) -> list[Path]:
    """Returns every file in a client's folder, in order of name."""
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def erase_client(root: Path, name: str) -> list[Path]:
    """Removes a client's folder with all in it; returns the files that went.

    Raises
    ------
    NoSuchClient
        There is no such client.
    ClientError
        Something can't be removed: the message names it. What is left can be erased again.
    """
    folder = client_folder(root, name)
    gone = client_files(folder)
    try:
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)
    except OSError as error:
        left = error.filename or folder
        raise ClientError(
            f"'{left}' can't be removed ({error.strerror or error}): {len(client_files(folder))} of"
            f" {len(gone)} files of '{folder.name}' are still there. Check the permissions, and"
            " erase again."
        ) from error
    return gone
