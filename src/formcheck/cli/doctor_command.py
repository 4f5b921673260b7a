"""`formcheck doctor`: checks what works on this machine, and says how to mend the rest."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import typer

from formcheck.errors import FormcheckError, ModelError
from formcheck.version import __version__

OPENCV = ("opencv-python", "opencv-contrib-python", "opencv-python-headless")
"""Packages that all unpack OpenCV into the same folder."""


def installed(name: str) -> str | None:
    """Returns the version of a package, without importing it; None if it is not installed."""
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def opencv_packages() -> dict[str, str]:
    """Returns each installed package of OpenCV with its version."""
    return {name: version for name in OPENCV if (version := installed(name)) is not None}


def describe_versions() -> tuple[str, ...]:
    """Returns a line for everything that a verdict depends on, for reports of defects.

    The checksum is that of the file on the disk, compared with the checksum it should have.
    """
    from formcheck.estimators import model

    opencv = ", ".join(f"{name} {version}" for name, version in opencv_packages().items())
    return (
        f"formcheck {__version__}",
        f"mediapipe {installed('mediapipe') or 'not installed'}",
        f"OpenCV: {opencv or 'not installed'}",
        f"model {model.MODEL_NAME}: {_model_checksum()}",
    )


def _model_checksum() -> str:
    import hashlib

    from formcheck.estimators import model

    try:
        digest = hashlib.sha256(model.bundled_model().read_bytes()).hexdigest()
    except (ModelError, OSError):
        return "can't be read, `formcheck doctor` says more"
    return f"sha256 {digest}" + (
        "" if digest == model.MODEL_SHA256 else ", not the one formcheck ships"
    )


class Health(IntEnum):
    """How well a part works: good, limited, or nothing works without it."""

    GOOD = 0
    LIMITED = 1
    BROKEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The state of one part of the system.

    Attributes
    ----------
    subject : str
        The part.
    health : Health
        How well the part works.
    found : str
        The finding.
    advice : str
        The advice; empty where all is well.
    """

    subject: str
    health: Health
    found: str
    advice: str = ""


def diagnose() -> Iterator[Diagnosis]:
    """Checks each part in turn; slow only where the model runs and cameras are opened."""
    yield _python()
    yield _opencv_twice()
    yield _estimation()
    yield _window()
    yield _sound()
    yield _voice()
    yield _history()
    yield _cameras()


def _python() -> Diagnosis:
    found = f"{platform.python_version()} on {platform.system()}, formcheck {__version__}"
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Diagnosis(subject="Python", health=Health.GOOD, found=found)
    return Diagnosis(
        subject="Python",
        health=Health.LIMITED,
        found=found,
        advice="formcheck is tested on Python 3.11 to 3.13.",
    )


def _opencv_twice() -> Diagnosis:
    versions = opencv_packages()
    found = ", ".join(f"{name} {version}" for name, version in versions.items()) or "not installed"
    if not versions:
        advice = "Install it: pip install opencv-python."
        return Diagnosis(subject="OpenCV", health=Health.BROKEN, found=found, advice=advice)
    if len(set(versions.values())) == 1:
        return Diagnosis(subject="OpenCV", health=Health.GOOD, found=found)
    # The newest may be out for one of them only.
    oldest = min(versions.values(), key=lambda v: [int(p) for p in v.split(".") if p.isdigit()])
    same = " ".join(f"{name}=={oldest}" for name in versions)
    return Diagnosis(
        subject="OpenCV",
        health=Health.LIMITED,
        found=found,
        advice=f"They share one folder and must be one version: pip install {same}",
    )


