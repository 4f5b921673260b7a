"""The times of a video's frames and key frames, read from its packets without decoding.

That takes some hundredths of a second for each minute of video.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.core.pose.pose import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketIndex:
    """The frames of a video whose time stamps are in order.

    Attributes
    ----------
    times_s : (n,) float64
        Seconds since the first frame, in the order in which they are shown.
    """

    times_s: FloatArray


def read_packets(path: Path, speed: float | None = None) -> PacketIndex | None:
    """Returns the index of a video, or None where its parts may not make up the whole.

    That is so if a stamp is missing or occurs twice, a packet is marked as damaged or hidden, the
    header promises another number of frames, or there is no key frame at the start. The times are
    those of the movement, at a `speed` as for `VideoFile`.
    """
    import av

    from formcheck.sources.container import Container
    from formcheck.sources.film_track import NoVideoError

    try:
        container = Container(f"file:{path}", speed=speed)
    except (av.FFmpegError, OSError, NoVideoError):
        return None
    try:
        stamps, keys = container.packet_stamps()
    except (av.FFmpegError, OSError):
        return None
    finally:
        container.close()
    if stamps is None or len(stamps) < 2 or not keys:
        return None
    times = np.sort(np.array(stamps))
    promised = container.frames
    if np.any(np.diff(times) <= 0) or min(keys) != times[0]:
        return None
    if promised is not None and promised != len(times):
        return None
    return PacketIndex(times_s=times - times[0])
