"""What the house file says for a target, read key by key; every fault is kept with file, line and field.

Knows: entries of a file. Must never know: what a setting is for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from report.datafile import Entry
from report.errors import Stop
from report.findings import N_
from report.settings import Reader

_SECRETS = tuple("password passwort kennwort passphrase pin secret".split())
_YES, _NO = ("ja", "yes", "true"), ("nein", "no", "false")


class Settings:
    """The keys of one part of a house file. A key that is not there gives what the reader names instead."""

    def __init__(self, file: Path, entry: Entry | None, reader: Reader | None = None) -> None:
        self.file = file
        self.entry = entry or Entry(None, 0)
        self.reader = reader or Reader(file, "house.fault", str(file))
        self.faults, self.fault = self.reader.faults, self.reader.fault
        self.given = {} if self.entry.value is None else self.reader.mapping(self.entry)

    def stop(self, kind: type[Stop]) -> None:
        """Raise `kind` with all faults, if there are any."""
        if self.faults:
            raise kind(*self.faults)

    def known(self, *keys: str) -> None:
        """Keep a fault for each key that is none of `keys`, with the nearest one; and for each secret."""
        for key, entry in self.given.items():
            if key in keys:
                continue
            if key.lower() in _SECRETS:
                message = N_("A secret does not belong into this file: many people read it.")
                self.fault(entry, message, N_("Delete the line; docs/uebergabe.md says where passwords are kept."))
            else:
                self.reader.unknown(entry, key, keys)

    def __contains__(self, key: str) -> bool:
        return key in self.given and self.given[key].value not in (None, "")

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def below(self, key: str) -> Settings:
        """Return the part under `key`; empty where it is not there."""
        return Settings(self.file, self.given.get(key), self.reader)

    def at(self, key: str) -> Entry:
        """Return the entry of `key`, or the part itself where there is none: the place of a fault."""
        return self.given.get(key, self.entry)

    def text(self, key: str, otherwise: str = "", *, required: bool = False) -> str:
        """Return one text."""
        entry = self.given.get(key)
        if entry is None or entry.value in (None, ""):
            if required:
                self.reader.missing(self.entry, key)
            return otherwise
        return self.reader.text(entry) or otherwise

    def texts(self, key: str, known: Sequence[str] = ()) -> tuple[str, ...]:
        """Return a list of texts, or one text as a list of one; where `known` is given, each must be of it."""
        entry = self.given.get(key)
        if entry is None or entry.value is None:
            return ()
        return self.reader.texts(entry, *known)

    def choice(self, key: str, known: Sequence[str]) -> str:
        """Return one word of `known`; the first where nothing is written."""
        return self.reader.choice(self.given[key], *known) if key in self else known[0]

    def flag(self, key: str, otherwise: bool = False) -> bool:
        """Return yes or no (`ja`, `nein`)."""
        value = self.text(key).lower()
        if value and value not in (*_YES, *_NO):
            self.fault(self.at(key), N_("“{value}” is neither ja nor nein."), value=value)
        return value in _YES if value else otherwise

    def number(self, key: str, otherwise: int, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`."""
        value = self.text(key)
        if not value:
            return otherwise
        if not re.fullmatch(r"\d{1,9}", value) or not least <= int(value) <= most:
            message = N_("“{value}” is no whole number from {least} to {most}.")
            self.fault(self.at(key), message, value=value, least=least, most=most)
            return otherwise
        return int(value)

    def path(self, key: str) -> Path | None:
        """Return a path; from the house's folder where it is not absolute. None where nothing is written.

        It is the same from wherever the order is given: the journal knows a place by it.
        """
        value = self.text(key)
        return Path(os.path.abspath(self.file.parent / value)) if value else None
