"""The list of recipients, as an office keeps it in a spreadsheet: read line by line, what is broken told by its line.

Semicolons, commas or tabs; UTF-8, UTF-16 or the old Windows letters; the head in German or in English. Knows: lines,
addresses. Must never know: what is sent.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from report.deliver.mail.addresses import Mailbox, Reason, Unfit, one_line, wired
from report.errors import DeliveryFault
from report.findings import N_, Finding, Place, Severity
from report.parcel import digest
from report.records import record

# the heads of columns, small and without anything but letters; the first that is there counts
_ADDRESS = "email emailadresse mail mailadresse emailaddress mailaddress adresse address".split()
_NAME = "name ansprechpartner ansprechpartnerin ansprechperson empfänger empfängerin kontakt recipient person".split()
_FIRST, _LAST = "vorname firstname".split(), "nachname familienname lastname surname".split()
_HOUSE = "haus redaktion medium house firma organisation organization verlag company".split()
_LINE_ENDS = re.compile(r"\r\n|\n|\r")
_LONGEST = 4  # lines of one entry
_SHOWN = 20
_SAID: dict[Reason, str] = {
    "missing": N_("mail: “{list}”: {count} lines have no address: {rows}."),
    "malformed": N_("mail: “{list}”: {count} lines have an address that is not written like name@example.org: {rows}."),
    "letters": N_("mail: “{list}”: {count} lines have umlauts before the @, which most servers refuse: {rows}."),
    "domain": N_("mail: “{list}”: {count} lines have an address behind whose @ no domain stands: {rows}."),
    "quotes": N_("mail: “{list}”: {count} lines have quotation marks that do not close: {rows}."),
    "cells": N_("mail: “{list}”: {count} lines have more cells than the head: {rows}."),
}


@record(frozen=True)
class Recipient:
    """One line of the list that mail goes to."""

    row: int
    box: Mailbox
    house: str = ""


@record(frozen=True)
class Roll:
    """A list as it was read: whom mail goes to, which lines are broken and why, which say an address once more."""

    name: str
    sha256: str
    recipients: tuple[Recipient, ...]
    broken: tuple[tuple[int, Reason], ...] = ()
    doubles: tuple[int, ...] = ()

    def told(self, path: Path, severity: Severity) -> Iterator[Finding]:
        """Walk what is broken, one finding for each reason, with the lines."""
        for reason, message in _SAID.items():
            rows = [row for row, why in self.broken if why == reason]
            if rows:
                values: dict[str, object] = {"list": self.name, "count": len(rows), "rows": numbers(rows)}
                remedy = N_("Correct them, or write broken: skip to leave them out.") if severity == "error" else ""
                place = Place(str(path), rows[0])
                yield Finding("mail.list", message, values, place, severity=severity, remedy=remedy)


def numbers(rows: Sequence[int]) -> str:
    """Return the first twenty of some lines, and how many more there are."""
    more = f" (+{len(rows) - _SHOWN})" if len(rows) > _SHOWN else ""
    return ", ".join(str(row) for row in rows[:_SHOWN]) + more


def read_roll(path: Path) -> Roll:
    """Read a list; raises DeliveryFault where it cannot be read or has no column of addresses."""
    try:
        raw = path.read_bytes()
    except OSError:
        message = N_("mail: the list of recipients is not there, or cannot be read.")
        remedy = N_("Look at list: in the house file.")
        raise DeliveryFault(Finding("mail.list", message, {}, Place(str(path)), remedy=remedy)) from None
    text = _decoded(raw, path)
    separator = _separator(text)
    entries = _entries(text, separator)
    head = next(((row, cells) for row, cells in entries if cells), None)
    columns = _columns(head[1] if head and head[1] else [], path)
    found: dict[tuple[str, str], Recipient] = {}
    broken: list[tuple[int, Reason]] = []
    doubles: list[int] = []
    for row, cells in entries:
        try:
            one = _recipient(row, cells, columns)
        except Unfit as fault:
            broken.append((row, fault.reason))
            continue
        if one is None:
            continue
        local, _, domain = one.box.address.rpartition("@")
        if found.setdefault((local, domain), one) is not one:
            doubles.append(row)
    return Roll(path.name, digest(raw), tuple(found.values()), tuple(broken), tuple(doubles))


def _decoded(raw: bytes, path: Path) -> str:
    """Return the text: by its mark, else as UTF-8, else in the letters of an older Windows."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = N_("mail: the list of recipients is no text.")
    remedy = N_("Save it as CSV (UTF-8) in the spreadsheet program.")
    raise DeliveryFault(Finding("mail.list", message, {}, Place(str(path)), remedy=remedy))


def _separator(text: str) -> str:
    """Return the sign between cells: the one that the head has most of."""
    head = next((line for line in _LINE_ENDS.split(text) if line.strip()), "")
    return max(";,\t", key=head.count)


def _entries(text: str, separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Walk entries with the number of their first line; None for one whose quotation marks do not close.

    An entry may go over several lines inside quotation marks. One that never closes must not swallow those behind it.
    """
    lines = _LINE_ENDS.split(text)
    at = 0
    while at < len(lines):
        first, whole = at, lines[at]
        at += 1
        while whole.count('"') % 2 and at < len(lines) and at - first < _LONGEST:
            whole += "\n" + lines[at]
            at += 1
        cells = _cells(whole, separator)
        if cells is None or (at - first > 1 and any(separator in cell for cell in cells if "\n" in cell)):
            at, cells = first + 1, None
        if cells is None or any(cell.strip() for cell in cells):
            yield first + 1, cells


def _cells(entry: str, separator: str) -> list[str] | None:
    if entry.count('"') % 2:
        return None
    try:
        found = list(csv.reader(io.StringIO(entry, newline=""), delimiter=separator))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None if found else []


def _columns(head: Sequence[str], path: Path) -> dict[str, int]:
    """Return where address, name and house stand, and how many cells there are; raise DeliveryFault."""
    names = [re.sub(r"[^a-zäöüß]", "", cell.lower()) for cell in head]

    def at(known: Sequence[str]) -> int:
        return next((names.index(name) for name in known if name in names), -1)

    if at(_ADDRESS) < 0:
        message = N_("mail: the list of recipients has no column of addresses.")
        remedy = N_("Write into its first line: Name;E-Mail;Haus.")
        raise DeliveryFault(Finding("mail.list", message, {}, Place(str(path), 1), remedy=remedy))
    found = {"address": at(_ADDRESS), "name": at(_NAME), "first": at(_FIRST), "last": at(_LAST), "house": at(_HOUSE)}
    return {**found, "count": len(names)}


def _recipient(row: int, cells: Sequence[str] | None, columns: dict[str, int]) -> Recipient | None:
    """Return an entry as a recipient, None where it is empty; raise Unfit."""
    if cells is None:
        raise Unfit("quotes")
    if any(cell.strip() for cell in cells[columns["count"] :]):
        raise Unfit("cells")

    def cell(key: str) -> str:
        at = columns[key]
        return one_line(cells[at]) if 0 <= at < len(cells) else ""

    at = columns["address"]
    address = cells[at].strip() if at < len(cells) else ""
    name = cell("name") if columns["name"] >= 0 else f"{cell('first')} {cell('last')}".strip()
    return Recipient(row, Mailbox(name, wired(address)), cell("house"))
