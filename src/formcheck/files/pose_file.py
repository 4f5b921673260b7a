"""A recording of poses (`.npz`): all that an analysis needs, without the video.

Reading trusts nothing in the archive; writing needs memory for a piece at a time.
"""

from __future__ import annotations

import json
import math
import os
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import LANDMARK_COUNT, Pose
from formcheck.errors import OutputError, PoseFileError
from formcheck.files.pelvis_arrays import pelvis_fields, pelvis_readings

MOST_BYTES = 1 << 30
"""Size of all arrays together: ten hours at 30 frames a second."""
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
"""Errors of zipfile and numpy over a file that is no archive, damaged, or meant to do harm."""


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    """Returns the arrays of an archive; raises one of `UNREADABLE`."""
    with path.open("rb"):
        # is_zipfile does not tell a file without read permission from one that is no archive.
        pass
    if not zipfile.is_zipfile(path):
        # numpy would read a lone array, which is no recording.
        raise zipfile.BadZipFile("it is not an archive of arrays")
    with zipfile.ZipFile(path) as archive:
        # A few kilobytes can unpack to more than the memory holds.
        if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
            raise zipfile.LargeZipFile("it unpacks to more than any recording")
    with np.load(path, allow_pickle=False) as data:
        arrays = {name: data[name] for name in data.files}
    if not all(isinstance(array, np.ndarray) for array in arrays.values()):
        # For a member that is no array numpy gives its bytes.
        raise ValueError("a member is not an array")
    return arrays


def write_array(
    archive: zipfile.ZipFile,
    name: str,
    values: Iterable[Any],
    dtype: np.dtype[Any],
    shape: tuple[int, ...],
) -> None:
    """Writes an array as `numpy.savez` does, but a piece at a time: it may be an hour long."""
    header = {"descr": dtype.base.str, "fortran_order": False, "shape": shape}
    with archive.open(f"{name}.npy", "w", force_zip64=True) as file:
        np.lib.format.write_array_header_1_0(file, header)
        rest = iter(values)
        while piece := list(islice(rest, 1000)):
            file.write(np.array(piece, dtype=dtype.base).tobytes())


SCHEMA = "formcheck/poses@1"
FARTHEST_PX = 1e6
"""No point of a body in a picture, or beside it, lies farther out."""
_STRANGE = (
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
    RecursionError,
    MemoryError,
    SystemError,  # a text of numbers that are no letters
)
"""Errors of numpy over arrays of any other kind."""
_AGAIN = ": make it again with --save-poses."
_NOT_OURS = "'{}' is not a pose file of formcheck ({})" + _AGAIN
NOT_TURNED = "A recording of poses can't be turned or mirrored: name the video that it came from."
NOT_CHOSEN = (
    "A recording of poses holds one person: choose with --person where poses are made of the video."
)


