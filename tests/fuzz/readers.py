"""Every reader of a file, how a whole file of its kind is made, and what must come of any file."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from formcheck.analysis.analyze import judge
from formcheck.analysis.index import entries, write_index
from formcheck.analysis.inputs import Recording, jobs_for
from formcheck.analysis.job import Job, finished_earlier
from formcheck.analysis.ledger import Fingerprint, Ledger
from formcheck.analysis.manifest import read_manifest
from formcheck.core.coaching.run_log import RunHeader
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Pose
from formcheck.errors import FormcheckError
from formcheck.estimators.model import MEMBERS, read_model
from formcheck.exercises import get_exercise
from formcheck.files.exercise_file import exercise_text
from formcheck.files.own_exercises import load_exercise
from formcheck.files.pose_file import PoseRecording
from formcheck.files.run_journal import Journal, recover
from formcheck.files.session_json import plain_text, write_json
from formcheck.history.client_archive import export_client, import_client
from formcheck.history.clients import add_client, client_in, client_names
from formcheck.history.decisions import Decided, decisions, store_decision
from formcheck.history.exchange import import_file, to_csv, to_json
from formcheck.history.folder import CLIENT, DATABASE
from formcheck.history.plan_file import read_plan
from formcheck.history.store import History
from formcheck.reports.overview import overview
from formcheck.sources.video import VideoFile
from formcheck.training.progress import progress
from formcheck.training.progression import Step
from tests.history.made import MORNING, SETTINGS, SLUG, rep, reps, session, stored
from tests.history.trained import ENTRY
from tests.sources.clips import write_clip
from tests.stickman import SIZE, Lift, Stance, clip, pose

PLAN = """level = "own"
days = ["mon", "thu"]
between_s = 60

[[exercise]]
name = "standing-hip-flexion"
sets = 3
reps = 8
hold_s = 2
loads = ["none", "band"]
load = "band"
"""
MANIFEST = "video;exercise;side;from_s\nanna/*.mp4;auto;;\nben.mp4;supine-marching;left;12\n"


DECIDED = Decided(
    made_at=MORNING, made_by="rule", step=Step.UP, before=ENTRY, after=replace(ENTRY, reps=9),
    reasons=("Two days with all of them clean.",),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A reader of files, and how a whole file of its kind is made."""

    name: str
    file: str
    make: Callable[[Path], None]
    read: Callable[[Path], object]


def _recording(path: Path) -> None:
    seen = [pose(Stance(thigh_left=10.0 * index), 0.1 * index) for index in range(4)]
    source = SourceInfo(path="clip.mp4", width=SIZE[0], height=SIZE[1], fps=10.0)
    PoseRecording(source=source, poses=(*seen, Pose.unseen(0.5, SIZE))).save(path)


def _calm(path: Path) -> None:
    """Write somebody who stands still, so that there is a neutral, and lifts a knee."""
    short = Lift(rise_s=0.6, hold_s=0.6, lower_s=1.1, rest_s=0.5)
    poses = tuple(clip([short], fps=10.0, calm_s=2.2))
    source = SourceInfo(path="clip.mp4", width=SIZE[0], height=SIZE[1], fps=10.0)
    PoseRecording(source=source, poses=poses).save(path)


def _journal(path: Path) -> None:
    journal = Journal(path)
    journal.begin(RunHeader(exercise=SLUG, started_at=MORNING, source="0", settings=SETTINGS))
    journal.add_rep(1, rep(1))
    journal.note("load", "band")
    journal.finish(session(reps(2, 1)))


