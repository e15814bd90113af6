"""The parts of an article: stops, sections, speakers, the award, figures, pictures, imprint, release.

Each field is declared once, with its German title and help. Knows: facts and words. Must never know language rules,
layouts, pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from report.article.dates import Hours, PartialDate, When
from report.article.declare import Choice, Form, Items, Keyed, Record, term
from report.article.kinds import (
    COUNT,
    DAY,
    DISPLAY,
    FILE,
    FOCUS,
    FRAME,
    HOURS,
    MAIL,
    MONEY,
    NO,
    NUMBER,
    PHONE,
    PROSE,
    TEXT,
    WEB,
    WHEN,
    YES,
)
from report.article.prose import Display, Prose
from report.article.values import Focus, Frame, Money, reference
from report.findings import N_


class Section(Form):
    """A heading with its text."""

    heading: Display = term(DISPLAY, "Zwischentitel", "Überschrift des Abschnitts; darf fehlen.")
    text: Prose = term(PROSE, "Text", "Absätze, Listen und Tabellen.")
    picture: str = term(TEXT, "Bild", "Kennung eines Bildes aus pictures, das zu diesem Abschnitt gehört.")


class Stop(Form):
    """One station of a visit."""

    heading: Display = term(
        DISPLAY, "Überschrift", "Überschrift der Station.", required=True, ask=N_("The stop has no heading.")
    )
    kicker: Display = term(DISPLAY, "Dachzeile", "Worte über der Überschrift, zum Beispiel Erste Station.")
    name: str = term(TEXT, "Name", "Name der Einrichtung; wird nicht gedruckt.")
    place: str = term(TEXT, "Ort", "Wo die Station liegt; wird nicht gedruckt.")
    since: When | None = term(WHEN, "Seit", "Seit wann es die Einrichtung gibt; wird nicht gedruckt.")
    partners: tuple[str, ...] = term(Items(TEXT), "Träger", "Beteiligte, die nicht im Text stehen; nicht gedruckt.")
    text: Prose = term(PROSE, "Text", "Absätze, Listen und Tabellen.")
    picture: str = term(TEXT, "Bild", "Kennung eines Bildes aus pictures, das zu dieser Station gehört.")
    sections: tuple[Section, ...] = term(Items(Record(Section)), "Abschnitte", "Abschnitte, die der Station folgen.")


class Easy(Form):
    """The article's own version in Leichte Sprache: a text of its own, written and tested by people."""

    headline: Display = term(DISPLAY, "Überschrift", "Überschrift in Leichter Sprache.")
    text: Prose = term(PROSE, "Text", "Der Text in Leichter Sprache: jeder Satz ein eigener Absatz.")
    sections: tuple[Section, ...] = term(Items(Record(Section)), "Abschnitte", "Abschnitte mit Überschrift und Text.")
    written_by: str = term(TEXT, "Geschrieben von", "Wer den Text in Leichter Sprache geschrieben hat.")
    tested_by: str = term(TEXT, "Geprüft von", "Wer den Text geprüft hat: Menschen mit Lernschwierigkeiten.")
    credit: str = term(TEXT, "Nachweis", "Zeile zum Prüfsiegel oder Logo, wie dessen Geber sie verlangt.")


class Speaker(Form):
    """Somebody who is quoted."""

    name: str = term(TEXT, "Name", "Vorname und Name, mit Titel.", required=True)
    function: str = term(TEXT, "Funktion", "Amt oder Aufgabe, zum Beispiel Sozialdezernent.")
    organisation: str = term(TEXT, "Organisation", "Behörde, Verein oder Firma.")
    rank: int | None = term(COUNT, "Rang", "Rangfolge der Ämter: 1 ist das höchste. Entscheidet über den Platz.")


class Category(Form):
    """The class in which an award is given, with its range."""

    name: str = term(TEXT, "Name", "Name der Kategorie, zum Beispiel Mittelstädte.", required=True)
    low: int | None = term(COUNT, "Von", "Untere Grenze.", key="from")
    high: int | None = term(COUNT, "Bis", "Obere Grenze.", key="to")
    unit: str = term(TEXT, "Einheit", "Was gezählt wird, zum Beispiel Einwohnerinnen und Einwohner.")


class Winner(Form):
    """Somebody else who was awarded."""

    name: str = term(TEXT, "Name", "Name, wie er im Text steht.", required=True)
    kind: str = term(TEXT, "Art", "Stadt, Kreis, Gemeinde, Verein …")
    printed: bool = term(YES, "Gedruckt", "nein, wenn der Name nicht im Text steht.")


