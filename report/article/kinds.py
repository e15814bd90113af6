"""The kinds of field there are: each written form with its reader and its description in the schema.

Knows: written forms. Must never know: which fields there are.
"""

from __future__ import annotations

import re
from decimal import Decimal

from report.article import dates, marks, values
from report.article.characters import one_line
from report.article.dates import Hours, Moment, PartialDate, When
from report.article.declare import Faults, Fragment, Kind, Scalar
from report.article.prose import Block, Display, Listing, Paragraph, Prose, Table
from report.article.refusal import Refusal
from report.article.values import Focus, Frame, Money
from report.datafile import Entry
from report.findings import N_

_JOINT = re.compile(r"(?<=\w)\|(?=\w)")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")


class _Display(Kind[Display]):
    """Words set large: `|` inside a word is a place where it may be divided, a line end is a wanted break."""

    def absent(self) -> Display:
        """Return what stands for nothing."""
        return Display()

    def read(self, entry: Entry, faults: Faults) -> Display:
        """Read the entry."""
        words = faults.words(entry) or ""
        lines = (one_line(line) for line in words.split("\n"))
        return Display(_JOINT.sub("\u00ad", "\n".join(line for line in lines if line)), entry.path)

    def schema(self) -> Fragment:
        """Describe what may be written."""
        return {"type": ["string", "number"]}


class _Prose(Kind[Prose]):
    """Running text: one text, or a list of paragraphs, lists and tables."""

    def absent(self) -> Prose:
        """Return what stands for nothing."""
        return ()

    def schema(self) -> Fragment:
        """Describe what may be written."""
        return {"$ref": "#/$defs/Prose"}

    def read(self, entry: Entry, faults: Faults) -> Prose:
        """Read the entry; a single text is divided at empty lines."""
        if isinstance(entry.value, str):
            words = faults.words(entry) or ""
            pieces = [piece for piece in _EMPTY_LINE.split(words) if piece.strip()]
            return tuple(
                self.paragraph(Entry(piece, entry.line, f"{entry.path}[{index}]"), faults)
                for index, piece in enumerate(pieces)
            )
        if isinstance(entry.value, dict):
            entry = Entry((Entry(entry.value, entry.line, f"{entry.path}[0]"),), entry.line, entry.path)
        return tuple(self.block(item, faults) for item in entry if item.value is not None)

    def block(self, entry: Entry, faults: Faults) -> Block:
        """Read one paragraph, list or table."""
        if not isinstance(entry.value, dict):
            return self.paragraph(entry, faults)
        if len(entry.value) == 1:
            [(key, inner)] = entry.value.items()
            if key == "list":
                return Listing(tuple(self.paragraph(item, faults) for item in self.listed(inner, faults)), entry.path)
            if key == "table":
                return self.table(inner, faults, entry.path)
            if " " in key and (inner.value is None or (isinstance(inner.value, str) and inner.plain)):
                # a paragraph with a colon that YAML took for key and value; the words are all there
                return self.paragraph(Entry(f"{key}: {inner.value or ''}", entry.line, entry.path), faults)
        keys = next(iter(entry.value), "")
        remedy = N_("For a paragraph with a colon in it, write >- behind the hyphen and the text below, moved in.")
        faults.add(entry, "kind", N_("“{key}:” is neither a paragraph nor list: nor table:."), remedy, key=keys)
        return Paragraph((), entry.path)

    @staticmethod
    def paragraph(entry: Entry, faults: Faults) -> Paragraph:
        """Read one paragraph, item or cell."""
        words = faults.words(entry) or ""
        if _EMPTY_LINE.search(words.strip()):
            remedy = N_("Write each paragraph behind a hyphen of its own.")
            faults.add(entry, "kind", N_("An empty line stands inside a paragraph."), remedy)
        parts, refusals = marks.parse(one_line(words), entry.path)
        for refusal in refusals:
            faults.refuse(entry, refusal, "mark")
        return Paragraph(parts, entry.path)

    @staticmethod
    def listed(entry: Entry, faults: Faults) -> tuple[Entry, ...]:
        """Return the items of a list; something else is a fault."""
        if isinstance(entry.value, tuple):
            return entry.value
        remedy = N_("Write each item on a line of its own that begins with a hyphen and a space.")
        faults.add(entry, "kind", N_("A list is expected here."), remedy)
        return ()

    def table(self, entry: Entry, faults: Faults, path: str) -> Table:
        """Read `{caption, head: […], rows: [[…]]}`; every row has as many cells as the head."""
        found = entry.value if isinstance(entry.value, dict) else {}
        if {"head", "rows"} - set(found) or set(found) - {"caption", "head", "rows"}:
            remedy = N_("Write table: with caption:, head: (a list) and rows: (a list of lists) below it.")
            faults.add(entry, "kind", N_("A table needs head and rows, and may have a caption."), remedy)
            return Table("", (), (), path)
        head = tuple(self.paragraph(cell, faults) for cell in self.listed(found["head"], faults))
        rows = []
        for row in self.listed(found["rows"], faults):
            cells = tuple(self.paragraph(cell, faults) for cell in self.listed(row, faults))
            if len(cells) != len(head):
                message = N_("Cells in this row: {cells}, in the head: {heads}.")
                faults.add(row, "table", message, N_("An empty cell is written ''."), cells=len(cells), heads=len(head))
            rows.append(cells)
        caption = one_line(faults.words(found["caption"]) or "") if "caption" in found else ""
        return Table(caption, head, tuple(rows), path)


