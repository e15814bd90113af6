"""The structure tree against the rules of its grammar: who may stand in whom, headings, lists, figures.

Validators let much of this through; screen readers and people do not. The table of parents and children follows
ISO 32000-1, 14.8.4 and ISO 32005, as far as both agree. Knows: standard structure types. Must never know what the
layout meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.findings import N_, Finding, Place
from report.preflight.reading import Hold, Paper, Spot, Tag

HEADINGS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"})
INLINE = frozenset(
    {"Span", "Link", "Quote", "Note", "FENote", "Reference", "Em", "Strong", "Sub", "Lbl", "Code", "BibEntry", "Annot"}
    | {"Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form", "Artifact", "NonStruct"}
)
# role -> the only roles that may hold it
PARENTS: dict[str, frozenset[str]] = {
    "TR": frozenset({"Table", "THead", "TBody", "TFoot"}),
    "TH": frozenset({"TR"}),
    "TD": frozenset({"TR"}),
    "THead": frozenset({"Table"}),
    "TBody": frozenset({"Table"}),
    "TFoot": frozenset({"Table"}),
    "LI": frozenset({"L"}),
    "LBody": frozenset({"LI"}),
    "TOCI": frozenset({"TOC"}),
    "Document": frozenset({""}),
}
# role -> the only roles it may hold
CHILDREN: dict[str, frozenset[str]] = {
    "Table": frozenset({"TR", "THead", "TBody", "TFoot", "Caption"}),
    "THead": frozenset({"TR"}),
    "TBody": frozenset({"TR"}),
    "TFoot": frozenset({"TR"}),
    "TR": frozenset({"TH", "TD"}),
    "L": frozenset({"LI", "Caption"}),
    "LI": frozenset({"Lbl", "LBody"}),
    "TOC": frozenset({"TOCI", "TOC", "Caption"}),
    "TOCI": frozenset({"Lbl", "Reference", "P", "TOC", "NonStruct"}),
    "P": INLINE,
    "Span": INLINE,
    "Link": INLINE | {"P"},
    "Quote": INLINE,
    **dict.fromkeys(HEADINGS, INLINE),
}
# roles that hold other elements only, never words of their own
WORDLESS = frozenset({"Document", "Part", "Art", "Sect", "Table", "THead", "TBody", "TFoot", "TR", "L", "LI", "TOC"})
_FILE_NAME = re.compile(
    r"^\s*[^\s/\\]*[/\\].*\.\w{2,4}\s*$|^.{1,80}\.(?:jpe?g|png|tiff?|webp|svg|gif|bmp|heic|pdf|eps|ai|psd|indd)\s*$|"
    r"^\s*(?:img|image|bild|dsc[nf]?|pict|scan|foto|photo)?[\s_-]*\d{2,}\s*$",
    re.IGNORECASE,
)


def inspect_structure(paper: Paper) -> Iterator[Finding]:
    """Judge the whole tree: presence, nesting, empty elements, headings, lists, figures."""
    if not paper.roots:
        yield Finding("preflight.untagged", N_("The file has no structure: a screen reader finds nothing to read."))
        return
    if [root.role for root in paper.roots] != ["Document"]:
        roles = ", ".join(root.role for root in paper.roots)
        yield Finding(
            "preflight.root", N_("The structure must begin with one Document, not with: {roles}."), {"roles": roles}
        )
    for root in paper.roots:
        yield from _nesting(paper, root, "")
    yield from _headings(paper)
    for tag in paper.tags():
        yield from _list(paper, tag)
        yield from _figure(paper, tag)


def where(paper: Paper, tag: Tag) -> Place:
    """Say where an element stands: its page, its role and its first words."""
    words = " ".join(paper.words(tag).split())[:40]
    return Place(page=paper.page_of(tag), block=f"{tag.role} “{words}”" if words else tag.role)


def _nesting(paper: Paper, tag: Tag, parent: str) -> Iterator[Finding]:
    allowed, held = PARENTS.get(tag.role), CHILDREN.get(parent)
    if (allowed is not None and parent not in allowed) or (held is not None and tag.role not in held):
        yield Finding(
            "preflight.nesting",
            N_("The element {role} may not stand directly inside {parent}."),
            {"role": tag.role, "parent": parent or "StructTreeRoot"},
            where(paper, tag),
        )
    if tag.role in WORDLESS and any(isinstance(kid, Spot) for kid in tag.kids):
        yield Finding(
            "preflight.loose-words",
            N_("Words stand directly inside {role}, without a paragraph or another block of their own."),
            {"role": tag.role},
            where(paper, tag),
        )
    if _empty(paper, tag):
        yield Finding("preflight.empty", N_("The element {role} is empty."), {"role": tag.role}, where(paper, tag))
        return
    for kid in tag.tags():
        yield from _nesting(paper, kid, tag.role)


def _empty(paper: Paper, tag: Tag) -> bool:
    """Tell whether nothing is heard or seen of `tag`; an empty cell is part of its table, thus none."""
    if tag.role in ("TD", "TH"):
        return False
    if tag.actual or any(isinstance(kid, Hold) for inner in tag.walk() for kid in inner.kids):
        return False
    strokes = (stroke for spot in tag.spots() for stroke in paper.strokes(spot))
    if any(not stroke.operator.startswith("T") or stroke.words.strip() or stroke.said for stroke in strokes):
        return False
    return not any(inner.role in ("TD", "TH") for inner in tag.walk())


def _headings(paper: Paper) -> Iterator[Finding]:
    last = 0
    for tag in paper.tags():
        if tag.role == "H":
            yield Finding(
                "preflight.heading-unlevelled",
                N_("A heading has no level (H instead of H1 to H6)."),
                {},
                where(paper, tag),
            )
        if not re.fullmatch(r"H[1-9]", tag.role):
            continue
        level = int(tag.role[1:])
        if level > last + 1:
            message = N_("A heading of level {level} follows level {last}: a level is left out.")
            if last == 0:
                message = N_("The first heading has level {level}, not 1.")
            yield Finding("preflight.heading-jump", message, {"level": level, "last": last}, where(paper, tag))
        last = level


def _list(paper: Paper, tag: Tag) -> Iterator[Finding]:
    if tag.role == "LI" and sum(kid.role == "LBody" for kid in tag.tags()) != 1:
        yield Finding(
            "preflight.list-item", N_("A list item must hold exactly one body (LBody)."), {}, where(paper, tag)
        )
    if tag.role == "L":
        labelled = any(kid.role == "Lbl" for item in tag.tags() for kid in item.tags())
        if labelled and tag.attrs.get("ListNumbering", "None") == "None":
            yield Finding(
                "preflight.list-numbering",
                N_("A list has signs or numbers, but does not say of which kind (ListNumbering)."),
                {},
                where(paper, tag),
            )


def _figure(paper: Paper, tag: Tag) -> Iterator[Finding]:
    if tag.role not in ("Figure", "Formula"):
        return
    said = tag.alt if tag.alt is not None else tag.actual
    if not (said or "").strip():
        yield Finding("preflight.alt-missing", N_("A picture has no alternative text."), {}, where(paper, tag))
    elif _FILE_NAME.match(said or ""):
        yield Finding(
            "preflight.alt-file-name",
            N_("The alternative text “{alt}” is the name of a file: say what the picture shows."),
            {"alt": said},
            where(paper, tag),
        )
    box = tag.attrs.get("BBox")
    if tag.role == "Figure" and not _sound(box):
        yield Finding(
            "preflight.figure-box",
            N_("A picture does not say where it stands on its page (BBox)."),
            {},
            where(paper, tag),
        )


def _sound(box: object) -> bool:
    if not isinstance(box, tuple) or len(box) != 4 or not all(isinstance(side, (int, float)) for side in box):
        return False
    return bool(box[0] < box[2] and box[1] < box[3])
