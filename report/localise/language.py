"""One language as a layout uses it: values in words, spaces that hold, hyphens, sentences, quotation marks.

Everything is a pure function of its arguments, remembered in bounded stores. Knows: the parts of this room. Must
never know: articles, layouts, pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from report.locales import catalogue
from report.localise import sentences as _sentences
from report.localise.facts import language_of
from report.localise.formats import Formats
from report.localise.habits import Habits, habits
from report.localise.hyphens import SHY, Divider
from report.localise.spaces import NARROW, NBSP, Spaces

if TYPE_CHECKING:
    from report.localise.values import DateLike, MoneyLike, Number, TimeLike

_UNSET = str.maketrans({SHY: None, NBSP: " ", NARROW: " ", "\u200b": None})
_OPENING = "„“»«‚‘›‹\"'"


class Language:
    """One language in one house, for one article: its exceptions and names are never divided otherwise."""

    def __init__(self, tag: str, style: Mapping[str, str], exceptions: tuple[str, ...], names: tuple[str, ...]) -> None:
        self.tag = tag
        self.habits: Habits = habits(tag, style)
        self._formats = Formats(tag, self.habits)
        self._spaces = Spaces(tag)
        self._divider = Divider(language_of(tag), exceptions, _words_of(names))
        self._catalogue = catalogue(tag)
        self.text = lru_cache(maxsize=256)(self._text)
        self.sense = lru_cache(maxsize=128)(self._sense)

    def _text(self, words: str, hyphenate: bool = True, names: bool = False) -> str:
        """Return running words with no-break spaces and soft hyphens; `names`: the words are a name, so no hyphens."""
        return self._spaces.bind(words, self._divide if hyphenate and not names else None)

    def _sense(self, words: str) -> str:
        """Return words of a heading or a large quotation: short words bound to what follows, never hyphenated."""
        return self._spaces.sense(words)

    def _divide(self, word: str, before: str) -> str:
        if len(word) > 8 and word[0].isupper() and self._spaces.names_follow(before):
            return word
        return self._divider.token(word)

    def plain(self, words: str) -> str:
        """Return words for titles, bookmarks and ears: no soft hyphens, ordinary spaces."""
        return words.translate(_UNSET)

    def word(self, message: str) -> str:
        """Return a fixed word of a layout, with its no-break spaces."""
        return self._spaces.bind(self._catalogue.gettext(message))

    def quote(self, words: str) -> str:
        """Return words in quotation marks of the house; words that bring marks of their own round them keep those."""
        if words[:1] in _OPENING and words[-1:] in "”“«»’‘‹›\"'" and words:
            return words
        opening, closing = self.habits.quotes
        return f"{opening}{words}{closing}"

    def sentences(self, words: str) -> list[str]:
        """Divide a paragraph into its sentences; joined with a space they give it back."""
        return _sentences.sentences(words)

    def ordinal_word(self, value: int, gender: str = "f") -> str:
        """Return `Erste`, `Zwölfte`; beyond twelve `13.` of 13."""
        return self.habits.ordinal_word(int(value), gender)

    def date(self, value: DateLike, weekday: bool = False) -> str:
        """Return a date, a month, a year or a range of them in words."""
        ends = _ends(value)
        return self._formats.date_range(*ends) if ends else self._formats.date(value, weekday)

    def date_table(self, value: DateLike) -> str:
        """Return a date in figures."""
        return self._formats.date_table(value)

    def date_range(self, value: DateLike, last: DateLike | None = None) -> str:
        """Return a range of two dates; one value alone is written as `date` writes it."""
        return self.date(value) if last is None else self._formats.date_range(value, last)

    def time(self, value: TimeLike) -> str:
        """Return a time of day."""
        return self._formats.time(value)

    def time_range(self, first: TimeLike, last: TimeLike) -> str:
        """Return a range of times of one day."""
        return self._formats.time_range(first, last)

    def number(self, value: Number) -> str:
        """Return an exact number with its groups."""
        return self._formats.number(value)

    def percent(self, value: Number) -> str:
        """Return `5 %` of 5."""
        return self._formats.percent(value)

    def money_text(self, value: MoneyLike) -> str:
        """Return `10.000 Euro`."""
        return self._formats.money_text(value)

    def money_table(self, value: MoneyLike) -> str:
        """Return `10.000 €`."""
        return self._formats.money_table(value)

    def money_short(self, value: MoneyLike) -> str:
        """Return `1,25 Millionen Euro`."""
        return self._formats.money_short(value)

    def between(self, first: Number, last: Number) -> str:
        """Return `zwischen 50.000 und 100.000`."""
        return self._formats.between(first, last)

    def list_words(self, words: Iterable[str]) -> str:
        """Return `a, b und c`."""
        return self._formats.list_words(words)

    def ordinal(self, value: int) -> str:
        """Return `13.` of 13."""
        return self._formats.ordinal(value)


def _ends(value: object) -> tuple[DateLike, DateLike] | None:
    start, end = getattr(value, "start", None), getattr(value, "end", None)
    return (start, end) if start is not None and end is not None else None


def _words_of(names: Iterable[str]) -> frozenset[str]:
    """Return the capitalised words of names: each of them is a name wherever it stands."""
    parts = " ".join(names).replace("/", " ").replace("-", " ").split()
    return frozenset(word for part in parts if (word := part.strip("„“‚‘.,()"))[:1].isupper())
