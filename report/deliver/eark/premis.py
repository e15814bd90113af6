"""PREMIS 3.0: the publication and its version, its representations and files, what happened to them, who did it.

Knows: PREMIS's elements. Must never know: METS, folders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report.deliver.eark.pack import MEANINGS, Held, Package
from report.deliver.ids import uuid
from report.deliver.xml import Node, given, leaf, maybe, node, written
from report.parcel import Version

SOFTWARE = "Satzspiegel"
_SPACES = {
    "xmlns:premis": "http://www.loc.gov/premis/v3",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "version": "3.0",
}
_PDFA = "Acrobat PDF/A - Portable Document Format"
# the standard a file was made for -> name, version, key in PRONOM
_PRONOM = {"a2a": (_PDFA, "2a", "fmt/476"), "a4": (_PDFA, "4", "fmt/1910")}


def package_premis(package: Package) -> bytes:
    """Return the package's file: the publication, its versions, who made them, its rights."""
    root = node("premis:premis", _entity(package), _events(package), _agents(package), _rights(package))
    return written(given(root, _SPACES))


def representation_premis(package: Package, folder: str, held: Sequence[Held]) -> bytes:
    """Return a representation's file: itself and each of its files."""
    root = node("premis:premis", _representation(package, folder, held), (_file(one) for one in held))
    return written(given(root, _SPACES))


def _identifier(kind: str, value: str, what: str = "object") -> Node:
    return node(
        f"premis:{what}Identifier",
        leaf(f"premis:{what}IdentifierType", kind),
        leaf(f"premis:{what}IdentifierValue", value),
    )


def _entity(package: Package) -> Node:
    """Return the publication in this version; a later one names the one before."""
    number = package.parcel.version.number
    related = None
    if number > 1:
        related = _relation("derivation", "has source", package.entity(number - 1))
    found = node(
        "premis:object",
        _identifier("UUID", package.entity(number)),
        _identifier("local", package.name),
        leaf("premis:originalName", package.facts.title),
        related,
    )
    return given(found, {"xsi:type": "premis:intellectualEntity"})


def _relation(kind: str, subtype: str, to: str) -> Node:
    return node(
        "premis:relationship",
        leaf("premis:relationshipType", kind),
        leaf("premis:relationshipSubType", subtype),
        node(
            "premis:relatedObjectIdentifier",
            leaf("premis:relatedObjectIdentifierType", "UUID"),
            leaf("premis:relatedObjectIdentifierValue", to),
        ),
    )


def _representation(package: Package, folder: str, held: Sequence[Held]) -> Node:
    found = node(
        "premis:object",
        _identifier("UUID", uuid(package.entity(package.parcel.version.number), folder)),
        leaf("premis:originalName", f"{folder}: {MEANINGS[folder]}"),
        _relation("structural", "represents", package.entity(package.parcel.version.number)),
        [_relation("structural", "has part", _name(one)) for one in held],
    )
    return given(found, {"xsi:type": "premis:representation"})


def _name(held: Held) -> str:
    """Return a file's UUID: from what is in it, and from its place, for the same picture may lie in two."""
    return uuid("sha256", held.sha256, held.path)


def _file(held: Held) -> Node:
    size = str(len(held.data))
    found = node(
        "premis:object",
        _identifier("UUID", _name(held)),
        _identifier("local", held.path),
        node(
            "premis:objectCharacteristics",
            node(
                "premis:fixity",
                leaf("premis:messageDigestAlgorithm", "SHA-256"),
                leaf("premis:messageDigest", held.sha256),
            ),
            leaf("premis:size", size),
            _format(held),
        ),
        leaf("premis:originalName", held.name),
    )
    return given(found, {"xsi:type": "premis:file"})


def _format(held: Held) -> Node:
    standards = held.item.standards if held.item else ()
    title, version, key = next((_PRONOM[one] for one in standards if one in _PRONOM), (held.media, "", ""))
    registry = None
    if key:
        registry = node(
            "premis:formatRegistry",
            leaf("premis:formatRegistryName", "PRONOM"),
            leaf("premis:formatRegistryKey", key),
        )
    named = node("premis:formatDesignation", leaf("premis:formatName", title), maybe("premis:formatVersion", version))
    return node("premis:format", named, registry)


def _events(package: Package) -> Iterator[Node]:
    """Walk the versions up to this one, oldest first."""
    now = package.parcel.version
    for one in (*(earlier for earlier in package.parcel.earlier if earlier.number < now.number), now):
        yield _event(package, one)


def _event(package: Package, version: Version) -> Node:
    told = f"Fassung {version.number}" + (f": {version.reason}" if version.reason else "")
    number = version.number
    return node(
        "premis:event",
        _identifier("UUID", uuid(package.entity(number), "ereignis"), "event"),
        leaf("premis:eventType", "creation" if number == 1 else "modification"),
        leaf("premis:eventDateTime", version.time),
        node("premis:eventDetailInformation", leaf("premis:eventDetail", told)),
        _linked("Agent", _agent(package, SOFTWARE), "executing program"),
        _linked("Agent", _agent(package, package.submitter), "implementer"),
        _linked("Object", package.entity(number)),
    )


def _linked(what: str, to: str, role: str = "") -> Node:
    return node(
        f"premis:linking{what}Identifier",
        leaf(f"premis:linking{what}IdentifierType", "UUID"),
        leaf(f"premis:linking{what}IdentifierValue", to),
        maybe(f"premis:linking{what}Role", role),
    )


def _agent(package: Package, title: str) -> str:
    return uuid(package.namespace, "handelnde", title)


def _agents(package: Package) -> Iterator[Node]:
    for title, kind in ((SOFTWARE, "software"), (package.submitter, "organization")):
        yield node(
            "premis:agent",
            _identifier("UUID", _agent(package, title), "agent"),
            leaf("premis:agentName", title),
            leaf("premis:agentType", kind),
        )


def _rights(package: Package) -> Node | None:
    """Return what the publication says of its rights, in its own words."""
    if not package.facts.rights:
        return None
    version = package.parcel.version.number
    return node(
        "premis:rights",
        node(
            "premis:rightsStatement",
            _identifier("UUID", uuid(package.entity(version), "rechte"), "rightsStatement"),
            leaf("premis:rightsBasis", "other"),
            node(
                "premis:otherRightsInformation",
                leaf("premis:otherRightsBasis", "Angabe des Herausgebers"),
                leaf("premis:otherRightsNote", package.facts.rights),
            ),
            _linked("Object", package.entity(version)),
        ),
    )
