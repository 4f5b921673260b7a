"""A server on this machine alone, that answers as bad servers do."""

from __future__ import annotations

import http.server
import threading
import time
from functools import lru_cache

import cv2

from tests.sources.clips import picture

WAIT_S = 0.4
"""How long formcheck waits for it in the table: it need not be as patient as with a camera."""


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    stalled_s = -60.0

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Refuse, fall silent, or send something that is no video."""
        name = self.path.partition("?")[0].strip("/")
        errors = {"missing": 404, "private": 401, "forbidden": 403, "broken": 500, "busy": 503}
        if name in errors:
            self.send_error(errors[name])
        elif name == "silent":
            time.sleep(3 * WAIT_S)
        elif name in ("round", "to-a-file"):
            self.send_response(302)
            self.send_header("Location", "/round" if name == "round" else "file:///etc/passwd")
            self.end_headers()
        elif name == "stalls":
            self._stall()
        else:
            bodies = {
                "page": (b"<html>Hello</html>" * 99, "text/html"),
                "snapshot.jpg": (cv2.imencode(".jpg", picture(5))[1].tobytes(), "image/jpeg"),
                "playlist": (PLAYLIST, "text/plain"),
                "empty": (b"", "text/plain"),
            }
            self._answer(*bodies[name])

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stall(self) -> None:
        """Send six pictures as a camera does, then nothing, and refuse who comes back at once."""
        since_s, Handler.stalled_s = time.monotonic() - Handler.stalled_s, time.monotonic()
        if since_s < 5 * WAIT_S + 2.0:
            self.send_error(503)
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        for number in range(6):
            body = cv2.imencode(".jpg", picture(number))[1].tobytes()
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
            self.wfile.write(head.encode() + body + b"\r\n")
            self.wfile.flush()
            time.sleep(0.02)
        time.sleep(4 * WAIT_S)


PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"


@lru_cache
def address() -> str:
    """Return where the server is, started with the first call; it ends with the program."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"127.0.0.1:{server.server_address[1]}"
