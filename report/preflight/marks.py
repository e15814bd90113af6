"""Marks and their owners: every stroke is said once or said to mean nothing.

Validators see ink without a mark, but not a mark that two elements own, nor one that none owns. Knows: marks, tags.
Must never know what a tag means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from report.findings import N_, Finding, Place
from report.preflight.ink import Stroke, unmarked
from report.preflight.reading import Paper

_FAULTS = {
    "unbalanced": N_("A mark is opened and not closed, or closed and not opened."),
    "nested": N_("A mark stands inside another mark or inside an artifact."),
    "in-form": N_("A mark stands inside a drawing that is used by reference: no reader finds it there."),
}


def inspect_marks(paper: Paper) -> Iterator[Finding]:
    """Judge the marks of every page and who owns them."""
    owned = Counter((spot.page, spot.mcid) for root in paper.roots for spot in root.spots())
    for number, inked in enumerate(paper.pages, 1):
        place = Place(page=number)
        strokes = list(unmarked(inked))
        if strokes:
            yield Finding(
                "preflight.ink-unmarked",
                N_("Ink stands outside every mark and artifact ({count} strokes, the first: {first})."),
                {"count": len(strokes), "first": _named(strokes[0])},
                place,
            )
        for fault in dict.fromkeys(inked.faults):
            yield Finding(f"preflight.mark-{fault}", _FAULTS[fault], {}, place)
        for mcid, times in Counter(inked.opened).items():
            if times > 1:
                yield Finding(
                    "preflight.mark-doubled",
                    N_("The mark {mark} is opened {times} times on one page."),
                    {"mark": mcid, "times": times},
                    place,
                )
        yield from _owners(paper, number, owned)
    yield from _strays(paper, owned)


def _owners(paper: Paper, number: int, owned: Counter[tuple[int, int]]) -> Iterator[Finding]:
    inked = paper.pages[number - 1]
    for mcid in dict.fromkeys(inked.opened):
        owners = owned[number, mcid]
        values: dict[str, object] = {"mark": mcid, "words": inked.words(mcid)[:40], "count": owners}
        if owners == 0:
            yield Finding(
                "preflight.mark-unowned",
                N_("No element owns the mark {mark} (“{words}”): a reader never hears it."),
                values,
                Place(page=number),
            )
        elif owners > 1:
            yield Finding(
                "preflight.mark-shared",
                N_("{count} elements own the mark {mark} (“{words}”): a reader hears it more than once."),
                values,
                Place(page=number),
            )


def _strays(paper: Paper, owned: Counter[tuple[int, int]]) -> Iterator[Finding]:
    opened = {(number, mcid) for number, inked in enumerate(paper.pages, 1) for mcid in inked.opened}
    for page, mcid in owned:
        if (page, mcid) not in opened:
            yield Finding(
                "preflight.mark-absent",
                N_("An element owns the mark {mark}, which the page does not have."),
                {"mark": mcid},
                Place(page=page),
            )


def _named(stroke: Stroke) -> str:
    return f"{stroke.operator} “{stroke.words[:40]}”" if stroke.words else stroke.operator
