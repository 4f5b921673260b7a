"""Files nobody may read, and places nobody may write to, for a user without rights."""

from __future__ import annotations

from pathlib import Path

from formcheck.history.folder import DATABASE, PLAN
from tests.cli.running import SLUG
from tests.fuzz.readers import PLAN as GOOD_PLAN
from tests.fuzz.readers import READERS, whole
from tests.hostile.case import Case, Make
from tests.hostile.files import with_sessions
from tests.hostile.usage import ANALYZE, EXPORT, GOOD, RUN
from tests.hostile.videos import clip


def _shut(name: str, make: Make, mode: int = 0) -> Make:
    """Return the making of something that is then shut."""

    def shut(place: Path) -> None:
        make(place)
        (place / name).chmod(mode)

    return shut


def _file(name: str, data: bytes) -> Make:
    def make(place: Path) -> None:
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_bytes(data)

    return make


def _walled(place: Path) -> None:
    GOOD(place)
    (place / "wall").mkdir()
    (place / "wall" / "a.json").write_text("{}", encoding="utf-8")
    (place / "wall").chmod(0o555)


def _read_only(place: Path) -> None:
    GOOD(place)
    with_sessions(place)
    for path in (place / "data").iterdir():
        path.chmod(0o444)
    (place / "data").chmod(0o555)


def _case(name: str, *line: str, make: Make, words: tuple[str, ...] = (), code: int = 1,
          told: str = "") -> Case:  # fmt: skip
    return Case(group="rights", name=name, line=line, code=code, words=words, make=make, told=told,
                unprivileged=True)  # fmt: skip


def _both(*makes: Make) -> Make:
    def make(place: Path) -> None:
        for each in makes:
            each(place)

    return make


MODEL = whole(next(reader for reader in READERS if reader.name == "model"))

CASES = (
    _case("a video", "analyze", "{}/a.mp4", "-e", SLUG, make=_shut("a.mp4", clip()),
          words=("can't be read", "permissions")),
    _case("a video, live", *RUN, "{}/a.mp4", make=_shut("a.mp4", clip()),
          words=("can't be read", "permissions")),
    _case("poses", *ANALYZE, make=_shut("a.npz", GOOD), words=("a.npz", "Permission denied")),
    _case("a folder", "analyze", "{}/films", "-e", SLUG, words=("films",),
          make=_shut("films", _file("films/a.mp4", b"x"))),
    _case("a video in a folder", "analyze", "{}/films/a.mp4", "-e", SLUG, words=("films",),
          make=_shut("films", _file("films/a.mp4", b"x"))),
    _case("a model", *ANALYZE[:1], "{}/a.mp4", *ANALYZE[2:], "--model", "{}/m.task",
          make=_both(clip(), _shut("m.task", _file("m.task", MODEL))),
          words=("m.task", "permissions")),
    _case("a manifest", "analyze", "{}/formcheck.csv", "--out", "{}/out", code=2,
          make=_shut("formcheck.csv", _file("formcheck.csv", b"video\na.mp4\n")),
          words=("can't be read",)),
    _case("an import", "history", "import", "{}/a.json", words=("Permission denied",),
          make=_shut("a.json", _file("a.json", whole(EXPORT)))),
    _case("a plan", "routine", "show", words=(PLAN,),
          make=_shut(f"data/{PLAN}", _file(f"data/{PLAN}", GOOD_PLAN.encode()))),
    _case("a journal", "recover", "{}/a.journal", words=("Permission denied",),
          make=_shut("a.journal", _file("a.journal", b"{}"))),
    _case("a history", "history", words=("history.db",),
          make=_shut(f"data/{DATABASE}", with_sessions)),
    *(
        _case(f"{option} behind a wall", *ANALYZE, option, f"{{}}/wall/{name}", make=_walled,
              words=("can't be written",))
        for option, name in (("--json", "a.json"), ("--csv", "a.csv"), ("--out", "r"),
                             ("--save-poses", "p.npz"))
    ),
    _case("--record behind a wall", *RUN, "{}/a.mp4", "--record", "{}/wall/r.mp4",
          make=_both(clip(), _walled), code=0, words=("can't be",)),
    _case("a history that may only be read", "history", make=_read_only, code=0, told="3 of 4"),
    _case("a note in a history that may only be read", "history", "note", "1", "--pain", "3",
          make=_read_only, words=("may only be read",)),
    _case("an import into it", "history", "import", "{}/a.json", words=("may only be read",),
          make=_both(_file("a.json", whole(EXPORT)), _read_only)),
    _case("a run beside it", *RUN, "{}/a.npz", make=_read_only, code=0,
          words=("may only be read",), told="Standing hip flexion"),
)  # fmt: skip
