"""The mail as a draft: read back by other programs, safe against every field, always the same bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path

import mailparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.deliver.mail.addresses import Mailbox, Unfit, mailbox, one_line, wired
from report.deliver.mail.letter import Attached, Letter, letter
from report.deliver.mail.message import Head, addressed, message
from report.deliver.mail.safe import safe
from report.deliver.mail.wishes import Wishes
from report.errors import LayoutFault
from report.parcel import Item, Parcel
from report.records import replace
from tests.conftest import missing
from tests.goldens import assert_golden
from tests.parcels import PDF, TIME, call, hand_over, items, parcel, points, settings, tree

NAMED = "Stadt Gladbeck – Ausgezeichnet familienfreundlich.pdf"
EMBARGO = {"embargo": "2099-12-10T12:30", "embargo_words": "10. Dezember 2099, 12:30 Uhr"}


def read(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def draft(folder: Path, of: Parcel, text: str = "") -> bytes:
    assert hand_over("mail", folder, of, text).state in ("done", "already")
    return (folder / "mail" / f"familienkommune-v{of.version.number}.eml").read_bytes()


def body(found: EmailMessage, kind: str) -> str:
    part = found.get_body((kind,))
    assert part is not None
    text = part.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


def test_the_draft_as_a_person_reads_it(tmp_path: Path) -> None:
    found = read(draft(tmp_path, parcel(**EMBARGO), "pictures: ja"))
    head = "\n".join(f"{name}: {value}" for name, value in found.items())
    files = "\n".join(f"{part.get_content_type()} {part.get_filename()}" for part in found.iter_attachments())
    head = re.sub(r"=?_?[0-9a-f]{24}", "…", head)
    assert_golden("mail/draft", f"{head}\n\n{body(found, 'plain')}\n== HTML\n{body(found, 'html')}\n== Files\n{files}")


def test_a_draft_is_the_same_bytes_and_is_made_once(tmp_path: Path) -> None:
    once = draft(tmp_path / "a", parcel())
    assert draft(tmp_path / "b", parcel()) == once
    assert draft(tmp_path / "a", parcel()) == once
    other = draft(tmp_path / "a", parcel(2))
    assert read(other)["Date"] == read(once)["Date"]
    assert b"\r\n" in once
    assert b"\n" not in once.replace(b"\r\n", b"")
    assert max(map(len, once.split(b"\r\n"))) <= 998
    assert once.isascii()


def test_a_draft_names_its_checksum(tmp_path: Path) -> None:
    data = draft(tmp_path, parcel())
    (done,) = call("mail", tmp_path, parcel()).results("mail", 1)
    assert done.result["sha256"] == sha256(data).hexdigest()
    assert (tmp_path / str(done.result["file"])).read_bytes() == data


def test_a_draft_survives_every_kill(tmp_path: Path) -> None:
    assert sum(1 for _ in points(lambda: hand_over("mail", tmp_path / "a", parcel()))) > 5
    assert hand_over("mail", tmp_path / "a", parcel()).state == "already"
    hand_over("mail", tmp_path / "b", parcel())
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_another_program_reads_the_draft(tmp_path: Path) -> None:
    """Perl's MIME-tools, of Debian, splits the message into its parts."""
    perl = shutil.which("perl")
    if perl is None or subprocess.run([perl, "-MMIME::Parser", "-e", "1"], capture_output=True, check=False).returncode:
        missing("Perl's MIME-tools are missing: apt-get install libmime-tools-perl")
    draft(tmp_path, parcel(**EMBARGO), "pictures: ja")
    script = (
        "use MIME::Parser; use Encode; binmode STDOUT, ':utf8'; my $p = MIME::Parser->new; $p->output_to_core(1);"
        "$p->tmp_to_core(1); my $m = $p->parse_open($ARGV[0]);"
        "print decode('MIME-Header', $m->head->get('Subject'));"
        "for my $e ($m->parts_DFS) { next if $e->is_multipart; my $b = $e->bodyhandle->as_string;"
        "my $n = decode('MIME-Header', $e->head->recommended_filename // '');"
        "print join('|', $e->mime_type, $n, length $b), qq{\\n} }"
    )
    order = [str(perl), "-e", script, str(tmp_path / "mail" / "familienkommune-v1.eml")]
    answer = subprocess.run(order, capture_output=True, encoding="utf-8", check=True, timeout=120)
    subject, plain, html, pdf, picture = answer.stdout.splitlines()
    waits = f"Sperrfrist: nicht vor {EMBARGO['embargo_words']}"
    assert subject == f"{waits}: Pressemitteilung: Ausgezeichnet familienfreundlich"
    assert (plain.split("|")[0], html.split("|")[0]) == ("text/plain", "text/html")
    assert pdf == f"application/pdf|{NAMED}|{len(PDF + b'mail')}"
    assert picture == "image/jpeg|familienkommune-bild-1-rathaus.jpg|4"


