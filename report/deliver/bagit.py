"""A bag (BagIt 1.0, RFC 8493) of each version, with SHA-512 and SHA-256: as a folder, or packed.

Knows: parcels, drives. Must never know: how a file was made.
"""

from __future__ import annotations

from pathlib import Path

from report.deliver import bags, listing, shelf
from report.deliver.settings import Settings
from report.deliver.step import Call, Hand, Plan, Result, Step, shown
from report.deliver.whole import note, put_folder, put_package, there
from report.deliver.zips import zipped
from report.findings import N_
from report.parcel import Item, digest
from report.records import record

_FORMS = ("folder", "zip", "tar")


@record(frozen=True)
class Wishes:
    """`path`: into which folder; None: beside the publication's own files. `form`: folder, zip or tar."""

    path: Path | None = None
    form: str = "folder"


def read(settings: Settings) -> Wishes:
    """Return what the house wishes."""
    settings.known("path", "form")
    return Wishes(settings.path("path"), settings.choice("form", _FORMS))


def plan(call: Call) -> Plan:
    """Return the one step: the bag of this version."""
    parcel, wishes = call.parcel, call.settings
    into = wishes.path or call.folder / "bagit"
    name = f"{parcel.facts.id}-v{parcel.version.number}"
    items = shelf.items(parcel)
    told = Item("list", listing.NAME, "text/plain; charset=utf-8", listing.listing(parcel, items))
    files = bags.bag(shelf.named((told, *items)), ("sha256", "sha512"), bags.about(parcel, name))

    shape = name if wishes.form == "folder" else f"{name}.{wishes.form}"

    def put(hand: Hand) -> Result:
        there(wishes.path)
        told: Result = {"bag": shape, "files": len(files)}
        if wishes.form == "folder":
            put_folder(into / name, files)
            return {**told, "sha256": digest(files["tagmanifest-sha256.txt"])}
        pack = bags.tarred if wishes.form == "tar" else zipped
        data = pack(bags.inside(name, files), parcel.version.time)
        return put_package(into / shape, data, note(call.folder, f"bagit-{shape}", shown(into, call)), told)

    values: dict[str, object] = {"count": len(files), "name": shape}
    return Plan(shown(into, call), (Step("bag", N_("{count} files as the bag “{name}”"), values, put, tuple(files)),))
