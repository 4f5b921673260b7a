"""What a stranger's file, or a stranger on the network, must not be able to do."""

from __future__ import annotations

import ast
import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pytest

import formcheck
from formcheck.analysis.ledger import SCHEMA as LEDGER_SCHEMA
from formcheck.analysis.ledger import Ledger
from formcheck.errors import PoseFileError
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from formcheck.history.store import History
from formcheck.reports.exercise_drawing import camera_svg, exercise_svg
from formcheck.version import __version__
from tests.cli.running import SLUG, Run
from tests.history.made import stored

SOURCES = sorted(Path(formcheck.__file__).parent.rglob("*.py"))
EVIL = "<script>alert(1)</script>'\"&.npz"
# The program of a page is put in as it is, under the policy's checksum; drawings are our own.
UNESCAPED = {
    "page.html": ["program", "style"],
    "handout.html": ["entry.picture", "entry.place", "tag"],
}


def _call(node: ast.Call) -> str:
    return ast.unparse(node.func).rsplit(".", 1)[-1]


def _calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_a_recording_of_poses_runs_no_code(tmp_path: Path) -> None:
    marker = tmp_path / "ran"

    class Payload:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (os.mkdir, (str(marker),))

    path = tmp_path / "evil.npz"
    np.savez(path, schema=np.array("formcheck/poses@1"), source=np.array([Payload()], dtype=object))
    with pytest.raises(PoseFileError):
        PoseRecording.load(path)
    assert not marker.exists()


def test_nothing_is_unpickled_evaluated_or_run_in_a_shell() -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(import|from) (pickle|marshal|shelve|dill)\b", text, re.M), path
        for call in _calls(path):
            # importlib.resources and re.compile are others of the name.
            assert ast.unparse(call.func) not in ("eval", "exec", "os.system", "os.popen"), path
            shell = [k for k in call.keywords if k.arg in ("shell", "allow_pickle")]
            assert all(ast.unparse(k.value) == "False" for k in shell), path


def _is_ours(part: ast.expr, path: Path) -> bool:
    """Return whether what an f-string puts into SQL is made in this very module."""
    name = ast.unparse(part)
    return bool(re.fullmatch(r"where|table|columns|marks|otherwise|version \+ 1|APPLICATION_ID"
                             r"|_FROM\[table\]|_ORDER\.get\(table, 't\.id'\)", name))  # fmt: skip


def test_values_go_into_sql_as_parameters_only() -> None:
    seen = 0
    for path in SOURCES:
        for call in _calls(path):
            if _call(call) not in ("execute", "executemany", "executescript") or not call.args:
                continue
            seen += 1
            for part in ast.walk(call.args[0]):
                if isinstance(part, ast.FormattedValue):
                    assert _is_ours(part.value, path), (path, ast.unparse(part))
            assert not isinstance(call.args[0], ast.BinOp), (path, ast.unparse(call.args[0]))
    assert seen > 20


def test_a_quote_in_a_value_is_a_quote(data: Path) -> None:
    evil = "x'); DROP TABLE sessions; --"
    with History(data) as history:
        (number,) = history.add_all([stored(uid=evil, notes={"load": evil})])
        assert history.numbers(exercise="' OR 1=1 --") == []
        assert history.session(number).uid == evil
        assert history.number_of(evil) == number


def test_a_page_escapes_the_name_of_what_it_shows(
    formcheck: Run, poses: Path, tmp_path: Path
) -> None:
    evil = poses.rename(tmp_path / EVIL.replace("/", "\u2044"))
    ended = formcheck("analyze", evil, "-e", SLUG, "--out", tmp_path / "out", "--report")
    pages = list((tmp_path / "out").rglob("*.html"))
    assert ended.code == 0 and pages, ended
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert "<script>alert" not in html
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
        policy = unescape(policy)
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy and "*" not in policy
        assert "http:" not in policy and "https:" not in policy
        assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", html)
        assert not re.findall(r"""\son[a-z]+=["']""", html.partition("<script>")[0])


def test_every_page_s_template_escapes_and_has_a_policy() -> None:
    folder = Path(formcheck.__file__).parent
    bases = 0
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if path.is_relative_to(folder / "web"):
            # The server sends the policy, which allows nothing inline: tests/web/test_run.py.
            inline = r"<script(?![^>]*\bsrc=)|<style|\s(?:on[a-z]+|style)="
            assert not re.search(inline, text), path
        elif "<html" in text:
            bases += 1
            assert "Content-Security-Policy" in text, path
        unescaped = re.findall(r"\{\{\s*([\w.]+)\s*\|\s*safe", text)
        assert set(unescaped) <= set(UNESCAPED.get(path.name, [])), (path, unescaped)
        assert "autoescape false" not in text
    assert bases >= 1


