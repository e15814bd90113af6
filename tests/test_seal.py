"""The seal: the file is what it was, a second program finds it valid, veraPDF finds no fault, it is sealed once."""

from __future__ import annotations

import email
import io
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from report import cli
from report.deliver import Journal, seal
from report.errors import DeliveryFault, LayoutFault
from report.order import Job
from report.parcel import Parcel
from report.production import produce
from report.records import replace
from tests import conftest
from tests.parcels import call, hand_over, parcel, points, settings, ticking, tree
from tests.seals import END, MODULE, PASSPHRASE, PIN, Authority, served

FILE = "certificate: siegel.p12\nreason: Freigegeben\nplace: Gladbeck\n"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def brochure(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("out")
    sample = Path("assets/samples/familienkommune-gladbeck/article.yaml")
    return produce(Job(sample, editions=("mail",), out=out)).products[0].path.read_bytes()


@pytest.fixture
def given(brochure: bytes) -> Parcel:
    found = parcel()
    return replace(
        found, items=tuple(replace(one, data=brochure) if one.role == "mail" else one for one in found.items)
    )


@pytest.fixture
def house(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Path:
    authority.file(tmp_path / "siegel.p12")
    monkeypatch.setenv("SATZSPIEGEL_SEAL_PASSPHRASE", PASSPHRASE)
    return tmp_path


def mailed(folder: Path, given: Parcel, text: str) -> bytes:
    """Seal and return the mail copy."""
    handed = hand_over("seal", folder, given, text)
    assert handed.state in ("done", "already"), [str(one) for one in handed.findings]
    (item,) = seal.sealed(call("seal", folder, given, text)).of("mail")
    return item.data


def judged(data: bytes, authority: Authority) -> str:
    """Ask pyHanko with the test's authority as the only root."""
    der = authority.certificate.public_bytes(serialization.Encoding.DER)
    trust = ValidationContext(trust_roots=[asn1x509.Certificate.load(der)], allow_fetching=False)
    signature = PdfFileReader(io.BytesIO(data)).embedded_signatures[0]
    status = validate_pdf_signature(signature, trust, trust)
    stamped = "stamped" if status.timestamp_validity and status.timestamp_validity.valid else "not stamped"
    return f"{'valid' if status.bottom_line else 'not valid'}, {stamped}"


def pdfsig(path: Path, data: bytes) -> str:
    """Ask poppler, which knows nothing of us and nothing of pyHanko."""
    if shutil.which("pdfsig") is None:
        conftest.missing("poppler's pdfsig (Debian: poppler-utils)")
    path.write_bytes(data)
    return subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=True).stdout


def test_a_sealed_file_is_the_file_and_its_seal(house: Path, given: Parcel, authority: Authority) -> None:
    data = mailed(house, given, FILE)
    (before,) = given.of("mail")
    assert data.startswith(before.data)
    assert judged(data, authority) == "valid, not stamped"
    said = pdfsig(house / "sealed.pdf", data)
    assert "Signature is Valid." in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert "Nov 25 2026" in said  # the journal's moment


def test_a_sealed_file_still_passes(house: Path, given: Parcel, judge: conftest.Judge) -> None:
    path = house / "sealed.pdf"
    path.write_bytes(mailed(house, given, FILE))
    assert [judge.failed(flavour, path) for flavour in ("ua1", "2a")] == [[], []]


def test_a_time_stamp_is_asked_for(house: Path, given: Parcel, authority: Authority) -> None:
    with served(authority.stamper()) as address:
        data = mailed(house, given, f"{FILE}timestamp: {address}\n")
    assert judged(data, authority) == "valid, stamped"


def test_what_is_sealed_once_stays(house: Path, given: Parcel) -> None:
    data = mailed(house, given, FILE)
    assert mailed(house, given, FILE) == data
    (house / "sealed" / "v1" / given.of("mail")[0].name).write_bytes(b"something else")
    with pytest.raises(DeliveryFault, match="no longer"):
        seal.sealed(call("seal", house, given, FILE))


def test_only_the_mail_copy_unless_the_house_says_so(house: Path, brochure: bytes) -> None:
    found = parcel()
    both = replace(found, items=tuple(replace(one, data=brochure) if one.role in ("mail", "archive") else one for one in
                                      found.items))  # fmt: skip
    mailed(house, both, FILE)
    assert list(tree(house / "sealed")) == ["v1/familienkommune-brochure-mail.pdf"]
    wished = settings("seal", f"{FILE}archive: ja\n", house)
    assert wished.roles == ("mail", "archive")


def test_a_killed_run_seals_once(house: Path, given: Parcel) -> None:
    for _ in points(lambda: hand_over("seal", house, given, FILE)):
        pass
    assert hand_over("seal", house, given, FILE).state == "already"
    assert list(tree(house / "sealed")) == ["v1/familienkommune-brochure-mail.pdf"]
    assert sum(event["event"] == "done" for event in Journal(house, ticking()).events) == 1


def test_a_key_on_a_device(
    tmp_path: Path, given: Parcel, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not MODULE.is_file():
        conftest.missing("SoftHSM (Debian: softhsm2)")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    authority.device(tmp_path, "stadtsiegel")
    device = f"module: {MODULE}\ntoken: stadtsiegel\nlabel: siegel\n"
    monkeypatch.setenv("SATZSPIEGEL_SEAL_PIN", "4321")
    handed = hand_over("seal", tmp_path, given, device)
    assert "PIN" in str(handed.findings[-1])
    monkeypatch.setenv("SATZSPIEGEL_SEAL_PIN", PIN)
    assert judged(mailed(tmp_path, given, device), authority) == "valid, not stamped"
    handed = hand_over("seal", tmp_path / "x", given, device.replace("label: siegel", "label: fremd"))
    assert "fremd" in str(handed.findings[-1])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("reason: x\n", "needs its key"),
        ("certificate: a.p12\nmodule: b.so\ntoken: c\nlabel: d\n", "needs its key"),
        ("module: b.so\n", "is missing"),
        ("certificate: a.p12\npassphrase: geheim\n", "does not belong into this file"),
        ("certificate: a.p12\ntimestamp: tsa.example.org\n", "no address of the web"),
        ("certificate: a.p12\nreasn: x\n", "Unknown key"),
    ],
)
def test_a_wrong_house_file(text: str, fault: str) -> None:
    with pytest.raises(LayoutFault, match=fault):
        settings("seal", text)


