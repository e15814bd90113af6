"""Folder, bag and DNS package: what an archive takes, accepted by programs and rules that are not ours."""

from __future__ import annotations

import hashlib
import io
import os
import re
import resource
import shutil
import signal
import subprocess
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.deliver import Journal, bags, listing
from report.errors import DeliveryFault, LayoutFault
from report.parcel import Item, Parcel
from report.records import replace
from tests.goldens import assert_golden
from tests.mailserver import PASSWORD, Server
from tests.parcels import TIME, hand_over, items, killed_at, parcel, points, settings, tree, with_leaflet

WAYS = {
    "folder": ("folder", ""),
    "bagit": ("bagit", ""),
    "bagit-zip": ("bagit", "form: zip\n"),
    "bagit-tar": ("bagit", "form: tar\n"),
    "dns": ("dns", ""),
    "dns-delta": ("dns", "versions: delta\n"),
}
OPEN = """public: ja
institution: ja
migration: notify
law: epflicht
ddb: nein
licence: https://creativecommons.org/licenses/by/4.0/
licence_label: CC BY 4.0
"""


def put(name: str, tmp_path: Path, text: str = "", given_parcel: Parcel | None = None) -> Path:
    handed = hand_over(name, tmp_path, given_parcel or parcel(), text)
    assert handed.state == "done", handed.findings
    return tmp_path / name


# -- the folder --


def test_of_several_layouts_the_longest_is_due(tmp_path: Path) -> None:
    given = with_leaflet()
    items = tuple(replace(item, pages=6 if item.layout == "leaflet" else 3) for item in given.items)
    hand_over("folder", tmp_path, replace(given, items=items))
    sheet = (tmp_path / "folder" / "familienkommune-v1" / "pflichtexemplar.txt").read_text(encoding="utf-8")
    assert "familienkommune-leaflet-archive.pdf" in sheet
    assert "6 Seiten" in sheet


def test_the_folder_as_its_archive_opens_it(tmp_path: Path) -> None:
    there = put("folder", tmp_path) / "familienkommune-v1"
    assert_golden("deliver/folder-contents", (there / "INHALT.txt").read_text(encoding="utf-8"))
    assert_golden("deliver/folder-deposit", (there / "pflichtexemplar.txt").read_text(encoding="utf-8"))
    xml = (there / "pflichtexemplar-dublin-core.xml").read_text(encoding="utf-8")
    assert_golden("deliver/folder-dublin-core", xml)
    ElementTree.fromstring(xml)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum")