def test_a_further_parser_reads_the_draft(tmp_path: Path) -> None:
    found = mailparser.parse_from_bytes(draft(tmp_path, parcel()))
    assert found.subject == "Pressemitteilung: Ausgezeichnet familienfreundlich"
    assert [one["filename"] for one in found.attachments] == [NAMED]
    assert "Gladbeck trägt den Landespreis" in found.text_plain[0]
    assert found.text_html[0].lstrip().startswith("<!DOCTYPE html>")
    assert found.to == []


def test_a_page_of_its_own_becomes_what_mail_programs_show() -> None:
    page = (
        '<html lang="de"><head><style>p{color:red}</style><title>T</title></head>'
        '<body onload="x()"><script>x()</script>'
        '<h2><span><span aria-hidden="true">1</span></span> <span>Erste</span> <span>Das Büro</span></h2>'
        '<figure><img src="data:image/png;base64,AA" alt="x"><figcaption>C</figcaption></figure>'
        '<p class="x" style="position:fixed" onclick="x()">Fami\u00adlie &amp; <a href="javascript:x()">Rat</a>'
        '<a href="https://a.example/?a=1&amp;b=2">Netz</a><a href="#o">innen</a> <em lang="en">fair</em></p>'
        "<ol class='timeline'><li><p>2007</p><p>Bericht</p></li></ol><p>offen"
    )
    found = safe(page)
    assert not re.search(r"script|onclick|onload|class=|position|data:|figcaption|#o|\u00ad", found)
    assert "Erste <br>Das Büro</h2>" in found
    link = '<a href="https://a.example/?a=1&amp;b=2">Netz</a>'
    assert f'>Familie &amp; Rat{link}innen <em lang="en">fair</em></p>' in found
    assert found.endswith("offen</p>")


def test_what_is_missing_or_much_is_said(tmp_path: Path) -> None:
    of = parcel()
    bare = replace(of, items=tuple(item for item in of.items if item.role not in ("text", "html")))
    handed = hand_over("mail", tmp_path / "a", bare)
    assert (handed.state, [one.rule for one in handed.findings]) == ("done", ["mail.text"])
    found = read((tmp_path / "a" / "mail" / "familienkommune-v1.eml").read_bytes())
    assert found.get_body(("html",)) is None
    assert "trägt den Landespreis" in body(found, "plain")
    handed = hand_over("mail", tmp_path / "b", of, "budget: 2 kB")
    assert [(one.rule, one.severity) for one in handed.findings] == [("mail.size", "warning")]
    drawn = Item("picture", "familienkommune-bild-2-b.svg", "image/svg+xml", b"<svg/>", caption="Ein Turm", credit="C")
    handed = hand_over("mail", tmp_path / "c", replace(of, items=(*of.items, drawn)), "pictures: ja")
    assert [one.rule for one in handed.findings] == ["mail.drawing"]


def test_a_text_that_has_it_all_is_not_told_again() -> None:
    text = "Sperrfrist bis 10. Dezember 2099, 12:30 Uhr\n\nPressestelle, Erika Muster, 02043 99-0, presse@example.org\n"
    text += "Das Rathaus (Foto: Erika Muster)\nwww.example.org/familie\n"
    of = parcel(**EMBARGO)
    told = replace(items()[2], data=text.encode())
    assert letter(replace(of, items=(told,)), Wishes()).text == text


def test_several_layouts_have_several_names() -> None:
    of = parcel()
    one = of.of("mail")[0]

    def names(*more: Item) -> list[str]:
        files = letter(replace(of, items=(*of.items, *more)), Wishes()).files
        assert all(file.name.startswith(NAMED[:-4]) for file in files)
        return [file.name[len(NAMED) - 4 :] for file in files]

    leaflet = replace(one, layout="leaflet", kind="Faltblatt", data=b"%PDF-1.7 other")
    own = replace(leaflet, layout="schmal")
    bare = replace(leaflet, layout="flyer", kind="")
    assert names() == [".pdf"]
    assert names(leaflet) == [" (Broschüre).pdf", " (Faltblatt).pdf"]
    assert names(leaflet, own) == [" (Broschüre).pdf", " (Faltblatt, leaflet).pdf", " (Faltblatt, schmal).pdf"]
    assert names(bare) == [" (Broschüre).pdf", " (flyer).pdf"]


# -- nothing gets into the head --


def words(data: bytes, header: str) -> str:
    """Return a head's words by Python's older reader: its newer one puts spaces between the pieces of a long word."""
    return decoded(str(message_from_bytes(data, policy=policy.compat32)[header] or ""))


def decoded(text: str) -> str:
    return re.sub(r"\r\n ", " ", str(make_header(decode_header(text))) if text else "")


signs = st.text(st.characters(codec="utf-8") | st.sampled_from("\r\n\x00\x0b\u2028\u202e:,;<>\"@ä=?"), max_size=120)
LINES = re.compile(rb"[!-9;-~]+: ?.*(?:\r\n[ \t].*)*", re.DOTALL)


