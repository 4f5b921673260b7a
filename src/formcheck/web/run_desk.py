"""The one live run of the server, in a thread of its own, and the screens that watch it."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from formcheck.core.exercise.adjustment import Adjustment
from formcheck.core.exercise.exercise import Exercise
from formcheck.errors import FormcheckError, UsageError
from formcheck.estimators.estimator import Estimator
from formcheck.exercises import get_exercise, slugs
from formcheck.web.jpeg import decoded
from formcheck.web.scene import Plain
from formcheck.web.web_run import WebRun, WebRunRequest

SILENT_S = 3.0
SILENT = "The camera sends nothing: look at the phone. The set goes on by itself."
GIVE_UP_S = 120.0
"""Long enough to get up from the floor and wake the phone; then the session is written."""
WATCH_S = 0.5
MOST_VIEWERS = 8

T = TypeVar("T")


class NoSuchRun(UsageError):
    """The run is over, or never was."""

    def __init__(self) -> None:
        super().__init__("This run is over: its session is in the history.")


class Busy(UsageError):
    """Another run is going on."""

    def __init__(self) -> None:
        super().__init__("A run is going on already: end it first, on its own page or here.")


@dataclass(slots=True, eq=False)
class Viewer:
    """A screen that watches: the newest frame, until it is taken."""

    changed: asyncio.Event = field(default_factory=asyncio.Event)
    newest: tuple[Plain, bytes] | None = None

    async def take(self) -> tuple[Plain, bytes]:
        """Waits for a frame that was not taken yet; returns its values and its JPEG."""
        while self.newest is None:
            await self.changed.wait()
            self.changed.clear()
        taken, self.newest = self.newest, None
        return taken


class RunDesk:
    """Holds the live run; at most one at a time.

    Parameters
    ----------
    folder : Path
        The folder of the history.
    open_estimator : callable
        Opens what finds the person.
    warn : callable
        Gets a sentence about what went wrong beside a run.
    different : mapping of str to Adjustment
        What is different for the person who trains, by exercise.
    """

    def __init__(
        self,
        folder: Path,
        *,
        open_estimator: Callable[[Exercise], Estimator],
        warn: Callable[[str], None],
        different: Mapping[str, Adjustment] | None = None,
    ) -> None:
        self.different = different or {}
        self._folder = folder
        self._open_estimator = open_estimator
        self._warn = warn
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="judge")
        self._turn = asyncio.Lock()
        self._run: WebRun | None = None
        self._id = ""
        self._came_s = 0.0
        self._waits = self._warm = False
        self._watchdog: asyncio.Task[None] | None = None
        self._viewers: set[Viewer] = set()
        self._newest: tuple[Plain, bytes] | None = None

    @property
    def run_id(self) -> str | None:
        """Identity of the live run; None without one."""
        return self._id if self._run is not None else None

    @property
    def exercise(self) -> str | None:
        """Slug of the exercise of the live run; None without one."""
        return None if self._run is None else self._run.exercise.slug

    async def begin(self, request: WebRunRequest) -> str:
        """Begins a run and returns its identity.

        Raises
        ------
        Busy
            Another run is going on.
        FormcheckError
            The model can't be loaded.
        """
        async with self._turn:
            if self._run is not None:
                raise Busy
            self._run = await self._in_thread(
                lambda: WebRun(
                    request,
                    self._folder,
                    open_estimator=self._open_estimator,
                    warn=self._warn,
                )
            )
            self._id, self._newest = secrets.token_hex(8), None
            self._came_s, self._waits = time.monotonic(), False
            self._watchdog = asyncio.create_task(self._watch())
            return self._id

    def warm_up(self) -> None:
        """Loads the model once, so that a run begins at once; returns before it is loaded."""
        if not self._warm:
            self._warm = True
            self._thread.submit(self._open_and_close)

    def _open_and_close(self) -> None:
        # What is wrong with the model is said when a run begins.
        with suppress(FormcheckError):
            self._open_estimator(get_exercise(slugs()[0])).close()

    async def frame(self, run_id: str, jpeg: bytes, captured_ms: float) -> Plain:
        """Judges a picture and returns what the page shows.

        Raises
        ------
        NoSuchRun
            The run is over.
        PictureError
            The picture can't be used; the run goes on.
        """
        async with self._turn:
            run = self._known(run_id)

            def judge() -> Plain | None:
                values = run.judge(decoded(jpeg), captured_ms)
                return run.finish() if values is not None and run.finished else values

            values = await self._in_thread(judge)
            if values is None:
                return {"skipped": True}
            self._came_s, self._waits = time.monotonic(), False
            self._publish(values, jpeg)
            if values["finished"]:
                self._close_run()
            return values

    async def command(self, run_id: str, name: str, value: object = None) -> Plain:
        """Does what a button asks for, and returns the state of the run after it.

        Raises
        ------
        NoSuchRun
            The run is over.
        UsageError
            There is no such command, or its value makes no sense.
        """
        async with self._turn:
            run = self._known(run_id)
            act = _action(run, name, value)

            def do() -> Plain:
                act()
                return run.finish() if run.finished or name == "stop" else run.values()

            values = await self._in_thread(do)
            self._publish(values, None)
            if values["finished"]:
                self._close_run()
            return values

    async def stop(self) -> Plain | None:
        """Ends the run, if there is one, and returns its summary."""
        run_id = self.run_id
        return None if run_id is None else await self.command(run_id, "stop")

    async def close(self) -> None:
        """Ends the run and writes its session."""
        with suppress(NoSuchRun):
            await self.stop()
        self._thread.shutdown()

    def watch(self) -> Viewer:
        """Returns a new viewer, which gets the newest frame first; `leave` lets it go.

        Raises
        ------
        UsageError
            Too many screens watch already.
        """
        if len(self._viewers) >= MOST_VIEWERS:
            raise UsageError(f"At most {MOST_VIEWERS} screens can watch a run.")
        viewer = Viewer()
        self._viewers.add(viewer)
        if self._newest is not None:
            viewer.newest = self._newest
            viewer.changed.set()
        return viewer

    def leave(self, viewer: Viewer) -> None:
        """Lets a viewer go."""
        self._viewers.discard(viewer)

    def _known(self, run_id: str) -> WebRun:
        if self._run is None or run_id != self._id:
            raise NoSuchRun
        return self._run

    def _close_run(self) -> None:
        self._run = None
        if self._watchdog is not None:
            self._watchdog.cancel()
            self._watchdog = None

    def _publish(self, values: Plain, jpeg: bytes | None) -> None:
        picture = jpeg if jpeg is not None else b"" if self._newest is None else self._newest[1]
        self._newest = values, picture
        for viewer in self._viewers:
            viewer.newest = self._newest
            viewer.changed.set()

    async def _watch(self) -> None:
        """Pauses the run while no pictures come, and ends it after two minutes."""
        while True:
            await asyncio.sleep(WATCH_S)
            silent_s = time.monotonic() - self._came_s
            if silent_s > GIVE_UP_S:
                self._watchdog = None
                with suppress(NoSuchRun):
                    await self.stop()
                return
            if silent_s > SILENT_S and not self._waits:
                async with self._turn:
                    run = self._run
                    if run is None:
                        return

                    def wait(run: WebRun = run) -> Plain:
                        run.wait_for_camera(SILENT)
                        return run.values()

                    self._waits = True
                    self._publish(await self._in_thread(wait), None)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _action(run: WebRun, name: str, value: object) -> Callable[[], object]:
    """Returns what a command does."""
    if name == "pain":
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10:
            raise UsageError("Pain is a number from 0 to 10.")
        pain = value
        return lambda: run.note_pain(pain)
    actions: dict[str, Callable[[], object]] = {
        "stop": lambda: None,
        "pause": run.pause,
        "resume": run.resume,
        "next_set": run.next_set,
        "switch": run.switch_side,
        "recalibrate": run.recalibrate,
        "state": lambda: None,
    }
    if name not in actions:
        raise UsageError(f"There is no command '{name}': use {', '.join((*actions, 'pain'))}.")
    return actions[name]
