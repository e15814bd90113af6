"""The code lists that a message names, as xdomea has them; and what a file's format is called there.

Knows: xdomea's lists. Must never know: what is filed.
"""

from __future__ import annotations

from report.deliver.xml import Node, leaf, maybe, node
from report.parcel import Item

_LIST = "urn:xoev-de:xdomea:codeliste:"
GRADES = {
    "001": "Geheim: Das Schriftgutobjekt ist als geheim eingestuft.",
    "002": "NfD: Das Schriftgutobjekt ist als \"nur für den Dienstgebrauch (nfD)\" eingestuft.",
    "003": "Offen: Das Schriftgutobjekt ist nicht eingestuft.",
    "004": "Streng geheim: Das Schriftgutobjekt ist als streng geheim eingestuft.",
    "005": "Vertraulich: Das Schriftgutobjekt ist als vertraulich eingestuft.",
}  # fmt: skip
ELECTRONIC = ("001", "Elektronisch: Das Schriftgutobjekt liegt ausschließlich in elektronischer Form vor.")
DISPOSALS = {
    "keep": ("A", "Das Schriftgutobjekt ist archivwürdig."),
    "assess": ("B", "Das Schriftgutobjekt ist zum Bewerten markiert."),
    "destroy": ("V", "Das Schriftgutobjekt ist zum Vernichten markiert."),
}
# list Dateiformat: ending -> code; 044 is for PDF/A alone
_FORMATS = {
    "html": "008", "jpeg": "010", "jpg": "011", "pdf": "018", "png": "019", "tif": "023", "tiff": "024", "txt": "045",
    "xml": "030",
}  # fmt: skip
_ARCHIVAL, _OTHER = "044", "100"
_NAMES = {
    "008": "html - Hypertext Markup Language", "010": "jpeg - JPEG File Interchange Format",
    "011": "jpg - JPEG File Interchange Format", "018": "pdf - Portable Document Format",
    "019": "png - Portable Network Graphics", "023": "tif - Tagged Image File Format",
    "024": "tiff - Tagged Image File Format", "030": "xml - eXtensible Markup Language",
    "044": "pdf - Portable Document Format (Archival)", "045": "txt - Unicode Text File", "100": "Sonstiges",
}  # fmt: skip
_ARCHIVES = {"a2a": "2a", "a4": "4"}  # standard -> version of the format, as PRONOM has it


def code(name: str, listed: str, version: str, value: str, meaning: str = "") -> Node:
    """Return a code with the list and the version that it is taken from."""
    told = {"listURI": f"{_LIST}{listed}", "listVersionID": version}
    return node(name, leaf("code", value), maybe("name", meaning), **told)


def formats(item: Item, four: bool) -> tuple[Node | None, ...]:
    """Return what a file's format is called: its code, its own name where the list has none, its version.

    In version 3 this code has no name: so say the schemas.
    """
    ending = item.name.rpartition(".")[2].lower()
    flavour = next((_ARCHIVES[one] for one in item.standards if one in _ARCHIVES), "")
    value = _ARCHIVAL if ending == "pdf" and (flavour or item.role == "archive") else _FORMATS.get(ending, _OTHER)
    version, meaning = ("2.0", _NAMES[value]) if four else ("1.0", "")
    other = maybe("xdomea:SonstigerName", ending) if value == _OTHER else None
    named = flavour if value == _ARCHIVAL else ""
    return code("xdomea:Name", "dateiformat", version, value, meaning), other, leaf("xdomea:Version", named)
