"""Report, annotated video and movements from the command line."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.analysis import running
from formcheck.analysis.job import Job, run_job
from formcheck.analysis.outputs import FORMATS
from formcheck.core.pose.frame import SourceInfo
from formcheck.files.pose_file import PoseRecording
from formcheck.sources.video import DecodedFrame, VideoFile
from tests.cli.running import SLUG, Run
from tests.sources.clips import write_clip
from tests.stickman import SIZE, Lift, Stance, clip

PICTURE = (320, 240)


@pytest.fixture(scope="module")
def small() -> PoseRecording:
    """Return a clean lift and one leaning back, ten small pictures a second."""
    lifts = [Lift(hold_s=2.0, lower_s=1.2), Lift(at_top=Stance(lean=-20.0), lower_s=1.2)]
    shrink = np.array(PICTURE) / SIZE
    poses = tuple(
        replace(shown, image_px=shown.image_px * shrink, frame_size_px=PICTURE)
        for shown in clip(lifts, fps=10.0)
    )
    width, height = PICTURE
    source = SourceInfo(path="stick.mp4", width=width, height=height, fps=10.0, frames=len(poses))
    return PoseRecording(source=source, poses=poses)


@pytest.fixture
def poses(tmp_path: Path, small: PoseRecording) -> Path:
    """Return the small recording as a file."""
    small.save(tmp_path / "stick.npz")
    return tmp_path / "stick.npz"


REPORT = {"index.html", "plotly.min.js", "stills", "video.mp4"}


def stamps(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [float(frame.time) for frame in container.decode(video=0)]


def test_everything_of_one_video_at_once(
    formcheck: Run,
    tmp_path: Path,
    small: PoseRecording,
    estimate_from: Callable[[PoseRecording], None],
) -> None:
    estimate_from(small)
    stamps_ms = tuple(round(1000 * pose.time_s) for pose in small.poses)
    filmed = write_clip(tmp_path / "filmed.mp4", stamps_ms, size=PICTURE)
    out = tmp_path / "out"
    asked = ("--report", "--video", "--trc", "--mot")
    ended = formcheck("analyze", filmed, "-e", SLUG, "--out", out, *asked)
    assert (ended.code, ended.err) == (0, "")
    name = filmed.stem
    assert f"Written: {out / name}.report/index.html" in ended.out.replace("\\", "/")
    made = {f"{name}{kind.ending}" for label, kind in FORMATS.items() if label != "poses"}
    assert {path.name for path in out.iterdir()} == made | {f"{name}.done.json"}
    folder = out / f"{name}.report"
    assert {path.name for path in folder.iterdir()} == REPORT
    assert [path.name for path in (folder / "stills").iterdir()] == ["repetition-02.jpg"]
    with VideoFile(filmed) as video:
        times_s = [frame.time_s for frame in video]
    assert stamps(folder / "video.mp4") == pytest.approx(times_s, abs=1e-4)
    annotated = out / f"{name}{FORMATS['video'].ending}"
    assert annotated.read_bytes() == (folder / "video.mp4").read_bytes()


def test_a_report_of_saved_poses_needs_no_video(
    formcheck: Run, poses: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = formcheck("analyze", poses, "-e", SLUG, "--report")
    assert (ended.code, ended.err) == (0, "")
    assert {path.name for path in (tmp_path / "stick.report").iterdir()} == REPORT
    assert len(stamps(tmp_path / "stick.report" / "video.mp4")) == len(
        PoseRecording.load(poses).poses
    )


def test_a_report_made_again_keeps_no_still_of_the_one_before(
    formcheck: Run, poses: Path, tmp_path: Path
) -> None:
    stills = tmp_path / "out" / "stick.report" / "stills"
    formcheck("analyze", poses, "-e", SLUG, "--report", "--out", tmp_path / "out")
    assert [path.name for path in stills.iterdir()] == ["repetition-02.jpg"]
    (stills / "mine.txt").write_text("")
    again = ("--report", "--side", "right", "--out", tmp_path / "out")
    formcheck("analyze", poses, "-e", SLUG, *again)
    assert [path.name for path in stills.iterdir()] == ["mine.txt"]


def test_json_on_stdout_stays_json_beside_a_report(
    formcheck: Run, poses: Path, tmp_path: Path
) -> None:
    ended = formcheck("analyze", poses, "-e", SLUG, "--mot", "--json", "-", "--out", tmp_path / "o")
    assert json.loads(ended.out)["counts"]["clean"] == 1
    assert (tmp_path / "o" / "stick.mot").is_file()


def test_what_was_made_is_not_made_again_and_what_is_missing_is(
    formcheck: Run, poses: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    formcheck("analyze", poses, "-e", SLUG, "--out", out, "--trc")
    trc = out / "stick.trc"
    before = trc.stat().st_mtime_ns
    formcheck("analyze", poses, "-e", SLUG, "--out", out, "--trc")
    assert trc.stat().st_mtime_ns == before
    formcheck("analyze", poses, "-e", SLUG, "--out", out, "--trc", "--mot")
    assert (out / "stick.mot").is_file()


def test_reports_are_not_taken_for_recordings(
    formcheck: Run, poses: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    formcheck("analyze", poses, "-e", SLUG, "--report", "--video")
    ended = formcheck("analyze", tmp_path, "-e", SLUG, "--json", "-")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["source"]["path"] == "stick.mp4"


def test_several_need_a_folder(formcheck: Run, poses: Path, tmp_path: Path) -> None:
    ended = formcheck(
        "analyze", poses, shutil.copy(poses, tmp_path / "b.npz"), "-e", SLUG, "--report"
    )
    ended.refuses(2, "--out")


@pytest.mark.parametrize("kind", ["report", "video", "trc"])
def test_a_place_that_cannot_be_written_is_said_in_one_sentence(
    formcheck: Run, poses: Path, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "out").mkdir()
    blocked = FORMATS[kind].beside(tmp_path / "out", "stick").files()[0]
    if kind == "report":
        blocked = blocked.parent
        blocked.write_text("a file where a folder should be")
    else:
        blocked.mkdir()
        (blocked / "full").write_text("")
    ended = formcheck("analyze", poses, "-e", SLUG, f"--{kind}", "--out", tmp_path / "out")
    ended.refuses(1, "can't be written")


def test_another_setting_takes_well_under_a_second(saved: Path) -> None:
    # The processor's time, so that whatever else the machine does is left out. 0.1 s for these 22 s
    # of poses on one core of 2.5 GHz.
    begin_s = time.process_time()
    done = run_job(Job(path=saved, exercise=SLUG, strict=True))
    assert time.process_time() - begin_s < 0.8
    assert done.plain["counts"]["attempts"] == 3


def test_a_recording_whose_frames_fit_in_memory_is_decoded_once(
    formcheck: Run,
    tmp_path: Path,
    small: PoseRecording,
    estimate_from: Callable[[PoseRecording], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    estimate_from(small)
    stamps_ms = tuple(round(1000 * pose.time_s) for pose in small.poses)
    filmed = write_clip(tmp_path / "filmed.mp4", stamps_ms, size=PICTURE)
    whole = 3 * PICTURE[0] * PICTURE[1] * len(stamps_ms)
    decoded: list[int] = []
    read = VideoFile.decoded

    def counted(video: VideoFile, from_s: float = 0.0) -> Generator[DecodedFrame, None, None]:
        for number, frame in enumerate(read(video, from_s)):
            decoded.append(number)
            yield frame

    monkeypatch.setattr(VideoFile, "decoded", counted)
    made = []
    for room in (whole, whole - 1):
        decoded.clear()
        monkeypatch.setattr(running, "MOST_BYTES", room)
        out = tmp_path / str(room)
        ended = formcheck("analyze", filmed, "-e", SLUG, "--out", out, "--report")
        assert (ended.code, ended.err) == (0, "")
        made.append(out / "filmed.report" / "video.mp4")
        # Besides, the first second is looked at for other people.
        assert decoded.count(len(stamps_ms) - 1) == (1 if room == whole else 2)
    # Pictures and not bytes: x264's threads code the same picture differently now and then.
    with VideoFile(made[0]) as held, VideoFile(made[1]) as decoded_again:
        for one, other in zip(held, decoded_again, strict=True):
            assert one.image is not None and other.image is not None
            assert one.time_s == other.time_s and np.array_equal(one.image, other.image)
