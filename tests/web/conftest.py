from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.rig import House


@pytest.fixture
def house(data: Path) -> House:
    return House(data)


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with house.browser() as client:
        assert client.portal is not None
        client.portal.call(house.open)
        yield client
        client.portal.call(house.close)
