"""A watched folder of a records system: each document, what the house's own template says of it, then a marker.

What triggers the import is the last file: the marker, or the sidecar where no marker is wanted. A run killed behind it,
whose files were taken meanwhile, drops nothing a second time.

Knows: parcels, drives. Must never know: which system watches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from report.deliver import facts
from report.deliver.settings import Settings
from report.deliver.step import Call, Hand, Plan, Result, Step, shown
from report.deliver.whole import note, put_file, put_watched, there
from report.errors import DeliveryFault
from report.findings import N_, Finding, Place
from report.parcel import ROLES, Item
from report.paths import shipped
from report.records import record

NAME = "dms"
SHIPPED = ("xml", "csv", "json")
_ENCODINGS = {"utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "windows-1252": "cp1252"}
_ENDING = re.compile(r"\.(xml|csv|json)\.j2$")
_READY = re.compile(r"[A-Za-z0-9_-]*\{name\}[A-Za-z0-9._-]+")


@record(frozen=True)
class Wishes:
    """Where the files go, which, by which template; `per`: one sidecar for each document, or for each publication."""

    path: Path | None = None
    template: Path = Path()
    roles: tuple[str, ...] = ("archive",)
    per: str = "document"
    ready: str = ""  # the marker's name, with {name}; empty: none
    encoding: str = "utf-8"
    requires: tuple[str, ...] | None = None  # None: what the template asks of the records
    own: Mapping[str, str] = {}

    @property
    def kind(self) -> str:
        """What the template writes: xml, csv, json."""
        found = _ENDING.search(self.template.name)
        assert found
        return found[1]


@record(frozen=True)
class Drop:
    """What is put together: documents, then the sidecar, then the marker."""

    stem: str
    items: tuple[Item, ...]
    files: Mapping[str, bytes]  # in their order; the last is what triggers


def read(settings: Settings) -> Wishes:
    """Return what the house wishes."""
    settings.known("path", "template", "files", "per", "ready", "encoding", "requires", "own")
    template = _template(settings)
    of_publication = ".csv." in template.name
    per = settings.choice("per", ("publication", "document") if of_publication else ("document", "publication"))
    ready = settings.text("ready", "{name}.fertig" if ".xml." in template.name else "")
    if ready.lower() in ("nein", "no"):
        ready = ""
    if ready and not _READY.fullmatch(ready):
        message = N_("“{value}” is no name of a marker: {{name}} stands for the sidecar's, as in {{name}}.fertig.")
        settings.fault(settings.at("ready"), message, value=ready)
    encoding = settings.choice("encoding", tuple(_ENCODINGS))
    if encoding != "utf-8" and ".csv." not in template.name:
        settings.fault(settings.at("encoding"), N_("XML and JSON are written in UTF-8; only CSV may be otherwise."))
    own = settings.below("own")
    return Wishes(
        settings.path("path"),
        template,
        settings.texts("files", ROLES) or ("archive",),
        per,
        ready,
        encoding,
        settings.texts("requires", facts.NAMES) if "requires" in settings else None,
        {key: own.text(key) for key in own},
    )


def _template(settings: Settings) -> Path:
    """Return a shipped template, named by its form, or the house's own."""
    name = settings.text("template", SHIPPED[0])
    if name in SHIPPED:
        return shipped("assets", "dms", f"{name}.{name}.j2")
    if not _ENDING.search(name):
        message = N_("“{value}” is no template: xml, csv, json, or a file that ends in .xml.j2, .csv.j2 or .json.j2.")
        settings.fault(settings.at("template"), message, value=name)
        return shipped("assets", "dms", "xml.xml.j2")
    return settings.path("template") or Path()


