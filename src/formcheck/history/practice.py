"""Who of a practice trained, how well, and since when nothing came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from formcheck.core.checker.session import Counts
from formcheck.errors import FormcheckError
from formcheck.history.clients import client_folder, client_names, read_client
from formcheck.history.store import History
from formcheck.training.progress import Progress, progress


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientState:
    """What became of one client's training.

    Attributes
    ----------
    name : str
        The client.
    folder : Path
        The client's folder.
    counts : Counts
        The repetitions of the span.
    sessions, days : int
        Sessions and days with training in the span.
    last : date | None
        The last day with training ever; None without any.
    idle_days : int | None
        Days since then; None without any.
    fault : str
        The most frequent fault in words, with its share; empty without one.
    pain : int | None
        The highest pain of the span; None where none was noted.
    trouble : str
        Why the client can't be read, in a sentence; empty where all is well.
    """

    name: str
    folder: Path
    counts: Counts = field(default_factory=Counts)
    sessions: int = 0
    days: int = 0
    last: date | None = None
    idle_days: int | None = None
    fault: str = ""
    pain: int | None = None
    trouble: str = ""


def practice_overview(root: Path, *, since: date | None, today: date) -> list[ClientState]:
    """Returns the state of every client, in order of name.

    A client that can't be read is in it with the reason; the others are not kept from being shown.

    Parameters
    ----------
    root : Path
        The practice's folder.
    since : date | None
        First day of the span; None for everything.
    today : date
        The current day.
    """
    states = []
    for name in client_names(root):
        folder = client_folder(root, name)
        try:
            states.append(_state(root, name, folder, since, today))
        except FormcheckError as error:
            states.append(ClientState(name=name, folder=folder, trouble=str(error)))
    return states


def _state(root: Path, name: str, folder: Path, since: date | None, today: date) -> ClientState:
    read_client(root, name)
    with History(folder, create=False) as history:
        everything = history.sessions()
    sessions = [s for s in everything if since is None or s.started_at.date() >= since]
    trained = [s.started_at.date() for s in everything if s.reps]
    found = progress(sessions, since=since, today=today)
    pains = [s.pain for s in sessions if s.pain is not None]
    last = max(trained, default=None)
    return ClientState(
        name=name,
        folder=folder,
        counts=found.counts,
        sessions=len(sessions),
        days=len(found.days),
        last=last,
        idle_days=None if last is None else (today - last).days,
        fault=_main_fault(found),
        pain=max(pains, default=None),
    )


def _main_fault(found: Progress) -> str:
    if not found.faults:
        return ""
    fault = found.faults[0]
    return f"{fault.name} ({100 * fault.share:.0f} %)"
