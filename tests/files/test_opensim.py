"""TRC and MOT: read back by OpenSim itself, and by eye."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.analysis.analyze import Analysis
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.files.opensim import USUAL_TRUNK_M, markers_m, to_trc, write_mot, write_trc
from formcheck.files.pose_file import PoseRecording
from tests.stickman import TRUNK, Stance, pose

SOME = slice(0, 400)
SOURCE = SourceInfo(path="set.mp4", width=640, height=480)


@pytest.fixture
def recording(mixed: Analysis) -> PoseRecording:
    """With world landmarks, uneven stamps, and a knee that goes missing."""

    def world(shown: Pose, time_s: float) -> Pose:
        depth = np.linspace(-0.2, 0.2, len(Landmark))
        flat = (shown.image_px - shown.image_px[[23, 24]].mean(axis=0)) / 400.0
        image = shown.image_px.copy()
        if 2.0 < time_s < 2.5:
            image[Landmark.LEFT_KNEE] = np.nan
        world_m = np.column_stack([flat, depth])
        return replace(shown, time_s=time_s, image_px=image, world_m=world_m)

    poses = mixed.recording.poses[SOME]
    times = np.cumsum([0.05 + 0.01 * (n % 3) for n in range(len(poses))])
    shown = tuple(world(p, float(t)) for p, t in zip(poses, times, strict=True))
    return replace(mixed.recording, poses=shown)


def test_opensim_reads_the_markers_back(recording: PoseRecording, tmp_path: Path) -> None:
    opensim = pytest.importorskip("opensim", reason="OpenSim has no wheel for this machine")
    path = tmp_path / "Übung 1.trc"
    write_trc(recording, path)
    plain = tmp_path / "set.trc"
    plain.write_bytes(path.read_bytes())
    table = opensim.TimeSeriesTableVec3(str(plain))
    labels = list(table.getColumnLabels())
    assert labels == [landmark.name.lower() for landmark in Landmark]
    assert table.getTableMetaDataString("Units") == "m"
    times = np.array(table.getIndependentColumn())
    assert times == pytest.approx([p.time_s for p in recording.poses], abs=1e-6)
    expected = markers_m(recording)
    for name in ("left_knee", "right_heel"):
        column = table.getDependentColumn(name)
        read = np.array([[column[i][k] for k in range(3)] for i in range(len(times))])
        wanted = expected[:, labels.index(name)]
        assert np.isnan(read).tolist() == np.isnan(wanted).tolist()
        assert np.nanmax(np.abs(read - wanted)) < 1e-5


def test_opensim_reads_the_measures_back(mixed: Analysis, tmp_path: Path) -> None:
    opensim = pytest.importorskip("opensim", reason="OpenSim has no wheel for this machine")
    path = tmp_path / "set.mot"
    write_mot(mixed.reports, path)
    table = opensim.TimeSeriesTable(str(path))
    assert table.getTableMetaDataString("inDegrees") == "yes"
    assert list(table.getColumnLabels()) == list(mixed.reports[0].measures)
    times = np.array(table.getIndependentColumn())
    assert times == pytest.approx([r.time_s for r in mixed.reports], abs=1e-6)
    read = table.getDependentColumn("thigh_elevation_left_deg").to_numpy()
    wanted = np.array([r.measures["thigh_elevation_left_deg"] for r in mixed.reports])
    assert np.nanmax(np.abs(read - wanted)) < 1e-3
    assert np.isnan(read).tolist() == np.isnan(wanted).tolist()


def test_markers_stand_upright_on_the_floor_in_metres(recording: PoseRecording) -> None:
    places = markers_m(recording)
    standing = places[5]
    assert standing[Landmark.LEFT_SHOULDER, 1] > standing[Landmark.LEFT_HIP, 1] > 0.5
    assert standing[[29, 30], 1].min() == pytest.approx(0, abs=0.05), "heels on the floor"
    assert standing[[23, 24], 0].mean() == pytest.approx(0, abs=1e-6), "between the hips"
    trunk = standing[[11, 12]].mean(axis=0) - standing[[23, 24]].mean(axis=0)
    world = recording.poses[5].world_m
    assert world is not None
    expected = world[[11, 12], :2].mean(axis=0) - world[[23, 24], :2].mean(axis=0)
    assert trunk[1] == pytest.approx(abs(expected[1]), rel=0.05)
    # Depth grows away from the camera in the model, towards it here.
    assert standing[Landmark.NOSE, 2] == pytest.approx(0.2)


def test_without_world_landmarks_an_adults_trunk_gives_the_size() -> None:
    shown = tuple(pose(Stance(), time_s=n / 10) for n in range(5))
    places = markers_m(PoseRecording(source=SOURCE, poses=shown))
    trunk = places[0, [11, 12]].mean(axis=0) - places[0, [23, 24]].mean(axis=0)
    assert trunk[1] == pytest.approx(USUAL_TRUNK_M) == pytest.approx(TRUNK)
    assert np.nanmax(np.abs(places[:, :, 2])) == 0.0


def test_a_recording_in_which_nobody_is_seen_gives_empty_markers() -> None:
    unseen = tuple(Pose.unseen(n / 10, (640, 480)) for n in range(3))
    text = to_trc(PoseRecording(source=SOURCE, poses=unseen), "a\tb\udcff.trc")
    lines = text.splitlines()
    assert lines[0].split("\t") == ["PathFileType", "4", "(X/Y/Z)", "a_b_.trc"]
    assert len(lines[6].split("\t")) == 2 + 3 * len(Landmark)
    assert set(lines[6].split("\t")[2:]) == {""}
    assert math.isclose(float(lines[2].split("\t")[0]), 10.0)