def is_pose_file(path: Path) -> bool:
    """Returns whether a path is named like a recording of poses."""
    return path.suffix.lower() == ".npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseRecording:
    """The poses of one source in time order.

    Attributes
    ----------
    source : SourceInfo
        The video or camera the poses were estimated from.
    poses : sequence of Pose
        One for each frame, `Pose.unseen` where nobody was found. Silhouettes are dropped.
    """

    source: SourceInfo
    poses: Sequence[Pose]

    def between(self, from_s: float | None, to_s: float | None) -> PoseRecording:
        """Returns the stretch between two moments, the second excluded; None for the ends.

        Raises
        ------
        PoseFileError
            No pose is in there.
        """
        if from_s is None and to_s is None:
            return self
        start_s, end_s = from_s or 0.0, math.inf if to_s is None else to_s
        poses = tuple(pose for pose in self.poses if start_s <= pose.time_s < end_s)
        if not poses:
            last_s = self.poses[-1].time_s if self.poses else 0.0
            raise PoseFileError(
                f"'{self.source.path}' has no pose in that stretch: its last one is at"
                f" {last_s:.1f} s."
            )
        source = replace(self.source, from_s=from_s, to_s=to_s, frames=len(poses))
        return PoseRecording(source=source, poses=poses)

    def save(self, path: Path) -> None:
        """Writes the recording as `.npz`.

        Raises
        ------
        OutputError
            The file can't be written.
        """
        # Of a link the file behind it is replaced; a device must not be replaced by a file.
        path = Path(os.path.realpath(path))
        if path.exists() and not path.is_file():
            raise _not_written(path, "it is not a file")
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Noise hardly compresses: higher levels save 2 % and take three times as long.
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                write_array(archive, "schema", [SCHEMA], np.dtype(f"<U{len(SCHEMA)}"), ())
                source = json.dumps(_plain(self.source))
                write_array(archive, "source", [source], np.dtype(f"<U{len(source)}"), ())
                for name, (dtype, value) in self._fields().items():
                    values = (value(pose) for pose in self.poses)
                    write_array(archive, name, values, dtype, (len(self.poses), *dtype.shape))
            draft.replace(path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise _not_written(path, error.strerror or str(error)) from error

    def _fields(self) -> dict[str, tuple[np.dtype[Any], Callable[[Pose], Any]]]:
        """Returns the arrays to save: type and shape of each, and its value for a pose."""
        unseen = np.full((LANDMARK_COUNT, 3), np.nan)
        longest = max((len(pose.lumbar_doubt) for pose in self.poses), default=0)
        return {
            "time_s": (np.dtype("<f8"), lambda p: p.time_s),
            "image_px": (np.dtype(("<f8", (LANDMARK_COUNT, 2))), lambda p: p.image_px),
            "world_m": (
                np.dtype(("<f4", (LANDMARK_COUNT, 3))),
                lambda p: unseen if p.world_m is None else p.world_m,
            ),
            "visibility": (np.dtype(("<f4", (LANDMARK_COUNT,))), lambda p: p.visibility),
            "frame_size_px": (np.dtype(("<i8", (2,))), lambda p: p.frame_size_px),
            "lumbar_gap": (np.dtype("<f8"), lambda p: p.lumbar_gap),
            "lumbar_doubt": (np.dtype(f"<U{max(1, longest)}"), lambda p: p.lumbar_doubt),
            "interpolated": (np.dtype("?"), lambda p: p.interpolated),
            **pelvis_fields(self.poses),
        }

    @classmethod
    def load(cls, path: Path) -> PoseRecording:
        """Reads a recording written by `save`.

        Raises
        ------
        PoseFileError
            The file is missing, damaged, or holds something else.
        """
        if not path.is_file():
            raise PoseFileError(f"There is no pose file '{path}': check the path.")
        try:
            arrays = read_arrays(path)
        except UNREADABLE as error:
            why = " ".join(str(error).split()) or "it is too large"
            raise PoseFileError(f"'{path}' is not a readable pose file ({why}){_AGAIN}") from error
        return cls._from_arrays(path, arrays)

    @classmethod
    def _from_arrays(cls, path: Path, arrays: dict[str, np.ndarray]) -> PoseRecording:
        try:
            if arrays["schema"].shape != () or str(arrays["schema"]) != SCHEMA:
                schema = ascii(str(arrays["schema"]))[1:40]
                raise PoseFileError(f"'{path}' has the schema '{schema}', not {SCHEMA}{_AGAIN}")
            source = _source(json.loads(str(arrays["source"])))
            time_s = arrays["time_s"].astype(np.float64)
            image_px = arrays["image_px"].astype(np.float64)
            world_m = arrays["world_m"].astype(np.float64)
            visibility = arrays["visibility"].astype(np.float64)
            sizes = arrays["frame_size_px"].astype(np.int64)
            gaps, doubts, between = _later_arrays(arrays, len(time_s))
            words, pelvis = doubts.tolist(), pelvis_readings(arrays, len(time_s))
        except _STRANGE as error:
            why = " ".join(ascii(str(error)).strip("'\"").split())
            raise PoseFileError(_NOT_OURS.format(path, why)) from error
        count = len(time_s)
        shapes = (image_px.shape, world_m.shape, visibility.shape, sizes.shape)
        single = gaps.shape == doubts.shape == between.shape == (count,)
        if shapes != ((count, 33, 2), (count, 33, 3), (count, 33), (count, 2)) or not single:
            raise PoseFileError(f"'{path}' is damaged: its arrays do not fit together{_AGAIN}")
        if np.any(np.abs(image_px) > FARTHEST_PX) or np.any(sizes < 1):
            raise PoseFileError(f"'{path}' is damaged: a point or size can't be{_AGAIN}")
        if not np.all(np.isfinite(time_s)) or np.any(np.diff(time_s) <= 0):
            raise PoseFileError(f"'{path}' is damaged: its time stamps do not increase{_AGAIN}")
        poses = tuple(
            Pose(
                time_s=float(time_s[i]),
                image_px=image_px[i],
                world_m=None if np.isnan(world_m[i]).all() else world_m[i],
                visibility=visibility[i],
                frame_size_px=(int(sizes[i, 0]), int(sizes[i, 1])),
                lumbar_gap=float(gaps[i]),
                lumbar_doubt=words[i],
                interpolated=bool(between[i]),
                pelvis=pelvis[i],
            )
            for i in range(count)
        )
        return cls(source=source, poses=poses)


def _later_arrays(
    arrays: dict[str, np.ndarray], count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns gaps, doubts and interpolated ones: older recordings lack them, or some of them."""
    return (
        arrays.get("lumbar_gap", np.full(count, np.nan)).astype(np.float64),
        arrays.get("lumbar_doubt", np.full(count, "")).astype(np.str_),
        # When every frame was looked at, nothing was interpolated.
        arrays.get("interpolated", np.zeros(count)).astype(np.bool_),
    )


CHOSEN = ("people", "person", "speed")


def _plain(source: SourceInfo) -> dict[str, Any]:
    """Returns a source as it is saved: with person and speed only where there was a choice."""
    plain = asdict(source)
    return {k: v for k, v in plain.items() if v is not None or k not in CHOSEN}


def _source(plain: dict[str, object]) -> SourceInfo:
    """Returns the source of saved poses, checked."""
    source = SourceInfo(**plain)  # type: ignore[arg-type]
    whole = all(isinstance(size, int) for size in (source.width, source.height))
    counted = (source.people, source.person)
    whole = whole and all(n is None or (isinstance(n, int) and n >= 1) for n in counted)
    measured = all(
        value is None or (isinstance(value, (int, float)) and 0 <= value < math.inf)
        for value in (
            source.fps,
            source.frames,
            source.duration_s,
            source.from_s,
            source.to_s,
            source.speed,
        )
    )
    measured = measured and source.speed != 0
    if not (isinstance(source.path, str) and whole and measured):
        raise ValueError("its source is not described as formcheck does")
    return source


def _not_written(path: Path, why: str) -> OutputError:
    return OutputError(f"The poses can't be written to '{path}': {why}. Choose another place.")
