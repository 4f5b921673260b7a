"""Where results go: never over what they are made of, nor over one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from formcheck.errors import UsageError


def keep_apart(read: Iterable[Path | None], written: Mapping[str, Path | str | None]) -> None:
    """Refuse results that would replace a file that is read, or each other.

    Parameters
    ----------
    read : iterable of Path
        What the command reads; None is nothing.
    written : mapping of str to Path
        Where results go, by option; None, and `-` for stdout, are nowhere.

    Raises
    ------
    UsageError
        Which option means which file.
    """
    named: dict[Path, str] = {}
    for path in read:
        place = _place(path)
        if place is not None:
            named[place] = "what it is made of"
    for option, target in written.items():
        place = _place(target)
        if place is None:
            continue
        if place in named:
            raise UsageError(
                f"{option} would replace '{target}', {named[place]}: name another file."
            )
        named[place] = f"the result of {option}"


def _place(path: Path | str | None) -> Path | None:
    """Return where a file really is; None for what can take any number of results."""
    if path is None or str(path) == "-":
        return None
    try:
        place = Path(path).resolve()
        # A device or a pipe is not replaced.
        return None if place.exists() and not place.is_file() else place
    except (OSError, ValueError, RuntimeError):
        # No file can be there; whoever opens it says so.
        return None
