"""The command line and the poses of the command line's own tests."""

from __future__ import annotations

from tests.cli.conftest import formcheck, poses, recording, saved

__all__ = ["formcheck", "poses", "recording", "saved"]
