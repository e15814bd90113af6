"""premis.xml of a package for the DNS of DA NRW: which package, made when and by what, and what the contract grants.

PREMIS 2.2 with the contract's own block (`danrw-contract`). Without agreement nothing is granted: the archive keeps,
asks before it converts, and shows nothing. Knows: PREMIS, the DNS's words for a contract. Must never know: drives.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.deliver import xml
from report.deliver.settings import Settings
from report.deliver.xml import Node, given, leaf, node
from report.findings import N_
from report.parcel import Parcel
from report.records import record

KEYS = ("migration", "public", "institution", "law", "ddb", "licence", "licence_label")
_PREMIS = "info:lc/xmlns/premis-v2"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_DANRW = "http://www.danrw.de/contract/v1"
_LAWS = {"none": "", "epflicht": "EPFLICHT", "urhg": "URHG_DE"}
_SOFTWARE = "Satzspiegel"


@record(frozen=True)
class Contract:
    """What house and archive have agreed on: conversion, who may see it, under which law and licence."""

    migration: str = "confirm"  # the archive asks before it converts (confirm), tells (notify), or neither (none)
    public: bool = False
    institution: bool = False
    law: str = "none"
    ddb: bool = True  # the Deutsche Digitale Bibliothek may show what is public
    licence: str = ""  # its address
    label: str = ""


def read(settings: Settings) -> Contract:
    """Return the contract; a publication without a licence is a fault, since the archive refuses it."""
    found = Contract(
        settings.choice("migration", ("confirm", "notify", "none")),
        settings.flag("public"),
        settings.flag("institution"),
        settings.choice("law", tuple(_LAWS)),
        settings.flag("ddb", True),
        settings.text("licence"),
        settings.text("licence_label"),
    )
    shown = "public" if found.public else "institution"
    if (found.public or found.institution) and not found.licence:
        message = N_("What is to be shown needs a licence: the archive refuses it otherwise.")
        remedy = N_("Write licence: with its address, such as https://creativecommons.org/licenses/by/4.0/.")
        settings.fault(settings.at(shown), message, remedy)
    if found.licence and not found.licence.startswith(("https://", "http://")):
        message = N_("“{value}” is no address of a licence.")
        remedy = N_("Write licence: with its address, such as https://creativecommons.org/licenses/by/4.0/.")
        settings.fault(settings.at("licence"), message, remedy, value=found.licence)
    return found


def written(parcel: Parcel, name: str, contract: Contract) -> bytes:
    """Return the file for the container `name` (without its ending)."""
    time, start = parcel.version.time, _start(parcel)
    root = node(
        "premis",
        _object(name),
        _event(name, time),
        node("agent", _named("agentIdentifier", "APPLICATION_NAME", _SOFTWARE), leaf("agentType", "APPLICATION")),
        node("rights", _statement(contract, start), node("rightsExtension", _granted(contract, start))),
    )
    place = f"{_PREMIS} http://www.loc.gov/standards/premis/v2/premis-v2-2.xsd"
    heads = {"xmlns": _PREMIS, "xmlns:xsi": _XSI, "xsi:schemaLocation": place, "version": "2.2"}
    return xml.written(given(root, heads))


def _start(parcel: Parcel) -> str:
    """Return from when what is granted holds: the day of the hand-over, in the house's own time."""
    return f"{parcel.version.time[:10]}T00:00:00.000{parcel.version.time[19:]}"


def _named(element: str, kind: str, value: str) -> Node:
    return node(element, leaf(f"{element}Type", kind), leaf(f"{element}Value", value))


def _object(name: str) -> Node:
    return given(node("object", _named("objectIdentifier", "PACKAGE_NAME", name)), {"xsi:type": "representation"})


def _event(name: str, time: str) -> Node:
    return node(
        "event",
        _named("eventIdentifier", "SIP_CREATION_ID", f"Sip_Creation_{time}"),
        leaf("eventType", "SIP_CREATION"),
        leaf("eventDateTime", time),
        _named("linkingAgentIdentifier", "APPLICATION_NAME", _SOFTWARE),
        _named("linkingObjectIdentifier", "PACKAGE_NAME", name),
    )


def _statement(contract: Contract, start: str) -> Node:
    """Return which acts are granted; how far, the extension says."""
    acts = (("PUBLICATION_PUBLIC", contract.public), ("PUBLICATION_INSTITUTION", contract.institution),
            ("MIGRATION", True))  # fmt: skip
    return node(
        "rightsStatement",
        _named("rightsStatementIdentifier", "rightsid", ""),
        leaf("rightsBasis", "license"),
        [
            node("rightsGranted", leaf("act", act), leaf("restriction", "see rightsExtension"),
                 node("termOfGrant", leaf("startDate", start)))
            for act, so in acts if so
        ],
    )  # fmt: skip


def _granted(contract: Contract, start: str) -> Node:
    """Return the contract's own block, in the order in which the archive's own tool writes it."""
    public = [_publication("PUBLIC", contract, start)] if contract.public else []
    public += [_publication("INSTITUTION", contract, start)] if contract.institution else []
    return node(
        "rightsGranted",
        node("migrationRight", leaf("condition", contract.migration.upper())),
        None if contract.ddb else leaf("DDBexclusion", ""),
        _licence(contract) if public else None,
        public,
        xmlns=_DANRW,
    )


def _licence(contract: Contract) -> Node:
    label = contract.label or contract.licence
    return leaf("publicationLicense", label, {"href": contract.licence, "displayLabel": label})


def _publication(audience: str, contract: Contract, start: str) -> Node:
    return node("publicationRight", *_terms(audience, contract, start))


def _terms(audience: str, contract: Contract, start: str) -> Iterator[Node]:
    yield leaf("audience", audience)
    yield leaf("startDate", start)
    if _LAWS[contract.law]:
        yield leaf("lawID", _LAWS[contract.law])
    yield leaf("restrictions", "")  # none; the schema wants the word all the same
