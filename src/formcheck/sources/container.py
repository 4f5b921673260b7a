"""The pictures of a video container, read with PyAV.

Why PyAV and not OpenCV. Both were given the same videos: variable frame rate, B-frames, a start
other than 0, rotation, odd sizes, 10 bit, grey, one frame, several containers (OpenCV 5.0, PyAV
18.1). Both gave every frame in order, its stamp right to 0.01 ms, turned as the header says; on
filmed clips their pictures are equal bit for bit and take 2.6 to 7.6 ms each at 1080 lines. They
differ in what they say:

====================================  ==========================  ============================
case                                  OpenCV                      PyAV
====================================  ==========================  ============================
frames of a 20-frame mkv, VFR         32 (duration times rate)    not given
the same, starting at 2.5 s           107                         not given
mp4 cut at two thirds                 24 frames, then the end     24 frames, header says 40
mp4 with a hole in the middle         18 of 40, then the end      39 of 40, one packet damaged
audio only, text, empty, no header    "not opened"                what it is
decoder messages                      on the terminal             none unless asked for
====================================  ==========================  ============================
"""

from __future__ import annotations

import math
import struct
from collections.abc import Generator
from typing import Any

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from formcheck.core.pose.frame import Image
from formcheck.sources.film_track import NoVideoError, film_track
from formcheck.sources.rotation import left_for_right, turned
from formcheck.sources.slow_motion import speed_of

_SQUARE_TOLERANCE = 0.01
# A title in an old encoding must not keep a video from being read. PyAV 19 reads it anyway and has
# no such option any more.
_LENIENT = {"metadata_errors": "replace"} if int(av.__version__.partition(".")[0]) < 19 else {}


