"""How a language is written here beyond what CLDR knows, and what a house may choose of it.

Knows: words and signs. Must never know values, layouts or pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from report.errors import LayoutFault
from report.findings import N_, Finding
from report.house import WRITING
from report.localise.facts import language_of


class Habits(NamedTuple):
    """One language's ways of writing."""

    quotes: tuple[str, str] = ("“", "”")
    clock: str = "din"
    dates: str = "words"
    group: str = ""  # between thousands; empty: the language's own
    clock_word: str = ""
    date_table: str = ""  # a CLDR pattern; empty: the language's own
    large_numbers: tuple[tuple[int, str, str], ...] = ()  # size, name of one, name of many; largest first
    between: tuple[str, str] | None = None
    ordinal_words: Mapping[str, tuple[str, ...]] | None = None  # by gender: f m n, or "" for all
    ordinal_ending: str = "."

    def ordinal(self, value: int) -> str:
        """Return `13.`; English counts `1st`, `2nd`, `3rd`."""
        if self.ordinal_ending:
            return f"{value}{self.ordinal_ending}"
        teens = value % 100 in (11, 12, 13)
        return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"

    def ordinal_word(self, value: int, gender: str) -> str:
        """Return `Erste`; beyond the words that stand here, the figure."""
        words = (self.ordinal_words or {}).get(gender) or (self.ordinal_words or {}).get("", ())
        return words[value - 1] if 1 <= value <= len(words) else self.ordinal(value)


_STEMS = ("Erst", "Zweit", "Dritt", "Viert", "Fünft", "Sechst", "Siebt", "Acht", "Neunt", "Zehnt", "Elft", "Zwölft")
_ENGLISH = (
    *("First", "Second", "Third", "Fourth", "Fifth", "Sixth"),
    *("Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth"),
)

_LANGUAGES: Mapping[str, Habits] = {
    "de": Habits(
        quotes=("„", "“"),
        clock_word="Uhr",
        date_table="dd.MM.y",
        large_numbers=((10**9, "Milliarde", "Milliarden"), (10**6, "Million", "Millionen")),
        between=("zwischen", "und"),
        ordinal_words={g: tuple(stem + end for stem in _STEMS) for g, end in (("f", "e"), ("m", "er"), ("n", "es"))},
    ),
    "en": Habits(
        large_numbers=((10**9, "billion", "billion"), (10**6, "million", "million")),
        between=("between", "and"),
        ordinal_words={"": _ENGLISH},
        ordinal_ending="",
    ),
}
_GUILLEMETS = {"de": ("»", "«")}


def habits(tag: str, house_style: Mapping[str, str] | None = None) -> Habits:
    """Return a language's habits with a house's choices; raise LayoutFault for a choice that nobody knows."""
    language = language_of(tag)
    found = _LANGUAGES.get(language, Habits())
    style = dict(house_style or {})
    for key, value in style.items():
        if key not in WRITING:
            names: dict[str, object] = {"key": key, "known": ", ".join(WRITING)}
            raise LayoutFault(Finding("house.fault", N_("Unknown key “{key}”. Known here: {known}."), names))
        if value not in WRITING[key]:
            values: dict[str, object] = {"value": value, "known": ", ".join(WRITING[key])}
            raise LayoutFault(Finding("house.fault", N_("“{value}” is none of: {known}."), values))
    if style.get("clock") == "press" and language == "de":
        found = found._replace(clock="press")
    if style.get("dates") == "figures":
        found = found._replace(dates="figures")
    if style.get("numbers") == "spaces" and language == "de":  # DIN 5008 has both
        found = found._replace(group=" ")
    if style.get("quotes") == "guillemets":
        found = found._replace(quotes=_GUILLEMETS.get(language, ("«", "»")))
    return found
