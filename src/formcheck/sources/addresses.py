"""What people type for a file or a network camera, and what it names."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from formcheck.errors import SourceError

RTSP_PORTS = (554, 8554)
"""Ports at which cameras speak RTSP; at every other one they speak HTTP."""
_HOST = re.compile(
    r"(?:[^@/\s]+@)?(?P<host>localhost|(?:\d{1,3}\.){3}\d{1,3}|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)"
    r"(?::(?P<port>\d{1,5}))?(?:[/?].*)?"
)
_FIRST_BYTES = 512


def address_of(text: str) -> str | None:
    """Returns the address that a text names, with a scheme; None for a file or a camera.

    A text without a scheme is an address if it begins with numbers like `192.168.0.7`, with
    `localhost`, or with a host and a port, and no such file is there.

    Examples
    --------
    >>> address_of("192.168.0.7:8080/video")
    'http://192.168.0.7:8080/video'
    >>> address_of("camera.local:554/live")
    'rtsp://camera.local:554/live'
    >>> address_of("set.mp4")
    """
    text = text.strip()
    if "://" in text:
        return None if text.lower().startswith("file:") else text
    found = _HOST.fullmatch(text)
    if found is None or Path(text).exists():
        return None
    host, port = found["host"], found["port"]
    if port is None and host != "localhost" and re.fullmatch(r"[\d.]+", host) is None:
        return None
    if port is None and "." not in host and host != "localhost":
        return None
    return f"{'rtsp' if int(port or 0) in RTSP_PORTS else 'http'}://{text}"


def local_path(text: str) -> Path:
    """Returns the path of a file, also if it was typed as `file://` or with a quoted `~`.

    Examples
    --------
    >>> local_path("file:///films/my%20set.mp4").as_posix()
    '/films/my set.mp4'
    >>> local_path("file:/films/set.mp4").as_posix()
    '/films/set.mp4'
    """
    text = str(text)
    if re.match(r"file:[/\\]{2,}", text, re.IGNORECASE):
        # Here, not at the top: it loads all of HTTP and TLS.
        from urllib.request import url2pathname

        text = url2pathname(urlsplit(text).path)
    elif re.match(r"file:[/\\]", text, re.IGNORECASE):
        # A Path has lost one of the slashes, or two.
        text = unquote(text[len("file:") :])
    # Path.expanduser raises for a user nobody knows.
    return Path(os.path.expanduser(text))  # noqa: PTH111


def refuse_address(path: Path) -> None:
    """Raises `SourceError` if a path that is not there is an address."""
    # Two letters at least: one is a drive of Windows. A Path has lost one of the two slashes.
    found = re.fullmatch(r"([A-Za-z][A-Za-z0-9+.-]+):[/\\]+(.*)", str(path), re.DOTALL)
    address = f"{found[1]}://{found[2]}" if found else address_of(str(path))
    if address is not None:
        shown = without_password(address)
        raise SourceError(
            f"'{shown}' is an address, and only files are analysed: fetch it first, or name it to"
            " 'formcheck run' with --source."
        )


def without_password(url: str) -> str:
    """Returns the address without a user name and password, fit to be shown and saved."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def is_web_page(url: str, wait_s: float) -> bool:
    """Returns whether an address of HTTP gives a page; False where it can't be told.

    Parameters
    ----------
    url : str
        The address, which FFmpeg could not read.
    wait_s : float
        Longest wait.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return False
    from urllib.request import Request, urlopen

    try:
        with urlopen(Request(url), timeout=wait_s) as answer:
            kind = answer.headers.get_content_type()
            start = answer.read(_FIRST_BYTES).lstrip().lower()
    except (OSError, ValueError):
        return False
    return kind in ("text/html", "application/xhtml+xml") or start.startswith(
        (b"<!doctype html", b"<html")
    )
