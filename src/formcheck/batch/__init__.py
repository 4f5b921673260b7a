"""Several recordings in one go: each by itself, one bad file never stopping the rest."""

from __future__ import annotations

from formcheck.batch.index import entries, write_index
from formcheck.batch.inputs import Recording, find_recordings
from formcheck.batch.job import Done, Failed, Job, run_job
from formcheck.batch.planning import plan_jobs
from formcheck.batch.running import analyze_all, run_all

__all__ = [
    "Done", "Failed", "Job", "Recording", "analyze_all", "entries", "find_recordings", "plan_jobs",
    "run_all", "run_job", "write_index",
]  # fmt: skip
