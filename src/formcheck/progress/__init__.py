"""The page that shows what weeks of training came to."""

from __future__ import annotations

from formcheck.progress.page import write_progress

__all__ = ["write_progress"]
