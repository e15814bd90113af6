"""Settings as an office writes them: keys with values become texts, numbers, lengths; every fault by file and line.

A reader of one file (house, layout) is a subclass that says what its keys mean. All faults are collected and told at
once, by `finish`. Knows: entries, lengths. Must never know what a key means.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

from report.datafile import Entry
from report.errors import LayoutFault
from report.findings import N_, Finding, Place, nearest
from report.units import points

_SHARE = re.compile(r"(-?\d+(?:\.\d+)?)\s*%")


class Reader:
    """Reads the entries of one file and collects what is wrong in `faults`; what is wrong reads as nothing: 0 or "".

    Each method takes an entry, or None where a key is not written: the answer is then nothing, too, and no fault.
    """

    def __init__(self, file: Path, rule: str, shown: str = "") -> None:
        """Begin with no fault; `rule` is what faults are called, `shown` how they name the file (as it is called)."""
        self.file, self.rule, self.shown = file, rule, shown or file.name
        self.faults: list[Finding] = []

    def fault(self, entry: Entry, message: str, remedy: str = "", **values: object) -> None:
        """Keep a fault at the entry's line."""
        where = Place(self.shown, entry.line, entry.path)
        self.faults.append(Finding(self.rule, message, values, where, remedy=remedy))

    def finish(self) -> None:
        """Raise LayoutFault with all that was wrong; nothing where all was right."""
        if self.faults:
            raise LayoutFault(*self.faults)

    def missing(self, entry: Entry, key: str) -> None:
        """Keep the fault that `key` is not written in what `entry` holds."""
        self.fault(entry, N_("The key “{key}” is missing."), key=key)

    def mapping(self, entry: Entry | None, *known: str) -> dict[str, Entry]:
        """Read keys with their values; where `known` ones are named, any other is a fault."""
        if entry is None:
            return {}
        if not isinstance(entry.value, dict):
            self.fault(entry, N_("Keys and values are expected here."))
            return {}
        for key, value in entry.value.items():
            if known and key not in known:
                self.unknown(value, key, known)
        return entry.value

    def unknown(self, entry: Entry, key: str, known: tuple[str, ...]) -> None:
        """Keep the fault that `key` is none of the `known` ones, with the nearest of them."""
        meant = nearest(key, known)
        values = {"nearest": meant} if meant else {}
        remedy = N_("Did you mean “{nearest}”?") if meant else ""
        message = N_("Unknown key “{key}”. Known here: {known}.")
        self.fault(entry, message, remedy, key=key, known=", ".join(known), **values)

    def entries(self, entry: Entry | None) -> tuple[Entry, ...]:
        """Read a list."""
        if entry is None:
            return ()
        if isinstance(entry.value, tuple):
            return entry.value
        self.fault(entry, N_("A list is expected here."))
        return ()

    def text(self, entry: Entry | None) -> str:
        """Read a text; a key with nothing behind it is a fault."""
        if entry is None:
            return ""
        if isinstance(entry.value, str):
            return entry.value
        self.fault(entry, N_("A text is expected here."))
        return ""

    def texts(self, entry: Entry | None, *known: str) -> tuple[str, ...]:
        """Read a list of texts, or a single one; where `known` ones are named, each is one of them."""
        if entry is None:
            return ()
        items = entry.value if isinstance(entry.value, tuple) else (entry,)
        return tuple(self.choice(one, *known) if known else self.text(one) for one in items)

    def choice(self, entry: Entry, *known: str) -> str:
        """Read one of the `known` texts; the first where it is none of them."""
        before = len(self.faults)
        text = self.text(entry)
        if text in known:
            return text
        if len(self.faults) == before:
            self.fault(entry, N_("“{value}” is none of: {known}."), value=text, known=", ".join(known))
        return known[0]

    def yes(self, entry: Entry | None, default: bool = False) -> bool:
        """Read `yes` or `no`."""
        return default if entry is None else self.choice(entry, "yes", "no") == "yes"

    def number(self, entry: Entry | None, default: float = 0.0) -> float:
        """Read a number."""
        text = self.text(entry)
        if not text or entry is None:
            return default
        try:
            if math.isfinite(number := float(text)):
                return number
        except ValueError:
            pass
        self.fault(entry, N_("“{value}” is not a number."), value=text)
        return default

    def whole(self, entry: Entry | None, default: int = 0) -> int:
        """Read a whole number that is not negative."""
        if entry is None:
            return default
        before = len(self.faults)
        text = self.text(entry)
        if text.isdecimal():
            return int(text)
        if len(self.faults) == before:
            self.fault(entry, N_("“{value}” is not a whole number."), value=text)
        return default

    def length(self, entry: Entry | None, least: float = -math.inf) -> float:
        """Read a length of at least `least`, in points."""
        text = self.text(entry)
        if not text or entry is None:
            return 0.0
        try:
            if (length := points(text)) >= least:
                return length
        except ValueError:
            pass
        self.fault(entry, N_("“{value}” is not a length like 12.5mm or 14pt."), value=text)
        return 0.0

    def share(self, entry: Entry | None) -> float:
        """Read a percentage, as a part of 1."""
        text = self.text(entry)
        if not text or entry is None:
            return 0.0
        if match := _SHARE.fullmatch(text.strip()):
            return float(match[1]) / 100
        self.fault(entry, N_("“{value}” is not a percentage like -2%."), value=text)
        return 0.0
