"""One order on the sample: every edition, and every target at once; the same order again changes nothing."""

from __future__ import annotations

import email.policy
import json
import shutil
import subprocess
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

import bagit
import pytest
import yaml

from report import cli
from report.deliver import TARGETS
from report.locales import catalogue
from tests import schemas
from tests.parcels import tree
from tests.test_cmis import inventory

ID = "familienkommune-gladbeck"
FOLDER = "Ein Auftrag"


@pytest.fixture
def house(tmp_path: Path, cmis_server: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copied house whose records system is the running CMIS server; all else stays as it is without settings."""
    monkeypatch.setenv("SATZSPIEGEL_CMIS_PASSWORD", "geheim")
    folder = tmp_path / "haus"
    shutil.copytree("assets/houses/a", folder)
    said = {"url": cmis_server, "security": "none", "account": "presse", "type": "VersionableType"}
    given = yaml.safe_dump({"deliver": {"cmis": {**said, "folder": f"/Presse/{FOLDER}"}}})
    with (folder / "house.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"\n{given}")
    return folder


def ordered(tmp_path: Path, house: Path, *more: str) -> int:
    every = ["--edition", "print,office,mail,archive,html,text", "--deliver", ",".join(TARGETS)]
    return cli.main([*every, "--house", str(house), "--out", str(tmp_path / "out"), *more])


def test_one_order_reaches_every_target(
    tmp_path: Path, house: Path, cmis_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ordered(tmp_path, house) == 0
    told = capsys.readouterr().out
    assert [
        name for name in TARGETS if f"{name}, Fassung 1: {catalogue('de').gettext('handed over')}" not in told
    ] == []
    out = tmp_path / "out" / ID
    archive = (tmp_path / "out" / f"{ID}-brochure-archive.pdf").read_bytes()

    (letter,) = (out / "mail").glob("*.eml")
    with letter.open("rb") as stream:
        message = email.message_from_binary_file(stream, policy=email.policy.default)
    assert message["X-Unsent"] == "1"
    assert "Ausgezeichnet familienfreundlich" in message["Subject"]
    attached = [part for part in message.walk() if part.get_content_type() == "application/pdf"]
    assert [part.get_content() for part in attached] == [(tmp_path / "out" / f"{ID}-brochure-mail.pdf").read_bytes()]

    filed = out / "folder" / f"{ID}-v1"
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=filed, check=True)
    stems = [path.stem for path in filed.iterdir()]
    assert len(stems) == len(set(stems))

    (bag,) = (path for path in (out / "bagit").iterdir() if path.is_dir())
    assert bagit.Bag(str(bag)).validate()

    (package,) = (out / "dns").glob("*.tar")
    with tarfile.open(package) as tar:
        assert {name.partition("/")[0] for name in tar.getnames()} == {package.stem}

    (message_file,) = (out / "xdomea").glob("*.zip")
    with zipfile.ZipFile(message_file) as packed:
        assert packed.testzip() is None
        assert archive in [packed.read(name) for name in packed.namelist()]
        (xml,) = (packed.read(name) for name in packed.namelist() if name.endswith(".xml"))
    assert list((out / "dms").glob("*.xml"))
    assert list((out / "eark").iterdir())
    assert inventory(cmis_server, f"/Presse/{FOLDER}") == {f"{ID}-brochure-archive.pdf": [("1.0", "", archive)]}

    events = [json.loads(line) for line in (out / "hand-over.jsonl").read_text(encoding="utf-8").splitlines()]
    (version,) = (event for event in events if event["event"] == "version")
    assert version["files"][f"{ID}-brochure-archive.pdf"] == sha256(archive).hexdigest()
    assert str(tmp_path) not in (out / "hand-over.jsonl").read_text(encoding="utf-8")

    before, journal = tree(out), (out / "hand-over.jsonl").read_bytes()
    assert ordered(tmp_path, house) == 0
    assert tree(out) == before
    assert (out / "hand-over.jsonl").read_bytes() == journal
    assert inventory(cmis_server, f"/Presse/{FOLDER}") == {f"{ID}-brochure-archive.pdf": [("1.0", "", archive)]}
    assert schemas.faults(xml, "3.0.0") == []
