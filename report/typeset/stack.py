"""The stack of a region: blocks one under another on the grid, as far as they fit.

Pure arithmetic in lines of the grid. Knows: slices, distances, keeps. Must never know what a block holds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from report.layout import Region
from report.records import record
from report.typeset.block import Flowing, Spot, last_baseline

_TINY = 1e-6
Rest = list[tuple[Flowing, int]]  # blocks that did not fit, each with its first slice still to set


@record()
class Stacked:
    """What a region took, and what it did not."""

    spots: list[Spot]
    rest: Rest

    @property
    def first(self) -> float | None:
        """The first baseline of the region, or None where it is empty."""
        return self.spots[0].baselines[0] if self.spots else None

    @property
    def last(self) -> float | None:
        """The last baseline of the region, or None where it is empty."""
        return last_baseline(self.spots[-1]) if self.spots else None


def stack(blocks: Sequence[tuple[Flowing, int]], region: Region, line: float, to: float, ground: str) -> Stacked:
    """Stack `blocks` from baseline `line` down to `to`; upward-growing regions end on `to` and never divide."""
    if region.grow_up:
        return _upward(blocks, region, line, to, ground)
    return _downward(blocks, region, line, to, ground)


def _upward(blocks: Sequence[tuple[Flowing, int]], region: Region, line: float, to: float, ground: str) -> Stacked:
    laid = _downward(blocks, region, 1000.0, math.inf, ground)
    if not laid.spots:
        return laid
    move = to - (laid.last or to)
    for spot in laid.spots:
        spot.baselines = [baseline + move for baseline in spot.baselines]
    if laid.spots[0].baselines[0] < line - _TINY:
        return Stacked([], list(blocks))
    return laid


def _downward(blocks: Sequence[tuple[Flowing, int]], region: Region, line: float, to: float, ground: str) -> Stacked:
    spots: list[Spot] = []
    last: float | None = None  # last baseline set so far
    after = 0.0
    for index, (block, start) in enumerate(blocks):
        if start >= len(block.slices):
            continue
        spot = place(block, start, region, last, after, line, to, ground)
        if spot is not None and block.keep_next and spot.stop == len(block.slices) and index + 1 < len(blocks):
            follower, begun = blocks[index + 1]
            if not _follows(follower, begun, region, last_baseline(spot), block.after, to, block.keep_next):
                spot = None
        if spot is None:
            return Stacked(spots, _taken_back(spots, [(block, start), *blocks[index + 1 :]]))
        spots.append(spot)
        if spot.stop < len(block.slices):
            return Stacked(spots, [(block, spot.stop), *blocks[index + 1 :]])
        last, after = last_baseline(spot), block.after
    return Stacked(spots, [])


def _taken_back(spots: list[Spot], rest: Rest) -> Rest:
    """Take headings back that would stand at the foot without what they head."""
    while spots and spots[-1].block.keep_next and spots[-1].start == 0:
        rest.insert(0, (spots.pop().block, 0))
    return rest


def place(
    block: Flowing, start: int, region: Region, last: float | None, after: float, line: float, to: float, ground: str
) -> Spot | None:
    """Return the spot of as many slices as fit from `start`, or None where none may stand here."""
    repeats: list[float] = []
    first = line if last is None else last + (max(after, block.before) or block.slices[start].lead)
    if start and block.head():
        for index in range(block.head()):
            repeats.append(first)
            first += block.slices[index].span + block.slices[index + 1].lead
    first = _snapped(first, block, start)
    baselines: list[float] = []
    at = first
    for index in range(start, len(block.slices)):
        if index > start:
            at += block.slices[index].lead
        if at + block.slices[index].span > to + _TINY:
            break
        baselines.append(at)
        at += block.slices[index].span
    stop = start + len(baselines)
    if stop < len(block.slices):
        while stop > start and not block.breakable(stop):
            stop -= 1
        baselines = baselines[: stop - start]
    if stop == start:
        return None
    return Spot(block, region, start, stop, baselines, ground, repeats)


def _snapped(first: float, block: Flowing, start: int) -> float:
    """Move the block down until its first or last baseline stands on a whole line."""
    if not block.snap or start:
        return first
    extent = 0.0
    if block.snap == "last":
        extent = block.slices[0].span + sum(piece.lead + piece.span for piece in block.slices[1:])
    return math.ceil(first + extent - _TINY) - extent


def _follows(block: Flowing, start: int, region: Region, last: float, after: float, to: float, wanted: int) -> bool:
    """Tell whether `wanted` slices of the next block, or all of it, fit under a heading."""
    spot = place(block, start, region, last, after, 0.0, to, "")
    if spot is None:
        return False
    if block.keep_next:  # a heading under a heading: the lower one looks after itself
        return True
    return spot.stop - spot.start >= min(wanted, len(block.slices) - start)


def missing(rest: Rest) -> int:
    """Return how many slices (lines, rows) did not fit."""
    return sum(len(block.slices) - start for block, start in rest)
