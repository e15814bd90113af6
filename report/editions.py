"""The editions: for which use a file is made, as rows of facts. Knows nothing of how any of it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Edition:
    """One use: its ink, the resolution of its pictures (0: as they are), its standards, whether links live."""

    name: str
    ink: Literal["screen", "press"]
    dpi: int
    standards: tuple[str, ...]
    links: bool = True


EDITIONS = {
    edition.name: edition
    for edition in (
        Edition("mail", "screen", 150, ("ua1", "a2a")),
        Edition("archive", "screen", 0, ("ua1", "a2a")),
    )
}
