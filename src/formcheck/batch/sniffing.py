"""Which files of a folder are videos: by their names, and failing that by their first bytes."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = frozenset({
    ".3gp", ".asf", ".avi", ".flv", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg",
    ".mts", ".mxf", ".ogv", ".ts", ".vob", ".webm", ".wmv",
})  # fmt: skip
# Brands of the same box format that are pictures or sound.
_NOT_VIDEO = (b"heic", b"heix", b"mif1", b"avif", b"M4A ", b"M4B ")


def is_video(path: Path) -> bool:
    """Return whether a file is called like a video, or begins like one whatever it is called.

    A file that is only called so is told apart when it is read.
    """
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return False
    if start[4:8] == b"ftyp":
        return start[8:12] not in _NOT_VIDEO
    riff = start[:4] == b"RIFF" and start[8:12] == b"AVI "
    return riff or start[:4] in (b"\x1aE\xdf\xa3", b"FLV\x01", b"\x00\x00\x01\xba")
