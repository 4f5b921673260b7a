"""Poses from pictures, by MediaPipe's Pose Landmarker.

One person is tracked through a video; `PeopleFinder` finds all people of one picture.
"""

from __future__ import annotations

import atexit
import contextlib
import weakref
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from formcheck.core.pose.frame import Frame, Image
from formcheck.core.pose.pose import FloatArray, Pose
from formcheck.errors import FormcheckError, ModelError, UsageError
from formcheck.estimators.mediapipe_loading import vision_tasks
from formcheck.estimators.mediapipe_quiet import block_uploads, quiet_native_logs, unblock_uploads
from formcheck.estimators.model import read_model
from formcheck.files.closing import ClosesItself

# What MediaPipe's Python layer raises for a native status; NotImplementedError is a RuntimeError.
_MEDIAPIPE_ERRORS = (RuntimeError, ValueError, IndexError, OSError)
_LOADING_ADVICE = (
    "on Debian and Ubuntu run 'apt-get install libgl1 libegl1 libgles2 libglib2.0-0', elsewhere "
    "reinstall mediapipe."
)


class MediaPipeEstimator(ClosesItself):
    """Finds one person in each picture and follows them from frame to frame.

    Give it the frames of a single source, in order. A frame that is not later than the one before
    it, or has another size, begins another recording: the estimator then forgets earlier frames.

    Parameters
    ----------
    model_path : Path, optional
        A `.task` bundle; None takes the bundle formcheck ships.
    silhouette : bool
        Fill `Pose.silhouette`; with the shipped model a frame costs half as much again.

    Raises
    ------
    ModelError
        The model is missing, altered, or not a pose landmarker; or MediaPipe can't be loaded.
    """

    mode, most = "VIDEO", 1
    """MediaPipe's running mode, and how many people are looked for."""

    def __init__(self, model_path: Path | None = None, *, silhouette: bool = False) -> None:
        self._model = read_model(model_path, silhouette=silhouette)
        self._name = str(model_path) if model_path else "built-in"
        self._silhouette = silhouette
        self._last: tuple[float, tuple[int, int]] | None = None
        self._last_ms = -1
        self._settled = False
        self._landmarker: Any = None
        block_uploads()
        try:
            self._landmarker = self._create()
        finally:
            if self._landmarker is None:
                unblock_uploads()
        _open.add(self)

    def estimate(self, frame: Frame) -> Pose:
        """Returns the pose in a frame, `Pose.unseen` where nobody is found.

        Landmarks the model is unsure of are given as it guessed them, with a low visibility;
        image_px is NaN only where nobody was found or the model itself gave no number.

        Parameters
        ----------
        frame : Frame
            With a picture, blue, green, red.

        Raises
        ------
        UsageError
            The frame holds no picture, or the estimator is closed.
        FormcheckError
            MediaPipe failed on this frame.
        """
        image = self._picture(frame)
        last = self._last
        if last and (frame.time_s <= last[0] or frame.size_px != last[1]):
            self._start_again()
        self._last = (frame.time_s, frame.size_px)
        result = self._detect(image, self._timestamp_ms(frame.time_s), frame.index)
        return self._pose(frame, result)

    def close(self) -> None:
        """Releases the model; closing again does nothing."""
        if self._landmarker is None:
            return
        landmarker, self._landmarker = self._landmarker, None
        _open.discard(self)
        try:
            _shut(landmarker)
        finally:
            unblock_uploads()

    def _picture(self, frame: Frame) -> Image:
        if self._landmarker is None:
            raise UsageError("The pose estimator is closed: create another one.")
        if frame.image is None:
            raise UsageError("A recording of poses holds no pictures: use its own poses instead.")
        return frame.image

    def _create(self) -> Any:
        with quiet_native_logs():
            try:
                vision = vision_tasks()
                from mediapipe.tasks.python import BaseOptions
            except (ImportError, OSError) as error:
                raise _not_loaded(error) from error
            options = vision.PoseLandmarkerOptions(
                # The bytes and not the path: MediaPipe opens no path with an umlaut on Windows.
                base_options=BaseOptions(model_asset_buffer=self._model),
                running_mode=vision.RunningMode[self.mode],
                num_poses=self.most,
                output_segmentation_masks=self._silhouette,
            )
            try:
                return vision.PoseLandmarker.create_from_options(options)
            except OSError as error:
                if isinstance(error, FileNotFoundError):  # its status "not found", not a file
                    raise self._refused(error) from error
                raise _not_loaded(error) from error
            except (RuntimeError, ValueError, IndexError) as error:
                raise self._refused(error) from error

    def _refused(self, error: Exception) -> ModelError:
        return ModelError(
            f"MediaPipe refused the {self._name} model ({_first_line(error)}): use a complete Pose "
            "Landmarker bundle."
        )

    def _start_again(self) -> None:
        # MediaPipe takes no earlier time, and first looks where the person was, as a share of the
        # picture's size.
        landmarker, self._landmarker = self._landmarker, None
        _shut(landmarker)
        try:
            self._landmarker = self._create()
        finally:
            if self._landmarker is None:
                _open.discard(self)
                unblock_uploads()
        self._last_ms = -1

    def _timestamp_ms(self, time_s: float) -> int:
        # Whole milliseconds that must increase, though frames may be closer together than one.
        self._last_ms = max(round(time_s * 1000), self._last_ms + 1)
        return self._last_ms

    def _detect(self, image: Image, timestamp_ms: int, index: int) -> Any:
        import cv2
        import mediapipe as mp

        rgb = np.ascontiguousarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
        # The last lines of chatter come with the first person found.
        quiet = contextlib.nullcontext() if self._settled else quiet_native_logs()
        with quiet:
            try:
                picture = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
                return self._infer(picture, timestamp_ms)
            except _MEDIAPIPE_ERRORS as error:
                raise FormcheckError(
                    f"MediaPipe failed on frame {index} ({_first_line(error)}) with the "
                    f"{self._name} model: try the built-in model, or report this frame."
                ) from error

    def _infer(self, picture: Any, timestamp_ms: int) -> Any:
        return self._landmarker.detect_for_video(picture, timestamp_ms)

    def _pose(self, frame: Frame, result: Any, number: int = 0) -> Pose:
        if not result.pose_landmarks:
            return Pose.unseen(frame.time_s, frame.size_px)
        self._settled = True
        points = _table(result.pose_landmarks[number], "x", "y", "visibility")
        visibility = np.where(np.isnan(points[:, 2]), 0.0, points[:, 2])
        world = result.pose_world_landmarks
        masks = result.segmentation_masks if self._silhouette else None
        return Pose(
            time_s=frame.time_s,
            image_px=points[:, :2] * np.array(frame.size_px, dtype=np.float64),
            visibility=np.clip(visibility, 0.0, 1.0),
            frame_size_px=frame.size_px,
            world_m=_table(world[number], "x", "y", "z") if world else None,
            silhouette=_mask(masks[number]) if masks else None,
        )


