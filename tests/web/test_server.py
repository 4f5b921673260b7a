"""The socket that `formcheck serve` listens on."""

from __future__ import annotations

import asyncio
import socket

import pytest

from formcheck.errors import FormcheckError, UsageError
from formcheck.web.server import bound


async def _options_of_an_answer(listening: socket.socket) -> int:
    """Returns whether a connection to a socket sends without delay, as the server sees it."""
    found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        found.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(answer, sock=listening):
        _, writer = await asyncio.open_connection(*listening.getsockname())
        writer.close()
        return await found


def test_answers_are_sent_without_delay() -> None:
    assert asyncio.run(_options_of_an_answer(bound("127.0.0.1", 0))) == 1


def test_a_port_that_cannot_be_had_is_said() -> None:
    with bound("127.0.0.1", 0) as taken, pytest.raises(FormcheckError, match="choose another one"):
        taken.listen()
        bound("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(UsageError, match="70000 is no port"):
        bound("127.0.0.1", 70000)
