"""formcheck: counts hip-flexor repetitions from a camera, and only those done without compensation.

The whole loop: a source gives frames, an estimator finds the person, a checker judges. Each of the
three can be your own; `check(source, estimator, exercise)` runs the loop over a recording.

>>> import formcheck
>>> exercise = formcheck.get_exercise("standing-hip-flexion")
>>> checker = formcheck.FormChecker(exercise)
>>> source = formcheck.VideoFile(formcheck.demo_video())
>>> with source, formcheck.estimator_for(exercise) as estimator:
...     for frame in source:
...         report = checker.update(estimator.estimate(frame))
>>> counts = checker.finish(source.info, source.problems).counts
>>> print(counts.clean, "clean of", counts.attempts)
2 clean of 4

Names are imported when they are first used, so that `import formcheck` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from formcheck.version import __version__

if TYPE_CHECKING:
    from formcheck.analysis.analyze import analyze, check
    from formcheck.analysis.form_checker import FormChecker
    from formcheck.core.checker.neutral import Calibration
    from formcheck.core.checker.session import FrameReport, Rep, Session, Verdict
    from formcheck.core.exercise.adjustment import Adjustment, adjusted
    from formcheck.core.exercise.exercise import Cycle, Dose, Exercise, timed_hold
    from formcheck.core.exercise.rules import (
        Cue,
        Fault,
        Leg,
        Limit,
        Phase,
        Posture,
        Quantity,
        Requirement,
    )
    from formcheck.core.measures import (
        ANY_VIEW,
        FOOT_LIFT,
        FRONT_VIEW,
        HIP_FLEXION,
        HIP_FLEXION_BOTH,
        HIP_FLEXION_PELVIS,
        HIP_HEIGHT,
        HIP_LEAD,
        KNEE_FLEXION,
        LATERAL_LEAN,
        LEG_ELEVATION,
        LEG_LEAD,
        LUMBAR_EXTENSION,
        LUMBAR_GAP,
        PELVIC_OBLIQUITY,
        PELVIC_TILT,
        PLANK_LINE,
        REACH,
        SIDE_VIEW,
        SIDEWAYS,
        SWING,
        THIGH_ELEVATION,
        THIGH_LENGTH,
        TORSO_LEAN,
        TRUNK_PITCH,
        Measure,
        Scope,
    )
    from formcheck.core.pose.frame import Frame, SourceInfo
    from formcheck.core.pose.pelvis import PelvisReading
    from formcheck.core.pose.pose import Landmark, Pose, Side
    from formcheck.core.pose.view import Position, Scene, View
    from formcheck.core.pose.visibility import SeenPose
    from formcheck.errors import (
        DisplayError,
        FormcheckError,
        ModelError,
        NoPersonFound,
        NotRecognised,
        OutputError,
        PoseFileError,
        SourceError,
        UnknownExercise,
        UsageError,
    )
    from formcheck.estimators.estimator import Estimator
    from formcheck.estimators.estimator_for import estimator_for
    from formcheck.estimators.mediapipe_pose import MediaPipeEstimator
    from formcheck.estimators.one_picture import pose_in
    from formcheck.estimators.recorded import RecordedEstimator
    from formcheck.estimators.with_pelvis import WithPelvis
    from formcheck.exercises import get_exercise
    from formcheck.files.bundled import demo_video
    from formcheck.files.own_exercises import load_exercise
    from formcheck.files.pose_file import PoseRecording
    from formcheck.sensors.sensor import PelvisSensor
    from formcheck.sensors.tag_sensor import TagSensor
    from formcheck.sources.camera import Camera
    from formcheck.sources.given_frames import GivenFrames
    from formcheck.sources.opening import open_source
    from formcheck.sources.playback import ReplaySource
    from formcheck.sources.source import Source
    from formcheck.sources.video import VideoFile

_HOMES = {
    "analysis.analyze": ("analyze", "check"),
    "analysis.form_checker": ("FormChecker",),
    "core.checker.neutral": ("Calibration",),
    "core.checker.session": ("FrameReport", "Rep", "Session", "Verdict"),
    "core.exercise.adjustment": ("Adjustment", "adjusted"),
    "core.exercise.exercise": ("Cycle", "Dose", "Exercise", "timed_hold"),
    "core.exercise.rules": (
        "Cue", "Fault", "Leg", "Limit", "Phase", "Posture", "Quantity", "Requirement",
    ),
    "core.measures": (
        "ANY_VIEW", "FOOT_LIFT", "FRONT_VIEW", "HIP_FLEXION", "HIP_FLEXION_BOTH",
        "HIP_FLEXION_PELVIS", "HIP_HEIGHT", "HIP_LEAD", "KNEE_FLEXION", "LATERAL_LEAN",
        "LEG_ELEVATION", "LEG_LEAD", "LUMBAR_EXTENSION", "LUMBAR_GAP", "PELVIC_OBLIQUITY",
        "PELVIC_TILT", "PLANK_LINE", "REACH", "SIDEWAYS", "SIDE_VIEW", "SWING", "THIGH_ELEVATION",
        "THIGH_LENGTH", "TORSO_LEAN", "TRUNK_PITCH", "Measure", "Scope",
    ),
    "core.pose.frame": ("Frame", "SourceInfo"),
    "core.pose.pelvis": ("PelvisReading",),
    "core.pose.pose": ("Landmark", "Pose", "Side"),
    "core.pose.view": ("Position", "Scene", "View"),
    "core.pose.visibility": ("SeenPose",),
    "errors": (
        "DisplayError", "FormcheckError", "ModelError", "NoPersonFound", "NotRecognised",
        "OutputError", "PoseFileError", "SourceError", "UnknownExercise", "UsageError",
    ),
    "estimators.estimator": ("Estimator",),
    "estimators.estimator_for": ("estimator_for",),
    "estimators.mediapipe_pose": ("MediaPipeEstimator",),
    "estimators.one_picture": ("pose_in",),
    "estimators.recorded": ("RecordedEstimator",),
    "estimators.with_pelvis": ("WithPelvis",),
    "exercises": ("get_exercise",),
    "files.bundled": ("demo_video",),
    "files.own_exercises": ("load_exercise",),
    "files.pose_file": ("PoseRecording",),
    "sensors.sensor": ("PelvisSensor",),
    "sensors.tag_sensor": ("TagSensor",),
    "sources.camera": ("Camera",),
    "sources.given_frames": ("GivenFrames",),
    "sources.opening": ("open_source",),
    "sources.playback": ("ReplaySource",),
    "sources.source": ("Source",),
    "sources.video": ("VideoFile",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ANY_VIEW",
    "FOOT_LIFT",
    "FRONT_VIEW",
    "HIP_FLEXION",
    "HIP_FLEXION_BOTH",
    "HIP_FLEXION_PELVIS",
    "HIP_HEIGHT",
    "HIP_LEAD",
    "KNEE_FLEXION",
    "LATERAL_LEAN",
    "LEG_ELEVATION",
    "LEG_LEAD",
    "LUMBAR_EXTENSION",
    "LUMBAR_GAP",
    "PELVIC_OBLIQUITY",
    "PELVIC_TILT",
    "PLANK_LINE",
    "REACH",
    "SIDEWAYS",
    "SIDE_VIEW",
    "SWING",
    "THIGH_ELEVATION",
    "THIGH_LENGTH",
    "TORSO_LEAN",
    "TRUNK_PITCH",
    "Adjustment",
    "Calibration",
    "Camera",
    "Cue",
    "Cycle",
    "DisplayError",
    "Dose",
    "Estimator",
    "Exercise",
    "Fault",
    "FormChecker",
    "FormcheckError",
    "Frame",
    "FrameReport",
    "GivenFrames",
    "Landmark",
    "Leg",
    "Limit",
    "Measure",
    "MediaPipeEstimator",
    "ModelError",
    "NoPersonFound",
    "NotRecognised",
    "OutputError",
    "PelvisReading",
    "PelvisSensor",
    "Phase",
    "Pose",
    "PoseFileError",
    "PoseRecording",
    "Position",
    "Posture",
    "Quantity",
    "RecordedEstimator",
    "Rep",
    "ReplaySource",
    "Requirement",
    "Scene",
    "Scope",
    "SeenPose",
    "Session",
    "Side",
    "Source",
    "SourceError",
    "SourceInfo",
    "TagSensor",
    "UnknownExercise",
    "UsageError",
    "Verdict",
    "VideoFile",
    "View",
    "WithPelvis",
    "__version__",
    "adjusted",
    "analyze",
    "check",
    "demo_video",
    "estimator_for",
    "get_exercise",
    "load_exercise",
    "open_source",
    "pose_in",
    "timed_hold",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'formcheck' has no attribute '{name}'")
    return getattr(importlib.import_module(f"formcheck.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return __all__
