"""What `formcheck run` judges: the source, and who finds the person in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formcheck.estimators.estimator import Estimator
    from formcheck.exercise import Exercise
    from formcheck.keeping import RunHeader, RunSettings
    from formcheck.sources.source import Source


@dataclass(frozen=True, kw_only=True)
class RunInputs:
    """Where frames and poses come from."""

    source: str
    model: Path | None
    rotate_deg: int | None
    size_px: tuple[int, int]
    fps: float

    @property
    def is_camera(self) -> bool:
        """Whether the source is a camera of this machine."""
        return re.fullmatch(r"(/dev/video)?[0-9]+", self.source.strip()) is not None

    @property
    def poses(self) -> Path | None:
        """The file of saved poses that is played; None where there are pictures."""
        from formcheck.sources.opening import pose_file

        return pose_file(self.source)

    @property
    def files(self) -> list[Path | None]:
        """The files that are read; None for what is no file."""
        from formcheck.sources.opening import file_path

        return [None if self.is_camera else file_path(self.source), self.model]

    def opened(self) -> Source:
        """Open the source to be read live."""
        from formcheck.sources.opening import open_source

        return open_source(
            self.source,
            rotate_deg=self.rotate_deg,
            live=True,
            width=self.size_px[0],
            height=self.size_px[1],
            fps=self.fps,
        )

    def estimator(self, exercise: Exercise) -> Estimator:
        """Return who finds the person: saved poses are their own."""
        if self.poses is not None:
            from formcheck.estimators.recorded import RecordedEstimator
            from formcheck.recording import PoseRecording

            return RecordedEstimator(PoseRecording.load(self.poses))
        from formcheck.estimators.choosing import estimator_for

        return estimator_for(exercise, self.model, live=True)

    def header(self, exercise: Exercise, settings: RunSettings, name: str) -> RunHeader:
        """Return what the keepers of the run begin with; `name` is the source's."""
        from formcheck.estimators.model import model_label
        from formcheck.history.clock import now
        from formcheck.keeping import RunHeader

        return RunHeader(
            exercise=exercise.slug,
            started_at=now(),
            source=name,
            settings=settings,
            model="" if self.poses is not None else model_label(self.model),
        )
