"""What the journal tells of the mail: the message as it went out, to how many of which list, by when.

Knows: the journal's records of mail, the file of the message. Must never know: an address, or how mail is sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from report.deliver.listing import Mailing
from report.deliver.step import Call, Done
from report.parcel import Item

_RECIPIENTS = re.compile(rb"^(?:To|Cc|Bcc):[^\n]*\n(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE)


def events(call: Call) -> tuple[Done, ...]:
    """Return what was done by mail for this version, in the journal's order."""
    return call.results("mail", call.parcel.version.number)


def letter(call: Call) -> Item | None:
    """Return the message as it went out, without the heads that name recipients; None where it is not there."""
    for done in events(call):
        file = done.result.get("file")
        if not isinstance(file, str):
            continue
        try:
            data = (call.folder / Path(file)).read_bytes()
        except OSError:
            continue
        return Item("letter", f"{call.parcel.facts.id}-mail.eml", "message/rfc822", without_recipients(data))
    return None


def without_recipients(data: bytes) -> bytes:
    """Return a message without the heads To, Cc and Bcc; its body stays as it is."""
    end = re.search(rb"\r?\n\r?\n", data)
    head, body = (data[: end.end()], data[end.end() :]) if end else (data, b"")
    return _RECIPIENTS.sub(b"", head) + body


def mailings(done: Sequence[Done]) -> tuple[Mailing, ...]:
    """Return what these steps come to: one line for each list, or one for a message that nobody was sent yet."""
    lists: dict[str, Mailing] = {}
    for one in done:
        name, number = one.result.get("list"), one.result.get("sent")
        if not isinstance(name, str) or not isinstance(number, int):
            continue
        before = lists.get(name, Mailing())
        lists[name] = Mailing(name, before.number + number, one.when)
    if lists or not done:
        return tuple(lists.values())
    return (Mailing("", 0, done[-1].when),)
