"""A folder a publication, as a town's archive takes it today: plain names, checksums, a list that a person reads.

What went by mail before lies in the folder; what went later is filed in a folder of its own beside it, since what is
filed is never changed. Knows: parcels, drives. Must never know: how a file was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from report.deliver import deposit, listing, mailed, shelf
from report.deliver.deposit import Terms
from report.deliver.settings import Settings
from report.deliver.step import Call, Done, Hand, Plan, Result, Step, shown
from report.deliver.whole import holds, put_folder, there
from report.findings import N_, Finding
from report.parcel import Item, digest
from report.records import record

SUMS = "SHA256SUMS"


@record(frozen=True)
class Wishes:
    """`path`: into which folder; None: beside the publication's own files. `terms`: for the state library."""

    path: Path | None = None
    terms: Terms = Terms()


def read(settings: Settings) -> Wishes:
    """Return what the house wishes."""
    settings.known("path", "deposit")
    return Wishes(settings.path("path"), deposit.read(settings.below("deposit")))


def plan(call: Call) -> Plan:
    """Return the steps: the folder of this version, and one for what went by mail after it."""
    into = call.settings.path or call.folder / "folder"
    place = shown(into, call)
    name = f"{call.parcel.facts.id}-v{call.parcel.version.number}"
    batches = list(_filed(call, place))
    rest = list(mailed.events(call)[sum(len(batch) for batch in batches) :])
    steps: list[Step] = []
    while not batches or rest or len(steps) < len(batches):
        number = len(steps)
        folder = into / (f"{name}-nachtrag-{number}" if number else name)
        if number == len(batches):
            batches.append(_next(call, folder, rest, number))
            rest = rest[len(batches[-1]) :]
        contents = _contents(call, batches[number], number)
        steps.append(_step(call, f"addition-{number}" if number else "folder", folder, contents, len(batches[number])))
    return Plan(place, tuple(steps), tuple(_lost(call, batches)))


def _lost(call: Call, batches: Sequence[Sequence[Done]]) -> Iterator[Finding]:
    """Walk the mails that are to be filed and are not what they were."""
    for batch in batches:
        for file in mailed.letters(call, batch)[1]:
            message = N_("The mail “{file}” is not there any more, or not as it went out: it is not filed.")
            remedy = N_("Put it back from a backup, or file it by hand.")
            yield Finding("folder.mail", message, {"file": file}, severity="warning", remedy=remedy)


def _step(call: Call, name: str, folder: Path, contents: Mapping[str, bytes], mails: int) -> Step:
    def put(hand: Hand) -> Result:
        there(call.settings.path)
        put_folder(folder, contents)
        return {"folder": folder.name, "files": len(contents), "mails": mails, "sha256": digest(contents[SUMS])}

    values: dict[str, object] = {"count": len(contents), "folder": folder.name}
    return Step(name, N_("{count} files into the folder “{folder}”"), values, put, tuple(contents))


def _filed(call: Call, place: str) -> Iterator[Sequence[Done]]:
    """Walk what was filed of the mail with each folder that the journal knows: so many of its steps, in their order."""
    at = 0
    for done in call.results("folder", call.parcel.version.number):
        if done.place == place:
            count = done.result.get("mails")
            end = at + (count if isinstance(count, int) else 0)
            yield mailed.events(call)[at:end]
            at = end


def _next(call: Call, folder: Path, rest: Sequence[Done], number: int) -> Sequence[Done]:
    """Return what of `rest` goes into a folder that the journal does not know: all, unless less lies there already.

    A run may have been killed between the folder and the journal, and mail have gone out since.
    """
    counts = range(len(rest) - 1, 0 if number else -1, -1) if folder.is_dir() else ()
    return next((rest[:one] for one in counts if holds(folder, _contents(call, rest[:one], number))), rest)


def _contents(call: Call, mails: Sequence[Done], addition: int) -> Mapping[str, bytes]:
    """Return the files by name, with their checksums at the end as `sha256sum -c` reads them."""
    parcel = call.parcel
    items = () if addition else (*shelf.items(parcel), *deposit.records(parcel, call.settings.terms))
    items = (*items, *mailed.letters(call, mails)[0])
    told = listing.listing(parcel, items, mailed.mailings(mails), addition)
    every = (Item("list", listing.NAME, "text/plain; charset=utf-8", told), *items)
    found = shelf.named(every)
    sums = "".join(f"{item.sha256}  {item.name}\n" for item in every)
    return {**found, SUMS: sums.encode()}
