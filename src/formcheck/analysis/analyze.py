"""From a recorded video, a file of saved poses, or any other source to a finished session.

The frames go through the same checker as live ones and give the same repetitions. Only the neutral
is found differently: before a recording is judged, it is searched for the neutral of each view and
place that it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from formcheck.analysis.form_checker import known_exercise
from formcheck.analysis.frame_columns import FrameColumns
from formcheck.analysis.gaps import Bridged, about_gaps
from formcheck.analysis.pace import about_speed, at_speed
from formcheck.analysis.read_request import OnProgress, ReadRequest
from formcheck.analysis.reading import read_video
from formcheck.analysis.recognition import AUTO, recognised
from formcheck.analysis.remarks import NOBODY, about_neutrals, about_people, about_stillness
from formcheck.analysis.watching import Watching
from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.recorded_neutrals import find_neutrals
from formcheck.core.checker.session import FrameReport, Session
from formcheck.core.exercise.arguments import (
    checked_flag,
    checked_hold_s,
    checked_number,
    checked_side,
)
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side
from formcheck.errors import NoPersonFound, UsageError
from formcheck.estimators.estimator import Estimator
from formcheck.files.disk_poses import DiskPoses
from formcheck.files.pose_file import NOT_CHOSEN, NOT_TURNED, PoseRecording, is_pose_file
from formcheck.sources.addresses import local_path
from formcheck.sources.frame_buffer import FrameBuffer
from formcheck.sources.given_frames import Capture, given_source, refuse_for_pictures
from formcheck.sources.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What a recording shows.

    Attributes
    ----------
    session : Session
        Repetitions and verdicts.
    reports : tuple of FrameReport
        The report of each frame; none where `judge` handed them on one by one.
    recording : PoseRecording
        The poses, to save or to judge again.
    """

    session: Session
    reports: tuple[FrameReport, ...]
    recording: PoseRecording


def analyze(
    path: str | Path | Iterable[Any] | Capture,
    exercise: str | Exercise,
    *,
    side: Side | str | None = None,
    strict: bool = False,
    hold_s: float | None = None,
    model: Path | None = None,
    rotate_deg: int | None = None,
    from_s: float | None = None,
    to_s: float | None = None,
    person: int | None = None,
    every_frame: bool = False,
    mirrored: bool = False,
    speed: float | None = None,
    fps: float | None = None,
) -> Session:
    """Counts and judges the repetitions in a recorded video.

    Parameters
    ----------
    path : path, iterable of frames, or cv2.VideoCapture
        A video, or a `.npz` of poses saved earlier; or pictures that a program has: `Frame`
        objects, pairs of seconds and picture, pictures alone with `fps`, or an open capture, read
        to its end. A picture is (height, width, 3) uint8, blue, green, red, upright.
    exercise : str or Exercise
        Its slug, as in `formcheck exercises`; `"auto"` recognises it from the movement.
    side : Side or str, optional
        The leg to count; None for both legs.
    strict : bool
        Whether a cue (short hold, fast lowering) voids a repetition like a fault.
    hold_s : float | None
        Judge the top position as a hold of so many seconds.
    model : Path | None
        A pose landmarker `.task` other than the bundled model.
    rotate_deg : int | None
        Clockwise turn that sets the picture upright, instead of the file's own rotation.
    from_s, to_s : float | None
        Beginning and end of the stretch to judge, in seconds as a player shows them, the end
        excluded; None for the recording's own.
    person : int | None
        The person to judge where several are in view at the beginning, counted from the left from
        1; None for the person nearest to the picture's centre there.
    every_frame : bool
        Whether the pose model looks at every frame, instead of 6 to 30 a second as the movement
        asks for.
    mirrored : bool
        Whether the recording shows its person as in a mirror, as selfies may: left and right are
        exchanged back.
    speed : float | None
        How many times as fast as the file plays the movement was: 8 for 240 pictures a second
        shown as 30. None takes the rate that the camera noted. All times in the session are the
        movement's own.
    fps : float, optional
        Pictures a second, where given pictures carry no time.

    Returns
    -------
    Session
        With `counts`, `reps` and `frames()`.

    Raises
    ------
    UnknownExercise, NotRecognised, SourceError, PoseFileError, ModelError, NoPersonFound
        Each with one sentence that says what to do.
    UsageError
        An argument is of a wrong kind or range, or does not go with given pictures.
    """
    known = _known(exercise, hold_s)
    if not isinstance(path, (str, Path)):
        refuse_for_pictures(
            rotate_deg=rotate_deg, from_s=from_s, to_s=to_s, person=person, speed=speed,
            mirrored=mirrored or None, every_frame=every_frame or None,
        )  # fmt: skip
        # Here, not at the top: judging saved poses needs no estimator.
        from formcheck.estimators.estimator_for import estimator_for

        with estimator_for(known, model) as estimator:
            recording = _estimated(given_source(path, checked_number("fps", fps, 1.0)), estimator)
        return _judged(recording, known, hold_s, side, strict, ())
    request = ReadRequest(
        path=local_path(str(path)),
        model=model,
        rotate_deg=rotate_deg,
        from_s=checked_number("from_s", from_s, 0.0),
        to_s=checked_number("to_s", to_s, 0.0),
        person=person,
        every_frame=every_frame,
        mirrored=mirrored,
        speed=speed,
    )
    recording, problems = read_poses(request, known)
    return _judged(recording, known, hold_s, side, strict, problems)


