"""What the steps of finishing share: the proof, the order, the file, and the numbers that they gave to objects.

Knows: nouns and the file. Must never know: the order of the steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from report.editions import Edition
from report.finish.file import File
from report.proof import Element, ImageData, Link, Proof
from report.standards import Ordered


@dataclass(slots=True)
class Volume:
    """The file in the making."""

    proof: Proof
    ordered: Ordered
    edition: Edition
    images: Mapping[str, ImageData]
    file: File
    pages: list[int]  # object numbers, in page order
    elements: dict[Element, bytes] = field(default_factory=dict)  # references
    links: list[tuple[Link, int, Element]] = field(default_factory=list)  # link, its annotation's number, its element
    resources: dict[str, int] = field(default_factory=dict)  # F0, P0, X0 -> object number
    catalogue: dict[str, object] = field(default_factory=dict)
    info: int = 0
    identity: bytes = b""
