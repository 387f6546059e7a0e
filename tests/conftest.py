"""What tests of every kind share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.factory import create_app
from app.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a server of its own, with nothing in its data folder."""
    return Settings(data_dir=tmp_path, no_browser=True)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """A client of an application of its own, started and stopped."""
    with TestClient(create_app(settings), base_url="http://localhost", raise_server_exceptions=False) as made:
        yield made
