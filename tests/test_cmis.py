"""CMIS against a real server: one document, one version for each of ours, whatever is killed or breaks; faults told."""

from __future__ import annotations

import json
import ssl
import urllib.request
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as some

from report import deliver
from report.deliver import Journal
from report.deliver.mapping import plain
from report.errors import DeliveryFault, LayoutFault
from report.locales import catalogue
from report.parcel import Filing, Version
from report.records import replace
from tests.goldens import assert_golden
from tests.lines import Relay, Said, serving
from tests.parcels import TIME, call, hand_over, killed_at, parcel, points, settings, ticking, with_leaflet
from tests.test_docs import blocks

NAME = "familienkommune-brochure-archive.pdf"
_NUMBERS = count()


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATZSPIEGEL_CMIS_PASSWORD", "geheim")
    monkeypatch.setenv("SATZSPIEGEL_CMIS_TOKEN", "wort")


def house(address: str, folder: str, type: str = "VersionableType", more: str = "") -> str:
    return f"""url: {address}
security: none
account: presse
folder: /Presse/{{year}}/{folder}
type: {type}
{more}"""


def fresh() -> str:
    return f"Ordner {next(_NUMBERS)}"


def ask(address: str, path: str, **fields: str) -> Any:
    """Ask the real server by other means than ours."""
    words = "&".join(f"{name}={quote(value)}" for name, value in fields.items())
    question = urllib.request.Request(f"{address}/A1/root{quote(path)}?{words}")
    question.add_header("Authorization", "Basic cHJlc3NlOmdlaGVpbQ==")
    with urllib.request.urlopen(question, timeout=60) as answer:
        data = answer.read()
    return data if fields["cmisselector"] == "content" else json.loads(data)


def inventory(address: str, path: str) -> dict[str, list[tuple[str, str, bytes]]]:
    """Return each document in a folder with its versions, the oldest first: label, comment, bytes."""
    found = {}
    for child in ask(address, path, cmisselector="children", succinct="true")["objects"]:
        own = child["object"]["succinctProperties"]
        assert own["cmis:isVersionSeriesCheckedOut"] is not True
        name = own["cmis:name"]
        told = [own]
        if own["cmis:objectTypeId"] == "VersionableType":
            every = ask(address, f"{path}/{name}", cmisselector="versions", succinct="true")
            told = [one["succinctProperties"] for one in every]
        found[name] = [
            (one["cmis:versionLabel"], one["cmis:checkinComment"] or "",
             ask(address, "", cmisselector="content", objectId=one["cmis:objectId"]))
            for one in reversed(told)
        ]  # fmt: skip
    return found


def bytes_of(number: int) -> bytes:
    return parcel(number).items[0].data


FIRST = [("1.0", "", bytes_of(1))]
BOTH = [*FIRST, ("2.0", "Name korrigiert", bytes_of(2))]


def said(faults: Any) -> str:
    return "\n".join(map(catalogue("de").say, faults))


# -- against the real server --


def test_a_document_and_its_next_version(cmis_server: str, tmp_path: Path) -> None:
    folder = fresh()
    text = house(
        cmis_server, folder, more="properties: {'cmis:description': standfirst, VersionedStringProp: 'Nr. {id}'}"
    )
    assert hand_over("cmis", tmp_path, parcel(), text).state == "done"
    assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: FIRST}
    own = ask(cmis_server, f"/Presse/2024/{folder}/{NAME}", cmisselector="object", succinct="true")[
        "succinctProperties"
    ]
    assert own["cmis:description"] == parcel().facts.standfirst
    assert own["VersionedStringProp"] == "Nr. familienkommune"
    assert own["cmis:contentStreamMimeType"] == "application/pdf"
    done = call("cmis", tmp_path, parcel(), text).results("cmis")
    assert [(one.result["object"], one.result["label"]) for one in done] == [(own["cmis:objectId"], "1.0")]
    assert hand_over("cmis", tmp_path, parcel(), text).state == "already"
    assert hand_over("cmis", tmp_path, parcel(2), text).state == "done"
    assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: BOTH}
    assert "geheim" not in (tmp_path / "hand-over.jsonl").read_text(encoding="utf-8")


