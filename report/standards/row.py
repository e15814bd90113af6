"""What a row of the rack says: one output standard as facts.

Knows: names, versions, tags. Must never know: a PDF library, who ordered what.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

PDF17 = "http://iso.org/pdf/ssn"
PDF20 = "http://iso.org/pdf2/ssn"


class Tag(NamedTuple):
    """A structure type and the namespace it belongs to; "" is the default namespace, which is PDF 1.7's."""

    name: str
    namespace: str = ""


class Schema(NamedTuple):
    """A foreign XMP schema that PDF/A-2 wants described: property name, value type, category, description."""

    title: str
    uri: str
    prefix: str
    properties: tuple[tuple[str, str, str, str], ...]


class Standard(NamedTuple):
    """One standard: what it allows, what it bars, how it names our roles, what it says of itself in XMP."""

    name: str  # as ordered: ua1
    title: str  # as printed: PDF/UA-1
    family: str  # one of a family may be ordered: ua, a, x
    versions: tuple[str, ...]
    schema: Schema  # of the properties below
    xmp: tuple[tuple[str, str], ...]
    roles: Mapping[str, Tag] = MappingProxyType({})  # ours -> its own; empty: it does not decide
    caption: Literal["", "inside", "after"] = ""  # where a figure's caption goes; "": it does not decide
    structure_destinations: bool = False  # inner links and bookmarks lead to elements, not only to pages
    intent: Literal["", "GTS_PDFA1", "GTS_PDFX"] = ""  # which output intent, with its profile, stands in the file
    describe_schemas: bool = False  # XMP schemas it does not know must be described in the packet
    structured: bool = True  # the file carries a structure tree
    packed: bool = True  # objects may stand in streams
    transparency: bool = True
    info: tuple[tuple[str, str], ...] = ()  # what it says of itself in the information dictionary
    bars: tuple[str, ...] = ()  # rules of findings that break it; a star stands for any ending
