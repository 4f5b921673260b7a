"""The written video: its time stamps, its size, its colours, and what happens when it can't be."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.errors import OutputError
from formcheck.files.video_writer import VideoWriter
from formcheck.sources.video import VideoFile
from tests.sources.clips import SIZE, number_in, picture

UNEVEN_S = (0.0, 0.033, 0.067, 0.5, 0.5167, 1.2, 1.2334)


def write(path: Path, times_s: tuple[float, ...] = UNEVEN_S, *, start_s: float = 0.0) -> Path:
    with VideoWriter(path, SIZE, start_s=start_s) as video:
        for number, time_s in enumerate(times_s):
            video.write(picture(number), time_s)
    return path


def stamps(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [float(frame.time) for frame in container.decode(video=0)]


def test_every_picture_is_shown_at_its_own_time(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4")
    assert stamps(path) == pytest.approx(UNEVEN_S, abs=1 / 90_000)
    with VideoFile(path) as video:
        frames = list(video)
    assert [number_in(f.image) for f in frames if f.image is not None] == list(range(7))
    assert [f.time_s for f in frames] == pytest.approx(UNEVEN_S, abs=1e-4)
    assert video.problems == []


def test_a_clock_that_never_shows_whole_ticks_does_not_drift(tmp_path: Path) -> None:
    times_s = tuple(n * 1001 / 30000 + 1e-7 * (n % 3) for n in range(200))
    assert stamps(write(tmp_path / "a.mp4", times_s)) == pytest.approx(times_s, abs=1 / 90_000)


@pytest.mark.parametrize(
    ("end_s", "length_s"), [(2.0, 2.0), (None, 1.2334 + 0.0334), (0.1, 1.2668)]
)
def test_the_last_picture_ends_when_it_should(
    tmp_path: Path, end_s: float | None, length_s: float
) -> None:
    path = tmp_path / "a.mp4"
    video = VideoWriter(path, SIZE)
    for number, time_s in enumerate(UNEVEN_S):
        video.write(picture(number), time_s)
    video.close(end_s=end_s)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.duration is not None and stream.time_base is not None
        assert float(stream.duration * stream.time_base) == pytest.approx(length_s, abs=1e-4)


def test_a_start_of_its_own_and_a_late_first_picture(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", (7.1, 7.2, 7.4), start_s=7.0)
    assert stamps(path) == pytest.approx([0.0, 0.2, 0.4], abs=1e-4)


@pytest.mark.parametrize("size", [(97, 64), (96, 65), (97, 65), (2, 2)])
def test_an_odd_side_is_lengthened_by_one(tmp_path: Path, size: tuple[int, int]) -> None:
    image = np.full((size[1], size[0], 3), (30, 60, 200), dtype=np.uint8)
    path = tmp_path / "odd.mp4"
    with VideoWriter(path, size) as video:
        video.write(image, 0.0)
    with VideoFile(path) as source:
        (frame,) = source
    assert frame.size_px == (size[0] + size[0] % 2, size[1] + size[1] % 2)
    assert frame.image is not None
    # The added row and column look like their neighbours; the colours survive the round trip.
    assert np.abs(frame.image.astype(int) - (30, 60, 200)).max() <= 8


def test_what_players_need_is_in_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", tuple(n / 30 for n in range(90)))
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "a browser must know all before the end"
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (context.name, context.pix_fmt, context.colorspace) == ("h264", "yuv420p", 1)
        seekable = [p.pts for p in container.demux(stream) if p.is_keyframe and p.pts is not None]
    assert len(seekable) >= 3


def test_an_exception_on_the_way_keeps_what_was_recorded(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with pytest.raises(KeyboardInterrupt), VideoWriter(path, SIZE) as video:
        for number in range(5):
            video.write(picture(number), number / 10)
        raise KeyboardInterrupt
    assert len(stamps(path)) == 5


def test_what_is_discarded_or_empty_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_text("older")
    video = VideoWriter(path, SIZE)
    video.write(picture(1), 0.0)
    video.discard()
    video.close()
    VideoWriter(path, SIZE).close()
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unwritable_place_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(
        OutputError, match=r"can't be written to '.*a\.mp4': .*Choose another place"
    ):
        VideoWriter(tmp_path / "file" / "a.mp4", SIZE)


def test_a_full_disk_is_told_and_leaves_no_half_file(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    script = textwrap.dedent(f"""
        import resource, signal
        import numpy as np
        from pathlib import Path
        from formcheck.errors import OutputError
        from formcheck.files.video_writer import VideoWriter

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        noise = np.random.default_rng(0)
        try:
            with VideoWriter(Path({str(tmp_path)!r}) / "a.mp4", (96, 64)) as video:
                for number in range(400):
                    video.write(noise.integers(0, 255, (64, 96, 3), dtype=np.uint8), number / 30)
        except OutputError as error:
            print(error)
    """)
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "can't be written to" in out.stdout and "File too large" in out.stdout
    assert list(tmp_path.iterdir()) == []
