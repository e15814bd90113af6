"""The plan: which alternative fits, and where every block stands. The pen is up.

Choices are tried in order of preference; a page is laid region by region; what does not fit flows on to pages that
continue it. Knows: content nodes, masters, stacks. Must never know ink, marks or elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from report.content import Node
from report.errors import LayoutFault
from report.findings import Finding, N_
from report.layout import Box, Master, Region
from report.typeset.block import BoxSpot, Flowing, Leaf, Spot
from report.typeset.blocks import BOXED, FURNITURE, block_for, box_for, is_leaf, moved
from report.typeset.desk import Desk
from report.typeset.stack import Rest, Stacked, missing, stack

_MOST_TRIALS = 64
_MOST_PAGES = 5_000
_MOST_ROUNDS = 4  # until page numbers in the text stand still


@dataclass(slots=True)
class Sheet:
    """One planned page."""

    node: Node
    master: Master
    flowing: list[Spot]
    boxed: list[BoxSpot]
    order: list[Leaf]


@dataclass(slots=True)
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


class Planner:
    """Plans the pages of one document."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.left_out: set[int] = set()  # id() of the pages that only fill up, as far as they are not needed

    def plan(self, document: Node) -> Outcome:
        """Return the pages of `document`; what is overset is among the faults."""
        spare = sorted((int(page.get("fill")), index, page) for index, page in enumerate(_fillers(document)))
        self.left_out = {id(page) for _, _, page in spare}
        outcome = self.row(list(document.nodes()), {})
        many = int(document.get("multiple") or 1)
        for _, _, page in spare[: -len(outcome.sheets) % many]:
            self.left_out.discard(id(page))
        if len(self.left_out) < len(spare):
            outcome = self.row(list(document.nodes()), {})
        references = _references(document)
        for _ in range(_MOST_ROUNDS):
            self.desk.where = _where(outcome.sheets)
            if not _numbered(references, self.desk.where):
                break
            outcome = self.row(list(document.nodes()), {})
        return outcome

    def row(self, nodes: Sequence[Node], carry: dict[str, Rest]) -> Outcome:
        """Plan siblings in order: sections, choices and pages."""
        done = Outcome(rest=dict(carry))
        for index, node in enumerate(nodes):
            if id(node) in self.left_out:
                continue
            following: frozenset[str] = frozenset()
            if node.kind == "section":
                step = self.row(list(node.nodes()), done.rest)
            elif node.kind == "choice":
                step = self.choose(node, done.rest)
            elif node.kind == "page":
                following = frozenset(other.get("continues") for other in nodes[index : index + 2] if other.kind == "page")
                step = self.page_or_pages(node, done, following)
            else:
                continue
            done.sheets += step.sheets
            done.faults += step.faults
            done.picks.update(step.picks)
            done.rest = step.rest
            self.strand(done, following)
        return done

    def choose(self, choice: Node, carry: dict[str, Rest]) -> Outcome:
        """Take the first option that fits, else the last."""
        options = [node for node in choice.nodes() if node.kind == "option"]
        for option in options:
            step = self.row(list(option.nodes()), carry)
            step.picks[id(choice)] = option
            if step.fits:
                return step
        return step

    def page_or_pages(self, node: Node, before: Outcome, onward: frozenset[str]) -> Outcome:
        """Plan one page, or with `repeat` as many as what flows on needs; `onward` names the flows that may go on."""
        if node.get("repeat") != "yes":
            return self.page(node, before.rest, onward)
        done = Outcome(rest=dict(before.rest))
        name = node.get("continues")
        while done.rest.get(name):
            left = missing(done.rest[name])
            step = self.page(node, done.rest, onward)
            done.sheets += step.sheets
            done.faults += step.faults
            done.picks.update(step.picks)
            done.rest = step.rest
            if len(done.sheets) > _MOST_PAGES or missing(done.rest.get(name, [])) >= left:
                break
        return done

    def page(self, node: Node, carry: dict[str, Rest], onward: frozenset[str]) -> Outcome:
        """Plan one page; its own choices are tried in order, the last one varied first.

        Where nothing fits, what is wrong least is taken, the earlier before the later. Where only a flow that may go
        on is left over, the last choice is varied to its end: the fullest form of the text runs on.
        """
        picks: dict[int, int] = {}
        best: Outcome | None = None
        wrong: tuple[int, int] = (0, 0)
        before: list[int] = []
        for _ in range(_MOST_TRIALS):
            met: list[tuple[Node, int]] = []
            leaves = list(self.leaves(node, picks, met))
            trial = self.lay(node, leaves, carry)
            trial.picks = {id(choice): _options(choice)[picks.get(id(choice), 0)] for choice, _ in met}
            if trial.fits:
                return trial
            stray = sum(missing(rest) for name, rest in trial.rest.items() if name not in onward)
            score = (len(trial.faults) + bool(stray), stray)
            earlier = [picks.get(id(choice), 0) for choice, _ in met[:-1]]
            fuller = best is not None and score == wrong and earlier == before and any(best.rest.values())
            if best is None or score < wrong or fuller:
                best, wrong, before = trial, score, earlier
            if not _next(met, picks):
                break
        assert best is not None
        return best

    def strand(self, outcome: Outcome, onward: frozenset[str]) -> None:
        """Turn what flows on and finds no page right after it into faults."""
        for name in [name for name, rest in outcome.rest.items() if rest and name not in onward]:
            rest = outcome.rest.pop(name)
            outcome.faults.append(("overset", rest[0][0].leaf.node, missing(rest), rest[0][0].leaf.of or name))

    # -- one page --

    def leaves(self, page: Node, picks: dict[int, int], met: list[tuple[Node, int]]) -> Iterator[Leaf]:
        """Walk what is set on `page`, in reading order, with region and style handed down."""

        def walk(node: Node, region: str, style: str, bearer: Node, of: str, lang: str, artifact: bool, parents: tuple[Node, ...]) -> Iterator[Leaf]:
            region, style = node.get("in") or region, node.get("style") or style
            of, lang = node.get("of") or of, node.get("lang") or lang
            artifact = artifact or node.kind in ("folio", "running-head", "stamp", "artifact", "rule", "panel", "ornament")
            if node.kind == "choice":
                met.append((node, len(_options(node))))
                node = _options(node)[picks.get(id(node), 0)]
            elif node.kind not in ("div", "page", "section", "text", "option", "img"):
                bearer = node
            if is_leaf(node):
                yield Leaf(node, region, style, bearer, of, lang, artifact, parents)
                return
            for child in node.nodes():
                yield from walk(child, region, style, bearer, of, lang, artifact, (*parents, node))

        yield from walk(page, "", "", page, "", "", False, ())

    def lay(self, page: Node, leaves: Sequence[Leaf], carry: dict[str, Rest]) -> Outcome:
        """Lay the leaves of one page into the regions of its master."""
        master = self.desk.layout.masters.get(page.get("master"))
        if master is None:
            known = ", ".join(sorted(self.desk.layout.masters))
            message = N_("There is no master “{name}”. Known: {known}.")
            raise LayoutFault(Finding("layout.master", message, {"name": page.get("master"), "known": known}, self.desk.settings.place(page.line)))
        panels = [leaf for leaf in leaves if leaf.node.kind == "panel"]
        done = Outcome()
        by_region: dict[str, list[Leaf]] = {}
        boxed: list[BoxSpot] = []
        furniture: list[Spot] = []
        for leaf in leaves:
            region = self.region(master, leaf)
            if leaf.node.kind in BOXED:
                ground = self.ground(master, region, panels)
                block = box_for(leaf, self.desk, region, ground)
                boxed.append(BoxSpot(block, region, region.box or _no_box(self.desk, leaf), ground))
                done.faults += [(fault, leaf.node, 0, leaf.of) for fault in block.faults]
            elif leaf.node.kind in FURNITURE:
                ground = self.ground(master, region, panels)
                furniture.append(Spot(block_for(leaf, self.desk, region, ground, None), region, 0, 0, [region.line], ground))
            else:
                by_region.setdefault(region.name, []).append(leaf)
        stacked = self.regions(master, by_region, panels, self.carried(page, carry), done)
        done.sheets.append(Sheet(page, master, [spot for one in stacked.values() for spot in one.spots] + furniture, boxed, list(leaves)))
        flow: dict[str, str] = {}  # what a page took over keeps its name, through all the regions that it fills
        region = page.get("in") or page.get("continues")
        while region in master.regions and region not in flow:
            flow[region] = page.get("continues")
            region = master.regions[region].then
        for name, one in stacked.items():
            if one.rest:
                done.rest[flow.get(name, name)] = one.rest
        for name, rest in carry.items():
            if rest and name != page.get("continues"):
                done.rest[name] = rest + done.rest.get(name, [])
        return done

    def carried(self, page: Node, carry: dict[str, Rest]) -> dict[str, Rest]:
        """Return what this page takes over from the pages before, by the region that takes it."""
        name = page.get("continues")
        return {page.get("in") or name: carry[name]} if name and carry.get(name) else {}

    def regions(self, master: Master, by_region: dict[str, list[Leaf]], panels: list[Leaf], carried: dict[str, Rest], done: Outcome) -> dict[str, Stacked]:
        """Stack all regions of a page, those first that others look at."""
        stacked: dict[str, Stacked] = {}
        spill: dict[str, Rest] = dict(carried)

        def settle(name: str, trail: tuple[str, ...]) -> None:
            if name in stacked or name in trail:
                return
            region = master.regions[name]
            for other in (region.until, region.after, *(r.name for r in master.regions.values() if r.then == name)):
                if other:
                    settle(other, (*trail, name))
            ground = self.ground(master, region, panels)
            blocks = [(moved(block, self.desk, region, ground), start) for block, start in spill.pop(name, [])]
            blocks = blocks + self.blocks(by_region.get(name, []), region, ground, done)
            line, to = region.line, region.to
            if region.until and (edge := stacked[region.until].first) is not None:
                to = min(to, edge - region.gap)
            if region.after and (edge := stacked[region.after].last) is not None:
                line = max(line, edge + region.gap)
            if region.balance and blocks:
                to = self.balanced(blocks, region, master.regions[region.then], line, to, ground)
            result = stack(blocks, region, line, to, ground) if blocks else Stacked([], [])
            if result.rest and region.then:
                spill[region.then] = result.rest
                result.rest = []
            stacked[name] = result

        for name in master.regions:
            settle(name, ())
        for name in spill:  # words have no place to go: never lost in silence
            message = N_("The master “{master}” has no region “{name}”, into which the page before flows on.")
            raise LayoutFault(Finding("layout.region", message, {"master": master.name, "name": name}))
        return stacked

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
            values = {"master": master.name, "name": leaf.region, "known": known}
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
            if box and box.left <= region.left + 0.5 and box.right >= region.left + region.width - 0.5 and box.top <= top and box.bottom >= bottom - 0.5:
                ground = leaf.node.get("swatch")
        return ground


