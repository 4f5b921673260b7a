"""An archive of arrays (`.npz`): read with mistrust, written a piece at a time."""

from __future__ import annotations

import struct
import tokenize
import zipfile
import zlib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

MOST_BYTES = 1 << 30
"""Of all arrays together: ten hours at 30 frames a second."""
UNREADABLE = (
    OSError,
    ValueError,
    EOFError,
    MemoryError,
    RuntimeError,  # encrypted, or compressed in a way Python has not
    SyntaxError,
    tokenize.TokenError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
)
"""What an archive that is none, damaged, or meant to do harm makes zipfile and numpy raise."""


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    """Return the arrays of an archive; raises one of `UNREADABLE`."""
    with path.open("rb"):
        # It may be that nobody may read it, which is_zipfile does not tell.
        pass
    if not zipfile.is_zipfile(path):
        # numpy would read a lone array from it, which is no recording.
        raise zipfile.BadZipFile("it is not an archive of arrays")
    with zipfile.ZipFile(path) as archive:
        # A few kilobytes can unpack to more than the memory holds.
        if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
            raise zipfile.LargeZipFile("it unpacks to more than any recording")
    with np.load(path, allow_pickle=False) as data:
        arrays = {name: data[name] for name in data.files}
    if not all(isinstance(array, np.ndarray) for array in arrays.values()):
        # numpy gives the bytes of a member that is none.
        raise ValueError("a member is not an array")
    return arrays


def write_array(
    archive: zipfile.ZipFile,
    name: str,
    values: Iterable[Any],
    dtype: np.dtype[Any],
    shape: tuple[int, ...],
) -> None:
    """Write an array as `numpy.savez` does, but a piece at a time: the whole may be an hour's."""
    header = {"descr": dtype.base.str, "fortran_order": False, "shape": shape}
    with archive.open(f"{name}.npy", "w", force_zip64=True) as file:
        np.lib.format.write_array_header_1_0(file, header)
        rest = iter(values)
        while piece := list(islice(rest, 1000)):
            file.write(np.array(piece, dtype=dtype.base).tobytes())
