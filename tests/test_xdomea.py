"""xdomea: messages that the schemas take, objects that keep their identity, right names, faults in plain words."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from report.deliver.ids import content_uuid, uuid
from report.deliver.xdomea.message import message as xml_of
from report.deliver.xdomea.objects import Case
from report.deliver.xdomea.papers import papers
from report.deliver.xml import leaf, node, written
from report.deliver.zips import zipped
from report.errors import DeliveryFault, LayoutFault, Stop
from report.locales import catalogue
from report.parcel import Filing, Parcel
from report.records import replace
from tests import schemas
from tests.goldens import assert_golden
from tests.parcels import FACTS, TIME, call, hand_over, parcel, points, settings, tree, with_leaflet

AGREED = "agreement: Vereinbarung mit dem Stadtarchiv vom 1. Februar 2026\nreceiver: {name: Stadtarchiv Gladbeck}\n"
FILING = FACTS.filing
PARCELS = {
    "whole": {},
    "bare": {"filing": Filing(reference="13-42-11/2024"), "department": "", "date": "2024", "author": ""},
    "known": {"filing": replace(FILING, file_uuid="4d7b1c4e-3b0f-4a52-9a8d-1f0c2b7e6a55", reference="",
                                process_uuid="4d7b1c4e-3b0f-4a52-9a8d-1f0c2b7e6a56")},
    "unlimited": {"filing": replace(FILING, years=None, unlimited=True, disposal="keep", process="")},
    "example": {"examples": ("file_reference", "records"), "title": "Größer & <besser> „hier“ – 10 000 Euro"},
}  # fmt: skip


def given_over(
    folder: Path, of: Parcel, text: str = "", version: str = "3.0.0", message: str = "0101"
) -> tuple[str, dict[str, bytes]]:
    """Hand over and return the ZIP's name and its files."""
    agreed = "" if message == "0101" else AGREED
    before = set(folder.rglob("*.zip"))
    handed = hand_over("xdomea", folder, of, f"version: {version}\nmessage: {message}\n{agreed}{text}")
    assert handed.state == "done", [str(one) for one in handed.findings]
    (path,) = set(folder.rglob("*.zip")) - before
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        return path.name, {name: packed.read(name) for name in packed.namelist()}


def message_of(files: dict[str, bytes]) -> bytes:
    (found,) = (data for name, data in files.items() if name.endswith(".xml"))
    return found


def texts(message: bytes, path: str) -> list[str]:
    """Return the texts of the elements at the end of a path, whatever their namespace."""
    steps = "/".join(f"*[local-name()='{step}']" for step in path.split("/"))
    return [str(one.text or "") for one in etree.fromstring(message).xpath(f"//{steps}")]


DOCUMENT = "Dokument/Identifikation/ID"


# -- what others accept --


@pytest.mark.parametrize("version", ["3.0.0", "3.1.0"])
@pytest.mark.parametrize("message", ["0101", "0401", "0503"])
@pytest.mark.parametrize("what", PARCELS)
def test_the_schemas_take_the_message(tmp_path: Path, version: str, message: str, what: str) -> None:
    everything = "attachments: [mail, text, html, source, picture, report, record]\nconfirm: ja\n"
    keyed = "sender: {key: '05562014', key-list: 'urn:example:ags', key-version: '1', prefix: psw}\n"
    for number, text in enumerate(("", everything, keyed)):
        _, files = given_over(tmp_path / str(number), parcel(2, **PARCELS[what]), text, version, message)
        assert schemas.faults(message_of(files), version) == []


@given(st.lists(st.text(), min_size=8, max_size=8), st.sampled_from(["3.0.0", "3.1.0"]))
def test_the_schemas_take_any_words(words: list[str], version: str) -> None:
    """Whatever people write: the message is valid, or the sign that cannot be written is named."""
    title, department, author, kind, file_title, process, sign, reason = words
    filing = replace(FILING, kind=kind, file_title=file_title, process=process, reference=sign or "1")
    whole = parcel(2, title=title, department=department, author=author, filing=filing)
    whole = replace(whole, version=replace(whole.version, reason=reason))
    wishes = settings("xdomea", f"version: {version}\n")
    try:
        found = xml_of(Case(whole, wishes, "stadt", papers(whole, "stadt", wishes.attached, ())))
    except DeliveryFault as stop:
        assert [one.rule for one in stop.faults] == ["deliver.sign"]
        return
    assert schemas.faults(found, version) == []