def _references(node: Node) -> list[Node]:
    found = [node] if node.kind == "pageref" else []
    for child in node.nodes():
        found += _references(child)
    return found


def _where(sheets: Sequence[Sheet]) -> dict[str, int]:
    """Return on which page each article field first stands, as a heading before as anything else."""
    found: dict[str, int] = {}
    for index, sheet in enumerate(sheets):
        for leaf in sheet.order:
            if leaf.of and leaf.bearer.kind[0] == "h":
                found.setdefault(leaf.of, index)
    return found


def _numbered(references: Sequence[Node], where: dict[str, int]) -> bool:
    """Write page numbers into the references; tell whether any changed."""
    changed = False
    for node in references:
        number: list[Node | str] = [str(where[node.get("to")] + 1)] if node.get("to") in where else ["–"]
        changed = changed or node.children != number
        node.children = number
    return changed


def _fillers(node: Node) -> Iterator[Node]:
    for child in node.nodes():
        if child.kind == "page" and child.get("fill"):
            yield child
        elif child.kind in ("section", "choice", "option"):
            yield from _fillers(child)


def _options(choice: Node) -> list[Node]:
    return [node for node in choice.nodes() if node.kind == "option"]


def _next(met: Sequence[tuple[Node, int]], picks: dict[int, int]) -> bool:
    """Turn the last choice on by one, like an odometer; False where all have been tried."""
    for choice, count in reversed(met):
        if picks.get(id(choice), 0) + 1 < count:
            picks[id(choice)] = picks.get(id(choice), 0) + 1
            return True
        picks[id(choice)] = 0
    for choice, count in met:
        picks[id(choice)] = count - 1
    return False


def _no_box(desk: Desk, leaf: Leaf) -> Box:
    message = N_("The region “{name}” has no box: a {kind} needs one.")
    raise LayoutFault(Finding("layout.box", message, {"name": leaf.region, "kind": leaf.node.kind}, desk.settings.place(leaf.node.line)))
