"""Where a word may be divided at a line's end, as a typographer would.

Compounds part at their joints first; a part that is long may be divided further at its syllables. At least three
letters stand before a division (four, unless they are a prefix) and four after it; words of up to eight letters stay
whole. Names, numbers, addresses, abbreviations and gender forms are never divided, and where the author has set soft
hyphens himself, only there. Knows: words and letters. Must never know: lines, measures, fonts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from report.localise.listed import listed
from report.localise.patterns import Patterns, load
from report.paths import shipped

SHY, ZERO = "\u00ad", "\u200b"  # divide with a hyphen; divide without one
WHOLE = 8  # a word of so many letters stays whole
LONG_PART = 14  # a part of a compound longer than this may be divided at its syllables as well
FURTHER_JOINTS = 11  # a part longer than this is looked through for joints of its own
WHOLE_ADDRESS = 24  # an address of so many signs stays whole
WHOLE_WITH_HYPHEN = 13  # a part beside a hyphen that stands in the text anyway
BEFORE, BEFORE_IF_PREFIX, AFTER = 4, 3, 4
CACHED_WORDS, CACHED_TOKENS = 6_000, 2_000  # of a language, of an article

ENDINGS = ("", "e", "n", "s", "en", "er", "es", "em", "in", "ern", "innen", "ten", "te", "se", "sen", "ens")
LINKS = ("", "s", "n", "en", "es", "er", "e", "ns", "ens")
BOUND_PREFIXES = listed("be ent er ge miss un ver zer")  # no joint stands after one of these
PREFIXES = BOUND_PREFIXES | listed(
    "ab an auf aus bei durch ein fort her hin los mit nach neben nieder über um unter vor weg wider zu hinter"
)
ENGLISH_PREFIXES = listed("com con dis mis non out pre pro sub sur")
# Not divided within: heraus|fordern
WHOLE_PREFIXES = tuple(
    listed(
        "auseinander aneinander dahin daneben dazwischen entgegen heran herauf heraus herbei herein herum hervor",
        "hinaus hinein hinterher hinweg nebeneinander überein voraus vorbei vorüber",
    )
)
SUFFIXES = (
    *("heit", "keit", "schaft", "lich", "ung", "isch", "haft", "bar"),
    *("sam", "los", "ling", "chen", "lein", "tum", "nis", "ig"),
)
JOINING = ("ungs", "heits", "keits", "schafts", "tions", "täts", "ings", "tums")  # a member of its own follows these
FEMININE = ("rin", "rinnen")  # after the -e- of Einwohnerinnen: a break there reads badly
VOWELS = frozenset("aeiouyäöü")
_ADDRESS = re.compile(r"://|^www\.|[^\s@]@[^\s@]+\.|^[\w-]+(?:\.[\w-]+)+/")
_AFTER_OR_BEFORE = re.compile(r"(?<=[^/:]/)(?=[^/])|(?<=://)(?=.)|(?<=\w)(?=[.?&=#@_])(?=.\w)")
_EDGES = "„“”‚‘’\"'()[]{}.,;:!?…–—»«›‹"


class Lexicon:
    """A language's members of compounds, exceptions and names, beside its patterns."""

    def __init__(self, language: str) -> None:
        self.patterns: Patterns | None = load(language)
        self.prefixes = PREFIXES if language == "de" else ENGLISH_PREFIXES
        self.members = frozenset(_lines(f"{language}.members.txt"))
        self.exceptions = dict(map(exception, _lines(f"{language}.exceptions.txt")))
        self.names = frozenset(_lines(f"{language}.names.txt"))
        self._known: dict[str, list[int]] = {}

    def points(self, word: str) -> list[int]:
        """Return where a lower-case word may be divided."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= CACHED_WORDS:
                self._known.clear()
            points = self.patterns.points(word) if self.patterns and len(word) > WHOLE else []
            known = self._known[word] = self._parted(word, points)
        return known

    def _parted(self, word: str, points: list[int]) -> list[int]:
        """Return the joints of a word and, where a part is long, that part's own joints or syllables."""
        joints = self.joints(word, points)
        if not joints:
            return self.syllables(word, points)
        found = list(joints)
        for start, end in zip([0, *joints], [*joints, len(word)], strict=True):
            if end - start > FURTHER_JOINTS:
                part, inner = word[start:end], [at - start for at in points if start < at < end]
                again = self._parted(part, inner) if end - start > LONG_PART else self.joints(part, inner)
                found += [start + at for at in again]
        return sorted(found)

    def joints(self, word: str, points: list[int]) -> list[int]:
        """Return the places among `points` where the compound's members meet."""
        found: list[int] = []
        end = len(word)
        while at := next((p for p in points if p >= 3 and end - p >= 4 and self._last(word, p, end)), 0):
            end = self._before_prefix(word, at, points)
            found.append(end)
            if self._member(word[:end], LINKS):
                break
        start = 0
        while not self._member(word[start:end], LINKS):
            start = max((p for p in points if self._first(word, start, p, end)), default=0)
            if not start:
                break
            found.append(start)
        return sorted(found)

    def _last(self, word: str, at: int, end: int) -> bool:
        """Tell whether a member stands from `at` to `end`, and something that can bear one before it."""
        left = word[:at]
        if left in BOUND_PREFIXES or not self._member(word[at:end], ENDINGS if end == len(word) else LINKS):
            return False
        return end - at > 4 or left.endswith(JOINING) or any(self._member(left[n:], LINKS) for n in range(at - 2))

    def _first(self, word: str, start: int, at: int, end: int) -> bool:
        """Tell whether a member stands from `start` to `at`, and more than a suffix after it."""
        right = word[at:end]
        if at - start < 3 or end - at < 4 or right in FEMININE:
            return False
        return self._member(word[start:at], LINKS) and not right.startswith(SUFFIXES)

    def syllables(self, word: str, points: list[int]) -> list[int]:
        """Return the places that read well: not between two vowels, nor inside the ending of Einwohner-innen."""
        found = []
        first = max((len(prefix) for prefix in WHOLE_PREFIXES if word.startswith(prefix)), default=BEFORE_IF_PREFIX)
        for at in points:
            is_prefix = word[:at] in self.prefixes
            if at < (first if is_prefix else max(first, BEFORE)) or len(word) - at < AFTER or word[at:] in FEMININE:
                continue
            if is_prefix or not (word[at - 1] in VOWELS and word[at] in VOWELS):
                found.append(at)
        return found

    def _member(self, letters: str, endings: tuple[str, ...]) -> bool:
        for end in endings:
            stem = letters[: len(letters) - len(end)]
            if len(stem) >= 3 and letters.endswith(end) and stem in self.members:
                return True
        return False

    def _before_prefix(self, word: str, at: int, points: list[int]) -> int:
        """Move a joint to before the prefix of its right member: Bürger|versammlung, not Bürgerver|sammlung."""
        for start in points:
            if 3 <= start < at and word[start:at] in PREFIXES and self._member(word[:start], LINKS):
                return start
        return at


