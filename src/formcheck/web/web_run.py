"""One run with a browser as camera and screen: pictures come in, plain values go out.

The same coaching as `formcheck run`: `CoachedRun` judges and guides, `LiveWriter` writes each
repetition into the history the moment it ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Counts, FrameReport, Session
from formcheck.core.checker.wording import counts_text
from formcheck.core.coaching.coached_run import CoachedRun
from formcheck.core.coaching.lighting import LightWatch
from formcheck.core.coaching.pain import PAIN_STOPS
from formcheck.core.coaching.run_log import RunHeader, RunLogs
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import Frame, Image, SourceInfo
from formcheck.core.pose.pose import Pose
from formcheck.errors import OutputError
from formcheck.estimators.estimator import Estimator
from formcheck.estimators.model import model_label
from formcheck.history.days import now
from formcheck.history.live_writer import LiveWriter
from formcheck.training.stored_session import PAIN
from formcheck.web.cues import Cues
from formcheck.web.frame_clock import FrameClock
from formcheck.web.scene import Plain, SceneMaker, counts_values, rep_values, state_values

PAUSED = "Paused. Tap Go on, or press space."


@dataclass(frozen=True, slots=True, kw_only=True)
class WebRunRequest:
    """What a page asks for.

    Attributes
    ----------
    exercise : Exercise
        With the hold asked for.
    settings : RunSettings
        Sets, repetitions, rest, leg, strictness.
    loads : tuple of str
        Band or weight of each set; empty without.
    camera : str
        Name of the camera, as the browser has it.
    """

    exercise: Exercise
    settings: RunSettings
    loads: tuple[str, ...] = ()
    camera: str = ""


class WebRun:
    """One run; all its methods are called in one thread, one after the other.

    Parameters
    ----------
    request : WebRunRequest
        What to do.
    folder : Path
        The folder of the history.
    open_estimator : callable
        Opens what finds the person.
    warn : callable
        Gets a sentence about what went wrong beside the run.

    Raises
    ------
    FormcheckError
        The model can't be loaded.
    """

    def __init__(
        self,
        request: WebRunRequest,
        folder: Path,
        *,
        open_estimator: Callable[[Exercise], Estimator],
        warn: Callable[[str], None],
    ) -> None:
        self.exercise = request.exercise
        self.reps: list[Plain] = []
        self.warnings: list[str] = []
        self.session: Session | None = None
        self._tell = warn
        self._estimator = open_estimator(request.exercise)
        self._writer = LiveWriter(folder, self._warn, loads=request.loads)
        self._logs = RunLogs([self._writer], self._warn)
        self._cues = Cues()
        checker = FormChecker(
            request.exercise, side=request.settings.side, strict=request.settings.strict
        )
        self._run = CoachedRun(checker, request.settings, [self._logs, self._cues])
        self._scenes = SceneMaker(request.exercise)
        self._light = LightWatch()
        self._clock = FrameClock()
        self._source = SourceInfo(path=request.camera or "browser", width=0, height=0)
        self._last: tuple[Pose, FrameReport] | None = None
        self._paused = False
        self._settings = request.settings

    @property
    def finished(self) -> bool:
        """Whether all sets are done, or pain has ended the run."""
        return self._run.coach.finished

    def judge(self, image: Image, captured_ms: float) -> Plain | None:
        """Judges a picture and returns what the page shows; None for a picture that is not newer.

        Parameters
        ----------
        image : (height, width, 3) uint8
            Blue, green, red.
        captured_ms : float
            When the browser captured it, on any clock that goes on.
        """
        begun_s = time.monotonic()
        time_s = self._clock.time_s(captured_ms, begun_s)
        if time_s is None or self.session is not None:
            return None
        height, width = image.shape[:2]
        frame = Frame(index=self._run.judged, time_s=time_s, image=image, size_px=(width, height))
        self._source = replace(self._source, width=width, height=height)
        if not self._run.judged:
            self._begin()
        if not self._paused:
            self._run.coach.resume()
            pose = self._estimator.estimate(frame)
            report, _ = self._run.update(pose, dark=self._light.look(frame))
            # Without the silhouette, which is as large as the picture.
            self._last = replace(pose, silhouette=None), report
        values = self.values()
        return values | {"work_ms": round(1000 * (time.monotonic() - begun_s), 1)}

    def _begin(self) -> None:
        """Begins the session in the history: with the first picture, not with a camera refused."""
        self._logs.begin(
            RunHeader(
                exercise=self.exercise.slug,
                rules=self.exercise,
                started_at=now(),
                source=self._source.path,
                settings=self._settings,
                model=model_label(None),
            )
        )

    def values(self) -> Plain:
        """Returns what a page shows and plays now."""
        state = self._run.coach.state()
        values = state_values(state)
        if self._last is not None:
            pose, report = self._last
            values = self._scenes.scene(pose, report, state)
            # The repetitions that a frame ended are told with it once.
            self._last = pose, replace(report, ended=())
        tones, say, reps = self._cues.take()
        ended = [rep_values(self.exercise, rep) for rep in reps]
        self.reps += ended
        return values | {
            "exercise": self.exercise.slug,
            "tones": tones,
            "say": say,
            "reps": ended,
            "last": self.reps[-1] if self.reps else None,
            "finished": self.finished,
        }

    def pause(self) -> None:
        """Stops judging until `resume`."""
        self._paused = True
        self._run.coach.pause(PAUSED)

    def resume(self) -> None:
        """Judges again."""
        self._paused = False
        self._run.coach.resume()

    def wait_for_camera(self, say: str) -> None:
        """Pauses until the next picture comes."""
        self._run.coach.pause(say)

    def next_set(self) -> None:
        """Ends the set, or the rest."""
        self._run.coach.next_set()

    def switch_side(self) -> None:
        """Calls the other leg."""
        self._run.coach.switch_side()

    def recalibrate(self) -> None:
        """Measures the start posture anew."""
        self._run.checker.recalibrate()

    def note_pain(self, pain: int) -> None:
        """Notes pain, 0 to 10; from `PAIN_STOPS` on it ends the run."""
        self._logs.note(PAIN, pain)
        self._run.coach.note_pain(pain)

    def finish(self) -> Plain:
        """Ends the run, writes the session, and returns the summary; again, returns it again."""
        if self.session is None:
            self._run.end()
            self.session = self._run.session(self._source)
            self._estimator.close()
            if self._run.judged:
                self._write(self.session)
        session = self.session
        values = self.values()
        return values | {
            "finished": True,
            "summary": {
                "number": self._writer.number if self._run.judged else None,
                "text": counts_text(session.counts),
                "counts": counts_values(session.counts),
                "by_side": {s.value: counts_values(c) for s, c in session.by_side.items()},
                "sets": [
                    {"set": one.number, "text": counts_text(one.counts)} for one in session.sets
                ],
                "reps": self.reps,
                "pain_stopped": (self._run.coach.pain or 0) >= PAIN_STOPS,
                "problems": [*session.problems, *self.warnings],
                "most": self._most_frequent(session),
            },
        }

    def _write(self, session: Session) -> None:
        """Writes how the run ended, and waits until all of it is written."""
        try:
            self._logs.finish(session)
        except OutputError as error:
            self._warn(str(error))

    def _most_frequent(self, session: Session) -> str:
        """Returns the most frequent fault in words; empty without one."""
        codes = [finding.code for rep in session.reps for finding in rep.faults]
        if not codes:
            all_clean = Counts.of(session.reps).clean == len(session.reps) > 0
            return "Every repetition clean." if all_clean else ""
        code = max(dict.fromkeys(codes), key=codes.count)
        name = next((f.name for f in self.exercise.faults if f.code == code), code)
        times = codes.count(code)
        return f"Most often: {name} ({times} times)" if times > 1 else f"Most often: {name}"

    def _warn(self, sentence: str) -> None:
        self.warnings.append(sentence)
        self._tell(sentence)
