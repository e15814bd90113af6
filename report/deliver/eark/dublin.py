"""The publication described in Dublin Core: fifteen plain fields that every archive reads.

Knows: Dublin Core's elements. Must never know: packages.
"""

from __future__ import annotations

from report.deliver.eark.pack import Package, name
from report.deliver.xml import given, leaf, maybe, node, written

_SPACES = {
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
}


def dublin(package: Package) -> bytes:
    """Return the file."""
    facts, version = package.facts, package.parcel.version
    before = f"Ersetzt: {name(facts.id, version.number - 1)}" if version.number > 1 else ""
    root = node(
        "oai_dc:dc",
        leaf("dc:title", facts.title),
        maybe("dc:creator", facts.author or facts.department),
        [leaf("dc:subject", word) for word in facts.keywords],
        maybe("dc:description", facts.standfirst),
        maybe("dc:publisher", facts.publisher),
        maybe("dc:contributor", facts.responsible),
        maybe("dc:date", facts.date),
        leaf("dc:type", "Text"),
        [leaf("dc:type", kind) for kind in package.parcel.kinds],
        leaf("dc:format", "application/pdf"),
        leaf("dc:identifier", package.name),
        maybe("dc:identifier", facts.filing.reference),
        maybe("dc:source", facts.online),
        leaf("dc:language", facts.language),
        maybe("dc:relation", before),
        maybe("dc:coverage", facts.place),
        maybe("dc:rights", facts.rights),
    )
    return written(given(root, _SPACES))
