"""A client as one archive: history, plan, limits and notes, for another machine or the client."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

from formcheck.errors import FormcheckError, OutputError
from formcheck.files.writing import write_bytes
from formcheck.history.clients import (
    Client,
    ClientError,
    client_folder,
    client_in,
    free_name,
    read_client,
)
from formcheck.history.exchange import import_file, to_json
from formcheck.history.folder import CLIENT, CLIENTS, PLAN, RESCUED
from formcheck.history.plan_file import read_plan
from formcheck.history.store import History

SESSIONS = "history.json"
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
"""What a damaged, encrypted or otherwise strange archive raises."""
MOST_BYTES = 512 * 1024 * 1024
"""More than the history of a lifetime of training takes."""


def export_client(root: Path, name: str, out: Path, exported_at: datetime) -> list[str]:
    """Writes a client's archive; returns the names of the files in it.

    Raises
    ------
    FormcheckError
        There is no such client, or the archive can't be written; nothing half written is left.
    """
    folder = client_folder(root, name)
    with History(folder, create=False) as history:
        sessions = to_json(history, history.numbers(), exported_at)
    others = [p for p in (folder / CLIENT, folder / PLAN, *folder.glob(RESCUED)) if p.is_file()]
    with tempfile.TemporaryFile() as draft:
        try:
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(SESSIONS, sessions)
                for path in others:
                    archive.write(path, path.name)
        except OSError as error:
            raise OutputError(
                f"'{error.filename or out}' can't be put into the archive"
                f" ({error.strerror or error}): check its permissions."
            ) from error
        draft.seek(0)
        write_bytes(out, draft.read())
    return [SESSIONS, *(path.name for path in others)]


def import_client(root: Path, name: str, archive: Path) -> Client:
    """Adds a client from an archive, whole or not at all; returns the client.

    Raises
    ------
    UsageError
        The name is not allowed, or a client has it.
    ClientError
        The file is no archive of a client, or something in it can't be used.
    """
    proper = free_name(root, name)
    place = root / CLIENTS
    try:
        place.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=place, prefix="."))
    except OSError as error:
        raise ClientError(f"'{place}' can't be written to: {error.strerror or error}.") from error
    try:
        _unpack(archive, draft)
        draft.rename(place / proper)
    except (*UNREADABLE, FormcheckError) as error:
        why = str(error).rstrip(".")
        raise ClientError(
            f"'{archive}' can't be brought in as a client ({why}): choose what 'formcheck clients"
            " export' wrote."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return read_client(root, proper)


def _unpack(archive: Path, folder: Path) -> None:
    """Unpacks the known files of an archive, by their own names; refuses what is none."""
    with zipfile.ZipFile(archive) as packed:
        infos = {info.filename: info for info in packed.infolist()}
        if SESSIONS not in infos or CLIENT not in infos:
            raise ClientError("it is no archive of a client")
        if sum(info.file_size for info in infos.values()) > MOST_BYTES:
            raise ClientError("it is larger than any archive of formcheck")
        for name in (SESSIONS, CLIENT, PLAN):
            if name in infos:
                (folder / name).write_bytes(packed.read(infos[name]))
        rescued = [name for name in infos if Path(name).name == name and Path(name).match(RESCUED)]
        for name in rescued:
            (folder / name).write_bytes(packed.read(infos[name]))
    with History(folder) as history:
        import_file(history, folder / SESSIONS)
    (folder / SESSIONS).unlink()
    client_in(folder)
    if (folder / PLAN).is_file():
        read_plan(folder / PLAN)
