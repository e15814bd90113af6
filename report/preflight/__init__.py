"""Preflight: reads a finished file as a stranger and tells what a reader would stumble over.

It looks where the validators are blind: ink without a mark, marks without an owner, letters that read otherwise than
they look, pictures named by their file, headings that leave out a level. Knows: PDF. Must never know how the file was
made, nor which standard was ordered.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from report.findings import N_, Finding, Place

if TYPE_CHECKING:
    from report.preflight.reading import Paper

__all__ = ["check", "reader"]


def check(pdf: bytes | Path) -> list[Finding]:
    """Read the finished file `pdf` (bytes, or where it lies) and return every finding, in page order within a rule."""
    import pikepdf

    from report.preflight.reading import opened

    name = pdf.name if isinstance(pdf, Path) else ""
    try:
        with opened(pdf) as paper:
            return _inspect(paper)
    except (pikepdf.PdfError, OSError, LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        reason: dict[str, object] = {"reason": f"{type(error).__name__}: {error}"}
        return [Finding("preflight.unreadable", N_("The file cannot be read as a PDF: {reason}"), reason, Place(name))]


def reader() -> str:
    """Return the name and version of what reads the file."""
    import pikepdf

    return f"pikepdf {pikepdf.__version__}, qpdf {pikepdf.__libqpdf_version__}"


def _inspect(paper: Paper) -> list[Finding]:
    from report.preflight.about import inspect_about
    from report.preflight.letters import inspect_faces
    from report.preflight.links import inspect_links
    from report.preflight.marks import inspect_marks
    from report.preflight.structure import inspect_structure
    from report.preflight.tables import inspect_tables

    findings: list[Finding] = []
    for inspect in (inspect_about, inspect_marks, inspect_structure, inspect_tables, inspect_links):
        findings += inspect(paper)
    return findings + list(inspect_faces(paper.faces))
