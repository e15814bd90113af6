"""Texts that go wrong between article and brochure: a clear message, the right exit code, no broken file."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.misuse import BRIEF, SENTENCE, Desk, Read, section, stop

LONG = "x" * 300
ADDRESS = "https://www.gladbeck.de/familie/anlaufstelle/beratung_und_hilfe.html?seite=12&ansicht=lang&weiter=ja#rat"


def table(head: list[str], *rows: list[str]) -> dict[str, Any]:
    return {"table": {"head": head, "rows": list(rows)}}


@pytest.fixture
def desk(tmp_path: Path, capsys: Read) -> Desk:
    return Desk(tmp_path, capsys)


@pytest.mark.parametrize(
    ("facts", "place", "said"),
    [
        (BRIEF | {"headline": LONG}, "headline", "ist breiter als ihre Spalte"),
        (BRIEF | {"stops": [stop(f"Ein {LONG} Wort.")]}, "stops[0].text[0]", "durch seinen Eintrag unter hyphenation"),
        (BRIEF | {"stops": [stop("Satz.", heading=LONG)]}, "stops[0].heading", "ist breiter als ihre Spalte"),
        (BRIEF | {"imprint": {"publisher": LONG}}, "imprint", "ist breiter als ihre Spalte"),
        (section(table(["A", "B"], [LONG, "1"])), "sections[0].text[0]", "Die Tabelle ist breiter als ihre Spalte"),
        (section(table([f"Spalte{n}" for n in range(40)])), "sections[0].text[0]", "Die Tabelle ist breiter"),
        (section(table(["A"], [SENTENCE * 60])), "sections[0].text[0]", "Die Tabelle findet keinen Platz"),
        (
            BRIEF | {"timeline": [{"date": str(1950 + n), "note": f"Ereignis {n}"} for n in range(60)]},
            "timeline",
            "Die Zeitleiste findet keinen Platz. Lassen Sie Ereignisse weg",
        ),
        (BRIEF | {"headline": "Hallo 😀"}, "headline", "hat das Zeichen 😀 (U+1F600)"),
        (BRIEF | {"stops": [stop("北京 und 東京")]}, "stops[0].text[0]", "hat diese Zeichen: 北 (U+5317), 京 (U+4EAC)"),
        (BRIEF | {"stops": [stop("Shalom heißt שלום.")]}, "stops[0].text[0]", "von rechts nach links"),
        (BRIEF | {"headline": "سلام"}, "headline", "von rechts nach links"),
    ],
)
def test_what_no_page_can_hold_stops_the_file_with_its_field(desk: Desk, facts: Any, place: str, said: str) -> None:
    assert desk.make(facts) == 6
    assert desk.files == []
    assert "nicht geschrieben" in desk.said
    told = [line for line in desk.said.splitlines() if line.startswith("Fehler: ") and said in line]
    assert any(f"artikel.json:1 {place}" in line for line in told), desk.said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a \u202eb\u202c c", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("a \u0007 b", "U+0007 CONTROL CHARACTER"),
        ("a \u200b b", "U+200B ZERO WIDTH SPACE"),
        ("a \ue000 b", "U+E000 PRIVATE USE"),
    ],
)
def test_signs_that_no_one_types_are_refused_by_name(desk: Desk, text: str, said: str) -> None:
    assert desk.make(BRIEF | {"stops": [stop(text)]}) == 3
    assert f"artikel.json:1 stops[0].text[0]: Das Zeichen {said} darf in keinem Text stehen" in desk.said
    assert desk.files == []


def test_half_a_character_is_refused_raw_and_escaped(desk: Desk) -> None:
    assert desk.make(BRIEF | {"headline": "a \ud800 b"}) == 3
    assert "kein UTF-8-Text" in desk.said
    path = desk.folder / "artikel.json"
    path.write_text('{"id": "probe",\n"headline": "a \\ud800 b"}', encoding="utf-8")
    assert desk.run(path) == 3
    assert "artikel.json:2: Das Zeichen U+D800 ist nur ein halbes Zeichen" in desk.said


@pytest.mark.parametrize(
    "facts",
    [
        BRIEF | {"stops": [stop(f"Nachzulesen ist alles unter {ADDRESS} dort.")]},
        BRIEF | {"stops": [stop(f"Nachzulesen ist alles [{ADDRESS}]({ADDRESS}) dort.")]},
        BRIEF | {"contact": {"office": "Amt", "email": "buergerbeteiligung@presse.stadt-gladbeck.example.org"}},
    ],
)
def test_a_long_address_goes_on_in_the_next_line_without_a_sign_more(desk: Desk, facts: Any) -> None:
    assert desk.make(facts) == 0, desk.said
    address = ADDRESS if "stops" in facts else facts["contact"]["email"]
    assert address in desk.words()


def test_a_long_word_is_divided_where_the_article_says(desk: Desk) -> None:
    parts = ["donaudampf"] * 30
    facts = BRIEF | {"hyphenation": ["|".join(parts)], "stops": [stop(f"Ein {''.join(parts)} fährt.")]}
    assert desk.make(facts) == 0, desk.said
    assert "".join(parts) in desk.words().replace("-", "")


LONG_TEXTS: dict[str, tuple[dict[str, Any], int]] = {
    "a stop": (BRIEF | {"stops": [stop(*[f"Nummer {n}. {SENTENCE}" for n in range(800)])]}, 20),
    "one paragraph": (BRIEF | {"stops": [stop(" ".join([SENTENCE] * 800))]}, 20),
    "a section": (section(*[f"Nummer {n}. {SENTENCE}" for n in range(800)]), 20),
    "twelve stops": (BRIEF | {"stops": [stop(*[SENTENCE] * 60, heading=f"Haus {n}") for n in range(12)]}, 20),
    "forty stops": (BRIEF | {"stops": [stop(SENTENCE, heading=f"Haus {n}") for n in range(40)]}, 20),
    "a table": (section(table(["Haus", "Betrag"], *[[f"Haus {n}", f"{n}.000 €"] for n in range(1, 500)])), 8),
    "a list": (section({"list": [f"Punkt {n} von vielen" for n in range(500)]}), 5),
    "quotations": (
        BRIEF
        | {
            "speakers": {"m": {"name": "Max Muster"}},
            "stops": [stop(*[f"Er sagte: [„Wort Nummer {n}.“]{{quote=q{n} by=m}}" for n in range(200)])],
        },
        4,
    ),
}


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_what_is_long_runs_on_and_loses_no_word(name: str, desk: Desk) -> None:
    facts, pages = LONG_TEXTS[name]
    assert desk.make(facts) == 0, desk.said
    said = desk.words()
    with pikepdf.open(desk.files[0]) as pdf:
        assert len(pdf.pages) >= pages
    for paragraph in (
        text for holder in (*facts.get("stops", ()), *facts.get("sections", ())) for text in printed(holder)
    ):
        assert "".join(paragraph.split()) in said


def printed(holder: dict[str, Any]) -> list[str]:
    found = [holder["heading"]]
    for block in holder["text"]:
        if isinstance(block, str):
            found += re.split(r"[\[\]]|\{[^}]*\}", block)
        else:
            found += block.get("list") or [cell for row in block["table"]["rows"] for cell in row]
    return found


def test_sixty_thousand_words_take_seconds(desk: Desk) -> None:
    """Four times the text takes about four times as long, on any machine."""
    times = []
    for many in (1_000, 4_000):
        facts = section(*[f"Nummer {n}. {SENTENCE}" for n in range(many)])
        path = desk.write(facts)
        begun = time.process_time()
        assert desk.run(path) == 0
        times.append(time.process_time() - begun)
    assert len(SENTENCE.split()) * 4_000 > 55_000
    assert times[1] < 6 * times[0] + 1


@pytest.mark.parametrize("empty", [{}, {"stops": []}, {"stops": [stop()]}, {"award": None, "imprint": None}])
def test_what_is_not_there_is_not_missed(desk: Desk, empty: dict[str, Any]) -> None:
    assert desk.make(BRIEF | empty) == 0, desk.said


def test_words_that_a_layout_has_no_place_for_are_told(desk: Desk) -> None:
    figures = [{"value": str(n), "noun": f"Dinge {n}", "printed": "nein"} for n in range(2, 30)]
    assert desk.make(BRIEF | {"key_figures": figures}) == 0
    assert "key_figures[20]: Diese Worte stehen in diesem Layout nirgends: „22 Dinge 22“." in desk.said