def test_the_checksums_as_another_program_reads_them(tmp_path: Path) -> None:
    there = put("folder", tmp_path) / "familienkommune-v1"
    order = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    answer = subprocess.run(order, cwd=there, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    told = {line.split(":")[0] for line in answer.stdout.splitlines()}
    assert told == {path.name for path in there.iterdir()} - {"SHA256SUMS"}


@pytest.mark.parametrize("way", WAYS)
def test_names_are_plain_and_no_two_differ_in_their_ending_alone(way: str, tmp_path: Path) -> None:
    name, text = WAYS[way]
    contents = unpacked(put(name, tmp_path, text))
    assert all(re.fullmatch(r"[A-Za-z0-9./_-]+", path) for path in contents)
    stems = Counter(path.rpartition(".")[0].casefold() or path for path in contents)
    assert max(stems.values()) == 1, stems.most_common(2)


def unpacked(there: Path) -> dict[str, bytes]:
    """Return the files at a target by name, packed ones unpacked."""
    found: dict[str, bytes] = {}
    for path in (one for one in there.rglob("*") if one.is_file()):
        if path.suffix == ".tar":
            with tarfile.open(path) as packed:
                members = [one for one in packed if one.isfile()]
                found |= {one.name: packed.extractfile(one).read() for one in members}  # type: ignore[union-attr]
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as zipped:
                found |= {one: zipped.read(one) for one in zipped.namelist()}
        else:
            found[path.relative_to(there).as_posix()] = path.read_bytes()
    return found


def test_two_names_that_differ_in_their_ending_alone_are_refused(tmp_path: Path) -> None:
    twice = replace(parcel(), items=(*items(), Item("picture", "familienkommune-quelle.png", "image/png", b"x")))
    for name in ("folder", "bagit", "dns"):
        with pytest.raises(DeliveryFault, match=r"familienkommune-quelle\.png"):
            hand_over(name, tmp_path / name, twice)


@pytest.mark.parametrize(
    ("facts", "due"),
    [({}, True), ({"deposit": False}, False), ({"draft": True}, False), ({"kind": "Pressemitteilung"}, False)],
)
def test_a_title_record_where_the_library_is_due_a_copy(facts: dict[str, object], due: bool, tmp_path: Path) -> None:
    kind = facts.pop("kind", None)
    sent = parcel(**facts)
    if kind:
        sent = replace(sent, facts=replace(sent.facts, filing=replace(sent.facts.filing, kind=kind)))
    there = put("folder", tmp_path, given_parcel=sent) / "familienkommune-v1"
    assert len(list(there.glob("pflichtexemplar*"))) == (2 if due else 0)


def test_what_the_house_grants_the_library(tmp_path: Path) -> None:
    text = "deposit: {access: open, licence: CC BY 4.0, series: Gladbecker Hefte}\n"
    there = put("folder", tmp_path, text) / "familienkommune-v1"
    sheet = (there / "pflichtexemplar.txt").read_text(encoding="utf-8")
    assert "Gladbecker Hefte" in sheet
    assert "CC BY 4.0" in sheet
    assert "<dcterms:accessRights>open access" in (there / "pflichtexemplar-dublin-core.xml").read_text("utf-8")
    with pytest.raises(LayoutFault) as stop:
        settings("folder", "pfad: x\ndeposit: {access: frei}\n")
    assert [fault.place.line for fault in stop.value.faults] == [1, 2]


@given(st.text(min_size=1, max_size=300))
def test_any_words_stand_in_the_list(title: str) -> None:
    told = listing.listing(parcel(title=title, keywords=(title,)), items()).decode()
    assert all(word in told for word in title.split())
    assert all(one.sha256 in told and one.name in told for one in items())


# -- what went by mail --


MAIL = (
    b"To: presse@example.org,\r\n zeitung@example.org\r\nSubject: Familienkommune\r\nbcc: x@example.org\r\n\r\n"
    b"To: Gladbeck\r\n"
)


def mail(tmp_path: Path, *steps: str, sent: int = 0) -> None:
    """Let the journal tell of a mail, as the mail target does: a draft, a message to a list, blocks of it."""
    (tmp_path / "mail").mkdir(exist_ok=True)
    journal = Journal(tmp_path, lambda: "2026-11-25T17:05:00+01:00")
    if journal.version(parcel().version.files) is None:
        journal.begin(parcel().version.files, "")
    for step in steps:
        word = step.partition(" ")[0]
        told: dict[str, object] = {"list": "presse.csv", "rows": "2-51", "sent": sent}
        if word in ("draft", "message"):
            file = f"familienkommune-v1{'-gesendet-presse' if word == 'message' else ''}.eml"
            data = MAIL + word.encode()
            (tmp_path / "mail" / file).write_bytes(data)
            told = {"file": f"mail/{file}", "sha256": hashlib.sha256(data).hexdigest()}
        journal.step("done", 1, "mail", "mail", step, told)


def test_the_mail_lies_in_the_folder_without_whom_it_went_to(tmp_path: Path) -> None:
    mail(tmp_path, "draft", "message presse.csv", "send presse.csv 2-41", sent=40)
    mail(tmp_path, "send presse.csv 42-43", sent=2)
    there = put("folder", tmp_path) / "familienkommune-v1"
    told = (there / "INHALT.txt").read_text(encoding="utf-8")
    assert re.search(r"presse\.csv\n.*42\n.*25\.11\.2026, 17:05", told)
    (filed,) = there.glob("*.eml")
    assert filed.name == "familienkommune-mail-gesendet-presse.eml"
    assert filed.read_bytes() == b"Subject: Familienkommune\r\n\r\nTo: Gladbeck\r\nmessage"
    assert not any(b"@example.org" in data for name, data in tree(there).items() if name != "pflichtexemplar.txt")


def test_a_mail_that_goes_later_is_filed_beside(tmp_path: Path) -> None:
    mail(tmp_path, "draft")
    there = put("folder", tmp_path)
    first = tree(there)
    for steps in (("message presse.csv", "send presse.csv 2-51"), ("again presse.csv 2-51 1",)):
        mail(tmp_path, *steps, sent=len(steps))
        for _ in points(lambda: hand_over("folder", tmp_path, parcel())):
            assert {name: data for name, data in tree(there).items() if "nachtrag" not in name} == first
        assert hand_over("folder", tmp_path, parcel()).state == "already"
    assert sorted(path.name for path in there.iterdir() if not path.name.startswith(".")) == [
        "familienkommune-v1", "familienkommune-v1-nachtrag-1", "familienkommune-v1-nachtrag-2"
    ]  # fmt: skip
    told = (there / "familienkommune-v1-nachtrag-2" / "INHALT.txt").read_text(encoding="utf-8")
    assert_golden("deliver/folder-addition", told)
    (told,) = (data.decode() for name, data in tree(tmp_path / "folder").items() if name.endswith("v1/INHALT.txt"))
    assert "Was es ist: Ein Entwurf der Mail: von Hand verschickt oder gar nicht" in " ".join(told.split())


def test_a_mail_that_goes_between_folder_and_journal_is_filed_beside(tmp_path: Path) -> None:
    """The run is killed behind the folder, before the journal hears of it; then a mail goes out."""
    mail(tmp_path, "draft")
    for _ in points(lambda: hand_over("folder", tmp_path, parcel())):
        if (tmp_path / "folder" / "familienkommune-v1").is_dir():
            break
    assert not [one for one in Journal(tmp_path, str).done() if one.target == "folder"]
    mail(tmp_path, "message presse.csv", "send presse.csv 2-4", sent=3)
    put("folder", tmp_path)
    beside = tmp_path / "folder" / "familienkommune-v1-nachtrag-1"
    assert (beside / "familienkommune-mail-gesendet-presse.eml").is_file()


def test_what_a_real_server_took_is_filed_beside_without_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an office does it: the draft with the folder, later the mail itself, then the folder's order again."""
    monkeypatch.setenv("SATZSPIEGEL_MAIL_PASSWORD", PASSWORD)
    people = tmp_path / "presse.csv"
    people.write_text("E-Mail\n" + "".join(f"p{number}@example.org\n" for number in range(5)), encoding="utf-8")
    hand_over("mail", tmp_path, parcel())
    there = put("folder", tmp_path)
    first = tree(there)
    with Server(tmp_path) as server:
        handed = hand_over("mail", tmp_path, parcel(), server.settings(people, block=2), send=True)
        assert handed.state == "done", handed.findings
        sent = server.settled().messages[0][2]
    assert hand_over("folder", tmp_path, parcel()).state == "done"
    beside = there / "familienkommune-v1-nachtrag-1"
    assert {name: data for name, data in tree(there).items() if "nachtrag" not in name} == first
    assert re.search(r"Verteiler: presse\.csv\nEmpfänger: 5\n", (beside / "INHALT.txt").read_text(encoding="utf-8"))
    filed = (beside / "familienkommune-mail-gesendet-presse.eml").read_bytes()
    assert filed == re.sub(rb"To: [^\n]*\n", b"", sent, count=1)
    assert not [path.name for path in beside.iterdir() if re.search(rb"p\d@example\.org", path.read_bytes())]
    assert hand_over("folder", tmp_path, parcel()).state == "already"


def test_a_mail_that_was_changed_is_told_and_not_filed(tmp_path: Path) -> None:
    mail(tmp_path, "draft")
    (tmp_path / "mail" / "familienkommune-v1.eml").write_bytes(b"of somebody else")
    handed = hand_over("folder", tmp_path, parcel())
    assert (handed.state, [one.rule for one in handed.findings]) == ("done", ["folder.mail"])
    assert not list((tmp_path / "folder").rglob("*.eml"))


# -- bags --


@pytest.mark.parametrize("way", ["bagit", "bagit-zip", "bagit-tar", "dns", "dns-delta"])
def test_bags_as_the_library_of_congress_reads_them(way: str, tmp_path: Path) -> None:
    name, text = WAYS[way]
    there = put(name, tmp_path, text)
    for path, data in unpacked(there).items():
        target = tmp_path / "read" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (found,) = (tmp_path / "read").iterdir()
    bag = bagit.Bag(str(found))
    bag.validate(completeness_only=False)
    assert set(bag.algorithms) == ({"md5"} if name == "dns" else {"sha256", "sha512"})
    assert bag.info["Source-Organization"] == "Stadt Gladbeck"
    assert bag.info["Bagging-Date"] == TIME[:10]
    assert bag.info["External-Identifier"] == found.name
    assert not [path for path in found.rglob("*") if path.is_dir() and path.name != "data"]


def test_what_a_bag_says_of_itself(tmp_path: Path) -> None:
    there = put("bagit", tmp_path, given_parcel=parcel(2)) / "familienkommune-v2"
    assert_golden("deliver/bag-info", (there / "bag-info.txt").read_text(encoding="utf-8"))


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    there = put("bagit", tmp_path) / "familienkommune-v1"
    path = there / "data" / "familienkommune-quelle.yaml"
    path.write_bytes(path.read_bytes().replace(b"A", b"B"))
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(there)).validate()


_NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="/\\:"), min_size=1, max_size=20)


@given(st.dictionaries(_NAMES.filter(lambda name: name.strip(". ") == name), st.binary(max_size=50), max_size=5))
def test_any_names_stand_in_the_manifest(payload: dict[str, bytes]) -> None:
    """Read as RFC 8493 says: one line a file, the path spelled back."""
    files = bags.bag(payload, ("sha256",), [("A", "b\n c")])
    told = {}
    for line in files["manifest-sha256.txt"].decode().split("\n")[:-1]:
        digest, _, path = line.partition("  ")
        path = re.sub("%(0A|0D|25)", lambda found: chr(int(found[1], 16)), path)
        told[path] = digest
    assert told == {f"data/{name}": hashlib.sha256(data).hexdigest() for name, data in payload.items()}
    assert b"A: b c\n" in files["bag-info.txt"]


def test_a_tar_tells_nothing_of_the_machine(tmp_path: Path) -> None:
    (packed,) = put("dns", tmp_path).glob("*.tar")
    with tarfile.open(packed) as found:
        told = {(one.uid, one.gid, one.uname, one.gname, one.mtime) for one in found}
    assert told == {(0, 0, "", "", 1795620600)}


# -- the DNS of DA NRW --


@pytest.mark.parametrize("text", ["", OPEN])
def test_a_dns_package_after_the_archives_rules(text: str, tmp_path: Path) -> None:
    (container,) = put("dns", tmp_path, text).glob("*")
    assert sip_faults(container.name, container.read_bytes()) == []


