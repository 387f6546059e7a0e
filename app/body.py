"""JSON bodies, read strictly: limited in size, of the right media type, well formed before anything looks at them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from anyio import to_thread
from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.problems import Problem

# Longer bodies are decoded off the event loop: 64 kB take about 0.2 ms.
OFF_LOOP = 65_536
# A body up to so many times too long is read to its end, and thrown away: who is still sending hears no answer.
HEARD_OUT = 4


class JsonRequest(Request):
    """A request whose body is JSON of limited size."""

    async def body(self) -> bytes:
        """The body's bytes.

        Errors:  Problem too-large (413), naming the setting; media-type (415)
        """
        if not hasattr(self, "_body"):
            limit: int = self.app.state.settings.max_body
            length = self.headers.get("content-length", "")
            if length.isdecimal() and int(length[:20]) > HEARD_OUT * limit:
                raise _too_large(limit, {"Connection": "close"})
            chunks, size = [], 0
            async for chunk in self.stream():
                size += len(chunk)
                if size > HEARD_OUT * limit:
                    raise _too_large(limit, {"Connection": "close"})
                if size <= limit:
                    chunks.append(chunk)
            if size > limit:
                raise _too_large(limit)
            self._body = b"".join(chunks)
            if self._body and not _is_json(self.headers.get("content-type", "")):
                raise Problem("media-type", "send the body as application/json", {"Accept-Post": "application/json"})
        return self._body

    async def json(self) -> Any:
        """The decoded body.

        Errors:  Problem json (400) with line and column
        """
        body = await self.body()
        try:
            return orjson.loads(body) if len(body) < OFF_LOOP else await to_thread.run_sync(orjson.loads, body)
        except orjson.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno}
            raise Problem("json", f"the body is not JSON: {error.msg}", None, **place) from None


class JsonRoute(APIRoute):
    """A route that reads its body by JsonRequest, and writes its answer itself.

    What it answers (`response_model`) is only told by the OpenAPI document, which makes the schema; made here, the
    schemas of all routes would take a tenth of the server's start.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], *, response_model: Any = None, **options: Any) -> None:
        super().__init__(path, endpoint, response_model=None, **options)
        self.response_model = response_model or None  # what was not given is no None, but as false

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler, given requests that read strictly."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            return await handler(JsonRequest(request.scope, request.receive))

        return handle


def _is_json(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "application/json" or (media_type.startswith("application/") and media_type.endswith("+json"))


def _too_large(limit: int, headers: dict[str, str] | None = None) -> Problem:
    return Problem(
        "too-large", f"the body is longer than {limit:,} bytes (setting BACKPROP_EXPLORER_MAX_BODY)", headers
    )
