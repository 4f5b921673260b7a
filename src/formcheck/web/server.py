"""The server: its addresses, its limits on connections, its start and its end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from formcheck.errors import FormcheckError, UsageError
from formcheck.web.run_routes import MOST_FRAME_BYTES

MOST_CONNECTIONS = 128
MOST_OF_ONE_ADDRESS = 48
"""Connections of one address: a page keeps six, and a run one more."""

HEADERS_S = 10.0
"""A connection that has not sent a whole request by then is closed."""

LOOPBACK = "127.0.0.1"


class Limited(H11Protocol):
    """A connection among a limited number, which has to say in time what it wants."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Closes a connection too many at once; gives every other one time for its request."""
        super().connection_made(transport)
        mine = [one for one in self.connections if _address(one) == _address(self)]
        if len(self.connections) > MOST_CONNECTIONS or len(mine) > MOST_OF_ONE_ADDRESS:
            transport.abort()
            return
        self._wait_for_request()

    def on_response_complete(self) -> None:
        """Waits for the next request of a connection that stays open."""
        super().on_response_complete()
        self._wait_for_request()

    def _wait_for_request(self) -> None:
        cycle = self.cycle

        def give_up() -> None:
            # Another protocol has the transport once it became a socket.
            if self.cycle is cycle and self.transport.get_protocol() is self:
                self.transport.close()

        self.loop.call_later(HEADERS_S, give_up)


def _address(connection: object) -> str:
    client = getattr(connection, "client", None)
    return str(client[0]) if client else ""


@dataclass(frozen=True, slots=True)
class Listener:
    """An open socket with the address that reaches it.

    Attributes
    ----------
    socket : socket.socket
        Bound.
    origin : str
        Such as `http://127.0.0.1:8765`.
    certificate : Path | None
        Certificate and key for HTTPS; None for HTTP.
    app : ASGIApp | None
        What answers there; None for the application.
    """

    socket: socket.socket
    origin: str
    certificate: Path | None = None
    app: ASGIApp | None = None


def bound(host: str, port: int) -> socket.socket:
    """Returns a socket bound to an address of this machine; port 0 takes any that is free.

    Raises
    ------
    FormcheckError
        The port is taken, or not allowed.
    """
    # asyncio sends an answer's body at once, without waiting for the head to be acknowledged, only
    # on sockets that name their protocol; else each frame sent by fetch waits 40 ms.
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise FormcheckError(
            f"{host}:{port} can't be used ({error.strerror}): choose another one with --port."
        ) from error
    except OverflowError:
        made.close()
        raise UsageError(f"{port} is no port: they go from 1 to 65535.") from None
    return made


class _Server(uvicorn.Server):
    """A server that leaves the signals to the process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


class Servers:
    """Serves an application at several addresses until it is asked to stop.

    Parameters
    ----------
    app : ASGIApp
        The application.
    listeners : sequence of Listener
        The addresses.
    """

    def __init__(self, app: ASGIApp, listeners: Sequence[Listener]) -> None:
        self._listeners = listeners
        self._servers = [_Server(_config(each.app or app, each)) for each in listeners]

    def stop(self) -> None:
        """Asks all of them to stop; returns at once, and may be called from a signal's handler."""
        for server in self._servers:
            server.should_exit = True

    async def serve(
        self, *, started: Callable[[], None], ending: Callable[[], Awaitable[None]]
    ) -> None:
        """Serves until `stop`.

        Parameters
        ----------
        started : callable
            Called once connections are taken.
        ending : callable
            Awaited before connections are closed, so that a run can be written.
        """
        pairs = zip(self._servers, self._listeners, strict=True)
        tasks = [asyncio.create_task(one.serve(sockets=[each.socket])) for one, each in pairs]
        try:
            while not all(server.started for server in self._servers):
                if any(task.done() for task in tasks):
                    break
                await asyncio.sleep(0.01)
            else:
                started()
            await asyncio.gather(*tasks)
        finally:
            await ending()


def _config(app: ASGIApp, listener: Listener) -> uvicorn.Config:
    certificate = None if listener.certificate is None else str(listener.certificate)
    return uvicorn.Config(
        app,
        http=Limited,
        ws="websockets-sansio",
        ws_max_size=MOST_FRAME_BYTES,
        ws_per_message_deflate=False,
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
        ssl_certfile=certificate,
    )
