"""Which spaces of a text a line may not break at.

An ordinary space becomes a no-break space (inside abbreviations a narrow one) where two words belong together; no
other sign is ever added or taken away. Decisions look at words only, so that setting a text twice changes nothing.
Knows: words that cling. Must never know: lines, measures, hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from report.localise.facts import facts, language_of
from report.localise.listed import listed

NBSP, NARROW = "\u00a0", "\u202f"
CLING = "\u00a0\u200b"  # a no-break space that may break at a cost
LONGEST_RUN = 22  # signs without a place to break that "by sense" may make

_SPACE = re.compile("(\u00a0\u200b|[ \u00a0\u202f])")
_OPENERS = "„“‚‘»«›‹\"'(["
_CLOSERS = "“”‘’«»‹›\"')],;:!?…"
_DASHES = ("–", "—")


class Clinging(NamedTuple):
    """One language's words that cling to their neighbour."""

    titles: frozenset[str] = frozenset()  # before a name
    places: frozenset[str] = frozenset()  # before the name of a place
    legal: frozenset[str] = frozenset()  # after the name of a firm
    references: frozenset[str] = frozenset({"§", "§§", "№"})  # before a figure
    units: frozenset[str] = frozenset()  # after a figure
    large: frozenset[str] = frozenset()  # millions: after a figure, before a unit
    money: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()  # after a figure with its point, or before a figure without one
    after_letters: frozenset[str] = frozenset()  # n. Chr.
    short: frozenset[str] = frozenset()  # by sense: before what they belong to


_SIGNS = listed("% ‰ € $ £ ° °C °F km m cm mm km² m² cm² ha km/h kg g t l ml kW kWh MW GB MB Hz kHz h min s")
_TABLE = {
    "de": Clinging(
        titles=listed("Dr. Prof. Frau Herr Herrn Dipl.-Ing. Dipl.-Päd. Mag. St. Sankt Familie Hl. Dres. Pfr. RA"),
        places=listed(
            "Stadt Kreis Kreises Gemeinde Landkreis Bezirk Regierungsbezirk Ortsteil Stadtteil Ortschaft",
            "Land Bad Insel Bistum Groß Klein Alt Neu",
        ),
        legal=listed("GmbH gGmbH mbH AG gAG KG KGaA OHG GbR UG SE eG eV e.V. AöR"),
        references=listed(
            "§ §§ Art. Abs. Nr. Nrn. S. Bd. Kap. Abb. Tab. Ziff. Rn. Anm. Anl. Tel. Seite Seiten Artikel",
            "Absatz Nummer Kapitel Abbildung Tabelle Station Platz Raum Zimmer Band Stufe Klasse Phase",
            "Paragraf Ziffer Anlage",
        ),
        units=_SIGNS
        | listed("f. ff. Uhr Prozent Prozentpunkte Grad Meter Kilometer Quadratmeter Hektar Liter Tonnen Kilogramm"),
        large=listed("Mio. Mrd. Tsd. Tausend Million Millionen Milliarde Milliarden"),
        money=listed("Euro Cent EUR Franken Dollar €"),
        counted=listed("Jahrhundert Jahrhunderts Station Platz Geburtstag Jahrestag Auflage Klasse Mal Stock Etage"),
        after_letters=listed("Chr. Ä. Br."),
        short=listed(
            "der die das des dem den ein eine eines einem einen einer in im ins am an ans auf für mit von",
            "vom zu zum zur bei beim aus nach vor vorm über unter um durch gegen ohne bis seit als wie wo",
            "und oder dass ob je so mehr kein keine keinen unser unsere unserer unserem unseren sein",
            "seine ihr ihre ihrer ihren diese dieser dieses nicht auch noch nur sehr wir sie er es ich",
        ),
    ),
    "en": Clinging(
        titles=listed("Dr Dr. Prof. Mr Mr. Mrs Mrs. Ms Ms. St St. Sir"),
        places=listed("Lake Mount Fort"),
        legal=listed("Ltd Ltd. plc Inc. LLC"),
        references=listed(
            "§ §§ No. Nos. p. pp. vol. ch. fig. Fig. Page page Chapter chapter Section section Figure",
            "Table Article Stop",
        ),
        units=_SIGNS | listed("percent am pm a.m. p.m. euros metres kilometres miles"),
        large=listed("thousand million billion"),
        money=listed("euros euro cents pounds dollars"),
        short=listed("the a an in on at of to for with from by and or that as is no not our its his her their this"),
    ),
}


