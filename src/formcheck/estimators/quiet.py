"""Keeps native log chatter off the user's terminal.

MediaPipe and TFLite write a handful of lines to file descriptor 2 when a model is loaded, at the
first inference and when the first person is found ("Created TensorFlow Lite XNNPACK delegate",
"Feedback manager requires ..."; from mediapipe 1.2.3 on some fifty of LiteRT's). They come from C++
and pass Python's `sys.stderr` by. None of GLOG_minloglevel, GLOG_stderrthreshold,
TF_CPP_MIN_LOG_LEVEL and ABSL_MIN_LOG_LEVEL has any effect on mediapipe 1.2.2 (tried), so the
descriptor itself is led into a file for the moment.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator

_STDERR = 2
# Level letter, month and day, time: absl's lines. The others: TFLite's and, with the file that
# speaks in brackets, LiteRT's. No error is among them.
_CHATTER = re.compile(
    rb"[IW]\d{4} \d\d:\d\d:\d\d"
    rb"|(INFO|WARNING): (Created TensorFlow Lite|Logging before InitGoogle"
    rb"|All log messages before absl::InitializeLog|Read-only tensor|\[\w+\.cc:\d+\] )"
)
_ERROR = re.compile(rb"[EF]\d{4} \d\d:\d\d:\d\d|ERROR: ")
_lock = threading.RLock()


@contextlib.contextmanager
def quiet_native_logs() -> Iterator[None]:
    """Drop native information and warning lines written to standard error meanwhile.

    All else that arrives there - a traceback of another thread, an error line, a print - is handed
    on when the block ends, however it ends. Native error lines are handed on only if no exception
    ends the block: it says what they say. Two threads take turns. Without a standard error there is
    nothing to do.
    """
    with _lock, contextlib.ExitStack() as stack:
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
