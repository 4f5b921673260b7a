"""No test touches the history of whoever runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck.history.folder import ENVIRONMENT


@pytest.fixture(autouse=True)
def data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a data folder of its own, which is not there yet; processes inherit it."""
    folder = tmp_path_factory.mktemp("home") / "data"
    monkeypatch.setenv(ENVIRONMENT, str(folder))
    return folder
