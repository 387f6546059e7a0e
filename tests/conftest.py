"""What tests of every kind share."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from fastapi.testclient import TestClient

from app.factory import create_app
from app.settings import Settings

# A machine that tests share with other work may be slow: what is right is right however long it took. The same
# examples each time, so that what passed once passes again; none are kept beside the tree.
hypothesis.settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a server of its own, with nothing in its data folder."""
    return Settings(data_dir=tmp_path, no_browser=True)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """A client of an application of its own, started and stopped."""
    with TestClient(create_app(settings), base_url="http://localhost", raise_server_exceptions=False) as made:
        yield made