def test_back_to_the_first_bytes_is_a_third_version(cmis_server: str, tmp_path: Path) -> None:
    folder = fresh()
    text = house(cmis_server, folder)
    hand_over("cmis", tmp_path, parcel(), text)
    hand_over("cmis", tmp_path, parcel(2), text)
    sums = {name: f"{digest[:-1]}0" for name, digest in parcel().version.files.items()}
    third = replace(parcel(), version=Version(3, TIME, "zurück", sums))
    for _ in points(lambda: hand_over("cmis", tmp_path, third, text)):
        pass
    assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: [*BOTH, ("3.0", "zurück", bytes_of(1))]}


def test_a_layout_that_joins_leaves_the_others_at_their_version(cmis_server: str, tmp_path: Path) -> None:
    folder = fresh()
    text = house(cmis_server, folder)
    hand_over("cmis", tmp_path, parcel(), text)
    joined = with_leaflet(2, joins=2)
    assert hand_over("cmis", tmp_path, joined, text).state == "done"
    leaflet = {joined.items[-1].name: [("1.0", "", joined.items[-1].data)]}
    assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: FIRST} | leaflet


def test_a_type_without_versions_gets_a_document_for_each(cmis_server: str, tmp_path: Path) -> None:
    folder = fresh()
    text = house(cmis_server, folder, "ComplexType")
    for number in (1, 2):
        assert hand_over("cmis", tmp_path, parcel(number), text).state == "done"
    found = inventory(cmis_server, f"/Presse/2024/{folder}")
    assert {name: data for name, ((_, _, data),) in found.items()} == {
        "familienkommune-brochure-archive-v1.pdf": bytes_of(1),
        "familienkommune-brochure-archive-v2.pdf": bytes_of(2),
    }


def test_several_files_and_names_of_the_houses_own(cmis_server: str, tmp_path: Path) -> None:
    folder = fresh()
    more = "files: [archive, mail, text]\nproperties: {'cmis:name': '{title} ({document.role})'}"
    assert hand_over("cmis", tmp_path, parcel(title='A/B: "ü"'), house(cmis_server, folder, more=more)).state == "done"
    names = sorted(inventory(cmis_server, f"/Presse/2024/{folder}"))
    assert names == ["A-B- -ü- (archive)", "A-B- -ü- (mail)", "A-B- -ü- (text)"]
    # the title is corrected: a new version of the same documents, not three more
    again = replace(parcel(2), facts=replace(parcel().facts, title="Ganz anders"))
    assert hand_over("cmis", tmp_path, again, house(cmis_server, folder, more=more)).state == "done"
    found = inventory(cmis_server, f"/Presse/2024/{folder}")
    assert sorted(found) == names
    assert [len(found[name]) for name in names] == [2, 2, 2]


def test_killed_at_every_touch_one_after_the_other(cmis_server: str, tmp_path: Path) -> None:
    folder = fresh()
    text = house(cmis_server, folder)
    told = sum(1 for _ in points(lambda: hand_over("cmis", tmp_path, parcel(), text)))
    assert told > 10
    assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: FIRST}
    for _ in points(lambda: hand_over("cmis", tmp_path, parcel(2), text)):
        pass
    assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: BOTH}
    assert hand_over("cmis", tmp_path, parcel(2), text).state == "already"


def test_killed_once_at_each_touch(cmis_server: str, tmp_path: Path) -> None:
    for touch in count():
        folder, place = fresh(), tmp_path / str(touch)
        text = house(cmis_server, folder)

        def both(place: Path = place, text: str = text) -> None:
            hand_over("cmis", place, parcel(), text)
            hand_over("cmis", place, parcel(2), text)

        if not killed_at(touch, both):
            break
        both()
        assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: BOTH}, touch
    assert touch > 30


@pytest.mark.parametrize("fault", ["busy", "deaf", "mute", "half"])
def test_a_line_that_breaks_at_any_question(fault: str, cmis_server: str, tmp_path: Path) -> None:
    for at in count():
        folder, relay = fresh(), Relay(cmis_server, at, fault)
        with serving(relay) as address:
            text = house(f"{address}/browser", folder)
            for number in (1, 2):
                handed = hand_over("cmis", tmp_path / str(at), parcel(number), text)
                assert handed.state == "done", (at, said(handed.findings))
        assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: BOTH}, at
        if relay.count <= at:
            break
    assert at > 10


def test_a_strangers_document_is_never_touched(cmis_server: str, tmp_path: Path) -> None:
    folder = fresh()
    hand_over("cmis", tmp_path / "theirs", replace(parcel(), items=parcel(2).items), house(cmis_server, folder))
    handed = hand_over("cmis", tmp_path / "ours", parcel(), house(cmis_server, folder))
    assert (handed.state, handed.exit_code) == ("failed", 8)
    assert f"/Presse/2024/{folder}/{NAME}" in said(handed.findings)
    assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: [("1.0", "", bytes_of(2))]}


