"""What is typed: options that contradict, numbers out of range, unknown names, odd places."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import SLUG
from tests.fuzz.readers import READERS, whole
from tests.hostile.case import Case, Make
from tests.hostile.files import POSES, with_sessions
from tests.hostile.videos import clip, raw

EXPORT = next(reader for reader in READERS if reader.name == "export, imported")
GOOD = raw("a.npz", whole(POSES))
ANALYZE = ("analyze", "{}/a.npz", "-e", SLUG)
RUN = ("run", SLUG, "--no-window", "--mute", "--source")


def _two(place: Path) -> None:
    (place / "other").mkdir()
    for name in ("a.npz", "b.npz", "other/a.npz"):
        (place / name).write_bytes(whole(POSES))


def _usage(name: str, *line: str, words: tuple[str, ...] = (), make: Make = GOOD) -> Case:
    return Case(group="options", name=name, line=line, code=2, words=words, make=make)


def _typer(option: str, value: str, *line: str) -> Case:
    return _usage(f"{option} {value}", *line, option, value, words=(option,))


OPTIONS = (
    _usage("an unknown command", "judge", words=("judge",)),
    _usage("an unknown option", *ANALYZE, "--nope", words=("--nope",)),
    _usage("no video", "analyze", "-e", SLUG, words=("VIDEO",)),
    _usage("no exercise", "analyze", "a.mp4", words=("Which exercise", "--exercise")),
    _usage("no exercise to run", "run", words=("exercise",)),
    *(
        _usage(f"{name}, {command}", *line, words=("There is no exercise", "Known: ", hint))
        for command, before, after in (
            ("analyze", ("analyze", "{}/a.npz", "-e"), ()),
            ("run", ("run",), ("--no-window", "--mute", "--source", "{}/a.npz")),
            ("exercises", ("exercises",), ()),
        )
        for name, slug, hint in (
            ("far off", "nope", ""),
            ("a slip", "standing-hip-fexion", f"Did you mean '{SLUG}'?"),
            ("half of it", "hip-flexion", f"Did you mean '{SLUG}'?"),
            ("nothing", "", ""),
        )
        if slug or command != "analyze"
        for line in ((*before, slug, *after),)
    ),
    _usage("nothing, analyze", "analyze", "{}/a.npz", "-e", "", words=("Which exercise",)),
    *(
        _typer(option, value, *ANALYZE)
        for option, value in (
            ("--jobs", "0"), ("--jobs", "two"), ("--rotate", "45"), ("--side", "up"),
            ("--hold", "0"), ("--hold", "301"), ("--hold", "nan"), ("--hold", "long"),
        )
    ),
    *(
        _typer(option, value, *RUN, "{}/a.npz")
        for option, value in (
            ("--sets", "0"), ("--reps", "201"), ("--rest", "-1"), ("--rest", "nan"),
            ("--width", "1"), ("--fps", "0"), ("--fps", "nan"),
        )
    ),
    _usage("an empty source", *RUN, "", words=("No source",)),
    _usage("poses saved under no name", *ANALYZE, "--save-poses", "", words=("--save-poses",)),
    _usage("poses to be saved as text", *ANALYZE, "--save-poses", "p.txt", words=("'p.npz'",)),
    _usage("two tables in one file", *ANALYZE, "{}/b.npz", "--csv", "f.csv", words=("--out",),
           make=_two),
    _usage("two recordings in one file", *ANALYZE, "{}/b.npz", "--save-poses", "c.npz",
           words=("--out",), make=_two),
    _usage("two videos of one name into one folder", *ANALYZE, "{}/other/a.npz", "--out", "{}/out",
           words=("a",), make=_two),
    _usage("a day that is none", "history", "--since", "yesterweek", words=("is no day",)),
    _usage("a day of no calendar", "history", "--since", "2026-02-31", words=("is no day",)),
    _usage("a format nobody knows", "history", "export", "--format", "xml", words=("--format",)),
    _usage("a session that is no number", "history", "show", "first", words=("number",)),
    _usage("pain beyond 10", "history", "note", "1", "--pain", "11", words=("--pain",)),
    _usage("an end before the beginning", *ANALYZE, "--from", "5", "--to", "2", words=("after",)),
    *(
        _usage(f"{option} over its own source", *ANALYZE, option, "{}/a.npz",
               words=(option, "would replace"))
        for option in ("--json", "--csv", "--save-poses")
    ),
    *(
        _usage(f"{option} over its own source, live", *RUN, "{}/a.mp4", option, "{}/./a.mp4",
               words=(option, "would replace"), make=clip())
        for option in ("--json", "--csv", "--record", "--record-raw")
    ),
    _usage("two results in one file", *ANALYZE, "--json", "{}/x", "--csv", "{}/x",
           words=("--csv would replace", "--json")),
    _usage("an export over the history", "history", "export", "--out", "{}/data/history.db",
           words=("--out would replace",), make=with_sessions),
    _usage("the last word over its journal", "recover", "{}/a.npz", "--json", "{}/a.npz",
           words=("--json would replace",)),
    _usage("pictures of poses", *RUN, "{}/a.npz", "--record-raw", "{}/r.mp4", words=("pictures",)),
    _usage("a record that is no .mp4", *RUN, "{}/a.npz", "--record", "{}/r.avi", words=(".mp4",)),
    _usage("a person who is not there", "analyze", "{}/a.mp4", "-e", SLUG, "--person", "3",
           words=("no person 3",), make=clip()),
    _usage("a history of nothing known", "history", "--exercise", "nope", words=("Known: ",)),
    _typer("--from", "nan", *ANALYZE),
    _typer("--to", "-3", *ANALYZE),
    _usage("a turn of poses, live", *RUN, "{}/a.npz", "--rotate", "90", words=("turn",)),
)  # fmt: skip


def _named(name: str) -> Make:
    def make(place: Path) -> None:
        path = place / "films" / name
        path.parent.mkdir()
        path.write_bytes(whole(POSES))

    return make


NAMES = {
    "spaces": "my first set.npz",
    "quotes": 'Anna\'s "best" `set` $HOME.npz',
    "unicode": "Übung 体操 \u202egnp.npz",
    "a new line": "two\nlines.npz",
    "an escape": "red\x1b[31mname.npz",
    "a dash": "-e.npz",
    "a pattern's signs": "a[1]*?.npz",
    "markup": "[bold]set[nothing].npz",
}


def _output(option: str, where: str, code: int, *words: str) -> Case:
    return Case(group="places", name=f"{option} {where}", line=(*ANALYZE, option, where),
                code=code, words=words, make=GOOD)  # fmt: skip


def _under(place: Path) -> None:
    GOOD(place)
    (place / "u").touch()


PLACES = (
    *(
        Case(group="names", name=name, line=("analyze", f"{{}}/films/{file}", "-e", SLUG,
             "--out", "{}/out"), code=0, make=_named(file))
        for name, file in NAMES.items()
    ),
    Case(group="names", name="a new line, missing", code=1, words=("There is no",),
         line=("analyze", "{}/two\nlines.mp4", "-e", SLUG)),
    Case(group="names", name="an escape, missing", code=1, words=("a\\x1b[2J.mp4",),
         line=("analyze", "{}/a\x1b[2J.mp4", "-e", SLUG)),
    Case(group="names", name="far too long", code=1,
         line=("analyze", "{}/" + "x" * 5000, "-e", SLUG)),
    *(
        Case(group="places", name=f"{option} under a file", code=1,
             line=(*ANALYZE, option, f"{{}}/u/{name}"), words=("can't be written",), make=_under)
        for option, name in (("--json", "a.json"), ("--csv", "a.csv"), ("--out", "r"),
                             ("--save-poses", "p.npz"))
    ),
    _output("--json", "/dev/full", 1, "No space left"),
    _output("--csv", "/dev/full", 1, "No space left"),
    _output("--json", "/proc/formcheck.json", 1, "can't be written"),
    _output("--out", "/proc/formcheck", 1, "can't be written"),
    _output("--json", "{}", 1, "can't be written"),
    Case(group="places", name="no home", line=("history",), code=0,
         environ={"HOME": "", "XDG_DATA_HOME": "", "FORMCHECK_DATA": "{}/data"}),
    Case(group="places", name="a history nobody may write", line=("history", "import", "{}/a.json"),
         code=1, words=("--data",), environ={"FORMCHECK_DATA": "/proc/formcheck"},
         make=raw("a.json", whole(EXPORT))),
    Case(group="places", name="a demonstration nobody may write", code=0,
         line=("demo", "--out", "/proc/demo"), told="All results: "),
    Case(group="places", name="a home nobody may write to", code=1, words=("--data",),
         line=("history", "import", "{}/a.json"), make=raw("a.json", whole(EXPORT)),
         environ={"HOME": "/proc/nobody", "XDG_DATA_HOME": "", "FORMCHECK_DATA": ""}),
    Case(group="places", name="a home that is not there", code=0, line=("history",),
         environ={"HOME": "{}/nowhere", "XDG_DATA_HOME": "", "FORMCHECK_DATA": ""}),
    Case(group="places", name="a user nobody knows", code=1, words=("There is no file",),
         line=("analyze", "~no-such-user/a.mp4", "-e", SLUG)),
    Case(group="places", name="a cluster that is no address", code=1, words=("tcp://",),
         line=(*ANALYZE, "--cluster", "nowhere"), make=GOOD),
    Case(group="places", name="no screen", code=1, words=("--no-window",), make=GOOD,
         line=("run", SLUG, "--mute", "--source", "{}/a.npz")),
    Case(group="places", name="a screen that does not answer", code=1, words=("--no-window",),
         make=GOOD, line=("run", SLUG, "--mute", "--source", "{}/a.npz"),
         environ={"DISPLAY": ":87"}),
    Case(group="places", name="no such camera", code=1, words=("Camera 97", "can't be opened"),
         line=(*RUN, "97")),
)  # fmt: skip

CASES = (*OPTIONS, *PLACES)
