"""What goes wrong between an article file and its brochure: a clear message, the right exit code, no broken file."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from report import errors
from report.cli import main
from tests import readback
from tests.shelf import ROOT

PICTURES = ROOT / "tests" / "articles" / "pictures"
BRIEF = {"id": "probe", "headline": "Kurz und gut"}
LONG = "x" * 300
ADDRESS = "https://www.gladbeck.de/familie/anlaufstelle/beratung_und_hilfe.html?seite=12&ansicht=lang&weiter=ja#rat"
SENTENCE = "Die Anlaufstelle bietet jungen Familien eine erste Orientierung bei ihren Fragen rund um das Leben."

Read = pytest.CaptureFixture[str]


def stop(*text: Any, **more: Any) -> dict[str, Any]:
    return {"heading": "Haus", "text": list(text)} | more


def section(*text: Any) -> dict[str, Any]:
    return BRIEF | {"sections": [{"heading": "Alles", "text": list(text)}]}


def table(head: list[str], *rows: list[str]) -> dict[str, Any]:
    return {"table": {"head": head, "rows": list(rows)}}


class Desk:
    """Runs the command in a folder of its own and keeps what it said."""

    def __init__(self, folder: Path, capsys: Read) -> None:
        self.folder, self.capsys = folder, capsys
        self.out = folder / "out"

    def write(self, facts: Any, name: str = "artikel.json") -> Path:
        path = self.folder / name
        path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
        return path

    def run(self, *words: str | Path) -> int:
        self.code = main([*map(str, words), "--edition", "mail", "--out", str(self.out)])
        answer = self.capsys.readouterr()
        self.said = (answer.out + answer.err).replace(str(self.folder), "")
        assert "Traceback" not in self.said and "versagt" not in self.said
        assert "{" not in self.said
        return self.code

    def make(self, facts: Any) -> int:
        return self.run(self.write(facts))

    @property
    def files(self) -> list[Path]:
        """What lies in the folder for files: hidden leftovers count."""
        return sorted(self.out.rglob("*.*")) if self.out.exists() else []

    def words(self) -> str:
        (path,) = self.files
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []
        return "".join(readback.plain(" ".join(words for _, words in readback.words(path))).split())


@pytest.fixture
def desk(tmp_path: Path, capsys: Read) -> Desk:
    return Desk(tmp_path, capsys)


# -- texts


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


# -- pictures


def photograph(**more: Any) -> dict[str, Any]:
    picture = {"file": "bild.jpg", "alt": "Ein Haus am Markt.", "credit": "Foto: M"} | more
    return BRIEF | {"pictures": {"haus": picture}, "stops": [stop("Satz.", picture="haus")]}


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (None, 3, "pictures.haus.file: Die Bilddatei „bild.jpg“ liegt nicht im Ordner des Artikels."),
        (b"", 5, "ist eine leere Datei"),
        (b"hallo welt", 5, "ist kein Bild. Verwenden Sie JPEG, PNG, TIFF, WebP oder SVG."),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", 5, "vom Typ GIF"),
        ("half", 5, "ist beschädigt oder unvollständig"),
        ("bomb", 5, "hat 3600 Megapixel; erlaubt sind 100."),
    ],
)
def test_pictures_that_are_none(desk: Desk, content: bytes | str | None, code: int, said: str) -> None:
    good = (PICTURES / "photo-1.jpg").read_bytes()
    if content == "half":
        content = good[: len(good) // 2]
    elif content == "bomb":
        at = good.index(b"\xff\xc0") if b"\xff\xc0" in good else good.index(b"\xff\xc2")
        content = good[: at + 5] + (60_000).to_bytes(2, "big") * 2 + good[at + 9 :]
    if isinstance(content, bytes):
        (desk.folder / "bild.jpg").write_bytes(content)
    assert desk.make(photograph()) == code
    assert said in desk.said
    assert desk.files == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("https://example.org/bild.jpg", "Bilder werden nicht aus dem Netz geholt"),
        ("../bild.jpg", "liegt außerhalb des Ordners"),
        ("/etc/hostname", "liegt außerhalb des Ordners"),
        ("C:\\bilder\\bild.jpg", "liegt außerhalb des Ordners"),
        ("\\\\server\\bild.jpg", "liegt außerhalb des Ordners"),
    ],
)
def test_pictures_from_elsewhere_are_refused(desk: Desk, name: str, said: str) -> None:
    assert desk.make(photograph(file=name)) == 3
    assert said in desk.said
    assert desk.files == []


# -- files and folders


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leer.yaml", b"", "leer.yaml: Die Datei ist leer."),
        ("bild.yaml", b"\x89PNG\r\n\x1a\n\x00\x00", "Ist sie vielleicht ein Bild oder eine Word-Datei?"),
        ("riesig.yaml", b"#" * 4_000_001, "Die Datei ist größer als 4 MB"),
        ("feld.yaml", b"id: a\nhedline: x\nheadline: H\n", "feld.yaml:2 hedline: Das Feld „hedline“ ist unbekannt."),
        ("art.yaml", b"id: a\nheadline: H\nstops: Haus\n", "art.yaml:3 stops: "),
    ],
)
def test_files_that_are_no_article(desk: Desk, name: str, content: bytes, said: str) -> None:
    (desk.folder / name).write_bytes(content)
    assert desk.run(desk.folder / name) == 3
    assert said in desk.said
    assert desk.files == []


def test_what_is_no_file_is_told_with_the_place_looked_at(desk: Desk) -> None:
    for path, said in (
        (desk.folder, "Das ist ein Ordner, keine Datei."),
        (desk.folder / "fehlt" / "a.yaml", "/fehlt/a.yaml: Die Datei gibt es nicht."),
        (desk.write(BRIEF) / "a.yaml", "/artikel.json/a.yaml: Die Datei gibt es nicht."),
        (desk.folder / ("x" * 300 + ".yaml"), "Die Datei lässt sich nicht lesen: "),
    ):
        assert desk.run(path) == 3
        assert said in desk.said


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom rights bind, on POSIX")
def test_a_file_that_may_not_be_read(desk: Desk) -> None:
    path = desk.write(BRIEF)
    path.chmod(0)
    assert desk.run(path) == 3
    assert "Sie dürfen die Datei nicht lesen" in desk.said


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(desk: Desk) -> None:
    text = "id: probe\nheadline: Kurz\nsections:\n  - text:\n      - >-\n        Ein Satz\n        endet.\n"
    made = []
    for raw in (text.encode(), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()):
        (desk.folder / "artikel.yaml").write_bytes(raw)
        assert desk.run(desk.folder / "artikel.yaml") == 0
        made.append(desk.files[0].read_bytes())
    assert made[0] == made[1]


def test_an_older_file_stays_and_the_verdict_says_so(desk: Desk) -> None:
    assert desk.make(BRIEF) == 0
    (path,) = desk.files
    before = path.read_bytes()
    assert desk.make(BRIEF | {"headline": "Kurz 😀"}) == 6
    assert desk.files == [path] and path.read_bytes() == before
    assert f"{path.name} wurde nicht geschrieben: Was unter diesem Namen liegt, ist eine ältere Fassung." in desk.said
    assert main([str(desk.write(BRIEF | {"headline": "😀"})), "--out", str(desk.out), "--format", "json"]) == 6
    files = json.loads(desk.capsys.readouterr().out)["files"]
    assert [(file["edition"], file["written"], file["outdated"]) for file in files] == [
        ("mail", False, True),
        ("archive", False, False),
    ]


def test_a_target_that_is_a_folder_keeps_nothing_half(desk: Desk) -> None:
    target = desk.out / "probe-brochure-mail-entwurf.pdf"
    target.mkdir(parents=True)
    assert desk.make(BRIEF) == 7
    assert "Ein Ordner dieses Namens ist im Weg." in desk.said
    assert desk.files == [target]


def test_a_target_held_open_keeps_both_files(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where another program's file cannot be replaced."""
    assert desk.make(BRIEF) == 0
    (path,) = desk.files
    before = path.read_bytes()
    replace = os.replace

    def held(one: Path, other: Path) -> None:
        if Path(other) == path:
            raise PermissionError(13, "held")
        replace(one, other)

    monkeypatch.setattr(os, "replace", held)
    assert desk.make(BRIEF | {"headline": "Kurz und neu"}) == 7
    assert "wird gerade von einem anderen Programm benutzt" in desk.said or "anderen Programm" in desk.said
    assert path.read_bytes() == before
    assert [one.name for one in desk.files] == [f"{path.stem}-neu.pdf", path.name]