def _export(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(History(Path(folder))) as history:
        history.add_all([stored(), stored()])
        store_decision(history, DECIDED)
        path.write_text(to_json(history, history.numbers(), MORNING), encoding="utf-8")


def _database(path: Path) -> None:
    with closing(History(path.parent)) as history:
        history.add_all([stored(), stored()])
        store_decision(history, DECIDED)
        # All of it in one file, none in a log beside it.
        history.connection.execute("PRAGMA journal_mode = DELETE")


def _bundle(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for member in sorted(MEMBERS):
            archive.writestr(member, b"TFL3" * 20)


def _ledger(path: Path) -> None:
    recording = path.with_name("clip.mp4")
    recording.write_bytes(b"frames")
    Ledger(path).note(Fingerprint.of(recording), {"side": "left"}, [path.with_name("a.csv")])


def _video(path: Path) -> None:
    write_clip(path, range(0, 300, 33))


def _judged(path: Path) -> object:
    """Judge the poses: what is read must also be fit for what is made of it."""
    recording = PoseRecording.load(path)
    return judge(recording, get_exercise(SLUG)).session


def _frames(path: Path) -> object:
    with VideoFile(path) as video:
        return [frame.time_s for frame in video]


def _planned(path: Path) -> object:
    """Read a manifest and what its cells ask for."""
    rows = [Recording(path=r.path, name=r.name, settings=r.settings) for r in read_manifest(path)]
    return jobs_for(rows, Job(path=Path(), exercise="auto"))


def _earlier(path: Path) -> object:
    """Find the results of an earlier run, one of which was changed since, and table them."""
    folder = path.parent
    recording = folder / "clip.mp4"
    recording.write_bytes(b"frames")
    job = Job(path=recording, name="clip", exercise=SLUG, out=folder)
    made = [file for output in job.results() for file in output.files()]
    for file in {*made} - {path}:
        file.write_bytes(b"time_s\n")
    Ledger(folder / "clip.done.json").note(Fingerprint.of(recording), job.settings(), made)
    found = finished_earlier(job)
    if found is None:
        # It is made anew, without a word.
        raise FormcheckError("Not there.")
    write_index([found, found], folder)
    return overview(entries([found]))


def _import(path: Path) -> object:
    with closing(History(path.parent / "data")) as history:
        return import_file(history, path)


def _sessions(path: Path) -> object:
    """Read all there is, and make of it what is made of it."""
    with closing(History(path.parent)) as history:
        sessions = history.sessions()
        to_csv(history, history.numbers())
        progress(sessions, since=None, today=MORNING.date())
        return sessions, decisions(history), to_json(history, history.numbers(), MORNING)


def _ledger_results(path: Path) -> object:
    ledger = Ledger(path)
    ledger.holds(path.with_name("clip.mp4"), {"side": "left"})
    return ledger.results()


def _exercise(path: Path) -> None:
    path.write_text(exercise_text(get_exercise(SLUG), head="Mine."), encoding="utf-8")


def _client(path: Path) -> None:
    limits = f"[exercise.{SLUG}]\nrange_deg = 60\nlimits = {{ lean-back = 15 }}\n"
    path.write_text(f'notes = "a knee"\n\n{limits}', encoding="utf-8")


def _archive(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        client = add_client(Path(folder), "Ana")
        with closing(History(client.folder)) as history:
            history.add(stored())
        export_client(Path(folder), "Ana", path, MORNING)


def _archived(path: Path) -> object:
    name = f"Ana {len(client_names(path.parent))}"
    return import_client(path.parent, name, path)


READERS = (
    Reader(name="poses, judged", file="poses.npz", make=_calm, read=_judged),
    Reader(name="video", file="a.mkv", make=_video, read=_frames),
    Reader(name="results of an earlier run", file="clip.session.json",
           make=lambda path: write_json(session(reps(2, 1)), path), read=_earlier),
    Reader(name="poses", file="poses.npz", make=_recording, read=PoseRecording.load),
    Reader(name="journal, recovered", file="a.journal", make=_journal,
           read=lambda path: plain_text(recover(path))),
    Reader(name="journal, imported", file="a.journal", make=_journal, read=_import),
    Reader(name="session, imported", file="a.session.json",
           make=lambda path: write_json(session(reps(2, 1)), path), read=_import),
    Reader(name="export, imported", file="export.json", make=_export, read=_import),
    Reader(name="plan", file="routine.toml",
           make=lambda path: void(path.write_text(PLAN, encoding="utf-8")), read=read_plan),
    Reader(name="exercise", file="mine.toml", make=_exercise, read=load_exercise),
    Reader(name="client", file=CLIENT, make=_client, read=lambda path: client_in(path.parent)),
    Reader(name="archive of a client", file="a.zip", make=_archive, read=_archived),
    Reader(name="manifest", file="formcheck.csv",
           make=lambda path: void(path.write_text(MANIFEST, encoding="utf-8")), read=_planned),
    Reader(name="model", file="other.task", make=_bundle, read=read_model),
    Reader(name="history", file=DATABASE, make=_database, read=_sessions),
    Reader(name="record of what is done", file="a.done.json", make=_ledger, read=_ledger_results),
)  # fmt: skip


def void(_: object) -> None:
    """Throw a result away."""


@lru_cache
def whole(reader: Reader) -> bytes:
    """Return the bytes of a whole file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / reader.file
        reader.make(path)
        return path.read_bytes()


def reads_or_says_why(reader: Reader, data: bytes, *, refuses: bool = True) -> None:
    """Check that the reader reads the bytes or raises one sentence, and leaves the file alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / reader.file
        path.write_bytes(data)
        try:
            reader.read(path)
        except FormcheckError as error:
            assert refuses, error
            text = str(error)
            assert text and "\n" not in text, text
            assert "\x1b" not in text, "a message must not steer a terminal"
        assert path.read_bytes() == data or reader.file == DATABASE, "a reader changed its file"
