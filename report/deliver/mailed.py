"""What the journal tells of the mail: the message as it went out, to how many of which list, by when.

Knows: the journal's records of mail, the file of the message. Must never know: an address, or how mail is sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from report.deliver.listing import Mailing
from report.deliver.step import Call, Done
from report.parcel import Item, digest

_RECIPIENTS = re.compile(rb"^(?:To|Cc|Bcc):[^\n]*\n(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE)


def events(call: Call) -> tuple[Done, ...]:
    """Return what was done by mail for this version, in the journal's order."""
    return call.results("mail", call.parcel.version.number)


def letters(call: Call, batch: Sequence[Done]) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the messages of a batch as they went out, without the heads that name recipients; and which are lost.

    What was sent comes before the draft of it. A message that was filed before, and went to further ones since, is
    filed with them again.
    """
    every = events(call)
    lists = {str(one.result["list"]) for one in batch if isinstance(one.result.get("sent"), int)}
    wanted = [one for one in every if one.step.removeprefix("message ") in lists and "file" in one.result]
    wanted = wanted or [one for one in batch if "file" in one.result]
    items, lost = [], []
    for one in wanted:
        file = Path(str(one.result["file"]))
        try:
            data = (call.folder / file).read_bytes()
        except OSError:
            data = b""
        if digest(data) != one.result.get("sha256"):
            lost.append(file.name)
            continue
        tail = file.stem.removeprefix(f"{call.parcel.facts.id}-v{call.parcel.version.number}")
        name = f"{call.parcel.facts.id}-mail{tail}.eml"
        role = "draft" if one.step.split(" ")[0] == "draft" else "letter"
        items.append(Item(role, name, "message/rfc822", without_recipients(data)))
    return tuple(items), tuple(lost)


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
