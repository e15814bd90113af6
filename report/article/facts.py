"""Findings on facts: figures and names that are said to stand in the text, pictures' words, people's names.

Knows: facts and words of the article. Must never know layouts, pages.
"""

from __future__ import annotations

import re
from decimal import Decimal

from report.article.notes import Notes
from report.findings import N_

_NO_WORDS = re.compile(r"(ein |das )?(bild|foto|photo|image|img|grafik|illustration)\W*\d*\.?")


def check_facts(notes: Notes) -> None:
    """Look for facts that are said to be in the text, and are not."""
    whole = words_of(notes)
    remedy = N_("Proposal: put it into the text, or write printed: nein.")
    for figure in notes.article.key_figures:
        if figure.printed and figure.value is not None and not holds_number(whole, figure.value):
            message = N_("The key figure {number} does not stand in the text.")
            notes.add(figure.path, "fact", message, remedy, number=figure.value)
    award = notes.article.award
    if award is None:
        return
    for winner in award.winners:
        if winner.printed and winner.name not in whole:
            notes.add(winner.path, "fact", N_("“{name}” does not stand in the text."), remedy, name=winner.name)
    if award.prize and not holds_number(whole, award.prize.amount):
        message = N_("The prize money {number} does not stand in the text.")
        notes.add("award.prize", "fact", message, N_("Proposal: put it into the text."), number=award.prize.amount)


def words_of(notes: Notes) -> str:
    """Return all running text in one."""
    return " ".join(block.text for prose in notes.article.prose() for block in prose)


def holds_number(text: str, value: Decimal) -> bool:
    """Tell whether the text has the number, grouped or not, with its cents."""
    whole, _, rest = str(abs(value)).partition(".")
    grouped = f"{int(whole):,}".replace(",", "[. \u00a0\u202f]?")
    cents = f",{rest}" if rest.strip("0") else "(?:,00)?"
    return bool(re.search(rf"(?<!\d)(?<!\d[.,]){grouped}{cents}(?!\d|[.,]\d)", text))


def check_pictures(notes: Notes) -> None:
    """Look for alternative texts that say nothing, pictures without a credit, and people who have not agreed."""
    for picture in notes.article.pictures.values():
        name = picture.file.rpartition("/")[2].lower()
        alt = picture.alt.lower()
        path = f"{picture.path}.alt"
        if alt and (alt in (name, name.rpartition(".")[0]) or _NO_WORDS.fullmatch(alt)):
            message = N_("The alternative text “{alt}” does not say what is to be seen.")
            remedy = N_("Proposal: one or two sentences for somebody who does not see the picture.")
            notes.add(path, "alt", message, remedy, alt=picture.alt)
        if alt and picture.alt == picture.caption:
            message = N_("Alternative text and caption are the same words: they would be heard twice.")
            notes.add(path, "alt", message, N_("Proposal: let the alternative text say what is to be seen."))
        if not picture.credit and not picture.decorative:
            remedy = N_("Proposal: write who made it behind credit:.")
            notes.add(picture.path, "credit", N_("The picture has no credit."), remedy)
        if picture.people and picture.kind == "photo" and not picture.consent:
            message = N_("The photo shows people, and nothing says that they agree (§§ 22, 23 KUG).")
            remedy = N_("Write behind consent: who agreed and when, or on what ground it is shown all the same.")
            notes.add(f"{picture.path}.people", "consent", message, remedy)


def check_people(notes: Notes) -> None:
    """Look for names spelled two ways, and for speakers who are not quoted."""
    article = notes.article
    whole = " ".join((words_of(notes), *(picture.caption for picture in article.pictures.values())))
    quoted = {quotation.speaker for quotation in article.quotations()}
    full_names = {speaker.name for speaker in article.speakers.values()}
    for key, speaker in article.speakers.items():
        if key not in quoted:
            message = N_("“{name}” is among the speakers, but is not quoted.")
            notes.add(speaker.path, "speaker", message, severity="note", name=speaker.name)
        *first, last = speaker.name.split() or [""]
        pattern = rf"\b{re.escape(first[-1])} ([^\W\d_][\w-]+)" if first else r"(?!)"
        for match in re.finditer(pattern, whole):
            other = match[1].removesuffix("s") != last.removesuffix("s") and match[0] not in full_names
            if other and _alike(match[1], last):
                message = N_("“{read}” in the text, “{name}” among the speakers: is this the same person?")
                notes.add(speaker.path, "name", message, read=match[0], name=speaker.name)


def _alike(one: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio() >= 0.6