def test_what_hinders_a_seal_is_named(
    house: Path, given: Parcel, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DeliveryFault, match=r"not there"):
        hand_over("seal", house, given, "certificate: fehlt.p12\n")
    authority.file(house / "alt.p12", datetime(2025, 1, 1))
    (house / "kein.p12").write_bytes(b"kein Siegel")
    with served(None) as address:
        told = [
            str(hand_over("seal", house, given, f"certificate: {text}\n").findings[-1])
            for text in (
                "alt.p12",
                "kein.p12",
                f"siegel.p12\ntimestamp: {address}",
                "siegel.p12\ntimeout: 1\ntimestamp: http://127.0.0.1:9/tsa",
            )
        ]
    monkeypatch.setenv("SATZSPIEGEL_SEAL_PASSPHRASE", "falsch")
    told.append(str(hand_over("seal", house, given, FILE).findings[-1]))
    for said, part in zip(
        told, ("valid from", "no PKCS#12", "no time stamp", "no time stamp", "passphrase"), strict=True
    ):
        assert part in said
    assert f"{END:%Y}" not in told[0]
    assert not (house / "sealed").exists()


def test_without_its_seal_nothing_goes_out(
    house: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree("assets/houses/a", house / "haus")
    shutil.copy(house / "siegel.p12", house / "haus")
    file = house / "haus" / "house.yaml"
    file.write_text(
        f"{file.read_text(encoding='utf-8')}\ndeliver:\n  seal:\n    certificate: siegel.p12\n", encoding="utf-8"
    )
    order = ["--deliver", "mail,folder", "--house", str(house / "haus"), "--out", str(house / "out")]
    monkeypatch.setenv("SATZSPIEGEL_SEAL_PASSPHRASE", "falsch")
    assert cli.main(order) == 8
    assert not (house / "out" / "familienkommune-gladbeck" / "folder").exists()
    monkeypatch.setenv("SATZSPIEGEL_SEAL_PASSPHRASE", PASSPHRASE)
    assert cli.main(order) == 0
    draft = house / "out" / "familienkommune-gladbeck" / "mail" / "familienkommune-gladbeck-v1.eml"
    plain = (house / "out" / "familienkommune-gladbeck-brochure-mail.pdf").read_bytes()
    told = email.message_from_bytes(draft.read_bytes())
    (sent,) = (one.get_payload(decode=True) for one in told.walk() if one.get_content_type() == "application/pdf")
    assert isinstance(sent, bytes)
    assert sent.startswith(plain)
    assert len(sent) > len(plain)
    assert cli.main(order) == 0
    assert "war schon übergeben" in capsys.readouterr().out
