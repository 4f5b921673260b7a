"""run: a camera, or a file played like one, judged and shown as it comes."""

from __future__ import annotations

from formcheck.live.run import LiveResult, Screen, run_live
from formcheck.live.stats import LiveStats

__all__ = ["LiveResult", "LiveStats", "Screen", "run_live"]