def sip_faults(name: str, data: bytes) -> list[str]:
    """Return what the DNS would refuse: its rules for a SIP (structure, names, documents) and for premis.xml."""
    stem, _, ending = name.rpartition(".")
    faults = [] if ending in ("tar", "tgz", "zip") else ["container"]
    with tarfile.open(fileobj=io.BytesIO(data)) as packed:
        members = packed.getmembers()
        names = [one.name for one in members if one.isfile()]
        read = {one.name: packed.extractfile(one).read() for one in members if one.isfile()}  # type: ignore[union-attr]
    if {path.split("/")[0] for path in names} != {stem}:
        faults.append("one folder of the container's name")
    top = {path.split("/")[1] for path in names if path.count("/") == 1}
    if top != {"bagit.txt", "bag-info.txt", "manifest-md5.txt", "tagmanifest-md5.txt"}:
        faults.append(f"tag files: {top}")
    payload = [path.removeprefix(f"{stem}/data/") for path in names if path.startswith(f"{stem}/data/")]
    documents = Counter(path.rpartition(".")[0] for path in payload)
    faults += [f"twice: {one}" for one, count in documents.items() if count > 1]
    faults += [f"special signs: {one}" for one in payload if not re.fullmatch(r"[A-Za-z0-9._/-]+", one)]
    if "premis.xml" not in payload:
        return [*faults, "no premis.xml"]
    return faults + premis_faults(read[f"{stem}/data/premis.xml"], stem)


P, D = "{info:lc/xmlns/premis-v2}", "{http://www.danrw.de/contract/v1}"
# PREMIS 2.2 and the contract's schema: which elements may stand in which, in this order
ORDER = {
    f"{P}premis": "object event agent rights",
    f"{P}object": "objectIdentifier",
    f"{P}objectIdentifier": "objectIdentifierType objectIdentifierValue",
    f"{P}event": "eventIdentifier eventType eventDateTime linkingAgentIdentifier linkingObjectIdentifier",
    f"{P}agent": "agentIdentifier agentType",
    f"{P}rights": "rightsStatement rightsExtension",
    f"{P}rightsStatement": "rightsStatementIdentifier rightsBasis rightsGranted",
    f"{P}rightsGranted": "act restriction termOfGrant",
    f"{P}termOfGrant": "startDate",
    f"{P}rightsExtension": "rightsGranted",
    f"{D}rightsGranted": "migrationRight DDBexclusion publicationLicense publicationRight",
    f"{D}migrationRight": "condition",
    f"{D}publicationRight": "audience startDate lawID restrictions",
}