def test_a_record_names_nothing_outside_its_folder(tmp_path: Path) -> None:
    inside = tmp_path / "out"
    inside.mkdir()
    (tmp_path / "secret").touch()
    for name in ("../secret", str(tmp_path / "secret")):
        entry = {
            "schema": LEDGER_SCHEMA,
            "formcheck": __version__,
            "settings": {},
            "results": [name, "a.json"],
            "recording": {"size": 0, "mtime_ns": 0, "sha256": ""},
        }
        (inside / "a.done.json").write_text(json.dumps(entry), encoding="utf-8")
        results = Ledger(inside / "a.done.json").results()
        assert all(path.resolve().is_relative_to(inside) for path in results)


@pytest.mark.parametrize("video", ["../stick.npz", "sub/../../place/stick.npz"])
def test_a_manifest_writes_nothing_outside_the_results(
    formcheck: Run, poses: Path, tmp_path: Path, video: str
) -> None:
    place = tmp_path / "place"
    (place / "sub").mkdir(parents=True)
    poses.rename(place / "stick.npz")
    (tmp_path / "stick.npz").write_bytes((place / "stick.npz").read_bytes())
    manifest = place / "formcheck.csv"
    manifest.write_text(f"video,exercise\n{video},{SLUG}\n", encoding="utf-8")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    ended = formcheck("analyze", manifest, "--out", tmp_path / "deep" / "out")
    assert ended.code == 0, ended
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert written
    assert all(path.is_relative_to(tmp_path / "deep" / "out") for path in written), written


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise there")
@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_files_have_the_rights_the_user_asks_for(
    formcheck: Run, poses: Path, tmp_path: Path, data: Path, mask: int
) -> None:
    before = os.umask(mask)
    try:
        ended = formcheck("analyze", poses, "-e", SLUG, "--out", tmp_path / "out", "--save")
        formcheck("routine", "init")
    finally:
        os.umask(before)
    assert ended.code == 0, ended
    written = [*(tmp_path / "out").rglob("*"), *data.rglob("*")]
    assert len(written) > 4
    for path in written:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & mask == 0, (path, oct(mode))
        assert not mode & (stat.S_ISUID | stat.S_ISGID | stat.S_IWOTH)
        assert path.is_dir() or not mode & 0o111


LISTENED = """
import sys
watched = ("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.sendto",
           "socket.gethostbyname", "urllib.Request", "http.client.connect")
def note(event, args):
    if event in watched:
        print("NETWORK", event, args, file=sys.stderr)
sys.addaudithook(note)
import socket
if sys.argv[1] == "control":
    # The hook sees what it is there to see.
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).bind(("127.0.0.1", 0))
    sys.exit()
import json
from formcheck.cli.main import run
for line in json.loads(sys.argv[1]):
    sys.argv[1:] = line
    try:
        run()
    except SystemExit as end:
        assert not end.code, (line, end.code)
    print("ENDED", line[0], file=sys.stderr)
"""


def _listened(asked: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LISTENED, asked],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_nothing_listens_and_nothing_is_sent(poses: Path, tmp_path: Path) -> None:
    assert "NETWORK socket.bind" in _listened("control").stderr
    lines = (
        ("analyze", str(poses), "-e", SLUG, "--report", "--out", str(tmp_path / "out"), "--save"),
        ("history",),
        ("report", "--out", str(tmp_path / "page")),
        ("history", "export"),
    )
    ended = _listened(json.dumps(lines))
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.count("ENDED") == len(lines)
    assert "NETWORK" not in ended.stderr


def test_only_sources_that_were_named_open_connections() -> None:
    """Only what looks at an address that was named knows how to, and the web room."""
    asks = re.compile(
        r"^\s*(import|from) (socket|http|urllib\.request|requests|httpx2?|ssl)\b", re.M
    )
    found = [path.name for path in SOURCES if asks.search(path.read_text(encoding="utf-8"))]
    # A named address, asked for a web page; the socket of a screen, whether it answers.
    served = {path.name for path in SOURCES if "web" in path.parts}
    assert set(found) - served <= {"addresses.py", "window.py"}


def test_a_drawing_holds_no_code_of_an_exercise_from_a_file() -> None:
    evil = replace(get_exercise(SLUG), slug="evil", title=EVIL)
    for drawn in (exercise_svg(evil), camera_svg(evil)):
        assert "<script" not in drawn and drawn.startswith("<svg")