def test_a_message_as_a_registry_reads_it(tmp_path: Path) -> None:
    _, files = given_over(tmp_path, parcel(2))
    assert_golden("xdomea/information-3.0.0", message_of(files).decode())


def test_a_message_of_version_4_as_an_archive_reads_it(tmp_path: Path) -> None:
    _, files = given_over(tmp_path, parcel(), version="4.0.0", message="0503")
    assert_golden("xdomea/aussonderung-4.0.0", message_of(files).decode())


# what the example has not, and why it stands in a message of version 4 all the same
FURTHER = {
    "nachrichtenkopf/Hinweis": "as in version 3",
    "Akte/AllgemeineMetadaten/Federfuehrung": "as in the process",
    "Akte/AllgemeineMetadaten/Geheimhaltung": "as in the process",
    "Akte/AllgemeineMetadaten/Medium": "as in the process",
    "Akte/Aussonderungsmetadaten": "named in a comment of the example, at this place",
    "Vorgang/Aussonderungsmetadaten": "named in a comment of the example, at this place",
    "Aussonderungsmetadaten/Aufbewahrungsdauer": "as in version 3",
    "Aussonderungsmetadaten/Aussonderungsart": "as in version 3",
    "Aufbewahrungsdauer/AnzahlJahre": "as in version 3",
    "Aussonderungsart/Aussonderungsart": "as in version 3",
    "Dokument/AllgemeineMetadaten/Federfuehrung": "as in the process",
    "Dokument/AllgemeineMetadaten/Geheimhaltung": "as in the process",
    "Dokument/Postausgangsdatum": "as in version 3",
    "Dokument/Typ": "as in version 3",
    "Primaerdokument/DateinameOriginal": "as in version 3",
    "Primaerdokument/Ersteller": "as in version 3",
    "HistorienProtokollInformation/MetadatumName": "as in version 3",
    "HistorienProtokollInformation/MetadatumAlterWert": "as in version 3",
    "HistorienProtokollInformation/MetadatumNeuerWert": "as in version 3",
    "HistorienProtokollInformation/Bemerkung": "as in version 3",
}


def test_version_4_has_the_structure_of_the_example(tmp_path: Path) -> None:
    """Each element with its namespace stands where the example has it, in the example's order, or is listed above."""
    _, files = given_over(tmp_path, parcel(2), version="4.0.0", message="0503")
    ours, theirs = etree.fromstring(message_of(files)), schemas.example()
    assert dict(ours.attrib).keys() == {name for name in theirs.attrib if "}" not in name}
    assert (ours.tag, ours.prefix, ours.nsmap["xdomea"]) == (theirs.tag, theirs.prefix, theirs.nsmap["xdomea"])
    order: dict[str, list[str]] = {}
    for element in theirs.iter(etree.Element):
        known = order.setdefault(context(element), [])
        known += [one for one in children(element) if one not in known]
    strange, turned = set(), set()
    for element in ours.iter(etree.Element):
        known = order.get(context(element), [])
        found = [one for one in children(element) if one in known]
        turned |= {context(element)} if found != sorted(found, key=known.index) else set()
        strange |= {one for one in children(element) if one not in known} if known else set()
        strange |= {f"{context(element)}/{one}" for one in children(element) if one not in known}
    assert turned == set()
    told = {re.sub(r"\{[^}]*\}", "", one) for one in strange if "/" in one}
    beyond = {one for one in told if not any(one.endswith(name) for name in FURTHER)}
    assert beyond <= {"Geheimhaltung/Geheimhaltungsgrad", "Aussonderungsart/code", "Aussonderungsart/name"}
    assert {name for name in FURTHER if not any(one.endswith(name) for one in told)} == set()


def context(element: Any) -> str:
    """Return an element's name with that of its parent's, where a name alone says too little."""
    name = etree.QName(element).localname
    parent = element.getparent()
    return f"{etree.QName(parent).localname}/{name}" if name == "AllgemeineMetadaten" else name


def children(element: Any) -> list[str]:
    return [str(child.tag) for child in element.iterchildren(etree.Element)]


@pytest.mark.parametrize(("message", "counted"), [("0101", False), ("0401", True), ("0503", True)])
def test_version_4_counts_the_messages_of_a_handing_over(tmp_path: Path, message: str, counted: bool) -> None:
    found = message_of(given_over(tmp_path, parcel(), version="4.0.0", message=message)[1])
    assert texts(found, "LfdNrNachrichtProTyp") == (["1"] if counted else [])
    assert texts(found, "Kontextobjekt") == (["1", "0"] if message == "0503" else [])