def check(
    source: Source,
    estimator: Estimator,
    exercise: str | Exercise,
    *,
    side: Side | str | None = None,
    strict: bool = False,
    hold_s: float | None = None,
) -> Session:
    """Counts and judges the repetitions in a source of your own, by an estimator of your own.

    All frames are read before any is judged, so that the neutral is found wherever the person is
    calm, as in `analyze`. A camera never ends: give its poses to a `FormChecker` one by one.

    Parameters
    ----------
    source : Source
        Gives the frames; is read to its end, and stays open.
    estimator : Estimator
        Finds the person in each; stays open. Silhouettes it gives are read and let go of.
    exercise : str or Exercise
        Its slug, one of your own, or `"auto"`.
    side, strict, hold_s
        As for `analyze`.

    Returns
    -------
    Session
        With `counts` and `reps`.

    Raises
    ------
    UnknownExercise, NoPersonFound
        Each with one sentence that says what to do; also what source and estimator raise.

    Examples
    --------
    The fakes stand in for a camera and a model, here with a person who is never seen:

    >>> from formcheck import Pose, PoseRecording, RecordedEstimator, ReplaySource, SourceInfo
    >>> info = SourceInfo(path="nobody", width=640, height=480)
    >>> poses = [Pose.unseen(number / 30, (640, 480)) for number in range(90)]
    >>> recording = PoseRecording(source=info, poses=poses)
    >>> check(ReplaySource(recording), RecordedEstimator(recording), "supine-marching")
    Traceback (most recent call last):
    formcheck.errors.NoPersonFound: Nobody was found in 'nobody': the whole body must be in the \
picture, lit and not small; if the picture lies on its side, use --rotate.
    """
    known = _known(exercise, hold_s)
    recording = _estimated(source, estimator)
    return _judged(recording, known, hold_s, side, strict, tuple(source.problems))


def _known(exercise: str | Exercise, hold_s: float | None) -> Exercise | None:
    """Returns an exercise, as a timed hold if asked for; None for one to be recognised."""
    if isinstance(exercise, str) and exercise.strip().lower() == AUTO:
        checked_hold_s(hold_s)
        return None
    return known_exercise(exercise, hold_s)


