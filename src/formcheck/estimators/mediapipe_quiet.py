"""Keeps MediaPipe quiet: no native log lines on the terminal, no reports over the network.

The wheels of mediapipe 1.x send usage statistics to their maker: a minute into a long task, and
when one is closed (seen with a recording proxy, mediapipe 1.2.2). There is no switch. Nothing
formcheck does should leave the machine, and closing must not wait for a network that is not there.
The library's HTTP client asks the environment for a proxy on every call, so it is shown a proxy
that answers no request.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator

# The discard port of this machine: refused at once, or swallowed.
NOWHERE = "http://127.0.0.1:9"
_HOST_AND_PARENTS = {"*", "com", "googleapis.com", "play.googleapis.com"}

_stderr_lock = threading.Lock()
_open = 0


def block_uploads() -> None:
    """Blocks them until `unblock_uploads` was called as often as this."""
    global _open  # noqa: PLW0603 - there is one environment in a process
    with _stderr_lock:
        _open += 1
        # os.putenv and not os.environ: only C code sees it, so the Python code of a program that
        # uses formcheck keeps its proxy. Programs started meanwhile do inherit it.
        os.putenv("https_proxy", NOWHERE)
        exempt = os.environ.get("no_proxy", os.environ.get("NO_PROXY", ""))
        if any(entry.strip().lstrip(".") in _HOST_AND_PARENTS for entry in exempt.split(",")):
            os.putenv("no_proxy", "")


def unblock_uploads() -> None:
    """Restores the environment once every `block_uploads` has had its `unblock_uploads`."""
    global _open  # noqa: PLW0603
    with _stderr_lock:
        _open -= 1
        if _open:
            return
        for name in ("https_proxy", "no_proxy"):
            if name in os.environ:
                os.putenv(name, os.environ[name])
            else:
                os.unsetenv(name)


_STDERR = 2
# Level letter, month and day, time: absl's lines. The others: TFLite's and, with the file that
# speaks in brackets, LiteRT's. No error is among them.
_CHATTER = re.compile(
    rb"[IW]\d{4} \d\d:\d\d:\d\d"
    rb"|(INFO|WARNING): (Created TensorFlow Lite|Logging before InitGoogle"
    rb"|All log messages before absl::InitializeLog|Read-only tensor|\[\w+\.cc:\d+\] )"
)
_ERROR = re.compile(rb"[EF]\d{4} \d\d:\d\d:\d\d|ERROR: ")
_uploads_lock = threading.RLock()


@contextlib.contextmanager
def quiet_native_logs() -> Iterator[None]:
    """Drops native information and warning lines written to standard error meanwhile.

    All else that arrives there - a traceback of another thread, an error line, a print - is handed
    on when the block ends, however it ends. Native error lines are handed on only if no exception
    ends the block: it says what they say. Two threads take turns. Without a standard error there is
    nothing to do.
    """
    with _uploads_lock, contextlib.ExitStack() as stack:
        try:
            sink = stack.enter_context(tempfile.TemporaryFile())
            terminal = os.dup(_STDERR)
        except OSError:
            # No standard error (a windowed program) or nowhere to put a file: rather noise than
            # failure.
            yield
            return
        _flush()
        os.dup2(sink.fileno(), _STDERR)
        told = True
        try:
            yield
            told = False
        finally:
            _flush()
            os.dup2(terminal, _STDERR)
            os.close(terminal)
            sink.seek(0)
            _hand_on(sink.read(), told=told)


def _flush() -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):  # closed, or its reader has gone
            sys.stderr.flush()


def _hand_on(written: bytes, *, told: bool) -> None:
    kept = b"".join(
        line
        for line in written.splitlines(keepends=True)
        if not _CHATTER.match(line) and not (told and _ERROR.match(line))
    )
    with contextlib.suppress(OSError):  # the reader has gone: nobody is left to tell
        while kept:
            kept = kept[os.write(_STDERR, kept) :]
