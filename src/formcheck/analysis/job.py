"""One recording to analyse: the request, and the work itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any

from formcheck.analysis.analyze import judge, read_poses
from formcheck.analysis.ledger import Fingerprint, Ledger, sha256
from formcheck.analysis.outputs import FORMATS, Output, Results, outputs_beside, write_outputs
from formcheck.analysis.read_request import OnProgress, ReadRequest
from formcheck.analysis.recognition import AUTO, recognised
from formcheck.core.checker.session import Counts, FrameReport, Session
from formcheck.core.exercise.adjustment import Adjustment, for_person
from formcheck.core.exercise.exercise import Exercise, timed_hold
from formcheck.core.pose.pose import Side
from formcheck.errors import FormcheckError
from formcheck.exercises import get_exercise
from formcheck.files.adjustment_fields import plain_adjustment
from formcheck.files.checked_fields import Fields
from formcheck.files.plain_exercise import plain_rules
from formcheck.files.pose_file import PoseRecording
from formcheck.files.session_json import read_json, to_dict
from formcheck.history.days import now
from formcheck.history.saved_session import identity, saved_session
from formcheck.sources.frame_buffer import FrameBuffer
from formcheck.sources.source import Source

MOST_REPS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A request to analyse one recording.

    Attributes
    ----------
    path : Path
        A video or a file of saved poses.
    exercise : str
        Slug, or `auto`.
    side, strict, hold_s, rotate_deg, from_s, to_s, person, mirrored, speed, every_frame, model
        As for `formcheck.analyze`.
    out : Path | None
        Folder for NAME.session.json and NAME.frames.csv.
    also : frozenset of str
        Further formats by their names in `outputs.FORMATS`; without a folder they go into the
        current one.
    name : str
        NAME, perhaps with subfolders; empty takes the file's name without its suffix.
    csv_path, poses_path : Path | None
        Files for the measures of each frame and for the poses.
    adjustments, own
        What is different for this person, as in `for_person`; exercises from elsewhere that the
        job may need, since the process that does it may not find them.
    again : bool
        Whether to analyse even if an earlier run has done exactly this.
    """

    path: Path
    exercise: str
    side: Side | None = None
    strict: bool = False
    hold_s: float | None = None
    rotate_deg: int | None = None
    from_s: float | None = None
    to_s: float | None = None
    person: int | None = None
    every_frame: bool = False
    mirrored: bool = False
    speed: float | None = None
    model: Path | None = None
    out: Path | None = None
    also: frozenset[str] = frozenset()
    name: str = ""
    csv_path: Path | None = None
    poses_path: Path | None = None
    again: bool = False
    adjustments: Mapping[str, Adjustment] = field(default_factory=dict)
    own: tuple[Exercise, ...] = ()

    @property
    def title(self) -> str:
        """The recording's name in messages and results."""
        return self.name or self.path.stem

    @property
    def session_path(self) -> Path | None:
        """Where the session goes; None without a folder for results."""
        return None if self.out is None else FORMATS["json"].beside(self.out, self.title).path

    def extras(self) -> list[Output]:
        """Returns the outputs of the further formats."""
        return outputs_beside(self.also, self.out or Path(), self.title)

    def results(self) -> list[Output]:
        """Returns the outputs named after the recording."""
        usual = [] if self.out is None else outputs_beside(("csv", "json"), self.out, self.title)
        return [*usual, *self.extras()]

    def outputs(self) -> list[Output]:
        """Returns all outputs to write."""
        own_paths = {"poses": self.poses_path, "csv": self.csv_path}
        named = [FORMATS[name](path) for name, path in own_paths.items() if path is not None]
        return [*named, *self.results()]

    def known_exercise(self) -> Exercise | None:
        """Returns the exercise, as a timed hold if asked for; None if it must be recognised."""
        return None if self.exercise == AUTO else self.named(self.exercise)

    def named(self, slug: str) -> Exercise:
        """Returns an exercise by its slug, as it is for this person and this job."""
        own = next((each for each in self.own if each.slug == slug), None)
        exercise = for_person(own or get_exercise(slug), self.adjustments)
        return exercise if self.hold_s is None else timed_hold(exercise, self.hold_s)

    @property
    def request(self) -> ReadRequest:
        """The stretch to read, and how to read it."""
        return ReadRequest(
            path=self.path,
            model=self.model,
            rotate_deg=self.rotate_deg,
            from_s=self.from_s,
            to_s=self.to_s,
            person=self.person,
            every_frame=self.every_frame,
            mirrored=self.mirrored,
            speed=self.speed,
        )

    def settings(self) -> dict[str, str]:
        """Returns the settings that a result depends on, as text."""
        changing = (
            "exercise", "side", "strict", "hold_s", "rotate_deg", "from_s", "to_s", "person",
            "every_frame",
            "mirrored", "speed",
        )  # fmt: skip
        settings = {name: str(getattr(self, name)) for name in changing}
        built_in = self.model is None or not self.model.is_file()
        settings |= {"model": "" if built_in else sha256(Path(str(self.model)))}
        return settings | self._own_rules()

    def _own_rules(self) -> dict[str, str]:
        """Returns a digest of what differs from formcheck's own rules; nothing where none do."""
        different = {slug: plain_adjustment(each) for slug, each in self.adjustments.items()}
        own = [plain_rules(each) for each in self.own]
        return {"rules": identity([own, different])} if own or different else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A finished job.

    Attributes
    ----------
    job : Job
        The request.
    plain : mapping
        The session as in its JSON.
    session : Session | None
        The session; None where the results of an earlier run still hold.
    """

    job: Job
    plain: dict[str, Any]
    session: Session | None = None

    @property
    def exercise(self) -> Exercise:
        """The exercise that was judged."""
        if self.session is not None and self.session.rules is not None:
            return self.session.rules
        return self.job.named(self.plain["exercise"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A job that failed, and why."""

    job: Job
    error: FormcheckError


