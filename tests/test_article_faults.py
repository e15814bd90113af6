"""Bad article files: each gets a clear German message with file, line and field; never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report import datafile
from report.article import Article, read
from report.article.prose import Paragraph
from report.errors import ArticleFault
from report.locales import catalogue
from tests.goldens import assert_golden

HEAD = "id: a\nheadline: H\n"
STOP = HEAD + "stops:\n  - heading: S\n    text:\n"

FILES: dict[str, bytes] = {
    "leer.yaml": b"",
    "nur-leerzeilen.yaml": b"\n  \n",
    "nur-kommentar.yaml": b"# noch nichts\n",
    "bild.yaml": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
    "word.yaml": b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
    "latin-1.yaml": "id: a\nheadline: Müller\n".encode("latin-1"),
    "utf-16.yaml": "id: a".encode("utf-16"),
    "riesig.yaml": b"#" * (datafile.LARGEST + 1),
    "liste.yaml": b"- a\n- b\n",
    "ein-satz.yaml": b"Nur ein Satz.\n",
    "zwei-dokumente.yaml": b"id: a\n---\nid: b\n",
    "verschachtelt.yaml": b"id: " + b"[" * 500 + b"]" * 500,
    "schluessel.yaml": b"? [a]\n: b\n",
    "doppelt.yaml": b"id: a\nid: b\nheadline: H\n",
    "anker.yaml": b"id: &a x\nheadline: *a\nstandfirst: &b y\n",
    "typangabe.yaml": b"id: !!python/object/apply:os.system [ls]\nheadline: !x H\n",
    "doppelpunkt.yaml": b"id: a\nheadline: Gladbeck: ausgezeichnet\n",
    "tabulator.yaml": b"id: a\nstops:\n\t- heading: S\n",
    "at-zeichen.yaml": b"id: a\nheadline: @stadt\n",
    "anfuehrung.yaml": b'id: a\nheadline: "offen\nstandfirst: x\n',
    "halb-angefuehrt.yaml": b'id: a\nheadline: "Familie" und mehr\n',
    "klammer.yaml": b"id: a\nkeywords: [a, b\nheadline: H\n",
    "rueckstrich.yaml": b'id: a\nheadline: "C:\\Bilder"\n',
    "raute.yaml": b"id: a\nheadline: Platz #eins und mehr\n",
    "steuerzeichen.yaml": b"id: a\nheadline: a\x07b\nstandfirst: c\x1bd\n",
    "zeilentrenner.yaml": "id: a\nheadline: a\u2028b\n".encode(),
    "json-halb.json": b'{"id": "a",\n "headline": "a\\ud800b"}',
    "json-komma.json": b'{"id": "a"\n "headline": "H"}',
    "zitat-am-anfang.yaml": "id: a\nsections:\n- text:\n  - [„Ja“]{quote=ja by=b}, sagt B.\n".encode(),
    "toml-kaputt.toml": b"id = 'a'\nheadline = \n",
    "toml-feld.toml": b"id = 'a'\nheadline = 'H'\n[award]\nnaame = 'A'\nprize = 'zehn'\n",
}

ARTICLES: dict[str, str] = {
    "nichts Verlangtes": "standfirst: Ein Satz.\n",
    "leere Felder": "id:\nheadline: ''\n",
    "unbekannte Felder": f"""{HEAD}hedline: x
Überschrift: y
Bilder: {{}}
xyz: z
award: {{name: A, price: 1, jury: x}}
""",
    "falsche Art": f"""{HEAD}stops: Beratungsbüro
award: 10.000
standfirst: [a, b]
place: {{a: b}}
speakers: [x]
names: x
""",
    "YAML-Fallen": f"""{HEAD}date: 12:30
award: {{name: A, prize: 10.0, participants: 12:30, date: no}}
timeline:
  - {{date: 08, note: x}}
  - {{date: 10.12.24, note: x}}
  - {{date: 31.2.2024, note: x}}
embargo: 12:30
key_figures:
  - {{value: '1,000', noun: x}}
