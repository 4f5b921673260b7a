"""Addresses that nobody serves, that serve something else, or that fall silent."""

from __future__ import annotations

from tests.cli.running import SLUG
from tests.hostile.case import Case

RUN = ("run", SLUG, "--no-window", "--mute", "--source")


def _case(name: str, url: str, *words: str, code: int = 1) -> Case:
    return Case(group="address", name=name, code=code, words=words, line=(*RUN, url))


def _served(name: str, path: str, *words: str) -> Case:
    return _case(name, f"http://{{server}}/{path}", *words)


CASES = (
    _case("nobody listens", "http://127.0.0.1:9/a.mp4", "127.0.0.1", "refused the connection"),
    _case("an unknown protocol", "gopher://127.0.0.1/a.mp4", "gopher"),
    _case("no protocol at all", "nope://127.0.0.1/a.mp4", "scheme"),
    _case("no host", "http:///a.mp4", "http"),
    _case("a port that is none", "http://127.0.0.1:99999/a", "http"),
    _case("a file that is missing", "file:///nowhere/a.mp4", "There is no file"),
    _served("404", "missing", "does not exist", "404"),
    _served("401", "private", "user name and password"),
    _served("403", "forbidden", "user name and password"),
    _served("500", "broken", "can't be opened"),
    _served("503", "busy", "can't be opened"),
    _served("never answers", "silent", "did not answer within"),
    _served("stalls after six pictures", "stalls", "sent nothing for", "did not come back"),
    _served("a page", "page", "is a web page", "use the address"),
    _served("a snapshot", "snapshot.jpg", "is a single picture"),
    _case("no scheme", "127.0.0.1:9/video", "'http://127.0.0.1:9/video' refused the connection"),
    _case("no scheme, RTSP", "127.0.0.1:8554/live", "'rtsp://127.0.0.1:8554/live' refused"),
    _served("nothing", "empty", "check the address"),
    _served("in a circle", "round", "check the address"),
    _served("to a file of this machine", "to-a-file", "check the address"),
    _served("a playlist of files of this machine", "playlist", "check"),
    Case(group="address", name="a password, refused", code=1, words=("'http://127.0.0.1:9/a'",),
         line=(*RUN, "http://anna:secret@127.0.0.1:9/a")),
    *(
        Case(group="address", name=f"{name}, to analyze", code=1, words=("is an address", "run"),
             line=("analyze", url, "-e", SLUG))
        for name, url in (
            ("404", "http://{server}/missing"), ("a password", "rtsp://anna:secret@cam/live"),
            ("a pattern's signs", "https://127.0.0.1/a.mp4?token=[1]*"),
        )
    ),
)  # fmt: skip
