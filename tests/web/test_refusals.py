"""The table of `tests/web/refusals.py` as tests: what takes a moment here, the rest when slow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile.fault import NotHere
from tests.web.live_server import LiveServer, live_server
from tests.web.trials import TRIALS, Trial


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with live_server(tmp_path_factory.mktemp("served")) as started:
        yield started


@pytest.mark.parametrize(
    "trial",
    [
        pytest.param(trial, id=trial.name, marks=[pytest.mark.slow] if trial.slow else [])
        for trial in TRIALS
    ],
)
def test_nothing_gets_through(server: LiveServer, trial: Trial) -> None:
    try:
        assert trial.attempt(server)
    except NotHere as reason:
        pytest.skip(str(reason))