def test_where_one_edition_cannot_be_written_the_other_is(desk: Desk) -> None:
    (desk.out / "probe-brochure-mail-entwurf.pdf").mkdir(parents=True)
    code = main([str(desk.write(BRIEF)), "--out", str(desk.out)])
    said = desk.capsys.readouterr().out
    assert code == errors.TargetFault.exit_code
    assert "Ein Ordner dieses Namens ist im Weg." in said
    assert (desk.out / "probe-brochure-archive-entwurf.pdf").is_file()


# -- the order


def test_two_articles_of_one_id_in_one_line_of_json(desk: Desk) -> None:
    one, other = desk.write(BRIEF, "eins.json"), desk.write(BRIEF, "zwei.json")
    assert desk.run(one, other) == 2
    assert "Die Kennung „probe“ hat auch eins.json" in desk.said
    assert desk.files == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--layout", ","], "Hinter --layout fehlt etwas."),
        (["--layout", "plakat"], "Es gibt kein Layout „plakat“."),
        (["--standards", "ua1,a4"], "Beides zugleich kann keine Datei sein."),
        (["--standards", "x1"], "Die Norm „x1“ gibt es nicht."),
        (["--house", ""], "Es gibt keinen Hausstil „“."),
        (["--layout", f"brochure,{ROOT / 'layouts' / 'brochure'}"], "Zwei Layouts heißen „brochure“"),
    ],
)
def test_orders_that_cannot_be_done(desk: Desk, words: list[str], said: str) -> None:
    assert desk.run(desk.write(BRIEF), *words) == 2
    assert said in desk.said
    assert desk.files == []