class Spaces:
    """The spaces of one language."""

    def __init__(self, tag: str) -> None:
        self.words = _TABLE.get(language_of(tag), Clinging(units=_SIGNS))
        self.months = frozenset(facts(tag).months)
        self.counted = self.words.counted | self.months
        self.cling = self.words.titles | self.words.places | self.words.references | self.words.large | self.months
        self.after_figures = self.words.units | self.words.money | self.words.large

    def bind(self, text: str, then: Callable[[str, str], str] | None = None) -> str:
        """Return the text with its no-break spaces; `then` is asked for each word, with the word before it."""
        tokens = _SPACE.split(text)
        plain = [token.replace("\u00ad", "") for token in tokens[::2]] if "\u00ad" in text else tokens[::2]
        cling, legal = self.cling, self.words.legal
        left, letters = plain[0], plain[0].isalpha()
        for at in range(1, len(plain)):
            right = plain[at]
            after = right.isalpha()
            if letters and after and left not in cling and right not in legal:
                pass  # two words of letters only, as nearly all are
            elif tokens[2 * at - 1] == " " and left and right:
                tokens[2 * at - 1] = self._between(plain, at)
            left, letters = right, after
        if then is not None:
            tokens[::2] = [then(token, plain[at - 1] if at else "") for at, token in enumerate(tokens[::2])]
        return "".join(tokens)

    def sense(self, text: str) -> str:
        """Return the text with short words clinging to what they belong to, the last word first.

        The space between them is `CLING`: a line ends there only where the measure leaves nothing better.
        """
        tokens = _SPACE.split(self.bind(text))
        after = len(tokens[-1])  # signs from here to the next place to break
        for at in range(len(tokens) - 2, 0, -2):
            left = at - 1
            before = len(tokens[left])
            if tokens[at] == " ":
                joined = before + 1 + after
                while left > 1 and tokens[left - 1] != " ":
                    left -= 2
                    joined += 1 + len(tokens[left])
                if tokens[at - 1] and tokens[at + 1] and self._is_short(tokens[at - 1]) and joined <= LONGEST_RUN:
                    tokens[at] = CLING
            after = before if tokens[at] == " " else before + 1 + after
        return "".join(tokens)

    def names_follow(self, word: str) -> bool:
        """Tell whether a capitalised word after this one is a name."""
        bare = word.lstrip(_OPENERS)
        return bare in self.words.titles or bare in self.words.places

    def _is_short(self, word: str) -> bool:
        return word.lstrip(_OPENERS).lower() in self.words.short

    def _between(self, words: list[str], at: int) -> str:
        """Return the space between the word `at` and the one before it."""
        left, right = words[at - 1].lstrip(_OPENERS), words[at].rstrip(_CLOSERS)
        if words[at][0] == "…" or (words[at].startswith(_DASHES) and not right[1:].strip(".")):
            return NBSP
        if words[at] in (":", ";", "!", "?", "»", "”") or words[at - 1] == "«":
            return NBSP
        if _is_letter_and_point(left):
            before = words[at - 2] if at > 1 else ""
            return self._after_letter(left, right, before)
        if self._is_legal(words, at):
            return NBSP
        if left in self.words.titles and (right[:1].isupper() or _is_letter_and_point(right)):
            return NBSP
        if left in self.words.places and right[:1].isupper():
            return NBSP
        return NBSP if self._is_figure_bound(left, right.lstrip(_OPENERS)) else " "

    def _after_letter(self, left: str, right: str, before: str) -> str:
        """Return the space after `z.`, `e.`, `J.`, `S.`."""
        if _is_letter_and_point(right) or right in self.words.after_letters:
            return NARROW
        if left in self.words.references and right[:1].isdigit():
            return NBSP
        if not (left[0].isupper() and right[:1].isupper()):
            return " "
        first = before.lstrip(_OPENERS)  # e. V. The point may end a sentence; J. S. Bach goes on
        return " " if _is_letter_and_point(first) and first[0].islower() else NBSP

    def _is_legal(self, words: list[str], at: int) -> bool:
        right = words[at].rstrip(_CLOSERS)
        if right == "e." and at + 1 < len(words):
            return words[at + 1].startswith("V.")
        return right in self.words.legal or right.rstrip(".") in self.words.legal

    def _is_dated(self, left: str, right: str) -> bool:
        return left in self.months and len(right.rstrip(".")) in (1, 2, 4)  # March 5, März 2025

    def _is_figure_bound(self, left: str, right: str) -> bool:
        words = self.words
        if right[:1].isdigit() and (left in words.references or self._is_dated(left, right)):
            return True
        if left in words.large:
            return right.rstrip(".") in words.money
        last = left.rstrip(".")
        if not last or not last[-1].isdigit() or not (last[0].isdigit() or last[0] in "+-−±"):
            return False
        bare = right.rstrip(".")
        if left != last:  # a day or a rank with its point
            return last.isdigit() and len(last) <= 2 and bare in self.counted
        if not self.after_figures.isdisjoint((bare, right)):
            return True
        return right[:1].isdigit() or bare in self.months


def _is_letter_and_point(word: str) -> bool:
    return len(word) == 2 and word[1] == "." and word[0].isalpha()