def test_version_4_is_called_not_validated(tmp_path: Path) -> None:
    handed = hand_over("xdomea", tmp_path, parcel(), "version: 4.0.0\n")
    (note,) = handed.findings
    assert (note.rule, note.severity) == ("xdomea.not-validated", "note")
    assert "nicht validiert" in catalogue("de").gettext(note.message)
    (path,) = tmp_path.rglob("*.zip")
    assert re.fullmatch(r"[0-9a-f-]{36}_0101_1\.zip", path.name)


# -- names --


def test_names_are_as_prescribed(tmp_path: Path) -> None:
    name, files = given_over(tmp_path, parcel())
    stem = name.removesuffix(".zip")
    assert re.fullmatch(r"[0-9a-f-]{36}_Information\.Information\.0101", stem)
    assert next(iter(files)) == f"{stem}.xml"
    message = message_of(files)
    assert b"<xdomea:Information.Information.0101 xmlns:xdomea=" in message.splitlines()[1]
    assert texts(message, "Kopf/ProzessID") == [stem[:36]]
    assert {f"{stem}.xml", *texts(message, "Primaerdokument/Dateiname")} == set(files)
    first = texts(message, "Primaerdokument/Dateiname")[0]
    assert first == f"{content_uuid(parcel().items[0].sha256)}_familienkommune-brochure-archive.pdf"
    assert texts(message, "Primaerdokument/DateinameOriginal")[0] == "familienkommune-brochure-archive.pdf"


def test_formats_have_their_codes(tmp_path: Path) -> None:
    text = "attachments: [mail, text, html, source, picture, report]\n"
    files = given_over(tmp_path, with_leaflet(), text)[1]
    codes = texts(message_of(files), "Version/Format/Name/code")
    # archive, mail (made for PDF/A-2a too), text, html, source, picture, report, the leaflet's archive
    assert codes == ["044", "044", "045", "008", "100", "011", "018", "044"]
    assert texts(message_of(files), "Format/SonstigerName") == ["yaml"]
    assert texts(message_of(files), "Format/Version")[0] == "2a"


# -- who is who --


def test_a_correction_is_a_new_version_of_the_same_document(tmp_path: Path) -> None:
    first = given_over(tmp_path, parcel())
    second = given_over(tmp_path, parcel(2))
    one, two = message_of(first[1]), message_of(second[1])
    assert first[0] != second[0]
    assert texts(one, DOCUMENT) == texts(two, DOCUMENT)
    assert texts(one, "Akte/Identifikation/ID") == texts(two, "Akte/Identifikation/ID")
    assert texts(one, "Dateiname")[0] != texts(two, "Dateiname")[0]
    assert texts(two, "Dokument/Version/Nummer") == ["2"]
    assert texts(two, "HistorienProtokollInformation/Bemerkung") == ["Name korrigiert"]
    assert texts(two, "HistorienProtokollInformation/DatumUhrzeit") == [TIME, TIME]


def test_a_document_keeps_its_uuid_when_the_town_changes_its_name(tmp_path: Path) -> None:
    one = message_of(given_over(tmp_path, parcel())[1])
    two = message_of(given_over(tmp_path, parcel(2, publisher="Große Stadt Gladbeck"))[1])
    assert texts(one, DOCUMENT) == texts(two, DOCUMENT)


def test_two_publications_name_one_file(tmp_path: Path) -> None:
    one = message_of(given_over(tmp_path / "a", parcel())[1])
    other = message_of(given_over(tmp_path / "b", parcel(id="sommerfest", title="Sommerfest"))[1])
    assert texts(one, "Akte/Identifikation/ID") == texts(other, "Akte/Identifikation/ID")
    assert texts(one, "Vorgang/Identifikation/ID") == texts(other, "Vorgang/Identifikation/ID")
    assert texts(one, DOCUMENT) != texts(other, DOCUMENT)
    without = replace(FILING, process="")
    same_file = [
        message_of(given_over(tmp_path / name, parcel(id=name, filing=without))[1]) for name in ("fest", "markt")
    ]
    assert len({texts(each, "Akte/Identifikation/ID")[0] for each in same_file}) == 1
    assert len({texts(each, "Vorgang/Identifikation/ID")[0] for each in same_file}) == 2


