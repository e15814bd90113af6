"""A letter as a message of RFC 5322: its head, plain text and HTML, files; always the same bytes.

Python's own `email` writes it. Boundaries and Message-ID come from the contents, the date is given. Knows: mail's
formats. Must never know: servers, lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from email import policy
from email.headerregistry import Address, Group
from email.message import EmailMessage
from hashlib import sha256

from report.deliver.mail.addresses import Mailbox, one_line
from report.deliver.mail.letter import Letter
from report.records import record

_HIDDEN = "undisclosed-recipients"


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
    made = EmailMessage(policy=policy.SMTP)
    if head.unsent:
        made["X-Unsent"] = "1"
    made["Date"] = _date(head.time)
    if head.sender:
        made["From"] = _address(head.sender)
    if head.reply:
        made["Reply-To"] = _address(head.reply)
    if head.to:
        made["To"] = [_address(one) for one in head.to]
    elif not head.unsent:
        made["To"] = Group(_HIDDEN)
    made["Subject"] = one_line(letter.subject)
    domain = head.sender.domain if head.sender else "localhost"
    made["Message-ID"] = f"<{digest[:24]}@{domain}>"
    if head.organisation:
        made["Organization"] = one_line(head.organisation)
    _fill(made, letter)
    made["Content-Language"] = one_line(letter.language)
    for number, part in enumerate(part for part in made.walk() if part.is_multipart()):
        part.set_boundary(f"=_{digest[:24]}_{number}")  # no encoding of ours ever writes =_
    return made.as_bytes()


def addressed(data: bytes, to: Mailbox) -> bytes:
    """Return a message as it goes to one recipient, otherwise as it is."""
    line = EmailMessage(policy=policy.SMTP)
    line["To"] = Group(_HIDDEN)
    own = EmailMessage(policy=policy.SMTP)
    own["To"] = _address(to)
    head, end, rest = data.partition(b"\r\n\r\n")
    hidden, named = (made.as_bytes().rstrip(b"\r\n") for made in (line, own))
    return (b"\r\n" + head).replace(b"\r\n" + hidden, b"\r\n" + named, 1)[2:] + end + rest


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


def _address(box: Mailbox) -> Address:
    return Address(display_name=one_line(box.name), addr_spec=box.address)


def _date(time: str) -> str:
    """Return the journal's time as a mail has it: Wed, 25 Nov 2026 16:30:00 +0100."""
    from datetime import datetime
    from email.utils import format_datetime

    return format_datetime(datetime.fromisoformat(time))