def _same(text: str) -> str:
    return text


def _percent_of_picture(many: int) -> str:
    return r"^\s*\d{1,3}([.,]\d+)?%?" + r"\s+\d{1,3}([.,]\d+)?%?" * (many - 1) + r"\s*$"


def _relative(text: str) -> str:
    """Read the name of a picture file inside the article's folder."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", text) or text.startswith("//"):
        remedy = N_("Save the picture in the article's folder and write its file name.")
        raise Refusal(N_("“{read}” is an address: pictures are not fetched from the web."), remedy, read=text)
    name = text.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        remedy = N_("Put the picture into the article's folder (or one below it) and write its name from there.")
        raise Refusal(N_("“{read}” lies outside the article's folder."), remedy, read=text)
    return name


_FLAGS = {"type": ["boolean", "string"], "enum": [True, False, "ja", "nein", "yes", "no", "true", "false"]}

TEXT: Kind[str] = Scalar(_same, "")
DISPLAY: Kind[Display] = _Display()
PROSE: Kind[Prose] = _Prose()
ID: Kind[str] = Scalar(values.identifier, "", type="string", pattern="^[a-z0-9]+(-[a-z0-9]+)*$", maxLength=60)
LANGUAGE: Kind[str] = Scalar(values.language, "de", type="string", pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
WHEN: Kind[When | None] = Scalar(dates.when, None)
DAY: Kind[PartialDate | None] = Scalar(dates.day, None)
MOMENT: Kind[Moment | None] = Scalar(dates.moment, None)
HOURS: Kind[Hours | None] = Scalar(dates.hours, None)
MONEY: Kind[Money | None] = Scalar(values.money, None)
NUMBER: Kind[Decimal | None] = Scalar(values.number, None)
COUNT: Kind[int | None] = Scalar(values.count, None)
YES: Kind[bool] = Scalar(values.flag, True, **_FLAGS)
NO: Kind[bool] = Scalar(values.flag, False, **_FLAGS)
WEB: Kind[str] = Scalar(values.web, "", type="string")
MAIL: Kind[str] = Scalar(values.mail, "", type="string")
PHONE: Kind[str] = Scalar(values.phone, "")
FOCUS: Kind[Focus | None] = Scalar(values.focus, None, type="string", pattern=_percent_of_picture(2))
FRAME: Kind[Frame | None] = Scalar(values.frame, None, type="string", pattern=_percent_of_picture(4))
FILE: Kind[str] = Scalar(_relative, "", type="string")
