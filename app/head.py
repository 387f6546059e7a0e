"""HEAD, which every server owes whoever only asks whether something is there: the answer to GET without its body."""

from starlette.types import ASGIApp, Receive, Scope, Send


class Head:
    """Lets the application answer HEAD as GET; the server sends the headers alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)
