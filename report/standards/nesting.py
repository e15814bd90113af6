"""Which element may stand in which: a table nested in a line of text is heard as nonsense, whatever a validator says.

The table follows ISO 32000-2 annex L and ISO 32005 in our own roles, stricter where looser nesting helps nobody.
Knows: roles. Must never know: how a role is tagged in a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.findings import N_, Finding, Place
from report.proof import Element, Link, Mark, Tick

_INLINE = frozenset({"span", "link", "reference", "note", "figure"})
_HEADINGS = frozenset(f"heading-{level}" for level in range(1, 7))
_BLOCKS = _HEADINGS | {"form", "paragraph", "quotation", "list", "table", "figure", "contents", "note", "section"}
_RUNNING = frozenset({"paragraph", "quotation", "list", "table", "figure", "form"})

ALLOWED: dict[str, frozenset[str]] = {
    "document": _BLOCKS,
    "section": _BLOCKS,
    **dict.fromkeys(sorted(_HEADINGS), _INLINE - {"note"}),
    "paragraph": _INLINE,
    "quotation": _RUNNING | _INLINE,
    "list": frozenset({"item", "caption"}),
    "item": frozenset({"label", "body"}),
    "label": _INLINE,
    "body": _RUNNING | _INLINE | _HEADINGS,
    "table": frozenset({"caption", "table-head", "table-body", "row"}),
    "table-head": frozenset({"row"}),
    "table-body": frozenset({"row"}),
    "row": frozenset({"head-cell", "cell"}),
    "head-cell": _RUNNING | _INLINE,
    "cell": _RUNNING | _INLINE | _HEADINGS,
    "figure": frozenset({"caption", "paragraph", "span", "link"}),
    "caption": frozenset({"paragraph", "list"}) | _INLINE,
    "link": frozenset({"span", "figure"}),
    "span": _INLINE,
    "form": frozenset(),
    "note": frozenset({"label", "paragraph", "list"}) | _INLINE,
    "contents": frozenset({"contents-item", "contents", "caption"}),
    "contents-item": frozenset({"label", "reference", "paragraph", "contents", "link"}),
    "reference": frozenset({"label", "link", "span"}),
}

# what only groups: words directly in it belong to nothing
_GROUPS = frozenset({"document", "section", "list", "item", "table", "table-head", "table-body", "row", "contents"})


def misnested(root: Element) -> list[Finding]:
    """Return a finding for each element that stands where it may not, and for words that stand in a mere group."""
    return [finding for parent in root.walk() for finding in _faults(parent)]


def _faults(parent: Element) -> Iterator[Finding]:
    if parent.role not in ALLOWED:
        yield _finding(parent, "structure.role", N_("There is no role “{role}”."))
        return
    allowed = ALLOWED[parent.role]
    for kid in parent.kids:
        if isinstance(kid, Element):
            if kid.role not in allowed:
                yield _finding(kid, "structure.nesting", N_("“{role}” may not stand directly in “{parent}”."), parent)
        elif isinstance(kid, Mark) and parent.role in _GROUPS:
            message = N_("Words stand directly in “{role}”, which only groups elements.")
            yield _finding(parent, "structure.loose-words", message, page=kid.page + 1)
            break
        elif isinstance(kid, Link) and parent.role != "link":
            message = N_("The area of a link stands in “{role}” instead of in a link.")
            yield _finding(parent, "structure.link-area", message, page=kid.page + 1)
        elif isinstance(kid, Tick) and parent.role != "form":
            yield _finding(parent, "structure.box", N_("A box to tick stands in “{role}” instead of in a form."))
    yield from _places(parent)


def _places(parent: Element) -> Iterator[Finding]:
    """Yield what stands in the wrong place: a caption in the midst, a label after its body, either of them twice."""
    kids = [kid.role if isinstance(kid, Element) else "" for kid in parent.kids]
    if kids.count("caption") > 1 or "caption" in (kids[1:-1] if parent.role == "figure" else kids[1:]):
        message = N_("The caption of “{role}” stands in its midst: it must come first, or last in a figure, and once.")
        yield _finding(parent, "structure.caption-place", message)
    if parent.role == "item" and (kids.count("label") > 1 or kids.count("body") > 1 or "label" in kids[1:]):
        yield _finding(parent, "structure.item", N_("A list item holds one label and one body, in this order."))


def _finding(at: Element, rule: str, message: str, parent: Element | None = None, page: int = 0) -> Finding:
    values: dict[str, object] = {"role": at.role, "parent": parent.role} if parent else {"role": at.role}
    return Finding(rule, message, values, Place(path=at.of, page=page, block=at.role))
