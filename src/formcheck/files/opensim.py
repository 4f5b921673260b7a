"""Exports for biomechanics tools: markers as TRC, measures as MOT, the formats of OpenSim.

Both are tab-separated text with a header. OpenSim's own reader (`TimeSeriesTableVec3` and
`TimeSeriesTable`), Sports2D's and Pose2Sim's tools read them.

Axes of the TRC: X to the picture's right, Y up, Z towards the camera, metres. X and Y come from the
picture; Z is the pose model's guess of depth and no measurement. The size is a guess, too: one
camera can't tell how tall a person is, so the trunk gets the length that the model's world
landmarks give it. The lowest foot stands at Y = 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from formcheck.core.checker.session import FrameReport
from formcheck.core.pose.pose import FloatArray, Landmark
from formcheck.files.pose_file import PoseRecording
from formcheck.files.writing import write_text

USUAL_TRUNK_M = 0.5
"""Mid-hip to mid-shoulder of an adult; used where the model gave no world landmarks."""

_FEET = (
    Landmark.LEFT_HEEL, Landmark.RIGHT_HEEL, Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX,
)  # fmt: skip
_HIPS = (Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
_SHOULDERS = (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
_LOWEST = 2.0


def write_trc(recording: PoseRecording, path: Path) -> None:
    """Writes the 33 landmarks as markers; an `OutputError` says why they can't be written."""
    write_text(path, to_trc(recording, path.name))


def write_mot(reports: Sequence[FrameReport], path: Path) -> None:
    """Writes every measure over time; an `OutputError` says why it can't be written."""
    write_text(path, to_mot(reports, path.name))


def to_trc(recording: PoseRecording, name: str) -> str:
    """Returns the landmarks as TRC text; a marker that was not seen is empty in that frame.

    Parameters
    ----------
    recording : PoseRecording
        The poses.
    name : str
        The file's name, for its header.
    """
    times_s = [pose.time_s for pose in recording.poses]
    markers = markers_m(recording)
    rate = f"{_rate(times_s):.6g}"
    count, points = markers.shape[:2]
    names = [landmark.name.lower() for landmark in Landmark]
    axes = [f"{axis}{number}" for number in range(1, points + 1) for axis in "XYZ"]
    lines = [
        f"PathFileType\t4\t(X/Y/Z)\t{_plain(name)}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
        "OrigNumFrames",
        f"{rate}\t{rate}\t{count}\t{points}\tm\t{rate}\t1\t{count}",
        "Frame#\tTime\t" + "\t\t\t".join(names) + "\t\t",
        "\t\t" + "\t".join(axes),
        "",
    ]
    for number, (time_s, frame) in enumerate(zip(times_s, markers, strict=True), 1):
        cells = ["" if math.isnan(v) else f"{v:.5f}" for v in frame.ravel().tolist()]
        lines.append("\t".join([str(number), f"{time_s:.6f}", *cells]))
    return "\n".join(lines) + "\n"


def to_mot(reports: Sequence[FrameReport], name: str) -> str:
    """Returns every measure over time as MOT text; what was not seen is `nan`.

    Angles are in degrees, lengths in trunk lengths, as the columns' names say.
    """
    columns = list(reports[0].measures) if reports else []
    header = [
        _plain(name),
        "version=1",
        f"nRows={len(reports)}",
        f"nColumns={len(columns) + 1}",
        "inDegrees=yes",
        "",
        "Measures of formcheck, as in its frames.csv; _trunk: in trunk lengths.",
        "",
        "endheader",
        "\t".join(["time", *columns]),
    ]
    rows = [
        "\t".join([f"{report.time_s:.6f}", *(f"{report.measures[c]:.4f}" for c in columns)])
        for report in reports
    ]
    return "\n".join([*header, *rows]) + "\n"


def markers_m(recording: PoseRecording) -> FloatArray:
    """Returns the landmarks in metres, (frames, 33, 3); NaN where not seen. Axes as above."""
    image = np.array([pose.image_px for pose in recording.poses])
    unseen = np.full((len(Landmark), 3), np.nan)
    world = np.array([unseen if p.world_m is None else p.world_m for p in recording.poses])
    scale = _trunk(world) / _trunk(image)
    if not math.isfinite(scale):
        scale = USUAL_TRUNK_M / _trunk(image)
    markers = np.full((*image.shape[:2], 3), np.nan)
    markers[:, :, 0] = image[:, :, 0] * scale
    markers[:, :, 1] = -image[:, :, 1] * scale
    # The model's depth grows away from the camera. Without one all markers lie in one plane.
    depth = np.where(np.isfinite(world[:, :, 2]), -world[:, :, 2], 0.0)
    markers[:, :, 2] = np.where(np.isfinite(markers[:, :, 0]), depth, np.nan)
    feet = markers[:, _FEET, 1]
    if np.isfinite(feet).any():
        markers[:, :, 1] -= np.nanpercentile(feet, _LOWEST)
        first = int(np.isfinite(markers[:, _HIPS, 0]).all(axis=1).argmax())
        markers[:, :, 0] -= markers[first, _HIPS, 0].mean()
    return markers


def _trunk(points: FloatArray) -> float:
    """Returns the median length of the line from mid-hip to mid-shoulder; NaN if never seen."""
    trunk = points[:, _SHOULDERS].mean(axis=1) - points[:, _HIPS].mean(axis=1)
    lengths = np.linalg.norm(trunk, axis=1)
    seen = lengths[np.isfinite(lengths)]
    return float(np.median(seen)) if seen.size else math.nan


def _rate(times_s: Sequence[float]) -> float:
    span_s = times_s[-1] - times_s[0] if times_s else 0.0
    return (len(times_s) - 1) / span_s if span_s > 0 else 30.0


def _plain(name: str) -> str:
    """Returns a file name that fits into one cell of a header and into any encoding."""
    return "".join(letter if letter.isprintable() and letter.isascii() else "_" for letter in name)
