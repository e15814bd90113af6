"""A letter as a message of RFC 5322: its head, plain text and HTML, files; always the same bytes.

Python's own `email` writes it. Boundaries and Message-ID come from the contents, the date is given. Knows: mail's
formats. Must never know: servers, lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from hashlib import sha256

from report.deliver.mail.addresses import Mailbox, one_line
from report.deliver.mail.letter import Letter
from report.records import record

_HIDDEN = "undisclosed-recipients:;"
_END = "\r\n"
_LONG = 60  # signs: longer words are written in pieces


@record(frozen=True)
class Head:
    """What stands in the head but for the subject: true time as in the journal; no `to` means: not yet known."""

    time: str
    sender: Mailbox | None = None
    reply: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    organisation: str = ""
    unsent: bool = False  # a draft: a mail program opens it to be sent


def message(letter: Letter, head: Head) -> bytes:
    """Return the message as it stands in a file or goes over the wire."""
    digest = _digest(letter)
    domain = head.sender.domain if head.sender else "localhost"
    to = ",\r\n ".join(_address(one, "To") for one in head.to) or ("" if head.unsent else _HIDDEN)
    lines = {
        "X-Unsent": "1" if head.unsent else "",
        "Date": _date(head.time),
        "From": _address(head.sender, "From") if head.sender else "",
        "Reply-To": _address(head.reply, "Reply-To") if head.reply else "",
        "To": to,
        "Subject": _words(letter.subject, "Subject"),
        "Message-ID": f"<{digest[:24]}@{domain}>",
        "Organization": _words(head.organisation, "Organization"),
        "Content-Language": one_line(letter.language),
    }
    above = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    made = EmailMessage(policy=policy.SMTP)
    _fill(made, letter)
    for number, part in enumerate(part for part in made.walk() if part.is_multipart()):
        part.set_boundary(f"=_{digest[:24]}_{number}")  # no encoding of ours ever writes =_
    return above.encode("ascii") + made.as_bytes()


def addressed(data: bytes, to: Mailbox) -> bytes:
    """Return a message as it goes to one recipient, otherwise as it is."""
    head, end, rest = data.partition(b"\r\n\r\n")
    named = f"\r\nTo: {_address(to, 'To')}".encode("ascii")
    return head.replace(f"\r\nTo: {_HIDDEN}".encode("ascii"), named, 1) + end + rest


def _words(text: str, header: str) -> str:
    """Return words as they stand in a head, folded; `email`'s newer way of folding loses spaces between long words."""
    text = one_line(text)
    plain = text.isascii() and "=?" not in text and all(len(word) < _LONG for word in text.split())
    return Header(text, "us-ascii" if plain else "utf-8", header_name=header).encode(linesep=_END)


def _address(box: Mailbox, header: str) -> str:
    name = one_line(box.name)
    if name.isascii() and "=?" not in name and len(name) < _LONG:
        return formataddr((name, box.address))
    return f"{Header(name, 'utf-8', header_name=header).encode(linesep=_END)} <{box.address}>"


def _fill(made: EmailMessage, letter: Letter) -> None:
    """Give the message its two bodies and its files."""
    made.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    if letter.html:
        made.add_alternative(letter.html, subtype="html", charset="utf-8", cte="quoted-printable")
    for file in letter.files:
        kind, _, subtype = file.media.partition(";")[0].partition("/")
        made.add_attachment(file.data, maintype=kind, subtype=subtype, filename=one_line(file.name))


def _digest(letter: Letter) -> str:
    """Return a checksum of all that a reader sees."""
    told: Sequence[bytes] = (
        letter.subject.encode("utf-8", "replace"),
        letter.text.encode("utf-8", "replace"),
        letter.html.encode("utf-8", "replace"),
        *(part for file in letter.files for part in (file.name.encode("utf-8", "replace"), file.data)),
    )
    return sha256(b"".join(sha256(part).digest() for part in told)).hexdigest()


def _date(time: str) -> str:
    """Return the journal's time as a mail has it: Wed, 25 Nov 2026 16:30:00 +0100."""
    return format_datetime(datetime.fromisoformat(time))
