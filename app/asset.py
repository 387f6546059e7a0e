"""The files of static/: their addresses, their modules, and how they are sent."""

import gzip
import hashlib
import os
import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

STATIC_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^'"`;()]*?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
TYPES: MutableMapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
COMPRESSED = frozenset({".css", ".js", ".json", ".mjs", ".svg"})
# The first that a reader takes is sent; the build lays large libraries down in both, beside the file itself.
CODINGS = {"br": ".br", "gzip": ".gz"}
# Files that make one of their kind in a row, with what keeps the end of one from the next; more than a page has.
IN_A_ROW = {".css": b"", ".js": b"\n;\n"}
TOGETHER = 32
FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """Addresses of the files in `folder`, each carrying the version of the whole folder.

    The version is a part of the path, so that a module's relative imports carry it too and nothing stale is mixed in.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def version(self) -> str:
        """Digest of every file's name, size and time, read anew so that an edited file shows at once."""
        digest = hashlib.sha256()
        # Before every page, so not by pathlib, which takes four times as long.
        for folder, folders, files in os.walk(self.folder):
            folders.sort()
            for name in sorted(files):
                if os.path.splitext(name)[1] in TYPES:
                    stat = os.stat(os.path.join(folder, name))
                    digest.update(f"{folder}/{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
        return digest.hexdigest()[:12]

    def url(self, name: str, version: str | None = None) -> str:
        """Address of the file `name`."""
        return f"/static/v-{version or self.version()}/{name}"

    def together(self, names: Sequence[str], version: str | None = None) -> str:
        """Address of several style sheets, or plain scripts, sent as one: each request holds up a page's drawing."""
        return self.url(",".join(names), version)

    def modules(self, entry: str, version: str | None = None) -> tuple[str, ...]:
        """Names of `entry` and all it imports statically, so that a page can ask for all of them at once."""
        return modules(self.folder, entry, version or self.version())

    def find(self, name: str) -> tuple[Path, ...]:
        """The file `name`, or those of one kind named with commas between; nothing where one is not ours to send."""
        names = name.split(",")
        paths = tuple([path for each in names[:TOGETHER] if (path := ours(self.folder, each)) and path.is_file()])
        kinds = {path.suffix for path in paths}
        alike = len(kinds) == 1 and kinds <= IN_A_ROW.keys()
        return paths if len(paths) == len(names) and (len(names) == 1 or alike) else ()


@lru_cache(maxsize=1024)
def ours(folder: Path, name: str) -> Path | None:
    """Where the file `name` would lie; None where nothing there is ours to send."""
    path = (folder / name).resolve()
    return path if path.suffix in TYPES and path.is_relative_to(folder) else None


def normal(path: PurePosixPath) -> PurePosixPath:
    """The same path without its `.` and `..`."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            del parts[-1:]
        else:
            parts.append(part)
    return PurePosixPath(*parts)


@lru_cache(maxsize=32)
def modules(folder: Path, entry: str, version: str) -> tuple[str, ...]:
    """Names of `entry` and all it imports statically, in this version of the folder."""
    del version
    found: list[str] = []
    waiting = [PurePosixPath(entry)]
    while waiting:
        name = waiting.pop(0)
        file = folder / name
        if str(name) in found or not file.is_file():
            continue
        found.append(str(name))
        waiting += [normal(name.parent / target) for target in STATIC_IMPORT.findall(file.read_text("utf-8"))]
    return tuple(found)


@lru_cache(maxsize=1024)
def content(paths: tuple[Path, ...], times: tuple[int, ...]) -> tuple[str, bytes, dict[str, bytes]]:
    """Entity tag and bytes of files last changed at `times`, in a row, and those bytes in each coding that there is."""
    del times
    kind = paths[0].suffix
    data = IN_A_ROW.get(kind, b"").join(path.read_bytes() for path in paths)
    packed = {}
    if kind in COMPRESSED:
        beside = {coding: paths[0].with_name(paths[0].name + ending) for coding, ending in CODINGS.items()}
        if len(paths) == 1:
            packed = {coding: file.read_bytes() for coding, file in beside.items() if file.is_file()}
        packed = packed or {"gzip": gzip.compress(data, 6, mtime=0)}
    return f'"{hashlib.sha256(data).hexdigest()[:24]}"', data, packed


def codings(accepted: str) -> set[str]:
    """The codings that an Accept-Encoding header names."""
    return {each.partition(";")[0].strip().lower() for each in accepted.split(",")}


def router(assets: Assets) -> APIRouter:
    """The route that sends the files of `assets`."""
    routes = APIRouter(include_in_schema=False)

    # A plain route in the event loop: a page asks for a hundred small files at once, and a thread for each costs more.
    async def send(request: Request) -> Response:
        name: str = request.path_params["name"]
        versioned = name.startswith("v-")
        paths = assets.find(name.partition("/")[2] if versioned else name)
        if not paths:
            raise HTTPException(404, f"There is no file {name}.")
        tag, data, packed = content(paths, tuple([path.stat().st_mtime_ns for path in paths]))
        headers = {"etag": tag, "cache-control": FOREVER if versioned else "no-cache", "vary": "accept-encoding"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        taken = codings(request.headers.get("accept-encoding", ""))
        if coding := next((each for each in CODINGS if each in packed and each in taken), None):
            headers["content-encoding"] = coding
            data = packed[coding]
        return Response(data, headers=headers, media_type=TYPES[paths[0].suffix])

    routes.add_route("/static/{name:path}", send)
    return routes
