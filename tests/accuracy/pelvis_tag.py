"""The pelvis by a printed tag: angles, faults and false tags, on drawn people.

    python tests/accuracy/pelvis_tag.py                     tag wearers of the table of scenarios
    python tests/accuracy/pelvis_tag.py --people DIR        another make, with truth beside it
    python tests/accuracy/pelvis_tag.py --without DIR ...   tags found on people who wear none

Angles are changes since the start posture, frame by frame as judged, filter included. A repetition
has a fault where the true change lasts for 0.3 s at 8 degrees or more; one below the limit in force
has none. Each clip is judged a second time with its tag taken away.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT), str(ROOT / "sample_videos")]

from formcheck.analysis.analyze import Analysis, judge  # noqa: E402
from formcheck.core.exercise.exercise import Exercise  # noqa: E402
from formcheck.core.pose.pose import FloatArray, Side  # noqa: E402
from formcheck.exercises import get_exercise  # noqa: E402
from formcheck.files.pose_file import PoseRecording  # noqa: E402
from formcheck.sensors.tag_sensor import TagSensor  # noqa: E402
from formcheck.sources.video import VideoFile  # noqa: E402
from people.clip import shoot  # noqa: E402
from people.table import SCENARIOS  # noqa: E402
from tests.accuracy.drawn_clips import poses_of  # noqa: E402

LASTING_S, SURE_DEG = 0.3, 8.0
LIMITS = {"anterior-tilt": 5.0, "pelvic-hike": 7.0, "pelvic-drop": 7.0}


@dataclass(frozen=True)
class Truth:
    """What is known of a clip: true changes since the start posture, and its repetitions."""

    time_s: FloatArray
    tilt_deg: FloatArray
    obliquity_deg: FloatArray
    reps: tuple[tuple[Side, float, float, frozenset[str]], ...]
    """Side, beginning, end, and the faults that are named."""

    def size_deg(self, code: str, side: Side, start_s: float, end_s: float) -> float:
        """Returns how far a pelvis goes in a direction for 0.3 s within a repetition."""
        sign = 1.0 if side is Side.LEFT else -1.0
        values = {
            "anterior-tilt": self.tilt_deg,
            "pelvic-hike": sign * self.obliquity_deg,
            "pelvic-drop": -sign * self.obliquity_deg,
        }[code]
        inside = (self.time_s >= start_s) & (self.time_s <= end_s)
        times, shown = self.time_s[inside], values[inside]
        lasting = [
            shown[(times >= t) & (times <= t + LASTING_S)].min()
            for t in times[times <= times[-1] - LASTING_S]
        ]
        return float(max(lasting, default=math.nan))


@dataclass(frozen=True)
class Clip:
    """A film of somebody who wears a tag."""

    name: str
    group: str
    exercise: Exercise
    recording: PoseRecording
    truth: Truth


def _truth_of_drawn(path: Path) -> tuple[dict[str, object], Truth]:
    plain = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    frames = plain["frames"]
    time_s = np.array(frames["time_s"])
    calm = (time_s >= plain["calm_s"][0]) & (time_s <= plain["calm_s"][1])

    def change(name: str) -> FloatArray:
        values = np.array(frames[name])
        return np.asarray(values - np.median(values[calm]))

    reps = tuple(
        (Side(r["side"]), r["start_s"], r["end_s"], frozenset(f["code"] for f in r["faults"]))
        for r in plain["reps"]
    )
    tilt, obliquity = change("pelvic_tilt_sagittal_deg"), change("pelvic_obliquity_deg")
    return plain, Truth(time_s, tilt, obliquity, reps)


def drawn(cache: Path, *, kept: bool) -> Iterator[Clip]:
    """Yields the tag wearers of the table, drawn where they are not yet, unless only `kept`."""
    for name, scenario in SCENARIOS.items():
        path = cache / f"{name}.mp4"
        if not scenario.tag or (kept and not path.exists()):
            continue
        if not kept:
            shoot(scenario, cache)
        exercise = get_exercise(scenario.exercise)
        _, truth = _truth_of_drawn(path)
        group = f"{scenario.split}, {min(scenario.size_px)}p"
        yield Clip(name, group, exercise, poses_of(path, exercise, cache), truth)


def another_make(folder: Path, cache: Path) -> Iterator[Clip]:
    """Yields clips of another make: a table of columns beside each, obliquity lifted side up."""
    for path in sorted(folder.glob("*tag*.mp4")):
        plain = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        rows = {n: np.array(v) for n, v in zip(plain["columns"], zip(*plain["frames"], strict=True), strict=True)}  # fmt: skip # noqa: E501
        exercise = get_exercise(plain["exercise"])
        reps = tuple(
            (Side(r["side"]), r["start"], r["end"], frozenset(r["faults"])) for r in plain["reps"]
        )
        signed = rows["pelvis_obliq"].copy()
        for side, start_s, end_s, _ in reps:
            if side is Side.RIGHT:
                signed[(rows["t"] >= start_s) & (rows["t"] <= end_s)] *= -1.0
        truth = Truth(rows["t"], rows["pelvis_tilt"], signed, reps)
        size = f"another make, {min(plain['size'])}p"
        yield Clip(path.stem, size, exercise, poses_of(path, exercise, cache), truth)


@dataclass
class Tally:
    """What is counted over clips of one group."""

    frames: int = 0
    read: int = 0
    tilt: list[float] | None = None
    obliquity: list[float] | None = None
    sure: int = 0
    found: int = 0
    unchecked: int = 0
    invented: int = 0
    clean_reps: int = 0

    def add(self, clip: Clip, analysis: Analysis) -> None:
        """Counts a clip that was judged."""
        readings = [pose.pelvis for pose in analysis.recording.poses]
        self.frames += len(readings)
        self.read += sum(reading is not None and reading.is_read for reading in readings)
        truth, reports = clip.truth, analysis.reports
        for column, true, into in (
            ("pelvic_tilt_deg", truth.tilt_deg, "tilt"),
            ("pelvic_obliquity_deg", truth.obliquity_deg, "obliquity"),
        ):
            values = np.array([report.measures.get(column, math.nan) for report in reports])
            count = min(len(values), len(true))
            errors = np.abs(values[:count] - true[:count])
            known: list[float] = getattr(self, into) or []
            setattr(self, into, known + errors[np.isfinite(errors)].tolist())
        for side, start_s, end_s, named in truth.reps:
            self._judge(clip, analysis, side, (start_s, end_s), named)

    def _judge(
        self,
        clip: Clip,
        analysis: Analysis,
        side: Side,
        span_s: tuple[float, float],
        named: frozenset[str],
    ) -> None:
        overlapping = [
            rep
            for rep in analysis.session.reps
            if rep.start_s < span_s[1] and span_s[0] < rep.end_s
        ]
        view = analysis.session.view.value
        for code in ("pelvic-hike", "pelvic-drop") if view == "front" else ("anterior-tilt",):
            size = clip.truth.size_deg(code, side, *span_s)
            found = any(f.code == code for rep in overlapping for f in rep.faults)
            unsaid = any(u.check == code for rep in overlapping for u in rep.unchecked)
            # What another fault explains is not named beside it.
            explained = code == "anterior-tilt" and bool(named - {code} - {"low"})
            if size >= SURE_DEG and not explained:
                self.sure += 1
                self.found += found
                self.unchecked += unsaid
            elif size < LIMITS[code]:
                self.clean_reps += 1
                self.invented += found

    def row(self) -> tuple[str, ...]:
        """Returns the table's cells."""

        def mean(errors: list[float] | None) -> str:
            return f"{np.mean(errors):.2f}" if errors else "-"

        return (
            f"{100 * self.read / max(1, self.frames):.0f} %", mean(self.tilt),
            mean(self.obliquity), f"{self.found} of {self.sure}", str(self.unchecked),
            f"{self.invented} of {self.clean_reps}",
        )  # fmt: skip


