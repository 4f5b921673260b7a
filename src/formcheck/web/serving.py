"""`formcheck serve` from its first address to its last word."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from formcheck.core.exercise.adjustment import Adjustment
from formcheck.core.exercise.exercise import Exercise
from formcheck.estimators.estimator import Estimator
from formcheck.web.access import Guard
from formcheck.web.app import make_app
from formcheck.web.history_routes import history_routes
from formcheck.web.plan_routes import plan_routes
from formcheck.web.progress_routes import progress_routes
from formcheck.web.recording_queue import RecordingQueue
from formcheck.web.recording_routes import RecordingRoutes
from formcheck.web.recording_store import RecordingStore
from formcheck.web.run_desk import RunDesk
from formcheck.web.server import LOOPBACK, Listener, Servers, bound

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeRequest:
    """What `formcheck serve` is asked for.

    Attributes
    ----------
    port : int
        Port of all addresses; 0 takes a free one.
    folder : Path
        The folder of the history.
    most_bytes : int
        A larger recording is refused.
    lan : bool
        Whether phones in the home may come in, over HTTPS.
    different : mapping of str to Adjustment
        What is different for the person who trains, by exercise.
    """

    port: int
    folder: Path
    most_bytes: int
    lan: bool = False
    different: Mapping[str, Adjustment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What to open where.

    Attributes
    ----------
    here : str
        The link for this machine, with the token.
    phone : str
        The link for a phone in the home; empty without `--lan`.
    trust : str
        Where a phone learns to trust this machine; empty without `--lan`.
    fingerprint : str
        What the terminal and the phone must both show of the certificate.
    """

    here: str
    phone: str = ""
    trust: str = ""
    fingerprint: str = ""


def serve(
    request: ServeRequest, *, started: Callable[[Links], None], warn: Callable[[str], None]
) -> None:
    """Serves until a signal asks it to stop; a run is ended and written.

    Parameters
    ----------
    request : ServeRequest
        Where and what.
    started : callable
        Gets the links once connections are taken.
    warn : callable
        Gets each sentence about what went wrong.

    Raises
    ------
    FormcheckError
        A port is taken, or there is no private network.
    """
    own = bound(LOOPBACK, request.port)
    port = own.getsockname()[1]
    listeners = [Listener(own, f"http://{LOOPBACK}:{port}")]
    home = _Home.of(request.folder, port, request.port) if request.lan else None
    listeners += [] if home is None else home.listeners
    guard = Guard(
        frozenset(
            {f"http://localhost:{port}"} | {each.origin for each in listeners if not each.app}
        )
    )
    links = Links(here=f"{listeners[0].origin}/#token={guard.token}")
    if home is not None:
        links = home.links(links.here, guard.token)
    asyncio.run(_serve(request, guard, listeners, lambda: started(links), warn))


async def _serve(
    request: ServeRequest,
    guard: Guard,
    listeners: list[Listener],
    started: Callable[[], None],
    warn: Callable[[str], None],
) -> None:
    desk = RunDesk(
        request.folder, open_estimator=_live_estimator, warn=warn, different=request.different
    )
    store = RecordingStore(request.folder)
    queue = RecordingQueue(store, different=request.different)
    further = [
        *history_routes(request.folder),
        *plan_routes(request.folder),
        *progress_routes(request.folder),
        *RecordingRoutes(store, queue, most_bytes=request.most_bytes).routes(),
    ]
    servers = Servers(make_app(guard, desk, further), listeners)

    async def end() -> None:
        await queue.close()
        await desk.close()

    queue.start()
    with _stopped_by_signals(servers.stop):
        await servers.serve(started=started, ending=end)


@dataclass(frozen=True, slots=True)
class _Home:
    """The addresses for phones: HTTPS on the usual port, and HTTP for the certificate beside it."""

    listeners: list[Listener]
    fingerprint: str

    @classmethod
    def of(cls, folder: Path, port: int, asked_port: int) -> _Home:
        # Here, not at the top: without --lan nobody needs certificates.
        from formcheck.web.certificates import authority_in, server_certificate
        from formcheck.web.lan import private_addresses, trust_app

        addresses = private_addresses()
        authority = authority_in(folder)
        certificate = server_certificate(folder, authority, addresses)
        secure = [
            Listener(bound(each, port), f"https://{each}:{port}", certificate) for each in addresses
        ]
        plain = bound(addresses[0], asked_port and asked_port + 1)
        origin = f"http://{addresses[0]}:{plain.getsockname()[1]}"
        trust = Listener(plain, origin, app=trust_app(origin, authority))
        return cls([*secure, trust], authority.fingerprint)

    def links(self, here: str, token: str) -> Links:
        phone = f"{self.listeners[0].origin}/#token={token}"
        trust = self.listeners[-1].origin
        return Links(here=here, phone=phone, trust=trust, fingerprint=self.fingerprint)


def _live_estimator(exercise: Exercise) -> Estimator:
    # Here, not at the top: MediaPipe takes a second to load, and history or recordings need none.
    from formcheck.estimators.estimator_for import estimator_for

    return estimator_for(exercise, live=True)


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = [(number, signal.signal(number, lambda *_: stop())) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
