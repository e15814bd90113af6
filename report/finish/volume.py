"""What the steps of finishing share: the proof, the order, the file, and the numbers that they gave to objects.

Knows: nouns and the file. Must never know: the order of the steps.
"""

from __future__ import annotations

from collections.abc import Mapping

from report.editions import Edition
from report.finish.file import File
from report.printer import Printer
from report.proof import Element, ImageData, Link, Proof, Tick
from report.standards import Ordered


class Volume:
    """The file in the making; a plain class, because a dataclass costs each cold start most of a millisecond."""

    def __init__(
        self,
        proof: Proof,
        ordered: Ordered,
        edition: Edition,
        images: Mapping[str, ImageData],
        printer: Printer | None = None,
    ) -> None:
        self.proof, self.ordered, self.edition, self.images = proof, ordered, edition, images
        self.printer = printer or Printer()
        self.file = File(ordered.version, ordered.packed)
        first = self.file.reserve(len(proof.pages))
        self.pages = range(first, first + len(proof.pages))  # object numbers
        self.elements: dict[Element, bytes] = {}  # references
        self.links: list[tuple[Link | Tick, int, Element]] = []  # a link or box, its annotation's number, its element
        self.resources: dict[str, int] = {}  # F0, P0, X0, C0 -> object number
        self.catalogue: dict[str, object] = {}
        self.info = 0
        self.identity = b""