class Container:
    """An open container and its best video track, with the times of the movement itself.

    The best track is not the first one where that is a cover or a thumbnail, as in films of some
    cameras.

    Parameters
    ----------
    address : str
        The address for FFmpeg to open.
    live : bool
        Whether to decode with the least delay instead of on all cores.
    udp : bool
        Whether to ask an RTSP camera for UDP at once, and not for TCP first.
    timeout_s : (float, float), optional
        How long opening, and each read, may wait.
    speed : float, optional
        How many times as fast as the file plays the movement was; None takes the file's own tags.
    mirrored : bool
        Whether to exchange left and right in upright pictures.

    Attributes
    ----------
    speed : float
        All stamps, rates and lengths are those of the container at this speed.
    damaged : int
        Packets and pictures that could not be decoded so far.
    shown_mirrored : bool
        Whether players are told to show the last picture as in a mirror.

    Raises
    ------
    av.FFmpegError, NoVideoError
        It can't be opened; holds no video.
    """

    def __init__(
        self,
        address: str,
        *,
        live: bool = False,
        udp: bool = False,
        timeout_s: tuple[float, float] | None = None,
        speed: float | None = None,
        mirrored: bool = False,
    ) -> None:
        # Over TCP no picture is torn; a camera that refuses it as it should (461) is asked for UDP.
        over_tcp, over_udp = {"rtsp_flags": "prefer_tcp"}, {"rtsp_transport": "udp"}
        options = (over_udp if udp else over_tcp) if live else {}
        self._handle: Any = av.open(address, timeout=timeout_s, options=options, **_LENIENT)
        try:
            self._stream = film_track(self._handle, live=live)
        except NoVideoError:
            self.close()
            raise
        self._stream.thread_type = "SLICE" if live else "AUTO"
        # One reformatter for all frames: PyAV makes one for each, which starts its threads anew
        # (0.45 ms of processor time a frame of 640x480, instead of 0.25).
        self._reformatter = VideoReformatter()
        self._shape = 1.0
        self._turn_deg: int | None = None
        self.damaged = 0
        self._mirrored = mirrored
        self.shown_mirrored = False
        # Read now: PyAV 19 can't tell once the container is closed.
        self.frames = int(self._stream.frames) or None
        fps = self._mean_fps()
        self.speed = 1.0 if live else speed or speed_of(self._tags(), fps)
        self.fps = None if fps is None else fps * self.speed
        self.total_s = self._handle.duration / av.time_base if self._handle.duration else None
        track_s = self._track_s()
        self.duration_s = None if track_s is None else track_s / self.speed
        self.counts_hidden_frames = "mov" in self._handle.format.name

    def _tags(self) -> dict[str, str]:
        return {**self._stream.metadata, **self._handle.metadata}

    def _mean_fps(self) -> float | None:
        """Mean frame rate by the header, None where it does not say."""
        if self.frames and self._stream.duration:
            return float(self.frames / (self._stream.duration * self._stream.time_base))
        rate = self._stream.average_rate
        return float(rate) if rate else None

    def _track_s(self) -> float | None:
        """Length of the video track in seconds, None where the header does not say."""
        if self._stream.duration and self._stream.time_base:
            return float(self._stream.duration * self._stream.time_base)
        end_s = _tag_seconds(self._stream.metadata.get("DURATION", ""))
        if end_s is None and not self._handle.streams.audio:
            # The container's own length is that of its longest track, which may be the sound.
            end_s = self.total_s
        # These are Matroska's, which counts from 0 and not from the first frame.
        start = self._stream.start_time or 0
        return None if end_s is None else end_s - float(start * self._stream.time_base)

    def pictures(self, rotate_deg: int | None) -> Generator[tuple[float | None, Image], None, None]:
        """Gives stamps in seconds (None where missing) and upright pictures in order.

        Parameters
        ----------
        rotate_deg : int, optional
            Clockwise turn; None takes each frame's own turn.

        Raises
        ------
        av.FFmpegError
            The container can't be read any further.
        """
        for frame in self.decoded():
            turn_deg = self.turn_deg if rotate_deg is None else rotate_deg
            yield self.stamp_s(frame), self.upright(frame, turn_deg)

    def decoded(self) -> Generator[Any, None, None]:
        """Gives PyAV's frames in order, to be converted by `upright` where they are needed.

        A packet that can't be decoded is left out and counted in `damaged`.

        Raises
        ------
        av.FFmpegError
            The container can't be read any further.
        """
        for packet in self._handle.demux(self._stream):
            try:
                frames = packet.decode()
            except av.FFmpegError:
                self.damaged += 1
                continue
            for frame in frames:
                self.damaged += bool(frame.is_corrupt)
                # Some formats know it only once a frame is decoded.
                self._shape = float(self._stream.sample_aspect_ratio or 1)
                if self._turn_deg is None or frame.key_frame:
                    # Of each frame it would hold all of them in memory: PyAV's side data and its
                    # frame refer to each other, until Python's next full collection.
                    self._turn_deg = self._own_turn(frame)
                yield frame

    def stamp_s(self, frame: Any) -> float | None:
        """Returns when a frame of `decoded` is shown, in seconds; None without a stamp."""
        return None if frame.time is None else frame.time / self.speed

    def packet_stamps(self) -> tuple[list[float] | None, list[float]]:
        """Returns when each frame is shown, in seconds, without decoding; and the key frames.

        None in place of the stamps where one is missing, or a packet is damaged or not shown.

        Raises
        ------
        av.FFmpegError
            The container can't be read to its end.
        """
        stamps, keys = [], []
        for packet in self._handle.demux(self._stream):
            if packet.size == 0:  # the one that ends the demuxing
                continue
            if packet.pts is None or packet.is_corrupt or packet.is_discard:
                return None, []
            # The same numbers in the same order as PyAV computes a frame's time.
            stamp_s = float(packet.pts * packet.time_base) / self.speed
            stamps.append(stamp_s)
            if packet.is_keyframe:
                keys.append(stamp_s)
        return stamps, keys

    def seek(self, stamp_s: float) -> None:
        """Goes to the last key frame at or before a stamp.

        Raises
        ------
        av.FFmpegError
            The container can't be searched.
        """
        ticks = int(stamp_s * self.speed / self._stream.time_base)
        self._handle.seek(ticks, stream=self._stream)

    @property
    def turn_deg(self) -> int:
        """The clockwise turn that sets the frame upright that `decoded` gave last."""
        return self._turn_deg or 0

    def upright(self, frame: Any, turn_deg: int) -> Image:
        """Returns the picture of a frame of `decoded`, turned clockwise, also after closing.

        From one thread at a time, which may be another than the one that decodes.
        """
        width = self._square_width(frame)
        picture: Any = self._reformatter.reformat(frame, format="bgr24", width=width)
        image: Image = picture.to_ndarray()
        image = turned(image, turn_deg) if turn_deg else np.ascontiguousarray(image)
        return left_for_right(image) if self._mirrored else image

    def _own_turn(self, frame: Any) -> int:
        """Returns the clockwise turn that sets a frame upright, as its container says.

        A display matrix that mirrors as well is how phones show a selfie as in a mirror: the
        pictures themselves have left and right right, so only the turn is taken from it. PyAV's
        `rotation` calls a mirror without a turn 180 degrees.
        """
        matrix = frame.side_data.get("DISPLAYMATRIX")
        if matrix is None:
            return int(round(-frame.rotation / 90) % 4 * 90)
        a, b, _, c, d = struct.unpack("<5i", bytes(matrix)[:20])
        self.shown_mirrored = a * d < b * c
        across = -a if self.shown_mirrored else a
        return round(math.degrees(math.atan2(b, across)) / 90) % 4 * 90

    def _square_width(self, frame: Any) -> int:
        # Angles are measured in pixels, so pixels must be square.
        shape = self._shape
        if abs(shape - 1) < _SQUARE_TOLERANCE or not 0.25 < shape < 4:
            return int(frame.width)
        return round(int(frame.width) * shape)

    def close(self) -> None:
        """Closes it; closing again does nothing."""
        self._handle.close()


def _tag_seconds(text: str) -> float | None:
    """Reads Matroska's `00:01:02.500000000`."""
    try:
        hours, minutes, seconds = text.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    except ValueError:
        return None
