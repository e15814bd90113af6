"""The mail that is sent: by a real server, with its faults; and a run that is killed anywhere sends nothing twice."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from report.deliver import Handed
from report.deliver.mail.addresses import Mailbox
from report.deliver.mail.roll import read_roll
from report.errors import DeliveryFault
from report.locales import catalogue
from report.parcel import Parcel
from report.records import replace
from tests.mailserver import PASSWORD, Server, talking
from tests.parcels import call, hand_over, killed_at, parcel, touches, tree

HEAD = "Name;E-Mail;Haus\n"


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATZSPIEGEL_MAIL_PASSWORD", PASSWORD)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path) as found:
        yield found


def people(folder: Path, count: int = 5, name: str = "presse.csv") -> Path:
    lines = (f"Person {number};p{number}@example.org;Zeitung {number}\n" for number in range(1, count + 1))
    (folder / name).write_text(HEAD + "".join(lines), encoding="utf-8")
    return folder / name


def send(folder: Path, text: str, number: int = 1, **more: bool) -> Handed:
    return hand_over("mail", folder / "out", parcel(number), text, send=True, **more)


def results(folder: Path, number: int = 1) -> dict[str, dict[str, object]]:
    done = call("mail", folder / "out", parcel(number)).results("mail", number)
    return {one.step: dict(one.result) for one in done}


def journal(folder: Path) -> str:
    return (folder / "out" / "hand-over.jsonl").read_text(encoding="utf-8")


def rules(handed: Handed) -> list[str]:
    return [one.rule for one in handed.findings]


def once(server: Server, count: int = 5) -> bool:
    return server.settled().arrived() == {f"p{number}@example.org": 1 for number in range(1, count + 1)}


# -- what goes out --


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_everybody_gets_it_once_in_blocks(tmp_path: Path, security: str) -> None:
    with Server(tmp_path, security) as server:
        text = server.settings(people(tmp_path), block=2)
        handed = send(tmp_path, text)
        assert (handed.state, handed.exit_code, rules(handed)) == ("done", 0, [])
        assert [len(addresses) for _, addresses, _ in server.settled().messages] == [2, 2, 1]
        assert once(server)
        assert send(tmp_path, text).state == "already"
        assert once(server)
    assert "example.org" not in journal(tmp_path)
    steps = results(tmp_path)
    assert steps["send presse.csv 2-3"] == {"list": "presse.csv", "rows": "2-3", "sent": 2, "server": "localhost"}


def test_what_went_out_is_filed_and_is_what_arrived(tmp_path: Path, server: Server) -> None:
    send(tmp_path, server.settings(people(tmp_path)))
    (told,) = (result for step, result in results(tmp_path).items() if step == "message presse.csv")
    filed = (tmp_path / "out" / str(told["file"])).read_bytes()
    assert sha256(filed).hexdigest() == told["sha256"]
    assert server.settled().messages[0][2] == filed
    found = message_from_bytes(filed, policy=policy.default)
    assert (found["X-Unsent"], found["Bcc"]) == (None, None)
    assert str(found["To"]) == "undisclosed-recipients:;"
    begun = next(json.loads(line) for line in journal(tmp_path).splitlines() if '"list presse.csv"' in line)
    assert found["Date"].datetime.isoformat() == begun["when"]
    assert not [name for name, data in tree(tmp_path / "out").items() if b"p1@example.org" in data]


def test_one_by_one_each_is_named(tmp_path: Path, server: Server) -> None:
    send(tmp_path, server.settings(people(tmp_path, 3), single="ja"))
    messages = server.settled().messages
    told = [(addresses, message_from_bytes(data, policy=policy.default)) for _, addresses, data in messages]
    assert [(addresses, str(found["To"])) for addresses, found in told] == [
        ((f"p{number}@example.org",), f"Person {number} <p{number}@example.org>") for number in (1, 2, 3)
    ]
    assert len({str(found["Message-ID"]) for _, found in told}) == 1


def test_a_line_that_begins_with_a_dot_arrives_with_it(tmp_path: Path, server: Server) -> None:
    of = parcel()
    text = of.of("text")[0]
    dotted = replace(of, items=(replace(text, data=b".\n.versteckt\n..\n"), *of.of("mail")))
    hand_over("mail", tmp_path / "out", dotted, server.settings(people(tmp_path, 1)), send=True)
    found = message_from_bytes(server.settled().messages[0][2], policy=policy.default)
    body = found.get_body(("plain",))  # type: ignore[attr-defined]
    assert body.get_content().startswith(".\r\n.versteckt\r\n..\r\n")


def test_a_new_version_says_that_it_replaces_the_mail_before(tmp_path: Path, server: Server) -> None:
    text = server.settings(people(tmp_path, 1))
    later = corrected(parcel(2))
    later = replace(later, version=replace(later.version, time="2026-11-26T09:00:00+01:00"))
    for of in (parcel(), later):
        assert hand_over("mail", tmp_path / "out", of, text, send=True).state == "done"
    first, second = (message_from_bytes(data, policy=policy.default) for _, _, data in server.settled().messages)
    assert str(first["Subject"]) == "Pressemitteilung: Ausgezeichnet familienfreundlich"
    assert str(second["Subject"]) == "Neue Fassung: Pressemitteilung: Ausgezeichnet familienfreundlich"
    body = second.get_body(("plain",))  # type: ignore[attr-defined]
    assert body.get_content().startswith("Diese Mail ersetzt unsere vom 25.11.2026.")
    assert first["Message-ID"] != second["Message-ID"]


def corrected(of: Parcel) -> Parcel:
    """The same with another press text."""
    text = (replace(one, data=b"Ein anderer Text.\n") if one.role == "text" else one for one in of.items)
    return replace(of, items=tuple(text))


def test_a_version_whose_mail_says_the_same_is_not_sent_again(tmp_path: Path, server: Server) -> None:
    text = server.settings(people(tmp_path, 3), block=2)
    assert hand_over("mail", tmp_path / "out", parcel(), text, send=True).state == "done"
    again = hand_over("mail", tmp_path / "out", parcel(2), text, send=True)
    assert again.state == "done", "the draft of the new version"
    assert [one.rule for one in again.findings if "unchanged" in one.rule] == ["mail.unchanged"]
    assert "als Fassung 1 am 25.11.2026" in catalogue("de").say(again.findings[-1])
    assert len(server.settled().messages) == 2
    assert hand_over("mail", tmp_path / "out", corrected(parcel(3)), text, send=True).state == "done"
    assert len(server.settled().messages) == 4


def test_a_dry_run_shows_everybody_and_asks_nobody(tmp_path: Path, server: Server) -> None:
    from report import deliver

    asked = call("mail", tmp_path / "out", parcel(), server.settings(people(tmp_path)), send=True)
    plan = deliver.target("mail").plan(asked)
    assert [name for step in plan.steps for name in step.recipients] == [
        f"{number + 1}: Person {number} <p{number}@example.org> (Zeitung {number})" for number in range(1, 6)
    ]
    assert server.box.asked == []
    assert not (tmp_path / "out").exists()


def test_the_folder_files_the_mail_as_it_went_out(tmp_path: Path, server: Server) -> None:
    out = tmp_path / "out"
    text = server.settings(people(tmp_path), block=2)
    hand_over("mail", out, parcel(), text)
    hand_over("folder", out, parcel())
    assert b"X-Unsent: 1" in (out / "folder" / "familienkommune-v1" / "familienkommune-mail.eml").read_bytes()
    send(tmp_path, text)
    hand_over("folder", out, parcel())
    added = out / "folder" / "familienkommune-v1-nachtrag-1"
    sent = server.settled().messages[0][2].replace(b"To: undisclosed-recipients:;\r\n", b"")
    assert (added / "familienkommune-mail-gesendet-presse.eml").read_bytes() == sent
    told = (added / "INHALT.txt").read_text(encoding="utf-8")
    assert "presse.csv" in told
    assert "example.org" not in told.replace("presse@example.org", "").replace("www.example.org", "")
    assert hand_over("folder", out, parcel()).state == "already"


# -- what a server may answer --


def test_who_is_refused_is_named_by_the_line(tmp_path: Path, server: Server) -> None:
    server.box.recipients["p2@example.org"] = ["550 5.1.1 p2@example.org unknown"]
    text = server.settings(people(tmp_path))
    handed = send(tmp_path, text)
    assert (handed.state, handed.exit_code, rules(handed)) == ("done", 8, ["mail.refused"])
    assert handed.findings[0].values["rows"] == "3 (550 5.1.1)"
    assert set(server.settled().arrived()) == {f"p{number}@example.org" for number in (1, 3, 4, 5)}
    assert "example.org" not in journal(tmp_path)
    again = send(tmp_path, text)
    assert (again.state, again.exit_code, again.findings[0].severity) == ("already", 0, "warning")


def test_who_is_put_off_gets_it_later_and_alone(tmp_path: Path, server: Server) -> None:
    server.box.recipients["p2@example.org"] = ["451 4.7.1 later", "450 later", "250 OK"]
    assert send(tmp_path, server.settings(people(tmp_path), block=3)).state == "done"
    assert [len(addresses) for _, addresses, _ in server.settled().messages] == [2, 2, 1]
    assert once(server)


def test_who_stays_put_off_is_asked_at_the_next_order(tmp_path: Path, server: Server) -> None:
    server.box.recipients["p2@example.org"] = ["451 later"] * 4
    text = server.settings(people(tmp_path), block=3, tries=2)
    handed = send(tmp_path, text)
    assert (handed.state, handed.exit_code, rules(handed)) == ("done", 8, ["mail.put-off"])
    assert handed.findings[0].values["rows"] == "3"
    handed = send(tmp_path, text)
    assert (handed.state, handed.exit_code) == ("done", 0)
    assert once(server)
    assert send(tmp_path, text).state == "already"


def test_a_message_that_is_put_off_is_tried_again_and_then_left(tmp_path: Path, server: Server) -> None:
    server.box.data = ["451 4.3.0 later", "452 later", "250 OK"]
    assert send(tmp_path, server.settings(people(tmp_path))).state == "done"
    assert once(server)
    server.box.data = ["451 later"] * 2
    text = server.settings(people(tmp_path, 6, "rat.csv"), tries=2)
    handed = send(tmp_path, text)
    assert (handed.state, rules(handed)) == ("failed", ["mail.busy"])
    assert send(tmp_path, text).state == "done"
    assert server.settled().arrived()["p1@example.org"] == 2
    assert server.settled().arrived()["p6@example.org"] == 1


def test_a_message_that_is_refused_goes_when_it_is_accepted(tmp_path: Path, server: Server) -> None:
    server.box.data = ["554 5.7.1 spam"]
    text = server.settings(people(tmp_path))
    handed = send(tmp_path, text)
    assert (handed.state, handed.exit_code, rules(handed)) == ("failed", 8, ["mail.refuses"])
    assert send(tmp_path, text).state == "done"
    assert once(server)


@pytest.mark.parametrize("answer", ["gone", "drop"])
def test_a_line_that_breaks_behind_the_data_is_unclear(tmp_path: Path, server: Server, answer: str) -> None:
    server.box.data = ["250 OK", answer]
    text = server.settings(people(tmp_path), block=2)
    handed = send(tmp_path, text)
    assert (handed.state, handed.exit_code, rules(handed)) == ("unclear", 8, ["deliver.unclear"])
    assert handed.findings[0].values["rows"] == "4-5"
    assert once(server)  # all others got theirs
    handed = send(tmp_path, text)
    assert (handed.state, rules(handed)) == ("unclear", ["deliver.unclear"])
    assert "send presse.csv 4-5" in str(handed.findings[0].values["step"])
    assert once(server)
    assert send(tmp_path, text, again=True).state == "done"
    assert server.settled().arrived()["p3@example.org"] == 2  # somebody looked, and gave the order


def test_a_server_that_refuses_the_sender(tmp_path: Path, server: Server) -> None:
    server.box.sender = ["553 5.7.1 not yours"]
    handed = send(tmp_path, server.settings(people(tmp_path)))
    assert (handed.state, rules(handed)) == ("failed", ["mail.refuses"])
    assert handed.findings[0].values["code"] == "553 5.7.1"


def test_a_wrong_password(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("falsch", "fälsch"):
        monkeypatch.setenv("SATZSPIEGEL_MAIL_PASSWORD", wrong)
        handed = send(tmp_path, server.settings(people(tmp_path)))
        assert (handed.state, rules(handed)) == ("failed", ["mail.login"])
    assert "falsch" not in journal(tmp_path)
    people(tmp_path, 4)  # nothing has gone out: the list may change
    monkeypatch.setenv("SATZSPIEGEL_MAIL_PASSWORD", PASSWORD)
    assert send(tmp_path, server.settings(tmp_path / "presse.csv")).state == "done"
    assert once(server, 4)


def test_a_certificate_that_does_not_fit(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with Server(tmp_path, host="mail.example.org") as server, Server(tmp_path / "other") as other:
        handed = send(tmp_path, server.settings(people(tmp_path)))
        assert (handed.state, rules(handed)) == ("failed", ["mail.certificate"])
        assert "not made out for" in handed.findings[0].message
        handed = send(tmp_path, other.settings(people(tmp_path), ca=server.ca))
        assert (handed.state, rules(handed)) == ("failed", ["mail.certificate"])
        assert "does not know" in handed.findings[0].message
        assert server.settled().messages == []


def test_never_in_the_clear(tmp_path: Path) -> None:
    with Server(tmp_path, "none") as server:
        for security, rule in (("starttls", "mail.security"), ("tls", "mail.tls")):
            handed = send(tmp_path, server.settings(people(tmp_path), security=security))
            assert (handed.state, rules(handed)) == ("failed", [rule])
        assert server.settled().messages == []


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ((b"HTTP/1.1 400 Bad Request\r\n\r\n",), "mail.answers"),
        ((b"\x00\xff" * 50_000,), "mail.answers"),
        ((), "mail.slow"),
        ((b"554 go away\r\n",), "mail.refuses"),
        ((b"220 hello\r\n", b"250 hello\r\n"), "mail.security"),
        ((b"220 hello\r\n", b"250-hello\r\n250 STARTTLS\r\n", b"220 go\r\n", b"no TLS at all\r\n"), "mail.tls"),
    ],
)
def test_a_server_that_answers_slowly_or_with_nonsense(tmp_path: Path, lines: tuple[bytes, ...], rule: str) -> None:
    with talking(*lines) as port:
        text = f"server: localhost\nport: {port}\nlist: {people(tmp_path)}\ntimeout: 1\n"
        handed = send(tmp_path, text)
    assert (handed.state, handed.exit_code, rules(handed)) == ("failed", 8, [rule])


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with socket.socket() as held:  # a port that nobody else gets, and at which nobody listens
        held.bind(("127.0.0.1", 0))
        for host in ("127.0.0.1", "gibt-es-nicht.invalid"):
            port = held.getsockname()[1]
            handed = send(tmp_path, f"server: {host}\nport: {port}\nlist: {people(tmp_path)}\n")
            assert (handed.state, rules(handed)) == ("failed", ["mail.unreachable"])
    assert (tmp_path / "out" / "mail" / "familienkommune-v1.eml").exists()  # the draft lies there all the same


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    bare = parcel(contact=type(parcel().facts.contact)())
    with pytest.raises(DeliveryFault) as stop:
        hand_over("mail", tmp_path, bare, "", send=True)
    assert [fault.values["key"] for fault in stop.value.faults] == ["server", "list", "from"]


# -- lists --


def test_a_list_that_changes_in_between(tmp_path: Path, server: Server) -> None:
    server.box.data = ["250 OK", "554 no"]
    text = server.settings(people(tmp_path), block=2)
    assert send(tmp_path, text).state == "failed"
    kept = (tmp_path / "presse.csv").read_bytes()
    people(tmp_path, 6)
    with pytest.raises(DeliveryFault, match="was changed while"):
        send(tmp_path, text)
    (tmp_path / "presse.csv").write_bytes(kept)
    assert send(tmp_path, text.replace("block: 2", "block: 3")).state == "done"
    assert once(server)
    people(tmp_path, 6)
    handed = send(tmp_path, text)
    assert (handed.state, rules(handed)) == ("already", ["mail.list"])
    assert send(tmp_path, server.settings(people(tmp_path, 1, "neu.csv"))).state == "done"
    assert server.settled().arrived()["p1@example.org"] == 2


def test_the_same_list_under_another_name_or_by_another_server(tmp_path: Path, server: Server) -> None:
    send(tmp_path, server.settings(people(tmp_path)))
    (tmp_path / "umbenannt.csv").write_bytes((tmp_path / "presse.csv").read_bytes())
    assert send(tmp_path, server.settings(tmp_path / "umbenannt.csv")).state == "already"
    (tmp_path / "second").mkdir()
    with Server(tmp_path / "second") as other:
        handed = send(tmp_path, other.settings(tmp_path / "presse.csv", path=tmp_path / "drafts"))
        assert other.settled().messages == []
    assert (handed.state, handed.done) == ("done", 1)  # only the draft, in its new place
    assert once(server)


@pytest.mark.parametrize(
    ("raw", "boxes"),
    [
        (b"Name;E-Mail;Haus\nErika M\xfcller;a@example.org;WAZ\n", ["Erika Müller"]),
        ("\ufeffName,address,house\r\n\"Müller, Erika\",a@example.org,WAZ\r\n".encode(), ["Müller, Erika"]),
        ("Vorname\tNachname\tE-Mail-Adresse\r\nErika\tMüller\ta@example.org\r\n".encode("utf-16"), ["Erika Müller"]),
        (b'Medium;Adresse;Mail\nWAZ;"Weg 1;\nEssen";a@example.org\n', []),
        (b'Medium;Mail;Adresse\nWAZ;a@example.org;"Weg 1\nEssen"\n;;\n\nB;b@EXAMPLE.org;\nB;b@example.ORG;\n',
         ["", ""]),
        (b"E-Mail\n a@example.org \n", [""]),
    ],
)  # fmt: skip
def test_lists_as_offices_keep_them(tmp_path: Path, raw: bytes, boxes: list[str]) -> None:
    (tmp_path / "l.csv").write_bytes(raw)
    roll = read_roll(tmp_path / "l.csv")
    assert [one.box.name for one in roll.recipients] == boxes
    assert roll.recipients[:1] == () or roll.recipients[0].box.address == "a@example.org"


def test_a_quotation_mark_that_never_closes_swallows_nobody(tmp_path: Path) -> None:
    text = '"Erika;a@example.org;X\nB;b@example.org;X\nC;c@example.org;X\n"D;d@example.org;"X\nE;e@example.org;X\n'
    (tmp_path / "l.csv").write_text(HEAD + text, encoding="utf-8")
    roll = read_roll(tmp_path / "l.csv")
    assert [one.row for one in roll.recipients] == [3, 4, 6]
    assert {row for row, _ in roll.broken} == {2, 5}


def test_ten_thousand_lines_with_broken_ones(tmp_path: Path, server: Server) -> None:
    faults = ["ohne", "", "ä@example.org", "a@b", "x@example.org\r", '"x@example.org', "x@example.org;H;zu viel"]
    lines = [
        f"Person {number};{faults[number // 20 % 7] if number % 20 == 0 else f'p{number}@example.org;Haus'}\n"
        for number in range(1, 10_001)
    ]
    roll = tmp_path / "presse.csv"
    roll.write_text(HEAD + "".join(lines), encoding="utf-8", newline="")
    with pytest.raises(DeliveryFault) as stop:
        send(tmp_path, server.settings(roll))
    broken = [number + 1 for number in range(20, 10_001, 20) if number // 20 % 7 != 4]  # that one is whole
    assert sum(int(str(fault.values["count"])) for fault in stop.value.faults) == len(broken)
    first = [row for row in broken if (row - 1) // 20 % 7 == 6][:20]
    (cells,) = (fault for fault in stop.value.faults if "more cells" in fault.message)
    assert cells.values["rows"] == f"{', '.join(map(str, first))} (+51)"
    assert not (tmp_path / "out" / "mail").exists()
    handed = send(tmp_path, server.settings(roll, broken="skip", block=1000))
    assert handed.state == "done"
    assert {one.severity for one in handed.findings} <= {"warning", "note"}
    arrived = server.settled().arrived()
    assert set(arrived.values()) == {1}
    assert {f"p{number}@example.org" for number in range(1, 10_001) if number % 20} <= set(arrived)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"Vorname;Ort\nA;B\n", "no column of addresses"),
        (b"", "no column of addresses"),
        (b"\x81\x8d\xff;\n", "is no text"),
        (b"Name;E-Mail\n", "nobody to send to"),
        (None, "is not there"),
    ],
)
def test_lists_that_are_none(tmp_path: Path, raw: bytes | None, said: str) -> None:
    if raw is not None:
        (tmp_path / "l.csv").write_bytes(raw)
    text = f"server: localhost\nlist: {tmp_path / 'l.csv'}\n"
    with pytest.raises(DeliveryFault, match=said):
        hand_over("mail", tmp_path / "out", parcel(), text, send=True)


def test_an_address_that_is_there_twice_gets_it_once(tmp_path: Path, server: Server) -> None:
    roll = tmp_path / "presse.csv"
    roll.write_text(HEAD + "A;p1@example.org;\nB;p1@EXAMPLE.org;\nC;P1@example.org;\n", encoding="utf-8")
    handed = send(tmp_path, server.settings(roll))
    assert (handed.state, rules(handed)) == ("done", ["mail.double"])
    assert server.settled().arrived() == {"p1@example.org": 1, "P1@example.org": 1}
    assert read_roll(roll).recipients[0].box == Mailbox("A", "p1@example.org")


# -- a run that is killed --


def test_a_run_killed_anywhere_sends_nothing_twice(tmp_path: Path, server: Server) -> None:
    roll = people(tmp_path)
    text = server.settings(roll, block=2)
    everybody = {f"p{number}@example.org" for number in range(1, 6)}
    count = touches(lambda: send(tmp_path / "counted", text))
    assert count > 40
    unclear = 0
    for touch in range(count):
        server.settled().messages.clear()
        folder = tmp_path / f"k{touch}"
        assert killed_at(touch, lambda folder=folder: send(folder, text)), touch  # type: ignore[misc]
        server.settled()
        handed = send(folder, text)
        arrived = server.settled().arrived()
        assert set(arrived.values()) <= {1}, touch
        if handed.state == "unclear":
            unclear += 1
            (told,) = handed.findings
            rows = str(told.values["step"]).split()[-1]
            doubtful = {"2-3": {1, 2}, "4-5": {3, 4}, "6": {5}}[rows]
            assert everybody - set(arrived) <= {f"p{number}@example.org" for number in doubtful}, touch
        else:
            assert handed.state in ("done", "already"), touch
            assert set(arrived) == everybody, touch
        assert "example.org" not in journal(folder)
    assert 0 < unclear < count / 3  # only where it was really at the last moment


# -- where the password comes from --


class _Ring(KeyringBackend):
    """A keyring of the system, as far as one is asked."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return PASSWORD if (service, username) == ("satzspiegel-mail", "presse") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("nothing is kept")


def test_the_password_lies_in_the_keyring(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SATZSPIEGEL_MAIL_PASSWORD")
    before = keyring.get_keyring()
    keyring.set_keyring(_Ring())
    try:
        assert send(tmp_path, server.settings(people(tmp_path, 1))).state == "done"
    finally:
        keyring.set_keyring(before)
    assert once(server, 1)
