"""The pages, in the reader's language."""

import gzip
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from app.asset import FOREVER, Assets
from app.locale import LANGUAGES, catalogue, choose, messages
from app.problems import KINDS
from app.routers.runs import Runs
from app.settings import resource
from engine.gallery import GALLERY

if TYPE_CHECKING:
    from jinja2 import Environment

router = APIRouter(include_in_schema=False)
assets = Assets(resource("static"))
THEMES = ("system", "light", "dark")
FIRST = "apples-variables-outside"


@cache
def environment(language: str) -> "Environment":
    """Templates with the messages of one language."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # with the first page, not before the start

    made = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translate = messages(language)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: translate.get(text, text),
        ngettext=lambda one, many, n: translate.get(one if n == 1 else many, one if n == 1 else many),
        newstyle=True,
    )
    made.globals |= {"languages": LANGUAGES, "themes": THEMES, "language": language}
    return made


def page(request: Request, template: str, section: str, **values: Any) -> Response:
    """A template with what every page needs: its assets' addresses, its messages, its theme."""
    version = assets.version()
    language = choose(request.cookies.get("language"), request.headers.get("accept-language", ""))
    theme = request.cookies.get("theme")

    def module(entry: str) -> Markup:
        address = Markup('<script type="module" src="{}"></script>')
        preload = Markup('<link rel="modulepreload" href="{}" fetchpriority="low">')
        names = assets.modules(entry, version)
        return Markup("\n").join(
            [address.format(assets.url(entry, version)), *(preload.format(assets.url(name, version)) for name in names)]
        )

    text = (
        environment(language)
        .get_template(template)
        .render(
            asset=lambda name: assets.url(name, version),
            together=lambda *names: assets.together(names, version),
            module=module,
            section=section,
            **values,
            theme=theme if theme in THEMES else "system",
            catalogues=json.dumps({tag: f"/locale/{tag}.json?v={catalogue(tag)[0]}" for tag in LANGUAGES}),
            messages=Markup(catalogue(language)[1].decode().replace("<", "\\u003c")),
        )
    )
    headers = {"cache-control": "no-cache", "vary": "accept-language, cookie", "content-language": language}
    return compressed(request, text.encode(), "text/html; charset=utf-8", headers)


def compressed(request: Request, body: bytes, media_type: str, headers: dict[str, str]) -> Response:
    """A text, compressed where the reader takes it so."""
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers = {**headers, "content-encoding": "gzip"}
        body = gzip.compress(body, 5, mtime=0)
    headers["vary"] = ", ".join(filter(None, (headers.get("vary"), "accept-encoding")))
    return Response(body, media_type=media_type, headers=headers)


@router.get("/")
def home() -> RedirectResponse:
    """The first minute starts at the shopping graph."""
    return RedirectResponse("/graphs", 307)


@router.get("/graphs")
@router.get("/graphs/{slug}")
def graphs(request: Request, slug: str = FIRST) -> Response:
    """The page of one computational graph; the words and the formula of one in the gallery are there at once."""
    elsewhere = request.query_params.keys() & {"saved", "run", "own"}
    entry = next((entry for entry in GALLERY if entry.slug == slug and not elsewhere), None)
    return page(request, "graph.html", "graphs", entry=entry, gallery=GALLERY)


@router.get("/training")
@router.get("/training/{run}")
def training(request: Request, runs: Runs, run: str | None = None) -> Response:
    """The page of the training runs; where there is none yet, what to do is there at once."""
    invites = run is None and not request.query_params and not runs.entries
    return page(request, "training.html", "training", invites=invites)


@router.get("/docs")
def docs(request: Request) -> Response:
    """The API: its calls, to read and to try, and the problems it answers with."""
    return page(request, "docs.html", "docs", problems=KINDS.values())


@router.get("/locale/{language}.json")
def locale(request: Request, language: str, v: str = "") -> Response:
    """Messages of one language, for the page to switch in place."""
    if language not in LANGUAGES:
        raise HTTPException(404, f"There is no language {language!r}; there are {', '.join(LANGUAGES)}.")
    version, text = catalogue(language)
    return compressed(request, text, "application/json", {"cache-control": FOREVER if v == version else "no-cache"})
