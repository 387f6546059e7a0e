"""The application as a function of its settings."""

from fastapi import FastAPI

from app import __version__, asset, problems
from app.routers import evaluation, graphs, health, pages
from app.security import Security
from app.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """Make the application that serves the pages and the API."""
    app = FastAPI(title="Backprop Explorer", version=__version__)
    app.state.settings = settings
    app.add_middleware(Security, host=settings.host, allow_host=settings.allow_host)
    problems.add_handlers(app)
    app.include_router(health.router)
    app.include_router(graphs.router)
    app.include_router(evaluation.router)
    app.include_router(pages.router)
    app.include_router(asset.router(pages.assets))
    return app
