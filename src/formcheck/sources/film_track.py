"""Which track of a container is the film: not a cover, not a thumbnail, not a photo."""

from __future__ import annotations

from typing import Any

import av
from av.stream import Disposition

# FFmpeg "plays" these, but they are no videos.
_TEXT_FORMATS = frozenset({"tty", "ansi", "bin", "idf", "xbin", "adf"})
_PHOTO_BRANDS = ("avif", "heic", "heix", "mif1")
# A track with so many pictures is a film, however slow its first ones come among the sound.
_FILM_PICTURES = 3
_MOST_PACKETS = 2000


class NoVideoError(Exception):
    """The container opens, but holds no video track; the message says what it holds."""


def film_track(handle: Any, *, live: bool) -> Any:
    """Returns the stream of an open container that is the film.

    Some cameras put a thumbnail in front that is not marked as a cover. So where a file has several
    tracks of pictures, the first one to give three is taken, or else FFmpeg's own choice.

    Parameters
    ----------
    handle : av.container.InputContainer
        Open, nothing read yet.
    live : bool
        Whether it can be read only once: then FFmpeg's choice is taken.

    Raises
    ------
    NoVideoError
        There is none.
    """
    if _is_photo(handle):
        raise NoVideoError("a photo")
    candidates = [s for s in handle.streams.video if not s.disposition & Disposition.attached_pic]
    if not candidates or handle.format.name in _TEXT_FORMATS:
        sound = any(stream.type == "audio" for stream in handle.streams)
        raise NoVideoError("sound only" if sound else "no pictures")
    if len(candidates) == 1:
        return candidates[0]
    found = None if live else _first_to_go_on(handle.name, [s.index for s in candidates])
    best = handle.streams.best("video")
    if found is not None:
        return handle.streams[found]
    return best if best in candidates else candidates[0]


def _is_photo(handle: Any) -> bool:
    """Returns whether the container is a single picture's, such as a JPEG's or a HEIC's."""
    name = handle.format.name
    if name == "image2" or name.endswith("_pipe"):
        return True
    brand = handle.metadata.get("major_brand", "").strip()
    return brand in _PHOTO_BRANDS and all(s.frames <= 1 for s in handle.streams.video)


def _first_to_go_on(address: str, indices: list[int]) -> int | None:
    """Returns the first of some tracks that gives several pictures; None where none does."""
    counts = dict.fromkeys(indices, 0)
    try:
        with av.open(address) as handle:
            for number, packet in enumerate(handle.demux([handle.streams[i] for i in indices])):
                counts[packet.stream.index] += packet.size > 0
                if counts[packet.stream.index] == _FILM_PICTURES:
                    return int(packet.stream.index)
                if number == _MOST_PACKETS:
                    break
    except (av.FFmpegError, OSError):
        # What can't be read on will say so where it is decoded.
        pass
    return None
