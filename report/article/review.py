"""Findings on the text: what an editor should look at, with a proposal, never a correction.

The released text is sacred: nothing is changed here. What is looked at holds in any language that quotes with paired
marks. Knows: the printed words of the article. Must never know layouts, pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.article.characters import around
from report.article.facts import check_facts, check_people, check_pictures
from report.article.model import Article
from report.article.notes import Notes
from report.article.printed import check_printed, check_speakers
from report.article.prose import paragraphs
from report.findings import N_, Finding
from report.locales import catalogue, tags

_CLOSES = {"„": "“”", "‚": "‘", "»": "«", "›": "‹"}  # ” closes too, wrongly: told apart below
_QUOTES = re.compile(r"[„“”‚‘»«›‹]")
_CLOSING = re.compile("[“”]")
_STOP_IN_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+)\. (?=[^\W\d_])")
_BACKWARD = re.compile(  # Hebrew, Arabic, Syriac, Thaana, N'Ko and the old scripts of their kind
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_NEXT_SENTENCE = re.compile(r"(?:(?<!\d)\.|[!?…])[“‘”]? +[„‚]?[A-ZÄÖÜ]")
_ASKS_FOR_MORE = re.compile(r"\b(?:zwischen|between) [\d.]+ (?:und|and) $")
# sign that must be there, pattern, rule, message, proposal
_SLIPS = (
    ('"', '"', "straight-mark", N_("“{near}”: a straight quotation mark."), N_("Proposal: „…“ instead.")),
    (
        " - ",
        r"(?<=[^\W_]) - (?=[^\W_])",
        "hyphen-dash",
        N_("“{near}”: a hyphen stands for a dash."),
        N_("Proposal: – instead."),
    ),
    (
        "- ",
        r"[^\W\d_]{2,}- (?!(?:und|oder|bzw|sowie|bis|and|or)\b)[a-zäöüß]{2,}",
        "cut-word",
        N_("“{near}”: perhaps a word that was divided at a line's end."),
        N_("Proposal: write it in one, if it is one word."),
    ),
    *(
        (
            sign,
            r"Ã[\x80-\xbf¤¶¼Ÿ„–œ]|â€[™œž“”]|ï»¿",
            "misread",
            N_("“{near}”: these signs look like letters read in a wrong encoding."),
            N_("Proposal: copy the place again from its source."),
        )
        for sign in ("Ã", "â€", "ï»¿")
    ),
)


def review(article: Article) -> tuple[Finding, ...]:
    """Return the findings on one article, in the order of its text."""
    notes = Notes(article)
    for path, text in _texts(article):
        _check_marks(notes, path, text)
        _check_signs(notes, path, text)
        _check_direction(notes, path, text)
    _check_language(notes)
    _check_strokes(notes)
    _check_quotations(notes)
    _check_easy(notes)
    check_facts(notes)
    check_pictures(notes)
    check_people(notes)
    check_printed(notes)
    check_speakers(notes)
    for path in article.examples:
        notes.add(path, "example", N_("What stands here is only an example."), severity="note")
    return tuple(notes.found)


def _texts(article: Article) -> Iterator[tuple[str, str]]:
    """Walk every text that is printed, with its path."""
    for display in article.displays():
        yield display.path, display.plain
    for prose in (*article.prose(), *article.easy_prose()):
        yield from ((paragraph.path, paragraph.text) for paragraph in paragraphs(prose))
    for event in article.timeline:
        yield f"{event.path}.note", event.note
    for picture in article.pictures.values():
        yield from ((f"{picture.path}.caption", picture.caption), (f"{picture.path}.alt", picture.alt))


def _check_easy(notes: Notes) -> None:
    """Look for paragraphs in Leichte Sprache that hold more than one sentence: each is to stand on lines of its own."""
    for prose in notes.article.easy_prose():
        for paragraph in paragraphs(prose):
            more = _NEXT_SENTENCE.search(paragraph.text)
            if more:
                message = N_("“{near}”: more than one sentence stands in a paragraph in Leichte Sprache.")
                remedy = N_("Proposal: make each sentence a paragraph of its own.")
                notes.add(paragraph.path, "easy-sentence", message, remedy, near=around(paragraph.text, more.start()))


def _check_marks(notes: Notes, path: str, text: str) -> None:
    """Look for quotation marks that do not pair: a wrong closing mark, one that is missing, one too many."""
    still_open: list[tuple[str, int]] = []
    for match in _QUOTES.finditer(text):
        sign, at = match[0], match.start()
        level = next((i for i in reversed(range(len(still_open))) if sign in _CLOSES[still_open[i][0]]), -1)
        if level >= 0:
            _unclosed(notes, path, text, still_open[level + 1 :])
            opened = still_open[level][0]
            del still_open[level:]
            right = _CLOSES[opened][0]
            if sign != right:
                message = N_("“{near}”: the quotation opens with {opened} and closes with {closed}.")
                remedy = N_("Proposal: close it with {right}. The text itself is not changed.")
                values = {"near": around(text, at), "opened": opened, "closed": sign, "right": right}
                notes.add(path, "closing-mark", message, remedy, **values)
        elif sign in _CLOSES:
            still_open.append((sign, at))
        elif sign in "“«‹" and not (sign == "“" and "”" in text[at:]):  # “…” quotes in English, ‘ is an apostrophe
            notes.add(path, "unopened", N_("“{near}”: a quotation closes that was not opened."), near=around(text, at))
    _unclosed(notes, path, text, still_open)


def _unclosed(notes: Notes, path: str, text: str, still_open: list[tuple[str, int]]) -> None:
    for opened, at in still_open:
        message = N_("“{near}”: the quotation that opens here is not closed.")
        remedy = N_("Proposal: add {right} where it ends.")
        notes.add(path, "unclosed", message, remedy, near=around(text, at), right=_CLOSES[opened][0])


def _check_signs(notes: Notes, path: str, text: str) -> None:
    """Look for signs that look like slips."""
    for match in _STOP_IN_NUMBER.finditer(text):
        if _ASKS_FOR_MORE.search(text, max(0, match.start() - 60), match.start()) or _in_a_name(text, match.end()):
            message = N_("“{near}”: a full stop stands behind {number}, but the sentence seems to go on.")
            remedy = N_("Proposal: delete the stop. The text itself is not changed.")
            notes.add(path, "stray-stop", message, remedy, near=around(text, match.end()), number=match[1])
    for sign, pattern, rule, message, remedy in _SLIPS:
        slip = re.search(pattern, text) if sign in text else None
        if slip:
            notes.add(path, rule, message, remedy, near=around(text, slip.start()))


def _check_direction(notes: Notes, path: str, text: str) -> None:
    """Look for words that are read from right to left: set from left to right they would be wrong, not only ugly."""
    backward = None if text.isascii() else _BACKWARD.search(text)
    if backward:
        message = N_("“{near}”: words that are read from right to left cannot be set.")
        remedy = N_("Write them in Latin letters, or show them as a picture with an alternative text.")
        near = around(text, backward.start())
        notes.add(path, "right-to-left", message, remedy, severity="error", near=near)


def _in_a_name(text: str, at: int) -> bool:
    """Tell whether `at` lies in a quotation that ends without a sentence's mark: a name or title, no sentences."""
    opened = text.rfind("„", 0, at)
    if opened < 0 or any(sign in text[opened:at] for sign in "“”"):
        return False
    closed = _CLOSING.search(text, at)
    return closed is not None and text[closed.start() - 1] not in ".!?…"


