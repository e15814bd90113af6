"""Pictures, files and folders that are not what they should be: a clear message, nothing half written."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from report import errors
from report.cli import main
from tests.misuse import BRIEF, Desk, Read, stop
from tests.shelf import ROOT

PICTURES = ROOT / "tests" / "articles" / "pictures"


@pytest.fixture
def desk(tmp_path: Path, capsys: Read) -> Desk:
    return Desk(tmp_path, capsys)


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
