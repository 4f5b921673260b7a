"""Poses on the disk: a recording's worth of them, without holding it in memory.

An hour of poses as Python objects is half a gigabyte. On the disk it is 150 MB, in rows of one
size, of which a few hundred are in memory at a time. Nothing is rounded but `world_m`, which the
model gives in single precision anyway. A short recording never gets to the disk.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, overload

import numpy as np
import numpy.typing as npt

from formcheck.core.pose.pelvis import NUMBERS, PelvisReading
from formcheck.core.pose.pose import LANDMARK_COUNT, Pose
from formcheck.errors import OutputError
from formcheck.files.closing import ClosesItself

ROW = np.dtype(
    [
        ("time_s", "<f8"),
        ("image_px", "<f8", (LANDMARK_COUNT, 2)),
        ("world_m", "<f4", (LANDMARK_COUNT, 3)),
        ("visibility", "<f8", (LANDMARK_COUNT,)),
        ("frame_size_px", "<i4", (2,)),
        ("lumbar_gap", "<f8"),
        ("lumbar_doubt", "S96"),
        ("interpolated", "?"),
        ("pelvis", "<f8", (len(NUMBERS),)),
        ("pelvis_doubt", "S96"),
    ]
)
CHUNK = 256
"""Rows written and read at a time."""
IN_MEMORY = 4096
"""So many poses, about 10 MB, wait in memory before the first of them is written: two minutes."""


class DiskPoses(ClosesItself, Sequence[Pose]):
    """Poses that are appended one by one and then read as often as needed.

    Silhouettes are dropped. Poses read are equal to those appended, but may be other objects.

    Parameters
    ----------
    path : Path | None
        The file; None for a nameless one that goes when this object does, and is written only
        where there are more than `IN_MEMORY` poses. A file that exists is read.
    """

    def __init__(self, path: Path | None = None) -> None:
        try:
            self._file: IO[bytes] = (
                tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as this object
                if path is None
                else path.open("a+b")
            )
        except OSError as error:
            raise _full(error) from error
        self._file.seek(0, 2)
        self._length = self._file.tell() // ROW.itemsize
        self._waiting: list[Pose] = []
        self._room = IN_MEMORY if path is None else CHUNK
        self._chunk = np.empty(0, ROW)
        self._chunk_at = 0

    def append(self, pose: Pose) -> None:
        """Adds a pose; an `OutputError` says that the disk is full."""
        self._waiting.append(pose)
        if len(self._waiting) > self._room:
            self.flush()
            self._room = CHUNK

    def extend(self, path: Path) -> None:
        """Adds all poses of another file."""
        self.flush()
        try:
            self._file.seek(0, 2)
            with path.open("rb") as other:
                shutil.copyfileobj(other, self._file, 1 << 20)
            self._file.flush()
        except OSError as error:
            raise _full(error) from error
        self._length = self._file.tell() // ROW.itemsize

    def flush(self) -> None:
        """Writes the poses that wait in memory."""
        if not self._waiting:
            return
        rows = np.empty(len(self._waiting), ROW)
        for row, pose in zip(rows, self._waiting, strict=True):
            row["time_s"] = pose.time_s
            row["image_px"] = pose.image_px
            row["world_m"] = np.nan if pose.world_m is None else pose.world_m
            row["visibility"] = pose.visibility
            row["frame_size_px"] = pose.frame_size_px
            row["lumbar_gap"] = pose.lumbar_gap
            row["lumbar_doubt"] = pose.lumbar_doubt.encode()
            row["interpolated"] = pose.interpolated
            row["pelvis"] = np.nan if pose.pelvis is None else pose.pelvis.numbers
            row["pelvis_doubt"] = b"" if pose.pelvis is None else pose.pelvis.doubt.encode()
        try:
            self._file.seek(0, 2)
            self._file.write(rows.tobytes())
            self._file.flush()
        except OSError as error:
            raise _full(error) from error
        self._length += len(self._waiting)
        self._waiting = []

    def close(self) -> None:
        """Writes and closes the file; a nameless one is gone then."""
        self.flush()
        self._file.close()

    def __len__(self) -> int:
        return self._length + len(self._waiting)

    @overload
    def __getitem__(self, index: int) -> Pose: ...
    @overload
    def __getitem__(self, index: slice) -> list[Pose]: ...
    def __getitem__(self, index: int | slice) -> Pose | list[Pose]:
        """Returns a pose, or a list of them."""
        if isinstance(index, slice):
            return [self._read(i) for i in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(f"there is no pose {index} among {len(self)}")
        return self._read(number)

    def __iter__(self) -> Iterator[Pose]:
        return map(self._read, range(len(self)))

    def _read(self, number: int) -> Pose:
        if number >= self._length:
            return self._waiting[number - self._length]
        if not self._chunk_at <= number < self._chunk_at + len(self._chunk):
            self._chunk_at = number // CHUNK * CHUNK
            self._file.seek(self._chunk_at * ROW.itemsize)
            read = self._file.read(CHUNK * ROW.itemsize)
            self._chunk = np.frombuffer(read, ROW, len(read) // ROW.itemsize)
        return _pose(self._chunk[number - self._chunk_at])


def _pose(row: npt.NDArray[np.void]) -> Pose:
    world = row["world_m"]
    width, height = row["frame_size_px"].tolist()
    return Pose(
        time_s=float(row["time_s"]),
        image_px=row["image_px"],
        visibility=row["visibility"],
        frame_size_px=(width, height),
        world_m=None if np.isnan(world[0, 0]) and np.isnan(world).all() else world.astype(float),
        lumbar_gap=float(row["lumbar_gap"]),
        lumbar_doubt=row["lumbar_doubt"].item().decode(errors="ignore"),
        interpolated=bool(row["interpolated"]),
        pelvis=PelvisReading.of(
            row["pelvis"].tolist(), row["pelvis_doubt"].item().decode(errors="ignore")
        ),
    )


def _full(error: OSError) -> OutputError:
    return OutputError(
        f"The poses can't be kept in '{tempfile.gettempdir()}' ({error.strerror or error}): make"
        " room there, or name another folder in the variable TMPDIR."
    )
