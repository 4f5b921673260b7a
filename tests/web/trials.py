"""Everything that must not get in, or must break nothing: each trial returns what came of it."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from formcheck.history.exchange import import_file
from formcheck.history.store import History
from tests.history.disks import mounted
from tests.hostile.fault import NotHere
from tests.web.live_server import ASKED, LiveServer, live_server, sample_frames
from tests.web.rig import frame_bytes, jpeg
from tests.web.test_jpeg import resized

EVIL = "http://evil.example"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Something that somebody may try.

    Attributes
    ----------
    name : str
        What is tried.
    attempt : callable
        Tries it, and returns what came of it; an AssertionError says what got through.
    slow : bool
        Whether it takes more than a moment.
    """

    name: str
    attempt: Callable[[LiveServer], str]
    slow: bool = False


def refused(answer: httpx2.Response, *statuses: int) -> str:
    assert answer.status_code in statuses, f"{answer.status_code}: {answer.text[:80]}"
    return f"{answer.status_code}"


def socket_status(server: LiveServer, path: str, **headers: str) -> str:
    """Opens a socket that must be refused; returns the status."""
    address = server.address.replace("http", "ws") + path
    origin = headers.pop("origin", None)
    try:
        with connect(
            address, origin=None if origin is None else Origin(origin), additional_headers=headers
        ):
            raise AssertionError("the socket was opened")
    except InvalidStatus as error:
        return f"{error.response.status_code}"


def still_serves(server: LiveServer) -> None:
    with server.browser() as browser:
        assert browser.get("/api/run").status_code == 200


def no_token(server: LiveServer) -> str:
    with server.browser(known=False) as stranger:
        said = {
            refused(stranger.get(path), 401)
            for path in ("/api/run", "/api/history", "/api/recordings", "/api/exercises")
        }
        said.add(refused(stranger.post("/api/run", json=ASKED), 401))
        said.add(refused(stranger.delete("/api/history/1"), 401))
    said.add(socket_status(server, "/api/watch", origin=server.address))
    return ", ".join(sorted(said))


def wrong_token(server: LiveServer) -> str:
    with server.browser(known=False) as stranger:
        for token in ("", "x" * 43, server.token[:-1], server.token.swapcase()):
            said = refused(stranger.post("/api/login", json={"token": token}), 401)
    return said


def stolen_cookie(server: LiveServer) -> str:
    cookie = server.cookie()
    headers = {"cookie": cookie, "origin": EVIL}
    with httpx2.Client(base_url=server.address) as thief:
        said = {refused(thief.post("/api/run", json=ASKED, headers=headers), 403)}
        said.add(refused(thief.get("/api/history", headers=headers), 403))
        said.add(refused(thief.post("/api/run", json=ASKED, headers={"cookie": cookie}), 403))
    said.add(socket_status(server, "/api/watch", cookie=cookie, origin=EVIL))
    said.add(socket_status(server, "/api/watch", cookie=cookie))
    return ", ".join(sorted(said))


def another_site(server: LiveServer) -> str:
    cookie = server.cookie()
    with httpx2.Client(base_url=server.address, headers={"cookie": cookie}) as site:
        answers = [
            site.get("/api/history", headers={"sec-fetch-site": value})
            for value in ("cross-site", "same-site")
        ]
        framed = site.get("/").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in framed
    return ", ".join(sorted({refused(answer, 403) for answer in answers}))


def rebinding_host(server: LiveServer) -> str:
    port = server.host[1]
    cookie = server.cookie()
    said = set()
    for host in (f"evil.example:{port}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.nip.io:{port}"):
        headers = {"host": host, "origin": f"http://{host}", "cookie": cookie}
        with httpx2.Client(base_url=server.address, headers=headers) as rebound:
            said |= {refused(rebound.get("/"), 421), refused(rebound.get("/api/history"), 421)}
    return ", ".join(sorted(said))


def begun(browser: httpx2.Client) -> str:
    answer = browser.post("/api/run", json=ASKED)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["run"])


def ended(browser: httpx2.Client, run: str) -> dict[str, Any]:
    return dict(browser.post(f"/api/run/{run}/command", json={"name": "stop"}).json())


