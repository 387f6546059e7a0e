"""The machine and the versions a measurement holds for."""

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np  # noqa: F401 - brings its BLAS
from threadpoolctl import threadpool_info

from benchmarks import chromium

PACKAGES = ("numpy", "torch", "jax", "autograd", "micrograd", "fastapi", "uvicorn", "orjson")
# A browser answers at once or has something else to do.
SECONDS = 10


def describe() -> str:
    """One line: processor, cores, system, Python and the versions of what was measured."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    processor = names[0] if names else platform.processor() or platform.machine()
    installed = [f"{package} {found}" for package in PACKAGES if (found := installed_version(package))]
    python = f"Python {platform.python_version()}"
    machine = [processor, f"{os.cpu_count()} cores", *kernels(), platform.system()]
    return ", ".join([*machine, python, *installed, *browser()])


def kernels() -> list[str]:
    """What NumPy's BLAS takes the processor for: with or without wide vectors makes half of the time."""
    libraries = [info for info in threadpool_info() if info["user_api"] == "blas" and "numpy" in info["filepath"]]
    return [f"{info['internal_api']} for {info['architecture']}" for info in libraries[:1] if "architecture" in info]


def browser() -> list[str]:
    """Name and version of the Chromium that pages are measured in, if there is one."""
    path = chromium.find()
    if path is None:
        return []
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=SECONDS)
    return [" ".join(said.stdout.split()[:2])]


def installed_version(package: str) -> str | None:
    """Version of a package, if it is installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
