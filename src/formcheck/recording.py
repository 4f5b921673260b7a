"""A recording of poses: everything an analysis needs, without the video.

The file is a plain `.npz` of arrays and one JSON string; it is read without pickle, so a file from
a stranger can't run code.
"""

from __future__ import annotations

import json
import math
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from formcheck.errors import OutputError, PoseFileError
from formcheck.frame import SourceInfo
from formcheck.pose import LANDMARK_COUNT, Pose

SCHEMA = "formcheck/poses@1"
FARTHEST_PX = 1e6
"""No picture is so large that a point of a body in it, or beside it, lies farther out."""
NOT_TURNED = "A recording of poses can't be turned: turn the video it came from."


def is_pose_file(path: Path) -> bool:
    """Return whether a path is named like a recording of poses."""
    return path.suffix.lower() == ".npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseRecording:
    """The poses of one source in time order.

    Attributes
    ----------
    source : SourceInfo
        The video or camera the poses were estimated from.
    poses : tuple of Pose
        One for each frame, `Pose.unseen` where nobody was found. Silhouettes are not kept.
    """

    source: SourceInfo
    poses: tuple[Pose, ...]

    def save(self, path: Path) -> None:
        """Write the recording as `.npz`.

        Raises
        ------
        OutputError
            The file can't be written.
        """
        world = [
            np.full((LANDMARK_COUNT, 3), np.nan) if p.world_m is None else p.world_m
            for p in self.poses
        ]
        try:
            with path.open("wb") as file:
                np.savez_compressed(
                    file,
                    schema=np.array(SCHEMA),
                    source=np.array(json.dumps(asdict(self.source))),
                    time_s=np.array([p.time_s for p in self.poses], dtype=np.float64),
                    image_px=np.array([p.image_px for p in self.poses], dtype=np.float64),
                    world_m=np.array(world, dtype=np.float32),
                    visibility=np.array([p.visibility for p in self.poses], dtype=np.float32),
                    frame_size_px=np.array([p.frame_size_px for p in self.poses], dtype=np.int64),
                    lumbar_gap=np.array([p.lumbar_gap for p in self.poses], dtype=np.float64),
                    lumbar_doubt=np.array([p.lumbar_doubt for p in self.poses], dtype=np.str_),
                )
        except OSError as error:
            raise OutputError(
                f"The poses can't be written to '{path}': {error.strerror or error}."
            ) from error

    @classmethod
    def load(cls, path: Path) -> PoseRecording:
        """Read a recording written by `save`.

        Raises
        ------
        PoseFileError
            The file is missing, damaged, or holds something else.
        """
        if not path.is_file():
            raise PoseFileError(f"There is no pose file '{path}'.")
        try:
            if not zipfile.is_zipfile(path):
                # numpy would read a lone array from it, which is no recording.
                raise zipfile.BadZipFile("it is not an archive of arrays")
            with np.load(path, allow_pickle=False) as data:
                arrays = {name: data[name] for name in data.files}
        except (OSError, ValueError, EOFError, zipfile.BadZipFile, zipfile.LargeZipFile) as error:
            raise PoseFileError(f"'{path}' is not a readable pose file: {error}.") from error
        return cls._from_arrays(path, arrays)

    @classmethod
    def _from_arrays(cls, path: Path, arrays: dict[str, np.ndarray]) -> PoseRecording:
        try:
            if arrays["schema"].shape != () or str(arrays["schema"]) != SCHEMA:
                schema = ascii(str(arrays["schema"]))[1:40]
                raise PoseFileError(f"'{path}' has the schema '{schema}', not {SCHEMA}.")
            source = _source(json.loads(str(arrays["source"])))
            time_s = arrays["time_s"].astype(np.float64)
            image_px = arrays["image_px"].astype(np.float64)
            world_m = arrays["world_m"].astype(np.float64)
            visibility = arrays["visibility"].astype(np.float64)
            sizes = arrays["frame_size_px"].astype(np.int64)
            # Recordings from before there were outlines have none.
            gaps = arrays.get("lumbar_gap", np.full(len(time_s), np.nan)).astype(np.float64)
            doubts = arrays.get("lumbar_doubt", np.full(len(time_s), "")).astype(np.str_)
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
            why = " ".join(ascii(str(error)).strip("'\"").split())
            raise PoseFileError(f"'{path}' is not a pose file of formcheck ({why}).") from error
        count = len(time_s)
        shapes = (image_px.shape, world_m.shape, visibility.shape, sizes.shape)
        single = gaps.shape == doubts.shape == (count,)
        if shapes != ((count, 33, 2), (count, 33, 3), (count, 33), (count, 2)) or not single:
            raise PoseFileError(f"'{path}' is damaged: its arrays do not fit together.")
        if np.any(np.abs(image_px) > FARTHEST_PX) or np.any(sizes < 1):
            raise PoseFileError(f"'{path}' is damaged: a point or a picture's size can't be.")
        if not np.all(np.isfinite(time_s)) or np.any(np.diff(time_s) <= 0):
            raise PoseFileError(f"'{path}' is damaged: its time stamps do not increase.")
        poses = tuple(
            Pose(
                time_s=float(time_s[i]),
                image_px=image_px[i],
                world_m=None if np.isnan(world_m[i]).all() else world_m[i],
                visibility=visibility[i],
                frame_size_px=(int(sizes[i, 0]), int(sizes[i, 1])),
                lumbar_gap=float(gaps[i]),
                lumbar_doubt=str(doubts[i]),
            )
            for i in range(count)
        )
        return cls(source=source, poses=poses)


def _source(plain: dict[str, object]) -> SourceInfo:
    """Return where poses came from, if that is what it says."""
    source = SourceInfo(**plain)  # type: ignore[arg-type]
    whole = all(isinstance(size, int) for size in (source.width, source.height))
    measured = all(
        value is None or (isinstance(value, (int, float)) and 0 <= value < math.inf)
        for value in (source.fps, source.frames, source.duration_s)
    )
    if not (isinstance(source.path, str) and whole and measured):
        raise ValueError("its source is not described as formcheck does")
    return source
