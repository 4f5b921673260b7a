"""Keeps MediaPipe from reporting to its maker.

The wheels of mediapipe 1.x send usage statistics to play.googleapis.com: a minute into a long task,
and when one is closed (seen with a recording proxy, mediapipe 1.2.2). There is no switch. Nothing
formcheck does should leave the machine, and closing must not wait for a network that is not there.
The library's HTTP client asks the environment for a proxy on every call, so it is shown one that
answers nobody.
"""

from __future__ import annotations

import os
import threading

# The discard port of this machine: refused at once, or swallowed.
NOWHERE = "http://127.0.0.1:9"
_HOST_AND_PARENTS = {"*", "com", "googleapis.com", "play.googleapis.com"}

_lock = threading.Lock()
_open = 0


def block_uploads() -> None:
    """Block them until `unblock_uploads` was called as often as this."""
    global _open  # noqa: PLW0603 - there is one environment in a process
    with _lock:
        _open += 1
        # os.putenv and not os.environ: only C code sees it, so Python code of whoever uses
        # formcheck as a library keeps its proxy. Programs started meanwhile do inherit it.
        os.putenv("https_proxy", NOWHERE)
        exempt = os.environ.get("no_proxy", os.environ.get("NO_PROXY", ""))
        if any(entry.strip().lstrip(".") in _HOST_AND_PARENTS for entry in exempt.split(",")):
            os.putenv("no_proxy", "")


def unblock_uploads() -> None:
    """Give the environment back as it was once nobody needs it blocked."""
    global _open  # noqa: PLW0603
    with _lock:
        _open -= 1
        if _open:
            return
        for name in ("https_proxy", "no_proxy"):
            if name in os.environ:
                os.putenv(name, os.environ[name])
            else:
                os.unsetenv(name)