def plan(call: Call) -> Plan:
    """Return one step for each sidecar; raise DeliveryFault for all that is missing or wrong in the template."""
    wishes: Wishes = call.settings
    into = wishes.path or call.folder / NAME
    items = call.parcel.of(*wishes.roles)
    if not items:
        message = N_("{target}: there is no file of the kind {roles} to hand over.")
        values: dict[str, object] = {"target": NAME, "roles": ", ".join(wishes.roles)}
        raise DeliveryFault(Finding("deliver.nothing", message, values))
    drops = _drops(call, items) if wishes.per == "publication" else _drops(call, _new(call, items, shown(into, call)))
    return Plan(shown(into, call), tuple(_step(call, into, drop) for drop in drops))


def _new(call: Call, items: tuple[Item, ...], place: str) -> tuple[Item, ...]:
    """Return the files of which this version is not just that which was put at `place` before."""
    versions = {item.name: call.parcel.versions(item) for item in items}
    return tuple(
        item
        for item in items
        if not any(call.lies(NAME, place, _stem(item, one.number), item) for one in versions[item.name][-1:])
    )


def _stem(item: Item, number: int) -> str:
    return facts.versioned(item, number).rpartition(".")[0]


def _drops(call: Call, items: tuple[Item, ...]) -> list[Drop]:
    """Write all sidecars; nothing is touched."""
    from report.deliver import template

    wishes: Wishes = call.settings
    number = call.parcel.version.number
    source = template.read(NAME, wishes.template)
    values = facts.named(call.parcel)
    needed = wishes.requires
    if needed is None:
        needed = tuple({"reference"} & template.names(source, wishes.kind))
    faults = facts.missing(NAME, call.parcel.facts, needed, values)
    one_each = wishes.per == "document"
    groups = [(item,) for item in items] if one_each else [items]
    drops = []
    for group in groups:
        stem = _stem(group[0], number) if one_each else f"{values['id']}-v{number}"
        documents = [facts.document(call.parcel, item) for item in group]
        known = {**values, "documents": documents, "document": documents[0], "own": wishes.own}
        if not one_each:
            del known["document"]
        try:
            text = template.rendered(NAME, wishes.template.name, source, wishes.kind, known)
            drops.append(_drop(wishes, stem, group, number, text))
        except DeliveryFault as stop:
            faults += stop.faults
    if faults:
        raise DeliveryFault(*faults)
    return drops


def _drop(wishes: Wishes, stem: str, items: tuple[Item, ...], number: int, text: str) -> Drop:
    try:
        sidecar = text.encode(_ENCODINGS[wishes.encoding])
    except UnicodeEncodeError as error:
        message = N_("{target}: the sign {sign} cannot be written in {encoding}.")
        remedy = N_("Ask the registry for UTF-8: encoding: utf-8-bom is what most programs read.")
        sign = f"U+{ord(error.object[error.start]):04X}"
        values: dict[str, object] = {"target": NAME, "sign": sign, "encoding": wishes.encoding}
        place = Place(wishes.template.name)
        raise DeliveryFault(Finding("deliver.encoding", message, values, place, remedy=remedy)) from None
    found = {facts.versioned(item, number): item.data for item in items}
    found[f"{stem}.{wishes.kind}"] = sidecar
    if wishes.ready:
        found[wishes.ready.replace("{name}", stem)] = b""
    return Drop(stem, items, found)


def _step(call: Call, into: Path, drop: Drop) -> Step:
    *first, trigger = drop.files
    kept = note(call.folder, f"{NAME}-{drop.stem}", shown(into, call))

    def run(hand: Hand) -> Result:
        there(call.settings.path)
        told: Result = {"files": list(drop.files), "sha256": [item.sha256 for item in drop.items]}
        if not kept.exists():  # else they were all put, and may have been taken since
            for number, name in enumerate(first):
                put_file(into / name, drop.files[name])
                hand.progress(number + 1, len(drop.files))
        lies = put_watched(into / trigger, drop.files[trigger], kept)
        return told if lies else {**told, "taken": "ja"}

    values: dict[str, object] = {"count": len(drop.files), "name": drop.stem}
    return Step(drop.stem, N_("{count} files for “{name}”, the last one starts the import"), values, run,
                tuple(drop.files))  # fmt: skip