def _shut(landmarker: Any) -> None:
    with quiet_native_logs():
        try:
            landmarker.close()
        except _MEDIAPIPE_ERRORS:
            # The graph had failed before, and that was reported. mediapipe keeps its handle then
            # and closes it again when the object goes, and the second time never returns.
            landmarker._handle = None


def _not_loaded(error: Exception) -> ModelError:
    missing = isinstance(error, ModuleNotFoundError)
    advice = (
        "reinstall it (pip install --force-reinstall mediapipe)." if missing else _LOADING_ADVICE
    )
    return ModelError(f"MediaPipe can't be loaded ({_first_line(error)}): {advice}")


def _table(points: Any, *names: str) -> FloatArray:
    """Returns a row for each point, a column for each name; NaN where there is no number."""
    table = np.array(list(map(attrgetter(*names), points)), dtype=np.float64)
    table[~np.isfinite(table)] = np.nan
    return table


def _mask(mask: Any) -> npt.NDArray[np.float32]:
    # A copy: the view's memory is MediaPipe's.
    view = np.array(mask.numpy_view(), dtype=np.float32)
    return view.reshape(view.shape[:2])


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".: ")


_open: weakref.WeakSet[MediaPipeEstimator] = weakref.WeakSet()


def _close_forgotten() -> None:
    for estimator in list(_open):
        estimator.close()


# For programs that forget to close: a landmarker left to the interpreter's end prints a traceback.
# Registered before mediapipe is imported, this runs after mediapipe has marked its shutdown.
atexit.register(_close_forgotten)


MOST = 5
"""Most people that are found."""


class PeopleFinder(MediaPipeEstimator):
    """Finds several people in single pictures, without following them.

    A look takes about 17 ms, and 10 ms more for each person: too costly for every frame.
    """

    mode, most = "IMAGE", MOST

    def find(self, frame: Frame) -> tuple[Pose, ...]:
        """Returns the pose of each person, in no order; a person may be found twice.

        Raises
        ------
        UsageError
            The frame holds no picture, or the finder is closed.
        FormcheckError
            MediaPipe failed on this frame.
        """
        result = self._detect(self._picture(frame), 0, frame.index)
        return tuple(self._pose(frame, result, n) for n in range(len(result.pose_landmarks)))

    def _infer(self, picture: Any, timestamp_ms: int) -> Any:
        return self._landmarker.detect(picture)
