"""`formcheck serve` as a process: what it prints, how it ends, what it leaves."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.web.live_server import live_server


def test_it_prints_only_its_link_and_ends_cleanly(tmp_path: Path) -> None:
    with live_server(tmp_path) as server:
        process, address, token = server.process, server.address, server.token
        browser = httpx2.Client(base_url=address, headers={"origin": address}, timeout=60.0)
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
