"""Typst through its Python wheel: tagged, PDF/UA-1 and PDF/A-2a in one file, one compiler kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typst

_HERE = Path(__file__).resolve().parent
_FONTS = _HERE.parents[2] / "assets" / "fonts"


def start(*, tagged: bool = True) -> Callable[[Path, Path], None]:
    """Return the maker; the compiler is made at the first document, whose folder becomes the root."""
    compilers: list[typst.Compiler] = []

    def make(data: Path, out: Path) -> None:
        template = data.parent / "work.typ"
        if not compilers:
            compilers.append(
                typst.Compiler(str(template), root=str(data.parent), font_paths=[str(_FONTS)], ignore_system_fonts=True)
            )
        standards = ["ua-1", "a-2a"] if tagged else []
        out.write_bytes(
            compilers[0].compile(format="pdf", sys_inputs={"data": data.name}, pdf_standards=standards, pdf_tags=tagged)
        )

    return make
