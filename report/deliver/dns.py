"""A package for the DNS of DA NRW: a TAR of one folder of its name, a bag with MD5, contract and rights in premis.xml.

The archive knows an object by its container's name: the same name once more is an addition to it (a delta). So each
version has its own name, unless house and archive have agreed that a later version is to go to the object of the
first. Knows: parcels, drives, the rules of the DNS. Must never know: how a file was made.
"""

from __future__ import annotations

from pathlib import Path

from report.deliver import bags, listing, premis, shelf
from report.deliver.settings import Settings
from report.deliver.step import Call, Hand, Plan, Result, Step, shown
from report.deliver.whole import note, put_package, there
from report.findings import N_
from report.parcel import Item
from report.records import record

# the DNS reads bags with a library from before RFC 8493; of that form 0.97 is the last
_BAGIT = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
PREMIS = "premis.xml"


@record(frozen=True)
class Wishes:
    """`path`: into which folder; None: beside the publication's own files. `versions`: own objects, or deltas."""

    path: Path | None = None
    versions: str = "own"
    contract: premis.Contract = premis.Contract()


def read(settings: Settings) -> Wishes:
    """Return what the house wishes and its contract says."""
    settings.known("path", "versions", *premis.KEYS)
    return Wishes(settings.path("path"), settings.choice("versions", ("own", "delta")), premis.read(settings))


def plan(call: Call) -> Plan:
    """Return the one step: the container of this version."""
    parcel, wishes = call.parcel, call.settings
    delta = wishes.versions == "delta"
    number = f"v{parcel.version.number}"
    name = parcel.facts.id if delta else f"{parcel.facts.id}-{number}"
    into = wishes.path or call.folder / "dns"
    # containers of one name lie side by side in folders of their own
    path = into / number / f"{name}.tar" if delta else into / f"{name}.tar"
    items = shelf.items(parcel)
    told = Item("list", listing.NAME, "text/plain; charset=utf-8", listing.listing(parcel, items))
    rights = Item("rights", PREMIS, "application/xml", premis.written(parcel, name, wishes.contract))
    files = bags.bag(shelf.named((rights, told, *items)), ("md5",), bags.about(parcel, name), _BAGIT)

    def put(hand: Hand) -> Result:
        there(wishes.path)
        told: Result = {"container": path.relative_to(into).as_posix(), "files": len(files)}
        data = bags.tarred(bags.inside(name, files), parcel.version.time)
        return put_package(path, data, note(call.folder, f"dns-{name}-{number}", shown(into, call)), told)

    values: dict[str, object] = {"count": len(files), "name": path.relative_to(into).as_posix()}
    step = Step("container", N_("{count} files as the container “{name}”"), values, put, tuple(files))
    return Plan(shown(into, call), (step,))
