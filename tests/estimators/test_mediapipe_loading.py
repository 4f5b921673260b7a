"""MediaPipe is loaded without matplotlib and sounddevice, and nobody who uses them notices."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.errors import SoundError
from formcheck.estimators.mediapipe_loading import _WhenUsed
from formcheck.sound.speaker import load_sounddevice

LOAD = "from formcheck.estimators.mediapipe_loading import vision_tasks; tasks = vision_tasks()\n"


def run(code: str, first: Path | None = None) -> str:
    """Return what some code prints, with a folder in which modules are looked for first."""
    paths = [*([] if first is None else [str(first)]), os.environ.get("PYTHONPATH", "")]
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )
    return ended.stdout.strip()


@pytest.mark.parametrize("name", ["matplotlib", "sounddevice"])
def test_it_stays_out(name: str) -> None:
    assert run(
        f"import sys\n{LOAD}"
        f"print(tasks.PoseLandmarker.__name__, [m for m in sys.modules if '{name}' in m])"
    ) == ("PoseLandmarker []")


@pytest.mark.parametrize("before", ["", "import matplotlib\n", "import matplotlib.pyplot\n"])
def test_whoever_wants_matplotlib_gets_it(before: str) -> None:
    pytest.importorskip("matplotlib")
    assert (
        run(
            f"{before}{LOAD}import matplotlib\nimport matplotlib.pyplot as plt\n"
            "from mediapipe.tasks.python.vision import drawing_utils as drawing\n"
            "print(plt.__spec__ is not None, drawing.plt.figure is plt.figure,"
            " matplotlib.pyplot is plt)"
        )
        == "True True True"
    )


@pytest.mark.parametrize("before", ["", "import sounddevice\n", "import matplotlib\n"])
def test_whoever_wants_sounddevice_gets_it(before: str, tmp_path: Path) -> None:
    if "matplotlib" in before:
        pytest.importorskip("matplotlib")
    # One of its own: the real one needs PortAudio.
    (tmp_path / "sounddevice.py").write_text("OutputStream = 'the real one'\n")
    assert (
        run(
            f"{before}{LOAD}import sounddevice\n"
            "from mediapipe.tasks.python.audio.core.audio_record import sd\n"
            "print(sounddevice.OutputStream, sd.OutputStream, sounddevice.__spec__ is not None,"
            " sep=', ')",
            tmp_path,
        )
        == "the real one, the real one, True"
    )


def test_sound_asked_for_meanwhile_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "sounddevice", _WhenUsed("sounddevice"))
    with pytest.raises(SoundError, match="PortAudio library not found"):
        load_sounddevice()