def without_tag(recording: PoseRecording) -> PoseRecording:
    """Returns the recording as it would be if nobody wore a tag."""
    return replace(recording, poses=tuple(replace(p, pelvis=None) for p in recording.poses))


def compare(clips: Iterator[Clip], *, details: bool) -> Table:
    """Judges clips with their tags and without, and returns the table."""
    heads = (
        "people", "read", "tilt off", "obliquity off", "faults of 8° or more", "told unchecked",
        "invented",
    )  # fmt: skip
    table = Table(*heads, box=None, pad_edge=False, header_style="dim")
    groups: dict[str, Tally] = {}
    for clip in clips:
        for words, recording in (
            (clip.group, clip.recording),
            (f"{clip.group}, without the tag", without_tag(clip.recording)),
        ):
            analysis = judge(recording, clip.exercise)
            groups.setdefault(words, Tally()).add(clip, analysis)
            if details and recording is clip.recording:
                alone = Tally()
                alone.add(clip, analysis)
                print(clip.name, *alone.row(), sep="; ", flush=True)
    for words in sorted(groups):
        table.add_row(words, *groups[words].row())
    return table


def false_tags(folders: Sequence[Path]) -> str:
    """Returns how often the sensor finds a tag on people without one; poses lie beside clips."""
    frames = found = clips = 0
    spent_s = 0.0
    for poses in sorted(path for folder in folders for path in folder.glob("*.npz")):
        video = poses.with_name(f"{poses.name.split('.')[0]}.mp4")
        if "tag" in video.stem or not video.exists():
            continue
        known = {round(pose.time_s, 3): pose for pose in PoseRecording.load(poses).poses}
        sensor, clips = TagSensor(), clips + 1
        with VideoFile(video) as source:
            for frame in source:
                pose = known.get(round(frame.time_s, 3))
                if pose is not None:
                    begun_s = time.perf_counter()
                    found += sensor.read(frame, pose) is not None
                    spent_s += time.perf_counter() - begun_s
                    frames += 1
    each_ms = 1000 * spent_s / max(1, frames)
    return f"{found} false tags in {frames} frames of {clips} clips, {each_ms:.2f} ms a frame"


def main() -> None:
    """Draw what is missing, and print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache")
    parser.add_argument("--kept", action="store_true", help="only what is drawn already")
    parser.add_argument("--details", action="store_true", help="a line for each clip")
    parser.add_argument("--people", type=Path, help="a folder of another make")
    parser.add_argument("--without", type=Path, nargs="+", help="folders of clips and poses")
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    if arguments.without:
        print(false_tags(arguments.without))
        return
    if arguments.people:
        clips = another_make(arguments.people, arguments.cache)
    else:
        clips = drawn(arguments.cache, kept=arguments.kept)
    Console(width=120).print(compare(clips, details=arguments.details))


if __name__ == "__main__":
    main()
