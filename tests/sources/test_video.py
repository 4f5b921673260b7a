"""Video files: their time stamps, their pictures, and everything that can be wrong with them."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from formcheck.core.pose.frame import Frame
from formcheck.errors import SourceError, UsageError
from formcheck.sources.video import VideoFile
from tests.sources.clips import (
    SIZE,
    number_in,
    picture,
    red_corner,
    rotate_header,
    write_clip,
    write_sound,
)

EVEN = tuple(range(0, 660, 33))
UNEVEN = (0, 33, 40, 90, 191, 200, 260, 300, 333, 390, 470, 480, 600, 700, 733, 760, 800, 900, 1000)


def _frames(path: Path, **options: Any) -> list[Frame]:
    with VideoFile(path, **options) as video:
        return list(video)


def _seconds(stamps: tuple[int, ...]) -> list[float]:
    return [(stamp - stamps[0]) / 1000 for stamp in stamps]


CLIPS: dict[str, tuple[str, tuple[int, ...], dict[str, Any]]] = {
    "even": ("a.mp4", EVEN, {}),
    "variable frame rate": ("a.mp4", UNEVEN, {}),
    "variable frame rate, B-frames": ("a.mp4", UNEVEN, {"b_frames": 3}),
    "B-frames": ("a.mp4", EVEN, {"b_frames": 3}),
    "starts late": ("a.mp4", tuple(t + 2500 for t in EVEN), {}),
    "mkv starts late, variable": ("a.mkv", tuple(t + 2500 for t in UNEVEN), {}),
    "webm": ("a.webm", UNEVEN[:8], {"codec": "libvpx-vp9"}),
    "transport stream": ("a.ts", tuple(t + 5000 for t in EVEN), {"b_frames": 2}),
    "10 bit": ("a.mp4", EVEN, {"pixels": "yuv420p10le"}),
    "grey": ("a.mp4", EVEN, {"pixels": "gray"}),
    "odd size": ("a.mp4", EVEN, {"pixels": "yuv444p", "size": (97, 63)}),
    "one frame": ("a.mp4", (0,), {}),
}


@pytest.mark.parametrize("case", CLIPS)
def test_every_frame_comes_with_its_own_stamp(tmp_path: Path, case: str) -> None:
    name, stamps, options = CLIPS[case]
    frames = _frames(write_clip(tmp_path / name, stamps, **options))
    assert [f.time_s for f in frames] == pytest.approx(_seconds(stamps), abs=1e-4)
    assert [f.index for f in frames] == list(range(len(stamps)))
    assert [number_in(f.image) for f in frames if f.image is not None] == list(range(len(stamps)))
    size = options.get("size", SIZE)
    assert {f.size_px for f in frames} == {size}
    assert all(f.image is not None and f.image.dtype == np.uint8 for f in frames)


def test_the_colours_are_blue_green_red(tmp_path: Path) -> None:
    image = _frames(write_clip(tmp_path / "a.mp4", EVEN, pixels="yuv444p"))[5].image
    assert image is not None
    assert np.abs(image.astype(int) - picture(5)).mean() < 6
    assert image[3, 3, 2] > 200
    assert image[3, 3, 0] < 60


def test_a_broadcast_rate_is_no_whole_number(tmp_path: Path) -> None:
    path = write_clip(
        tmp_path / "a.mp4", tuple(range(0, 40 * 1001, 1001)), time_base=Fraction(1, 30000)
    )
    with VideoFile(path) as video:
        frames = list(video)
        assert video.info.fps == pytest.approx(30000 / 1001)
    assert frames[-1].time_s == pytest.approx(39 * 1001 / 30000, abs=1e-9)


@pytest.mark.parametrize(
    ("turn", "corner"), [(90, "top right"), (180, "bottom right"), (270, "bottom left")]
)
def test_a_phone_s_rotation_is_honoured_unless_told_otherwise(
    tmp_path: Path, turn: int, corner: str
) -> None:
    path = rotate_header(write_clip(tmp_path / "a.mp4"), turn)
    upright = SIZE if turn == 180 else SIZE[::-1]
    with VideoFile(path) as video:
        assert (video.info.width, video.info.height) == upright
        frame = next(iter(video))
    assert frame.image is not None
    assert frame.size_px == upright
    assert frame.image.shape[:2] == upright[::-1]
    assert red_corner(frame.image) == corner
    plain = _frames(path, rotate_deg=0)[0].image
    assert plain is not None
    assert red_corner(plain) == "top left"


@pytest.mark.parametrize(
    ("turn", "corner"),
    [(0, "top left"), (90, "top right"), (180, "bottom right"), (270, "bottom left")],
)
def test_a_turn_asked_for_is_clockwise(tmp_path: Path, turn: int, corner: str) -> None:
    image = _frames(write_clip(tmp_path / "a.mp4"), rotate_deg=turn)[0].image
    assert image is not None
    assert red_corner(image) == corner
    assert image.flags.c_contiguous


@pytest.mark.parametrize("turn", [45, -90, 360])
def test_any_other_turn_is_a_wrong_usage(tmp_path: Path, turn: int) -> None:
    with pytest.raises(UsageError, match="0, 90, 180 or 270"):
        VideoFile(write_clip(tmp_path / "a.mp4"), rotate_deg=turn)


def test_pixels_are_made_square(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", aspect=Fraction(3, 2))
    with VideoFile(path) as video:
        assert (video.info.width, video.info.height) == (144, 64)
        assert {f.size_px for f in video} == {(144, 64)}


def test_info_says_what_the_header_says_and_then_what_was_read(tmp_path: Path) -> None:
    with VideoFile(write_clip(tmp_path / "a.mkv", UNEVEN)) as video:
        assert video.info.path == str(tmp_path / "a.mkv")
        assert video.info.frames is None  # Matroska does not count
        list(video)
        assert video.info.frames == len(UNEVEN)
        assert video.info.fps == pytest.approx((len(UNEVEN) - 1) / 1.0)
        assert video.info.duration_s == pytest.approx(1.033, abs=0.01)
        assert video.problems == []
    with VideoFile(write_clip(tmp_path / "a.mp4", EVEN)) as video:
        assert video.info.frames == len(EVEN)
        assert video.info.fps == pytest.approx(30, abs=0.5)
        assert video.info.duration_s == pytest.approx(0.66, abs=0.01)


def test_it_can_be_read_again_and_broken_off(tmp_path: Path) -> None:
    with VideoFile(write_clip(tmp_path / "a.mp4")) as video:
        assert video.live is False
        assert [f.index for f, _ in zip(video, range(3), strict=False)] == [0, 1, 2]
        assert [f.time_s for f in video] == [f.time_s for f in video]


def test_closing_ends_a_reading_under_way(tmp_path: Path) -> None:
    video = VideoFile(write_clip(tmp_path / "a.mp4"))
    reading = iter(video)
    next(reading)
    video.close()
    video.close()
    assert list(reading) == []
    with pytest.raises(UsageError, match="is closed"):
        next(iter(video))


def _cut(path: Path, share: float = 0.66) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


@pytest.mark.parametrize(
    ("name", "options", "codec"),
    [
        ("a.mkv", {}, "libx264"),
        ("a.mp4", {"movflags": "faststart"}, "libx264"),
        ("a.mp4", {"movflags": "frag_keyframe+empty_moov"}, "libx264"),
        ("a.avi", {}, "mpeg4"),
    ],
    ids=["mkv", "mp4", "fragmented mp4", "avi"],
)
def test_a_file_cut_short_gives_what_it_has_and_says_so(
    tmp_path: Path, name: str, options: dict[str, str], codec: str
) -> None:
    time_base = Fraction(1, 30)
    path = write_clip(
        tmp_path / name,
        range(60),
        codec=codec,
        time_base=time_base,
        size=(160, 120),
        noise=True,
        options=options,
    )
    with VideoFile(_cut(path)) as video:
        frames = list(video)
        assert 20 < len(frames) < 60
        assert video.info.frames == len(frames)
        assert video.info.duration_s == pytest.approx(len(frames) / 30, abs=0.01)
        assert "cut short or damaged: only the first" in video.problems[0]
        again = list(video)
        assert len(again) == len(frames)
        assert len([p for p in video.problems if "cut short" in p]) == 1


def test_a_hole_in_the_middle_costs_only_its_frames(tmp_path: Path) -> None:
    path = write_clip(
        tmp_path / "a.mp4",
        range(40),
        time_base=Fraction(1, 30),
        size=(160, 120),
        noise=True,
        options={"movflags": "faststart"},
    )
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = b"\xff" * 3000
    path.write_bytes(bytes(data))
    with VideoFile(path) as video:
        frames = list(video)
        assert len(frames) >= 37
        assert frames[-1].time_s == pytest.approx(39 / 30, abs=1e-3)
        assert any("is damaged; frames missing or blurred" in p for p in video.problems)


def _headless(path: Path) -> None:
    write_clip(path, range(30), time_base=Fraction(1, 30), noise=True)
    _cut(path)


def _without_pictures(path: Path) -> None:
    write_clip(path, range(30), time_base=Fraction(1, 30), options={"movflags": "faststart"})
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"mdat") + 4])


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (lambda p: p.mkdir(), "is a folder: name a video file"),
    "empty": (lambda p: p.write_bytes(b""), "is empty: copy or record it again"),
    "text": (lambda p: p.write_text("not a video\n" * 50), "is not a video"),
    "noise": (lambda p: p.write_bytes(np.random.default_rng(0).bytes(9000)), "is not a video"),
    "sound": (write_sound, "holds no video .sound only.: choose a video file"),
    "never finished": (_headless, "recording was never finished"),
    "no picture": (_without_pictures, "holds no picture that can be decoded"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_video_is_one_clear_sentence(
    tmp_path: Path, case: str, capfd: pytest.CaptureFixture[str]
) -> None:
    make, message = BROKEN[case]
    path = tmp_path / "my.mp4"
    make(path)
    with pytest.raises(SourceError, match=message) as caught:
        VideoFile(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_text_file_is_no_video_though_ffmpeg_would_play_it(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello\n" * 50)
    with pytest.raises(SourceError, match=r"(is not a|holds no) video"):
        VideoFile(path)


def test_a_missing_file_names_a_similar_one(tmp_path: Path) -> None:
    (tmp_path / "squat-left.mp4").write_bytes(b"x")
    with pytest.raises(SourceError, match=r"did you mean '.*squat-left\.mp4'\?"):
        VideoFile(tmp_path / "squat_left.mp4")
    with pytest.raises(SourceError, match=r"There is no file '.*zzz\.mov': check the path"):
        VideoFile(tmp_path / "zzz.mov")
    with pytest.raises(SourceError, match=r"there is no folder '.*nowhere' either"):
        VideoFile(tmp_path / "nowhere" / "a.mp4")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_says_so(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4")
    path.chmod(0)
    with pytest.raises(SourceError, match="check its permissions"):
        VideoFile(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_any_file_name_is_taken_for_a_file(tmp_path: Path) -> None:
    path = tmp_path / "12:30 Übung?.mp4"
    write_clip(tmp_path / "a.mp4").rename(path)
    assert len(_frames(path)) == len(EVEN)


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, formcheck.sources, formcheck.sources.opening\n"
        "print([m for m in ('cv2', 'mediapipe', 'av') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"


def test_frames_go_as_soon_as_nobody_holds_them(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", tuple(range(0, 3000, 50)))
    gc.collect()
    gc.disable()
    try:
        with VideoFile(path) as video:
            shown = sum(frame.image is not None for frame in video)
        held = sum(isinstance(one, av.VideoFrame) for one in gc.get_objects())
    finally:
        gc.enable()
    assert shown == 60
    # A few of key frames, and of the probe; not every one that was looked at.
    assert held < 10
