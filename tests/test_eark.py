"""E-ARK: packages that two validators take, checksums as METS says, versions, kills, faults in plain words."""

from __future__ import annotations

import hashlib
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from eark_validator import structure
from lxml import etree

from report.deliver.eark.mets import VERSION
from report.errors import DeliveryFault, LayoutFault
from report.locales import catalogue
from report.parcel import Filing, Item, Parcel
from report.records import replace
from tests import commonsip
from tests.conftest import missing
from tests.goldens import assert_golden
from tests.parcels import FACTS, hand_over, parcel, points, settings, tree
from tests.verapdf import Unavailable

WHOLE = "archive: {name: Stadtarchiv Gladbeck, code: DE-1234}\nsubmitter: {name: Stadt Gladbeck, code: '05562014'}\n"
WHOLE += "agreement: Vereinbarung vom 1. Februar 2026\n"
METS = "{http://www.loc.gov/METS/}"
PREMIS = "{http://www.loc.gov/premis/v3}"
HREF = "{http://www.w3.org/1999/xlink}href"
PARCELS: dict[str, dict[str, Any]] = {
    "whole": {},
    "bare": {"filing": Filing(), "department": "", "date": "", "rights": "", "standfirst": "", "kicker": "",
             "keywords": (), "online": "", "responsible": ""},
    "signs": {"title": "Größer & <besser> „hier“ – 10 000 Euro", "examples": ("file_reference",)},
}  # fmt: skip


def made(folder: Path, of: Parcel, text: str = "", version: str = "2.1.0") -> Path:
    """Hand over and return the package, a ZIP or a folder."""
    handed = hand_over("eark", folder, of, f"version: {version}\n{text}")
    assert handed.state == "done", [str(one) for one in handed.findings]
    return folder / "eark" / f"{of.facts.id}-v{of.version.number}{'' if 'form: folder' in text else '.zip'}"


def inside(package: Path) -> dict[str, bytes]:
    """Return the files of a ZIP by their paths from the package's folder."""
    with zipfile.ZipFile(package) as packed:
        assert {name.split("/")[0] for name in packed.namelist()} == {package.stem}
        return {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}


# -- what others accept --


@pytest.mark.parametrize("version", ["2.1.0", "2.2.0"])
@pytest.mark.parametrize("what", PARCELS)
def test_commons_ip_says_valid(tmp_path: Path, version: str, what: str) -> None:
    package = made(tmp_path, parcel(2, **PARCELS[what]), WHOLE if what == "whole" else "", version)
    try:
        report = commonsip.judged(package, version, tmp_path / "report")
    except Unavailable as fault:
        missing(str(fault))
    assert commonsip.remarks(report, "MUST") == []
    assert report["summary"]["result"] == "VALID"
    # schemas are the office's to supply
    assert [one for one in commonsip.remarks(report, "SHOULD") if not one.startswith("CSIPSTR15")] == []


def test_commons_ip_takes_a_folder_with_schemas(tmp_path: Path) -> None:
    supplied = _mets_schemas(tmp_path / "schemas")
    package = made(tmp_path, parcel(), f"form: folder\nschemas: {supplied}\n")
    try:
        report = commonsip.judged(package, "2.1.0", tmp_path / "report")
    except Unavailable as fault:
        missing(str(fault))
    assert report["summary"]["result"] == "VALID"
    assert {path.name for path in (package / "schemas").iterdir()} == {path.name for path in supplied.iterdir()}


def test_commons_ip_sees_a_changed_file(tmp_path: Path) -> None:
    """The judge judges: a package with a byte too many is not valid."""
    package = made(tmp_path, parcel(), "form: folder\n")
    (picture,) = package.rglob("*.jpg")
    picture.write_bytes(picture.read_bytes() + b"x")
    try:
        report = commonsip.judged(package, "2.1.0", tmp_path / "report")
    except Unavailable as fault:
        missing(str(fault))
    assert report["summary"]["result"] == "INVALID"


@pytest.mark.parametrize("form", ["zip", "folder"])
def test_the_other_validator_finds_the_structure_well_formed(tmp_path: Path, form: str) -> None:
    package = made(tmp_path, parcel(2), f"form: {form}\n")
    report = structure.StructureReport.from_path(str(package))
    assert report.status.value == "Well Formed"
    assert {message.id for message in report.messages} == {"CSIPSTR15"}  # no schemas: the office's to supply


