"""What a person is shown at an address that does not exist; a program is told by a problem, as everywhere."""

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from app.accept import weights
from app.problems import MEDIA_TYPE, printable
from app.routers.pages import page


def add_page(app: FastAPI) -> None:
    """Let the application show a page to those who read one; the others are refused as before."""
    refuse = app.exception_handlers[HTTPException]

    @app.exception_handler(404)
    async def missing(request: Request, error: HTTPException) -> Response:
        if not for_a_person(request):
            return await refuse(request, error)  # type: ignore[no-any-return, misc]
        address = printable(request.scope["path"])
        answer = await run_in_threadpool(page, request, "missing.html", "", address=address)
        answer.status_code = 404
        answer.headers.add_vary_header("accept")
        return answer


def for_a_person(request: Request) -> bool:
    """Whether a page is asked for by name, as browsers do; programs take anything, and the API has no pages."""
    if request.method != "GET" or f"{request.url.path}/".startswith("/api/"):
        return False
    weight = weights(request.headers.get("accept", ""))
    return weight.get("text/html", 0) > max(weight.get(kind, 0) for kind in ("application/json", MEDIA_TYPE))
