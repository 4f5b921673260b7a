"""A video file or a stretch of it, with the times and the rotation its container gives.

The frames of a stretch keep the times they have in the whole.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formcheck.core.pose.frame import Frame, Image, SourceInfo
from formcheck.errors import SourceError, UsageError
from formcheck.files.closing import ClosesItself
from formcheck.sources.paths import check_file
from formcheck.sources.rotation import check_rotation
from formcheck.sources.slow_motion import check_speed
from formcheck.sources.timestamps import SourceClock

if TYPE_CHECKING:
    from formcheck.sources.container import Container


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedFrame:
    """A frame whose picture is converted only where it is needed.

    Attributes
    ----------
    index, time_s
        As of a `Frame`.
    """

    index: int
    time_s: float
    _decoded: Any
    _container: Container
    _turn_deg: int

    def frame(self) -> Frame:
        """Returns the frame with its picture, also after the video was closed."""
        image: Image = self._container.upright(self._decoded, self._turn_deg)
        size_px = (image.shape[1], image.shape[0])
        return Frame(index=self.index, time_s=self.time_s, image=image, size_px=size_px)


# A file may end this much before its header says without a remark.
SHORT_S = 0.25
SHOWN_MIRRORED = (
    "'{}' asks players to show it as in a mirror; legs are named as the camera saw them: use"
    " --mirrored if left and right are wrong."
)


class VideoFile(ClosesItself):
    """The frames of a file, each with its own time stamp, whatever the frame rate.

    `info` holds what the header says until the file was read to its end, then what it really holds.
    A file that is cut short or damaged gives the frames it can, and says so in `problems`.

    Parameters
    ----------
    path : Path
        Any video FFmpeg reads.
    rotate_deg : int, optional
        Clockwise turn, 0, 90, 180 or 270, in place of what the file says; None takes the file's.
    mirrored : bool
        Whether the recording shows its person as in a mirror: the pictures are mirrored back.
    speed : float, optional
        How many times as fast as the file plays the movement was, 8 for 240 pictures a second
        stored as 30; None takes what the camera noted. All times are those of the movement.

    Raises
    ------
    SourceError
        The file is missing, or no frame of it can be decoded.
    UsageError
        Another turn was asked for, or a speed that makes no sense.
    """

    live = False

    def __init__(
        self,
        path: Path,
        *,
        rotate_deg: int | None = None,
        mirrored: bool = False,
        speed: float | None = None,
    ) -> None:
        check_rotation(rotate_deg)
        check_speed(speed)
        check_file(path)
        self._path = path
        self._rotate_deg = rotate_deg
        self._mirrored = mirrored
        self._speed = speed
        self._open_containers: list[Container] = []
        self._closed = False
        self.problems: list[str] = []
        self._first_stamp_s: float | None = None
        self.info = self._probe()
        self._noted = tuple(self.problems)

    def __iter__(self) -> Iterator[Frame]:
        """Gives the frames from the beginning; at the end `info` and `problems` are complete."""
        return self.frames()

    def frames(self, from_s: float = 0.0) -> Generator[Frame, None, None]:
        """Gives the frames from the last key frame before a moment on, as `decoded` does."""
        decoded = self.decoded(from_s)
        try:
            for one in decoded:
                yield one.frame()
        finally:
            decoded.close()

    def decoded(self, from_s: float = 0.0) -> Generator[DecodedFrame, None, None]:
        """Gives the frames from the last key frame before a moment on, at their own times.

        The beginning can be left out only if the file's stamps are in order (`read_packets`).
        Their `index` counts from the first one given.
        """
        if self._closed:
            raise UsageError(f"The video '{self._path}' is closed: open it again.")
        import av

        container = self._open()
        clock = SourceClock(1 / (container.fps or 30))
        if from_s > 0 and self._first_stamp_s is not None:
            container.seek(self._first_stamp_s + from_s)
            clock = SourceClock(1 / (container.fps or 30), self._first_stamp_s)
        count, time_s, broken = 0, 0.0, False
        try:
            for picture in container.decoded():
                time_s = clock.time_s(container.stamp_s(picture))
                yield DecodedFrame(
                    index=count,
                    time_s=time_s,
                    _decoded=picture,
                    _container=container,
                    _turn_deg=container.turn_deg if self._rotate_deg is None else self._rotate_deg,
                )
                count += 1
                if self._closed:
                    return
        except (av.FFmpegError, OSError):
            broken = True
        finally:
            self._shut(container)
        if from_s <= 0:
            self._conclude(container, clock, count, time_s, broken=broken)

    def close(self) -> None:
        """Ends every reading under way and close the file."""
        self._closed = True
        for container in list(self._open_containers):
            self._shut(container)

    def _open(self) -> Container:
        import av

        from formcheck.sources.container import Container
        from formcheck.sources.film_track import NoVideoError

        try:
            # The prefix keeps a name such as "12:30 lunge.mp4" from being taken for a protocol.
            container = Container(f"file:{self._path}", speed=self._speed, mirrored=self._mirrored)
        except NoVideoError as error:
            raise SourceError(
                f"'{self._path}' holds no video ({error}): choose a video file."
            ) from None
        except PermissionError as error:
            raise SourceError(f"'{self._path}' can't be read: check its permissions.") from error
        except (av.FFmpegError, OSError) as error:
            raise SourceError(
                f"'{self._path}' is not a video, or its recording was never finished: play it in a "
                "video player, or choose another file."
            ) from error
        self._open_containers.append(container)
        return container

    def _shut(self, container: Container) -> None:
        if container in self._open_containers:
            self._open_containers.remove(container)
            container.close()

    def _probe(self) -> SourceInfo:
        import av

        container = self._open()
        image = None
        try:
            pictures = container.pictures(self._rotate_deg)
            self._first_stamp_s, image = next(pictures, (None, None))
        except (av.FFmpegError, OSError):
            image = None
        finally:
            self._shut(container)
        if image is None:
            raise SourceError(
                f"'{self._path}' holds no picture that can be decoded: it is damaged or in an "
                "unknown format, so record or convert it again."
            )
        if container.shown_mirrored and not self._mirrored:
            self.problems.append(SHOWN_MIRRORED.format(self._path.name))
        return SourceInfo(
            path=str(self._path),
            width=image.shape[1],
            height=image.shape[0],
            fps=container.fps,
            frames=container.frames,
            duration_s=container.duration_s,
            speed=container.speed if self._speed or container.speed != 1.0 else None,
        )

    def _conclude(
        self, container: Container, clock: SourceClock, count: int, last_s: float, *, broken: bool
    ) -> None:
        name, problems = self._path.name, list(self._noted)
        interval_s = last_s / (count - 1) if count > 1 else 0.0
        end_s = last_s + interval_s
        header_s, header_frames = container.duration_s, container.frames
        short = header_s is not None and end_s < header_s - SHORT_S
        if header_frames and not container.counts_hidden_frames:
            short = short or count + container.damaged < header_frames
        if short or broken:
            whole = f" of {header_s:.1f} s" if short and header_s and header_s > end_s else ""
            problems.append(
                f"'{name}' is cut short or damaged: only the first {end_s:.1f} s{whole} were read."
            )
        if container.damaged:
            problems.append(f"'{name}' is damaged; frames missing or blurred: {container.damaged}.")
        if clock.repaired:
            problems.append(
                f"'{name}' has time stamps that are missing or run backward; repaired: "
                f"{clock.repaired}."
            )
        self.problems[:] = problems
        whole_s = end_s if short or broken or header_s is None else header_s
        fps = 1 / interval_s if interval_s else self.info.fps
        self.info = replace(self.info, frames=count, fps=fps, duration_s=whole_s)


class Excerpt(ClosesItself):
    """The frames of a video from one moment until before another.

    Parameters
    ----------
    video : VideoFile
        Is closed with this one.
    from_s, to_s : float
        In seconds of the video.
    searches : bool
        Whether to go straight to the key frame before; else all frames before are decoded and left
        out, which is right for any file, and slow.

    Raises
    ------
    SourceError
        From iterating: there is no frame in the stretch.
    """

    live = False

    def __init__(
        self,
        video: VideoFile,
        *,
        from_s: float = 0.0,
        to_s: float = math.inf,
        searches: bool = False,
    ) -> None:
        self._video = video
        self._from_s, self._to_s = from_s, to_s
        self._searches = searches

    @property
    def info(self) -> SourceInfo:
        """The whole video's, and which stretch of it this is."""
        return replace(
            self._video.info,
            from_s=self._from_s or None,
            to_s=self._to_s if math.isfinite(self._to_s) else None,
        )

    @property
    def problems(self) -> list[str]:
        """The video's, if it was read to its end."""
        return self._video.problems

    def __iter__(self) -> Iterator[Frame]:
        """Gives the frames of the stretch."""
        return (one.frame() for one in self.decoded())

    def decoded(self) -> Generator[DecodedFrame, None, None]:
        """Gives the frames of the stretch, to be converted where they are needed."""
        frames = self._video.decoded(self._from_s if self._searches else 0.0)
        found, last_s = False, 0.0
        try:
            for frame in frames:
                last_s = frame.time_s
                if frame.time_s >= self._to_s:
                    break
                if frame.time_s >= self._from_s:
                    found = True
                    yield frame
        finally:
            frames.close()
        if not found:
            raise SourceError(
                f"'{self._video.info.path}' has no frame from {self._from_s:.1f} s on"
                f"{self._until()}: its last one is at {last_s:.1f} s."
            )

    def _until(self) -> str:
        return f" until {self._to_s:.1f} s" if math.isfinite(self._to_s) else ""

    def close(self) -> None:
        """Closes the video."""
        self._video.close()
