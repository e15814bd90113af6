"""METS as CSIP and SIP have it: one for the package, one for each representation.

The numbers in comments are the specifications' own. Knows: METS's elements. Must never know: what the files hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from report.deliver.eark.pack import MEANINGS, Held, Package
from report.deliver.eark.premis import SOFTWARE
from report.deliver.eark.wishes import Body
from report.deliver.xml import Node, given, leaf, node, written

VERSION = "0.1.0"  # of the program: CSIP15 wants to know
# SIP2; the text of 2.1.0 names the address without a version, which by now leads to 2.2.0
_PROFILES = {
    "2.1.0": "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-1-0.xml",
    "2.2.0": "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml",
}
_SPACES = {
    "xmlns": "http://www.loc.gov/METS/",
    "xmlns:csip": "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
    "xmlns:sip": "https://DILCIS.eu/XML/METS/SIPExtensionMETS",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_KIND = {
    "TYPE": "Textual works – Digital",
    "csip:CONTENTINFORMATIONTYPE": "OTHER",
    "csip:OTHERCONTENTINFORMATIONTYPE": "Veröffentlichung einer Stadt",
}


def package_mets(package: Package, described: Held, preserved: Held, inner: Sequence[tuple[str, Held]]) -> bytes:
    """Return the package's METS. `inner`: each representation's folder with its own METS file."""
    groups = [_group(package, "Documentation", package.documents)]
    groups += [_group(package, "Schemas", package.schemas)] if package.schemas else []
    groups += [_group(package, f"Representations/{folder}", (mets,)) for folder, mets in inner]
    dmd, amd = package.id("dmd"), package.id("amd")
    root = node(
        "mets",
        _header(package),
        _described(package, dmd, described),
        node("amdSec", _provenance(package, amd, preserved), ID=package.id("amdSec")),
        node("fileSec", groups, ID=package.id("fileSec")),
        _map(package, dmd, amd, inner),
    )
    told = {**_SPACES, "OBJID": package.name, "LABEL": package.facts.title, **_KIND}
    return written(given(root, {**told, "PROFILE": _PROFILES[package.wishes.version]}))


def representation_mets(package: Package, folder: str, preserved: Held, held: Sequence[Held]) -> bytes:
    """Return a representation's METS; its paths begin in its own folder."""
    short = [Held(f"data/{one.name}", one.media, one.data, one.item) for one in held]
    use = "Data"
    inside = node("div", _pointer(package.id(folder, use)), ID=package.id(folder, "div", use), LABEL=use)
    amd = package.id(folder, "amd")
    metadata = node("div", ID=package.id(folder, "div", "Metadata"), LABEL="Metadata", ADMID=amd)
    root = node(
        "mets",
        _typed(node("metsHdr", _software(), **_moment(package))),
        node("amdSec", _provenance(package, amd, preserved), ID=package.id(folder, "amdSec")),
        node("fileSec", _group(package, use, short, folder), ID=package.id(folder, "fileSec")),
        node(
            "structMap",
            node("div", metadata, inside, ID=package.id(folder, "div"), LABEL=folder),
            ID=package.id(folder, "structMap"),
            TYPE="PHYSICAL",
            LABEL="CSIP",
        ),
    )
    told = {**_SPACES, "OBJID": folder, "LABEL": MEANINGS[folder], **_KIND}
    return written(given(root, {**told, "PROFILE": _PROFILES[package.wishes.version]}))


def _moment(package: Package) -> dict[str, str]:
    return {"CREATEDATE": package.parcel.version.time, "LASTMODDATE": package.parcel.version.time}


def _typed(header: Node) -> Node:
    return given(header, {"csip:OAISPACKAGETYPE": "SIP"})