def premis_faults(data: bytes, name: str) -> list[str]:
    """Return what is wrong with a premis.xml of the container `name`."""
    root = ElementTree.fromstring(data)
    faults = [] if root.tag == f"{P}premis" and root.get("version") == "2.2" else ["not PREMIS 2.2"]
    for element in root.iter():
        local = [child.tag.rpartition("}")[2] for child in element]
        known = ORDER.get(element.tag, "").split()
        if known and (not set(local) <= set(known) or local != sorted(local, key=known.index)):
            faults.append(f"{element.tag}: {local}")
    if root.findtext(f"{P}object/{P}objectIdentifier/{P}objectIdentifierValue") != name:
        faults.append("package name")
    if root.findtext(f"{P}event/{P}eventType") != "SIP_CREATION":
        faults.append("event of creation")
    acts = {one.text for one in root.iter(f"{P}act")}
    contract = root.find(f".//{D}rightsGranted")
    assert contract is not None
    audiences = {f"PUBLICATION_{one.text}" for one in contract.iter(f"{D}audience")}
    if acts != {"MIGRATION", *audiences}:
        faults.append(f"acts {acts}, audiences {audiences}")
    if contract.findtext(f"{D}migrationRight/{D}condition") not in ("NONE", "NOTIFY", "CONFIRM"):
        faults.append("migration")
    if any(one.text not in ("EPFLICHT", "URHG_DE") for one in contract.iter(f"{D}lawID")):
        faults.append("law")
    if any(one.find(f"{D}restrictions") is None for one in contract.iter(f"{D}publicationRight")):
        faults.append("restrictions")
    licence = contract.find(f"{D}publicationLicense")
    if bool(audiences) != (licence is not None and bool(licence.get("href"))):
        faults.append("licence")
    return faults


def test_the_contract_in_full(tmp_path: Path) -> None:
    contents = unpacked(put("dns", tmp_path, OPEN))
    assert_golden("deliver/premis", contents["familienkommune-v1/data/premis.xml"].decode())


def test_a_later_version_is_its_own_object_or_an_addition_to_the_first(tmp_path: Path) -> None:
    for number in (1, 2):
        hand_over("dns", tmp_path, parcel(number))
        hand_over("dns", tmp_path / "delta", parcel(number), "versions: delta\n")
    assert sorted(tree(tmp_path / "dns")) == ["familienkommune-v1.tar", "familienkommune-v2.tar"]
    found = tree(tmp_path / "delta" / "dns")
    assert sorted(found) == ["v1/familienkommune.tar", "v2/familienkommune.tar"]
    assert [sip_faults("familienkommune.tar", data) for data in found.values()] == [[], []]


def test_a_contract_that_the_archive_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(LayoutFault) as stop:
        settings("dns", "public: ja\nlicence: CC BY 4.0\nmigration: vielleicht\nlaw: nix\nlizenz: x\n")
    assert sorted(fault.place.line for fault in stop.value.faults) == [2, 3, 4, 5]
    with pytest.raises(LayoutFault, match="licence"):
        settings("dns", "public: ja\n")


# -- every target: the same bytes, every kill, drives that refuse --


@pytest.mark.parametrize("way", WAYS)
def test_the_same_order_gives_the_same_bytes_and_does_nothing_twice(way: str, tmp_path: Path) -> None:
    name, text = WAYS[way]
    put(name, tmp_path / "a", text)
    put(name, tmp_path / "b", text)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert hand_over(name, tmp_path / "a", parcel(), text).state == "already"
    assert hand_over(name, tmp_path / "a", parcel(2), text).state == "done"
    later = tree(tmp_path / "a")
    assert {path: later[path] for path in tree(tmp_path / "b")} == tree(tmp_path / "b")


@pytest.mark.parametrize("way", WAYS)
def test_a_run_killed_anywhere_loses_nothing_and_leaves_nothing(way: str, tmp_path: Path) -> None:
    name, text = WAYS[way]
    put(name, tmp_path / "whole", text)
    count = sum(1 for _ in points(lambda: hand_over(name, tmp_path / "killed", parcel(), text)))
    assert count > 4
    assert tree(tmp_path / "killed") == tree(tmp_path / "whole")
    assert hand_over(name, tmp_path / "killed", parcel(), text).state == "already"


