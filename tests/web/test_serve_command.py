"""`formcheck serve` as a process: what it prints, how it ends, what it leaves."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

LINK = re.compile(r"(http://127\.0\.0\.1:[0-9]+)/#token=([\w-]{40,})")


@contextmanager
def served(*options: str, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """Runs the command; gives the process, its address and its token."""
    process = subprocess.Popen(
        [sys.executable, "-m", "formcheck", "serve", "--print-url", "--data", str(folder),
         *(options or ("--port", "0"))],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = LINK.fullmatch(line.strip())
        assert found, line
        yield process, found[1], found[2]
    finally:
        process.kill()
        process.communicate()


def test_it_prints_only_its_link_and_ends_cleanly(tmp_path: Path) -> None:
    with served(folder=tmp_path) as (process, address, token):
        browser = httpx.Client(base_url=address, headers={"origin": address}, timeout=60.0)
        assert browser.get("/").status_code == 200
        assert browser.get("/api/run").status_code == 401
        assert browser.post("/api/login", json={"token": "guess"}).status_code == 401
        assert browser.post("/api/login", json={"token": token}).status_code == 204
        assert browser.get("/api/run").json() == {"run": None, "exercise": None}
        asked = {"exercise": "standing-hip-flexion"}
        assert json.loads(browser.post("/api/run", json=asked).text)["run"]
        process.send_signal(signal.SIGTERM)
        rest, said = process.communicate(timeout=30)
        assert process.returncode == 0 and rest == ""
        assert str(tmp_path) in said and "Traceback" not in said


def test_a_port_in_use_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "formcheck", "serve", "--port", str(port), "--data", tmp_path],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and "--port" in done.stderr


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from formcheck.cli.serve_command import NOT_INSTALLED, serve_command
    from formcheck.errors import UsageError

    monkeypatch.setitem(sys.modules, "formcheck.web.serving", None)
    with pytest.raises(UsageError, match="formcheck\\[serve\\]"):
        serve_command()
    assert "pip install" in NOT_INSTALLED