def bad_pictures(server: LiveServer) -> str:
    whole = jpeg(640, 480)
    bombs = {
        "oversized": b"\xff\xd8" + bytes((1 << 20) + 1),
        "truncated": whole[: len(whole) // 2],
        "bomb": resized(whole, 65_000, 65_000),
        "progressive": jpeg(640, 480, progressive=True),
        "no picture": b"GIF89a",
    }
    with server.browser() as browser:
        run = begun(browser)
        before_mb = server.memory_mb()
        said = {}
        for name, picture in bombs.items():
            answer = browser.post(f"/api/run/{run}/frame", content=frame_bytes(0, picture))
            said[name] = refused(answer, 413, 422)
        assert server.memory_mb() < before_mb + 50
        good = browser.post(f"/api/run/{run}/frame", content=frame_bytes(1, whole))
        assert good.status_code == 200
        ended(browser, run)
    return ", ".join(f"{name} {status}" for name, status in said.items()) + "; the run goes on"


def large_message(server: LiveServer) -> str:
    with server.browser() as browser:
        run = begun(browser)
        address = server.address.replace("http", "ws") + f"/api/run/{run}/socket"
        with connect(
            address,
            origin=Origin(server.address),
            additional_headers={"cookie": server.cookie()},
        ) as socket:
            try:
                socket.send(bytes(8 << 20))
                socket.recv(timeout=20)
                raise AssertionError("it was taken")
            except ConnectionClosed as error:
                code = error.rcvd.code if error.rcvd else "cut"
        again = browser.post(f"/api/run/{run}/frame", content=frame_bytes(1, jpeg()))
        assert again.status_code == 200
        ended(browser, run)
    return f"the socket is closed ({code}); the run goes on"


def hundred_sockets(server: LiveServer) -> str:
    with ExitStack() as stack:
        idle = [stack.enter_context(server.connection()) for _ in range(100)]
        time.sleep(0.5)
        cut = 0
        for each in idle:
            each.settimeout(0.01)
            try:
                cut += each.recv(1) == b""
            except TimeoutError:
                continue
            except OSError:
                cut += 1
        assert cut >= 40, f"only {cut} were cut off"
        time.sleep(11)
        still_serves(server)
    return f"{cut} cut off at once, the others after 10 s; the page goes on"


def slow_headers(server: LiveServer) -> str:
    with server.connection() as sender:
        begin_s = time.monotonic()
        try:
            for letter in b"GET / HTTP/1.1\r\nHost: slow" * 3:
                sender.send(bytes([letter]))
                time.sleep(0.25)
                still = time.monotonic() - begin_s < 15
                assert still, "it was waited for"
        except (BrokenPipeError, ConnectionResetError):
            return f"closed after {time.monotonic() - begin_s:.0f} s"
    raise AssertionError("it was waited for")


def _upload(server: LiveServer, sent: bytes, length: int) -> Any:
    sender = server.connection()
    head = (
        f"POST /api/recordings?name=x HTTP/1.1\r\nHost: {server.host[0]}:{server.host[1]}\r\n"
        f"Origin: {server.address}\r\nCookie: {server.cookie()}\r\nContent-Length: {length}\r\n\r\n"
    )
    sender.sendall(head.encode() + sent)
    return sender


def _films(server: LiveServer) -> list[str]:
    return [path.name for path in server.folder.rglob("film")]


def _gone(server: LiveServer, limit_s: float = 5.0) -> None:
    end_s = time.monotonic() + limit_s
    while _films(server):
        assert time.monotonic() < end_s, "half a film is left"
        time.sleep(0.1)


def upload_that_stalls(server: LiveServer) -> str:
    with _upload(server, bytes(100_000), 10_000_000) as sender:
        sender.settimeout(40.0)
        begin_s = time.monotonic()
        answer = sender.recv(100)
        assert b" 408 " in answer, answer
        _gone(server)
    return f"408 after {time.monotonic() - begin_s:.0f} s, nothing left"


def upload_that_breaks_off(server: LiveServer) -> str:
    sender = _upload(server, bytes(100_000), 10_000_000)
    time.sleep(0.5)
    assert _films(server)
    sender.close()
    _gone(server)
    return "nothing left"


def large_upload(server: LiveServer) -> str:
    with _upload(server, b"", 10**12) as sender:
        answer = sender.recv(100)
    assert b" 413 " in answer, answer
    _gone(server)
    return "413 before it is sent"


def other_files(server: LiveServer) -> str:
    said = set()
    with server.browser() as browser:
        for path in (
            "/assets/../access.py", "/assets/..%2faccess.py", "/assets/%2e%2e%2faccess.py",
            "/recordings/..%2f..%2fhistory.db/report/index.html", "/recordings/../../etc/passwd",
            "/recordings/0123456789abcdef/report/..%2f..%2f..%2fhistory.db", "/etc/passwd",
        ):  # fmt: skip
            said.add(refused(browser.get(path), 400, 404))
    return ", ".join(sorted(said))


def two_starts(server: LiveServer) -> str:
    with server.browser() as browser, server.browser() as other:
        run = begun(browser)
        said = refused(other.post("/api/run", json=ASKED), 409)
        frame = browser.post(f"/api/run/{run}/frame", content=frame_bytes(0, jpeg()))
        assert frame.status_code == 200
        ended(browser, run)
    return f"{said}; the first one goes on"


def killed_in_a_set(server: LiveServer) -> str:
    with live_server(server.folder / "killed") as own:
        with own.browser() as browser:
            run, told = begun(browser), 0
            for data in sample_frames():
                told += len(browser.post(f"/api/run/{run}/frame", content=data).json()["reps"])
                if told == 3:
                    break
        own.process.kill()
        own.process.wait()
    with History(server.folder / "killed") as history:
        (session,) = history.sessions()
    assert told == 3 and len(session.reps) >= told - 1
    return f"{len(session.reps)} of {told} repetitions are in the history"


def full_disk(server: LiveServer) -> str:
    disk = server.folder / "disk"
    disk.mkdir(exist_ok=True)
    if not mounted("-t", "tmpfs", "-o", "size=2000k", "tmpfs", disk):
        raise NotHere("no disk can be mounted here")
    try:
        with live_server(disk / "data") as own, own.browser() as browser:
            upload = browser.post("/api/recordings", content=bytes(1000))
            assert "no room" in upload.json()["error"]
            run = begun(browser)
            fill = disk / "fill"
            with fill.open("wb", buffering=0) as file, suppress(OSError):
                while file.write(bytes(4096)):
                    continue
            for data in sample_frames():
                last = browser.post(f"/api/run/{run}/frame", content=data)
            assert last.status_code == 200
            summary = ended(browser, run)["summary"]
            told = re.search(r"written to '(.+?)' instead", " ".join(summary["problems"]))
            assert told is not None, summary["problems"]
            with History(server.folder / "rescued") as history:
                import_file(history, Path(told[1]))
                (session,) = history.sessions()
        assert summary["counts"]["attempts"] == len(session.reps) == 4
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
    return "no room for an upload (422); a run goes on, and its session into another folder"


TRIALS = (
    Trial(name="no token", attempt=no_token),
    Trial(name="a guessed token", attempt=wrong_token),
    Trial(name="a stolen cookie on another origin, and without one", attempt=stolen_cookie),
    Trial(name="another site in the same browser", attempt=another_site),
    Trial(name="a name bound to this machine's address", attempt=rebinding_host),
    Trial(name="pictures that are no honest pictures", attempt=bad_pictures),
    Trial(name="a message of 8 MiB", attempt=large_message),
    Trial(name="files outside the pages and the reports", attempt=other_files),
    Trial(name="two starts", attempt=two_starts),
    Trial(name="an upload of a terabyte", attempt=large_upload),
    Trial(name="an upload that breaks off", attempt=upload_that_breaks_off),
    Trial(name="an upload that stalls", attempt=upload_that_stalls, slow=True),
    Trial(name="100 sockets that say nothing", attempt=hundred_sockets, slow=True),
    Trial(name="a sender of a letter now and then", attempt=slow_headers, slow=True),
    Trial(name="kill -9 in a set", attempt=killed_in_a_set, slow=True),
    Trial(name="a full disk", attempt=full_disk, slow=True),
)