def run_job(
    job: Job, on_progress: OnProgress | None = None, *, threads: int = 1, frames_bytes: int = 0
) -> Done:
    """Analyses one recording and writes its outputs; a `FormcheckError` says what failed.

    Results of an earlier run are left as they are, unless the recording, a setting or formcheck's
    version has changed.

    Parameters
    ----------
    job : Job
        The request.
    on_progress : callable, optional
        Gets the seconds of recording done and, where known, the seconds in all.
    threads : int
        Number of segments of a video to work on at the same time.
    frames_bytes : int
        Memory for the frames of a recording with a report or video. A recording whose frames do
        not fit is decoded a second time.
    """
    earlier = finished_earlier(job)
    if earlier is not None:
        return earlier
    found = fingerprint(job)
    reading, drawing = phases(job, on_progress)
    draws = any(output.needs_pictures for output in job.extras())
    frames = FrameBuffer(frames_bytes) if draws and frames_bytes else None
    recording, problems = read_poses(
        job.request, job.known_exercise(), threads=threads, frames=frames, on_progress=reading
    )
    return conclude(job, recording, problems, found, frames=frames, on_progress=drawing)


def phases(job: Job, on_progress: OnProgress | None) -> tuple[OnProgress | None, OnProgress | None]:
    """Returns the progress callbacks for reading a recording and for drawing on it, half each."""
    if on_progress is None or not any(output.needs_pictures for output in job.extras()):
        return on_progress, None

    def reading(time_s: float, total_s: float | None) -> None:
        on_progress(time_s, None if total_s is None else 2 * total_s)

    def drawing(time_s: float, total_s: float | None) -> None:
        total_s = time_s if total_s is None else total_s
        on_progress(total_s + time_s, 2 * total_s)

    return reading, drawing


def fingerprint(job: Job) -> Fingerprint | None:
    """Returns the fingerprint of a recording before it is read; None without a folder."""
    return None if job.out is None or not job.path.is_file() else Fingerprint.of(job.path)


def finished_earlier(job: Job) -> Done | None:
    """Returns what an earlier run made of exactly this job; None where the work must be done."""
    session = job.session_path
    if session is None or job.again or job.csv_path is not None or job.poses_path is not None:
        return None
    ledger = Ledger.beside(session)
    if not ledger.holds(job.path, job.settings()):
        return None
    wanted = {path.resolve() for output in job.results() for path in output.files()}
    if not wanted <= {path.resolve() for path in ledger.results()}:
        return None
    plain = read_json(session)
    return Done(job=job, plain=plain) if plain is not None and _is_whole(plain) else None


def _is_whole(plain: dict[str, Any]) -> bool:
    """Returns whether a session file is complete and plausible: it may have been edited."""
    fields = Fields(plain)
    try:
        saved_session(fields, now())
        counted = fields.table("counts")
        return all(counted.whole(each.name, 0, MOST_REPS) >= 0 for each in dataclass_fields(Counts))
    except FormcheckError:
        return False


def conclude(
    job: Job,
    recording: PoseRecording,
    problems: tuple[str, ...],
    found: Fingerprint | None,
    *,
    frames: FrameBuffer | None = None,
    on_progress: OnProgress | None = None,
) -> Done:
    """Judges the poses of a job's recording and writes its outputs.

    Parameters
    ----------
    job : Job
        The request.
    recording : PoseRecording
        The poses.
    problems : tuple of str
        What went wrong while the poses were read.
    found : Fingerprint | None
        The recording's fingerprint before it was read.
    frames : FrameBuffer | None
        The recording's frames, where all of them fit into memory; else they are decoded again.
    on_progress : callable, optional
        Gets the progress of drawing.
    """
    ledger = None if job.session_path is None else Ledger.beside(job.session_path)
    outputs = job.outputs()

    def judged(add: Callable[[FrameReport], None]) -> Results:
        exercise, said = _recognised(job, recording)
        if ledger is not None:
            # The old results are about to be replaced: nothing vouches for them any more.
            ledger.forget()
        reports: list[FrameReport] = []
        keeps = any(output.needs_reports for output in outputs)

        def watch(report: FrameReport) -> None:
            add(report)
            if keeps:
                reports.append(report)

        analysis = judge(
            recording,
            exercise,
            side=job.side,
            strict=job.strict,
            problems=(*problems, *said),
            watch=watch,
        )
        return Results(
            analysis=replace(analysis, reports=tuple(reports)),
            exercise=exercise,
            pictures=lambda: _pictures(job, recording, frames),
            on_progress=on_progress,
        )

    session = write_outputs(outputs, recording, judged).analysis.session
    if ledger is not None and found is not None:
        written = [path for output in job.results() for path in output.files()]
        ledger.note(found, job.settings(), written)
    return Done(job=job, plain=to_dict(session), session=session)


def _recognised(job: Job, recording: PoseRecording) -> tuple[Exercise, tuple[str, ...]]:
    """Returns the exercise to judge by, and the remark that it was recognised."""
    exercise = job.known_exercise()
    if exercise is not None:
        return exercise, ()
    slug, said = recognised(recording.poses, str(job.path), job.own)
    return job.named(slug), (said,)


def _pictures(job: Job, recording: PoseRecording, frames: FrameBuffer | None) -> Source:
    """Returns the frames of a recording: from memory, or else decoded again."""
    # Here, not at the top: numbers alone need no drawing.
    from formcheck.analysis.annotated_video import reopened

    held = None if frames is None else frames.source(recording.source)
    return held or reopened(job.request, recording)