def test_without_its_notes_a_document_is_known_by_its_bytes(cmis_server: str, tmp_path: Path) -> None:
    folder = fresh()
    hand_over("cmis", tmp_path / "lost", parcel(), house(cmis_server, folder))
    assert hand_over("cmis", tmp_path / "new", parcel(), house(cmis_server, folder)).state == "done"
    assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: FIRST}
    earlier = (Version(1, TIME, "", parcel().version.files),)
    after = replace(parcel(2), earlier=earlier)
    assert hand_over("cmis", tmp_path / "newer", after, house(cmis_server, folder)).state == "done"
    assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: BOTH}


def test_a_version_that_was_given_up_halfway_is_overtaken_by_the_next(cmis_server: str, tmp_path: Path) -> None:
    """The second version is killed at each touch; then the article changes again and the third goes out."""
    second = parcel(2)
    for touch in count():
        folder, place = fresh(), tmp_path / str(touch)
        text = house(cmis_server, folder)
        hand_over("cmis", place, parcel(), text)
        killed = killed_at(touch, lambda place=place, text=text: hand_over("cmis", place, second, text))  # type: ignore[misc]
        third = replace(parcel(3), earlier=(parcel().version, second.version))
        assert hand_over("cmis", place, third, text).state == "done", touch
        data = [data for _, _, data in inventory(cmis_server, f"/Presse/2024/{folder}")[NAME]]
        assert data in ([bytes_of(1), bytes_of(3)], [bytes_of(1), bytes_of(2), bytes_of(3)]), touch
        if not killed:
            break
    assert touch > 10


def test_a_colleagues_working_copy_is_left_alone(cmis_server: str, tmp_path: Path) -> None:
    folder = fresh()
    hand_over("cmis", tmp_path, parcel(), house(cmis_server, folder))
    identity = str(call("cmis", tmp_path, parcel(), house(cmis_server, folder)).results("cmis")[0].result["object"])
    act(cmis_server, "checkOut", identity, "b")
    handed = hand_over("cmis", tmp_path, parcel(2), house(cmis_server, folder))
    assert handed.state == "failed"
    assert "„kollege“" in said(handed.findings)
    own = ask(cmis_server, f"/Presse/2024/{folder}/{NAME}", cmisselector="object", succinct="true")[
        "succinctProperties"
    ]
    act(cmis_server, "cancelCheckOut", own["cmis:versionSeriesCheckedOutId"], "b")
    assert hand_over("cmis", tmp_path, parcel(2), house(cmis_server, folder)).state == "done"
    assert inventory(cmis_server, f"/Presse/2024/{folder}") == {NAME: BOTH}


def act(address: str, action: str, identity: str, _: str) -> None:
    body = f"cmisaction={action}&objectId={identity}&succinct=true".encode()
    question = urllib.request.Request(f"{address}/A1/root", data=body)
    question.add_header("Authorization", "Basic a29sbGVnZTp4")  # kollege
    urllib.request.urlopen(question, timeout=60).close()


def test_what_the_real_server_does_not_have(cmis_server: str, tmp_path: Path) -> None:
    told = []
    for text in (
        house(cmis_server, fresh(), "Broschuere"),
        house(cmis_server, fresh(), more="repository: B2"),
        house(cmis_server, fresh(), more="properties: {VersionedString: title}"),
        house(cmis_server, fresh(), more="properties: {'cmis:createdBy': author}"),
        house(f"{cmis_server}/nirgends", fresh()),
        house(cmis_server.replace("/browser", "/"), fresh()),
    ):
        handed = hand_over("cmis", tmp_path / fresh(), parcel(), text)
        assert (handed.state, handed.exit_code) == ("failed", 8)
        told.append(said(handed.findings).replace(urlsplit(cmis_server).netloc, "dms.example.org"))
    assert_golden("cmis/refused", "\n".join(told) + "\n")


def test_a_document_where_a_folder_should_be(cmis_server: str, tmp_path: Path) -> None:
    folder = fresh()
    hand_over("cmis", tmp_path, parcel(), house(cmis_server, folder))
    handed = hand_over("cmis", tmp_path / "2", parcel(), house(cmis_server, f"{folder}/{NAME}"))
    assert f"/Presse/2024/{folder}/{NAME}" in said(handed.findings)


