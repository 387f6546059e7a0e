"""What tests of training runs share: the digits decoded once, and servers on a folder of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.factory import create_app
from app.settings import Settings
from tests.app.runs.drive import SMALL, start, until


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the digits are decoded once for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def settings(tmp_path: Path, cache: Path) -> Settings:
    (tmp_path / "cache").symlink_to(cache)
    return Settings(data_dir=tmp_path, no_browser=True, parallel_runs=2)


@pytest.fixture
def serve(settings: Settings) -> Callable[..., TestClient]:
    """Make a server on the same data folder, with some settings changed."""

    def make(**changes: Any) -> TestClient:
        app = create_app(settings.model_copy(update=changes))
        return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)

    return make


@pytest.fixture(scope="module")
def finished(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str]]:
    """A server with one finished run, for tests that only ask."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "cache").symlink_to(cache)
    app = create_app(Settings(data_dir=folder, no_browser=True, parallel_runs=2))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        run = start(client, SMALL)
        until(client, run, "finished")
        yield client, run
