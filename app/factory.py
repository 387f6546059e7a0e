"""The application as a function of its settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app import __version__, asset, problems
from app.database import open_database
from app.routers import evaluation, graphs, health, pages, saved
from app.security import Security
from app.settings import Settings


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """What the server holds open while it answers."""
    app.state.database = open_database(app.state.settings.data_dir / "backprop-explorer.sqlite3")
    yield
    app.state.database.close()


def create_app(settings: Settings) -> FastAPI:
    """Make the application that serves the pages and the API."""
    app = FastAPI(title="Backprop Explorer", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.add_middleware(Security, host=settings.host, allow_host=settings.allow_host)
    problems.add_handlers(app)
    app.include_router(health.router)
    app.include_router(graphs.router)
    app.include_router(evaluation.router)
    app.include_router(saved.router)
    app.include_router(pages.router)
    app.include_router(asset.router(pages.assets))
    return app
