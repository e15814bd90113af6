"""Annotations and actions: every link heard, none that runs a program or leaves for where it should not.

Knows: annotations, their elements, actions. Must never know which addresses the article names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from report.findings import N_, Finding, Place
from report.preflight.reading import Hold, Paper, Spot, Tag, key_of

_ADDRESS = re.compile(r"^(?:https?://|mailto:|tel:)\S+$", re.IGNORECASE)
_HIDDEN = 0b100010  # invisible, hidden, no view are bits 1, 2, 6
_PRINT = 4


def inspect_links(paper: Paper) -> Iterator[Finding]:
    """Judge every annotation of every page, then every action of the file."""
    owners = {kid.key: tag for tag in paper.tags() for kid in tag.kids if isinstance(kid, Hold)}
    for number, page in enumerate(paper.pdf.pages, 1):
        annotations = list(page.obj.get("/Annots", []))
        for annotation in annotations:
            if annotation.get("/Subtype") in ("/Popup", "/PrinterMark"):
                continue
            yield from _annotation(annotation, owners.get(key_of(annotation)), Place(page=number))
        if annotations and page.obj.get("/Tabs") != "/S":
            yield Finding(
                "preflight.tab-order",
                N_("The tab key does not follow the reading order on this page (Tabs)."),
                {},
                Place(page=number),
            )
    for tag in paper.tags():
        yield from _link_element(paper, tag)
    yield from _actions(paper)


def _annotation(annotation: Any, owner: Tag | None, page: Place) -> Iterator[Finding]:
    kind = str(annotation.get("/Subtype", "/?"))[1:]
    said = str(annotation.get("/Contents", "")).strip()
    target = _target(annotation)
    place = Place(page=page.page, block=f"{kind} {said[:40] or target[:60]}".strip())
    if not said:
        yield Finding("preflight.link-silent", N_("A link does not say where it leads (Contents)."), {}, place)
    wanted = "Link" if kind == "Link" else "Annot"
    if owner is None or (owner.role != wanted and not (kind == "Widget" and owner.role == "Form")):
        yield Finding(
            "preflight.link-loose",
            N_("A link is not part of the structure: it must belong to an element {role}."),
            {"role": wanted},
            place,
        )
    flags = int(annotation.get("/F", 0))
    if flags & _HIDDEN or not flags & _PRINT:
        yield Finding("preflight.link-flags", N_("A link is hidden or not for print (F)."), {}, place)


def _target(annotation: Any) -> str:
    action = annotation.get("/A", {})
    return str(action.get("/URI", "")) if action.get("/S") == "/URI" else ""


def _link_element(paper: Paper, tag: Tag) -> Iterator[Finding]:
    if tag.role != "Link":
        return
    place = Place(page=paper.page_of(tag), block=f"Link “{paper.words(tag)[:40]}”")
    if not any(isinstance(kid, Hold) for kid in tag.kids):
        yield Finding(
            "preflight.link-dead", N_("An element Link leads nowhere: no link belongs to it (OBJR)."), {}, place
        )
    if not any(isinstance(kid, (Spot, Tag)) for kid in tag.kids):
        yield Finding("preflight.link-wordless", N_("An element Link holds no words and no picture."), {}, place)


def _actions(paper: Paper) -> Iterator[Finding]:
    root = paper.pdf.Root
    for name, message in (
        ("/JavaScript", N_("The file carries a program (JavaScript).")),
        ("/EmbeddedFiles", N_("The file carries other files inside.")),
    ):
        if name in root.get("/Names", {}):
            yield Finding(f"preflight.carries{name.replace('/', '-').lower()}", message)
    holders = [(0, root), *((0, item) for item in _bookmarks(root))]
    for number, page in enumerate(paper.pdf.pages, 1):
        holders += [(number, page.obj), *((number, annotation) for annotation in page.obj.get("/Annots", []))]
    for number, holder in holders:
        for action in _held(holder):
            yield from _action(action, Place(page=number))


def _held(holder: Any) -> Iterator[Any]:
    """Walk the actions of a dictionary: its own, those on events, and those that follow."""
    waiting = [holder[key] for key in ("/A", "/OpenAction") if key in holder]
    waiting += list(holder["/AA"].values()) if "/AA" in holder else []
    for _ in range(100):
        if not waiting:
            return
        action = waiting.pop()
        if not hasattr(action, "keys") or "/S" not in action:
            continue
        yield action
        if "/Next" in action:
            following = action["/Next"]
            waiting += [following] if hasattr(following, "keys") else list(following)


def _action(action: Any, place: Place) -> Iterator[Finding]:
    kind = str(action["/S"])[1:]
    if kind == "URI":
        address = str(action.get("/URI", ""))
        if not _ADDRESS.match(address):
            yield Finding(
                "preflight.address",
                N_("A link leads to “{address}”: only https, http, mailto and tel are allowed."),
                {"address": address},
                place,
            )
    elif kind != "GoTo":
        yield Finding(
            "preflight.action",
            N_("The file does something of its own ({kind}): only links to addresses and pages are allowed."),
            {"kind": kind},
            place,
        )


def _bookmarks(root: Any) -> Iterator[Any]:
    waiting, seen = [root["/Outlines"]] if "/Outlines" in root else [], set()
    while waiting:
        item = waiting.pop()
        if item.is_indirect and key_of(item) in seen:
            continue
        seen.add(key_of(item))
        yield item
        waiting += [item[key] for key in ("/First", "/Next") if key in item]
