"""Drawings for the tests, written where they are needed."""

from __future__ import annotations

from pathlib import Path

from report import house
from report.typeset import svg

HOUSE = house.load("a")


def drawn(tmp_path: Path, inner: str, head: str = 'viewBox="0 0 100 100"') -> svg.Drawing:
    path = tmp_path / "drawing.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {head}>\n{inner}\n</svg>', encoding="utf-8")
    return svg.read(path)
