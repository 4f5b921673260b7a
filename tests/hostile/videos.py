"""Videos that are none, or are unlike others, and who is to be seen in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import av

from tests.cli.running import SLUG
from tests.hostile.case import Case, Make, Person, lifting, nobody
from tests.sources.clips import SIZE, rotate_header, write_clip, write_sound
from tests.stickman import Stance

LINE = ("analyze", "{}/a.mp4", "-e", SLUG)
NOT_STILL = "The start posture was never"


def clip(name: str = "a.mp4", *stamps: int, **options: object) -> Make:
    """Return the making of a clip: 0.3 s at 30 frames a second unless told otherwise."""
    times: Sequence[int] = stamps or range(0, 330, 33)
    return lambda place: _drop(write_clip(place / name, times, **options))  # type: ignore[arg-type]


def _drop(_: object) -> None:
    """Throw a result away."""


def raw(name: str, data: bytes) -> Make:
    """Return the making of a file from bytes."""
    return lambda place: _drop((place / name).write_bytes(data))


def cut(name: str, share: float) -> Make:
    """Return the making of a clip cut off after a share of its bytes."""

    def make(place: Path) -> None:
        path = write_clip(place / name, range(0, 2000, 50), noise=True)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return make


def _garbled(place: Path) -> None:
    path = write_clip(place / "a.mkv", range(0, 3000, 50), noise=True)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = b"\x55" * 3000
    path.write_bytes(data)


def joined(*parts: tuple[tuple[int, int], Sequence[int]]) -> Make:
    """Return the making of a stream of parts, each with its size and its own times, end to end."""

    def make(place: Path) -> None:
        data = b""
        for size, stamps in parts:
            path = write_clip(place / "part.ts", stamps, size=size)
            data += path.read_bytes()
            path.unlink()
        (place / "a.ts").write_bytes(data)

    return make


def _no_frames(place: Path) -> None:
    with av.open(str(place / "a.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        container.start_encoding()
        container.mux(stream.encode())


def _turned(place: Path) -> None:
    rotate_header(write_clip(place / "a.mp4", range(0, 6000, 50)), 90)


def _sound(place: Path) -> None:
    write_sound(place / "a.mp4")


def _folder(place: Path) -> None:
    (place / "a.mp4").mkdir()


def late(time_s: float) -> Stance | None:
    """Come into the picture at the very end."""
    return Stance() if time_s > 4.0 else None


def jumping(time_s: float) -> Stance | None:
    """Be cut, in the middle of a lift, to somebody who lies down."""
    return lifting(time_s) if time_s < 5.0 else Stance(pitch=-90.0)


def _case(name: str, code: int, *words: str, make: Make, **more: object) -> Case:
    return Case(group="video", name=name, line=LINE, code=code, words=words, make=make, **more)  # type: ignore[arg-type]


def _other(file: str, name: str, code: int, *words: str, make: Make, **more: object) -> Case:
    line = ("analyze", f"{{}}/{file}", "-e", SLUG)
    return Case(group="video", name=name, line=line, code=code, words=words, make=make, **more)  # type: ignore[arg-type]


def _watched(name: str, code: int, *words: str, person: Person = lifting, **more: object) -> Case:
    make = clip("a.mp4", *range(0, 9600, 66))
    return _case(name, code, *words, make=make, person=person, **more)


REFUSED: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "empty": ("a.mp4", raw("a.mp4", b""), "is empty"),
    "a text": ("a.mp4", raw("a.mp4", b"Not a video at all.\n" * 200), "is not a video"),
    "sound only": ("a.mp4", _sound, "sound only"),
    "without frames": ("a.mp4", _no_frames, "holds no"),
    "missing": ("a.mp4", lambda place: None, "There is no file"),
    "missing, of poses": ("a.npz", lambda place: None, "There is no"),
    "text, of poses": ("a.npz", raw("a.npz", b"poses\n" * 90), "is not a readable pose file"),
    "cut at 10 %": ("a.mp4", cut("a.mp4", 0.1), "is not a video"),
    "cut at 50 %": ("a.mp4", cut("a.mp4", 0.5), "is not a video"),
    "cut at 90 %": ("a.mp4", cut("a.mp4", 0.9), "is not a video"),
}

CASES = (
    *(
        Case(
            group="video",
            name=name if command == "analyze" else f"{name}, live",
            line=(command, f"{{}}/{file}", "-e", SLUG) if command == "analyze"
            else (command, SLUG, "--no-window", "--mute", "--source", f"{{}}/{file}"),
            code=1,
            words=(words, file),
            make=make,
        )
        for name, (file, make, words) in REFUSED.items()
        for command in ("analyze", "run")
    ),
    _case("a folder without videos", 1, "no video in the folder", make=_folder),
    Case(group="video", name="a folder, live", code=1, words=("is a folder", "a.mp4"), make=_folder,
         line=("run", SLUG, "--no-window", "--mute", "--source", "{}/a.mp4")),
    _case("a similar name", 1, "did you mean", "a-1.mp4", make=raw("a-1.mp4", b"x")),
    _other("a.ts", "a stream cut at 10 %", 0, make=cut("a.ts", 0.1)),
    _other("a.ts", "a stream cut at 50 %", 0, make=cut("a.ts", 0.5)),
    _other("a.mkv", "cut at 50 %, mkv", 0, make=cut("a.mkv", 0.5), told="cut short"),
    _other("a.mkv", "garbled in the middle", 0, make=_garbled),
    _other("a.txt", "a video called .txt", 0,
           make=lambda place: _drop(write_clip(place / "b.mp4").rename(place / "a.txt"))),
    _case("one frame", 0, make=clip("a.mp4", 0), told=NOT_STILL),
    _other("a.mkv", "1x1", 0, make=clip("a.mkv", codec="ffv1", size=(1, 1)), told=NOT_STILL),
    _other("a.mkv", "8K", 0, make=clip("a.mkv", 0, 33, codec="mjpeg", pixels="yuvj420p",
                                       size=(7680, 4320)), told=NOT_STILL),
    _other("a.mkv", "odd size", 0, make=clip("a.mkv", codec="ffv1", size=(97, 65)), told=NOT_STILL),
    _case("a telephone held upright", 0, make=_turned, told="side view"),
    _case("1 frame a second", 0, told="2 unverified",
          make=clip("a.mp4", *range(0, 20_000, 1000))),
    _case("10 frames a second", 0, make=clip("a.mp4", *range(0, 9600, 100)), told="1 clean of 1"),
    _case("240 frames a second", 0, make=clip("a.mp4", *range(0, 9600, 4)), told="1 clean of 1"),
    _case("a variable rate", 0, told="1 clean of 1",
          make=clip("a.mp4", *sorted({*range(0, 9600, 90), *range(0, 5000, 37)}))),
    _other("a.ts", "times that stand still", 0, told="time stamps",
           make=joined(*[(SIZE, [0])] * 8)),
    _other("a.ts", "times that go backwards", 0, make=joined(*[(SIZE, range(0, 900, 50))] * 2)),
    _other("a.mkv", "grey", 0, make=clip("a.mkv", codec="ffv1", pixels="gray"), told=NOT_STILL),
    _case("10 bit", 0, make=clip(pixels="yuv420p10le"), told=NOT_STILL),
    _other("a.ts", "a new size half-way", 0,
           make=joined((SIZE, range(0, 900, 50)), ((128, 96), range(1000, 1900, 50)))),
    _watched("nobody", 1, "Nobody was found", "--rotate", person=nobody),
    _watched("two people", 0, people=2, told="1 clean of 1"),
    _watched("four people", 0, people=4, told="1 clean of 1"),
    Case(group="video", name="two people, live", code=0, told="Standing hip flexion", people=2,
         line=("run", SLUG, "--no-window", "--mute", "--source", "{}/a.mp4"),
         make=clip("a.mp4", *range(0, 4000, 66))),
    _case("poses called .mp4", 1, "is not a video", make=raw("a.mp4", b"PK\x03\x04" * 9)),
    _watched("somebody only at the end", 0, person=late, told="no repetition"),
    _watched("a cut in the middle", 0, person=jumping, told="no repetition"),
)  # fmt: skip
