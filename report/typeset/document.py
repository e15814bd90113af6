"""The whole document: planned pages are drawn, and the record of their marks becomes the proof.

Knows: planned sheets, blocks, the pen. Must never know articles, Jinja or PDF objects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from report.content import Node
from report.editions import Edition
from report.findings import N_, Finding, Measure, Place
from report.house import House
from report.layout import Layout
from report.printer import Printer
from report.proof import About, Element, Mark, OutlineEntry, Page, Proof
from report.typeset import counted
from report.typeset.block import BoxSpot, Spot
from report.typeset.blocks import BOXED
from report.typeset.blocks.box import rectangle
from report.typeset.build import build, prune
from report.typeset.desk import Desk
from report.typeset.ink import inks
from report.typeset.pages import Outcome, Sheet
from report.typeset.paragraph import begin
from report.typeset.pen import Pen
from report.typeset.plan import Planner
from report.typeset.setting import Settings

_UNSET = str.maketrans({"\u00ad": None, "\u200b": None, "\u00a0": " ", "\u202f": " "})


_SCREEN = Edition("", "screen", 0, ())


def typeset(
    content: Node,
    house: House,
    layout: Layout,
    folder: Path,
    only: int | None = None,
    edition: Edition = _SCREEN,
    printer: Printer | None = None,
) -> Proof:
    """Set `content` in the styles of `layout` and `house`; pictures are named from `folder`. Returns the proof.

    With `only`, one page (from 0) is drawn and the others stay blank: a preview, with the same lines. The edition says
    what the pages are drawn for, the printer in which inks; neither moves a line.
    """
    language = content.get("lang") or "de"
    begin()
    desk = Desk(house, layout, Settings(house, layout, language), folder, language)
    desk.inks = inks(house.swatches.values(), printer)
    desk.bleed = printer.bleed if printer else layout.bleed
    desk.safe = printer.safe if printer else edition.margin
    desk.guarded = house.logo is not None and max(house.logo.clear, house.logo.least) > 0
    outcome = Planner(desk).plan(content)
    root = build(content, outcome.picks, desk)
    root.lang = language
    pages = [_draw(sheet, index, desk, only in (None, index), edition) for index, sheet in enumerate(outcome.sheets)]
    prune(root)
    if printer:
        from report.typeset import presswork

        presswork.report(desk)
    nodes = list(_walk(content, outcome.picks))
    _report(content, nodes, outcome, desk)
    return Proof(
        about=_about(content, language),
        pages=pages,
        root=root,
        fonts={name: use.font() for name, use in desk.fonts.values()},
        pictures=desk.pictures,
        forms=desk.forms,
        outline=_outline(nodes, desk, pages),
        fields=desk.spoken,
        lines=partial(_lines, outcome.sheets),
        taken=_taken(nodes, outcome),
        findings=desk.findings,
        inks=desk.inks.plates,
    )


def _draw(sheet: Sheet, index: int, desk: Desk, wanted: bool, edition: Edition) -> Page:
    """Draw one page: its ground, its panels, then everything in reading order."""
    desk.turn_to(sheet.master)
    pen = Pen(index, tagged=not edition.paper)
    desk.inks.used.clear()
    desk.standing.clear()
    if sheet.master.ground != "white" and wanted:
        bleed = desk.bleed
        with pen.artifact("Background"):
            whole = (-bleed, -bleed, desk.width + 2 * bleed, desk.height + 2 * bleed)
            pen.write(desk.inks.fill(desk.settings.swatch(sheet.master.ground)), rectangle(whole, b"f"))
    spots: dict[int, list[Spot | BoxSpot]] = {}
    placed: list[Spot | BoxSpot] = [*sheet.boxed, *sheet.flowing] if wanted else []
    for spot in placed:
        spots.setdefault(id(spot.block.leaf), []).append(spot)
    under = [leaf for leaf in sheet.order if leaf.node.kind in BOXED]  # colour and pictures lie under all words
    under.sort(key=lambda leaf: leaf.node.get("src") == "house:logo")  # no picture covers the logo
    over = [leaf for leaf in sheet.order if leaf.node.kind not in BOXED]
    own = {id(leaf) for leaf in sheet.order}
    carried = [spot for spot in sheet.flowing if wanted and id(spot.block.leaf) not in own]
    for leaf in under:
        for spot in spots.get(id(leaf), ()):
            spot.block.draw(pen, desk, spot)  # type: ignore[arg-type]
    for spot in carried:
        _set(spot, pen, desk)
    for leaf in over:
        for spot in spots.get(id(leaf), ()):
            _set(spot, pen, desk)
    if desk.house.logo and desk.guarded:
        from report.typeset import logo

        logo.look(desk, desk.house.logo, index + 1)
    slug = 0.0
    if edition.paper:
        from report.typeset import marks

        marks.margin(pen, desk, edition.margin)
        slug = marks.slug(pen, desk)
    return Page(
        desk.width,
        desk.height,
        desk.bleed,
        b"".join(pen.out),
        tuple(pen.fonts),
        tuple(pen.pictures),
        tuple(pen.forms),
        pen.owners,
        sheet.node.get("label") or str(index + 1),
        sheet.master.name,
        slug,
        tuple(desk.inks.used),
    )


def _set(spot: Spot | BoxSpot, pen: Pen, desk: Desk) -> None:
    """Draw what stands in one spot, with the page turned where its region's lines run upward."""
    if spot.region.turn:
        with pen.turned(desk.height):
            spot.block.draw(pen, desk, spot)  # type: ignore[arg-type]
    else:
        spot.block.draw(pen, desk, spot)  # type: ignore[arg-type]


