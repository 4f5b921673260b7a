"""What `formcheck run` prints and writes at its end, and keeps for that on the way."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.cli.common import print_json, warn

if TYPE_CHECKING:
    from formcheck.exercise import Exercise
    from formcheck.live import LiveResult, LiveStats
    from formcheck.live.recorder import FileRecorder
    from formcheck.pose import Pose
    from formcheck.reports.journal import Journal
    from formcheck.session import FrameReport


@dataclass(kw_only=True)
class RunOutputs:
    """What is to be printed and written, and what is kept for it on the way."""

    json_path: str | None
    csv_path: Path | None
    poses_path: Path | None
    stats: bool
    video: Path | None
    raw_video: Path | None
    kept: list[tuple[Pose, FrameReport]] = field(default_factory=list)
    journal: Journal | None = None

    @property
    def keeps_frames(self) -> bool:
        """Whether every frame is needed at the end."""
        return self.csv_path is not None or self.poses_path is not None

    @property
    def places(self) -> dict[str, Path | str | None]:
        """Where each option writes; None for those not given."""
        return {
            "--json": self.json_path,
            "--csv": self.csv_path,
            "--save-poses": self.poses_path,
            "--record": self.video,
            "--record-raw": self.raw_video,
        }

    def keep(self, pose: Pose, report: FrameReport) -> None:
        """Keep a frame's pose and report."""
        self.kept.append((replace(pose, silhouette=None), report))

    def recorders(self, stack: ExitStack, *, pictures: bool) -> list[FileRecorder]:
        """Return who records the videos asked for, closed with the stack.

        Parameters
        ----------
        stack : ExitStack
            Closes them.
        pictures : bool
            Whether the source has any.
        """
        from formcheck.errors import UsageError
        from formcheck.live.recorder import FileRecorder

        if self.raw_video is not None and not pictures:
            raise UsageError("--record-raw has nothing to record: saved poses have no pictures.")
        wanted = [
            (path, raw) for path, raw in ((self.video, False), (self.raw_video, True)) if path
        ]
        for path, _ in wanted:
            if path.suffix.lower() != ".mp4":
                better = path.with_suffix(".mp4")
                raise UsageError(f"Videos are recorded as .mp4: call it '{better}'.")
        return [stack.enter_context(FileRecorder(path, raw=raw, warn=warn)) for path, raw in wanted]

    def keepers(self) -> list[Journal]:
        """Return who keeps the run rep by rep: a journal beside the JSON that is asked for."""
        if self.json_path in (None, "-"):
            return []
        from formcheck.reports.journal import Journal, fresh_path, journal_path

        assert self.json_path is not None
        path = journal_path(Path(self.json_path))
        free = fresh_path(path)
        if free != path:
            warn(
                f"A run was cut short here before: `formcheck recover '{path}'` gives its session."
            )
        self.journal = Journal(free)
        return [self.journal]

    def tell(self, result: LiveResult, exercise: Exercise) -> None:
        """Print the summary, or the JSON and nothing else; how the run kept up goes to stderr."""
        session = result.session
        if result.stats.processed:
            warn(_kept_up(result.stats))
        if self.stats:
            for name, spread in result.stats.rows():
                warn(f"{name:18} {spread.p50_ms:6.1f} ms, 95 % within {spread.p95_ms:6.1f} ms")
        if self.json_path == "-":
            from formcheck.reports.json_report import to_json

            for problem in session.problems:
                warn(problem)
            print_json(to_json(session))
            return
        if result.error is not None:
            warn(str(result.error))
        if not result.person_seen:
            warn("Nobody was seen.")
        from rich.console import Console

        from formcheck.reports.text import summary

        Console().print(summary(session, exercise))

    def save(self, result: LiveResult) -> None:
        """Write the files asked for; after the summary, so that a full disk does not hide it."""
        from formcheck.recording import PoseRecording
        from formcheck.reports.csv_report import write_csv
        from formcheck.reports.json_report import write_json

        if self.json_path not in (None, "-"):
            assert self.json_path is not None
            write_json(result.session, Path(self.json_path))
        if self.journal is not None:
            self.journal.remove()
        if self.csv_path is not None:
            write_csv([report for _, report in self.kept], self.csv_path)
        if self.poses_path is not None:
            poses = tuple(pose for pose, _ in self.kept)
            PoseRecording(source=result.session.source, poses=poses).save(self.poses_path)


def _kept_up(stats: LiveStats) -> str:
    """Return how the run kept up with its source, in a line."""
    latency = stats.display if stats.shown else stats.verdict
    return (
        f"{stats.processed} of {stats.seen} frames judged, {stats.fps:.0f} a second;"
        f" {latency.p50_ms:.0f} ms behind the camera (95 % within {latency.p95_ms:.0f} ms)."
    )
