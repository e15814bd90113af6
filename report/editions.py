"""The editions: for which use a file is made, as rows of facts. Knows nothing of how any of it is done."""

from __future__ import annotations

from typing import Literal

from report.records import record
from report.units import MM


@record(frozen=True)
class Edition:
    """One use: its ink, the resolution of its pictures (0: as they are), its standards, whether links live.

    `bleed`: its pages reach over the trim. `margin`: so much at each edge is covered in white, since a printer in an
    office cannot print there; nothing moves. What is for paper alone carries no structure. `imposed`: its pages stand
    on sheets, where the margin lies round the sheet and not round each page. `form`: what the file is; all but PDF have
    no pages, are made from a layout that flows, and follow no standard of PDF.
    """

    name: str
    ink: Literal["screen", "press"]
    dpi: int
    standards: tuple[str, ...]
    links: bool = True
    bleed: bool = False
    margin: float = 0.0
    imposed: bool = False
    form: Literal["pdf", "html", "txt"] = "pdf"  # the ending of its name as well

    @property
    def paper(self) -> bool:
        """Whether the file only ever gets printed: it is read from paper, not from its tags."""
        return self.ink == "press" or self.margin > 0 or self.imposed

    @property
    def paged(self) -> bool:
        """Whether the file has pages."""
        return self.form == "pdf"


EDITIONS = {
    edition.name: edition
    for edition in (
        Edition("mail", "screen", 150, ("ua1", "a2a")),
        Edition("archive", "screen", 0, ("ua1", "a2a")),
        Edition("print", "press", 300, ("x4",), links=False, bleed=True),
        Edition("office", "screen", 300, (), links=False, margin=5 * MM),
        Edition("html", "screen", 150, (), form="html"),
        Edition("text", "screen", 0, (), form="txt"),
    )
}