def test_the_schemas_of_mets_take_each_mets_file(tmp_path: Path) -> None:
    where = _mets_schemas(tmp_path / "schemas")
    local = etree.XMLSchema(etree.parse(str(where / "mets.xsd")))
    for path, data in inside(made(tmp_path, parcel(2), WHOLE)).items():
        if path.endswith("METS.xml"):
            local.validate(etree.fromstring(data))
            assert [fault.message for fault in local.error_log] == [], path


def _mets_schemas(folder: Path) -> Path:
    """Put the METS schemas of the second validator into a folder, with their imports beside them."""
    resources = Path(str(structure.__file__)).parent / "xml" / "resources" / "schema"
    folder.mkdir(parents=True)
    for name in ("mets.xsd", "xlink.xsd"):
        text = (resources / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("http://www.loc.gov/standards/xlink/", ""), encoding="utf-8")
    return folder


# -- what METS says is so --


@pytest.mark.parametrize("number", [1, 2])
def test_each_file_is_named_with_its_size_and_checksum(tmp_path: Path, number: int) -> None:
    files = inside(made(tmp_path, parcel(number), WHOLE))
    named = {"METS.xml"}
    for path in [path for path in files if path.endswith("METS.xml")]:
        folder = path.removesuffix("METS.xml")
        root = etree.fromstring(files[path])
        for element in root.iter(f"{METS}file", f"{METS}mdRef"):
            link = element if element.tag == f"{METS}mdRef" else element.find(f"{METS}FLocat")
            data = files[folder + link.get(HREF)]
            assert element.get("SIZE") == str(len(data))
            assert element.get("CHECKSUM") == hashlib.sha256(data).hexdigest()
            named.add(folder + link.get(HREF))
        names = [element.get("ID") for element in root.iter() if element.get("ID")]
        assert len(names) == len(set(names))
        told = " ".join(element.get(key, "") for element in root.iter() for key in ("FILEID", "ADMID", "DMDID"))
        assert set(told.split()) <= set(names)
    assert named == set(files)


def test_premis_knows_each_file_of_a_representation(tmp_path: Path) -> None:
    files = inside(made(tmp_path, parcel()))
    told = {}
    for path in [path for path in files if path.endswith("premis.xml") and path.startswith("representations")]:
        for one in etree.fromstring(files[path]).iter(f"{PREMIS}object"):
            texts = [str(element.text) for element in one.iter(f"{PREMIS}objectIdentifierValue")]
            digest = one.find(f".//{PREMIS}messageDigest")
            told |= {texts[1]: digest.text} if digest is not None else {}
    data = {path: hashlib.sha256(files[path]).hexdigest() for path in files if "/data/" in path}
    assert told == data


def test_a_package_as_an_archivist_reads_it(tmp_path: Path) -> None:
    files = inside(made(tmp_path, parcel(2), WHOLE))
    shown = ["METS.xml", "metadata/descriptive/dc.xml", "metadata/preservation/premis.xml",
             "representations/rep1/METS.xml", "representations/rep1/metadata/preservation/premis.xml",
             "documentation/INHALT.txt"]  # fmt: skip
    parts = ["\n".join(files), *(f"== {path}\n{files[path].decode()}" for path in shown)]
    assert_golden("eark/package-2.1.0", "\n".join(parts))


def test_the_same_picture_twice_is_two_files(tmp_path: Path) -> None:
    whole = parcel()
    again = replace(next(item for item in whole.items if item.role == "picture"), name="familienkommune-bild-2.jpg")
    premis = inside(made(tmp_path, replace(whole, items=(*whole.items, again))))[
        "representations/rep3/metadata/preservation/premis.xml"
    ]
    objects = etree.fromstring(premis).findall(f"{PREMIS}object/{PREMIS}objectIdentifier[1]")
    names = [one.findtext(f"{PREMIS}objectIdentifierValue") for one in objects]
    assert len(names) == len(set(names)) == 4  # the representation, the article, two pictures


def test_the_program_tells_its_version() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


# -- versions, kills --


