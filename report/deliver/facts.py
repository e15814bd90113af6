"""The facts of a parcel under the names that a template or a mapping of the house uses; docs/uebergabe.md lists them.

Knows: parcels. Must never know: which target asks, or how a value is written.
"""

from __future__ import annotations

from difflib import get_close_matches

from report.findings import N_, Finding, Place
from report.parcel import Facts, Item, Parcel
from report.records import replace

Value = str | int | bool | tuple[str, ...]

_FACTS = tuple(
    "id title kicker standfirst language date place author department publisher publisher_address responsible rights \
keywords online released_by released_on embargo pages quotations".split()
)
_FILING = tuple(
    "reference file_title file_uuid process process_title process_uuid kind confidentiality years unlimited \
disposal".split()
)
_CONTACT = tuple("office name phone email".split())
VERSION = ("version", "version_time", "version_date", "version_reason")
DOCUMENT = tuple("name file stem role media size sha256 title caption credit alt layout standards kind".split())
NAMES = (*_FACTS, "year", *_FILING, *(f"contact_{name}" for name in _CONTACT), *VERSION)

# words that somebody at a German desk would try
_GERMAN = {
    "aktenzeichen": "reference", "amt": "department", "aufbewahrung": "years", "betreff": "title", "datei": "file",
    "datum": "date", "dokumentart": "kind", "fassung": "version", "grund": "version_reason", "jahr": "year",
    "kennung": "id", "pruefsumme": "sha256", "schlagwoerter": "keywords", "titel": "title", "vorgang": "process",
}  # fmt: skip
# where an article says what a target misses
_FIELDS = {"reference": "file_reference"} | {name: f"records.{name}" for name in _FILING if name != "reference"}


def named(parcel: Parcel) -> dict[str, Value]:
    """Return every fact of the publication and its version; what is not given is an empty text."""
    facts, version = parcel.facts, parcel.version
    found = {name: _value(getattr(facts, name)) for name in _FACTS}
    found |= {"year": (facts.date or facts.released_on)[:4]}
    found |= {name: _value(getattr(facts.filing, name)) for name in _FILING}
    found |= {f"contact_{name}": getattr(facts.contact, name) for name in _CONTACT}
    found |= {"version": version.number, "version_time": version.time, "version_date": version.time[:10]}
    return found | {"version_reason": version.reason}


def document(parcel: Parcel, item: Item) -> dict[str, Value]:
    """Return what is to say of one file: its name at the target, its checksum, its words, its kind."""
    name = versioned(item, parcel.version.number)
    item = replace(item, kind=parcel.kind(item))
    found = {key: _value(getattr(item, key)) for key in DOCUMENT if key not in ("file", "stem", "size")}
    return {"file": name, "stem": name.rpartition(".")[0], "size": len(item.data), **found}


def versioned(item: Item, version: int) -> str:
    """Return a file's name with its version: what went out before keeps its own."""
    return f"{item.stem}-v{version}.{item.name.rpartition('.')[2]}"


def _value(value: object) -> Value:
    return value if isinstance(value, str | int | bool | tuple) else ""


def missing(target: str, facts: Facts, names: tuple[str, ...], values: dict[str, Value]) -> list[Finding]:
    """Return a fault for each fact of `names` that the article does not give."""
    found = []
    for name in names:
        if values[name] not in ("", ()):
            continue
        message = N_("{target}: “{id}” has no {name}, which this target needs.")
        field = _FIELDS.get(name, name)
        remedy = N_("Write it into the article, as {field}: ….")
        if name == "reference":
            message = N_("{target}: “{id}” has no Aktenzeichen, which this target needs.")
            remedy = N_("Write it into the article, as {field}: 13-42-11/2024; the registry knows it.")
        told: dict[str, object] = {"target": target, "id": facts.id, "name": name, "field": field}
        found.append(Finding("deliver.missing", message, told, Place(path=field), remedy=remedy))
    return found


def unknown(target: str, name: str, known: tuple[str, ...], place: Place) -> Finding:
    """Return the fault of a name that is none of `known`."""
    words = {one: one for one in known} | {word: one for word, one in _GERMAN.items() if one in known}
    near = [words[one] for one in get_close_matches(name.lower(), words, 1, 0.5)]
    message = N_("{target}: there is no field “{name}”.")
    remedy = N_("Known here: {known}.")
    if near:
        remedy = N_("Did you mean “{near}”? Known here: {known}.")
    values: dict[str, object] = {"target": target, "name": name, "near": "".join(near), "known": ", ".join(known)}
    return Finding("deliver.field", message, values, place, remedy=remedy)
