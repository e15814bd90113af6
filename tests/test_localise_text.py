"""Spaces that hold, breaks by sense, sentences, quotation marks: tables of what is wanted, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.localise import language
from report.localise.listed import listed

NAMES = ("Ralph Kalveram", "RE/init e. V.", "Rebeq GmbH", "Caritasverband Gladbeck", "Lorenz Bahr")
GERMAN = language("de", names=NAMES)
UNSET = str.maketrans({"\u00ad": None, "\u200b": None, "\u00a0": " ", "\u202f": " "})
SIGNS = "abzABZäöüÄÖÜß0159.,;:!?…-–/*_„“‚‘”’»«()%§€ \u00a0\u202f\u00ad\n"
WORDS = st.sampled_from(
    sorted(
        listed(
            "Stadt Kreis Düren Dr. Müller Frau 10.000 Euro 5 % § Nr. S. 3 z. B. e. V. u.a. RE/init GmbH 1. März 2025",
            "Familienfreundlichkeitsauszeichnung Bürger*innen Akteur:innen Bürger_innen der in und für die Millionen",
            "nordrhein-westfälischen Fami\u00adlien\u00adbüro presse@stadt.de www.gladbeck.de/familie 02043 99-0 15",
            "„Familienkommune 2024“ Einwohnerinnen Gesundheitsförderung, – … J.",
        )
    )
)
TEXTS = st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(SIGNS, max_size=60), st.text(max_size=40))


def shown(text: str) -> str:
    """No-break spaces as ~, narrow ones as _, clinging ones as ^, soft hyphens as |."""
    return text.replace("\u00a0\u200b", "^").replace("\u00a0", "~").replace("\u202f", "_").replace("\u00ad", "|")


@pytest.mark.parametrize(
    "wanted",
    [
        "jeweils 10.000~Euro dotiert",
        "1,25~Millionen~Euro",
        "rund 5~Mio.~Euro",
        "5~% der Plätze",
        "um 9.30~Uhr",
        "der Kreis~Düren mit seinen 15 Städten",
        "die Stadt~Hamm, die Stadt~Brühl",
        "eine Stadt für alle",
        "(u.a. RE/init~e._V., Rebeq~GmbH, Caritas)",
        "z._B. Hilfe, d._h. Rat, i._d._R. beides",
        "im 3. Jahrhundert v._Chr. und".replace("3. J", "3.~J"),
        "Dr.~Müller und Prof.~Dr.~Meier",
        "Frau Müller".replace(" ", "~"),
        "J._S.~Bach, H.~Schmidt",
        "Dr.~h._c. Anna Weber, vgl. S.~3~f. dort",
        "nach §~5 Abs.~2 und §§~7 bis 9",
        "Nr.~5 auf S.~3, Seite~4",
        "am 1.~März~2025",
        "am 1.~Tag".replace("~", " "),
        "der 3.~Platz",
        "Es waren 5. Die Stadt lud ein",
        "weit vorn~– mit Angeboten",
        "Familie~– Erziehung",
        "und so weiter~… Ende",
        "Telefon 02043~99-0",
        "5~340 Menschen",
        "zwischen 50.000 und 100.000. Einwohnerinnen",
        "Verein e._V. Die Stadt".replace("n e", "n~e"),
    ],
)
def test_spaces_that_hold(wanted: str) -> None:
    plain = wanted.replace("~", " ").replace("_", " ")
    assert shown(GERMAN.text(plain, hyphenate=False)) == wanted


@pytest.mark.parametrize(
    "wanted",
    ["Dr.~Miller paid 10,000~euros on 1~March~2025~– see p.~3", "10~a.m. to 5~pm, 5~% of Fig.~2", "March~1, 2025"],
)
def test_english_spaces(wanted: str) -> None:
    assert shown(language("en").text(wanted.replace("~", " "), hyphenate=False)) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "Anlaufstelle für^junge Familien",
        "Ein^Bild von^der^Stadt~Hamm",
        "„Der^Preis zeigt uns",
        "Das^Beratungsbüro im^Quartier",
        "für^die Familienfreundlichkeitsauszeichnung",
    ],
)
def test_break_by_sense(wanted: str) -> None:
    plain = wanted.replace("^", " ").replace("~", " ")
    assert shown(GERMAN.sense(plain)) == wanted


@given(TEXTS)
def test_only_spaces_and_hyphens_change(text: str) -> None:
    for found in (GERMAN.text(text), GERMAN.text(text, hyphenate=False), GERMAN.sense(text), language("en").text(text)):
        assert found.translate(UNSET) == text.translate(UNSET)


@given(TEXTS)
def test_spaces_of_the_text_are_never_loosened(text: str) -> None:
    kept = [sign for sign in text if sign in "\u00a0\u202f\n"]
    found = iter(GERMAN.sense(text))
    assert all(sign in found for sign in kept)


@given(TEXTS)
def test_setting_twice_changes_nothing(text: str) -> None:
    for skill in (GERMAN.text, GERMAN.sense, language("en").text):
        assert skill(skill(text)) == skill(text)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_sense_binds_no_long_runs(text: str) -> None:
    for run in GERMAN.sense(text).split(" "):
        assert "\u00a0\u200b" not in run or len(run.replace("\u200b", "")) <= 22


SENTENCES = [
    ["„Bei der Stadt ist Gladbeck ganz weit vorn – mit Angeboten dazu.", "So gibt es seit 2007 einen Bericht.“"],
    ["Träger sind u.a. RE/init e. V. und Rebeq GmbH.", "Das Büro hilft."],
    ["Dr. Müller kam am 1. März 2025 um 9.30 Uhr.", "Er blieb bis 12 Uhr!", "Warum?", "Niemand weiß es …"],
    ["Nach § 5 Abs. 2 gilt dies, z. B. in Hamm.", "Auch dort."],
    ["Im 19. Jahrhundert war das anders.", "Der 3. Platz ging an Hamm."],
    ["Es waren insgesamt 34.", "Die Jury wählte sechs."],
    ["Der Verein heißt RE/init e. V.", "Er sitzt in Recklinghausen."],
    ["So war es 2007.", "Heute ist es anders."],
    ["J. S. Bach wohnte nicht hier."],
    ["Er sagte: „Ja.“", "Dann ging er."],
    ["„Das ist gut.", "Wir freuen uns sehr.“"],
    ["Das kostet ca. 5 Mio. Euro inkl. Steuer usw. und mehr."],
    ["„So ist es“, sagte Max.", "Danach kam anderes."],
    ["Das ist seine Art.", "Familien kennen sie."],
    ["Nach Art. 5 sind Max. 20 Plätze und max. 30 Stühle erlaubt.", "Mehr nicht."],
    ["St. Martin kam mit Fr. Müller im Jahr 9 n. Chr. Geburt.", "Das war lange vor 500 n. Chr.", "Danach kam Rom."],
    [""],
]


@pytest.mark.parametrize("wanted", SENTENCES, ids=lambda wanted: wanted[0][:30])
def test_sentences(wanted: list[str]) -> None:
    assert GERMAN.sentences(" ".join(wanted)) == wanted
    assert [GERMAN.plain(part) for part in GERMAN.sentences(GERMAN.text(" ".join(wanted)))] == wanted


@given(TEXTS)
def test_sentences_give_the_text_back(text: str) -> None:
    assert " ".join(GERMAN.sentences(text)) == text


def test_quotation_marks_of_the_layout() -> None:
    assert GERMAN.quote("Stimmen") == "„Stimmen“"
    assert GERMAN.quote("„Stimmen“") == "„Stimmen“"
    assert GERMAN.quote("‚Familienkommune 2024‘ gewonnen") == "„‚Familienkommune 2024‘ gewonnen“"
    assert GERMAN.quote("") == "„“"
    assert language("en").quote("Voices") == "“Voices”"
    assert language("de", {"quotes": "guillemets"}).quote("Stimmen") == "»Stimmen«"


def test_plain_words_for_ears() -> None:
    assert (
        GERMAN.plain(GERMAN.sense("Fami\u00adlien\u00adbüro in der Stadt Hamm e. V."))
        == "Familienbüro in der Stadt Hamm e. V."
    )


def test_fixed_words_come_from_the_catalogue() -> None:
    assert GERMAN.word("The award") == "Der Preis"
    assert shown(GERMAN.word("Responsible")) == "V._i._S._d._P."
    assert language("en").word("The award") == "The award"