def test_a_correction_is_a_package_that_names_the_one_before(tmp_path: Path) -> None:
    first = made(tmp_path, parcel())
    before = first.read_bytes()
    second = inside(made(tmp_path, parcel(2)))
    assert first.read_bytes() == before
    assert etree.fromstring(second["METS.xml"]).find(f"{METS}metsHdr").get("RECORDSTATUS") == "VERSION"
    entity = etree.fromstring(inside(first)["metadata/preservation/premis.xml"]).findtext(
        f"{PREMIS}object/{PREMIS}objectIdentifier/{PREMIS}objectIdentifierValue"
    )
    related = etree.fromstring(second["metadata/preservation/premis.xml"]).findtext(
        f"{PREMIS}object/{PREMIS}relationship/{PREMIS}relatedObjectIdentifier/{PREMIS}relatedObjectIdentifierValue"
    )
    assert entity == related
    assert "Ersetzt: familienkommune-v1" in second["metadata/descriptive/dc.xml"].decode()


@pytest.mark.parametrize("form", ["zip", "folder"])
def test_a_killed_run_ends_as_an_undisturbed_one(tmp_path: Path, form: str) -> None:
    text = f"form: {form}\n"
    hand_over("eark", tmp_path / "whole", parcel(), text)
    assert sum(1 for _ in points(lambda: hand_over("eark", tmp_path / "killed", parcel(), text))) > 8
    assert tree(tmp_path / "killed") == tree(tmp_path / "whole")
    assert hand_over("eark", tmp_path / "whole", parcel(), text).state == "already"
    assert not [name for name in tree(tmp_path / "whole") if name.endswith(".part")]


# -- what bad input gets --


def refused(folder: Path, text: str = "", of: Parcel | None = None, **facts: Any) -> dict[str, str]:
    """Return the faults in German, by rule; nothing was written."""
    with pytest.raises(DeliveryFault) as caught:
        hand_over("eark", folder, of or parcel(**facts), text)
    assert not (folder / "eark").exists()
    say = catalogue("de").gettext
    return {one.rule: f"{one.filled(say(one.message))} {one.filled(say(one.remedy))}" for one in caught.value.faults}


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    whole = parcel()
    bare = replace(whole, facts=replace(FACTS, publisher=""), items=whole.items[1:])
    found = refused(tmp_path, of=bare)
    assert set(found) == {"eark.submitter", "deliver.archive"}
    assert "submitter: name:" in found["eark.submitter"]


def test_schemas_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for where in ("empty", "nowhere"):
        assert "*.xsd" in refused(tmp_path, f"schemas: {where}\n")["eark.schemas"]


def test_a_sign_that_xml_does_not_know(tmp_path: Path) -> None:
    assert "U+000B" in refused(tmp_path, title="Ein\x0bTitel")["deliver.sign"]


def test_another_package_in_the_way_stays(tmp_path: Path) -> None:
    (tmp_path / "eark").mkdir()
    (tmp_path / "eark" / "familienkommune-v1.zip").write_bytes(b"another")
    handed = hand_over("eark", tmp_path, parcel())
    assert (handed.state, handed.exit_code) == ("failed", 8)
    assert (tmp_path / "eark" / "familienkommune-v1.zip").read_bytes() == b"another"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 2.0.4", "2.1.0, 2.2.0"),
        ("form: tar", "zip, folder"),
        ("archive: {code: DE-1}", "Namen"),
        ("archiv: {name: A}", "archive"),
    ],
)
def test_a_house_file_that_is_wrong(text: str, said: str) -> None:
    with pytest.raises(LayoutFault) as caught:
        settings("eark", f"{text}\n")
    (fault,) = caught.value.faults
    say = catalogue("de").gettext
    assert fault.place.line == 1
    assert said in f"{fault.filled(say(fault.message))} {fault.filled(say(fault.remedy))}"


def test_pictures_of_every_kind_have_a_type(tmp_path: Path) -> None:
    drawing = Item("picture", "familienkommune-bild-2.svg", "image/svg+xml", b"<svg/>")
    whole = parcel()
    package = made(tmp_path, replace(whole, items=(*whole.items, drawing)))
    try:
        report = commonsip.judged(package, "2.1.0", tmp_path / "report")
    except Unavailable as fault:
        missing(str(fault))
    assert report["summary"]["result"] == "VALID"
