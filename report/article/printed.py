"""Findings on facts that no reader meets: they stand in the file, but in no text; and on quotations without a speaker.

A fact counts as printed where each of its words, endings apart, stands in a text, or its number or date does. Knows:
facts and words of the article. Must never know layouts, pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.article.dates import MONTHS, PartialDate, When
from report.article.facts import words_of
from report.article.notes import Notes
from report.article.prose import Paragraph
from report.findings import N_

_ANY = re.compile(r"[^\W\d_]+|\d+")
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")  # what a fact is looked for by
_SHORT = 3  # letters: up to these, a word is looked for whole
_ENDING = 2  # letters: Neues Rathaus, im Neuen Rathaus


def check_printed(notes: Notes) -> None:
    """Look for facts on stops and award that stand in no text."""
    article = notes.article
    texts = [words_of(notes), *(display.plain for display in article.displays())]
    texts += [picture.caption for picture in article.pictures.values()]
    texts += [text for event in article.timeline for text in (event.note, str(event.date or ""))]
    words = f" {' '.join(_ANY.findall(' '.join(texts).lower()))} "
    months = article.language.startswith("de")
    for path, fact in _facts(notes):
        if not _stands(words, fact, months):
            message = N_("“{words}” stands in no text and is printed nowhere.")
            remedy = N_("Proposal: put it into the text, if readers should know it.")
            notes.add(path, "unprinted", message, remedy, severity="note", words=fact)


def _facts(notes: Notes) -> Iterator[tuple[str, str | int | When]]:
    """Walk the facts that layouts leave to the text, with their paths."""
    for stop in notes.article.stops:
        yield from ((f"{stop.path}.name", stop.name), (f"{stop.path}.place", stop.place))
        if stop.since:
            yield f"{stop.path}.since", stop.since
        yield from ((f"{stop.path}.partners[{at}]", partner) for at, partner in enumerate(stop.partners))
    award = notes.article.award
    if award is None:
        return
    for name in ("motto", "awarding_body", "use"):
        yield f"award.{name}", getattr(award, name)
    if award.date:
        yield "award.date", award.date
    if award.category:
        yield "award.category.name", award.category.name
        ends = (("from", award.category.low), ("to", award.category.high))
        yield from ((f"award.category.{key}", number) for key, number in ends if number is not None)
    if award.participants is not None:
        yield "award.participants", award.participants


def _stands(words: str, fact: str | int | When, months: bool) -> bool:
    """Tell whether the fact is among the words, each with a space before and behind it; `months`: by German names."""
    if isinstance(fact, str):
        return all(_has(words, word) for word in _WORD.findall(fact.lower()))
    if isinstance(fact, int):
        return f" {fact} " in words or f" {fact:,} ".replace(",", " ") in words
    return all(_dated(words, end, months) for end in ((fact,) if isinstance(fact, PartialDate) else fact))


def _has(words: str, word: str) -> bool:
    if len(word) <= _SHORT:
        return f" {word} " in words
    return " " + word[: max(_SHORT, len(word) - _ENDING)] in words


def _dated(words: str, date: PartialDate, months: bool) -> bool:
    """Tell whether year and month stand there; a day is often said otherwise (`am Dienstag`)."""
    month = (f" {MONTHS[date.month - 1]} ", f" {date.month} ", f" {date.month:02} ") if date.month and months else ()
    return f" {date.year} " in words and (not month or any(name in words for name in month))


def check_speakers(notes: Notes) -> None:
    """Look for quotations whose speaker is named neither in their paragraph nor beside it."""
    article = notes.article
    for prose in article.prose():
        for at, block in enumerate(prose):
            near = " ".join(other.text for other in prose[max(0, at - 1) : at + 2])
            for quotation in block.quotations if isinstance(block, Paragraph) else ():
                speaker = article.speakers.get(quotation.speaker)
                last = speaker.name.split()[-1:] if speaker else []
                if speaker and last and last[0] not in near:
                    message = N_("“{name}” is named neither in the quotation's paragraph nor beside it.")
                    remedy = N_("Proposal: name who speaks, in case a layout leaves the quotation in the text.")
                    notes.add(quotation.path, "unnamed", message, remedy, severity="note", name=speaker.name)
