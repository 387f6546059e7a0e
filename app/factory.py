"""The application as a function of its settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from threadpoolctl import threadpool_limits

from app import __version__, asset, problems
from app.database import open_database
from app.farewell import Farewell
from app.folder import DATABASE
from app.head import Head
from app.openapi import describe
from app.routers import evaluation, exports, gradients, graphs, health, missing, moments, pages, runs, saved
from app.runs.archive import Archive
from app.runs.dispatcher import Dispatcher
from app.runs.launcher import Launcher
from app.runs.library import Library
from app.runs.pool import Pool
from app.runs.questions import Questions
from app.runs.store import RunStore
from app.security import Security
from app.settings import Settings


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """What the server holds open while it answers."""
    settings: Settings = app.state.settings
    # A second thread takes the core that a run trains on, and on busy cores they wait for each other.
    threadpool_limits(1, "blas")
    app.state.database = open_database(settings.data_dir / DATABASE)
    store = RunStore(app.state.database, settings.data_dir / "runs")
    library = Library(settings.data_dir / "cache", settings.datasets, settings.max_weights)
    async with workers(settings, store, library) as dispatcher:
        app.state.launcher = Launcher(store, library, dispatcher)
        app.state.archive = Archive(app.state.launcher, library)
        app.state.questions = Questions(app.state.launcher, dispatcher.pool)
        await app.state.launcher.start(alone=app.state.alone)
        yield
        await app.state.launcher.stop()
    app.state.database.close()


@asynccontextmanager
async def workers(settings: Settings, store: RunStore, library: Library) -> AsyncIterator[Dispatcher]:
    """Who trains: processes of this machine, or the workers of a Dask cluster."""
    if settings.scheduler is None:
        yield Dispatcher(store, Pool(library), settings.parallel_runs)
        return
    from app.runs.cluster import Cluster

    cluster = await Cluster.connect(settings.scheduler)
    yield Dispatcher(store, Pool(library, cluster.start_worker, ready=False), cluster.slots)
    await cluster.close()


def create_app(settings: Settings, *, alone: bool = True) -> FastAPI:
    """Make the application that serves the pages and the API; not alone, it leaves live runs to another server."""
    app = FastAPI(title="Backprop Explorer", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.alone = alone
    app.add_middleware(Farewell)
    app.add_middleware(Head)
    app.add_middleware(Security, host=settings.host, allow_host=settings.allow_host)
    app.openapi = partial(describe, app)  # type: ignore[method-assign]
    problems.add_handlers(app)
    missing.add_page(app)
    # As they are: a router that is included builds each of its routes a second time, at the first request. Routes are
    # tried one after the other: what is asked for most comes first.
    app.routes.extend(asset.router(pages.assets).routes)
    for each in (evaluation, health, graphs, saved, runs, moments, exports, gradients, pages):
        app.routes.extend(each.router.routes)
    return app
