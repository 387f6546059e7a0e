"""The command `backprop-explorer`."""

import uvicorn

from app.factory import create_app
from app.settings import Settings


def main() -> None:
    """Start the server."""
    settings = Settings()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port)
