"""Several recordings in one go: each by itself, one bad file never stopping the rest."""

from __future__ import annotations

from formcheck.batch.job import Done, Job, run_job
from formcheck.batch.running import analyze_all

__all__ = ["Done", "Job", "analyze_all", "run_job"]