def test_a_file_that_is_there_is_named_and_not_described(tmp_path: Path) -> None:
    message = message_of(given_over(tmp_path, parcel(**PARCELS["known"]))[1])
    assert texts(message, "Akte/Identifikation/ID") == ["4d7b1c4e-3b0f-4a52-9a8d-1f0c2b7e6a55"]
    assert texts(message, "Vorgang/Identifikation/ID") == ["4d7b1c4e-3b0f-4a52-9a8d-1f0c2b7e6a56"]
    assert texts(message, "ArchivspezifischeMetadaten") == []


def test_the_filing_plan_is_read_from_the_sign(tmp_path: Path) -> None:
    text = "reference-pattern: '(?P<plan>\\d\\d-\\d\\d-\\d\\d)/\\d{4}'\n"
    message = message_of(given_over(tmp_path, parcel(), text)[1])
    assert texts(message, "Aktenplaneinheit/Kennzeichen") == ["13-42-11"]


# -- killed, again, taken --


def test_a_killed_run_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    hand_over("xdomea", tmp_path / "whole", parcel())
    assert sum(1 for _ in points(lambda: hand_over("xdomea", tmp_path / "killed", parcel()))) > 8
    assert tree(tmp_path / "killed") == tree(tmp_path / "whole")
    before = tree(tmp_path / "whole")
    assert hand_over("xdomea", tmp_path / "whole", parcel()).state == "already"
    assert tree(tmp_path / "whole") == before


def test_what_the_registry_took_is_not_put_again(tmp_path: Path) -> None:
    """A registry's system empties the folder: also between two runs, of which the first was killed."""
    taken = []

    def run() -> None:
        hand_over("xdomea", tmp_path, parcel())

    for _ in points(run):
        for path in tmp_path.rglob("*.zip"):
            if not path.name.startswith("."):
                taken.append(path.name)
                path.unlink()
    taken += [path.name for path in tmp_path.rglob("*.zip")]
    assert len(taken) == 1


# -- what bad input gets --


def refused(folder: Path, text: str = "", of: Parcel | None = None, **facts: Any) -> dict[str, str]:
    """Return the faults in German, by rule; nothing was written."""
    with pytest.raises(Stop) as caught:
        hand_over("xdomea", folder, of or parcel(**facts), text)
    assert [path for path in folder.rglob("*") if path.is_file() and "hand-over" not in path.name] == []
    say = catalogue("de").gettext
    assert isinstance(caught.value, DeliveryFault)
    return {
        one.rule: f"{one.filled(say(one.message))} {one.filled(say(one.remedy))}".strip() for one in caught.value.faults
    }


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    found = refused(
        tmp_path, "message: '0503'\n", publisher="", filing=Filing(confidentiality="internal", process_uuid="x")
    )
    assert set(found) == {
        "xdomea.agreement", "xdomea.receiver", "xdomea.reference", "xdomea.sender", "xdomea.grade", "xdomea.uuid",
    }  # fmt: skip
    assert_golden("xdomea/faults", "\n".join(f"{rule}: {text}" for rule, text in found.items()))


def test_a_sign_of_another_form(tmp_path: Path) -> None:
    text = "reference-pattern: '\\d\\d\\.\\d\\d\\.\\d\\d'\nreference-example: 13.42.11\n"
    (told,) = refused(tmp_path, text).values()
    assert "13-42-11/2024" in told
    assert "13.42.11" in told
    assert "Registratur" in told


def test_internal_matter_goes_out_by_the_grade_that_the_house_names(tmp_path: Path) -> None:
    internal = replace(FILING, confidentiality="internal")
    assert set(refused(tmp_path / "a", filing=internal)) == {"xdomea.grade"}
    message = message_of(given_over(tmp_path / "b", parcel(filing=internal), "grades: {internal: '002'}\n")[1])
    assert set(texts(message, "Vertraulichkeitsstufe/code")) == {"002"}


def test_without_an_archive_file_nothing_is_filed(tmp_path: Path) -> None:
    whole = parcel()
    assert set(refused(tmp_path, of=replace(whole, items=whole.items[1:]))) == {"deliver.archive"}


