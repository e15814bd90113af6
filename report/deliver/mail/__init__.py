"""A publication by mail: a draft that a mail program opens, always; and the mail itself, only where the order says so.

Knows: parcels, mail. Must never know: how a file was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from report.deliver.access import tls
from report.deliver.mail.addresses import Mailbox, Unfit, wired
from report.deliver.mail.letter import Letter, held_back, letter
from report.deliver.mail.message import Head, message
from report.deliver.mail.roll import Roll, numbers, read_roll
from report.deliver.mail.sending import FOLDER, Pinned, Sending, pinned, sent_alike
from report.deliver.mail.wishes import Wishes, read
from report.deliver.step import Call, Done, Hand, Plan, Result, Step, shown
from report.deliver.whole import put_file
from report.errors import DeliveryFault
from report.findings import N_, Finding, Measure, Place
from report.parcel import Parcel, digest

__all__ = ["plan", "read"]

_ANY_DAY = "2000-01-01T00:00:00+00:00"


def plan(call: Call) -> Plan:
    """Return the draft, and behind it what is sent where the order says --send; raises DeliveryFault."""
    wishes: Wishes = call.settings
    parcel = call.parcel
    into = wishes.path or call.folder / FOLDER
    path = into / f"{parcel.facts.id}-v{parcel.version.number}.eml"
    told = letter(parcel, wishes, _sent_before(call))
    data = message(told, _head(parcel, wishes))
    steps = [_draft(path, data, shown(path, call), tuple(file.name for file in told.files))]
    remarks = list(_remarks(parcel, wishes, len(data)))
    sending, findings = _sending(call, told) if call.send else (None, ())
    if sending:
        steps += sending.steps()
        remarks += sending.remarks()
    # the place stays what it is wherever drafts lie and whoever carries the mail: by it the journal knows what was sent
    return Plan("mail", tuple(steps), (*remarks, *findings), sending.then if sending else None)


def _sent_before(call: Call) -> str:
    """Return the day on which an earlier version was sent; nothing where none was."""
    version = call.parcel.version
    found = [one.when for one in call.results("mail") if one.version < version.number and one.step[:5] == "send "]
    day = max((when for when in found if when < version.time), default="")[:10]
    german = call.parcel.facts.language.partition("-")[0] == "de"
    return ".".join(reversed(day.split("-"))) if german else day


def _sending(call: Call, told: Letter) -> tuple[Sending | None, tuple[Finding, ...]]:
    """Return what sends the letter to the house's list, with what is to remark; raise DeliveryFault."""
    wishes: Wishes = call.settings
    own = sender(call.parcel, wishes)
    faults = list(_missing(wishes, own))
    roll = None
    if wishes.list:
        try:
            roll = read_roll(wishes.list)
            faults += [] if wishes.skip else roll.told(wishes.list, "error")
            if not roll.recipients:
                nobody = N_("mail: the list has nobody to send to.")
                faults.append(Finding("mail.list", nobody, {}, Place(str(wishes.list))))
        except DeliveryFault as fault:
            faults += fault.faults
    if wishes.server and wishes.server.authority:
        try:
            tls("mail", wishes.server.authority)
        except DeliveryFault as fault:
            faults += fault.faults
    if faults:
        raise DeliveryFault(*faults)
    assert roll and own and wishes.server and wishes.list
    known = pinned(call, roll)
    if known and known.sha256 != roll.sha256:
        return None, (_changed(call, known),)

    words = _words(call)
    if known is None and (before := sent_alike(call, roll, words)):
        return None, (_unchanged(before),)

    def made(when: str) -> bytes:
        return message(told, Head(when, own, wishes.reply, organisation=call.parcel.facts.publisher))

    sending = Sending(call, roll, wishes.server, own, wishes.block, made, words)
    return sending, tuple(_told_of(roll, wishes.list))


def _words(call: Call) -> str:
    """Return the checksum of all that a mail says, whenever it goes out and whatever it replaces."""
    wishes: Wishes = call.settings
    data = message(letter(call.parcel, wishes), Head(_ANY_DAY, sender(call.parcel, wishes)))
    return digest(data)


def _unchanged(before: Done) -> Finding:
    told = N_("mail: the same mail went to “{list}” as version {version} on {when}: it is not sent again.")
    day = ".".join(reversed(before.when[:10].split("-")))
    values: dict[str, object] = {"list": before.result["list"], "version": before.version, "when": day}
    remedy = N_("What is new of this version goes to the other targets.")
    return Finding("mail.unchanged", told, values, severity="note", remedy=remedy)


def _missing(wishes: Wishes, own: Mailbox | None) -> Iterator[Finding]:
    """Walk what sending needs and the house does not say."""
    given = {"server": wishes.server, "list": wishes.list, "from": own}
    for key in (key for key, value in given.items() if value is None):
        message_ = N_("mail: to send, the house file must say {key}:, under deliver: mail:.")
        yield Finding("mail.missing", message_, {"key": key}, remedy=N_("docs/uebergabe.md shows an example."))


def _changed(call: Call, known: Pinned) -> Finding:
    """Return that a list is not the one that was begun with; raise DeliveryFault where that one is not yet through."""
    number = call.parcel.version.number
    results = [one for one in call.results("mail", number) if one.step.startswith(f"send {known.name} ")]
    values: dict[str, object] = {"list": known.name, "when": known.when[:10]}
    if len(results) < known.blocks:
        told = N_("mail: “{list}” was changed while the mail was going out; nobody can say which lines have got it.")
        remedy = N_("Put the list back as it was on {when}, then order again. New ones go into a list of their own.")
        raise DeliveryFault(Finding("mail.list", told, values, remedy=remedy))
    told = N_("mail: “{list}” was changed since the mail went out on {when}. Nothing is sent again.")
    remedy = N_("New recipients get it by a list of their own.")
    return Finding("mail.list", told, values, severity="warning", remedy=remedy)


def _told_of(roll: Roll, path: Path) -> Iterator[Finding]:
    """Walk what is left out of a list."""
    yield from roll.told(path, "warning")
    if roll.doubles:
        told = N_("mail: {count} lines of “{list}” say an address again, which gets the mail once: {rows}.")
        values: dict[str, object] = {"list": roll.name, "count": len(roll.doubles), "rows": numbers(roll.doubles)}
        yield Finding("mail.double", told, values, severity="note")


def _draft(path: Path, data: bytes, place: str, files: tuple[str, ...]) -> Step:
    """Return the step that lays the draft down."""

    def put(_: Hand) -> Result:
        put_file(path, data)
        return {"file": place, "sha256": digest(data)}

    name = "draft" if place == f"{FOLDER}/{path.name}" else f"draft {place}"
    return Step(name, N_("a draft of the mail: “{file}”"), {"file": place}, put, (path.name, *files))


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
        sizes = {"size": size, "budget": wishes.budget}
        values: dict[str, object] = {name: Measure(f"{one / 1e6:.1f}") for name, one in sizes.items()}
        yield Finding("mail.size", told, values, severity="warning", remedy=remedy)
    if not parcel.of("text"):
        told = N_("mail: there is no press text as plain text: it stands in the attached PDF only.")
        yield Finding("mail.text", told, {}, severity="warning")
    drawings = ", ".join(item.name for item in held_back(parcel, wishes))
    if drawings:
        told = N_("mail: drawings are not attached, since mail filters hold such files back: {files}.")
        yield Finding("mail.drawing", told, {"files": drawings}, severity="note")
