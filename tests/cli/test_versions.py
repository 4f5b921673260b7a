"""The lines that a report of a defect needs."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from formcheck.cli import doctor_command
from formcheck.errors import ModelError
from formcheck.estimators import model
from formcheck.estimators.model import MODEL_SHA256
from formcheck.version import __version__


def test_every_line_says_what_is_installed() -> None:
    own, mediapipe, opencv, shipped = doctor_command.describe_versions()
    assert own == f"formcheck {__version__}"
    assert mediapipe == f"mediapipe {metadata.version('mediapipe')}"
    assert f"opencv-python {metadata.version('opencv-python')}" in opencv
    assert shipped.endswith(f": sha256 {MODEL_SHA256}")


def test_an_altered_model_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    altered = tmp_path / "altered.task"
    altered.write_bytes(b"something else")
    monkeypatch.setattr(model, "bundled_model", lambda: altered)
    assert doctor_command.describe_versions()[-1].endswith("not the one formcheck ships")


def test_a_missing_model_and_package_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise ModelError("gone")

    monkeypatch.setattr(model, "bundled_model", missing)
    monkeypatch.setattr(doctor_command, "OPENCV", ())
    assert doctor_command.installed("no-such-package-at-all") is None
    lines = doctor_command.describe_versions()
    assert lines[2] == "OpenCV: not installed"
    assert "can't be read" in lines[3]


def test_nothing_heavy_is_imported_for_it() -> None:
    code = (
        "import sys\nfrom formcheck.cli.doctor_command import describe_versions\n"
        "describe_versions()\n"
        "print([m for m in ('numpy', 'cv2', 'mediapipe') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
