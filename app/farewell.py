"""What a client hears whose request was under way when the server was told to stop."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import KINDS, problem_response


class Farewell:
    """Answers what is cancelled with a problem in place of a plain error, and the log with nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; only the end of the server cancels one."""
        begun = scope["type"] != "http"

        async def sender(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sender)
        except asyncio.CancelledError:
            if not begun:
                detail = "the server was stopped before it had an answer"
                await problem_response(KINDS["stopping"], detail)(scope, receive, send)
