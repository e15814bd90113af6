"""Hyphenation: words as a typographer wants them divided, what is never divided, and the shipped tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.localise import build, language, shipped
from report.localise.hyphens import lexicon
from report.localise.listed import listed
from report.localise.patterns import FILES, load
from report.paths import shipped as shipped_path

GERMAN = language(
    "de", exceptions=("Gladbecker|Bündnis", "Haus|notruf|zentrale"), names=("Ralph Kalveramson", "Caritasverband")
)

# | at every place where the word may be divided.
WORDS = sorted(
    listed(
        "Familien|kommune Familien|bericht Beratungs|büro Beratungs|büros Sozial|dezernent Staats|sekretär",
        "Formular|hilfe Haus|gemeinschaft Nach|bar|schaft Anlauf|stelle Infor|ma|tionen Ansprech|partner",
        "Aus|zeich|nung Erklä|rung Orien|tie|rung Mit|arbeiter Maß|nahmen zuzu|hören Landes|preis Landes|ebene",
        "Preis|geld Familien|arbeit Mittel|städte Zusammen|leben Ver|ein|bar|keit Arbeit|geber Initia|tiven",
        "Begrün|dung Enga|ge|ment Ein|wohner Ein|woh|nerinnen Ein|wohnern Familien|freundlichkeit",
        "familien|freundliche kreis|angehörigen regel|mäßig zahl|reichen staat|li|ches Ent|schei|dungen",
        "Familien|freund|lich|keits|auszeichnung Gesundheits|förderung Kinder|tages|einrichtungen",
        "Bürger|versammlung Stadt|verordneten|versammlung Gleich|stellungs|beauftragte Jugend|amts|leiterin",
        "Einwohner|meldeamt Ausländer|behörde Bürger|meisterin Ober|bürger|meister Straßen|verkehrsamt",
        "Grün|flächenamt Abfall|wirtschafts|betrieb Grundstücks|eigentümer Bebauungs|plan|verfahren",
        "Haushalts|sicherungs|konzept Gewerbe|steuer|einnahmen Öffent|lich|keits|arbeit Presse|stelle",
        "Barriere|freiheit Ehrenamts|karte Senioren|beirat Stadtteil|konferenz Quartiers|management Förder|programm",
        "Lebens|qualität Klima|anpassungs|konzept Klima|schutz|manager Fahrrad|straße Rettungs|dienst",
        "Wirtschafts|förderung Gründungs|beratung Mehr|generationen|haus Haupt|ausschuss Rats|sitzung",
        "Verbraucher|zentrale Heraus|forderungen Demokratie|förderung Zusammen|arbeit Bau|genehmigung Stau|becken",
        "beinhalten Text|erkennung Musik|erleben Weihnachts|markt Volks|hochschule Kinder|betreuungs|einrichtung",
        "Caritas|verbände Caritas|zentrums Diakonie|werk Kommunal|wahl Wohnungsbau|gesellschaft",
        "Bürger|beteiligung Weiter|entwicklung Wett|bewerb Stadt|bücherei Spielplatz|paten",
    )
)


def shown(text: str) -> str:
    return text.replace("\u00ad", "|")


@pytest.mark.parametrize("wanted", WORDS)
def test_words_are_divided_as_a_typographer_would(wanted: str) -> None:
    assert shown(GERMAN.text(wanted.replace("|", ""))) == wanted


@pytest.mark.parametrize(
    "token",
    [
        *("Kommunen", "Familie", "Gladbeck"),  # short
        *("Bürger*innenbeteiligung", "Akteur:innen", "Mitarbeiter_innen", "MitarbeiterInnen", "Mitarbeiter/-innen"),
        "Mitarbeiter(innen)",
        *(
            "Kalveramson",
            "Kalveramsons",
            "Caritasverband",
            "Recklinghausen",
            "Mönchengladbacher",
            "Nordrhein-Westfalen",
        ),
        *(
            "10.000.000,00",
            "A-3a-Verfahren-2024",
            "amt-13@stadt-gladbeck.de",
            "https://www.gladbeck.de/",
        ),
        *("www.familienkommune.de", "RE/init", "z.B.dergleichenmehr", "gGmbHVerwaltung", "GLEICHSTELLUNGSSTELLE"),
        "nordrhein-westfälischen",
        "Verwaltung’schen",
    ],
)
def test_what_is_never_divided(token: str) -> None:
    assert GERMAN.text(token) == token
    assert GERMAN.text(f"„{token}“,") == f"„{token}“,"


@pytest.mark.parametrize(
    ("address", "parted"),
    [
        ("familienbuero@stadt-gladbeck.de", "familienbuero|@stadt-gladbeck|.de"),
        ("https://www.gladbeck.de/familien", "https://|www|.gladbeck|.de/|familien"),
        ("gladbeck.de/rat_und_hilfe.html?seite=1&alle=ja", "gladbeck|.de/|rat|_und|_hilfe|.html|?seite|=1|&alle|=ja"),
    ],
)
def test_long_addresses_are_divided_without_a_hyphen(address: str, parted: str) -> None:
    assert GERMAN.text(address).replace("\u200b", "|") == parted
    assert GERMAN.text(f"({address}),").replace("\u200b", "|") == f"({parted}),"
    assert GERMAN.text(GERMAN.text(address)) == GERMAN.text(address)


def test_words_round_the_word() -> None:
    assert shown(GERMAN.text("(Familienberichte),")) == "(Familien|berichte),"
    assert shown(GERMAN.text("Familienberichte/Verwaltungsberichte")) == "Familien|berichte/Verwaltungs|berichte"
    assert shown(GERMAN.text("Mitmach-Familienveranstaltungen")) == "Mitmach-Familien|ver|an|stal|tungen"
    assert shown(GERMAN.text("Frau Gleichstellung").split("\u00a0")[1]) == "Gleichstellung"
    assert shown(GERMAN.text("Gleichstellung")) == "Gleich|stellung"


def test_the_authors_own_hyphens_are_the_only_ones() -> None:
    assert (
        shown(GERMAN.text("Familien\u00adfreundlichkeits\u00adauszeichnung,"))
        == "Familien|freundlichkeits|auszeichnung,"
    )
    assert shown(GERMAN.text("Hausnotrufzentralen")) == "Haus|notruf|zentralen"


def test_headings_and_names_are_not_divided() -> None:
    for found in (
        GERMAN.text("Gesundheitsförderung", hyphenate=False),
        GERMAN.text("Gesundheitsförderung", names=True),
        GERMAN.sense("Gesundheitsförderung"),
        language("fr").text("administration municipale"),
    ):
        assert "\u00ad" not in found


def test_english_words() -> None:
    assert (
        shown(language("en").text("administration understanding development"))
        == "admin|is|tra|tion under|standing devel|op|ment"
    )


@given(st.text("abcdefghijklmnopqrstuvwxyzäöüßé", min_size=1, max_size=40), st.booleans())
def test_minima(word: str, capital: bool) -> None:
    word = word.capitalize() if capital else word
    found = GERMAN.text(word)
    assert found.replace("\u00ad", "") == word
    parts = found.split("\u00ad")
    if len(word) <= 8:
        assert len(parts) == 1
    elif len(parts) > 1:
        assert len(parts[0]) >= 3
        assert len(parts[-1]) >= 4


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_compounds_of_any_length_are_divided_in_time(words: list[str]) -> None:
    word = "".join(words).replace("|", "").lower()
    assert GERMAN.text(word).replace("\u00ad", "") == word


def test_a_monster_of_a_word() -> None:
    assert len(max(GERMAN.text("familienkommune" * 20).split("\u00ad"), key=len)) <= 11


@pytest.mark.parametrize("name", FILES.values())
def test_tries_hold_their_patterns(name: str) -> None:
    """Every pattern is found by its letters with its levels, and no cell says more."""
    source = build.patterns_of(build.SOURCES[name])
    patterns = load(next(tag for tag, file in FILES.items() if file == name))
    assert patterns is not None
    held = 0
    for pattern in source:
        base, at = patterns._cells[0], 0
        for letter in pattern:
            if not letter.isdigit():
                at = base + patterns._codes[letter]
                assert patterns._cells[at] & 63 == patterns._codes[letter], pattern
                base = patterns._cells[at] >> 6
        assert patterns._digits[patterns._values[at]] == build._levels(pattern), pattern
        held += 1
    assert sum(1 for value in patterns._values if value) == held


def test_the_same_patterns_give_the_same_trie() -> None:
    path = shipped_path("assets", "hyphenation", "hyph-en.trie")
    assert build.trie(build.patterns_of("hyphen.tex")) == path.read_bytes()


def test_the_shipped_table_is_babels() -> None:
    assert {tag: build.from_babel(tag, plain=True) for tag in build.SHIPPED_TAGS} == shipped.TABLE


def test_lists_are_clean() -> None:
    path = shipped_path("assets", "hyphenation")
    for name in ("de.members.txt", "de.names.txt", "de.exceptions.txt"):
        lines = (path / name).read_text(encoding="utf-8").split("\n")
        words = " ".join(line for line in lines if not line.startswith("#")).split()
        assert sorted(words) == sorted(set(words)), name
    assert all(word == word.lower() for word in lexicon("de").members)