@pytest.mark.parametrize("way", ["bagit-zip", "bagit-tar", "dns", "dns-delta"])
def test_a_package_that_was_taken_away_is_not_put_again(way: str, tmp_path: Path) -> None:
    """A second container of one name would be an addition to the first: killed behind the name, then taken."""
    name, text = WAYS[way]
    seen = set()
    for touch in range(100):
        to, own = tmp_path / f"to-{touch}", tmp_path / f"own-{touch}"
        to.mkdir()
        order = f"{text}path: {to}\n"
        killed = killed_at(touch, lambda own=own, order=order: hand_over(name, own, parcel(), order))  # type: ignore[misc]
        packages = 0
        for _ in range(2):
            for path in [one for one in to.rglob("*") if one.suffix in (".zip", ".tar")]:
                path.unlink()
                packages += 1
            assert hand_over(name, own, parcel(), order).state in ("done", "already")
        packages += sum(1 for one in to.rglob("*") if one.suffix in (".zip", ".tar"))
        assert packages == 1
        seen.add((killed, packages))
        if not killed:
            break
    assert seen == {(True, 1), (False, 1)}


@pytest.mark.parametrize("way", WAYS)
def test_a_folder_that_is_away_is_not_made(way: str, tmp_path: Path) -> None:
    """A drive that is not connected must not become a folder of that name on the office's own disk."""
    name, text = WAYS[way]
    handed = hand_over(name, tmp_path, parcel(), f"{text}path: {tmp_path}/Archiv Übergabe/2026\n")
    assert (handed.state, handed.exit_code) == ("failed", 7)
    assert [one.rule for one in handed.findings] == ["deliver.no-folder"]
    assert not (tmp_path / "Archiv Übergabe").exists()
    (tmp_path / "Archiv Übergabe" / "2026").mkdir(parents=True)
    assert hand_over(name, tmp_path, parcel(), f"{text}path: {tmp_path}/Archiv Übergabe/2026\n").state == "done"


@pytest.mark.parametrize("way", WAYS)
def test_a_drive_that_takes_no_more_leaves_nothing_half(way: str, tmp_path: Path) -> None:
    name, text = WAYS[way]
    (tmp_path / "to").mkdir()
    order = f"{text}path: {tmp_path}/to\n"
    assert limited(60, lambda: hand_over(name, tmp_path, parcel(), order).exit_code) == 7
    assert not [path for path in tree(tmp_path / "to") if ".part" not in path]
    assert hand_over(name, tmp_path, parcel(), order).state == "done"
    assert not [path for path in tree(tmp_path / "to") if ".part" in path]


def limited(most: int, run: Callable[[], int]) -> int:
    """Run in a process of its own whose files outside the journal end at `most` bytes; return what it returns."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            code = _within(most, run)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _within(most: int, run: Callable[[], int]) -> int:
    """The journal is written at its end: so the limit is set by the first file of the target that is opened."""
    import sys

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and ".part" in str(arguments[0]):
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        elif event == "open" and "hand-over" in str(arguments[0]):
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    sys.addaudithook(watch)
    return run()


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="no folder that not even root may write to")
@pytest.mark.parametrize("way", WAYS)
def test_a_folder_that_only_reads_is_told(way: str, tmp_path: Path) -> None:
    name, text = WAYS[way]
    handed = hand_over(name, tmp_path, parcel(), f"{text}path: /sys/kernel\n")
    assert (handed.state, handed.exit_code) == ("failed", 7)
    (fault,) = handed.findings
    assert "write" in fault.message or "reading only" in fault.message
    assert "target" in fault.remedy


def test_another_thing_of_the_same_name_is_left(tmp_path: Path) -> None:
    for name, ending in (("folder", ""), ("bagit", ""), ("dns", ".tar")):
        at = f"familienkommune-v1{ending}"
        (tmp_path / name).mkdir()
        (tmp_path / name / at).write_bytes(b"of somebody else")
        handed = hand_over(name, tmp_path, parcel())
        assert (handed.state, handed.exit_code) == ("failed", 8)
        assert (tmp_path / name / at).read_bytes() == b"of somebody else"
