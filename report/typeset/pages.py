"""One page's lay-out: its leaves in the regions of its master. The pen is up.

Regions that others look at are settled first; what does not fit goes on in the next region of its chain, and from
there to a page that continues it. Knows: masters, regions, stacks. Must never know which alternative it lays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report.content import Node
from report.errors import LayoutFault
from report.findings import N_, Finding
from report.layout import Box, Master, Region
from report.records import field, record
from report.typeset.block import BoxSpot, Flowing, Leaf, Spot
from report.typeset.blocks import BOXED, FURNITURE, block_for, box_for, is_leaf, moved
from report.typeset.desk import Desk
from report.typeset.stack import Rest, Stacked, stack

# Where markup names no style, these kinds take one of this name, if the layout has it.
_LINES_A_LINE = 4  # no type is set so tightly that more of its lines stand on one of the grid
_WITHOUT_MEANING = frozenset("folio running-head stamp artifact rule panel ornament".split())
_HANDED_ON = frozenset("div page section text option img".split())  # whose words belong to the element round them
_OWN_STYLES = {"table": "table", "caption": "table-caption", "li": "list"}


@record()
class Sheet:
    """One planned page."""

    node: Node
    master: Master
    flowing: list[Spot]
    boxed: list[BoxSpot]
    order: list[Leaf]


@record()
class Outcome:
    """What a row of pages came to: sheets, what flows on, what is wrong (empty: it fits)."""

    sheets: list[Sheet] = field(default_factory=list)
    rest: dict[str, Rest] = field(default_factory=dict)
    faults: list[tuple[str, Node, int, str]] = field(default_factory=list)  # what, node, count, field path
    picks: dict[int, Node] = field(default_factory=dict)  # id(choice) -> option

    @property
    def fits(self) -> bool:
        """Tell whether everything stands and no limit was passed."""
        return not self.faults and not any(self.rest.values())


class Pages:
    """Lays single pages of one document."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def leaves(self, page: Node, picks: dict[int, int], met: list[tuple[Node, int]]) -> Iterator[Leaf]:
        """Walk what is set on `page`, in reading order, with region and style handed down."""
        yield from self.below(page, Leaf(page, "", "", page, "", "", False), picks, met)

    def below(self, node: Node, above: Leaf, picks: dict[int, int], met: list[tuple[Node, int]]) -> Iterator[Leaf]:
        """Walk what is set of `node`; `above` holds what is handed down to it."""
        region, style = node.get("in") or above.region, node.get("style") or above.style
        of, lang = node.get("of") or above.of, node.get("lang") or above.lang
        artifact, bearer = above.artifact or node.kind in _WITHOUT_MEANING, above.bearer
        if node.kind == "choice":
            met.append((node, len(options(node))))
            node = options(node)[picks.get(id(node), 0)]
        elif node.kind not in _HANDED_ON:
            bearer = node
        if not node.get("style") and _OWN_STYLES.get(node.kind) in self.desk.layout.styles:
            style = _OWN_STYLES[node.kind]
        inherited = Leaf(node, region, style, bearer, of, lang, artifact, (*above.parents, node))
        if node.kind == "table":  # its caption is set before it, and belongs to it
            for child in node.nodes():
                if child.kind == "caption":
                    yield from self.below(child, inherited, picks, met)
        if is_leaf(node):
            yield Leaf(node, region, style, bearer, of, lang, artifact, above.parents)
            return
        for child in node.nodes():
            yield from self.below(child, inherited, picks, met)

    def lay(self, page: Node, leaves: Sequence[Leaf], carry: dict[str, Rest]) -> Outcome:
        """Lay the leaves of one page into the regions of its master."""
        master = self.desk.layout.masters.get(page.get("master"))
        if master is None:
            known = ", ".join(sorted(self.desk.layout.masters))
            message = N_("There is no master “{name}”. Known: {known}.")
            raise LayoutFault(
                Finding(
                    "layout.master",
                    message,
                    {"name": page.get("master"), "known": known},
                    self.desk.settings.place(page.line),
                )
            )
        self.desk.turn_to(master)
        panels = [leaf for leaf in leaves if leaf.node.kind == "panel"]
        done = Outcome()
        by_region: dict[str, list[Leaf]] = {}
        boxed: list[BoxSpot] = []
        furniture: list[Spot] = []
        for leaf in _anchored(leaves, master):
            region = self.region(master, leaf)
            if leaf.node.kind in BOXED:
                ground = self.ground(master, region, panels)
                block = box_for(leaf, self.desk, region, ground)
                boxed.append(BoxSpot(block, region, region.box or _no_box(self.desk, leaf), ground))
                done.faults += [(fault, leaf.node, 0, leaf.of) for fault in block.faults]
            elif leaf.node.kind in FURNITURE:
                ground = self.ground(master, region, panels)
                furniture.append(
                    Spot(block_for(leaf, self.desk, region, ground, None), region, 0, 0, [region.line], ground)
                )
            else:
                by_region.setdefault(region.name, []).append(leaf)
        stacked = self.regions(master, by_region, panels, self.carried(page, carry), done)
        flowing = [spot for one in stacked.values() for spot in self.noted(one.spots, master, panels, done)]
        done.sheets.append(Sheet(page, master, flowing + furniture, boxed, list(leaves)))
        flow: dict[str, str] = {}  # what a page took over keeps its name, through all the regions that it fills
        link = page.get("in") or page.get("continues")
        while link in master.regions and link not in flow:
            flow[link] = page.get("continues")
            link = master.regions[link].then
        for name, one in stacked.items():
            if one.rest:
                done.rest[flow.get(name, name)] = one.rest
        for name, rest in carry.items():
            if rest and name != page.get("continues"):
                done.rest[name] = rest + done.rest.get(name, [])
        return done

    def noted(self, spots: list[Spot], master: Master, panels: list[Leaf], done: Outcome) -> Iterator[Spot]:
        """Walk the spots of a region, each after its marginal notes; a note never stands on the one before it."""
        last: dict[str, float] = {}
        for spot in spots:
            for leaf in spot.block.leaf.notes if spot.start == 0 else ():
                region = self.region(master, leaf)
                ground = self.ground(master, region, panels)
                block = block_for(leaf, self.desk, region, ground, None)
                first = max(spot.baselines[0], last.get(region.name, 0.0))
                lines = [first + index * piece.lead for index, piece in enumerate(block.slices)]
                last[region.name] = lines[-1] + 1 if lines else first
                if lines and region.to and lines[-1] > region.to:
                    done.faults.append(("overset", leaf.node, len(lines), leaf.of))
                yield Spot(block, region, 0, len(lines), lines, ground)
            yield spot

    def carried(self, page: Node, carry: dict[str, Rest]) -> dict[str, Rest]:
        """Return what this page takes over from the pages before, by the region that takes it."""
        name = page.get("continues")
        return {page.get("in") or name: carry[name]} if name and carry.get(name) else {}

    def regions(
        self,
        master: Master,
        by_region: dict[str, list[Leaf]],
        panels: list[Leaf],
        carried: dict[str, Rest],
        done: Outcome,
    ) -> dict[str, Stacked]:
        """Stack all regions of a page, those first that others look at."""
        stacked: dict[str, Stacked] = {}
        spill: dict[str, Rest] = dict(carried)

        for name in _order(master):
            region = master.regions[name]
            ground = self.ground(master, region, panels)
            spilled = spill.pop(name, [])
            blocks = self.taken_over(spilled, region, ground)
            blocks = blocks + self.blocks(by_region.get(name, []), region, ground, done)
            line, to = region.line, region.to
            if region.until and (edge := stacked[region.until].first) is not None:
                to = min(to, edge - region.gap)
            if region.after and (edge := _end(region.after, master, stacked)) is not None:
                line = max(line, edge + region.gap)
            if region.balance and blocks:
                to = self.balanced(blocks, region, master.regions[region.then], line, to, ground)
            result = stack(blocks, region, line, to, ground) if blocks else Stacked([], [])
            if result.rest and region.then:
                spill[region.then] = result.rest
                result.rest = []
            stacked[name] = result
        for name in spill:  # words have no place to go: never lost in silence
            message = N_("The master “{master}” has no region “{name}”, into which the page before flows on.")
            raise LayoutFault(Finding("layout.region", message, {"master": master.name, "name": name}))
        return stacked

    def taken_over(self, rest: Rest, region: Region, ground: str) -> Rest:
        """Return what a region takes over in its own ink and measure, as far as it can reach.

        What lies beyond is measured where it comes to stand: a long text costs each page the same.
        """
        columns = 3 if region.balance else 1  # what is balanced looks at the other column too
        room = _LINES_A_LINE * columns * (region.to - region.line + 2)
        found: Rest = []
        for place, (block, start) in enumerate(rest):
            if room <= 0:
                return found + rest[place:]
            found.append((moved(block, self.desk, region, ground, head=not place and not start), start))
            room -= len(found[-1][0].slices) - start
        return found

    def balanced(self, blocks: Rest, region: Region, other: Region, line: float, to: float, ground: str) -> float:
        """Return the last line for both columns at which neither is longer than it must be."""
        low, high = 1, int(to - line) + 1
        while low < high:
            middle = (low + high) // 2
            first = stack(blocks, region, line, line + middle - 1, ground)
            second = stack(first.rest, other, other.line, other.line + middle - 1, ground)
            if second.rest:
                low = middle + 1
            else:
                high = middle
        return min(to, line + low - 1)

    def blocks(self, leaves: Sequence[Leaf], region: Region, ground: str, done: Outcome) -> Rest:
        """Return the blocks of a region's leaves, measured."""
        found: Rest = []
        previous: Flowing | None = None
        for leaf in leaves:
            block = block_for(leaf, self.desk, region, ground, previous)
            found.append((block, 0))
            done.faults += [(fault, leaf.node, len(block.slices), leaf.of) for fault in block.faults]
            previous = block
        return found

    def region(self, master: Master, leaf: Leaf) -> Region:
        """Return the leaf's region; raise LayoutFault where the master has none of that name."""
        region = master.regions.get(leaf.region)
        if region is None:
            known = ", ".join(sorted(master.regions))
            message = N_("The master “{master}” has no region “{name}”. Known: {known}.")
            values: dict[str, object] = {"master": master.name, "name": leaf.region, "known": known}
            raise LayoutFault(Finding("layout.region", message, values, self.desk.settings.place(leaf.node.line)))
        return region

    def ground(self, master: Master, region: Region, panels: Sequence[Leaf]) -> str:
        """Return the swatch that a region's text stands on: its own, the last panel under it, or the master's."""
        if region.ground:
            return region.ground
        leading = self.desk.layout.grid.leading
        top, bottom = min(region.line, region.to) * leading, max(region.line, region.to) * leading
        ground = master.ground
        for leaf in panels:
            box = master.regions[leaf.region].box
            if (
                box
                and box.left <= region.left + 0.5
                and box.right >= region.left + region.width - 0.5
                and box.top <= top
                and box.bottom >= bottom - 0.5
            ):
                ground = leaf.node.get("swatch")
        return ground


