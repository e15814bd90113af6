"""The mail goes out: the list is pinned, the message filed as it goes, then block after block, each a step of its own.

What happened to whom stands in the journal by list and row. A list is pinned by its checksum: were it changed in
between, rows would be others. Knows: steps, lists, the line. Must never know: what is in the mail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from report.deliver.mail.addresses import Mailbox
from report.deliver.mail.line import Answer, Doubtful, Line, Postponed
from report.deliver.mail.message import addressed
from report.deliver.mail.roll import Recipient, Roll, numbers
from report.deliver.mail.wishes import Server
from report.deliver.step import Call, Done, Hand, Result, Step, Unclear
from report.deliver.whole import put_file
from report.errors import DeliveryFault
from report.findings import N_, Finding, Place
from report.parcel import digest
from report.records import record

T = TypeVar("T")
FOLDER = "mail"
_FIRST_PAUSE, _GROWTH, _LONGEST_PAUSE = 5, 3, 900  # seconds


@record(frozen=True)
class Pinned:
    """How a list was begun to be sent to: what a later order goes on with."""

    name: str
    sha256: str
    block: int
    blocks: int
    when: str = ""


class Sending:
    """The steps that send one message to one list. `make` gives the message as it goes, for the moment it begins."""

    def __init__(self, call: Call, roll: Roll, server: Server, sender: Mailbox, block: int,
                 make: Callable[[str], bytes], words: str) -> None:  # fmt: skip
        self.call, self.roll, self.server, self.make, self.words = call, roll, server, make, words
        self.line = Line(server, sender.address)
        self.pinned = pinned(call, roll) or _fresh(roll, block)
        self.rows = {one.row: one for one in roll.recipients}
        self.data = b""
        self.patient = True

    # -- what is to be done --

    def steps(self) -> Iterator[Step]:
        """Walk the steps: pin the list, file the message, a step a block, and once more whom the server put off."""
        name = self.pinned.name
        values: dict[str, object] = {"list": name, "count": len(self.rows)}
        yield Step(f"list {name}", N_("the list “{list}”: {count} recipients"), values, self.pin)
        path = self._path()
        what = N_("the mail as it goes out: “{file}”")
        yield Step(f"message {name}", what, {"file": path.name}, self.file, (path.name,))
        blocks = self.blocks()
        for number, block in enumerate(blocks):
            yield self._block(block, number, len(blocks))

    def then(self, known: Sequence[Done]) -> Iterator[Step]:
        """Walk what follows: once more, block by block, to those whom the server has put off.

        A block keeps its rows: one whose end is unclear is never mixed with another.
        """
        told: dict[str, list[Done]] = {}
        for one in self._results(known):
            told.setdefault(one.step.removeprefix("send ").removeprefix("again ")[len(self.pinned.name) + 1 :]
                            .split()[0], []).append(one)  # fmt: skip
        for block in self.blocks():
            results = told.get(span(block), [])
            rows = _rows(_texts(results[-1].result.get("put off"))) if results else []
            people = [one for one in block if one.row in rows]
            if people:
                yield self._again(block, people, len(results))

    def blocks(self) -> list[tuple[Recipient, ...]]:
        """Return the recipients in blocks."""
        found, size = self.roll.recipients, self.pinned.block
        return [found[at : at + size] for at in range(0, len(found), size)]

    def _block(self, block: tuple[Recipient, ...], number: int, of: int) -> Step:
        def send(hand: Hand) -> Result:
            hand.progress(number, of)
            result = self.send(hand, block, patient=False)
            hand.progress(number + 1, of)
            if number + 1 == of:
                self.line.close()
            return result

        rows = span(block)
        values: dict[str, object] = {"rows": rows, "list": self.pinned.name}
        shown = tuple(_shown(one) for one in block)
        return Step(f"send {self.pinned.name} {rows}", N_("the mail to the lines {rows} of “{list}”"), values, send,
                    recipients=shown, apart=True)  # fmt: skip

    def _again(self, block: Sequence[Recipient], people: Sequence[Recipient], number: int) -> Step:
        def send(hand: Hand) -> Result:
            if self.patient:
                hand.wait(_FIRST_PAUSE)
            result = self.send(hand, people, patient=self.patient)
            later = _texts(result.get("put off"))
            if later:
                self.patient = False  # who is put off for so long is not waited for at each block
                hand.remark(self._later(later))
            return result

        rows = span(block)
        values: dict[str, object] = {"rows": rows, "list": self.pinned.name}
        what = N_("once more to those in the lines {rows} of “{list}” whom the server has put off")
        return Step(f"again {self.pinned.name} {rows} {number}", what, values, send, apart=True)

    # -- steps --

    def pin(self, hand: Hand) -> Result:
        """Keep in the journal which list it is, and in which blocks it goes; not before the server lets us in."""
        self._patiently(hand, self.line.open)
        return {"list": self.pinned.name, "sha256": self.pinned.sha256, "recipients": len(self.rows),
                "block": self.pinned.block, "blocks": self.pinned.blocks, "words": self.words}  # fmt: skip

    def file(self, hand: Hand) -> Result:
        """File the message as it goes out, dated when its list was pinned."""
        when = next(one.when for one in self._of(hand.known()) if one.step == f"list {self.pinned.name}")
        data = self.make(when)
        path = self._path()
        put_file(path, data)
        return {"file": f"{FOLDER}/{path.name}", "sha256": digest(data)}

    def send(self, hand: Hand, block: Sequence[Recipient], patient: bool) -> Result:
        """Send to a block; waits and tries again while the server can take nothing, `patient`: nobody of it."""
        data = self.message(hand)
        if len(block) == 1 and self.pinned.block == 1:
            data = addressed(data, block[0].box)
        answer = self._posted(hand, data, block, patient)
        refused, later = self._told(block, answer.refused), self._told(block, answer.later)
        if refused:
            hand.remark(self._refused(refused, "error"))
        result: dict[str, object] = {"list": self.pinned.name, "rows": span(block), "sent": len(answer.accepted)}
        result |= {"refused": refused} if refused else {}
        result |= {"put off": later} if later else {}
        return {**result, "server": self.server.host}

    def _patiently(self, hand: Hand, act: Callable[[], T | None]) -> T:
        """Do what is done with the server until it can: after each pause, as often as the house says."""
        pause, code = _FIRST_PAUSE, ""
        for attempt in range(self.server.tries):
            if attempt:
                hand.wait(pause)
                pause = min(pause * _GROWTH, _LONGEST_PAUSE)
            try:
                found = act()
            except Postponed as fault:
                code = fault.code
                continue
            if found is not None:
                return found
        raise DeliveryFault(self._busy(code))

    def _posted(self, hand: Hand, data: bytes, block: Sequence[Recipient], patient: bool) -> Answer:
        """Offer and hand in; returns what became of each."""
        tried = 0

        def once() -> Answer | None:
            nonlocal tried
            tried += 1
            answer = self.line.offer(len(data), [one.box.address for one in block])
            if answer.accepted:
                self._handed_in(hand, data, block)
            waits = patient and not answer.accepted and answer.later and tried < self.server.tries
            return None if waits else answer

        return self._patiently(hand, once)

    def _handed_in(self, hand: Hand, data: bytes, block: Sequence[Recipient]) -> None:
        """Hand in, the journal told before; where the server says no, it is told that too."""
        begun = False

        def begin() -> None:
            nonlocal begun
            hand.begun()
            begun = True

        try:
            self.line.hand_in(data, begin)
        except Doubtful:
            raise Unclear(self._doubt(block)) from None
        except (Postponed, DeliveryFault):
            if begun:
                hand.called_off()
            raise

    def message(self, hand: Hand) -> bytes:
        """Return the message as it was filed: everybody gets the same."""
        if not self.data:
            filed = next(one for one in self._of(hand.known()) if one.step == f"message {self.pinned.name}")
            path = self.call.folder / str(filed.result["file"])
            try:
                data = path.read_bytes()
            except OSError:
                data = b""
            if digest(data) != filed.result["sha256"]:
                message = N_("mail: the message as it goes out is not what it was: somebody has changed the file.")
                remedy = N_("Put the file back from a backup: all recipients get the same mail.")
                raise DeliveryFault(Finding("mail.message", message, {}, Place(str(path)), remedy=remedy))
            self.data = data
        return self.data

    # -- what the journal knows --

    def remarks(self) -> Iterator[Finding]:
        """Walk what is to be remembered of an earlier order."""
        refused = [text for one in self._results(self.call.done) for text in _texts(one.result.get("refused"))]
        if refused:
            yield self._refused(refused, "warning")

    def _of(self, done: Iterable[Done]) -> Iterator[Done]:
        number = self.call.parcel.version.number
        return (one for one in done if (one.target, one.version) == ("mail", number))

    def _results(self, done: Iterable[Done]) -> list[Done]:
        """Return what was sent to this list."""
        heads = tuple(f"{word} {self.pinned.name} " for word in ("send", "again"))
        return [one for one in self._of(done) if one.step.startswith(heads)]

    def _path(self) -> Path:
        stem = re.sub(r"[^a-z0-9]+", "-", Path(self.pinned.name).stem.lower()).strip("-") or "liste"
        parcel = self.call.parcel
        return self.call.folder / FOLDER / f"{parcel.facts.id}-v{parcel.version.number}-gesendet-{stem}.eml"

    # -- words --

    def _told(self, block: Sequence[Recipient], codes: Mapping[str, str]) -> list[str]:
        """Return what became of recipients by their rows: `17 (550 5.1.1)`."""
        return [f"{one.row} ({codes[one.box.address]})" for one in block if one.box.address in codes]

    def _refused(self, told: Sequence[str], severity: str) -> Finding:
        message = N_("mail: the server refuses {count} recipients of “{list}”: lines {rows}.")
        more = f" (+{len(told) - 20})" if len(told) > 20 else ""
        values: dict[str, object] = {"list": self.pinned.name, "count": len(told), "rows": ", ".join(told[:20]) + more}
        remedy = N_("Look at these addresses in the list. They did not get the mail.")
        level = "error" if severity == "error" else "warning"
        return Finding("mail.refused", message, values, severity=level, remedy=remedy)  # type: ignore[arg-type]

    def _later(self, told: Sequence[str]) -> Finding:
        message = N_("mail: the server has put off {count} recipients of “{list}”: lines {rows}.")
        remedy = N_("Give the order again later: it goes to these only.")
        values: dict[str, object] = {"list": self.pinned.name, "count": len(told), "rows": numbers(_rows(told))}
        return Finding("mail.put-off", message, values, remedy=remedy)

    def _doubt(self, block: Sequence[Recipient]) -> Finding:
        message = N_("mail: the line broke off before the server confirmed the mail to the lines {rows} of “{list}”.")
        remedy = N_("Ask one of them. If it did not arrive, order again with --despite deliver.unclear --why “…”.")
        return Finding("deliver.unclear", message, {"rows": span(block), "list": self.pinned.name}, remedy=remedy)

    def _busy(self, code: str) -> Finding:
        message = N_("mail: “{host}” has put off the mail {tries} times ({code}).")
        remedy = N_("Give the order again later: it goes on where it stopped.")
        values: dict[str, object] = {"host": self.server.host, "tries": self.server.tries, "code": code}
        return Finding("mail.busy", message, values, remedy=remedy)


def sent_alike(call: Call, roll: Roll, words: str) -> Done | None:
    """Return the pinning of the last earlier version whose mail said the same and has wholly gone to this list."""
    earlier = [one for one in call.results("mail") if one.version < call.parcel.version.number]
    begun = [one for one in earlier if one.step == f"list {roll.name}" and one.result.get("words") == words]
    for one in reversed(begun):
        sent = [done for done in earlier if done.version == one.version and done.step.startswith(f"send {roll.name} ")]
        if len(sent) == one.result["blocks"]:
            return one
    return None


def pinned(call: Call, roll: Roll) -> Pinned | None:
    """Return how this list was begun in this version: by its contents, or else by its name."""
    number = call.parcel.version.number
    found = [
        Pinned(
            str(one.result["list"]),
            str(one.result["sha256"]),
            int(str(one.result["block"])),
            int(str(one.result["blocks"])),
            one.when,
        )
        for one in call.results("mail", number)
        if one.step.startswith("list ")
    ]
    same = [one for one in found if one.sha256 == roll.sha256]
    return next(iter(same or [one for one in found if one.name == roll.name]), None)


def _fresh(roll: Roll, block: int) -> Pinned:
    return Pinned(roll.name, roll.sha256, block, -(-len(roll.recipients) // block))


def span(block: Sequence[Recipient]) -> str:
    """Return the lines of a block: 2-51."""
    first, last = block[0].row, block[-1].row
    return f"{first}-{last}" if last != first else str(first)


def _shown(one: Recipient) -> str:
    house = f" ({one.house})" if one.house else ""
    return f"{one.row}: {one.box.name} <{one.box.written}>{house}".replace(":  ", ": ", 1)


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _rows(told: Sequence[str]) -> list[int]:
    return [int(text.partition(" ")[0]) for text in told]
