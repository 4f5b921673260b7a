"""Frames from memory are those that were read; what does not fit is not there at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from formcheck.sources.frame_buffer import FrameBuffer
from formcheck.sources.video import VideoFile
from tests.sources.clips import SIZE, write_clip

BYTES = 3 * SIZE[0] * SIZE[1]


def test_what_was_read_is_given_once_more(tmp_path: Path) -> None:
    buffer = FrameBuffer()
    with VideoFile(write_clip(tmp_path / "a.mp4")) as video:
        for frame in video:
            buffer.append(frame)
        source = buffer.source(video.info)
        assert source is not None
        again = list(source)
        for one, other in zip(again, video, strict=True):
            assert (one.index, one.time_s, one.size_px) == (other.index, other.time_s, SIZE)
            assert one.image is not None and other.image is not None
            assert np.array_equal(one.image, other.image)
    assert source.info == video.info and not source.live and source.problems == []
    source.close()
    assert list(source) == []


@pytest.mark.parametrize(("room", "fits"), [(20 * BYTES, True), (20 * BYTES - 1, False)])
def test_what_does_not_fit_is_not_there_at_all(tmp_path: Path, room: int, fits: bool) -> None:
    buffer = FrameBuffer(room)
    with VideoFile(write_clip(tmp_path / "a.mp4")) as video:
        frames = list(video)
        assert len(frames) == 20
        for frame in frames:
            buffer.append(frame)
        assert (buffer.source(video.info) is not None) is fits


def test_a_dropped_buffer_stays_empty(tmp_path: Path) -> None:
    buffer = FrameBuffer()
    with VideoFile(write_clip(tmp_path / "a.mp4")) as video:
        first, second, *_ = video
        buffer.append(first)
        buffer.drop()
        buffer.append(second)
        assert buffer.source(video.info) is None
