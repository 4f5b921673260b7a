"""The tables of the database, as numbered steps from an empty file to today's version.

A released step never changes: a new shape of the tables is a new step.
"""

from __future__ import annotations

APPLICATION_ID = 0x466F726D
"""Marks the file as formcheck's ("Form"), so that formcheck refuses databases of other programs."""

_TRAINING = """
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    started_at TEXT NOT NULL,
    started_s REAL NOT NULL,
    ended_at TEXT,
    exercise TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('run', 'analyze')),
    source TEXT NOT NULL,
    view TEXT NOT NULL DEFAULT 'unknown' CHECK (view IN ('side', 'front', 'oblique', 'unknown')),
    sides TEXT NOT NULL DEFAULT '[]',
    settings TEXT NOT NULL,
    calibration TEXT,
    problems TEXT NOT NULL DEFAULT '[]',
    model TEXT NOT NULL DEFAULT '',
    formcheck TEXT NOT NULL
);
CREATE INDEX sessions_by_time ON sessions (started_s);
CREATE INDEX sessions_by_exercise ON sessions (exercise, started_s);
CREATE TABLE sets (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    UNIQUE (session_id, number)
);
CREATE TABLE reps (
    id INTEGER PRIMARY KEY,
    set_id INTEGER NOT NULL REFERENCES sets (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    side TEXT NOT NULL CHECK (side IN ('left', 'right', 'both')),
    start_s REAL NOT NULL,
    top_s REAL NOT NULL,
    end_s REAL NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('clean', 'compensated', 'partial', 'unverified')),
    peak_deg REAL,
    hold_s REAL,
    lowering_s REAL,
    pelvic_tilt_deg REAL,
    UNIQUE (set_id, place)
);
CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    rep_id INTEGER NOT NULL REFERENCES reps (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('fault', 'cue')),
    code TEXT NOT NULL,
    worst REAL,
    limit_value REAL,
    unit TEXT NOT NULL,
    at_s REAL
);
CREATE INDEX findings_by_rep ON findings (rep_id);
CREATE TABLE unchecked (
    id INTEGER PRIMARY KEY,
    rep_id INTEGER NOT NULL REFERENCES reps (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX unchecked_by_rep ON unchecked (rep_id);
"""

_HOW_IT_FELT = """
ALTER TABLE sets ADD COLUMN load TEXT NOT NULL DEFAULT '';
ALTER TABLE sets ADD COLUMN pain INTEGER CHECK (pain BETWEEN 0 AND 10);
ALTER TABLE sessions ADD COLUMN notes TEXT NOT NULL DEFAULT '{}';
"""

_WHAT_NEXT = """
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at TEXT NOT NULL,
    made_s REAL NOT NULL,
    made_by TEXT NOT NULL CHECK (made_by IN ('rule', 'user')),
    step TEXT NOT NULL CHECK (step IN ('up', 'stay', 'back', 'stop')),
    exercise TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reasons TEXT NOT NULL,
    UNIQUE (made_at, exercise)
);
CREATE INDEX decisions_by_exercise ON decisions (exercise, made_s);
"""

# The column always held the lateral tilt: `pelvic_tilt_deg` is the sagittal one everywhere else.
_OBLIQUITY = "ALTER TABLE reps RENAME COLUMN pelvic_tilt_deg TO pelvic_obliquity_deg;"

_RULES = "ALTER TABLE sessions ADD COLUMN rules TEXT;"

_TILT = "ALTER TABLE reps ADD COLUMN pelvic_tilt_deg REAL;"

STEPS: tuple[str, ...] = (_TRAINING, _HOW_IT_FELT, _WHAT_NEXT, _OBLIQUITY, _RULES, _TILT)
"""Step n takes a database of version n - 1 to version n (`PRAGMA user_version`)."""