# -- odd servers --

INFO = {"A1": {"repositoryId": "A1", "repositoryUrl": "http://intern/A1", "rootFolderUrl": "http://intern/A1/root"}}
PROPERTIES = {
    "cmis:name": {"propertyType": "string", "updatability": "readwrite", "required": True},
    "art": {"propertyType": "string", "updatability": "oncreate", "required": True, "openChoice": False,
            "choice": [{"displayName": "Broschüre", "value": ["Broschüre"]}]},
    "tag": {"propertyType": "datetime", "updatability": "readwrite"},
    "jahre": {"propertyType": "integer", "updatability": "readwrite"},
    "dauernd": {"propertyType": "boolean", "updatability": "readwrite"},
    "worte": {"propertyType": "string", "updatability": "readwrite", "cardinality": "multi", "maxLength": 20},
}  # fmt: skip


class Fake:
    """A small server of fixed answers; keeps what it was asked."""

    def __init__(self, **answers: Any) -> None:
        self.answers, self.asked = answers, []  # type: ignore[var-annotated]
        self.made: dict[str, Any] | None = None

    def __call__(self, line: BaseHTTPRequestHandler, body: bytes) -> Said | None:
        self.asked.append((line.command, line.path, dict(line.headers), body))
        word = parse_qs(urlsplit(line.path).query).get("cmisselector", ["service"])[0]
        word = "post" if line.command == "POST" else word
        found = self.answers.get(word)
        if callable(found):
            line.asked = body  # type: ignore[attr-defined]
            found = found(line)
        if found is not None:
            return found  # type: ignore[no-any-return]
        if word == "service":
            return 200, json.dumps(INFO).encode()
        if word == "typeDefinition":
            return 200, json.dumps({"versionable": True, "propertyDefinitions": PROPERTIES}).encode()
        if word == "object" and self.made is None and "Presse" in line.path:
            return 404, b'{"exception": "objectNotFound", "message": "nothing"}'
        if word == "object":
            return 200, json.dumps({"succinctProperties": self.made}).encode()
        if word == "content":
            return 200, parcel().items[0].data
        self.made = {"cmis:objectId": "7", "cmis:baseTypeId": "cmis:document", "cmis:versionLabel": "1.0"}
        return 201, json.dumps({"succinctProperties": self.made}).encode()


FAKE = "folder: /Presse\nsecurity: none\naccount: presse\nproperties: {art: kind}\ntries: 2\n"


def against(answer: Fake, tmp_path: Path, text: str = FAKE) -> str:
    with serving(answer) as address:
        handed = hand_over("cmis", tmp_path, parcel(), f"url: {address}/browser\n{text}")
        assert handed.exit_code == (8 if handed.findings else 0)
        return said(handed.findings).replace(urlsplit(address).netloc, "dms.example.org")


def error(status: int, exception: str, words: str = "") -> Said:
    return status, json.dumps({"exception": exception, "message": words}).encode()


def test_faults_are_told_in_plain_german(tmp_path: Path) -> None:
    def half(line: Any) -> None:
        line.say(200, b"{" * 900, 800)
        line.close_connection = True

    servers = {
        "wrong password": Fake(service=(401, b"")),
        "no right": Fake(post=error(403, "permissionDenied", "no write access")),
        "no right to see": Fake(service=(403, b"<html>")),
        "a web page": Fake(service=(200, b"<html>Anmeldung</html>")),
        "a list": Fake(service=(200, b"[]")),
        "not there": Fake(service=(404, b"")),
        "elsewhere": Fake(service=(302, b"")),
        "no properties": Fake(object=(200, b'{"properties": {}}')),
        "busy for ever": Fake(service=(503, b"")),
        "its own fault": Fake(object=(500, b"stack trace")),
        "a runtime fault": Fake(object=error(500, "runtime", "NullPointerException")),
        "no room": Fake(post=error(500, "storage", "disk quota exceeded")),
        "name taken": Fake(post=error(409, "nameConstraintViolation", "name exists")),
        "gone meanwhile": Fake(post=error(404, "objectNotFound", "Unknown\x1b[31m id.")),
        "constraint": Fake(post=error(409, "constraint", "property 'zeichen' is required")),
        "broken off": Fake(service=half),
        "other bytes": Fake(content=(200, b"something else")),
    }
    told = [f"{name}: {against(server, tmp_path / name)}" for name, server in servers.items()]
    assert_golden("cmis/faults", "\n".join(told) + "\n")


