from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from formcheck.cli.main import app
from formcheck.core.pose.pose import Pose
from formcheck.errors import FormcheckError
from formcheck.files.pose_file import PoseRecording
from tests.live.rig import FPS, SOURCE


@pytest.fixture
def short_file(recording: PoseRecording, tmp_path: Path) -> Path:
    path = tmp_path / "poses.npz"
    replace(recording, poses=recording.poses[:28]).save(path)
    return path


def test_the_command_plays_a_file_in_real_time_and_prints_json_alone(
    short_file: Path, tmp_path: Path
) -> None:
    begin_s = time.monotonic()
    result = CliRunner().invoke(
        app,
        ["run", "standing-hip-flexion", "--source", str(short_file), "--no-window", "--mute",
         "--json", "-", "--csv", str(tmp_path / "f.csv"), "--save-poses", str(tmp_path / "p.npz")],
    )  # fmt: skip
    assert time.monotonic() - begin_s >= 27 / FPS
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["exercise"] == "standing-hip-flexion"
    assert "frames judged" in result.stderr
    rows = (tmp_path / "f.csv").read_text().splitlines()
    saved = PoseRecording.load(tmp_path / "p.npz")
    assert len(rows) - 1 == len(saved.poses) > 10


def test_the_command_fails_without_a_person(tmp_path: Path) -> None:
    path = tmp_path / "empty.npz"
    poses = tuple(Pose.unseen(index / 20, (640, 480)) for index in range(6))
    PoseRecording(source=SOURCE, poses=poses).save(path)
    result = CliRunner().invoke(
        app, ["run", "standing-hip-flexion", "--source", str(path), "--no-window"]
    )
    assert result.exit_code == 1
    assert "Nobody was seen." in result.stdout


def test_the_command_refuses_before_it_opens_anything(short_file: Path) -> None:
    for arguments in (
        ["run", "squat", "--no-window"],
        ["run", "standing-hip-flexion", "--source", "nowhere.mp4", "--no-window"],
        ["run", "standing-hip-flexion", "--source", str(short_file), "--save-poses", "poses.txt"],
    ):
        result = CliRunner().invoke(app, arguments)
        assert isinstance(result.exception, FormcheckError)
