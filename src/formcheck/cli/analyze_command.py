"""`formcheck analyze`: recorded videos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from formcheck.cli.analyze_options import (
    AgainOption,
    ClusterOption,
    EveryFrameOption,
    ExerciseOption,
    FromOption,
    JobsOption,
    MotOption,
    OutOption,
    PersonOption,
    RecordedOption,
    ReportOption,
    SaveOption,
    SpeedOption,
    ToOption,
    TrcOption,
    VideoOption,
    VideosArgument,
)
from formcheck.cli.common import (
    CsvOption,
    HoldOption,
    JsonOption,
    LoadOption,
    MirroredOption,
    ModelOption,
    RotateOption,
    SavePosesOption,
    SideChoice,
    SideOption,
    StrictOption,
    pose_file,
    print_json,
    refuse_overwriting,
    rotation_deg,
    warn,
)
from formcheck.cli.person import (
    ClientOption,
    DataOption,
    LimitOption,
    OffOption,
    RangeOption,
    adjustments,
    training_folder,
)
from formcheck.cli.stdout import STDOUT, check_one_printed, printed_afterwards
from formcheck.errors import FormcheckError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from formcheck.analysis.job import Done, Failed, Job

NEAREST = (
    "Several people were in view, and the person nearest to the picture's centre was judged:"
    " --person N chooses another, counted from the left."
)


def analyze_command(
    videos: VideosArgument,
    exercise: ExerciseOption = None,
    side: SideOption = SideChoice.AUTO,
    from_s: FromOption = None,
    to_s: ToOption = None,
    hold: HoldOption = None,
    range_deg: RangeOption = None,
    limit: LimitOption = None,
    off: OffOption = None,
    strict: StrictOption = False,
    report: ReportOption = False,
    video: VideoOption = False,
    trc: TrcOption = False,
    mot: MotOption = False,
    json_path: JsonOption = None,
    csv_path: CsvOption = None,
    out: OutOption = None,
    again: AgainOption = False,
    save_poses: SavePosesOption = None,
    person: PersonOption = None,
    save: SaveOption = False,
    recorded: RecordedOption = None,
    load: LoadOption = "",
    data: DataOption = None,
    client: ClientOption = None,
    rotate: RotateOption = None,
    mirrored: MirroredOption = False,
    speed: SpeedOption = None,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    every_frame: EveryFrameOption = False,
    model: ModelOption = None,
) -> None:
    """Count and judge the repetitions in recorded videos."""
    from formcheck.analysis.inputs import find_recordings, jobs_for
    from formcheck.analysis.job import Done, Job

    recorded_at = _moment(recorded)
    asked = Job(
        path=Path(),
        exercise=exercise or "",
        adjustments=adjustments(range_deg, limit, off),
        side=side.as_side(),
        strict=strict,
        hold_s=hold,
        rotate_deg=rotation_deg(rotate),
        from_s=from_s,
        to_s=to_s,
        person=person,
        every_frame=every_frame,
        mirrored=mirrored,
        speed=speed,
        model=model,
        out=out,
        also=_kinds(report=report, video=video, trc=trc, mot=mot),
        csv_path=csv_path,
        poses_path=pose_file(save_poses),
        again=again,
    )
    recordings, complaints = find_recordings(videos, out=out)
    wanted = jobs_for(recordings, asked)
    _check_paths(wanted, asked, (*videos, model), json_path)
    for complaint in complaints:
        warn(str(complaint))
    with printed_afterwards(csv_path) as table:
        ended = _run([replace(job, csv_path=table) for job in wanted], cluster, jobs)
    _report(ended, json_path, out, only_table=csv_path == Path(STDOUT))
    if any(isinstance(one, Done) and _took_the_nearest(one) for one in ended):
        warn(NEAREST)
    if save:
        _save([one for one in ended if isinstance(one, Done)], recorded_at, load)
    if complaints or not all(isinstance(one, Done) for one in ended):
        raise typer.Exit(_exit_code(ended))


def _took_the_nearest(done: Done) -> bool:
    """Returns whether there were several people and no --person."""
    from formcheck.files.pose_file import is_pose_file

    chosen = done.job.person is not None or is_pose_file(done.job.path)
    return not chosen and done.plain["source"].get("people") is not None


def _run(wanted: Sequence[Job], cluster: str | None, jobs: int | None) -> Sequence[Done | Failed]:
    """Analyses everything, here or on a cluster."""
    if cluster is not None:
        from formcheck.analysis.cluster import run_on_cluster

        return run_on_cluster(wanted, cluster, on_error=_tell)
    from formcheck.analysis.machine import usual_jobs
    from formcheck.analysis.running import run_all

    return run_all(wanted, processes=jobs or usual_jobs(), on_error=_tell)


def _check_paths(
    wanted: Sequence[Job], asked: Job, read: Sequence[Path | None], json_path: str | None
) -> None:
    """Refuses results over what is read, and one path for the results of several videos."""
    check_one_printed(json_path, asked.csv_path)
    refuse_overwriting(
        (*(job.path for job in wanted), *read),
        {"--json": json_path, "--csv": asked.csv_path, "--save-poses": asked.poses_path},
    )
    if len(wanted) == 1:
        return
    if asked.csv_path is not None or asked.poses_path is not None:
        raise UsageError("--csv and --save-poses take one video: use --out DIR for several.")
    if asked.also and asked.out is None:
        raise UsageError("Say with --out DIR where to put what is made of several videos.")


def _exit_code(ended: Sequence[Done | Failed]) -> int:
    """Returns the exit code after a failure: of a single recording that of its error."""
    from formcheck.analysis.job import Failed

    only = ended[0] if len(ended) == 1 else None
    return only.error.exit_code if isinstance(only, Failed) else 1


def _moment(recorded: str | None) -> datetime | None:
    """Returns when the recordings were made, if --recorded says so."""
    from formcheck.history.days import moment, now

    return None if recorded is None else moment(recorded, now())


def _save(done: Sequence[Done], recorded_at: datetime | None, load: str) -> None:
    """Keeps the sessions in the history."""
    from formcheck.analysis.to_history import store_recordings

    store_recordings(done, training_folder(), recorded_at=recorded_at, load=load, warn=warn)


def _kinds(**asked: bool) -> frozenset[str]:
    return frozenset(kind for kind, wanted in asked.items() if wanted)


def _tell(job: Job, error: FormcheckError) -> None:
    warn(str(error))


def _report(
    ended: Sequence[Done | Failed], json_path: str | None, out: Path | None, *, only_table: bool
) -> None:
    """Prints the summaries or writes the JSON: an object for one video, a list for several."""
    from formcheck.analysis.index import write_index
    from formcheck.analysis.job import Done
    from formcheck.files.session_json import plain_text
    from formcheck.files.writing import write_text

    done = [one for one in ended if isinstance(one, Done)]
    several = len(ended) > 1
    if several and out is not None:
        write_index(ended, out)
    text = ""
    if json_path is not None and done:
        text = plain_text([one.plain for one in done] if several else done[0].plain)
    if json_path == "-":
        for one in done:
            for problem in one.plain["problems"]:
                warn(problem)
        if text:
            print_json(text)
        return
    if not only_table:
        _print(ended, details=out is None or not several)
    # After the summary, so that a full disk does not hide it.
    if json_path is not None and text:
        write_text(Path(json_path), text)


def _print(ended: Sequence[Done | Failed], *, details: bool) -> None:
    """Prints each session, unless several are in files, and a table over several."""
    from formcheck.analysis.index import entries
    from formcheck.analysis.job import Done
    from formcheck.reports.console import plain_console
    from formcheck.reports.overview import overview
    from formcheck.reports.terminal import summary

    console = plain_console()
    done = [one for one in ended if isinstance(one, Done)]
    for one in done if details else []:
        if one.session is not None:
            console.print(summary(one.session, one.exercise))
            console.print()
    if len(ended) == 1:
        for one in done:
            for path in (path for output in one.job.extras() for path in output.files()):
                console.print(f"Written: {path}", soft_wrap=True)
    if done and (len(ended) > 1 or done[0].session is None):
        console.print(overview(entries(ended)))