def _check_language(notes: Notes) -> None:
    """Look whether the words that layouts add, and hyphenation, exist in the article's language."""
    language = notes.article.language
    if not catalogue(language).words:
        message = N_(
            "Fixed words and hyphenation exist for these languages only: {known}. “{language}” is none of them."
        )
        remedy = N_("The layout's own words will be English, and no word will be divided.")
        notes.add("language", "language", message, remedy, known=", ".join(tags()), language=language)


def _check_strokes(notes: Notes) -> None:
    """Look for strokes that mark no place of division, since they stand beside no letter: they would be printed."""
    displays = [*notes.article.displays(), *(figure.noun for figure in notes.article.key_figures)]
    for display in (*displays, *notes.article.hyphenation):
        at = display.plain.find("|")
        if at >= 0:
            message = N_("“{near}”: the stroke | stands not between two letters and is printed as it is.")
            remedy = N_("Delete it, or put it between the letters where the word may be divided.")
            notes.add(display.path, "stroke", message, remedy, near=around(display.plain, at))


def _check_quotations(notes: Notes) -> None:
    """Look whether a quotation has its own marks, and stands once."""
    seen: dict[str, str] = {}
    for quotation in notes.article.quotations():
        words = quotation.text.strip()
        if words[:1] not in tuple('„»“"') or not re.search(r"[“”«»\"]$", words):
            message = N_("The quotation “{name}” does not begin and end with quotation marks.")
            remedy = N_("Put its marks inside the brackets: [„…“]{{quote=trust by=mueller}}.")
            notes.add(quotation.path, "quotation-marks", message, remedy, name=quotation.id)
        bare = re.sub(r"\W+", " ", words).strip().lower()
        if bare in seen:
            message = N_("The quotation “{name}” stands twice: its words are those of “{first}”.")
            remedy = N_("Proposal: leave one of them out.")
            notes.add(quotation.path, "quotation-twice", message, remedy, name=quotation.id, first=seen[bare])
        seen.setdefault(bare, quotation.id)
