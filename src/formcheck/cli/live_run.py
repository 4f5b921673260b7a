"""One live run with everything opened for it: by `run`, and by `routine` for each exercise."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from formcheck.cli.common import ends_like_ctrl_c, warn
from formcheck.cli.run_io import RunHistory, RunInputs, RunOutputs
from formcheck.cli.stdout import printed_afterwards

if TYPE_CHECKING:
    from formcheck.core.coaching.settings import RunSettings
    from formcheck.core.exercise.exercise import Exercise
    from formcheck.live.run import LiveResult
    from formcheck.sound.feedback import Feedback


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """What one run is to do.

    Attributes
    ----------
    exercise : Exercise
        With the hold asked for.
    settings : RunSettings
        Sets, repetitions, rest, leg, strictness.
    inputs : RunInputs
        Where frames and poses come from.
    outputs : RunOutputs
        What to print and write.
    history : RunHistory | None
        Where to store the session; None stores nothing.
    window : bool
        Whether to show the picture.
    mirrored : bool | None
        Whether to show the picture as in a mirror; None does so for cameras only.
    voice, muted : bool
        Whether to speak; whether to begin silent.
    """

    exercise: Exercise
    settings: RunSettings
    inputs: RunInputs
    outputs: RunOutputs
    history: RunHistory | None
    window: bool
    mirrored: bool | None = None
    voice: bool = False
    muted: bool = False


def carry_out(request: RunRequest) -> LiveResult:
    """Runs, prints and writes the results, asks for the pain, and returns the result.

    Raises
    ------
    FormcheckError
        A file, the source, the model or the screen can't be opened or written.
    """
    from formcheck.core.checker.wording import changes_text
    from formcheck.sound.feedback import Feedback

    history, outputs = request.history, request.outputs
    if request.exercise.changes:
        warn(changes_text(request.exercise))
    # The last words are heard while the summary is read.
    with (
        Feedback(voice=request.voice, muted=request.muted, report=warn) as feedback,
        printed_afterwards(outputs.csv_path) as outputs.csv_path,
    ):
        result = _live(request, feedback)
        outputs.tell(result, request.exercise)
        outputs.save(result, request.exercise)
    unasked = not request.window and result.pain is None and bool(result.session.reps)
    if history is not None and unasked:
        result = replace(result, pain=history.asked_pain())
    return result


def has_failed(result: LiveResult) -> bool:
    """Returns whether a run broke off, or came to its end without seeing anybody."""
    return result.error is not None or (result.ended and not result.person_seen)


def _live(request: RunRequest, feedback: Feedback) -> LiveResult:
    """Runs with everything open that the run needs, and closes it again."""
    from formcheck.core.checker.checker import FormChecker
    from formcheck.core.coaching.lighting import LightWatch
    from formcheck.live.run import LiveSettings, run_live
    from formcheck.live.window import Window

    exercise, settings, inputs = request.exercise, request.settings, request.inputs
    outputs, history = request.outputs, request.history
    checker = FormChecker(exercise, side=settings.side, strict=settings.strict)
    with ExitStack() as stack:
        stack.enter_context(ends_like_ctrl_c())
        recorders = outputs.recorders(stack, pictures=inputs.poses is None)
        title = f"formcheck - {exercise.title} (h shows the keys)"
        screen = stack.enter_context(Window(title)) if request.window else None
        source = stack.enter_context(inputs.opened())
        if history is not None:
            history.beware()
        return run_live(
            source,
            stack.enter_context(inputs.estimator(exercise)),
            checker,
            LiveSettings(
                run=settings,
                screen=screen,
                mirrored=inputs.is_camera if request.mirrored is None else request.mirrored,
                recorders=recorders,
                light=LightWatch().look,
                sound=feedback,
                logs=[*outputs.logs(), *([] if history is None else [history.log])],
                header=inputs.header(exercise, settings, source.info.path),
                on_report=outputs.add if outputs.needs_frames else None,
            ),
        )
