"""run: a camera, or a file played like one, judged, coached and shown as it comes."""

from __future__ import annotations

from formcheck.live.picture import Recorder, Screen
from formcheck.live.plan import plan_for
from formcheck.live.run import LiveResult, run_live
from formcheck.live.stats import LiveStats

__all__ = ["LiveResult", "LiveStats", "Recorder", "Screen", "plan_for", "run_live"]
