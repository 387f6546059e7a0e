"""The application as a function of its settings."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app import __version__
from app.routers import health
from app.settings import Settings, resource


def create_app(settings: Settings) -> FastAPI:
    """Make the application that serves the pages and the API."""
    app = FastAPI(title="Backprop Explorer", version=__version__)
    app.state.settings = settings
    app.include_router(health.router)
    app.mount("/static", StaticFiles(directory=resource("static")), name="static")
    return app