def test_a_slow_server_and_none_at_all(tmp_path: Path) -> None:
    def wait(line: BaseHTTPRequestHandler) -> Said:
        line.rfile.read(1)  # until the other side has had enough
        line.close_connection = True
        return 0, b""

    assert "1 Sekunden lang nicht geantwortet" in against(Fake(service=wait), tmp_path, f"{FAKE}timeout: 1\n")
    with serving(Fake()) as address:
        pass
    handed = hand_over("cmis", tmp_path, parcel(), f"url: {address}\n{FAKE}")
    assert "nicht zu erreichen" in said(handed.findings)
    handed = hand_over("cmis", tmp_path, parcel(), "url: https://dms.invalid\naccount: a\nfolder: /a\ntries: 1")
    assert "dms.invalid" in said(handed.findings)


def test_a_refused_version_leaves_no_working_copy(tmp_path: Path) -> None:
    def refuse(line: Any) -> Said | None:
        return error(409, "constraint", "zu spät") if b"checkIn" in line.asked else None

    server = Fake(content=(200, b"of an earlier version"), post=refuse)
    assert "zurückgibt" in against(server, tmp_path)  # the first one is not what was filed: left as it is
    server = Fake(post=refuse)
    assert against(server, tmp_path / "2") == ""
    server.answers["content"] = (200, parcel().items[0].data)
    with serving(server) as address:
        given = replace(parcel(2), earlier=(parcel().version,))
        handed = hand_over("cmis", tmp_path / "3", given, f"url: {address}/browser\n{FAKE}")
    assert "zu spät" in said(handed.findings)
    assert [word for word in (b"checkOut", b"checkIn", b"cancelCheckOut") if word in server.asked[-1][3]] == [
        b"cancelCheckOut"
    ]


def test_without_a_password_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SATZSPIEGEL_CMIS_PASSWORD")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    server = Fake()
    assert "keyring set satzspiegel-cmis presse" in against(server, tmp_path)
    assert server.asked == []


def test_the_certificate_is_checked_before_anything_is_said(tmp_path: Path) -> None:
    authority, stranger = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    stranger.cert_pem.write_to_path(tmp_path / "andere.pem")
    for name, trust, good in (
        ("127.0.0.1", "ca: ca.pem", True),
        ("127.0.0.1", "ca: andere.pem", False),
        ("127.0.0.1", "", False),
        ("dms.example.org", "ca: ca.pem", False),
    ):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(name).configure_cert(context)
        server = Fake()
        text = f"{FAKE.replace('security: none', '')}{trust}\n"
        with serving(server, context) as address:
            place = tmp_path / fresh()
            (place).mkdir()
            for file in tmp_path.glob("*.pem"):
                (place / file.name).write_bytes(file.read_bytes())
            handed = hand_over("cmis", place, parcel(), f"url: {address}\n{text}")
        assert (handed.state == "done") is good, said(handed.findings)
        if not good:
            assert "Zertifikat" in said(handed.findings)
            assert server.asked == []


def test_a_login_goes_to_the_server_of_the_house_file_alone(tmp_path: Path) -> None:
    server = Fake()  # names http://intern as its own address
    assert against(server, tmp_path, f"{FAKE}login: bearer\n") == ""
    assert {head["authorization"] for _, _, head, _ in server.asked} == {"Bearer wort"}
    assert {path.split("?")[0] for _, path, _, _ in server.asked} >= {"/browser", "/A1/root/Presse"}


def test_properties_by_their_types(tmp_path: Path) -> None:
    server = Fake()
    mapped = "{art: kind, tag: date, jahre: years, dauernd: unlimited, worte: keywords}"
    assert against(server, tmp_path, FAKE.replace("{art: kind}", mapped)) == ""
    (body,) = (body.decode() for method, _, _, body in server.asked if method == "POST" and b"createDocument" in body)
    told = dict(part.split("\r\n\r\n", 1) for part in body.split('; name="')[1:] if "\r\n\r\n" in part)
    values = {name.split('"')[0]: value.split("\r\n--")[0] for name, value in told.items()}
    pairs = {
        values[name]: [value for key, value in values.items() if key.startswith(f"propertyValue{name[10:]}")]
        for name in values
        if name.startswith("propertyId")
    }
    assert pairs["tag"] == ["1733788800000"]  # 2024-12-10, the beginning of the day by universal time
    assert (pairs["jahre"], pairs["dauernd"], pairs["worte"]) == (["10"], ["false"], ["Gladbeck", "Familie"])
    assert values["_charset_"] == "UTF-8"
    assert pairs["art"] == ["Broschüre"]


