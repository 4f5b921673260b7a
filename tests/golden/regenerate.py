"""Write the golden files anew; read the difference before committing it.

python tests/golden/regenerate.py          sessions from the poses kept here
python tests/golden/regenerate.py --poses  the poses too, from the sample videos
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from formcheck.analysis import judge, record
from formcheck.exercises import get_exercise
from formcheck.recording import PoseRecording
from formcheck.reports.json_report import to_json
from formcheck.session import Session

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "sample_videos"
CLIPS = ("standing-side-lean-back", "standing-front-lateral-lean")
EXERCISE = "standing-hip-flexion"


def save_poses(name: str) -> None:
    """Estimate a sample's poses and keep every second one: half the size, 15 a second."""
    recording, _ = record(SAMPLES / f"{name}.mp4", get_exercise(EXERCISE))
    poses = tuple(replace(pose, world_m=None) for pose in recording.poses[::2])
    source = replace(recording.source, path=f"{name}.mp4", frames=len(poses), fps=15.0)
    PoseRecording(source=source, poses=poses).save(HERE / f"{name}.npz")


def session(name: str) -> Session:
    """Return the session that the kept poses give, without the version, which changes by itself."""
    recording = PoseRecording.load(HERE / f"{name}.npz")
    return replace(judge(recording, get_exercise(EXERCISE)).session, formcheck="any")


def main() -> None:
    """Write what is asked for."""
    for name in CLIPS:
        if "--poses" in sys.argv:
            save_poses(name)
        (HERE / f"{name}.session.json").write_text(to_json(session(name)), encoding="utf-8")
        print(f"{name}: written")


if __name__ == "__main__":
    main()
