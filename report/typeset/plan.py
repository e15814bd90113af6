"""The plan: which alternative fits, and where every block stands. The pen is up.

Choices are tried in order of preference; a page is laid region by region; what does not fit flows on to pages that
continue it. Knows: content nodes, masters, stacks. Must never know ink, marks or elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report.content import Node
from report.typeset.desk import Desk
from report.typeset.pages import Outcome, Pages, Sheet, options
from report.typeset.stack import Rest, missing

_MOST_TRIALS = 64
_MOST_PAGES = 5_000
_MOST_ROUNDS = 4  # until page numbers in the text stand still


class Planner:
    """Plans the pages of one document."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.pages = Pages(desk)
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
                following = frozenset(
                    other.get("continues") for other in nodes[index : index + 2] if other.kind == "page"
                )
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
        """Take the first option that fits, else that of which least is wrong, the later before the earlier."""
        best: Outcome | None = None
        for option in options(choice):
            step = self.row(list(option.nodes()), carry)
            step.picks[id(choice)] = option
            if step.fits:
                return step
            if best is None or _wrong(step) <= _wrong(best):
                best = step
        assert best is not None  # a choice without options is refused as markup
        return best

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
        on is left over, the last choice is varied to its end: the fullest form of the text runs on. A choice that is
        made alone is not varied then.
        """
        picks: dict[int, int] = {}
        best: Outcome | None = None
        wrong: tuple[int, int] = (0, 0)
        before: list[int] = []
        for _ in range(_MOST_TRIALS):
            met: list[tuple[Node, int]] = []
            leaves = list(self.pages.leaves(node, picks, met))
            trial = self.pages.lay(node, leaves, carry)
            trial.picks = {id(choice): options(choice)[picks.get(id(choice), 0)] for choice, _ in met}
            if trial.fits:
                return trial
            stray = sum(missing(rest) for name, rest in trial.rest.items() if name not in onward)
            score = (len(trial.faults) + bool(stray), stray)
            varied = [one for one in met if one[0].get("alone") != "yes"]
            earlier = [picks.get(id(choice), 0) for choice, _ in met if not varied or choice is not varied[-1][0]]
            fuller = best is not None and score == wrong and earlier == before and any(best.rest.values())
            if best is None or score < wrong or fuller:
                best, wrong, before = trial, score, earlier
            if not _next(met if any(score) else varied, picks):
                break
        assert best is not None
        return best

    def strand(self, outcome: Outcome, onward: frozenset[str]) -> None:
        """Turn what flows on and finds no page right after it into faults."""
        for name in [name for name, rest in outcome.rest.items() if rest and name not in onward]:
            rest = outcome.rest.pop(name)
            # a heading is left over only because what it heads is
            leaf = next((block.leaf for block, _ in rest if not block.keep_next), rest[0][0].leaf)
            outcome.faults.append(("overset", leaf.node, missing(rest), leaf.of))


def _wrong(outcome: Outcome) -> tuple[int, int]:
    """Return how much is wrong: faults of any other kind, then lines that are left over."""
    left = [count for what, _, count, _ in outcome.faults if what == "overset"]
    return len(outcome.faults) - len(left), sum(left)


def _references(node: Node) -> list[Node]:
    found = [node] if node.kind == "pageref" else []
    for child in node.nodes():
        found += _references(child)
    return found


def _where(sheets: Sequence[Sheet]) -> dict[str, int]:
    """Return on which page each article field first stands, as a heading before as anything else."""
    found: dict[str, int] = {}
    for index, sheet in enumerate(sheets):
        for spot in sheet.flowing:  # where it came to stand, not where it was written
            leaf = spot.block.leaf
            if leaf.of and leaf.bearer.kind[0] == "h" and not spot.start:
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
