"""`formcheck serve` as a process, asked as browsers and others ask."""

from __future__ import annotations

import re
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import httpx2

LINK = re.compile(r"(http://127\.0\.0\.1:[0-9]+)/#token=([\w-]{40,})")
ASKED = {"exercise": "standing-hip-flexion", "sets": 1, "reps": 99, "side": "left"}


@dataclass
class LiveServer:
    """A server that runs.

    Attributes
    ----------
    process : subprocess.Popen
        Its process.
    address, token : str
        Of its link.
    folder : Path
        Its data folder.
    """

    process: subprocess.Popen[str]
    address: str
    token: str
    folder: Path

    @property
    def host(self) -> tuple[str, int]:
        """Where it listens."""
        parts = urlsplit(self.address)
        return str(parts.hostname), int(parts.port or 0)

    def browser(self, *, known: bool = True, **headers: str) -> httpx2.Client:
        """Returns a browser at the server's own address, with the cookie if it is known."""
        client = httpx2.Client(
            base_url=self.address, headers={"origin": self.address} | headers, timeout=60.0
        )
        if known:
            entered = httpx2.post(
                f"{self.address}/api/login",
                json={"token": self.token},
                headers={"origin": self.address},
                timeout=60.0,
            )
            assert entered.status_code == 204, entered.text
            client.cookies.update(entered.cookies)
        return client

    def cookie(self) -> str:
        """Returns a cookie of a browser that has the link, as another program may steal it."""
        with self.browser() as browser:
            return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())

    def connection(self) -> socket.socket:
        """Returns a bare connection."""
        return socket.create_connection(self.host, timeout=30.0)

    def memory_mb(self) -> float:
        """Returns the memory it takes, in megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / 1024


@contextmanager
def live_server(folder: Path, *options: str) -> Iterator[LiveServer]:
    """Starts a server at a free port, in an empty folder; kills it at the end."""
    with TemporaryDirectory() as place:
        process = subprocess.Popen(
            [sys.executable, "-m", "formcheck", "serve", "--print-url", "--port", "0",
             "--data", str(folder.absolute()), *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=place,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            found = LINK.fullmatch(line.strip())
            assert found, line
            yield LiveServer(process, found[1], found[2], folder)
        finally:
            process.kill()
            process.communicate()


def sample_frames() -> Iterator[bytes]:
    """Gives the bundled sample as a page would send it: four lifts, two of them leaning back."""
    import cv2

    from formcheck.files.bundled import demo_video
    from formcheck.sources.video import VideoFile

    with VideoFile(demo_video()) as video:
        for frame in video:
            assert frame.image is not None
            _, data = cv2.imencode(".jpg", frame.image, [cv2.IMWRITE_JPEG_QUALITY, 85])
            yield struct.pack("<d", 1e12 + 1000 * frame.time_s) + data.tobytes()
