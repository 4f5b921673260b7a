"""The addresses of a live run: begin, frames, commands, and the screens that watch."""

from __future__ import annotations

import asyncio
import json
import struct
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from formcheck.errors import FormcheckError, UsageError
from formcheck.files.checked_fields import Fields
from formcheck.web.answers import answering, body, fields
from formcheck.web.catalogue import run_request
from formcheck.web.jpeg import MOST_BYTES
from formcheck.web.run_desk import Busy, NoSuchRun, RunDesk
from formcheck.web.scene import Plain

_STAMP = struct.Struct("<d")
_LENGTH = struct.Struct("<I")
MOST_FRAME_BYTES = MOST_BYTES + _STAMP.size
POLL_S = 10.0


def packed(values: Plain, jpeg: bytes) -> bytes:
    """Returns a message for viewers: the length of the JSON, the JSON, the picture."""
    text = json.dumps(values).encode("utf-8")
    return _LENGTH.pack(len(text)) + text + jpeg


def run_routes(desk: RunDesk) -> list[BaseRoute]:
    """Returns the routes of live runs."""

    async def present(request: Request) -> Any:
        desk.warm_up()
        return {"run": desk.run_id, "exercise": desk.exercise}

    async def begin(request: Request) -> Any:
        asked = run_request(await fields(request), desk.different)
        try:
            return {"run": await desk.begin(asked)}
        except Busy as error:
            return JSONResponse({"error": str(error), "run": desk.run_id}, status_code=409)

    async def frame(request: Request) -> Any:
        data = await body(request, MOST_FRAME_BYTES)
        return await _frame(desk, request.path_params["run"], data)

    async def command(request: Request) -> Any:
        return await _command(desk, request.path_params["run"], await fields(request))

    async def newest(request: Request) -> Any:
        return await _newest(desk)

    async def run_socket(socket: WebSocket) -> None:
        await _serve_run(desk, socket, socket.path_params["run"])

    async def watch_socket(socket: WebSocket) -> None:
        await _serve_viewer(desk, socket)

    return [
        Route("/api/run", answering(present), methods=["GET"]),
        Route("/api/run", answering(begin), methods=["POST"]),
        Route("/api/run/{run}/frame", answering(frame), methods=["POST"]),
        Route("/api/run/{run}/command", answering(command), methods=["POST"]),
        Route("/api/watch/frame", answering(newest), methods=["GET"]),
        WebSocketRoute("/api/run/{run}/socket", run_socket),
        WebSocketRoute("/api/watch", watch_socket),
    ]


async def _newest(desk: RunDesk) -> Response:
    """Returns the newest frame to a screen that has no socket; nothing if none comes in time."""
    viewer = desk.watch()
    try:
        values, jpeg = await asyncio.wait_for(viewer.take(), POLL_S)
    except TimeoutError:
        return Response(status_code=204)
    finally:
        desk.leave(viewer)
    return Response(packed(values, jpeg), media_type="application/octet-stream")


async def _frame(desk: RunDesk, run: str, data: bytes) -> Plain:
    if len(data) <= _STAMP.size:
        raise UsageError("A frame is its capture time, eight bytes, and a JPEG.")
    (captured_ms,) = _STAMP.unpack_from(data)
    return await desk.frame(run, data[_STAMP.size :], captured_ms)


async def _command(desk: RunDesk, run: str, asked: Fields) -> Plain:
    return await desk.command(run, asked.text("name", most=40), asked.value.get("value"))


async def _serve_run(desk: RunDesk, socket: WebSocket, run: str) -> None:
    """Answers frames and commands, one after the other, until the run or the socket ends."""
    await socket.accept()
    with suppress(WebSocketDisconnect):
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            try:
                answer = await _answer(desk, run, message)
            except NoSuchRun as error:
                await socket.send_text(json.dumps({"error": str(error), "over": True}))
                await socket.close(4404)
                return
            except FormcheckError as error:
                answer = {"error": str(error)}
            await socket.send_text(json.dumps(answer))


async def _answer(desk: RunDesk, run: str, message: Any) -> Plain:
    data, text = message.get("bytes"), message.get("text")
    if data is not None:
        return {"frame": True} | await _frame(desk, run, data)
    try:
        asked = Fields(json.loads(text or ""))
    except (ValueError, RecursionError):
        raise UsageError("The message is no JSON.") from None
    return {"frame": False} | await _command(desk, run, asked)


async def _serve_viewer(desk: RunDesk, socket: WebSocket) -> None:
    """Sends the newest frame whenever the viewer has drawn the one before."""
    try:
        viewer = desk.watch()
    except UsageError:
        await socket.close(4429)
        return
    await socket.accept()
    try:
        while True:
            sending = asyncio.create_task(viewer.take())
            leaving = asyncio.create_task(socket.receive())
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not sending.done():
                sending.cancel()
                return
            await socket.send_bytes(packed(*sending.result()))
            # The viewer's next message asks for the next frame.
            message = await leaving
            if message["type"] == "websocket.disconnect":
                return
    except (WebSocketDisconnect, RuntimeError):
        return
    finally:
        desk.leave(viewer)
