"""A camera or video behind a network address."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from formcheck.core.pose.frame import Frame, SourceInfo
from formcheck.errors import SourceError, UsageError
from formcheck.files.closing import ClosesItself
from formcheck.sources.addresses import is_web_page, without_password
from formcheck.sources.rotation import check_rotation
from formcheck.sources.timestamps import SourceClock

if TYPE_CHECKING:
    from formcheck.sources.container import Container


class Stream(ClosesItself):
    """The frames of an address FFmpeg can open: rtsp, http, https, rtmp and others.

    An address whose length is known is a recording elsewhere: its frames carry their own stamps and
    `live` is False. All others are live: MJPEG cameras send no stamps, and others start
    wherever they like, so a frame's time is that of its arrival by the monotonic clock.

    A stream can be gone through once.

    Parameters
    ----------
    url : str
        The address; no message shows a user name and password in it.
    rotate_deg : int
        Clockwise turn: 0, 90, 180, 270, or None for what the stream says.
    open_s, read_s : float
        Longest wait for the server's answer, and for the next picture.

    Raises
    ------
    SourceError
        The server refused, has no such address, sent no video, or did not answer in time.
    """

    def __init__(
        self,
        url: str,
        *,
        rotate_deg: int | None = None,
        open_s: float = 10.0,
        read_s: float = 10.0,
    ) -> None:
        check_rotation(rotate_deg)
        self._name = without_password(url)
        self._waits_s = (open_s, read_s)
        self._used = False
        self.problems: list[str] = []
        self._container = self._open(url)
        self.live = self._container.total_s is None
        self._pictures = self._container.pictures(rotate_deg)
        self._first = self._read()
        if self._first is None:
            self.close()
            raise SourceError(f"'{self._name}' sent no picture: check that it is a video stream.")
        height, width = self._first[1].shape[:2]
        self.info = SourceInfo(
            path=self._name,
            width=width,
            height=height,
            fps=self._container.fps,
            frames=None if self.live else self._container.frames,
            duration_s=self._container.total_s,
        )

    def __iter__(self) -> Iterator[Frame]:
        """Gives the frames until the server ends the stream."""
        if self._used:
            raise UsageError("A stream can be gone through once: open it again.")
        self._used = True
        clock = SourceClock(1 / (self._container.fps or 30))
        index = 0
        picture, self._first = self._first, None
        while picture is not None:
            stamp_s, image, arrived_s = picture
            time_s = clock.time_s(arrived_s if self.live else stamp_s)
            yield Frame(
                index=index, time_s=time_s, image=image, size_px=(image.shape[1], image.shape[0])
            )
            index += 1
            picture = self._read()

    def close(self) -> None:
        """Hang up."""
        self._used = True
        self._pictures.close()
        self._container.close()

    def _open(self, url: str, *, udp: bool = False) -> Container:
        import av

        from formcheck.sources.container import Container
        from formcheck.sources.film_track import NoVideoError

        try:
            return Container(url, live=True, udp=udp, timeout_s=self._waits_s)
        except NoVideoError as error:
            raise SourceError(f"'{self._name}' {_instead(str(error))}") from None
        except (av.FFmpegError, OSError) as error:
            if not udp and url.lower().startswith("rtsp://") and _may_want_udp(error):
                return self._open(url, udp=True)
            if isinstance(error, av.error.InvalidDataError) and is_web_page(url, self._waits_s[0]):
                raise SourceError(
                    f"'{self._name}' is a web page: use the address of the camera's video itself,"
                    " which such a page often shows as a picture (copy the picture's address)."
                ) from None
            raise SourceError(f"'{self._name}' {self._reason(error)}") from None

    def _reason(self, error: BaseException) -> str:
        import av

        if isinstance(error, av.error.ExitError | TimeoutError):
            wait_s = self._waits_s[0]
            return f"did not answer within {wait_s:g} s: check that the camera is on and reachable."
        if isinstance(error, ConnectionRefusedError):
            return "refused the connection: check the port, and that the camera's server runs."
        if isinstance(error, av.error.HTTPNotFoundError):
            return "does not exist on that server (404): check the path of the address."
        if isinstance(error, av.error.HTTPUnauthorizedError | av.error.HTTPForbiddenError):
            return "wants a user name and password: write scheme://user:password@host/path."
        if isinstance(error, av.error.ProtocolNotFoundError):
            return "has a scheme FFmpeg does not know: use rtsp://, http:// or https://."
        what = getattr(error, "strerror", None) or str(error)
        return f"can't be opened ({what}): check the address in a video player."

    def _read(self) -> tuple[float | None, Any, float] | None:
        import av

        try:
            stamp_s, image = next(self._pictures)
        except StopIteration:
            return None
        except (av.error.ExitError, TimeoutError):
            raise SourceError(
                f"'{self._name}' sent nothing for {self._waits_s[1]:g} s: check the camera and the "
                "network."
            ) from None
        except (av.FFmpegError, OSError) as error:
            what = getattr(error, "strerror", None) or str(error)
            self.problems.append(f"'{self._name}' ended the connection ({what}).")
            return None
        return stamp_s, image, time.monotonic()


def _may_want_udp(error: BaseException) -> bool:
    """Returns whether a camera that failed over TCP answered, and may do better over UDP."""
    import av

    silent = (av.error.ExitError, TimeoutError, ConnectionRefusedError)
    closed = (
        av.error.HTTPUnauthorizedError,
        av.error.HTTPForbiddenError,
        av.error.HTTPNotFoundError,
    )
    return not isinstance(error, (*silent, *closed))


def _instead(held: str) -> str:
    """Returns what an address sends instead of a video, and what to do."""
    if held == "a photo":
        return (
            "is a single picture, not a video: use the address of the camera's video stream, which"
            " often ends in /video, /mjpeg or /stream."
        )
    return f"sends no video ({held}): check the address."
