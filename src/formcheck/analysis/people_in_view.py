"""The people in view where a recording begins, and which of them is judged.

Two pictures decide whether there is more than one person: nearly always there is one, and no more
pictures are looked at. Else a dozen pictures tell the people who stay from those who pass by.

To load the finder takes as long as ten looks, so a process that reads many recordings may keep it.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from formcheck.analysis.read_request import ReadRequest
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.errors import UsageError
from formcheck.estimators.mediapipe_pose import PeopleFinder
from formcheck.estimators.people import Crowd, Spot, distinct, nearest_to_centre, settled_people
from formcheck.sources.video import Excerpt

GLANCES_S = (0.3, 1.2)
LOOKS_S = tuple(number / 4 for number in range(12))
"""Seconds after the beginning, for the first look and for the closer one."""


def crowd_of(request: ReadRequest) -> Crowd | None:
    """Returns the people in view where a recording begins; None if there is only one.

    The same recording gives the same answer in every process; each remembers its last answers.

    Parameters
    ----------
    request : ReadRequest
        The recording, the beginning of the stretch, and the number asked for.

    Raises
    ------
    UsageError
        There are fewer people than the number asked for.
    SourceError, ModelError
        The recording can't be read, or the model can't be had.
    """
    try:
        stat = request.path.stat()
    except OSError:
        # Opening the file says what is wrong.
        return _crowd_of(request, None)
    with _looking:
        # Whoever else asks meanwhile gets the same answer, without looking again.
        return _crowd_of(request, (stat.st_mtime_ns, stat.st_size))


_looking = threading.Lock()
_keeps = False
_kept: tuple[Path | None, PeopleFinder] | None = None


def keep_finder() -> None:
    """Keeps the finder open from one recording to the next, until this process ends."""
    global _keeps  # noqa: PLW0603 - set once, in a process that does nothing else
    _keeps = True


@contextmanager
def _finder(model: Path | None) -> Iterator[PeopleFinder]:
    """Gives the finder, a kept one where there is one; it remembers nothing of other pictures."""
    global _kept  # noqa: PLW0603 - under the lock
    if not _keeps:
        with PeopleFinder(model) as finder:
            yield finder
        return
    if _kept is None or _kept[0] != model:
        if _kept is not None:
            _kept[1].close()
        _kept = None
        _kept = (model, PeopleFinder(model))
    yield _kept[1]


@lru_cache(maxsize=8)
def _crowd_of(request: ReadRequest, _state: tuple[int, int] | None) -> Crowd | None:
    # Read before the model is loaded: a file that is no video fails at once.
    glances = tuple(_pictures(request, GLANCES_S))
    with _finder(request.model) as finder:
        if request.person is None and all(
            len(distinct(_everybody(finder, one))) < 2 for one in glances
        ):
            return None
        looks, size_px = [], (1, 1)
        for frame in _pictures(request, LOOKS_S):
            looks.append(_everybody(finder, frame))
            size_px = frame.size_px
    people = settled_people(looks)
    if request.person is not None and request.person > len(people):
        raise UsageError(_not_there(request, people, size_px[0]))
    if len(people) < 2:
        return None
    if request.person is not None:
        return Crowd(people=people, number=request.person, given=True)
    return Crowd(people=people, number=nearest_to_centre(people, size_px) + 1)


def _everybody(finder: PeopleFinder, frame: Frame) -> list[Pose]:
    """Returns the poses in a picture; beside somebody found alone it is looked at once more.

    Of two climbers side by side the model finds only one in every other picture, and the other one
    in what is left of it.
    """
    found = list(finder.find(frame))
    alone = distinct(found)
    if len(alone) != 1 or frame.image is None:
        return found
    (one,) = alone
    width_px, height_px = frame.size_px
    # Who is cut off has landmarks beyond the edges of the picture.
    low_px, high_px = np.clip([one.low_px[0], one.high_px[0] + 1], 0, width_px).astype(int)
    for first, last in ((0, low_px), (high_px, width_px)):
        if last - first > one.trunk_px:
            image = np.ascontiguousarray(frame.image[:, first:last])
            beside = replace(frame, image=image, size_px=(last - first, height_px))
            for pose in finder.find(beside):
                moved = pose.image_px + np.array([first, 0.0])
                found.append(replace(pose, image_px=moved, frame_size_px=frame.size_px))
    return found


def _pictures(request: ReadRequest, moments_s: Sequence[float]) -> Iterator[Frame]:
    """Gives the first frame at or after each moment, counted from where the request begins."""
    waiting = list(moments_s)
    begin_s = math.nan
    with Excerpt(
        request.opened(),
        from_s=request.begin_s,
        to_s=request.end_s,
        searches=request.begin_s > 0 and request.index() is not None,
    ) as source:
        for frame in source:
            begin_s = frame.time_s if math.isnan(begin_s) else begin_s
            since_s = frame.time_s - begin_s
            if since_s < waiting[0]:
                continue
            yield frame
            waiting = [moment_s for moment_s in waiting if moment_s > since_s]
            if not waiting:
                return


def _not_there(request: ReadRequest, people: Sequence[Spot], width_px: int) -> str:
    begins = f"from {request.from_s:g} s on" if request.from_s else "where it begins"
    start = f"'{request.path}' has no person {request.person}: {begins}"
    if len(people) < 2:
        who = "only one person stays" if people else "nobody stays"
        advice = "leave --person out, or " if people else ""
        return f"{start} {who} in one place; {advice}begin with --from where more are in view."
    *first, last = [f"{100 * one.hips_px[0] / width_px:.0f} %" for one in people]
    *numbers, highest = [str(number) for number in range(1, len(people) + 1)]
    return (
        f"{start} {len(people)} people are in view, {', '.join(first)} and {last} of the picture's"
        f" width from the left; choose --person {', '.join(numbers)} or {highest}."
    )
