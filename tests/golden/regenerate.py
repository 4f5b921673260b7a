"""Write the golden files anew; read the difference before committing it.

python tests/golden/regenerate.py          sessions from the poses kept here
python tests/golden/regenerate.py --poses  the poses too, from the sample videos
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from formcheck.analysis.analyze import judge, read_poses
from formcheck.analysis.read_request import ReadRequest
from formcheck.core.checker.session import Session
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from formcheck.files.session_json import to_json

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "sample_videos"
#: Clip to exercise, and which of its frames are kept: every so many.
CLIPS = {
    "standing-side-lean-back": ("standing-hip-flexion", 2),
    "standing-front-lateral-lean": ("standing-hip-flexion", 2),
    "supine-marching-back-arch": ("supine-marching", 1),
    "alternating-leg-raises-back-arch": ("alternating-leg-raises", 1),
    "front-support-hip-flexion-back-arch": ("front-support-hip-flexion", 1),
    "mountain-climbers-hips-raised": ("mountain-climbers", 1),
    "hanging-leg-raises-swing": ("hanging-leg-raises", 1),
    # These wear a pelvis tag; their films do not ship, so their truth is kept here.
    "standing-hip-flexion-anterior-tilt-tag-juan": ("standing-hip-flexion", 1),
    "standing-hip-flexion-pelvic-hike-tag-behind-ida": ("standing-hip-flexion", 1),
    "supine-marching-back-arch-tag-flank-bo": ("supine-marching", 1),
}


def save_poses(name: str) -> None:
    """Estimate a sample's poses and keep what the size allows."""
    slug, every = CLIPS[name]
    path = SAMPLES / f"{name}.mp4"
    if not path.exists():
        path = _drawn(name)
    recording, _ = read_poses(ReadRequest(path=path, every_frame=True), get_exercise(slug))
    poses = tuple(replace(pose, world_m=None) for pose in recording.poses[::every])
    fps = (recording.source.fps or 0.0) / every
    source = replace(recording.source, path=f"{name}.mp4", frames=len(poses), fps=fps)
    PoseRecording(source=source, poses=poses).save(HERE / f"{name}.npz")


def _drawn(name: str) -> Path:
    """Draw a film that does not ship, and return its path."""
    sys.path.append(str(SAMPLES))
    from people.clip import shoot
    from people.table import SCENARIOS

    return shoot(SCENARIOS[name], HERE.parents[1] / ".cache")


def session(name: str, *, tagged: bool = True) -> Session:
    """Return the session that the kept poses give, without what changes by itself.

    That is the version; and the rules, which are the exercise's own file.
    """
    recording = PoseRecording.load(HERE / f"{name}.npz")
    if not tagged:
        bare = tuple(replace(pose, pelvis=None) for pose in recording.poses)
        recording = replace(recording, poses=bare)
    judged = judge(recording, get_exercise(CLIPS[name][0])).session
    return replace(judged, formcheck="any", rules=None)


def main() -> None:
    """Write what is asked for."""
    for name in CLIPS:
        if "--poses" in sys.argv or not (HERE / f"{name}.npz").exists():
            save_poses(name)
        (HERE / f"{name}.session.json").write_text(to_json(session(name)), encoding="utf-8")
        print(f"{name}: written")


if __name__ == "__main__":
    main()
