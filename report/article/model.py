"""The article: all that a press office knows of one publication, typed, with a German title and help for each field.

A field is declared once (see `declare`); the reader, the JSON Schema and the dump follow from it. A field is either
printed once or a fact that is not printed: no field repeats another's words. Knows: facts and words. Must never know
language rules, layouts, pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from report.article.dates import Moment, When
from report.article.declare import Form, Items, Keyed, Record, term
from report.article.filing import Filing
from report.article.kinds import (
    DISPLAY,
    ID,
    LANGUAGE,
    MOMENT,
    TEXT,
    WHEN,
)
from report.article.parts import (
    Award,
    Contact,
    Easy,
    Event,
    Imprint,
    Invitation,
    KeyFigure,
    Online,
    Picture,
    Section,
    Speaker,
    Status,
    Stop,
    Winner,
)
from report.article.prose import Display, Prose, Quotation, paragraphs, plain, spans
from report.article.values import reference
from report.findings import N_, Finding, Place


class Article(Form):
    """One publication's words and facts; `findings` are the warnings and notes on its text."""

    id: str = term(
        ID, "Kennung", "Name für Dateien und Versionen: a bis z, 0 bis 9, Bindestrich.", required=True,
        ask=N_("The id is missing: it names the files."),
    )  # fmt: skip
    language: str = term(LANGUAGE, "Sprache", "Sprache des Textes: de, en …")
    kicker: Display = term(DISPLAY, "Dachzeile", "Kurze Zeile über der Überschrift.")
    headline: Display = term(
        DISPLAY, "Überschrift",
        "Überschrift der Veröffentlichung. | in einem Wort erlaubt die Trennung, ein Zeilenende bricht um.",
        required=True, ask=N_("The headline is missing: it is not made up here, please write one."),
    )  # fmt: skip
    standfirst: Display = term(DISPLAY, "Vorspann", "Ein Satz, der sagt: wer, was, wann.")
    poster_standfirst: Display = term(DISPLAY, "Vorspann des Plakats", "Vorspann nur für das Plakat.")
    place: str = term(TEXT, "Ortsmarke", "Ort, aus dem berichtet wird.")
    date: When | None = term(WHEN, "Datum", "Datum der Veröffentlichung.")
    author: str = term(TEXT, "Autor", "Verfasserin oder Verfasser.")
    department: str = term(TEXT, "Amt", "Amt oder Stelle, von der der Text kommt.")
    keywords: tuple[str, ...] = term(Items(TEXT), "Schlagwörter", "Wörter, unter denen man die Datei finden soll.")
    rights: str = term(TEXT, "Rechte", "Nutzungsrechte, zum Beispiel © Stadt Gladbeck.")
    stops: tuple[Stop, ...] = term(Items(Record(Stop)), "Stationen", "Stationen des Besuchs, der Reihe nach.")
    sections: tuple[Section, ...] = term(Items(Record(Section)), "Abschnitte", "Abschnitte nach den Stationen.")
    speakers: Mapping[str, Speaker] = term(
        Keyed(Record(Speaker, "name"), reference), "Sprechende", "Wer im Text zitiert wird, unter einer Kennung."
    )
    award: Award | None = term(Record(Award), "Preis", "Auszeichnung, von der berichtet wird.")
    key_figures: tuple[KeyFigure, ...] = term(Items(Record(KeyFigure)), "Kennzahlen", "Zahlen, die im Text stehen.")
    timeline: tuple[Event, ...] = term(Items(Record(Event)), "Zeitleiste", "Daten mit kurzen Worten, der Reihe nach.")
    pictures: Mapping[str, Picture] = term(
        Keyed(Record(Picture, "file"), reference), "Bilder", "Alle Bilder, unter einer Kennung, in ihrer Reihenfolge."
    )
    event: Invitation | None = term(
        Record(Invitation), "Veranstaltung", "Wozu eingeladen wird: für Karte und Einladung."
    )
    cover: str = term(TEXT, "Titelbild", "Kennung des Bildes auf dem Titel.")
    easy: Easy | None = term(
        Record(Easy), "Leichte Sprache", "Eigene Fassung in Leichter Sprache; kein Programm leitet sie aus dem Text ab."
    )
    contact: Contact | None = term(Record(Contact, "office"), "Kontakt", "Wen man fragen kann.")
    imprint: Imprint | None = term(Record(Imprint, "publisher"), "Impressum", "Wer die Veröffentlichung verantwortet.")
    online: Online | None = term(Record(Online, "url"), "Internetadresse", "Wohin der QR-Code führt.")
    file_reference: str = term(TEXT, "Aktenzeichen", "Zeichen der Akte, in die die Veröffentlichung gehört.")
    records: Filing = term(Record(Filing, always=True), "Ablage", "Was die Registratur zum Aktenzeichen braucht.")
    status: Status = term(
        Record(Status, "state", always=True), "Freigabe", "Entwurf, oder freigegeben von wem und wann."
    )
    embargo: Moment | None = term(MOMENT, "Sperrfrist", "Nicht vorher veröffentlichen: 2024-12-10 12:30.")
    hyphenation: tuple[Display, ...] = term(Items(DISPLAY), "Trennungen", "Wörter mit | an jeder Trennstelle.")
    names: tuple[str, ...] = term(Items(TEXT), "Namen", "Wörter, die nie getrennt werden.")
    editorial: tuple[str, ...] = term(Items(TEXT), "Redaktionell", "Felder, deren Worte die Redaktion ergänzt hat.")
    examples: tuple[str, ...] = term(Items(TEXT), "Beispiele", "Felder, deren Angaben nur ein Beispiel sind.")
    file: str = ""
    folder: Path = Path()
    lines: Mapping[str, int] = MappingProxyType({})
    findings: tuple[Finding, ...] = ()

    @property
    def draft(self) -> bool:
        """Tell whether the article is not released."""
        return self.status.state != "released"

    def prose(self) -> Iterator[Prose]:
        """Walk all running text in the order of the article."""
        for stop in self.stops:
            yield stop.text
            yield from (section.text for section in stop.sections)
        yield from (section.text for section in self.sections)
        if self.award:
            yield from (section.text for section in (self.award.reasons, self.award.result) if section)

    def easy_prose(self) -> Iterator[Prose]:
        """Walk the running text of the version in Leichte Sprache; it is none of the article's own."""
        if self.easy:
            yield from (self.easy.text, *(section.text for section in self.easy.sections))

    def displays(self) -> Iterator[Display]:
        """Walk the words that are set large and stand: head, headings, the line on the prize money."""
        yield from (one for one in (self.kicker, self.headline, self.standfirst, self.poster_standfirst) if one)
        if self.event and self.event.occasion:
            yield self.event.occasion
        sections: list[Section | None] = [*self.sections]
        for stop in self.stops:
            yield from (one for one in (stop.kicker, stop.heading) if one)
            yield from (section.heading for section in stop.sections if section.heading)
        if self.award:
            sections += [self.award.reasons, self.award.result]
            yield from (one for one in (self.award.prize_line,) if one)
        yield from (section.heading for section in sections if section and section.heading)

    def quotations(self) -> Iterator[Quotation]:
        """Walk all quotations in the order of the article."""
        for prose in self.prose():
            for paragraph in paragraphs(prose):
                yield from paragraph.quotations

    def winners(self) -> tuple[Winner, ...]:
        """Return who else was awarded: the names marked in the prose, then those of the award's list."""
        marked = tuple(
            Winner(name=plain(span.parts), kind=span.attrs.get("kind", ""), path=paragraph.path)
            for prose in self.prose() for paragraph in paragraphs(prose) for span in spans(paragraph.parts)
            if span.kind == "winner" and not isinstance(span, Quotation)
        )  # fmt: skip
        return marked + (self.award.winners if self.award else ())

    def place_of(self, path: str) -> Place:
        """Return file and line of a field; of a part that has no line of its own, those of what it stands in."""
        at = path
        while at and at not in self.lines:
            cut = max(at.rfind("."), at.rfind("["))
            at = at[:cut] if cut > 0 else ""
        return Place(self.file, self.lines.get(at, 0), path)

    def is_editorial(self, path: str) -> bool:
        """Tell whether the words of this field were added by the press office's editors."""
        return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in self.editorial)
