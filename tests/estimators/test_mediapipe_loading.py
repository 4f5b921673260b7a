"""MediaPipe is loaded without matplotlib, and nobody who uses matplotlib notices."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOAD = "from formcheck.estimators.mediapipe_loading import vision_tasks; tasks = vision_tasks()\n"


def run(code: str) -> str:
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return ended.stdout.strip()


def test_matplotlib_stays_out() -> None:
    assert run(
        f"import sys\n{LOAD}"
        "print(tasks.PoseLandmarker.__name__, [m for m in sys.modules if 'matplotlib' in m])"
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
