"""The machine and the versions a measurement holds for."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "torch", "jax", "autograd", "micrograd", "fastapi", "uvicorn", "orjson")


def describe() -> str:
    """One line: processor, cores, system, Python and the versions of what was measured."""
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    processor = names[0] if names else platform.processor() or platform.machine()
    installed = [f"{package} {found}" for package in PACKAGES if (found := installed_version(package))]
    python = f"Python {platform.python_version()}"
    return ", ".join([processor, f"{os.cpu_count()} cores", platform.system(), python, *installed])


def installed_version(package: str) -> str | None:
    """Version of a package, if it is installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
