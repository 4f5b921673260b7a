"""Refusals that need more than a row of the table in tests/hostile."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from formcheck.errors import ModelError
from formcheck.estimators import mediapipe_pose, model
from tests.cli.running import SLUG, Run, run_script


def test_a_process_of_its_own_refuses_alike(tmp_path: Path) -> None:
    run_script("analyze", tmp_path / "a.mp4", "-e", SLUG).refuses(1, "There is no file")


def test_nobody_in_the_picture(formcheck: Run, empty_room: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ended = formcheck("analyze", empty_room, "-e", SLUG, "--json", "-", "--out", out)
    ended.refuses(1, "Nobody was found", "--rotate")
    assert not out.exists()


def test_nobody_in_saved_poses(formcheck: Run, empty_room: Path, tmp_path: Path) -> None:
    poses = tmp_path / "nobody.npz"
    formcheck("analyze", empty_room, "-e", SLUG, "--save-poses", poses).refuses(1)
    formcheck("analyze", poses, "-e", SLUG).refuses(1, "Nobody was found")


def test_a_person_who_is_not_there(formcheck: Run, empty_room: Path, poses: Path) -> None:
    line = ("analyze", empty_room, "-e", SLUG, "--person")
    formcheck(*line, "2").refuses(2, "no person 2", "nobody stays in one place", "--from")
    assert formcheck(*line, "0").code == 2
    formcheck("analyze", poses, "-e", SLUG, "--person", "1").refuses(2, "holds one person")


def _altered(path: Path) -> Path:
    data = bytearray(model.bundled_model().read_bytes())
    data[2_000_000:2_000_004] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    return path


def test_the_built_in_model_was_altered(
    formcheck: Run, empty_room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered = _altered(tmp_path / "full.task")
    monkeypatch.setattr(model, "bundled_model", lambda: altered)
    formcheck("analyze", empty_room, "-e", SLUG).refuses(1, "damaged or altered", "reinstall")


def test_another_model_that_mediapipe_refuses(
    formcheck: Run, empty_room: Path, tmp_path: Path
) -> None:
    path = tmp_path / "other.task"
    with zipfile.ZipFile(path, "w") as archive:
        for member in sorted(model.MEMBERS):
            archive.writestr(member, b"TFL3" * 20)
    formcheck("analyze", empty_room, "-e", SLUG, "--model", path).refuses(1, "MediaPipe refused")


def test_another_model_of_which_a_few_bytes_changed(
    formcheck: Run, empty_room: Path, tmp_path: Path
) -> None:
    path = _altered(tmp_path / "other.task")
    ended = formcheck("analyze", empty_room, "-e", SLUG, "--model", path)
    ended.refuses(1, "damaged or altered", "fetch it again")


OUTPUTS = {
    "--json": "under/session.json",
    "--csv": "under/frames.csv",
    "--out": "under/results",
    "--save-poses": "under/poses.npz",
}


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="root may write everywhere",
)
@pytest.mark.parametrize("option", OUTPUTS)
def test_output_where_nobody_may_write(
    formcheck: Run, poses: Path, tmp_path: Path, option: str
) -> None:
    (tmp_path / "under").mkdir(mode=0o500)
    ended = formcheck("analyze", poses, "-e", SLUG, option, tmp_path / OUTPUTS[option])
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert "can't be written" in ended.err


def test_the_summary_is_shown_though_the_json_can_t_be_written(
    formcheck: Run, poses: Path, tmp_path: Path
) -> None:
    (tmp_path / "under").touch()
    ended = formcheck("analyze", poses, "-e", SLUG, "--json", tmp_path / "under" / "session.json")
    assert ended.code == 1
    assert "2 clean of 3" in ended.out


def test_a_library_of_mediapipe_is_missing(
    formcheck: Run, empty_room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(model_path: Path | None = None, *, silhouette: bool = False) -> None:
        raise ModelError("MediaPipe can't be loaded (libEGL.so.1): install libegl1.")

    monkeypatch.setattr(mediapipe_pose, "MediaPipeEstimator", fail)
    formcheck("analyze", empty_room, "-e", SLUG).refuses(1, "libegl1")
