"""Where the shipped layouts and assets lie: beside `report/` in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def shipped(*names: str) -> Path:
    """Return the path of a shipped folder or file: `shipped("assets", "fonts")`, `shipped("layouts")`."""
    installed = _HERE / "_shipped"
    return (installed if installed.is_dir() else _HERE.parent).joinpath(*names)


def own_or_shipped(own: Path, *names: str) -> Path:
    """Return the office's `own` file where it lies there, else the shipped one of these names, there or not."""
    return own if own.is_file() else shipped(*names)