def test_an_edition_of_no_name(desk: Desk) -> None:
    assert main([str(desk.write(BRIEF)), "--edition", "", "--out", str(desk.out)]) == 2
    assert "Hinter --edition fehlt etwas." in desk.capsys.readouterr().err


def test_a_check_answers_with_its_errors(desk: Desk) -> None:
    assert main([str(desk.write(BRIEF | {"headline": "שלום"})), "--check"]) == 6
    assert "von rechts nach links" in desk.capsys.readouterr().out


# -- layouts and houses


def changed(desk: Desk, shelf: str, name: str, file: str, old: str, new: str) -> Path:
    """Copy a shipped layout or house and change one thing in it."""
    folder = desk.folder / "eigen"
    shutil.copytree(ROOT / shelf / name, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<document ", "{% if %}<document ", r"eigen/page\.xml\.j2:\d+: Die Vorlage ist nicht lesbar"),
        ("<document ", "{{ nix }}<document ", r"eigen/page\.xml\.j2:\d+: Die Vorlage verlangt „nix“"),
        ("<document ", "{{ article.titel }}<document ", r"eigen/page\.xml\.j2:\d+: Article hat kein Feld „titel“"),
        ("<document ", "{{ 1/0 }}<document ", r"eigen/page\.xml\.j2:\d+: Die Vorlage scheitert hier"),
        (
            "<document ",
            "{% include 'page.xml.j2' %}<document ",
            r"eigen/page\.xml\.j2:\d+: Die Vorlage ruft sich ohne Ende",
        ),
        ("<document ", "{% include '../x' %}<document ", r"eigen/page\.xml\.j2:\d+: Die Vorlage „\.\./x“ liegt nicht"),
        ("<document ", "{{ ''.__class__ }}<document ", r"eigen/page\.xml\.j2:\d+: Eine Vorlage liest nur Felder"),
        ("</document>", "<page/></document>", r"eigen/page\.xml\.j2:\d+: <page> braucht das Attribut „master“"),
        ("</document>", '<page master="nix"/></document>', r"eigen/page\.xml\.j2:\d+: Es gibt keine Musterseite „nix“"),
        ("</document>", "</dokument>", "Die Auszeichnung ist nicht wohlgeformt"),
    ],
)
def test_faults_of_a_template(desk: Desk, old: str, new: str, said: str) -> None:
    folder = changed(desk, "layouts", "brochure", "page.xml.j2", old, new)
    assert desk.run(desk.write(BRIEF), "--layout", folder) == 4
    assert re.search(said, desk.said), desk.said
    assert desk.files == []


