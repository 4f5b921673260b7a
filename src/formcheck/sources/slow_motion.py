"""How much slower than the movement a recording plays, by the capture rate a phone wrote into it.

Android cameras (`MediaRecorder` with a capture rate) store 120 or 240 pictures a second as 30 and
note the rate in `com.android.capture.fps`; some store them at their true times with the same tag.
iPhones store slow motion at its true times; a copy they slowed down carries no rate, and
`com.apple.quicktime.full-frame-rate-playback-intent` is 0 in ordinary films too. So nothing is read
from Apple's tags: `--speed` says it there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from formcheck.errors import UsageError

CAPTURE_FPS = "com.android.capture.fps"
FAST_FPS, SLOWED = 90.0, 1.8
"""A camera in slow motion captures at least so many pictures a second, and the file plays at least
so many times slower. Below, an ordinary camera may have been slowed down by dim light: its tag says
30 or 60 then, and the file holds 15 or 20 a second at their true times."""
LAPSE_FPS, LAPSED = 10.0, 0.5
"""A time lapse captures at most so many, and plays at most this many times as slow."""
WHOLE = 0.03
"""A factor this near to a whole number is that number."""
LEAST, MOST = 0.01, 100.0
"""The speeds that make sense."""


def speed_of(tags: Mapping[str, str], fps: float | None) -> float:
    """Returns how many times as fast as the file plays the movement was; 1 where no tag tells.

    Parameters
    ----------
    tags : mapping of str to str
        The container's metadata.
    fps : float | None
        Mean frame rate by the container's own times.

    Examples
    --------
    >>> speed_of({"com.android.capture.fps": "240.0"}, 30.0)
    8.0
    >>> speed_of({"com.android.capture.fps": "30.0"}, 20.0)
    1.0
    """
    try:
        captured_fps = float(tags.get(CAPTURE_FPS, "nan"))
    except ValueError:
        return 1.0
    if not fps or not captured_fps > 0 or not math.isfinite(captured_fps):
        return 1.0
    speed = captured_fps / fps
    slow = captured_fps >= FAST_FPS and SLOWED <= speed <= MOST
    lapse = captured_fps <= LAPSE_FPS and LEAST <= speed <= LAPSED
    if slow and abs(speed - round(speed)) < WHOLE * speed:
        # The file's own mean rate is not quite the one that the times were stretched to.
        return float(round(speed))
    return speed if slow or lapse else 1.0


def check_speed(speed: float | None) -> None:
    """Raises `UsageError` unless the speed is None or from 0.01 to 100."""
    good = speed is None or (isinstance(speed, (int, float)) and LEAST <= speed <= MOST)
    if not good or isinstance(speed, bool):
        raise UsageError(
            f"A speed is {LEAST:g} to {MOST:g}, not {speed!r}: give 8 where 240 pictures a second"
            " are shown as 30."
        )


def recorded_speed(path: Path) -> float:
    """Returns the speed that a file's own tags tell; 1 for a file that can't be read."""
    try:
        stat = path.stat()
    except (OSError, ValueError):
        return 1.0
    return _recorded_speed(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _recorded_speed(path: Path, _changed_ns: int, _size: int) -> float:
    import av

    from formcheck.sources.container import Container
    from formcheck.sources.film_track import NoVideoError

    try:
        container = Container(f"file:{path}")
    except (av.FFmpegError, OSError, NoVideoError):
        return 1.0
    container.close()
    return container.speed