def test_what_the_type_does_not_take_is_told_all_at_once(tmp_path: Path) -> None:
    mapped = "{tag: title, jahre: title, dauernd: title, worte: title, Art: kind}"
    told = against(Fake(), tmp_path, FAKE.replace("{art: kind}", mapped))
    assert_golden("cmis/properties", told + "\n")


# -- the house file, and what is missing --


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("url: http://dms.example.org\naccount: a", "https"),
        ("url: http://dms.example.org\naccount: a\nsecurity: none", "auf demselben Rechner"),
        ("url: https://a:geheim@dms.example.org\naccount: a", "Schlüsselbund"),
        ("url: dms\naccount: a", "„dms“"),
        ("url: https://dms.example.org", "account"),
        ("url: https://dms.example.org:port\naccount: a", "keine Internetadresse"),
        ("folder: /Presse/{jahr}", "year"),
        ("folder: /Presse//a", "/Presse"),
        ("properties: {'a:b': Titel}", "„title“"),
        ("properties: {'cmis:name': '{titel}.pdf'}", "„title“"),
        ("password: geheim", "password"),
        ("timeout: viel", "timeout"),
    ],
)
def test_faults_of_the_house_file(text: str, part: str) -> None:
    with pytest.raises(LayoutFault) as stop:
        settings("cmis", text)
    told = said(stop.value.faults)
    assert part in told
    assert "house.yaml:" in told
    assert "geheim" not in told


def test_everything_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DeliveryFault) as stop:
        hand_over("cmis", tmp_path, parcel(filing=Filing()), "requires: [reference, kind]\nfiles: [original]")
    told = said(stop.value.faults)
    assert all(word in told for word in ("url", "folder", "original"))
    text = "url: https://a.example.org\naccount: a\nfolder: '/{reference}'\nfiles: [archive, mail]\n"
    with pytest.raises(DeliveryFault) as stop:
        hand_over("cmis", tmp_path, parcel(filing=Filing()), f"{text}requires: [kind]\nproperties: {{'cmis:name': id}}")
    told = said(stop.value.faults)
    assert all(word in told for word in ("Aktenzeichen", "kind", "„familienkommune“"))


def test_a_plan_opens_no_connection_and_shows_where(tmp_path: Path) -> None:
    plan = deliver.target("cmis").plan(
        call("cmis", tmp_path, parcel(), "url: https://dms.invalid\naccount: a\nfolder: '/Presse/{year}/{reference}'")
    )
    assert plan.place == "https://dms.invalid"
    (step,) = plan.steps
    assert step.values["name"] == f"/Presse/2024/13-42-11-2024/{NAME}"
    assert not list(tmp_path.iterdir())


@given(some.text())
def test_a_name_never_leaves_its_folder(words: str) -> None:
    made = plain(words)
    assert not set(made) & set('/\\:"*?<>|\0\n\r\t')
    assert made not in (".", "..")
    assert made == made.strip()
    assert plain(made) == made


def test_the_example_of_the_guide_is_read() -> None:
    (example,) = (text for text in blocks("docs/uebergabe.md", "yaml") if "  cmis:" in text)
    part = "\n".join(line[4:] for line in example.split("  cmis:\n")[1].splitlines())
    wishes = settings("cmis", part)
    assert wishes.access.address.startswith("https://")
    assert wishes.properties


def test_a_sealed_file_of_an_earlier_version_is_known(cmis_server: str, tmp_path: Path) -> None:
    """The first version was sealed, filed, and killed before the journal heard of it; then the article changed."""
    folder = fresh()
    text = house(cmis_server, folder)
    sealed = replace(parcel().items[0], data=bytes_of(1) + b"seal")
    hand_over("cmis", tmp_path / "gone", replace(parcel(), items=(sealed,)), text)
    journal = Journal(tmp_path / "kept", ticking())
    journal.begin(parcel().version.files, "")
    journal.step("done", 1, "seal", "sealed", NAME, {"file": NAME, "sha256": sealed.sha256})
    assert hand_over("cmis", tmp_path / "kept", parcel(2), text).state == "done"
    assert [data for _, _, data in inventory(cmis_server, f"/Presse/2024/{folder}")[NAME]] == [sealed.data, bytes_of(2)]
