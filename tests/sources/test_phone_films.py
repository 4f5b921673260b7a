"""Films as phones and cameras write them: slow motion, selfies, thumbnails, photos."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck.errors import SourceError, UsageError
from formcheck.sources.packets import read_packets
from formcheck.sources.slow_motion import check_speed, recorded_speed, speed_of
from formcheck.sources.video import Excerpt, VideoFile
from tests.sources.clips import (
    SIZE,
    number_in,
    picture,
    red_corner,
    write_clip,
    write_matrix,
    write_photo,
    write_thumbnail_first,
)

ANDROID = "com.android.capture.fps"
APPLE = "com.apple.quicktime.full-frame-rate-playback-intent"
STORED_MS = tuple(range(0, 2000, 40))
WIDTH, HEIGHT = SIZE


@pytest.mark.parametrize(
    ("captured", "fps", "speed"),
    [
        ("240.000000", 30.0, 8.0),
        ("120", 29.97, 4.0),
        ("240", 30.045, 8.0),
        ("240", 100.0, 2.4),
        ("240", 60.0, 4.0),
        ("960", 30.0, 32.0),
        ("240", 239.98, 1.0),
        ("120", 119.0, 1.0),
        ("30", 29.97, 1.0),
        ("30", 15.0, 1.0),
        ("60", 24.0, 1.0),
        ("1", 30.0, pytest.approx(1 / 30)),
        ("0", 30.0, 1.0),
        ("-5", 30.0, 1.0),
        ("nan", 30.0, 1.0),
        ("inf", 30.0, 1.0),
        ("fast", 30.0, 1.0),
        ("240", None, 1.0),
    ],
)
def test_the_speed_that_tags_tell(captured: str, fps: float | None, speed: float) -> None:
    assert speed_of({ANDROID: captured}, fps) == speed


@pytest.mark.parametrize("tags", [{}, {APPLE: "0"}, {APPLE: "1"}])
def test_other_tags_tell_nothing(tags: dict[str, str]) -> None:
    assert speed_of(tags, 30.0) == 1.0


def _slow(tmp_path: Path, captured: str = "200") -> Path:
    return write_clip(tmp_path / "slow.mp4", STORED_MS, tags={ANDROID: captured})


@pytest.mark.parametrize(("asked", "speed"), [(None, 8.0), (2.0, 2.0), (1.0, 1.0)])
def test_slow_motion_has_the_times_of_the_movement(
    tmp_path: Path, asked: float | None, speed: float
) -> None:
    path = _slow(tmp_path)
    with VideoFile(path, speed=asked) as video:
        frames = list(video)
        info = video.info
    assert info.speed == speed
    assert [frame.time_s for frame in frames] == pytest.approx(
        [stamp / 1000 / speed for stamp in STORED_MS]
    )
    assert info.duration_s == pytest.approx(2.0 / speed, rel=0.01)
    assert info.fps == pytest.approx(25 * speed, rel=0.01)
    index = read_packets(path, asked)
    assert index is not None
    assert list(index.times_s) == [frame.time_s for frame in frames]


def test_a_stretch_of_slow_motion_is_found(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", STORED_MS, tags={ANDROID: "200"}, codec="mpeg4")
    excerpt = Excerpt(VideoFile(path), from_s=0.1, to_s=0.2, searches=True)
    with excerpt as source:
        frames = list(source)
    assert [number_in(frame.image) for frame in frames if frame.image is not None] == list(
        range(20, 40)
    )
    assert recorded_speed(path) == 8.0
    assert recorded_speed(tmp_path / "missing.mp4") == 1.0


@pytest.mark.parametrize("speed", [0.0, -1.0, 1000.0, float("nan"), float("inf"), "fast", True])
def test_a_speed_that_makes_no_sense(speed: float) -> None:
    with pytest.raises(UsageError, match="A speed is"):
        check_speed(speed)


SELFIES = {
    # What stands in the header: a mirror, and a mirror with a turn. Where the red mark must be.
    "mirrored": ((-1, 0, 0, 1, WIDTH, 0), "top left"),
    "mirrored, held upright": ((0, 1, 1, 0, 0, 0), "top right"),
    "mirrored, held upright the other way": ((0, -1, -1, 0, HEIGHT, WIDTH), "bottom left"),
    "mirrored upside down": ((1, 0, 0, -1, 0, HEIGHT), "bottom right"),
}


@pytest.mark.parametrize("case", SELFIES)
def test_a_mirror_in_the_header_is_no_turn(tmp_path: Path, case: str) -> None:
    matrix, corner = SELFIES[case]
    with VideoFile(write_matrix(write_clip(tmp_path / "a.mp4"), matrix)) as video:
        frame = next(iter(video))
        assert frame.image is not None
        assert red_corner(frame.image) == corner
        assert (video.info.width, video.info.height) == frame.size_px
        assert any("as in a mirror" in problem for problem in video.problems)


def test_the_note_about_a_mirror_stays_to_the_end(tmp_path: Path) -> None:
    path = write_matrix(write_clip(tmp_path / "a.mp4"), SELFIES["mirrored"][0])
    with VideoFile(path) as video:
        list(video)
        list(video)
        assert [problem for problem in video.problems if "mirror" in problem] == video.problems
        assert len(video.problems) == 1
    with VideoFile(path, mirrored=True) as video:
        assert video.problems == []


@pytest.mark.parametrize("turn", [None, 90])
def test_a_mirrored_recording_is_mirrored_back(tmp_path: Path, turn: int | None) -> None:
    with VideoFile(write_clip(tmp_path / "a.mp4"), mirrored=True, rotate_deg=turn) as video:
        image = next(iter(video)).image
    assert image is not None
    assert red_corner(image) == ("top left" if turn else "top right")


@pytest.mark.parametrize("name", ["a.wmv", "a.mkv"])
def test_the_film_is_read_and_not_its_thumbnail(tmp_path: Path, name: str) -> None:
    stamps = tuple(range(0, 800, 40))
    with VideoFile(write_thumbnail_first(tmp_path / name, stamps)) as video:
        frames = list(video)
    numbers = [number_in(frame.image) for frame in frames if frame.image is not None]
    assert numbers == list(range(len(stamps)))


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".bmp", ".avif"])
def test_a_photo_is_told_from_a_film(tmp_path: Path, suffix: str) -> None:
    path = write_photo(tmp_path / f"a{suffix}")
    with pytest.raises(SourceError) as told:
        VideoFile(path)
    assert str(told.value) == f"'{path}' holds no video (a photo): choose a video file."


def test_the_marks_tell_corners_apart() -> None:
    assert red_corner(picture(0)) == "top left"
