"""What a registry keeps of several layouts: each archive PDF is a document of its own, with its own versions."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

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
