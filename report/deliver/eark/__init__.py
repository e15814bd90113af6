"""E-ARK: a submission package (CSIP and SIP 2.1.0, or 2.2.0) with METS, PREMIS and Dublin Core.

A version is a package of its own: a later one names the one before, which stays as it is. Knows: parcels, drives.
Must never know: how a file was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report.deliver.eark.dublin import dublin
from report.deliver.eark.mets import package_mets, representation_mets
from report.deliver.eark.pack import XML, Held, Package, filled
from report.deliver.eark.premis import package_premis, representation_premis
from report.deliver.eark.wishes import Wishes, hindrances, read
from report.deliver.step import Call, Hand, Plan, Result, Step, shown
from report.deliver.whole import note, put_folder, put_package, there
from report.deliver.zips import zipped
from report.errors import DeliveryFault
from report.findings import N_, Finding, Place
from report.parcel import digest

__all__ = ["plan", "read"]

_NAME = "eark"
_PREMIS = "metadata/preservation/premis.xml"


def plan(call: Call) -> Plan:
    """Return the one step: the package of this version."""
    wishes: Wishes = call.settings
    faults = list(hindrances(wishes, call.parcel))
    if faults:
        raise DeliveryFault(*faults)
    package = filled(call.parcel, wishes, _schemas(wishes.schemas))
    contents = packed(package)
    into = wishes.path or call.folder / _NAME
    name = package.name
    kept = note(call.folder, f"{_NAME}-{name}", shown(into, call))

    def put(hand: Hand) -> Result:
        there(wishes.path)
        told: Result = {"package": name, "files": len(contents)}
        if wishes.form == "folder":
            put_folder(into / name, contents)
            return {**told, "sha256": digest(contents["METS.xml"])}
        inside = {f"{name}/{path}": data for path, data in contents.items()}
        return put_package(into / f"{name}.zip", zipped(inside, call.parcel.version.time), kept, told)

    values: dict[str, object] = {"name": name, "count": len(contents), "version": wishes.version}
    step = Step("package", N_("package {name} (E-ARK {version}) with {count} files"), values, put, tuple(contents))
    return Plan(shown(into, call), (step,))


def packed(package: Package) -> Mapping[str, bytes]:
    """Return all files of the package by their paths, METS first."""
    described = Held("metadata/descriptive/dc.xml", XML, dublin(package))
    preserved = Held(_PREMIS, XML, package_premis(package))
    inner, below = [], []
    for folder, held in package.representations:
        known = Held(_PREMIS, XML, representation_premis(package, folder, held))
        mets = Held(f"representations/{folder}/METS.xml", XML, representation_mets(package, folder, known, held))
        inner.append((folder, mets))
        below += [mets, Held(f"representations/{folder}/{_PREMIS}", XML, known.data), *held]
    root = Held("METS.xml", XML, package_mets(package, described, preserved, inner))
    files = (root, described, preserved, *below, *package.documents, *package.schemas)
    return {one.path: one.data for one in files}


def _schemas(folder: Path | None) -> tuple[tuple[str, bytes], ...]:
    """Return the schemas that the office supplies; raise DeliveryFault where there are none."""
    if folder is None:
        return ()
    try:
        found = tuple((path.name, path.read_bytes()) for path in sorted(folder.glob("*.xsd")))
    except OSError:
        found = ()
    if not found:
        message = N_("eark: there is no schema (*.xsd) in this folder, or it cannot be read.")
        remedy = N_("Name another folder under deliver: eark: schemas, or leave the line out.")
        raise DeliveryFault(Finding("eark.schemas", message, {}, Place(str(folder)), remedy=remedy))
    return found
