"""Running text: the tiny markup eats nothing, quotations are lifted whole, slips are found and never mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.article import read
from report.article.marks import parse
from report.article.prose import (
    Display,
    Listing,
    Paragraph,
    Part,
    Quotation,
    Span,
    Table,
    paragraphs,
    plain,
    spans,
    trimmed,
)
from report.locales import tags
from report.localise.patterns import load

LITERAL = [
    "Bürger*innen, Akteur:innen, Bürger_innen, SeniorInnen, Mitarbeiter/-innen, Kolleg[inn]en",
    "Das kostet 10.000–12.000 € (3 * 4 = 12), Stand: 10:30 Uhr.",
    "*nicht kursiv*, _nicht_, **nicht**, `nicht`, ~nicht~, # nicht, > nicht, <b>nicht</b>",
    "{{ 7 * 7 }} {% set a = 1 %} ${x} {x} & < > \" ' \\ \\n",
    "Er sagte [...] nichts [sic] und [Anm. d. Red.: doch].",
    "https://www.gladbeck.de/a_b*c und presse@example.org",
    "] [ ]] [[ ( ) { }",
    "[[[[[[",
    "a[b]c[d",
]


@pytest.mark.parametrize("text", LITERAL)
def test_what_is_no_mark_stays_text(text: str) -> None:
    parts, refusals = parse(text)
    assert plain(parts) == text
    assert not refusals
    assert all(isinstance(part, str) for part in parts)


@given(st.text().filter(lambda text: "[" not in text and "\\]" not in text))
def test_text_without_brackets_is_itself(text: str) -> None:
    assert parse(text) == (((text,) if text else ()), [])


@given(st.text(alphabet="[](){}\\ aé=|*_:„“", max_size=60))
def test_any_signs_give_parts_or_refusals(text: str) -> None:
    parts, refusals = parse(text)
    if not refusals and not list(spans(parts)):
        assert plain(parts) == text.replace("\\[", "[").replace("\\]", "]")


WORDS = st.text(alphabet="abcäöüß *_:/.,„“()", min_size=1, max_size=12).filter(str.strip)
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda kind, parts: Span(kind, (parts,)), st.sampled_from(["em", "strong", "name", "partner", "amount"]), inner
    ),
    max_leaves=4,
)


def written(part: Part) -> str:
    return part if isinstance(part, str) else f"[{written(part.parts[0])}]{{{part.kind}}}"


def deep(part: Part) -> int:
    return 0 if isinstance(part, str) else 1 + deep(part.parts[0])


@given(st.lists(TREES, min_size=1, max_size=5))
def test_marks_are_read_as_they_were_written(parts: list[Part]) -> None:
    if max(map(deep, parts)) > 6:
        return
    merged: list[Part] = []
    for part in parts:  # neighbouring runs of text are one
        last = merged[-1] if merged else None
        if isinstance(part, str) and isinstance(last, str):
            merged[-1] = last + part
        else:
            merged.append(part)
    source = "".join(written(part) for part in parts)
    if any(sign in source for sign in ("](", "]{{")):
        return
    assert parse(source) == (tuple(merged), [])


def test_each_mark() -> None:
    parts, refusals = parse(
        "[a]{strong} [b]{em} [c]{lang=en} [d]{name} [e]{partner} [f]{winner=Stadt} [g]{amount} "
        "[h](https://a.de/x_(y)) [i]{em lang=en}",
        "text[0]",
    )
    assert not refusals
    assert [part for part in parts if not isinstance(part, str)] == [
        Span("strong", ("a",)),
        Span("em", ("b",)),
        Span("lang", ("c",), {"lang": "en"}),
        Span("name", ("d",)),
        Span("partner", ("e",)),
        Span("winner", ("f",), {"kind": "Stadt"}),
        Span("amount", ("g",)),
        Span("link", ("h",), {"href": "https://a.de/x_(y)"}),
        Span("em", (Span("lang", ("i",), {"lang": "en"}),)),
    ]


def test_a_quotation_may_hold_marks_and_links() -> None:
    parts, refusals = parse("So: [„Ein [Team]{lang=en} von [hier](https://a.de).“]{quote=team by=x}", "text[0]")
    assert not refusals
    quotation = parts[1]
    assert isinstance(quotation, Quotation)
    assert (quotation.id, quotation.speaker, quotation.path) == ("team", "x", "text[0]")
    assert quotation.text == "„Ein Team von hier.“"


@pytest.mark.parametrize(
    ("text", "before", "tail", "after"),
    [
        ("[„A.“]{quote=q by=s}", "", "", ""),
        ("X sagte: [„A.“]{quote=q by=s}", "X sagte:", "", ""),
        ("Y. [„A“]{quote=q by=s}, sagte [X]{name}. Und Z.", "Y.", ",", "sagte X. Und Z."),
        ("[„A“]{quote=q by=s}: B", "", ":", "B"),
        ("[„A!“]{quote=q by=s} – so X.", "", "", "– so X."),
    ],
)
def test_a_quotation_is_lifted_with_what_stands_round_it(text: str, before: str, tail: str, after: str) -> None:
    parts, _ = parse(text)
    lifted = Paragraph(parts).lifted("q")
    assert lifted
    assert (plain(lifted.before), lifted.tail, plain(lifted.after)) == (before, tail, after)
    assert Paragraph(parts).lifted("other") is None
    assert Paragraph(parts).lifted() == lifted


@pytest.mark.parametrize(
    ("words", "first", "rest"),
    [
        ("„Ein Satz.“", "„Ein Satz.“", ""),
        ("„Erster Satz. Zweiter Satz. Dritter.“", "„Erster Satz.", "Zweiter Satz. Dritter.“"),
        ("„Wirklich? Ja!“", "„Wirklich?", "Ja!“"),
        ("„Am 5. März Dr. Huber, Prof. Ey bzw. Abt. Gut.“", "„Am 5. März Dr. Huber, Prof. Ey bzw. Abt.", "Gut.“"),
        ("„Seit 2007 gibt es das. 10 Jahre lang.“", "„Seit 2007 gibt es das. 10 Jahre lang.“", ""),
    ],
)  # fmt: skip
def test_the_first_sentence_of_a_quotation(words: str, first: str, rest: str) -> None:
    opening, more = Quotation("q", "s", (words,)).opening()
    assert (plain(opening), plain(more)) == (first, rest)


def test_paragraphs_of_lists_and_tables() -> None:
    a, b, c, d = (Paragraph((letter,), letter) for letter in "abcd")
    prose = (a, Listing((b,)), Table("Titel", (c,), ((d,),)))
    assert [paragraph.text for paragraph in paragraphs(prose)] == ["a", "b", "c", "d"]
    assert [block.text for block in prose] == ["a", "b", "Titel c d"]


def test_trimmed_keeps_words() -> None:
    assert trimmed((" ", "a ", Span("em", (" b ",)), "", " c ", " ")) == ("a ", Span("em", (" b ",)), " c")


def test_display_words() -> None:
    display = Display("Aus\u00adgezeichnet\nfamilien\u00adfreundlich", "headline")
    assert (display.plain, str(display), bool(display)) == ("Ausgezeichnet familienfreundlich",) * 2 + (True,)
    assert display.parts == ("Aus\u00adgezeichnet", "familien\u00adfreundlich")
    assert not Display()
    assert Display().parts == ()


def findings(tmp_path: Path, text: str, more: str = "") -> list[tuple[str, str]]:
    path = tmp_path / "a.yaml"
    path.write_text(
        f"id: a\nheadline: H\nstops:\n  - heading: S\n    text:\n      - '{text}'\n{more}", encoding="utf-8"
    )
    return [(finding.rule, str(finding.values.get("near", ""))) for finding in read(path).findings]


SLIPS = [
    ("„Familienkommune 2024 – Wir leben Vielfalt” beteiligt.", ["text.closing-mark"]),
    ("»so« und ›so‹ und „so“ und „‚so‘ auch“ und “so” und ’s.", []),
    ("„Offen bis zum Ende.", ["text.unclosed"]),
    ("Zu“ ist es.", ["text.unopened"]),
    ("„Außen ‚innen“ zu.", ["text.unclosed"]),
    ("„a” und „b” und „c“.", ["text.closing-mark", "text.closing-mark"]),
    ('Ein "gerades" Zeichen.', ["text.straight-mark"]),
    ("in der Kategorie „Mittelstädte zwischen 50.000 und 100.000. Einwohnerinnen“ gewonnen", ["text.stray-stop"]),
    ("zwischen 50.000 und 100.000. Einwohner", ["text.stray-stop"]),
    ("Es kostete 100.000. Alle freuten sich. „Es waren 100.000. Gut so.“", []),
    ("Das Büro - ein Angebot - ist offen.", ["text.hyphen-dash"]),
    ("Mitmach-Aktionen, Haus- und Nachbarschaft, Ein- oder Ausgang, E-Mail", []),
    ("Das Nach- barschaftsfest.", ["text.cut-word"]),
    ("FÃ¼r GroÃŸeltern.", ["text.misread"]),
    ("Bürger*innen – „so“ (u.a. e. V.), 10.000 Euro, 5 %.", []),
]


@pytest.mark.parametrize(("text", "rules"), SLIPS)
def test_slips_are_found(tmp_path: Path, text: str, rules: list[str]) -> None:
    assert [rule for rule, _ in findings(tmp_path, text)] == rules


def test_slips_are_not_mended(tmp_path: Path) -> None:
    for text, _ in SLIPS:
        findings(tmp_path, text)
        assert read(tmp_path / "a.yaml").stops[0].text[0].text == text


FACTS = [
    ("Es waren 34 Kommunen.", "key_figures: [{value: 34, noun: Kommunen}]", []),
    ("Es waren 340 Kommunen, 1.034 und 34,5.", "key_figures: [{value: 34, noun: Kommunen}]", ["text.fact"]),
    ("Es waren viele.", "key_figures: [{value: 34, noun: Kommunen, printed: nein}]", []),
    ("Es gab 10.000 Euro.", "award: {name: A, prize: 10000}", []),
    ("Es gab 10 000 Euro.", "award: {name: A, prize: 10000}", []),
    ("Es gab 10.500 Euro.", "award: {name: A, prize: 10000}", ["text.fact"]),
    ("Es gab 10,50 Euro.", "award: {name: A, prize: '10,50 Euro'}", []),
    ("Es gewann Hamm.", "award: {name: A, winners: [Hamm, Brühl, {name: Düren, printed: nein}]}", ["text.fact"]),
    ("[„Gut.“]{quote=a by=m}", "speakers: {m: Anna Müller}", ["text.unnamed"]),
    ("[Gut.]{quote=a by=m}", "speakers: {m: Anna Müller}", ["text.quotation-marks", "text.unnamed"]),
    (
        "[„Gut.“]{quote=a by=m} [„Gut.“]{quote=b by=m}",
        "speakers: {m: Anna Müller}",
        ["text.quotation-twice", *["text.unnamed"] * 2],
    ),
    ("Niemand sprach.", "speakers: {m: Anna Müller}", ["text.speaker"]),
    ("Lorenz Bahn kam. [„Gut.“]{quote=a by=b}", "speakers: {b: Lorenz Bahr}", ["text.name", "text.unnamed"]),
    ("Lorenz Bahrs Besuch, Lorenz Anders. [„Gut.“]{quote=a by=b}", "speakers: {b: Lorenz Bahr}", []),
    ("Frau Müller sprach. [„Gut.“]{quote=a by=m}", "speakers: {m: Anna Müller}", []),
    ("Das Ministerium ehrte im Mai 2024.", "award: {name: A, awarding_body: Ministerien, date: 2024-05}", []),
    ("Geehrt wurde 2024.", "award: {name: A, motto: Wir leben, date: 2024-05}", ["text.unprinted"] * 2),
    ("34 Städte bis 100.000. Zuletzt.", "award: {name: A, participants: 34, category: {name: Städte, to: 100000}}", []),
    ("340 Städte.", "award: {name: A, participants: 34, use: Hilfe}", ["text.unprinted"] * 2),
]


@pytest.mark.parametrize(("text", "more", "rules"), FACTS)
def test_facts_are_checked(tmp_path: Path, text: str, more: str, rules: list[str]) -> None:
    assert [rule for rule, _ in findings(tmp_path, text, f"{more}\n")] == rules


def test_strokes_that_divide_nothing_are_told_and_kept(tmp_path: Path) -> None:
    more = "kicker: 'Stadt | Land'\nstandfirst: Familien|tag\nhyphenation: [Fest||tag, Volks|fest]\n"
    assert findings(tmp_path, "Text.", more) == [("text.stroke", "Stadt | Land"), ("text.stroke", "Fest||tag")]
    assert read(tmp_path / "a.yaml").kicker.plain == "Stadt | Land"
    assert read(tmp_path / "a.yaml").findings[0].place.path == "kicker"


@pytest.mark.parametrize(("language", "rules"), [("de", []), ("de-AT", []), ("en", []), ("fr", ["text.language"])])
def test_a_language_without_words_is_told(tmp_path: Path, language: str, rules: list[str]) -> None:
    assert [rule for rule, _ in findings(tmp_path, "Text.", f"language: {language}\n")] == rules
    for finding in read(tmp_path / "a.yaml").findings:
        assert (finding.place.path, finding.place.line, finding.values["known"]) == ("language", 7, "de, en")
        assert finding.severity == "warning"


def test_every_catalogue_has_hyphenation() -> None:
    """So that the one finding speaks for both."""
    assert all(load(tag) for tag in tags())
    assert load("fr") is None


def test_pictures_are_checked(tmp_path: Path) -> None:
    (tmp_path / "rathaus.jpg").write_bytes(b"")
    more = (
        "pictures:\n  a: {file: rathaus.jpg, alt: Rathaus.jpg, credit: X}\n"
        "  b: {file: rathaus.jpg, alt: Bild 2, credit: X}\n"
        "  c: {file: rathaus.jpg, alt: Das Rathaus., caption: Das Rathaus., credit: X}\n"
        "  d: {file: rathaus.jpg, alt: Das Rathaus im Regen.}\n  e: {file: rathaus.jpg, decorative: ja}\n"
    )
    found = [rule for rule, _ in findings(tmp_path, "Text.", more)]
    assert found == ["text.alt", "text.alt", "text.alt", "text.credit"]


def test_people_in_a_photo_have_agreed(tmp_path: Path) -> None:
    """Only a photo with people needs their consent: a drawing, a photo without people and a named ground are silent."""
    (tmp_path / "rathaus.jpg").write_bytes(b"")
    same = "file: rathaus.jpg, alt: Ein Fest., credit: X"
    more = (
        f"pictures:\n  a: {{{same}, people: ja}}\n  b: {{{same}, people: ja, consent: '§ 23 KUG: Versammlung'}}\n"
        f"  c: {{{same}, people: ja, kind: illustration}}\n  d: {{{same}, people: nein}}\n  e: {{{same}}}\n"
    )
    (tmp_path / "a.yaml").write_text(f"id: a\nheadline: H\n{more}", encoding="utf-8")
    found = read(tmp_path / "a.yaml").findings
    assert [(one.rule, one.severity, one.place.path) for one in found] == [
        ("text.consent", "warning", "pictures.a.people")
    ]
    assert found[0].place.line > 0
