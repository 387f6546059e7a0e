"""What a person can set, by option or by environment variable `BACKPROP_EXPLORER_*`."""

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PACKAGE = Path(__file__).parent


def resource(name: str) -> Path:
    """Folder `name` of the installed package, or of the checkout in an editable install."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


class Settings(BaseSettings):
    """Settings of one server; each field is an option of the command and an environment variable."""

    model_config = SettingsConfigDict(
        env_prefix="BACKPROP_EXPLORER_", env_ignore_empty=True, frozen=True, extra="forbid"
    )

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on, 0 for any free one")
    data_dir: Path = Field(
        Path.home() / ".local" / "share" / "backprop-explorer", description="folder that keeps graphs and runs"
    )
    datasets: Path | None = Field(None, description="folder with more data sets, one folder of IDX files each")
    no_browser: bool = Field(False, description="do not open the browser")
    scheduler: str | None = Field(None, description="a Dask scheduler to train on, tcp://HOST:PORT")
    allow_host: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="names under which the server may also be reached, comma-separated, * for any"
    )
    max_source: int = Field(100_000, ge=1, description="longest formula, in characters")
    max_nodes: int = Field(20_000, ge=1, description="most nodes in a graph")
    max_elements: int = Field(10_000_000, ge=1, description="most numbers in all arrays of an evaluation")
    max_seconds: float = Field(10.0, gt=0, description="longest evaluation or gradient check, in seconds")
    max_body: int = Field(32_000_000, ge=1, description="largest request body, in bytes")

    max_check_seconds: float = Field(120.0, gt=0, description="longest gradient check of a run's network, in seconds")
    max_weights: int = Field(50_000_000, ge=1, description="most weights in a network to train")
    parallel_runs: int = Field(
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        ge=1,
        description="most runs that train at once, one core each",
    )

    preview_above: int = Field(4096, ge=1, description="longest array that an evaluation sends whole, in elements")

    @field_validator("allow_host", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(filter(None, value.replace(" ", "").split(","))) if isinstance(value, str) else value