def _judged(
    recording: PoseRecording,
    exercise: Exercise | None,
    hold_s: float | None,
    side: Side | str | None,
    strict: bool,
    problems: tuple[str, ...],
) -> Session:
    """Returns the session of a recording, with the measures of its frames."""
    said: tuple[str, ...] = ()
    if exercise is None:
        slug, remark = recognised(recording.poses, recording.source.path)
        exercise, said = known_exercise(slug, hold_s), (remark,)
    columns = FrameColumns()
    found = judge(
        recording,
        exercise,
        side=checked_side(side),
        strict=checked_flag("strict", strict),
        problems=(*problems, *said),
        watch=columns.add,
    )
    return replace(found.session, columns=columns.arrays())


def read_poses(
    request: ReadRequest,
    exercise: Exercise | None,
    *,
    threads: int = 1,
    frames: FrameBuffer | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[PoseRecording, tuple[str, ...]]:
    """Returns the poses of a video, or of a file of saved poses, and what went wrong on the way.

    Parameters
    ----------
    request : ReadRequest
        The recording, and how to read it.
    exercise : Exercise | None
        Decides what is estimated besides the landmarks; None for everything.
    threads : int
        Number of segments of a video to work on at the same time.
    frames : FrameBuffer | None
        Takes the frames of a video, where all of them fit.
    on_progress : callable, optional
        Gets the seconds of recording done and, where known, the seconds in all.

    Raises
    ------
    UsageError
        Saved poses were to be turned or mirrored, or one of several people chosen from them.
    SourceError, PoseFileError, ModelError
        The recording can't be read, or the model can't be had.
    """
    if is_pose_file(request.path):
        if request.rotate_deg is not None or request.mirrored:
            raise UsageError(NOT_TURNED)
        if request.person is not None:
            raise UsageError(NOT_CHOSEN)
        stretch = PoseRecording.load(request.path).between(request.from_s, request.to_s)
        return at_speed(stretch, request.speed), ()
    return read_video(request, exercise, threads=threads, frames=frames, on_progress=on_progress)


def _estimated(source: Source, estimator: Estimator) -> PoseRecording:
    """Returns the poses an estimator finds in a source, from its first frame to its last."""
    poses = DiskPoses()
    for frame in source:
        pose = estimator.estimate(frame)
        if pose.silhouette is not None:
            # Here, not at the top: judging saved poses needs no estimator.
            from formcheck.estimators.estimator_for import read_outline

            pose = read_outline(pose)
        poses.append(pose)
    return PoseRecording(source=replace(source.info, frames=len(poses)), poses=poses)


def judge(
    recording: PoseRecording,
    exercise: Exercise,
    *,
    side: Side | None = None,
    strict: bool = False,
    problems: tuple[str, ...] = (),
    watch: Callable[[FrameReport], None] | None = None,
) -> Analysis:
    """Counts and judges the repetitions in a recording of poses.

    Parameters
    ----------
    recording : PoseRecording
        The poses.
    exercise : Exercise
        What is counted.
    side, strict
        As for `analyze`.
    problems : tuple of str
        What went wrong while the poses were read.
    watch : callable, optional
        Gets the report of each frame; `reports` stays empty then, as an hour of them fills memory.

    Raises
    ------
    NoPersonFound
        Nobody was seen in any frame.
    """
    if not any(pose.is_seen for pose in recording.poses):
        raise NoPersonFound(NOBODY.format(recording.source.path))
    bridged = Bridged(recording.poses)
    problems = (*about_people(recording), *about_gaps(bridged.gaps), *problems)
    neutrals = find_neutrals(bridged.poses, exercise)
    problems = (*problems, *about_neutrals(neutrals, recording, exercise))
    checker = FormChecker(
        exercise,
        side=side,
        strict=strict,
        calibration=neutrals[0] if neutrals else None,
        others=neutrals[1:],
    )
    watching, reports = Watching(), list[FrameReport]()
    watching.judge(checker, bridged, reports.append if watch is None else watch)
    session = checker.finish(recording.source, problems)
    said = (
        *about_stillness(neutrals, session, exercise),
        *watching.about_nothing(session, exercise),
        *about_speed(session, exercise),
    )
    session = replace(session, problems=(*session.problems, *said))
    return Analysis(session=session, reports=tuple(reports), recording=recording)
