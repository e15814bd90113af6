"""What is wrong with an article or a product, and where.

Whoever sees a fault writes a `Finding`; it does not decide what follows. A finding's words are a message id of the
catalogue (English, with `{named}` holes) and the values for the holes: translated only by the front end, so that no
room needs the reader's language. Knows: nothing. Must never know: which standard was ordered, how it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from report.records import field, record

Severity = Literal["error", "warning", "note"]


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for "mark, translate later"
    """Mark `message` for the catalogue (the test of the locales collects every call) and return it unchanged."""
    return message


def nearest(name: str, known: Iterable[str], least: float = 0.6) -> str:
    """Return the one of the known names that is most like `name`; nothing where none is."""
    from difflib import get_close_matches

    found = get_close_matches(name, list(known), 1, least)
    return found[0] if found else ""


class Measure(str):
    """A number in a finding, with a point; whoever tells it in another language writes that language's sign."""

    __slots__ = ()


@record(frozen=True)
class Place:
    """Where a fault lies; every part is optional, `str()` gives `article.yaml:31 award.prize, page 3, block p`."""

    file: str = ""
    line: int = 0  # from 1; 0 = unknown
    path: str = ""  # of the article field, as in the model: stops[1].text[0]
    page: int = 0  # from 1; 0 = none
    block: str = ""  # region or block of the layout

    def __str__(self) -> str:
        head = f"{self.file}:{self.line}" if self.file and self.line else self.file
        parts = [" ".join(part for part in (head, self.path) if part)]
        parts += [f"p. {self.page}"] if self.page else []
        parts += [self.block] if self.block else []
        return ", ".join(part for part in parts if part)


@record(frozen=True)
class Finding:
    """One fault: `rule` is its stable name (`text.missing-glyph`), `message` and `remedy` are message ids.

    `severity` is what the finder thinks of it: `error` stops the edition, `warning` is told in the verdict, `note` is
    information (a taken alternative, a proposal). Standards and house may judge otherwise.
    """

    rule: str
    message: str
    values: dict[str, object] = field(default_factory=dict)
    place: Place = Place()
    severity: Severity = "error"
    remedy: str = ""

    def __str__(self) -> str:
        where = str(self.place)
        return f"{where}: {self.filled(self.message)}" if where else self.filled(self.message)

    def filled(self, message: str) -> str:
        """`message` (a translation of ours, or our own) with the values in its holes."""
        return message.format(**self.values) if self.values else message
