"""Where the shipped layouts and assets lie: beside `report/`, or inside it when installed. Where a cache may lie."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def shipped(*names: str) -> Path:
    """Return the path of a shipped folder or file: `shipped("assets", "fonts")`, `shipped("layouts")`."""
    installed = _HERE / "_shipped"
    return (installed if installed.is_dir() else _HERE.parent).joinpath(*names)


def own_or_shipped(own: Path, *names: str) -> Path:
    """Return the office's `own` file where it lies there, else the shipped one of these names, there or not."""
    return own if own.is_file() else shipped(*names)


def cache_folder() -> Path | None:
    """Return the folder for what may be made again: SATZSPIEGEL_CACHE, else the user's own on this system, if any."""
    named = os.environ.get("SATZSPIEGEL_CACHE", "")
    if named:
        return Path(named).absolute()
    try:
        if sys.platform == "win32":
            base = Path(os.environ.get("LOCALAPPDATA", "") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            base = Path(os.environ.get("XDG_CACHE_HOME", "") or Path.home() / ".cache")
    except RuntimeError:  # nobody's home
        return None
    return base / "satzspiegel" if base.is_absolute() else None