def test_a_sign_that_xml_does_not_know(tmp_path: Path) -> None:
    (told,) = refused(tmp_path, title="Ein\x0bTitel").values()
    assert "U+000B" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 3.2.0", "3.0.0, 3.1.0, 4.0.0"),
        ("message: '0601'", "0101, 0401, 0503"),
        ("reference-pattern: '(13'", "Muster"),
        ("sender: {key: '05'}", "key-list"),
        ("grades: {internal: intern}", "001, 002"),
        ("attachments: [bild]", "picture"),
        ("receivers: {name: Archiv}", "receiver"),
        ("confirm: vielleicht", "ja noch nein"),
    ],
)
def test_a_house_file_that_is_wrong(text: str, said: str) -> None:
    with pytest.raises(LayoutFault) as caught:
        settings("xdomea", f"{text}\n")
    (fault,) = caught.value.faults
    say = catalogue("de").gettext
    assert fault.place.line == 1
    assert said in f"{fault.filled(say(fault.message))} {fault.filled(say(fault.remedy))}"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Path]:
    """Schemas of a town's own: as the standard's, but for the one message of the registry."""
    shutil.copytree(schemas.folder() / "3.0.0", tmp_path / "schemas")
    for path in (tmp_path / "schemas").iterdir():
        path.chmod(0o644)
    yield tmp_path / "schemas"


def test_schemas_that_the_office_supplies_are_asked(tmp_path: Path, town: Path) -> None:
    for name, where in (("a", town), ("b", schemas.folder())):
        assert hand_over("xdomea", tmp_path / name, parcel(), f"schemas: {where}\n").state == "done"


def test_an_invalid_message_stays_in_the_house(tmp_path: Path, town: Path) -> None:
    types = town / "xdomea-Datentypen.xsd"
    text = types.read_text(encoding="utf-8")
    types.write_text(text.replace('<xs:enumeration value="0101">', '<xs:enumeration value="0999">'), encoding="utf-8")
    (told,) = refused(tmp_path / "out", f"schemas: {town}\n").values()
    assert "0101" in told


def test_schemas_that_are_none(tmp_path: Path, town: Path) -> None:
    assert "3.1.0" in refused(tmp_path / "a", f"schemas: {town}\nversion: 3.1.0\n")["xdomea.schemas"]
    assert "xdomea.xsd" in refused(tmp_path / "b", f"schemas: {tmp_path / 'nowhere'}\n")["xdomea.schemas"]
    (town / "xdomea-Baukasten.xsd").write_text("<", encoding="utf-8")
    shutil.copytree(town, tmp_path / "broken")
    assert "xdomea.schemas" in refused(tmp_path / "c", f"schemas: {tmp_path / 'broken'}\n")


def test_a_dry_run_names_the_files(tmp_path: Path) -> None:
    from report import deliver

    plan = deliver.target("xdomea").plan(call("xdomea", tmp_path, parcel()))
    (step,) = plan.steps
    assert step.files[0].endswith("_Information.Information.0101.zip")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("target", ["xdomea", "eark"])
def test_a_drive_that_is_away_is_named(tmp_path: Path, target: str) -> None:
    handed = hand_over(target, tmp_path, parcel(), "path: //server/eingang\n")
    assert (handed.state, handed.exit_code) == ("failed", 7)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


# -- the writer, the names, the ZIP --


SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc",), exclude_characters="\ufffe\uffff")


@given(st.text(SIGNS), st.text("ab<>&\"' \n\t"))
def test_what_is_written_is_read_again(text: str, value: str) -> None:
    root = written(node("a", leaf("b", text, {"c": value}), None, [leaf("d", "")]))
    read = etree.fromstring(root)
    assert (read[0].text or "") == text
    assert read[0].get("c") == value
    assert root == written(node("a", leaf("b", text, {"c": value}), leaf("d", "")))


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_other_words_have_another_uuid(one: list[str], other: list[str]) -> None:
    assert (uuid(*one) == uuid(*other)) == (one == other)
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", uuid(*one))


def test_a_uuid_can_be_worked_out_by_others() -> None:
    import uuid as standard

    name = "urn:satzspiegel:Stadt%3AA:akte:13"
    assert uuid("Stadt:A", "akte", "13") == str(standard.uuid5(standard.NAMESPACE_URL, name))


def test_a_zip_has_nothing_of_the_machine() -> None:
    packed = zipped({"b.txt": b"b", "a/c.txt": b""}, TIME)
    assert packed == zipped({"b.txt": b"b", "a/c.txt": b""}, TIME)
    with zipfile.ZipFile(io.BytesIO(packed)) as found:
        assert [(one.filename, one.date_time) for one in found.infolist()] == [
            ("b.txt", (2026, 11, 25, 16, 30, 0)),
            ("a/c.txt", (2026, 11, 25, 16, 30, 0)),
        ]
