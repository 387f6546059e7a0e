"""Who may talk to the server, and what its pages may load."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import KINDS, problem_response

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
EVERYWHERE = frozenset({"", "0.0.0.0", "::"})
# Plotly makes an empty style element and fills it rule by rule: the digest of nothing lets in that and no inline style.
EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
POLICY = "; ".join(
    (
        "default-src 'self'",
        f"style-src 'self' {EMPTY}",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def hostname(netloc: str) -> str:
    """Name part of `name:port`, lower case, without the brackets of an IPv6 address."""
    try:
        return (urlsplit(f"//{netloc}").hostname or "").lower()
    except ValueError:
        return ""


class Security:
    """Refuses foreign hosts and origins, so that no other site can reach a local server, and adds security headers."""

    def __init__(self, app: ASGIApp, host: str, allow_host: tuple[str, ...] = ()) -> None:
        self.app = app
        self.open = "*" in allow_host
        self.named = frozenset(name.lower() for name in allow_host)
        self.hosts = LOOPBACK | self.named | ({host.lower()} - EVERYWHERE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = self.refusal(Headers(scope=scope))
        if refusal is None:
            await self.app(scope, receive, with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": refusal})
        else:
            await problem_response(KINDS["foreign"], refusal)(scope, receive, with_headers(send))

    def refusal(self, headers: Headers) -> str | None:
        """Why a request with these headers is refused, or None."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if self.open:
            return None
        if hostname(host) not in self.hosts:
            return f"The host {host!r} is not one this server answers to; start it with --allow-host to add it."
        if origin is None:
            return None
        came_from = origin.partition("://")[2].lower()
        if came_from == host.lower() or hostname(came_from) in self.named:
            return None
        return f"The origin {origin!r} is foreign to this server; start it with --allow-host to let it in."


def with_headers(send: Send) -> Send:
    """A `send` that adds the security headers to a response that has not set its own."""

    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sender
