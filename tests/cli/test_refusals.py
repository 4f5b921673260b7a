"""Everything that can be wrong with what was asked for: one sentence, the right exit code."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from formcheck.errors import ModelError
from formcheck.estimators import mediapipe_pose, model
from tests.cli.running import SLUG, Run, run_script
from tests.sources.clips import write_clip, write_sound

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="screens of Linux")


def _folder(path: Path) -> None:
    path.mkdir()


def _empty(path: Path) -> None:
    path.touch()


def _text(path: Path) -> None:
    path.write_text("Not a video at all.\n" * 200, encoding="utf-8")


def _sound(path: Path) -> None:
    write_sound(path)


def _no_frames(path: Path) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        container.start_encoding()
        container.mux(stream.encode())


def _without_its_end(path: Path) -> None:
    """An mp4 whose index, at its end, was never written."""
    write_clip(path)
    path.write_bytes(path.read_bytes()[:-1500])


VIDEOS: dict[str, tuple[str, Callable[[Path], None] | None, str]] = {
    "missing": ("a.mp4", None, "There is no file"),
    "missing, of poses": ("a.npz", None, "There is no"),
    "empty": ("a.mp4", _empty, "is empty"),
    "text": ("a.mp4", _text, "is not a video"),
    "text, of poses": ("a.npz", _text, "is not a readable pose file"),
    "sound only": ("a.mp4", _sound, "sound only"),
    "without frames": ("a.mp4", _no_frames, "holds no"),
    "without its end": ("a.mp4", _without_its_end, "is not a video"),
}


@pytest.mark.parametrize("command", ["analyze", "run"])
@pytest.mark.parametrize("case", VIDEOS)
def test_a_video_that_is_none(formcheck: Run, tmp_path: Path, case: str, command: str) -> None:
    name, make, words = VIDEOS[case]
    path = tmp_path / name
    if make is not None:
        make(path)
    if command == "analyze":
        formcheck("analyze", path, "-e", SLUG).refuses(1, words, name)
    else:
        formcheck("run", SLUG, "--no-window", "--source", path).refuses(1, words, name)


def test_a_folder(formcheck: Run, tmp_path: Path) -> None:
    _folder(tmp_path / "a.mp4")
    formcheck("analyze", tmp_path / "a.mp4", "-e", SLUG).refuses(1, "no video in the folder")
    live = formcheck("run", SLUG, "--no-window", "--source", tmp_path / "a.mp4")
    live.refuses(1, "is a folder", "a.mp4")


def test_a_process_of_its_own_refuses_alike(tmp_path: Path) -> None:
    run_script("analyze", tmp_path / "a.mp4", "-e", SLUG).refuses(1, "There is no file")


def test_a_similar_name_is_suggested(formcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "lunge-1.mp4").touch()
    formcheck("analyze", tmp_path / "lunge1.mp4", "-e", SLUG).refuses(1, "did you mean", "lunge-1")


def test_nobody_in_the_picture(formcheck: Run, empty_room: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ended = formcheck("analyze", empty_room, "-e", SLUG, "--json", "-", "--out", out)
    ended.refuses(1, "Nobody was found", "--rotate")
    assert not out.exists()


def test_nobody_in_saved_poses(formcheck: Run, empty_room: Path, tmp_path: Path) -> None:
    poses = tmp_path / "nobody.npz"
    formcheck("analyze", empty_room, "-e", SLUG, "--save-poses", poses).refuses(1)
    formcheck("analyze", poses, "-e", SLUG).refuses(1, "Nobody was found")


UNKNOWN: dict[str, tuple[str, str | None]] = {
    "far off": ("nope", None),
    "a slip": ("standing-hip-fexion", f"Did you mean '{SLUG}'?"),
    "half of it": ("hip-flexion", f"Did you mean '{SLUG}'?"),
    "nothing": ("", None),
}


@pytest.mark.parametrize("case", UNKNOWN)
@pytest.mark.parametrize("command", ["analyze", "run", "exercises"])
def test_an_unknown_exercise(formcheck: Run, poses: Path, case: str, command: str) -> None:
    slug, hint = UNKNOWN[case]
    lines: dict[str, list[object]] = {
        "analyze": ["analyze", poses, "-e", slug],
        "run": ["run", slug, "--no-window", "--source", poses],
        "exercises": ["exercises", slug],
    }
    ended = formcheck(*lines[command])
    ended.refuses(2, f"There is no exercise '{slug}'", "Known: ", SLUG, hint or "")
    assert ("Did you mean" in ended.err) is (hint is not None)


def _no_model(path: Path) -> None:
    """Leave it missing."""


def _cut_short(path: Path) -> None:
    path.write_bytes(model.bundled_model().read_bytes()[:50_000])


MODELS: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (_no_model, "There is no model"),
    "a folder": (_folder, "is a folder"),
    "empty": (_empty, "is empty"),
    "text": (_text, "is not a .task bundle"),
    "cut short": (_cut_short, "model"),
}


@pytest.mark.parametrize("case", MODELS)
def test_a_model_that_is_none(formcheck: Run, empty_room: Path, tmp_path: Path, case: str) -> None:
    make, words = MODELS[case]
    path = tmp_path / "other.task"
    make(path)
    ended = formcheck("analyze", empty_room, "-e", SLUG, "--model", path)
    ended.refuses(1, words, "other.task")


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
    path = _altered(tmp_path / "other.task")
    formcheck("analyze", empty_room, "-e", SLUG, "--model", path).refuses(1, "MediaPipe refused")


USAGE: dict[str, tuple[list[str], str]] = {
    "poses without a suffix": (["--save-poses", "poses"], "'poses.npz'"),
    "poses as text": (["--save-poses", "poses.txt"], "'poses.npz'"),
    "two tables in one file": (["again.npz", "--csv", "frames.csv"], "--out DIR"),
    "two recordings in one file": (["again.npz", "--save-poses", "both.npz"], "--out DIR"),
}


@pytest.mark.parametrize("case", USAGE)
def test_wrong_usage(formcheck: Run, poses: Path, case: str) -> None:
    args, words = USAGE[case]
    formcheck("analyze", poses, *args, "-e", SLUG).refuses(2, words)


def test_poses_saved_under_no_name(formcheck: Run, poses: Path) -> None:
    formcheck("analyze", poses, "-e", SLUG, "--save-poses", "").refuses(2, "--save-poses")


def test_two_videos_of_one_name_into_one_folder(
    formcheck: Run, poses: Path, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / poses.name
    other.parent.mkdir()
    shutil.copy(poses, other)
    ended = formcheck("analyze", poses, other, "-e", SLUG, "--out", tmp_path / "out")
    ended.refuses(2, "stick")


def test_no_exercise(formcheck: Run) -> None:
    formcheck("analyze", "a.mp4").refuses(2, "Which exercise", "--exercise", "a.mp4")


def test_poses_can_t_be_turned(formcheck: Run, poses: Path) -> None:
    formcheck("analyze", poses, "-e", SLUG, "--rotate", "90").refuses(2, "turn")


TYPERS = {
    "no video": ["analyze", "-e", SLUG],
    "an unknown option": ["analyze", "a.mp4", "-e", SLUG, "--nope"],
    "an unknown command": ["nope"],
    "no jobs at all": ["analyze", "a.mp4", "-e", SLUG, "--jobs", "0"],
    "an odd turn": ["analyze", "a.mp4", "-e", SLUG, "--rotate", "45"],
    "an odd side": ["run", SLUG, "--side", "up"],
    "no exercise to run": ["run"],
}


@pytest.mark.parametrize("case", TYPERS)
def test_what_typer_refuses(formcheck: Run, case: str) -> None:
    ended = formcheck(*TYPERS[case])
    assert (ended.code, ended.out) == (2, "")
    assert re.match(r"Usage: .*formcheck", ended.err)
    assert "Traceback" not in ended.err


OUTPUTS = {
    "--json": "under/session.json",
    "--csv": "under/frames.csv",
    "--out": "under/results",
    "--save-poses": "under/poses.npz",
}


@pytest.mark.parametrize("option", OUTPUTS)
def test_output_under_a_file(formcheck: Run, poses: Path, tmp_path: Path, option: str) -> None:
    (tmp_path / "under").touch()
    ended = formcheck("analyze", poses, "-e", SLUG, option, tmp_path / OUTPUTS[option])
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert ended.err.startswith("formcheck: ")
    assert "can't be written" in ended.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["stick.npz", "under"]


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


def test_no_such_camera(formcheck: Run) -> None:
    ended = formcheck("run", SLUG, "--no-window", "--source", "97")
    ended.refuses(1, "Camera 97", "can't be opened")
    assert ended.err.count(":") >= 2, "advice comes after the colon"


@linux
def test_no_screen(formcheck: Run, poses: Path) -> None:
    formcheck("run", SLUG, "--source", poses).refuses(1, "no screen", "--no-window")


@linux
def test_a_screen_that_does_not_answer(
    formcheck: Run, poses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":973")
    formcheck("run", SLUG, "--source", poses).refuses(1, "':973'", "--no-window")


def test_a_library_of_mediapipe_is_missing(
    formcheck: Run, empty_room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(model_path: Path | None = None, *, silhouette: bool = False) -> None:
        raise ModelError("MediaPipe can't be loaded (libEGL.so.1): install libegl1.")

    monkeypatch.setattr(mediapipe_pose, "MediaPipeEstimator", fail)
    formcheck("analyze", empty_room, "-e", SLUG).refuses(1, "libegl1")