""",
    "Wörter, die kein Ja sind": f"""{HEAD}status: fertig
key_figures:
  - {{value: 3, noun: x, printed: vielleicht}}
""",
    "Freigabe ohne Namen": f"{HEAD}status: released\n",
    "Entwurf mit Freigabetag": f"{HEAD}status: {{state: draft, date: 2024-12-10}}\n",
    "Namen für Dateien": "id: ../Gladbeck\nheadline: H\n",
    "Namen unter Windows": "id: con\nheadline: H\n",
    "Adressen": f"""{HEAD}online: javascript:alert(1)
contact: {{email: presse, phone: anrufen}}
language: Deutsch
""",
    "Bilder": f"""{HEAD}cover: grupe
pictures:
  gruppe: {{file: ../../etc/passwd, alt: A b.}}
  netz: {{file: 'https://example.org/a.jpg', alt: A b.}}
  wurzel: {{file: /etc/passwd, alt: A b.}}
  laufwerk: {{file: 'C:\\bild.jpg', alt: A b.}}
  verschrieben: {{file: Rathuas.jpg, alt: A b.}}
  stumm: {{file: rathaus.jpg}}
  schmuck: {{file: rathaus.jpg, alt: A b., decorative: ja}}
  mitte: {{file: rathaus.jpg, alt: A b., focus: Mitte, frame: 90% 0% 10% 5%, kind: Gemälde}}
  Groß: rathaus.jpg
""",
    "Zitate": f"""{STOP}      - '[„A.“]{{quote=eins by=mulller}}'
      - '[„B.“]{{quote=eins by=mueller}}'
      - '[„C.“]{{quote=zwei}}'
      - '[[„D.“]{{quote=drei by=mueller}}]{{em}}'
speakers: {{mueller: Anna Müller, adler: {{function: Amt}}}}
""",
    "Auszeichnungen": f"""{STOP}      - 'Ein [Wort]{{kursiv}}, [noch eins]{{emm}}, [eins]{{}}.'
      - '[zwei]{{lang}}, [drei](siehe S. 4).'
      - 'Ein [Link](javascript:alert(1)) und [ ]{{em}} und [offen]{{em und Schluss.'
""",
    "Absätze": f"""{STOP}      - Kontakt: 02043
      - lst: [a]
      - [a, b]
      - |
        eins

        zwei
      - table: {{head: [a, b], rows: [[1, 2], [3]]}}
      - table: {{zeilen: []}}
      - list: eins
""",
    "Zeichen": f"""{HEAD}standfirst: "a\\u0007b \\u202e verkehrt \\u2066 x"
place: "\\ue000"
author: "\\ufeffA\\u200bB"
rights: "Verloren: \\ufffd."
""",
    "Feldpfade": f"""{HEAD}editorial:
  - headlin
  - stops[0].heading
