"""A camera that speaks RTSP and sends its pictures by UDP alone, as cheap ones do."""

from __future__ import annotations

import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import av

from tests.sources.clips import SIZE, picture

SDP = (
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=video 0 RTP/AVP 33\r\na=control:video\r\n"
)
PICTURES_S = 20.0
"""How long it sends."""


class Camera(socketserver.StreamRequestHandler):
    """Answers one client; asked for TCP it refuses."""

    def handle(self) -> None:
        """Answers request after request, until the client has left."""
        with suppress(ConnectionError):
            self._answer()

    def _answer(self) -> None:
        server: Any = self.server
        port = 0
        while request := self._request():
            method, headers = request
            server.asked.append((method, headers.get("transport", "")))
            reply = ["RTSP/1.0 200 OK", f"CSeq: {headers.get('cseq', '0')}", "Session: 1"]
            body = ""
            if method == "DESCRIBE":
                body = SDP
                reply += ["Content-Type: application/sdp", f"Content-Length: {len(body)}"]
            elif method == "SETUP":
                ports = re.search(r"client_port=(\d+)-", headers["transport"])
                if ports is None:
                    reply[0] = f"RTSP/1.0 {server.refusal}"
                else:
                    port = int(ports[1])
                    reply.append(f"Transport: {headers['transport']};server_port=6970-6971")
            elif method == "PLAY":
                threading.Thread(target=_send, args=(port, server.stopped), daemon=True).start()
            self.wfile.write(("\r\n".join(reply) + "\r\n\r\n" + body).encode())

    def _request(self) -> tuple[str, dict[str, str]] | None:
        lines: list[str] = []
        while (line := self.rfile.readline().decode().strip()) or not lines:
            if not line:
                return None
            lines.append(line)
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        return lines[0].split()[0], headers


def _send(port: int, stopped: threading.Event) -> None:
    """Sends numbered pictures to a port, 30 a second."""
    with av.open(f"rtp://127.0.0.1:{port}", "w", format="rtp_mpegts") as container:
        stream = container.add_stream("mpeg2video", rate=30)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.gop_size = 5
        for number in range(round(30 * PICTURES_S)):
            if stopped.is_set():
                return
            frame = av.VideoFrame.from_ndarray(picture(number % 200), format="bgr24")
            container.mux(stream.encode(frame))
            time.sleep(1 / 30)


@contextmanager
def udp_camera(refusal: str = "461 Unsupported Transport") -> Iterator[Any]:
    """Gives the server: `address`, and what it was `asked` for; 461 is the standard's refusal."""

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Camera) as server:
        found: Any = server
        found.refusal = refusal
        found.asked, found.stopped = [], threading.Event()
        found.address = f"rtsp://127.0.0.1:{server.server_address[1]}/live"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield found
        finally:
            found.stopped.set()
            server.shutdown()