def _estimation() -> Diagnosis:
    """Finds the person in the sample video: model, MediaPipe and decoding in one."""
    from formcheck.files.bundled import demo_video

    subject = "Pose estimation"
    try:
        from formcheck.estimators.mediapipe_pose import MediaPipeEstimator
        from formcheck.sources.video import VideoFile

        with VideoFile(demo_video()) as video, MediaPipeEstimator() as estimator:
            seen, spent_s = 0, []
            for frame in video:
                started_s = time.perf_counter()
                seen += estimator.estimate(frame).is_seen
                spent_s.append(time.perf_counter() - started_s)
                if len(spent_s) == 20:
                    break
    except FormcheckError as error:
        return Diagnosis(subject=subject, health=Health.BROKEN, found="fails", advice=str(error))
    except (ImportError, OSError) as error:
        return Diagnosis(
            subject=subject,
            health=Health.BROKEN,
            found=f"a library is missing: {error}",
            advice="On Debian or Ubuntu: apt install libgles2 libegl1 libgl1 libglib2.0-0",
        )
    middle_ms = 1000 * sorted(spent_s)[len(spent_s) // 2]
    version = installed("mediapipe")
    found = f"MediaPipe {version}, model as shipped, {middle_ms:.0f} ms a frame on the sample"
    if seen < len(spent_s):
        advice = "The person in the sample was not found: reinstall formcheck and mediapipe."
        return Diagnosis(subject=subject, health=Health.BROKEN, found=found, advice=advice)
    if middle_ms > 66:
        advice = "Slower than 15 frames a second: close other programs while training."
        return Diagnosis(subject=subject, health=Health.LIMITED, found=found, advice=advice)
    return Diagnosis(subject=subject, health=Health.GOOD, found=found)


def _window() -> Diagnosis:
    from formcheck.live.window import require_display

    try:
        require_display()
    except FormcheckError as error:
        return Diagnosis(subject="Window", health=Health.LIMITED, found="none", advice=str(error))
    return Diagnosis(subject="Window", health=Health.GOOD, found="can be opened")


def _sound() -> Diagnosis:
    from formcheck.sound.speaker import default_device

    try:
        return Diagnosis(subject="Sound", health=Health.GOOD, found=default_device())
    except FormcheckError as error:
        return Diagnosis(subject="Sound", health=Health.LIMITED, found="none", advice=str(error))


def _voice() -> Diagnosis:
    """Speaks a word without playing it: the engine must give samples."""
    from formcheck.sound.espeak import Espeak

    try:
        with Espeak() as engine:
            heard = len(engine.speak("One.")) > 0
    except FormcheckError as error:
        return Diagnosis(subject="Voice", health=Health.LIMITED, found="none", advice=str(error))
    if not heard:
        advice = "eSpeak NG gives silence: pip install --force-reinstall espeakng-loader."
        return Diagnosis(subject="Voice", health=Health.LIMITED, found="mute", advice=advice)
    return Diagnosis(subject="Voice", health=Health.GOOD, found="eSpeak NG, for --voice")


def _cameras() -> Diagnosis:
    from formcheck.sources.devices import camera_advice, list_cameras

    cameras = list_cameras()
    if not cameras:
        return Diagnosis(
            subject="Camera",
            health=Health.LIMITED,
            found="none found",
            advice=_sentence(camera_advice(0, opened=False)),
        )
    return Diagnosis(
        subject="Camera",
        health=Health.GOOD,
        found=", ".join(f"{c.index} ({c.name})" for c in cameras),
    )


def _history() -> Diagnosis:
    from formcheck.history.folder import DATABASE, data_folder
    from formcheck.history.store import History

    folder = data_folder()
    try:
        with History(folder, create=False) as history:
            count = len(history.numbers())
    except FormcheckError as error:
        return Diagnosis(
            subject="History",
            health=Health.LIMITED,
            found=str(folder / DATABASE),
            advice=f"{error} Until then sessions are kept in files of their own.",
        )
    kept = f"{count} session{'' if count == 1 else 's'}"
    return Diagnosis(subject="History", health=Health.GOOD, found=f"{kept} in {folder / DATABASE}")


READY = "Ready: formcheck run standing-hip-flexion"
LACKING = {
    "Camera": "Ready for recordings (formcheck analyze); only to train live a camera is missing.",
    "Window": "Ready; only a screen is missing: use formcheck run with --no-window.",
    "Sound": "Ready; only sound is missing: what is said is shown.",
    "Voice": "Ready; only the voice is missing, which --voice needs.",
}
"""What is lacking where a part is limited, the most important part first."""


def conclusion(findings: Sequence[Diagnosis]) -> str:
    """Returns one line: ready, or the one thing that is missing most."""
    broken = next((f for f in findings if f.health is Health.BROKEN), None)
    if broken is not None:
        return f"Not ready: {broken.subject} {broken.found}; the line with ✗ says what to do."
    limited = {finding.subject: finding for finding in findings if finding.health is Health.LIMITED}
    for subject, line in LACKING.items():
        if subject in limited:
            return line
    if limited:
        return f"Ready; one thing to look at: {next(iter(limited))}."
    return READY


def _sentence(clause: str) -> str:
    return clause[:1].upper() + clause[1:]


def doctor_command() -> None:
    """Check Python, model, pose estimation, window, sound, voice and cameras; say what to do."""
    from rich.table import Table

    from formcheck.reports.console import plain_console

    marks = {Health.GOOD: "✓", Health.LIMITED: "!", Health.BROKEN: "✗"}
    table = Table(box=None, pad_edge=False, show_header=False)
    findings = tuple(diagnose())
    for finding in findings:
        advice = f"\n→ {finding.advice}" if finding.advice else ""
        table.add_row(marks[finding.health], finding.subject, f"{finding.found}{advice}")
    console = plain_console()
    console.print(table)
    console.print(f"\n{conclusion(findings)}", soft_wrap=True)
    if any(finding.health is Health.BROKEN for finding in findings):
        raise typer.Exit(1)
