"""Running text: paragraphs, lists and tables whose words carry a few marks, each with the path of its field.

A quotation stands once, inside its paragraph, with its own marks; a layout keeps it there or lifts it out, and what
remains before and after stays known. Knows: words, marks, paths. Must never know: how anything looks, which layout
lifts what, what a mark means on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from report.records import field, record

_SOFT_HYPHEN = "\u00ad"
_TAIL = re.compile(r"^[,.;:!?…]+")
_PAUSE = re.compile(  # the end of a sentence: not after a figure, an initial, a short form
    r"(?<=[^\W\d_]{3})(?<!bzw)(?<!ggf)(?<!evtl)(?<!inkl)(?<!sog)(?<!Prof)(?<!Abs)(?<!Str)[.!?…](?= +[„‚»]?[A-ZÄÖÜ])"
)


@record(frozen=True)
class Span:
    """Words with a mark: strong, em, lang, link, name, partner, winner, amount; `attrs` has href, lang or kind."""

    kind: str
    parts: tuple[Part, ...]
    attrs: Mapping[str, str] = field(default_factory=dict)


@record(frozen=True)
class Quotation:
    """Somebody's words with their own quotation marks; `speaker` is a key of the article's speakers."""

    id: str
    speaker: str
    parts: tuple[Part, ...]
    path: str = ""
    kind: str = "quotation"

    @property
    def text(self) -> str:
        """The plain words, quotation marks included."""
        return plain(self.parts)

    def opening(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """Split after the first sentence: its parts, and the rest (empty where there is only one sentence)."""
        done: list[Part] = []
        for index, part in enumerate(self.parts):
            match = _PAUSE.search(part) if isinstance(part, str) else None
            if isinstance(part, str) and match:
                rest = (part[match.end() :].lstrip(" "), *self.parts[index + 1 :])
                return (*done, part[: match.end()]), rest
            done.append(part)
        return self.parts, ()


Part = str | Span | Quotation


@record(frozen=True)
class Lifted:
    """A paragraph taken apart round one quotation; `tail` is the mark that follows it without a space (`,`)."""

    before: tuple[Part, ...]
    quotation: Quotation
    tail: str
    after: tuple[Part, ...]


@record(frozen=True)
class Paragraph:
    """One paragraph, list item or table cell."""

    parts: tuple[Part, ...]
    path: str = ""
    kind: str = "paragraph"

    @property
    def text(self) -> str:
        """The plain words."""
        return plain(self.parts)

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations in it, in order."""
        return tuple(part for part in self.parts if isinstance(part, Quotation))

    def lifted(self, name: str = "") -> Lifted | None:
        """Take the paragraph apart round the quotation `name` (or the first); None where there is none."""
        for index, part in enumerate(self.parts):
            if isinstance(part, Quotation) and name in ("", part.id):
                after = self.parts[index + 1 :]
                first = after[0] if after else ""
                match = _TAIL.match(first) if isinstance(first, str) else None
                tail = match[0] if match else ""
                return Lifted(trimmed(self.parts[:index]), part, tail, trimmed(_without(after, len(tail))))
        return None


@record(frozen=True)
class Listing:
    """A list; each item is one paragraph."""

    items: tuple[Paragraph, ...]
    path: str = ""
    kind: str = "listing"

    @property
    def text(self) -> str:
        """The plain words, item after item."""
        return " ".join(item.text for item in self.items)


@record(frozen=True)
class Table:
    """A table with one row of heads; `caption` may be empty."""

    caption: str
    head: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    path: str = ""
    kind: str = "table"

    @property
    def text(self) -> str:
        """The plain words: caption, heads, cells row by row."""
        cells = (cell.text for row in (self.head, *self.rows) for cell in row)
        return " ".join(words for words in (self.caption, *cells) if words)


Block = Paragraph | Listing | Table
Prose = tuple[Block, ...]


@record(frozen=True)
class Display:
    """Words set large: `marked` has soft hyphens (U+00AD) and wanted line breaks (a line end), `plain` has neither."""

    marked: str = ""
    path: str = ""

    @property
    def plain(self) -> str:
        """The words for titles, bookmarks and ears."""
        return self.marked.replace(_SOFT_HYPHEN, "").replace("\n", " ")

    @property
    def parts(self) -> tuple[str, ...]:
        """The lines between wanted breaks, soft hyphens in them."""
        return tuple(self.marked.split("\n")) if self.marked else ()

    def __str__(self) -> str:
        return self.plain

    def __bool__(self) -> bool:
        return bool(self.marked)


def plain(parts: tuple[Part, ...]) -> str:
    """Return the words of the parts without their marks."""
    return "".join(part if isinstance(part, str) else plain(part.parts) for part in parts)


def trimmed(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parts without spaces at both ends, and without parts that are empty then."""
    kept = [part for part in parts if part != ""]
    while kept and isinstance(kept[0], str) and not kept[0].strip(" "):
        kept.pop(0)
    while kept and isinstance(kept[-1], str) and not kept[-1].strip(" "):
        kept.pop()
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip(" ")
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip(" ")
    return tuple(kept)


def _without(parts: tuple[Part, ...], many: int) -> tuple[Part, ...]:
    first = parts[0] if parts else ""
    return (first[many:], *parts[1:]) if isinstance(first, str) and parts else parts


def paragraphs(prose: Prose) -> Iterator[Paragraph]:
    """Walk everything that holds words: paragraphs, items, heads and cells."""
    for block in prose:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Listing):
            yield from block.items
        else:
            for row in (block.head, *block.rows):
                yield from row


def spans(parts: tuple[Part, ...]) -> Iterator[Span | Quotation]:
    """Walk all marks, outer before inner."""
    for part in parts:
        if not isinstance(part, str):
            yield part
            yield from spans(part.parts)