def test_a_template_that_writes_nothing_and_one_without_pages(desk: Desk) -> None:
    folder = changed(desk, "layouts", "brochure", "page.xml.j2", "<document ", "<document ")
    for text, said in (
        ("", "Die Vorlage schreibt nichts."),
        ("<document lang='de' title='x'/>", "schreibt keine Seite"),
    ):
        (folder / "page.xml.j2").write_text(text, encoding="utf-8")
        assert desk.run(desk.write(BRIEF), "--layout", folder) == 4
        assert said in desk.said
    assert desk.files == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("styles:", "stile:", r"layout\.yaml:\d+ stile: Das Feld „stile“ gibt es hier nicht"),
        ("voice: label", "voce: label", r"layout\.yaml:\d+ styles\.label\.voce: Das Feld „voce“"),
        ("voice: body", "voice: nix", r"layout\.yaml:\d+ styles\.body: Der Hausstil „a“ kennt keine Rolle „nix“"),
        ("swatch: deep", "swatch: nix", r"layout\.yaml:\d+ styles\.\S+: Der Hausstil „a“ hat keine Farbe „nix“"),
        ("ground: sky", "ground: nix", r"layout\.yaml:\d+ masters\.\S+: Der Hausstil „a“ hat keine Farbe „nix“"),
        ("size: 10.5pt", "size: 10.5", r"layout\.yaml:\d+ styles\.label\.size: „10\.5“ ist keine Länge"),
        ("size: 10.5pt", "size: -1pt", r"layout\.yaml:\d+ styles\.label\.size: „-1pt“ muss größer als 0 sein"),
        ("width: 210mm, ", "", "Das Feld „page.width“ fehlt."),
        ("columns: 12", "columns: nan", r"grid\.columns: „nan“ ist keine Zahl"),
        ("then: more", "then: nix", "Auf dieser Musterseite gibt es keinen Bereich „nix“"),
        ("then: more", "then: body", "Der Bereich „body“ wartet auf sich selbst"),
        ("grow: up", "balance: yes", "Ein Bereich mit „balance“ braucht „then“"),
        ("bottom: line 18", "bottom: zeile 18", "„zeile 18“ ist keine Kante"),
        ("left: 105mm, top: edge, right: edge", "left: 300mm, top: edge, right: 1mm", "hat keine Breite"),
        ("masters:", "masters: [", r"layout\.yaml:\d+: Diese Zeile ist nicht zu lesen"),
    ],
)
def test_faults_of_a_layouts_file(desk: Desk, old: str, new: str, said: str) -> None:
    folder = changed(desk, "layouts", "brochure", "layout.yaml", old, new)
    assert desk.run(desk.write(BRIEF), "--layout", folder) == 4
    assert re.search(said, desk.said), desk.said
    assert desk.files == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("colours:", "farben:", r"house\.yaml:\d+ farben: Das Feld „farben“ gibt es hier nicht"),
        ('"#', '"rot#', "ist keine Farbangabe wie #00365E"),
        (".ttf", "-nix.ttf", r"Die Schriftdatei „\S+-nix\.ttf“ liegt weder"),
        ("  body:", "  leib:", r"layout\.yaml:\d+ styles\.body: Der Hausstil „eigen“ kennt keine Rolle „body“"),
        ("fallback:", "fallback: [nix]\nersatz:", "Die Ersatzschrift „nix“ ist keine der angegebenen Schriften"),
    ],
)
def test_faults_of_a_house(desk: Desk, old: str, new: str, said: str) -> None:
    folder = changed(desk, "assets/houses", "a", "house.yaml", old, new)
    assert desk.run(desk.write(BRIEF), "--house", folder) == 4
    assert re.search(said, desk.said), desk.said
    assert desk.files == []


