"""The command `backprop-explorer`: serves the pages and the API until it is stopped."""

import argparse
import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from threading import Thread
from urllib.parse import urlsplit

import uvicorn
from pydantic import ValidationError

from app.factory import create_app
from app.folder import hold, prepare
from app.priority import give_way
from app.settings import Settings

REACH_SECONDS = 5


class Server(uvicorn.Server):
    """A server that says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, address: str, browser: bool) -> None:
        super().__init__(config)
        self.address = address
        self.browser = browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address and open it."""
        await super().startup(sockets)
        if self.should_exit:
            return
        # What stays for good is not looked at again: a thousand-node answer collects garbage in 1 ms instead of 40.
        gc.freeze()
        gc.enable()
        print(f"Backprop Explorer is at {self.address}", flush=True)
        if self.browser and has_screen():
            import webbrowser

            Thread(target=webbrowser.open, args=(self.address,), daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let every run be kept, then leave at once: a thread that still computes has nobody left to answer."""
        await super().shutdown(sockets)
        os._exit(0)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the options, listen, serve."""
    given = vars(parser().parse_args(arguments))
    try:
        settings = Settings(**given)
        prepare(settings.data_dir)
        if settings.scheduler is not None:
            reach(settings.scheduler)
        listener = listen(settings.host, settings.port)
        lock, holder = hold(settings.data_dir, address(listener))
    except ValidationError as error:
        wrong = (f"--{each['loc'][0]}".replace("_", "-") + f": {each['msg']}" for each in error.errors())
        sys.exit("\n".join(f"Cannot start: {each}." for each in wrong))
    except OSError as error:
        sys.exit(f"Cannot start: {error}.")
    if holder is not None:
        print(f"{settings.data_dir} is in use by the server at {holder}, to which its runs are left.", file=sys.stderr)
    config = uvicorn.Config(
        create_app(settings, alone=holder is None),
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=1,
        server_header=False,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    give_way()
    with lock, listener, contextlib.suppress(KeyboardInterrupt):
        Server(config, address(listener), browser=not settings.no_browser).run(sockets=[listener])


def parser() -> argparse.ArgumentParser:
    """Options of the command, one for each setting; what is not given is left to the environment."""
    made = argparse.ArgumentParser("backprop-explorer", description="Backpropagation you can see.")
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, (), False) else f" (default {field.default})"
        flag, text = f"--{name.replace('_', '-')}", f"{field.description}{default}"
        if field.annotation is bool:
            made.add_argument(flag, dest=name, action="store_true", default=argparse.SUPPRESS, help=text)
        else:
            made.add_argument(flag, dest=name, default=argparse.SUPPRESS, help=text)
    return made


def has_screen() -> bool:
    """Whether a browser has a screen to open on; without one, a text browser would take the terminal."""
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`.

    Errors:  OSError when it cannot
    """
    with contextlib.ExitStack() as undo:
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            made = undo.enter_context(socket.socket(family, kind, protocol))
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(place)
            made.listen(2048)
        except OSError as error:
            wrong = f"it cannot listen at {host}:{port} ({error.strerror})"
            raise OSError(f"{wrong}; choose another address with --port or --host") from error
        undo.pop_all()
    return made


def reach(scheduler: str) -> None:
    """See that a Dask scheduler answers at tcp://HOST:PORT.

    Errors:  OSError when none does, or Dask is not installed
    """
    if find_spec("distributed") is None:
        raise OSError("--scheduler needs Dask: pip install 'backprop-explorer[cluster]'")
    from app.runs.cluster import greet

    try:
        place = urlsplit(scheduler)
        if place.scheme != "tcp" or not place.hostname or not place.port:
            raise ValueError("it is written tcp://HOST:PORT")
        # Dask asks again and again where nobody listens.
        socket.create_connection((place.hostname, place.port), REACH_SECONDS).close()
        asyncio.run(greet(scheduler, REACH_SECONDS))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OSError(f"no Dask scheduler answers at {scheduler} ({reason}); see --scheduler") from error


def address(listener: socket.socket) -> str:
    """Where a browser on this machine finds the server."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{host}:{port}"
