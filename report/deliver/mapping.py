"""The house's mapping: names, paths and properties of a records system, made of the facts of a parcel.

`{year}` in a text stands for a fact; a fact's name alone is that fact; `=text` is text. Knows: facts, property types
of CMIS 1.1 (2.1.2.1). Must never know: a server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from report.deliver.facts import DOCUMENT, NAMES, Value, document, named, unknown
from report.deliver.settings import Settings
from report.findings import N_, Finding, Place
from report.parcel import Item, Parcel

KNOWN = (*NAMES, *(f"document.{name}" for name in DOCUMENT))
_HOLE = re.compile(r"\{([^{}]*)\}")
_BARRED = re.compile(r'[\x00-\x1f/\\:"*?<>|]+')  # by one system or another
_SET_BY_US = ("cmis:name", "cmis:objectTypeId")


def values(parcel: Parcel, item: Item) -> dict[str, Value]:
    """Return all facts, those of one file as `document.sha256`."""
    told = document(parcel, item)
    return {**named(parcel), **{f"document.{name}": value for name, value in told.items()}}


def holes(text: str) -> tuple[str, ...]:
    """Return the facts for which a text asks."""
    if text.startswith("="):
        return ()
    return (text,) if text in KNOWN else tuple(_HOLE.findall(text))


def checked(settings: Settings, key: str, target: str, text: str, *, pattern: bool) -> str:
    """Return `text`; keep a fault for each name in it that is no fact. A `pattern` may be plain text."""
    place = Place(str(settings.file), settings.at(key).line, settings.at(key).path)
    asked = holes(text)
    if not asked and not pattern and not text.startswith("="):
        settings.faults.append(unknown(target, text, KNOWN, place))
    settings.faults += [unknown(target, name, KNOWN, place) for name in asked if name not in KNOWN]
    return text


def filled(text: str, facts: Mapping[str, Value]) -> str:
    """Return a text with its facts."""
    if text.startswith("="):
        return text[1:]
    if text in facts:
        return _text(facts[text])
    return _HOLE.sub(lambda match: _text(facts[match[1]]), text)


def plain(text: str) -> str:
    """Return a name as records systems take it: signs that none may hold become hyphens."""
    return _BARRED.sub("-", " ".join(text.split())).strip(" .-")


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


class Mapped:
    """The properties of one document, by the type that the server describes; every fault is kept."""

    def __init__(self, target: str, wished: Mapping[str, str], facts: Mapping[str, Value]) -> None:
        self.target, self.wished, self.facts = target, wished, facts

    def properties(self, kind: Mapping[str, Any], *, new: bool) -> tuple[dict[str, tuple[str, ...]], list[Finding]]:
        """Return each property's values for a new document, or for a new version of one; and what is wrong."""
        declared: Mapping[str, Any] = kind.get("propertyDefinitions") or {}
        found: dict[str, tuple[str, ...]] = {}
        faults: list[Finding] = []
        for name, text in self.wished.items():
            if name not in declared:
                place = Place("house.yaml", 0, f"deliver.{self.target}.properties.{name}")
                faults.append(unknown(self.target, name, tuple(declared), place))
                continue
            changes = declared[name].get("updatability")
            if changes == "readonly":
                faults.append(self._fault(N_("{target}: the property “{name}” is set by the server alone."), name))
            if changes == "readonly" or (changes == "oncreate" and not new):
                continue
            parts = self._parts(declared[name], text)
            problem = next((said for part in parts for said in _problems(declared[name], part)), "")
            if problem:
                faults.append(self._fault(problem, name, value=", ".join(parts)))
            elif parts:
                found[name] = tuple(_written(declared[name], part) for part in parts)
        if new:
            faults += self._lacking(declared, found)
        return found, faults

    def _parts(self, declared: Mapping[str, Any], text: str) -> tuple[str, ...]:
        value = self.facts.get(text)
        if isinstance(value, tuple) and declared.get("cardinality") == "multi":
            return value
        one = filled(text, self.facts)
        return (one,) if one else ()

    def _lacking(self, declared: Mapping[str, Any], found: Mapping[str, object]) -> Iterator[Finding]:
        for name, one in declared.items():
            if one.get("required") and name not in (*found, *_SET_BY_US) and one.get("updatability") != "readonly":
                if one.get("defaultValue"):
                    continue
                yield self._fault(N_("{target}: the type demands “{name}”, which is not given or is empty."), name)

    def _fault(self, message: str, name: str, **values: object) -> Finding:
        remedy = N_("The mapping stands in the house file, under deliver: {target}: properties.")
        told: dict[str, object] = {"target": self.target, "name": name, **values}
        return Finding("deliver.property", message, told, remedy=remedy)


def _problems(declared: Mapping[str, Any], text: str) -> Iterator[str]:
    """Walk what keeps a text from being a value of the property."""
    kind, most = declared.get("propertyType"), declared.get("maxLength")
    if kind == "integer" and not re.fullmatch(r"-?\d{1,18}", text):
        yield N_("{target}: “{name}” takes a whole number, not “{value}”.")
    if kind == "decimal" and not re.fullmatch(r"-?\d{1,18}(\.\d{1,18})?", text):
        yield N_("{target}: “{name}” takes a number, not “{value}”.")
    if kind == "boolean" and text not in ("true", "false"):
        yield N_("{target}: “{name}” takes true or false, not “{value}”.")
    if kind == "datetime" and _moment(text) is None:
        yield N_("{target}: “{name}” takes a day such as 2024-12-10, not “{value}”.")
    if isinstance(most, int) and len(text) > most:
        yield N_("{target}: “{value}” is too long for “{name}”.")
    choices = [str(one) for choice in declared.get("choice") or () for one in _listed(choice.get("value"))]
    if choices and not declared.get("openChoice") and text not in choices:
        yield N_("{target}: “{value}” is none of the values that “{name}” may have.")


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _written(declared: Mapping[str, Any], text: str) -> str:
    """Return a value as the Browser binding writes it: moments in milliseconds since 1970 (5.2.4)."""
    moment = _moment(text) if declared.get("propertyType") == "datetime" else None
    return str(int(moment.timestamp() * 1000)) if moment else text


def _moment(text: str) -> datetime | None:
    """Read a moment; a day is its beginning by universal time, which is the same day in Europe."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