class Divider:
    """Sets soft hyphens; one for each language, with an article's own exceptions and names."""

    def __init__(self, language: str, exceptions: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        self.lexicon = lexicon(language)
        self.exceptions = {**self.lexicon.exceptions, **dict(map(exception, exceptions))}
        self.names = self.lexicon.names | frozenset(names)
        self._known: dict[str, str] = {}

    def token(self, token: str) -> str:
        """Return what stands between two spaces, with soft hyphens in its words."""
        if len(token) <= WHOLE:
            return token
        known = self._known.get(token)
        if known is None:
            if len(self._known) >= CACHED_TOKENS:
                self._known.clear()
            known = self._known[token] = self._divided(token)
        return known

    def _divided(self, token: str) -> str:
        core = token.strip(_EDGES)
        if len(core) > WHOLE_ADDRESS and _ADDRESS.search(core):
            return token if ZERO in token else _parted(token)
        if SHY in token or self.lexicon.patterns is None:
            return token
        bare = core.replace("-", "").replace("\u2010", "").replace("/", "")
        if len(bare) <= WHOLE or not bare.isalpha() or "/-" in core or "//" in core:
            return token
        at = token.index(core)
        words, hyphened = [], "-" in core or "\u2010" in core
        for piece in core.replace("/", "\0/\0").replace("-", "\0-\0").replace("\u2010", "\0\u2010\0").split("\0"):
            words.append(self.word(piece) if len(piece) > (WHOLE_WITH_HYPHEN if hyphened else WHOLE) else piece)
        return token[:at] + "".join(words) + token[at + len(core) :]

    def word(self, word: str) -> str:
        """Return one word of letters with its soft hyphens."""
        lower = word.lower()
        if word[1:] != lower[1:] or (word[0].isupper() and self.is_name(word)):
            return word
        own = self._exception(lower)
        points = self.lexicon.points(lower) if own is None else own
        return SHY.join(word[a:b] for a, b in zip([0, *points], [*points, len(word)], strict=True))

    def is_name(self, word: str) -> bool:
        """Tell whether a capitalised word is a name, or a name with an ending: Gladbecks, Gladbecker."""
        if word in self.names:
            return True
        return any(word.endswith(end) and word[: -len(end)] in self.names for end in ("s", "er", "ern", "ers", "es"))

    def _exception(self, word: str) -> list[int] | None:
        for end in ENDINGS:
            if word.endswith(end):
                own = self.exceptions.get(word[: len(word) - len(end)])
                if own is not None:
                    return own
        return None


def _parted(address: str) -> str:
    """Return an address that may be divided behind a stroke and before a sign, without a hyphen that none would see."""
    return _AFTER_OR_BEFORE.sub(ZERO, address)


def exception(entry: str) -> tuple[str, list[int]]:
    """Read `Text|erkennung`: the word in lower case and its places of division."""
    parts = entry.lower().replace(SHY, "|").split("|")
    places, at = [], 0
    for part in parts[:-1]:
        at += len(part)
        places.append(at)
    return "".join(parts), places


@lru_cache(maxsize=4)
def lexicon(language: str) -> Lexicon:
    """Return what is known of a language's words."""
    return Lexicon(language)


def _lines(name: str) -> list[str]:
    """Return the words of a list, without its comments; an absent list is empty."""
    path = shipped("assets", "hyphenation", name)
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").split("\n")
    return " ".join(line for line in lines if not line.startswith("#")).split()