class Award(Form):
    """A prize: its facts, the jury's reasons and the result in words."""

    name: str = term(TEXT, "Name", "Name des Preises.", required=True)
    motto: str = term(TEXT, "Motto", "Leitwort des Wettbewerbs; wird nicht gedruckt.")
    awarding_body: str = term(TEXT, "Verliehen von", "Wer den Preis verleiht; wird nicht gedruckt.")
    date: When | None = term(WHEN, "Datum", "Wann der Preis verliehen wurde; wird nicht gedruckt.")
    category: Category | None = term(Record(Category, "name"), "Kategorie", "Klasse des Wettbewerbs; nicht gedruckt.")
    prize: Money | None = term(MONEY, "Preisgeld", "Betrag mit Währung, zum Beispiel 10.000 Euro.")
    prize_line: Display = term(
        DISPLAY, "Zeile zum Preisgeld", "Folgt auf die große Zahl: Euro für die Familienarbeit."
    )
    use: str = term(TEXT, "Verwendung", "Wofür das Preisgeld verwendet wird; wird nicht gedruckt.")
    participants: int | None = term(COUNT, "Beteiligte", "Wie viele teilgenommen haben; wird nicht gedruckt.")
    reasons: Section | None = term(Record(Section), "Begründung", "Was die Jury hervorhob.")
    result: Section | None = term(Record(Section), "Ergebnis", "Kategorie, weitere Ausgezeichnete, Beteiligung.")
    winners: tuple[Winner, ...] = term(
        Items(Record(Winner, "name")), "Weitere Ausgezeichnete", "Nur nötig, wo der Text sie nicht auszeichnet."
    )
    picture: str = term(TEXT, "Bild", "Kennung eines Bildes aus pictures, das zum Preis gehört.")


class KeyFigure(Form):
    """A number with its noun, read as one phrase; it stands in the text or is flagged as not printed there."""

    value: Decimal | None = term(NUMBER, "Zahl", "Nur die Zahl, zum Beispiel 34.", required=True)
    unit: str = term(TEXT, "Einheit", "Zeichen oder Einheit hinter der Zahl, zum Beispiel % oder Euro.")
    noun: Display = term(DISPLAY, "Gezähltes", "Was gezählt wird; Zahl und Wort sind zusammen zu lesen.")
    note: str = term(TEXT, "Erläuterung", "Kleine Zeile darunter.")
    printed: bool = term(YES, "Im Text", "nein, wenn die Zahl nicht im Text steht.")


class Event(Form):
    """A date of the timeline with its note."""

    date: When | None = term(WHEN, "Datum", "Jahr, Monat oder Tag, zum Beispiel 2022-09.", required=True)
    note: str = term(TEXT, "Ereignis", "Was geschah, in wenigen Worten.", required=True)


class Variant(Form):
    """A picture's own file for one format; what is not written here is the picture's own."""

    file: str = term(FILE, "Datei", "Name der Bilddatei für dieses Format im Ordner des Artikels.", required=True)
    alt: str = term(TEXT, "Alternativtext", "Nur nötig, wo hier anderes zu sehen ist als auf dem Bild selbst.")
    focus: Focus | None = term(FOCUS, "Bildmitte", "Worauf der Ausschnitt dieser Datei zielt: 50% 30%.")
    frame: Frame | None = term(FRAME, "Rahmen", "Was von dieser Datei sichtbar bleiben muss: 10% 5% 90% 100%.")


class Picture(Form):
    """A picture file in the article's folder."""

    file: str = term(FILE, "Datei", "Name der Bilddatei im Ordner des Artikels.", required=True)
    alt: str = term(TEXT, "Alternativtext", "Was auf dem Bild zu sehen ist, für alle, die es nicht sehen.")
    decorative: bool = term(NO, "Schmuckbild", "ja, wenn das Bild nichts mitteilt; dann ohne Alternativtext.")
    caption: str = term(TEXT, "Bildunterschrift", "Steht unter dem Bild; ergänzt, was man sieht.")
    credit: str = term(TEXT, "Bildnachweis", "Wer das Bild gemacht hat, zum Beispiel Foto: Vorname Name.")
    focus: Focus | None = term(FOCUS, "Bildmitte", "Worauf der Ausschnitt zielt, von links und oben: 50% 30%.")
    frame: Frame | None = term(FRAME, "Rahmen", "Was sichtbar bleiben muss: links oben rechts unten, 10% 5% 90% 100%.")
    kind: str = term(
        Choice("photo", photo="Foto", illustration="Illustration"), "Art", "photo (Foto) oder illustration."
    )
    people: bool = term(NO, "Menschen", "ja, wenn Menschen zu sehen sind.")
    consent: str = term(
        TEXT, "Einwilligung",
        "Wer einverstanden ist, oder worauf sich das Zeigen stützt; wird nicht gedruckt und steht in keiner Ausgabe: "
        "liegt vor, 10.12.2024, oder § 23 KUG: Versammlung.",
    )  # fmt: skip
    variants: Mapping[str, Variant] = term(
        Keyed(Record(Variant, "file"), reference), "Fassungen",
        "Eigene Dateien für einzelne Formate, unter dem Namen des Layouts, zum Beispiel poster: plakat.svg.",
    )  # fmt: skip


