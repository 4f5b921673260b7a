"""The session as JSON of `SESSION_SCHEMA`: stable, other programs read it."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import Any

from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.session import Rep, Session, SetResult
from formcheck.core.pose.frame import SourceInfo
from formcheck.files.plain_exercise import plain_rules
from formcheck.files.writing import write_text

SESSION_SCHEMA = "formcheck/session@2"
SESSION_SCHEMAS = (SESSION_SCHEMA, "formcheck/session@1")
"""What can be read. In @1 a repetition's `pelvic_obliquity_deg` is called `pelvic_tilt_deg`."""


def to_dict(session: Session) -> dict[str, Any]:
    """Returns the session as plain dictionaries and lists; None means not observed."""
    plain = {
        "schema": SESSION_SCHEMA,
        "formcheck": session.formcheck,
        "exercise": session.exercise,
        "source": _source(session.source),
        "frames_judged": session.frames_judged,
        "view": session.view.value,
        "hold_target_s": session.hold_target_s or None,
        "calibration": _calibration(session.calibration),
        "counts": asdict(session.counts),
        "by_side": {side.value: asdict(counts) for side, counts in session.by_side.items()},
        "reps": [rep_dict(rep) for rep in session.reps],
        "problems": list(session.problems),
    }
    if session.dropped:
        plain["dropped"] = [asdict(one) for one in session.dropped]
    if session.sets:
        plain["sets"] = [_set(one) for one in session.sets]
    if session.rules is not None:
        plain["rules"] = plain_rules(session.rules)
    cleaned = clean(plain)
    assert isinstance(cleaned, dict)
    return cleaned


def rep_dict(rep: Rep) -> dict[str, Any]:
    """Returns a repetition as plain dictionaries, with its set if there were sets."""
    plain = asdict(rep)
    number = plain.pop("set_number")
    if number is not None:
        plain["set"] = number
    cleaned = clean(plain)
    assert isinstance(cleaned, dict)
    return cleaned


def to_json(session: Session) -> str:
    """Returns the session as JSON text, ending in a newline."""
    return plain_text(to_dict(session))


def plain_text(plain: Any) -> str:
    """Returns plain dictionaries and lists as JSON text, ending in a newline."""
    return json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def write_json(session: Session, path: Path) -> None:
    """Writes the session; an `OutputError` says why it can't be."""
    write_text(path, to_json(session))


def _set(one: SetResult) -> dict[str, Any]:
    plain = asdict(one)
    return {"number": plain.pop("number"), "counts": asdict(one.counts), **plain}


def read_json(path: Path) -> dict[str, Any] | None:
    """Returns a session file's content as `to_dict` gives it; None if it is no such file."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return plain if isinstance(plain, dict) and plain.get("schema") in SESSION_SCHEMAS else None


def _source(source: SourceInfo) -> dict[str, Any]:
    """Returns the source, with stretch, person and speed only where there was a choice of them."""
    plain = asdict(source)
    for names in (("from_s", "to_s"), ("people", "person"), ("speed",)):
        part = {name: plain.pop(name) for name in names}
        if any(value is not None for value in part.values()):
            plain |= part
    return plain


def _calibration(calibration: Calibration | None) -> dict[str, Any] | None:
    if calibration is None:
        return None
    scene = calibration.scene
    # The tag is there only where one was worn.
    tag = {} if scene.tag is None else {"tag": asdict(scene.tag)}
    return {
        "start_s": calibration.start_s,
        "end_s": calibration.end_s,
        "calm": calibration.calm,
        "view": scene.view,
        "yaw_deg": scene.yaw_deg,
        "facing": {1: "right", -1: "left"}.get(scene.facing, "unknown"),
        "trunk_px": scene.trunk_px,
        "roll_deg": scene.roll_deg,
        **tag,
        "offsets": dict(calibration.offsets),
        "neutral": dict(calibration.neutral),
        "sd": dict(calibration.sd),
    }


def clean(value: Any) -> Any:
    """Returns the value with enums as their text, NaN as None, numbers to a sensible precision."""
    if isinstance(value, dict):
        return {str(getattr(k, "value", k)): clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(v) for v in value]
    if isinstance(value, str) and not isinstance(value, Enum):
        # A file name in an old encoding holds halves of characters that UTF-8 has no form for.
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else None
    return getattr(value, "value", value)
