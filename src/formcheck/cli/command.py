"""What every command has in common: panels of options, help as written, hints at typing errors.

A `Commands` is a typer application whose commands take `-h`, print brackets in help as they stand,
and name the nearest option where somebody types one that is not there.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

JUDGED = "What is judged"
RESULTS = "Results"
WHO = "Who, and the history"
LIVE = "The run"
MACHINE = "Source and machine"
OTHER = "Help"
"""Panels of options, as `rich_help_panel`, in the order in which a command declares them."""

BEGIN = "Begin here"
WEEKS = "Over weeks"
MORE = "More"
"""Panels of commands."""

ALSO_CALLED = {
    "--angle": "--rotate", "--begin": "--from", "--cam": "--source", "--camera": "--source",
    "--cores": "--jobs", "--device": "--source", "--end": "--to",
    "--flip": "--mirrored", "--folder": "--out", "--headless": "--no-window", "--input": "--source",
    "--leg": "--side",
    "--legs": "--side", "--no-gui": "--no-window", "--no-sound": "--mute", "--output": "--out",
    "--processes": "--jobs", "--quiet": "--mute", "--silent": "--mute", "--start": "--from",
    "--stop": "--to", "--threads": "--jobs", "--workers": "--jobs",
    "--slow-motion": "--speed", "--slowmo": "--speed", "--url": "--source",
    "--html": "--report", "--poses": "--save-poses",
}  # fmt: skip
"""Other programs' words for options, and the option meant."""

_USAGE_ERROR: Any = typer.BadParameter.__mro__[1]
"""typer's own class, which newer versions bring along and older ones take from click."""


class _Habits:
    """Help that prints brackets as they stand, and hints at what was meant."""

    def get_help_option(self, ctx: Any) -> Any:
        """Returns the option `--help`, in the last panel."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.rich_help_panel = OTHER
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Prints the help."""
        for command in (self, *getattr(self, "commands", {}).values()):
            _escape_once(command)
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Reads the arguments; of an unknown option, names the one that was meant."""
        given = list(args)
        args = [_at_home(word) for word in args]
        try:
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        except _USAGE_ERROR as error:
            _explain(error, ctx, given)
            raise
        return rest


class Command(_Habits, TyperCommand):
    """A command with these habits."""


class Group(_Habits, TyperGroup):
    """A group of commands with these habits."""


class Commands(typer.Typer):
    """A typer application of such commands; takes what `typer.Typer` takes."""

    def __init__(self, **options: Any) -> None:
        settings = {"help_option_names": ["--help", "-h"]}
        super().__init__(
            context_settings=settings, pretty_exceptions_enable=False, **{"cls": Group, **options}
        )

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Returns the decorator that adds a command; takes what `typer.Typer.command` takes."""
        return super().command(name, **{"cls": Command, **options})


def _at_home(word: str) -> str:
    """Returns a word with the user's folder for `~`, which a shell leaves quoted and after `=`."""
    option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
    home = value == "~" or value.startswith(("~/", "~\\"))
    return f"{option}{equals}{os.path.expanduser(value)}" if home else word  # noqa: PTH111


def _escape_once(command: Any) -> None:
    """Marks the brackets in a command's texts as text: typer reads them as markup."""
    if getattr(command, "brackets_escaped", False):
        return
    from rich.markup import escape

    command.brackets_escaped = True
    for owner, names in (
        (command, ("help", "short_help", "epilog")),
        *((param, ("help",)) for param in command.params),
    ):
        for name in names:
            if text := getattr(owner, name, None):
                setattr(owner, name, escape(text))


def _explain(error: Any, ctx: Any, given: Sequence[str]) -> None:
    """Completes the message about an unknown option; leaves every other one."""
    if not hasattr(error, "possibilities"):
        return
    wanted = str(error.option_name)
    # "-json" reads as "-j -s -o -n".
    for word in given:
        if not wanted.startswith("--") and word.startswith("-" + wanted.lstrip("-")[:1]):
            wanted = word if word.startswith("--") else f"-{word}"
    error.message = f"No such option: {error.option_name}. {_hint(wanted.partition('=')[0], ctx)}"
    error.possibilities = None


def _hint(wanted: str, ctx: Any) -> str:
    own = {*_options(ctx.command), *ctx.help_option_names}
    lower = wanted.lower().replace("_", "-")
    for name in (lower, ALSO_CALLED.get(lower, "")):
        if name in own:
            return f"Did you mean {name}?"
    for name in (lower, ALSO_CALLED.get(lower, "")):
        others = [path for path, command in _commands(ctx) if name in _options(command)]
        if others:
            return f"`{'` and `'.join(others)}` {'has' if len(others) == 1 else 'have'} {name}."
    near = difflib.get_close_matches(lower, sorted(own), n=2, cutoff=0.65)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"`{ctx.command_path} --help` lists those there are."


def _options(command: Any) -> Iterator[str]:
    for param in command.params:
        if param.param_type_name == "option" and not getattr(param, "hidden", False):
            yield from (*param.opts, *param.secondary_opts)


def _commands(ctx: Any) -> Iterator[tuple[str, Any]]:
    """Gives every command that takes options, with the words to type for it."""
    root = ctx.find_root()
    waiting = [(root.info_name or "formcheck", root.command)]
    while waiting:
        path, command = waiting.pop(0)
        yield path, command
        below = getattr(command, "commands", {})
        waiting += [(f"{path} {name}", each) for name, each in below.items()]
