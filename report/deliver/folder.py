"""A folder a publication, as a town's archive takes it today: plain names, checksums, a list that a person reads.

Knows: parcels, drives. Must never know: how a file was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report.deliver.settings import Settings
from report.deliver.step import Call, Hand, Plan, Result, Step, shown
from report.deliver.whole import put_folder
from report.findings import N_
from report.parcel import Parcel
from report.records import record


@record(frozen=True)
class Wishes:
    """`path`: into which folder; None: beside the publication's own files."""

    path: Path | None = None


def read(settings: Settings) -> Wishes:
    """Return what the house wishes."""
    settings.known("path")
    return Wishes(settings.path("path"))


def plan(call: Call) -> Plan:
    """Return the one step: the folder of this version."""
    into = call.settings.path or call.folder / "folder"
    name = f"{call.parcel.facts.id}-v{call.parcel.version.number}"
    contents = _contents(call.parcel)

    def put(hand: Hand) -> Result:
        put_folder(into / name, contents)
        return {"folder": name, "files": len(contents)}

    values: dict[str, object] = {"count": len(contents), "folder": name}
    step = Step("folder", N_("{count} files into the folder “{folder}”"), values, put, tuple(contents))
    return Plan(shown(into, call), (step,))


def _contents(parcel: Parcel) -> Mapping[str, bytes]:
    """Return the files by name, with their checksums at the end as `sha256sum -c` reads them."""
    found = {item.name: item.data for item in parcel.items}
    sums = "".join(f"{item.sha256}  {item.name}\n" for item in parcel.items)
    return {**found, "SHA256SUMS": sums.encode()}
