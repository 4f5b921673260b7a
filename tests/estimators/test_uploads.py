"""MediaPipe's reports to its maker go nowhere while an estimator is open."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from formcheck.estimators import mediapipe_quiet
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator
from formcheck.estimators.mediapipe_quiet import NOWHERE, block_uploads, unblock_uploads


def _seen_by_c(name: str) -> str | None:
    """What a child process sees is what C code of this process sees."""
    code = f"import os; print(os.environ.get({name!r}, '-'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    value = done.stdout.strip()
    return None if value == "-" else value


def test_the_environment_is_changed_for_c_code_only_and_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:8080")
    block_uploads()
    block_uploads()
    try:
        assert _seen_by_c("https_proxy") == NOWHERE
        assert os.environ["https_proxy"] == "http://proxy.example:8080"
        unblock_uploads()
        assert _seen_by_c("https_proxy") == NOWHERE
    finally:
        unblock_uploads()
    assert _seen_by_c("https_proxy") == "http://proxy.example:8080"


def test_an_unset_proxy_is_unset_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("https_proxy", raising=False)
    block_uploads()
    unblock_uploads()
    assert _seen_by_c("https_proxy") is None


@pytest.mark.parametrize(
    ("exempt", "seen"),
    [("*", ""), ("localhost,.googleapis.com", ""), ("localhost,10.0.0.0/8", None)],
)
def test_an_exemption_of_the_host_does_not_open_the_way(
    monkeypatch: pytest.MonkeyPatch, exempt: str, seen: str | None
) -> None:
    monkeypatch.setenv("no_proxy", exempt)
    block_uploads()
    try:
        assert _seen_by_c("no_proxy") == (exempt if seen is None else seen)
    finally:
        unblock_uploads()
    assert _seen_by_c("no_proxy") == exempt


def test_it_is_blocked_exactly_as_long_as_an_estimator_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("https_proxy", raising=False)
    estimator = MediaPipeEstimator()
    try:
        assert _seen_by_c("https_proxy") == NOWHERE
    finally:
        estimator.close()
    estimator.close()
    assert mediapipe_quiet._open == 0
    assert _seen_by_c("https_proxy") is None
