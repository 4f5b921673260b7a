"""Which exercise a recording shows: what `--exercise auto` takes it for, over many clips.

    python tests/accuracy/recognition.py                        the samples
    python tests/accuracy/recognition.py DIR... [--clips JSON]  drawn or filmed clips as well
    ... --poses DIR                                             keeps poses there, for the next time

Drawn clips have their truth beside them (NAME.truth.json); filmed ones in a JSON with a list of
`clips`, each with `name`, `exercise` and perhaps `negative`. Drawn and filmed are told apart.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from formcheck.analysis.analyze import read_poses  # noqa: E402
from formcheck.analysis.read_request import ReadRequest  # noqa: E402
from formcheck.analysis.recognition import Recognition, recognise  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402

NONE = "none of them"


def truths(folder: Path, listed: dict[str, str]) -> dict[Path, tuple[str, bool]]:
    """Return for each clip with a known truth what it shows, and whether it was filmed."""
    found = {}
    for video in sorted(folder.glob("*.mp4")):
        truth = video.with_suffix(".truth.json")
        if truth.is_file():
            plain = json.loads(truth.read_text(encoding="utf-8"))
            found[video] = (plain["exercise"] if plain["reps"] else NONE, False)
        elif video.stem in listed:
            found[video] = (listed[video.stem], True)
    return found


def poses_of(video: Path, kept: Path | None) -> PoseRecording:
    """Return a clip's poses, estimated once where they are kept."""
    place = None if kept is None else kept / f"{video.stem}.npz"
    if place is not None and place.is_file():
        return PoseRecording.load(place)
    recording, _ = read_poses(ReadRequest(path=video), None)
    if place is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        recording.save(place)
    return recording


def row(video: Path, truth: str, result: Recognition) -> str:
    """Return one clip's line."""
    said = result.slug or "refused"
    near = ", ".join(f"{one.slug} {100 * one.share:.0f} %" for one in result.candidates[:3])
    mark = "" if said == truth or (said == "refused" and truth == NONE) else "  <--"
    return f"{video.stem:42}{truth:28}{said:28}{near}{mark}"


def confusion(pairs: Counter[tuple[str, str]]) -> str:
    """Return how often each exercise was taken for which, right, wrong and refused."""
    lines = [f"{'shown':28}{'right':>7}{'refused':>9}{'wrong':>7}  taken for"]
    for truth in sorted({truth for truth, _ in pairs}):
        said = {taken: number for (shown, taken), number in pairs.items() if shown == truth}
        refused = said.pop("refused", 0)
        right = refused if truth == NONE else said.pop(truth, 0)
        wrong = ", ".join(f"{taken} {number}" for taken, number in sorted(said.items()))
        missed = "" if truth == NONE else refused
        lines.append(f"{truth:28}{right:7}{missed:>9}{sum(said.values()):7}  {wrong}")
    return "\n".join(lines)


def main() -> None:
    """Print a line for each clip, then the confusion of drawn and of filmed ones."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "sample_videos"])
    parser.add_argument("--clips", type=Path)
    parser.add_argument("--poses", type=Path)
    asked = parser.parse_args()
    listed = {}
    if asked.clips is not None:
        for clip in json.loads(asked.clips.read_text(encoding="utf-8"))["clips"]:
            listed[clip["name"]] = NONE if clip.get("negative") else clip["exercise"]
    tally: dict[bool, Counter[tuple[str, str]]] = {False: Counter(), True: Counter()}
    seen = set()
    for folder in asked.folders:
        for video, (truth, filmed) in truths(folder, listed).items():
            if video.stem in seen:
                continue
            seen.add(video.stem)
            result = recognise(poses_of(video, asked.poses).poses)
            print(row(video, truth, result), flush=True)
            tally[filmed][truth, result.slug or "refused"] += 1
    for filmed, pairs in tally.items():
        if pairs:
            print(f"\n{'Filmed' if filmed else 'Drawn'}, {sum(pairs.values())} clips")
            print(confusion(pairs))


if __name__ == "__main__":
    main()