examples: [status]
""",
    "keine Kennung": f"{HEAD}speakers: {{Frau Müller: Anna Müller}}\n",
}


def told(path: Path) -> str:
    """What the press office reads of the faults in one file."""
    with pytest.raises(ArticleFault) as stopped:
        read(path)
    german = catalogue("de")
    for fault in stopped.value.faults:
        assert fault.severity == "error"
        assert german.message(fault) != fault.filled(fault.message), f"no German for {fault.message}"
    return "\n".join(german.say(fault) for fault in stopped.value.faults)


def test_files_that_are_no_article(tmp_path: Path) -> None:
    said = [f"== fehlt.yaml\n{told(tmp_path / 'fehlt.yaml')}", f"== ordner\n{told(tmp_path)}"]
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
        said.append(f"== {name}\n{told(tmp_path / name)}")
    assert_golden("article-files", "\n".join(said).replace(f"{tmp_path}/", "").replace(str(tmp_path), "ordner"))


def test_articles_with_faults(tmp_path: Path) -> None:
    (tmp_path / "rathaus.jpg").write_bytes(b"")
    said = []
    for name, text in ARTICLES.items():
        (tmp_path / "artikel.yaml").write_text(text, encoding="utf-8")
        said.append(f"== {name}\n{told(tmp_path / 'artikel.yaml')}")
    assert_golden("article-faults", "\n".join(said))


def article(tmp_path: Path, text: str, name: str = "artikel.yaml") -> Article:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read(tmp_path / name)


def test_what_yaml_would_guess_is_read_as_it_stands(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        "id: 08\nheadline: no\nkicker: 10.000\nstandfirst: 12:30\nplace: 2024-12-10\nlanguage: no\nauthor: 0x1F\n"
        "rights: ~x\nimprint: {town: 01067 Dresden, publisher: yes}\n"
        "award: {name: A, prize: 10.000, date: 10. Dezember 2024}\n",
    )
    assert (found.id, found.headline.plain, found.kicker.plain, found.standfirst.plain) == (
        "08",
        "no",
        "10.000",
        "12:30",
    )
    assert (found.place, found.language, found.author) == ("2024-12-10", "no", "0x1F")
    assert found.imprint
    assert (found.imprint.town, found.imprint.publisher) == ("01067 Dresden", "yes")
    assert found.award
    assert str(found.award.prize) == "10000 EUR"
    assert str(found.award.date) == "2024-12-10"


def test_json_and_toml_say_the_same_as_yaml(tmp_path: Path) -> None:
    yaml = article(tmp_path, "id: a\nheadline: Guten Tag 🙂\nkey_figures: [{value: 3, noun: x, printed: false}]\n")
    json = article(
        tmp_path,
        '{\n\t"id": "a",\n\t"headline": "Guten Tag \\ud83d\\ude42",\n'
        '\t"key_figures": [{"value": 3, "noun": "x", "printed": false}]\n}',
        "artikel.json",
    )
    toml = article(
        tmp_path,
        'id = "a"\nheadline = "Guten Tag 🙂"\n[[key_figures]]\nvalue = 3\nnoun = "x"\nprinted = false\n',
        "a.toml",
    )
    assert yaml.headline == json.headline == toml.headline
    assert yaml.key_figures == json.key_figures == toml.key_figures
    assert toml.place_of("headline").line == 0


def test_a_backslash_before_an_escaped_half_is_only_a_backslash(tmp_path: Path) -> None:
    found = article(tmp_path, '{"id": "a", "headline": "a\\\\ud800 b\\/c"}', "artikel.json")
    assert found.headline.plain == "a\\ud800 b/c"


def test_a_mark_at_the_beginning_and_windows_line_ends_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("\ufeffid: a\r\nheadline: |-\r\n  Eins\r\n  zwei\r\n".encode())
    assert read(tmp_path / "a.yaml").headline.parts == ("Eins", "zwei")


def test_a_comment_is_a_comment(tmp_path: Path) -> None:
    found = article(tmp_path, "id: a # Kennung\nheadline: 'Platz #1' # schön\nplace: Haus#3\n")
    assert (found.headline.plain, found.place) == ("Platz #1", "Haus#3")


def test_a_paragraph_with_a_colon_keeps_all_its_words(tmp_path: Path) -> None:
    found = article(tmp_path, STOP + "      - Er sagte dazu nur: gut so.\n      - Und weiter ging es so:\n")
    assert [block.text for block in found.stops[0].text] == ["Er sagte dazu nur: gut so.", "Und weiter ging es so:"]


def test_one_text_is_divided_at_empty_lines(tmp_path: Path) -> None:
    found = article(tmp_path, HEAD + "stops:\n  - heading: S\n    text: |\n      eins\n      zwei\n\n      drei\n")
    assert [(block.path, block.text) for block in found.stops[0].text] == [
        ("stops[0].text[0]", "eins zwei"),
        ("stops[0].text[1]", "drei"),
    ]
    assert found.place_of("stops[0].text[1]").line == 5


def test_text_is_composed_and_nothing_else(tmp_path: Path) -> None:
    found = article(tmp_path, HEAD + 'place: "u\\u0308ber  10\\u00a0% \\u2013 \\u00ad \\U0001F642 \\u05e9"\n')
    assert found.place == "\u00fcber 10\u00a0% – \u00ad 🙂 \u05e9"


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "geheim.jpg").write_bytes(b"x")
    inside = tmp_path / "artikel"
    inside.mkdir()
    (inside / "bild.jpg").symlink_to(tmp_path / "geheim.jpg")
    (inside / "a.yaml").write_text(HEAD + "pictures: {b: {file: bild.jpg, alt: A b.}}\n", encoding="utf-8")
    assert told(inside / "a.yaml") == (
        "a.yaml:3 pictures.b.file: „bild.jpg“ liegt außerhalb des Ordners, in dem der Artikel liegt. "
        "Legen Sie das Bild in den Ordner des Artikels (oder in einen darunter) "
        "und schreiben Sie den Namen von dort aus."
    )


def test_a_paragraph_tells_all_its_faults(tmp_path: Path) -> None:
    text = told_of(tmp_path, STOP + "      - 'Ein [a]{x} und [b]{y} und [c](z).'\n")
    assert text.count("artikel.yaml:6 stops[0].text[0]") == 3


def told_of(tmp_path: Path, text: str) -> str:
    (tmp_path / "artikel.yaml").write_text(text, encoding="utf-8")
    return told(tmp_path / "artikel.yaml")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(raw=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
@pytest.mark.parametrize("ending", ["yaml", "json", "toml"])
def test_any_bytes_are_an_article_or_a_fault(tmp_path: Path, raw: bytes, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(raw)
    with pytest.raises(ArticleFault):  # no bytes of chance have an id and a headline
        read(path)


NAMES = ["id", "headline", "stops", "award", "pictures", "status", "text", "heading", "list", "table", "x y"]
WORDS = ["a", "2024-12", "10.000 €", "ja", "[a]{em}", "[„a“]{quote=b by=c}", "~"]
KEYS = st.sampled_from(NAMES)
VALUES = st.recursive(
    st.one_of(st.text(max_size=12), st.sampled_from(WORDS)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.dictionaries(KEYS, VALUES, max_size=6))
def test_any_shape_is_an_article_or_a_fault(tmp_path: Path, data: dict[str, object]) -> None:
    import json

    path = tmp_path / "a.json"
    path.write_text(json.dumps({"id": "a", "headline": "H", **data}), encoding="utf-8")
    try:
        found = read(path)
    except ArticleFault as stopped:
        assert all(fault.place.file == "a.json" for fault in stopped.faults)
    else:
        assert found.id
        assert found.headline


@pytest.mark.parametrize("style", ["|", ">-", ">"])
def test_a_text_is_divided_at_empty_lines_however_it_is_folded(style: str, tmp_path: Path) -> None:
    text = f"{HEAD}sections:\n- text: {style}\n    Eins\n    und mehr.\n\n    Zwei.\n\n\n    Drei.\n"
    (section,) = article(tmp_path, text).sections
    words = [block.text for block in section.text if isinstance(block, Paragraph)]
    assert words == ["Eins und mehr.", "Zwei.", "Drei."]


@pytest.mark.parametrize("style", ["", ">-\n    ", "|\n    "])
def test_an_empty_line_in_a_paragraph_of_a_list_is_told(style: str, tmp_path: Path) -> None:
    with pytest.raises(ArticleFault, match="An empty line stands inside a paragraph"):
        article(tmp_path, f"id: a\nheadline: H\nsections:\n- text:\n  - {style}Eins.\n\n    Zwei.\n")


def test_a_picture_is_found_by_its_name_in_other_capitals(tmp_path: Path) -> None:
    (tmp_path / "img_1.jpg").write_bytes(b"")
    with pytest.raises(ArticleFault, match="is not there") as stopped:
        article(tmp_path, "id: a\nheadline: H\npictures: {eins: {file: IMG_1.JPG, alt: Ein Haus.}}\n")
    (fault,) = stopped.value.faults
    assert fault.filled(fault.remedy) == "Did you mean “img_1.jpg”?"
