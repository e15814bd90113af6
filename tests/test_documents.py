"""What a registry keeps of several layouts: each archive PDF is a document of its own, with its own versions."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from report import layoutfile
from report.deliver import mapping
from report.parcel import Parcel
from report.records import replace
from tests import schemas
from tests.parcels import hand_over, parcel, tree, with_leaflet


def message(folder: Path, given: Parcel) -> bytes:
    """Hand over by xdomea and return the message."""
    before = set(folder.rglob("*.zip"))
    assert hand_over("xdomea", folder, given).state == "done"
    (path,) = set(folder.rglob("*.zip")) - before
    with zipfile.ZipFile(path) as packed:
        return packed.read(packed.namelist()[0])


def documents(told: bytes) -> dict[str, tuple[str, str, list[str]]]:
    """Return of each document in a message its file: UUID, version, what its history says."""
    space = {"x": "urn:xoev-de:xdomea:schema:3.0.0"}
    return {
        one.findtext("x:Version/x:Format/x:Primaerdokument/x:DateinameOriginal", "", space): (
            one.findtext("x:Identifikation/x:ID", "", space),
            one.findtext("x:Version/x:Nummer", "", space),
            [each.findtext("x:Aktion", "", space) for each in one.findall("x:HistorienProtokollInformation", space)],
        )
        for one in etree.fromstring(told).iterfind(".//x:Dokument", space)
    }


BROCHURE, LEAFLET = "familienkommune-brochure-archive.pdf", "familienkommune-leaflet-archive.pdf"


def test_each_layout_is_a_document_of_its_own_in_whatever_order(tmp_path: Path) -> None:
    given = with_leaflet()
    turned = replace(given, items=tuple(reversed(given.items)))
    alone = replace(given, items=tuple(item for item in given.items if item.layout != "brochure"))
    first = documents(message(tmp_path / "a", given))
    assert list(first) == [BROCHURE, LEAFLET]
    assert first[BROCHURE][0] != first[LEAFLET][0]
    assert documents(message(tmp_path / "b", turned)) == first
    assert documents(message(tmp_path / "c", alone)) == {LEAFLET: first[LEAFLET]}


def test_the_schemas_take_several_documents(tmp_path: Path) -> None:
    assert schemas.faults(message(tmp_path, with_leaflet(2)), "3.0.0") == []


def test_a_correction_is_the_next_version_of_each_document(tmp_path: Path) -> None:
    first, second = (documents(message(tmp_path, with_leaflet(number))) for number in (1, 2))
    for name in (BROCHURE, LEAFLET):
        assert second[name] == (first[name][0], "2", ["Ausgabe", "Neue Version"])


def test_a_layout_that_joins_later_begins_with_version_1_and_leaves_the_other_alone(tmp_path: Path) -> None:
    first = documents(message(tmp_path, parcel()))
    joined = documents(message(tmp_path, with_leaflet(2, joins=2)))
    assert list(joined) == [LEAFLET]
    assert joined[LEAFLET][1:] == ("1", ["Ausgabe"])
    # where nothing lies yet both are put
    assert documents(message(tmp_path / "elsewhere", with_leaflet(2, joins=2))) == {**first, **joined}


def test_a_watched_folder_gets_no_document_again_that_only_another_one_joins(tmp_path: Path) -> None:
    hand_over("dms", tmp_path, parcel())
    before = tree(tmp_path)
    assert hand_over("dms", tmp_path, with_leaflet(2, joins=2)).state == "done"
    new = sorted(name for name in set(tree(tmp_path)) - set(before) if "/." not in f"/{name}")
    assert new == [f"dms/familienkommune-leaflet-archive-v2.{ending}" for ending in ("fertig", "pdf", "xml")]
    assert hand_over("dms", tmp_path, with_leaflet(2, joins=2)).state == "already"


# -- what sort of document each is --


def of_kind(given: Parcel, kind: str) -> Parcel:
    """Return the parcel of an article that calls itself `kind`."""
    return replace(given, facts=replace(given.facts, filing=replace(given.facts.filing, kind=kind)))


def kinds(given: Parcel) -> list[str]:
    return [given.kind(item) for item in given.of("archive")]


@pytest.mark.parametrize(
    ("word", "alone", "both"),
    [
        ("Broschüre", ["Broschüre"], ["Broschüre", "Faltblatt"]),
        ("Festschrift", ["Festschrift"], ["Festschrift", "Faltblatt"]),
        ("", ["Broschüre"], ["Broschüre", "Faltblatt"]),
        ("faltblatt", ["faltblatt"], ["Broschüre", "Faltblatt"]),  # the other layout is what the article speaks of
    ],
)
def test_the_first_layout_is_what_the_article_says_and_the_others_are_their_titles(
    word: str, alone: list[str], both: list[str]
) -> None:
    given = of_kind(with_leaflet(), word)
    turned = replace(given, items=tuple(reversed(given.items)))
    assert kinds(of_kind(parcel(), word)) == alone
    assert kinds(given) == both
    assert kinds(turned) == both[::-1]
    assert list(given.kinds) == list(turned.kinds) == both
    assert kinds(of_kind(with_leaflet(2, joins=2), word)) == both


def test_a_page_of_the_web_is_one_and_a_picture_goes_by_the_article() -> None:
    given = of_kind(parcel(), "Festschrift")
    assert {item.role: given.kind(item) for item in given.items} == {
        "archive": "Festschrift", "mail": "Festschrift", "text": "Webseite", "html": "Webseite",
        "source": "Festschrift", "picture": "Festschrift", "report": "Festschrift", "record": "Festschrift",
    }  # fmt: skip


def test_every_target_tells_each_document_as_what_it_is(tmp_path: Path) -> None:
    given = of_kind(with_leaflet(), "Festschrift")
    told = etree.fromstring(message(tmp_path, given))
    space = {"x": "urn:xoev-de:xdomea:schema:3.0.0"}
    assert [one.text for one in told.iterfind(".//x:Dokument/x:Typ", space)] == ["Festschrift", "Faltblatt"]
    facts = [mapping.values(given, item) for item in given.of("archive")]
    assert [(one["kind"], one["document.kind"]) for one in facts] == [
        ("Festschrift", "Festschrift"), ("Festschrift", "Faltblatt")
    ]  # fmt: skip
    for name in ("dms", "eark", "folder"):
        hand_over(name, tmp_path, given, "form: folder" if name == "eark" else "")
    files = tree(tmp_path)
    sidecars = [data.decode() for name, data in files.items() if name.startswith("dms/") and name.endswith(".xml")]
    assert ["<Dokumentart>Festschrift<" in one for one in sidecars] == [True, False]
    assert ["<Dokumentart>Faltblatt<" in one for one in sidecars] == [False, True]
    (dublin,) = (data.decode() for name, data in files.items() if name.endswith("descriptive/dc.xml"))
    assert "<dc:type>Festschrift</dc:type>" in dublin
    assert "<dc:type>Faltblatt</dc:type>" in dublin
    (contents,) = (data.decode() for name, data in files.items() if name == "folder/familienkommune-v1/INHALT.txt")
    rows = [line.split(":")[1].strip() for line in contents.splitlines() if "Dokumenttyp:" in line]
    assert rows[0] == "Festschrift, Faltblatt"
    assert rows[1:] == ["Festschrift", "Faltblatt"]


def test_a_press_release_beside_a_brochure_is_not_due_to_the_library(tmp_path: Path) -> None:
    given, release = with_leaflet(), {"kind": "Pressemitteilung", "pages": 9}
    press = [replace(item, **release) if item.layout == "leaflet" else item for item in given.items]
    for pages, due in ((4, True), (3, False)):
        items = tuple(replace(item, pages=pages) if item.layout == "brochure" else item for item in press)
        hand_over("folder", tmp_path / str(pages), replace(given, items=items))
        sheets = [data.decode() for name, data in tree(tmp_path / str(pages)).items() if name.endswith("exemplar.txt")]
        assert ["familienkommune-brochure-archive.pdf" in one for one in sheets] == ([True] if due else [])


# -- a layout's title --


def test_every_shipped_layout_has_a_title_of_its_own() -> None:
    titles = {name: layoutfile.load(name).title for name in layoutfile.names()}
    assert titles["leaflet"] == "Faltblatt"
    assert len(set(titles.values())) == len(titles)
    assert not set(titles) & set(titles.values())


@pytest.mark.parametrize(("line", "title"), [("title: Karte A6\n", "Karte A6"), ("title:\n", "eigen"), ("", "eigen")])
def test_a_layout_without_a_title_goes_by_its_name(line: str, title: str, tmp_path: Path) -> None:
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen" / "layout.yaml").write_text(f"{line}flow: web\n", encoding="utf-8")
    assert layoutfile.load(str(tmp_path / "eigen")).title == title