class Contact(Form):
    """Whom a reader may ask."""

    office: str = term(TEXT, "Stelle", "Name der Stelle.")
    name: str = term(TEXT, "Ansprechperson", "Vorname und Name.")
    phone: str = term(PHONE, "Telefon", "Zum Beispiel 02043 99-0.")
    email: str = term(MAIL, "E-Mail", "Adresse der Stelle.")


class Answer(Form):
    """By when and to whom the invited answer."""

    by: PartialDate | None = term(DAY, "Bis", "Tag, bis zu dem geantwortet werden soll: 2025-03-01.")
    to: Contact | None = term(Record(Contact, "office"), "An", "Wem geantwortet wird: Stelle, Name, Telefon, E-Mail.")


class Invitation(Form):
    """What people are invited to. A card needs every fact but the street; other layouts do without."""

    occasion: Display = term(DISPLAY, "Anlass", "Wozu eingeladen wird, in einer oder zwei Zeilen.")
    day: PartialDate | None = term(DAY, "Tag", "Tag der Veranstaltung, zum Beispiel 2025-03-14.")
    time: Hours | None = term(HOURS, "Zeit", "Beginn, oder Beginn und Ende: 17:00 oder 17:00 bis 19:00.")
    place: str = term(TEXT, "Ort", "Gebäude und Raum.")
    street: str = term(TEXT, "Straße", "Straße und Hausnummer; darf fehlen.")
    answer: Answer | None = term(Record(Answer), "Antwort", "Bis wann und an wen geantwortet wird.")


class Imprint(Form):
    """Who answers for the publication."""

    publisher: str = term(TEXT, "Herausgeber", "Zum Beispiel Stadt Gladbeck.")
    head: str = term(TEXT, "Leitung", "Zum Beispiel Die Bürgermeisterin.")
    label: str = term(TEXT, "Bezeichnung", "Wie der Herausgeber bezeichnet wird: Herausgeberin, Herausgeber.")
    department: str = term(TEXT, "Amt", "Zuständiges Amt.")
    street: str = term(TEXT, "Straße", "Straße und Hausnummer.")
    town: str = term(TEXT, "Ort", "Postleitzahl und Ort.")
    phone: str = term(PHONE, "Telefon", "Zum Beispiel 02043 99-0.")
    email: str = term(MAIL, "E-Mail", "Adresse des Herausgebers.")
    editor_responsible: str = term(TEXT, "Verantwortlich", "Im Sinne des Presserechts verantwortlich.")
    printer: str = term(TEXT, "Druckerei", "Name und Anschrift; steht nur in der Druckausgabe.")
    own_press: str = term(TEXT, "Hausdruckerei", "Name und Anschrift; steht nur in Dateien für den Bürodrucker.")
    date: When | None = term(WHEN, "Stand", "Stand der Veröffentlichung.")
    print_run: int | None = term(COUNT, "Auflage", "Zahl der gedruckten Stücke; steht nur in der Druckausgabe.")
    design: str = term(TEXT, "Gestaltung", "Wer gestaltet hat.")
    boilerplate: str = term(TEXT, "Über uns", "Stehender Text über den Herausgeber; steht unter Pressemitteilungen.")
    accessibility: str = term(TEXT, "Barrierefreiheit", "Wem man Barrieren meldet: Stelle, E-Mail oder Telefon.")


class Online(Form):
    """Where the publication or its sender is found on the web."""

    url: str = term(WEB, "Adresse", "Zum Beispiel https://www.gladbeck.de.", required=True)
    label: str = term(TEXT, "Beschriftung", "Wohin die Adresse führt: Zur Website der Stadt.")

    @property
    def shown(self) -> str:
        """The address as it is printed: without its scheme and without a last stroke."""
        return self.url.partition("://")[2].removesuffix("/")


class Status(Form):
    """A draft, or released by somebody on a day."""

    state: str = term(
        Choice("draft", draft="Entwurf", released="freigegeben"), "Stand", "draft (Entwurf), released (freigegeben)."
    )
    by: str = term(TEXT, "Freigegeben von", "Wer freigegeben hat.")
    date: PartialDate | None = term(DAY, "Freigegeben am", "Tag der Freigabe.")