def _end(name: str, master: Master, stacked: dict[str, Stacked]) -> float | None:
    """Return the last baseline of a region; of an empty one that of the region it would have come after."""
    while name and name in stacked and stacked[name].last is None:
        name = master.regions[name].after
    return stacked[name].last if name in stacked else None


def _anchored(leaves: Sequence[Leaf], master: Master) -> list[Leaf]:
    """Hand marginal notes to what follows them in the region they stand beside; return the rest.

    A note that nothing follows there stays: it is stacked in its own region.
    """
    left: list[Leaf] = []
    waiting: list[Leaf] = []
    for leaf in leaves:
        region = master.regions.get(leaf.region)
        if region is not None and region.beside and is_leaf(leaf.node) and leaf.node.kind not in (*BOXED, *FURNITURE):
            waiting.append(leaf)
            continue
        leaf.notes = tuple(note for note in waiting if master.regions[note.region].beside == leaf.region)
        waiting = [note for note in waiting if note not in leaf.notes]
        left.append(leaf)
    return left + waiting


def options(choice: Node) -> list[Node]:
    """Return the alternatives of a choice, in order of preference."""
    return [node for node in choice.nodes() if node.kind == "option"]


def _no_box(desk: Desk, leaf: Leaf) -> Box:
    message = N_("The region “{name}” has no box: a {kind} needs one.")
    raise LayoutFault(
        Finding(
            "layout.box", message, {"name": leaf.region, "kind": leaf.node.kind}, desk.settings.place(leaf.node.line)
        )
    )


def _order(master: Master) -> list[str]:
    """Return the regions in the order in which they are settled: those first that others look at."""
    found: list[str] = []
    for name in master.regions:
        _visit(name, master, (), found)
    return found


def _visit(name: str, master: Master, trail: tuple[str, ...], found: list[str]) -> None:
    if name in found or name in trail:
        return
    region = master.regions[name]
    for other in (region.until, region.after, *(one.name for one in master.regions.values() if one.then == name)):
        if other:
            _visit(other, master, (*trail, name), found)
    found.append(name)