def _about(content: Node, language: str) -> About:
    facts: dict[str, list[str]] = {}
    for node in content.nodes():
        if node.kind == "meta" and node.get("content"):
            facts.setdefault(node.get("name"), []).append(node.get("content").translate(_UNSET))
    one = {name: values[0] for name, values in facts.items()}
    return About(
        title=content.get("title").translate(_UNSET),
        language=language,
        authors=tuple(facts.get("author", ())),
        subject=one.get("subject", ""),
        keywords=tuple(facts.get("keyword", ())),
        publisher=one.get("publisher", ""),
        rights=one.get("rights", ""),
        date=one.get("date", ""),
        identifier=one.get("identifier", ""),
        draft=one.get("draft", "") == "yes",
    )


def _walk(node: Node, picks: dict[int, Node]) -> Iterator[Node]:
    yield node
    taken = picks.get(id(node)) if node.kind == "choice" else None
    for child in (taken or node).children:
        if isinstance(child, Node):
            yield from _walk(child, picks)


def _outline(nodes: Sequence[Node], desk: Desk, pages: Sequence[Page]) -> list[OutlineEntry]:
    """Return a bookmark for every heading that has ink and does not refuse one."""
    entries: list[OutlineEntry] = []
    for node in nodes:
        level = int(node.kind[1]) if node.kind[0] == "h" and node.kind[1:].isdigit() else 0
        element = desk.elements.get(id(node))
        if not level or element is None or node.get("bookmark") == "no":
            continue
        mark = next((kid for kid in _marks(element)), None)
        if mark is None:
            continue
        words = node.get("bookmark") or " ".join(part for part in _words(node))
        height = pages[mark.page].height
        top = min(desk.tops.get(id(element), height), height)
        entries.append(OutlineEntry(level, " ".join(words.translate(_UNSET).split()), mark.page, top, element))
    return entries


def _words(node: Node) -> list[str]:
    """Return the words of a heading part by part, without ink that has no meaning."""
    found: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            found.append(child)
        elif child.kind == "br":
            found.append(" ")
        elif child.kind == "text":
            found += [" ", *_words(child)]
        elif child.kind != "artifact":
            found += _words(child)
    return ["".join(found)]


def _marks(element: Element) -> list[Mark]:
    found: list[Mark] = []
    for kid in element.kids:
        if isinstance(kid, Mark):
            found.append(kid)
        elif isinstance(kid, Element):
            found += _marks(kid)
    return found


