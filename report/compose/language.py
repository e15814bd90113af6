"""What compose asks of a language; whoever can do this may be handed in. Knows and does nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

# The names under which a template finds a language's skills as filters: {{ article.date | date }}
_FORMATS = "date date_table date_range time time_range number percent money_text money_table money_short between"
_WORDS = "list_words ordinal ordinal_word quote sentences"
SKILLS = (*_FORMATS.split(), *_WORDS.split())


class Language(Protocol):
    """One language's words and habits; the formats of `SKILLS` are reached by name."""

    def text(self, words: str, /) -> str:
        """Return running words with their no-break spaces and soft hyphens."""

    def sense(self, words: str, /) -> str:
        """Return words of a heading or a large quotation: bound together by sense, never hyphenated."""

    def plain(self, words: str, /) -> str:
        """Return words for titles, bookmarks and ears: no soft hyphens, no signs of setting."""

    def sentences(self, words: str, /) -> Sequence[str]:
        """Return the sentences of running words."""

    def word(self, message: str, /) -> str:
        """Return a fixed word of a layout from the catalogue."""
