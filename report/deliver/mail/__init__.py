"""A publication by mail: a draft that a mail program opens, always; and the mail itself, only where the order says so.

Knows: parcels, mail. Must never know: how a file was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from report.deliver.mail.addresses import Mailbox, Unfit, wired
from report.deliver.mail.letter import held_back, letter
from report.deliver.mail.message import Head, message
from report.deliver.mail.wishes import Wishes, read
from report.deliver.step import Call, Hand, Plan, Result, Step, shown
from report.deliver.whole import put_file
from report.findings import N_, Finding
from report.parcel import Parcel

__all__ = ["plan", "read"]


def plan(call: Call) -> Plan:
    """Return the draft, and behind it what is sent where the order says --send."""
    wishes: Wishes = call.settings
    into = wishes.path or call.folder / "mail"
    parcel = call.parcel
    name = f"{parcel.facts.id}-v{parcel.version.number}.eml"
    told = letter(parcel, wishes)
    data = message(told, _head(parcel, wishes))
    step = _draft(into / name, data, shown(into / name, call), tuple(file.name for file in told.files))
    return Plan(shown(into, call), (step,), tuple(_remarks(parcel, wishes, len(data))))


def _draft(path: Path, data: bytes, place: str, files: tuple[str, ...]) -> Step:
    """Return the step that lays the draft down."""

    def put(_: Hand) -> Result:
        put_file(path, data)
        return {"file": place, "sha256": sha256(data, usedforsecurity=False).hexdigest()}

    return Step("draft", N_("a draft of the mail: “{file}”"), {"file": path.name}, put, (path.name, *files))


def _head(parcel: Parcel, wishes: Wishes) -> Head:
    """Return the draft's head; its recipients are left to whoever sends it, unless the house names some."""
    own = sender(parcel, wishes)
    return Head(parcel.version.time, own, wishes.reply, wishes.to, parcel.facts.publisher, unsent=True)


def sender(parcel: Parcel, wishes: Wishes) -> Mailbox | None:
    """Return who writes: whom the house names, or else the publication's own contact."""
    if wishes.sender:
        return wishes.sender
    try:
        return Mailbox(parcel.facts.publisher, wired(parcel.facts.contact.email))
    except Unfit:
        return None


def _remarks(parcel: Parcel, wishes: Wishes, size: int) -> Iterator[Finding]:
    """Walk what does not hinder, and somebody should know."""
    if size > wishes.budget:
        told = N_("mail: {size} MB is more than the {budget} MB that a mail should have: some mailboxes refuse it.")
        remedy = N_("Send fewer pictures (pictures: nein), smaller ones, or raise the budget in the house file.")
        values: dict[str, object] = {"size": f"{size / 1e6:.1f}".replace(".", ","),
                                     "budget": f"{wishes.budget / 1e6:.1f}".replace(".", ",")}  # fmt: skip
        yield Finding("mail.size", told, values, severity="warning", remedy=remedy)
    if not parcel.of("text"):
        told = N_("mail: there is no press text as plain text: it stands in the attached PDF only.")
        yield Finding("mail.text", told, {}, severity="warning")
    for item in held_back(parcel, wishes):
        told = N_("mail: the drawing “{file}” is not attached: mail filters hold such files back.")
        yield Finding("mail.drawing", told, {"file": item.name}, severity="note")
