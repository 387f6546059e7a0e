"""What a person can set, by option or by environment variable `BACKPROP_EXPLORER_*`."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).parent


def resource(name: str) -> Path:
    """Folder `name` of the installed package, or of the checkout in an editable install."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


class Settings(BaseSettings):
    """Settings of one server."""

    model_config = SettingsConfigDict(env_prefix="BACKPROP_EXPLORER_", frozen=True)

    host: str = "127.0.0.1"
    port: int = 8000
    data_dir: Path = Path.home() / ".local" / "share" / "backprop-explorer"
    browser: bool = True
    scheduler: str | None = None
    allowed_hosts: tuple[str, ...] = ()
