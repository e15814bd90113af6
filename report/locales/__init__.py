"""The words of the program and of its layouts, in the reader's language.

Code and templates name a message by its English words; `<tag>.po` beside this file holds them in other languages and
is read as it is, without a build step. English needs an entry only where the words shown differ from the name. Knows:
message ids and translations. Must never know who says a message, or where.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from report.findings import N_, Finding, Measure, Place
from report.records import replace

_HERE = Path(__file__).parent
_ESCAPES = {'\\"': '"', "\\n": "\n", "\\t": "\t"}


class Catalogue(NamedTuple):
    """One language's words."""

    tag: str
    words: Mapping[str, str]

    def gettext(self, message: str) -> str:
        """Return the message in this language, or as it is where nobody has translated it."""
        return self.words.get(message, message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the message for one thing or for several; both languages of ours count alike."""
        return self.gettext(one if count == 1 else many)

    def place(self, place: Place) -> str:
        """Return where a fault lies: `article.yaml:31 award.prize, Seite 3, body`."""
        head = f"{place.file}:{place.line}" if place.file and place.line else place.file
        page = self.gettext(N_("page {number}")).format(number=place.page) if place.page else ""
        parts = (" ".join(part for part in (head, place.path) if part), page, place.block)
        return ", ".join(part for part in parts if part)

    def message(self, finding: Finding) -> str:
        """Return what is wrong, without place and remedy."""
        return self._filled(finding, finding.message)

    def remedy(self, finding: Finding) -> str:
        """Return what to do, or nothing where the finding does not say."""
        return self._filled(finding, finding.remedy) if finding.remedy else ""

    def _filled(self, finding: Finding, message: str) -> str:
        sign = self.gettext(N_("decimal point: .")).rpartition(" ")[2]
        values = {
            name: value.replace(".", sign) if isinstance(value, Measure) else value
            for name, value in finding.values.items()
        }
        return replace(finding, values=values).filled(self.gettext(message))

    def say(self, finding: Finding) -> str:
        """Return the whole finding in one line: place, message, remedy."""
        text = " ".join(part for part in (self.message(finding), self.remedy(finding)) if part)
        where = self.place(finding.place)
        return f"{where}: {text}" if where else text


@lru_cache(maxsize=16)
def catalogue(tag: str) -> Catalogue:
    """Return the catalogue of a language tag; `de-AT` reads `de.po`, an unknown language says the English words."""
    names = (tag.replace("-", "_"), tag.replace("-", "_").partition("_")[0].lower())
    for path in (_HERE / f"{name}.po" for name in names if name.replace("_", "").isalnum()):
        if path.is_file():
            return Catalogue(tag, parse(path.read_text(encoding="utf-8")))
    return Catalogue(tag, {})


def tags() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(path.stem for path in _HERE.glob("*.po"))


def parse(text: str) -> dict[str, str]:
    """Read a catalogue in gettext's form: message ids and translations, each a run of quoted pieces."""
    words: dict[str, str] = {}
    for block in f"\n{text}".split("\nmsgid ")[1:]:
        source, _, german = block.partition("\nmsgstr ")
        message = _joined(source)
        if message:
            words[message] = _joined(german) or message
    return words


def _joined(lines: str) -> str:
    if "\n" not in lines:
        return _plain(lines.strip()[1:-1])
    pieces = []
    for line in lines.split("\n"):
        if not line.startswith('"'):
            break
        pieces.append(line.rstrip()[1:-1])
    return _plain("".join(pieces))


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    text = text.replace("\\\\", "\0")
    for escaped, sign in _ESCAPES.items():
        text = text.replace(escaped, sign)
    return text.replace("\0", "\\")