def _header(package: Package) -> Node:
    """Return the head: SIP3 to SIP31, CSIP7 to CSIP16. A person is not named: the submitting office answers."""
    facts, wishes = package.facts, package.wishes
    status = "NEW" if package.parcel.version.number == 1 else "VERSION"
    archive = _agent("PRESERVATION", "ORGANIZATION", wishes.archive) if wishes.archive.name else None
    creator = _agent("ARCHIVIST", "ORGANIZATION", Body(facts.publisher)) if facts.publisher else None
    agreement, reference = wishes.agreement, facts.filing.reference
    return _typed(
        node(
            "metsHdr",
            _software(),
            creator,
            _agent("CREATOR", "ORGANIZATION", Body(package.submitter, wishes.submitter.code)),
            archive,
            leaf("altRecordID", agreement, {"TYPE": "SUBMISSIONAGREEMENT"}) if agreement else None,
            leaf("altRecordID", reference, {"TYPE": "REFERENCECODE"}) if reference else None,
            **_moment(package),
            RECORDSTATUS=status,
        )
    )


def _software() -> Node:
    note = leaf("note", VERSION, {"csip:NOTETYPE": "SOFTWARE VERSION"})
    return node("agent", leaf("name", SOFTWARE), note, ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")


def _agent(role: str, kind: str, body: Body) -> Node:
    note = leaf("note", body.code, {"csip:NOTETYPE": "IDENTIFICATIONCODE"}) if body.code else None
    return node("agent", leaf("name", body.name), note, ROLE=role, TYPE=kind)


def _referred(package: Package, held: Held) -> dict[str, str]:
    """Return what every reference to a file tells: CSIP26 to CSIP30, CSIP68 to CSIP72."""
    return {
        "MIMETYPE": held.media,
        "SIZE": str(len(held.data)),
        "CREATED": package.parcel.version.time,
        "CHECKSUM": held.sha256,
        "CHECKSUMTYPE": "SHA-256",
    }


def _link(path: str) -> dict[str, str]:
    return {"LOCTYPE": "URL", "xlink:type": "simple", "xlink:href": path}


def _described(package: Package, name: str, held: Held) -> Node:
    inner = given(node("mdRef"), {**_link(held.path), "MDTYPE": "DC", **_referred(package, held)})
    return node("dmdSec", inner, ID=name, CREATED=package.parcel.version.time, STATUS="CURRENT")


def _provenance(package: Package, name: str, held: Held) -> Node:
    told = {**_link(held.path), "MDTYPE": "PREMIS", "MDTYPEVERSION": "3.0", **_referred(package, held)}
    return node("digiprovMD", given(node("mdRef"), told), ID=name, STATUS="CURRENT")


def _group(package: Package, use: str, files: Sequence[Held], folder: str = "") -> Node:
    words = (folder, use) if folder else (use,)
    inside = [
        node(
            "file",
            given(node("FLocat"), _link(one.path)),
            ID=package.id(*words, one.path),
            **_referred(package, one),
        )
        for one in files
    ]
    return node("fileGrp", inside, ID=package.id(*words), USE=use)


def _pointer(name: str) -> Node:
    return node("fptr", FILEID=name)


def _map(package: Package, dmd: str, amd: str, inner: Sequence[tuple[str, Held]]) -> Node:
    """Return the structural map: CSIP80 to CSIP119."""
    uses = ["Documentation", *(["Schemas"] if package.schemas else [])]
    divisions = [
        node("div", ID=package.id("div", "Metadata"), LABEL="Metadata", DMDID=dmd, ADMID=amd),
        *(node("div", _pointer(package.id(use)), ID=package.id("div", use), LABEL=use) for use in uses),
    ]
    for folder, mets in inner:
        use = f"Representations/{folder}"
        told = {**_link(mets.path), "xlink:title": package.id(use)}
        divisions.append(node("div", given(node("mptr"), told), ID=package.id("div", use), LABEL=use))
    top = node("div", divisions, ID=package.id("div"), LABEL=package.name)
    return node("structMap", top, ID=package.id("structMap"), TYPE="PHYSICAL", LABEL="CSIP")