def _lines(sheets: list[Sheet]) -> list[str]:
    """Return the set lines as a person can read them, page by page."""
    found: list[str] = []
    for number, sheet in enumerate(sheets, 1):
        found.append(f"page {number} ({sheet.master.name})")
        for box in sheet.boxed:
            node = box.block.leaf.node
            found.append(f"  {box.region.name:<14} {node.kind} {node.get('src') or node.get('swatch')}".rstrip())
        for spot in sheet.flowing:
            found += [f"  {line}".translate(_UNSET) for line in spot.block.dump(spot)]
    return found


def _taken(nodes: Sequence[Node], outcome: Outcome) -> list[tuple[str, str]]:
    """Return which option each choice came to, in the order of the content, then which pages were needed to fill up."""
    choices = [node for node in nodes if node.kind == "choice" and id(node) in outcome.picks]
    taken = [(node.get("name"), outcome.picks[id(node)].get("name")) for node in choices]
    return taken + [("fill", sheet.node.get("fill")) for sheet in outcome.sheets if sheet.node.get("fill")]


_OVERSET = {
    "table": (N_("The table's rows do not fit: {count} are left over."), N_("Shorten what stands in its cells.")),
    "timeline": (N_("The timeline does not fit."), N_("Leave events out, or shorten their words.")),
}
_ONE_LINE = N_("One line does not fit.")
_MORE_LINES = N_("{count} lines do not fit.")
_SHORTEN = N_("Shorten the text, or choose a layout with more room.")
_TOO_MANY = N_("The text runs to {count} lines; this place holds {limit}.")
_SHORTER = N_("Shorten the text.")
_TAKEN = N_("{words}")
_CONTRAST = N_("The style “{style}” on “{ground}” has a contrast of {ratio}: too little to read (WCAG 2.1, 1.4.3).")
_DARKER = N_("Take a darker or a lighter colour: in the house style behind srgb:, or another one in the layout.")


def _report(content: Node, nodes: Sequence[Node], outcome: Outcome, desk: Desk) -> None:
    """Turn into findings: what did not fit, colours without contrast, a number of pages that cannot be stapled."""
    for what, node, count, of in outcome.faults:
        page = next((index for index, sheet in enumerate(outcome.sheets, 1) if _holds(sheet, node)), 0)
        if what == "overset":
            message, remedy = _OVERSET.get(node.kind, (_ONE_LINE if count == 1 else _MORE_LINES, _SHORTEN))
            desk.find("text.overset", message, node, of=of, page=page, remedy=remedy, count=count)
        elif what == "max-lines":
            limit = node.get("max-lines")
            desk.find(
                "text.too-many-lines",
                _TOO_MANY,
                node,
                of=of,
                page=page,
                severity="warning",
                remedy=_SHORTER,
                count=count,
                limit=limit,
            )
    for (style, ground), ratio in desk.settings.poor.items():
        place = Place(f"{desk.layout.name}/layout.yaml", 0, f"styles.{style}")
        values: dict[str, object] = {"style": style, "ground": ground, "ratio": Measure(f"{ratio:.2f}")}
        desk.findings.append(Finding("colour.contrast", _CONTRAST, values, place, remedy=_DARKER))
    for node in nodes:
        option = outcome.picks.get(id(node)) if node.kind == "choice" else None
        if option is not None and option.get("tell"):
            values = {"words": option.get("tell")}
            desk.findings.append(Finding("layout.taken", _TAKEN, values, severity="note"))
    desk.findings += counted.stapled(content, len(outcome.sheets), desk.inks.printer or Printer())
    desk.findings += counted.empty(outcome.sheets, desk.layout)


def _holds(sheet: Sheet, node: Node) -> bool:
    """Tell whether a node, or a part of it, was to stand on this page."""
    return any(leaf.node is node for leaf in sheet.order) or any(spot.block.leaf.node is node for spot in sheet.flowing)