@given(signs, signs, signs, signs)
def test_no_field_reaches_the_head(subject: str, name: str, file: str, organisation: str) -> None:
    attached = Attached(file or "x", "image/jpeg", b"\xff\xd8")
    box = Mailbox(name, "presse@example.org")
    head = Head(TIME, box, box, (box,), organisation, unsent=True)
    data = message(Letter(subject, "Text", "<p>Text</p>", (attached,), "de"), head)
    found = read(data)
    known = "X-Unsent Date From Reply-To To Subject Message-ID Organization MIME-Version Content-Type Content-Language"
    assert set(found.keys()) <= set(known.split())
    assert len(found.keys()) == len(set(found.keys()))
    assert found["From"].addresses[0].addr_spec == "presse@example.org"
    assert len(found["To"].addresses) == 1
    assert [part.get_content_type() for part in found.walk()][2:] == ["text/plain", "text/html", "image/jpeg"]
    assert words(data, "Subject") == one_line(subject)
    assert words(data, "Organization") == one_line(organisation)
    (part,) = found.iter_attachments()
    assert part.get_filename() == one_line(file or "x")
    assert max(map(len, data.split(b"\r\n"))) <= 998


@given(signs, signs)
def test_a_recipients_name_stays_a_name(name: str, subject: str) -> None:
    data = message(Letter(subject, "Text", "", (), "de"), Head(TIME, Mailbox("", "presse@example.org")))
    own = addressed(data, Mailbox(name, "erika@example.org"))
    found = read(own)
    assert [one.addr_spec for one in found["To"].addresses] == ["erika@example.org"]
    called, address = parseaddr(str(message_from_bytes(own, policy=policy.compat32)["To"]))
    assert (decoded(called), address) == (one_line(name), "erika@example.org")
    assert found.keys() == read(data).keys()
    assert words(own, "Subject") == one_line(subject)
    assert own.partition(b"\r\n\r\n")[2] == data.partition(b"\r\n\r\n")[2]


@given(signs, signs, signs)
def test_no_caption_reaches_the_head_or_leaves_its_place(caption: str, title: str, contact: str) -> None:
    of = parcel(title=title, publisher=contact)
    picture = replace(of.of("picture")[0], caption=caption, credit=contact)
    told = letter(replace(of, items=(*of.of("text", "html", "mail"), picture)), Wishes(pictures=True))
    data = message(told, Head(TIME, Mailbox(contact, "a@example.org")))
    found = read(data)
    assert "X-Evil" not in found
    assert len(list(found.iter_attachments())) == 2
    assert not re.search(r"<(?!/?(?:html|head|meta|title|body|div|p|h2|br|!DOCTYPE)\b)", told.html)
    assert all(not set(file.name) & set('/\\:*?"<>|\r\n\x00') for file in told.files)


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ("presse@example.org", "presse@example.org"),
        ("Erika.Muster+x@Straße.example.DE", "Erika.Muster+x@xn--strae-oqa.example.de"),
        ("a@münchen.example", "a@xn--mnchen-3ya.example"),
    ],
)
def test_addresses_that_fit(given_: str, wanted: str) -> None:
    assert wired(given_) == wanted


@pytest.mark.parametrize(
    "given_",
    ["", "a", "@b.de", "a@", "a@b", "a b@c.de", "a@b..de", "a@-b.de", "ä@b.de", "a@b.de,c@d.de", "a@[1.2.3.4]",
     "a@1.2.3.4", "a..b@c.de", "a@b@c.de", "a\r\n@b.de", "a@b.de\r\nBcc: x@y.de", "a@b_c.de", "<a@b.de>", "a@b.de."],
)  # fmt: skip
def test_addresses_that_do_not(given_: str) -> None:
    with pytest.raises(Unfit):
        wired(given_)


@given(signs)
def test_what_passes_as_an_address_is_one(text: str) -> None:
    try:
        found = wired(text)
    except Unfit:
        return
    assert re.fullmatch(r"[!-~]+@[a-z0-9.-]+", found)


def test_a_mailbox_with_its_name() -> None:
    assert mailbox("Stadt Gladbeck, Pressestelle <presse@example.org>") == Mailbox(
        "Stadt Gladbeck, Pressestelle", "presse@example.org"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from: nobody", "is no mail address"),
        ("to: [presse@example.org, x]", "is no mail address"),
        ("budget: viel", "is no size"),
        ("server: mail.example.org\nsecurity: none", "in the clear"),
        ("server: mail.example.org\npassword: geheim", "A secret does not belong"),
        ("port: 70000", "no whole number"),
        ("broken: vielleicht", "none of"),
        ("lst: x.csv", "Unknown key"),
    ],
)
def test_a_house_file_is_told_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(LayoutFault, match=said):
        settings("mail", text, tmp_path)


def test_in_the_clear_only_on_this_machine(tmp_path: Path) -> None:
    for host in ("localhost", "127.0.0.1", "'::1'"):
        assert settings("mail", f"server: {host}\nsecurity: none", tmp_path).server.security == "none"