# -- the process: what only a process of its own can show

PROGRAM = [sys.executable, str(ROOT / "make_pdf.py")]
posix = pytest.mark.skipif(os.name != "posix", reason="streams and signals as on POSIX")


def shell(order: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "artikel.json").write_text(json.dumps(BRIEF), encoding="utf-8")
    command = order.replace("MAKE", f"'{PROGRAM[0]}' '{PROGRAM[1]}' artikel.json --edition mail")
    return subprocess.run(
        ["/bin/bash", "-c", command], cwd=folder, capture_output=True, check=False, timeout=60, encoding="utf-8"
    )


@posix
@pytest.mark.parametrize(
    ("order", "code", "said"),
    [
        ("MAKE | true; exit ${PIPESTATUS[0]}", 0, ""),
        ("MAKE --help | true; exit ${PIPESTATUS[0]}", 0, ""),
        ("MAKE >&-", 0, ""),
        ("MAKE 2>&- >/dev/null", 0, ""),
        ("MAKE --layout nix 2>&-", 2, ""),
        ("MAKE >/dev/full", 7, "Die Übersicht lässt sich nicht ausgeben"),
        ("MAKE --layout nix 2>/dev/full", 2, ""),
        ("PYTHONIOENCODING=cp1252 PYTHONUTF8=0 MAKE --layout näx", 2, "Es gibt kein Layout „näx“"),
        ("ulimit -f 4; MAKE", 7, "Die Datei ist größer, als dieses Laufwerk oder Ihr Konto erlaubt."),
    ],
)
def test_streams_that_end_and_drives_that_are_full(order: str, code: int, said: str, tmp_path: Path) -> None:
    answer = shell(order, tmp_path)
    assert answer.returncode == code, answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr and "ignored" not in answer.stderr and "versagt" not in answer.stderr
    made = [path.name for path in tmp_path.rglob("*.pdf")]
    assert made == ([] if "ulimit" in order or "nix" in order or "näx" in order or "help" in order else made[:1])
    for path in tmp_path.rglob("*.pdf"):
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []


@posix
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interruption_is_a_line_and_leaves_whole_files(workers: int, tmp_path: Path) -> None:
    text = [f"Nummer {n}. {SENTENCE}" for n in range(1_500)]
    names = []
    for number in range(6):
        names.append(f"{number}.json")
        facts = section(*text) | {"id": f"nummer-{number}"}
        (tmp_path / names[-1]).write_text(json.dumps(facts), encoding="utf-8")
    order = [*PROGRAM, *names, "--edition", "mail", "--workers", str(workers)]
    running = subprocess.Popen(
        order, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, encoding="utf-8"
    )
    begun = time.monotonic()
    while not list(tmp_path.rglob("*.pdf")) and time.monotonic() - begun < 30:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130, said
    assert said == "Abgebrochen. Bereits fertige Dateien sind vollständig.\n"
    for path in (tmp_path / "out").iterdir():
        assert not path.name.startswith("."), "a half file was left behind"
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []
