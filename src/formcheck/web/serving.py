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
    different : mapping of str to Adjustment
        What is different for the person who trains, by exercise.
    """

    port: int
    folder: Path
    most_bytes: int
    different: Mapping[str, Adjustment] = field(default_factory=dict)


def serve(
    request: ServeRequest, *, started: Callable[[str], None], warn: Callable[[str], None]
) -> None:
    """Serves until a signal asks it to stop; a run is ended and written.

    Parameters
    ----------
    request : ServeRequest
        Where and what.
    started : callable
        Gets the link, with its token, once connections are taken.
    warn : callable
        Gets each sentence about what went wrong.

    Raises
    ------
    FormcheckError
        A port is taken.
    """
    own = bound(LOOPBACK, request.port)
    port = own.getsockname()[1]
    listeners = [Listener(own, f"http://{LOOPBACK}:{port}")]
    guard = Guard(frozenset({f"http://{LOOPBACK}:{port}", f"http://localhost:{port}"}))

    async def work() -> None:
        desk = RunDesk(
            request.folder,
            open_estimator=_live_estimator,
            warn=warn,
            different=request.different,
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
            await servers.serve(
                started=lambda: started(f"{listeners[0].origin}/#token={guard.token}"), ending=end
            )

    asyncio.run(work())


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
