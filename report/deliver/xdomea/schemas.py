"""A message is read against the schemas that the office supplies; none come with the program.

Home of lxml. Knows: a folder of schemas. Must never know: how a message came about.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from report.errors import DeliveryFault
from report.findings import N_, Finding, Place

_ROOT = "xdomea.xsd"
_SHOWN = 5


def folder(given: Path, version: str) -> Path:
    """Return where the schemas of a version lie: in `given`, or in a folder of the version's name in it."""
    return given / version if (given / version / _ROOT).is_file() else given


def check(message: bytes, given: Path, version: str) -> None:
    """Raise DeliveryFault where the message does not fit the schemas of `version`, or they cannot be read."""
    etree = _lxml()
    schema = _schema(folder(given, version), version)
    parsed = etree.fromstring(message, etree.XMLParser(no_network=True, resolve_entities=False))
    if schema.validate(parsed):
        return
    faults = [f"{fault.line}: {fault.message}" for fault in schema.error_log]
    text = N_("xdomea: the message does not fit the schemas of version {version}, and was not handed over: {faults}")
    remedy = N_("Look at the fields of the article that are named there; else tell whoever looks after the program.")
    told = "; ".join(faults[:_SHOWN])
    raise DeliveryFault(Finding("xdomea.invalid", text, {"version": version, "faults": told}, remedy=remedy))


def _lxml() -> Any:
    from lxml import etree

    return etree


@cache
def _schema(where: Path, version: str) -> Any:
    """Read the schemas; what they import from elsewhere is taken from the same folder, never from the net."""
    etree = _lxml()

    def resolve(self: Any, address: str, _: object, context: Any) -> Any:
        name = address.rpartition("/")[2]
        found = where / name if (where / name).is_file() else where.parent / "xoev" / name
        return self.resolve_filename(str(found), context)

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(type("Local", (etree.Resolver,), {"resolve": resolve})())
    try:
        tree = etree.parse(str(where / _ROOT), parser)
        schema = etree.XMLSchema(tree)
    except (OSError, etree.LxmlError) as error:
        message = N_("xdomea: the schemas cannot be read: {reason}")
        remedy = N_("The folder must hold xdomea.xsd of version {version} and all that belongs to it.")
        values: dict[str, object] = {"reason": str(error).splitlines()[0], "version": version}
        raise DeliveryFault(Finding("xdomea.schemas", message, values, Place(str(where)), remedy=remedy)) from None
    space = tree.getroot().get("targetNamespace", "")
    if not space.endswith(f":{version}"):
        message = N_("xdomea: these are the schemas of “{space}”; version {version} is asked for.")
        values = {"space": space, "version": version}
        remedy = N_("Name the folder of the right schemas under deliver: xdomea: schemas, or another version.")
        raise DeliveryFault(Finding("xdomea.schemas", message, values, Place(str(where)), remedy=remedy))
    return schema
