"""The measurements: each in rounds, in every round each maker once, so that a busy machine is busy for all alike.

A ratio is taken inside a round; what is told is the median of the rounds. Knows: makers and figures. Must never know:
how the table looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.bench.makers import HERE, Maker, Warm, opened, run
from tests.bench.work import write

OURS, ARCHIVE, UNTAGGED = Maker("ours", "mail"), Maker("ours", "archive"), Maker("ours-untagged")
TYPST, WEASYPRINT, REPORTLAB = Maker("typst"), Maker("weasyprint"), Maker("reportlab")
MANY = 200  # documents in the warm case and in the batch
AT_ONCE = 20  # of them a round
PARTS = 133  # of pages 2 to 4, for 400 pages


@dataclass(slots=True)
class Series:
    """The figures of one measurement, by maker and round."""

    figures: dict[Maker, list[float]] = field(default_factory=dict)

    def add(self, maker: Maker, figure: float) -> None:
        """Keep one figure."""
        self.figures.setdefault(maker, []).append(figure)

    def of(self, maker: Maker) -> float:
        """Return the median of a maker."""
        return median(self.figures[maker])

    def ratio(self, one: Maker, other: Maker) -> tuple[float, float, float]:
        """Return the ratio of two makers, round by round: median, least, most."""
        ratios = [a / b for a, b in zip(self.figures[one], self.figures[other], strict=True)]
        return median(ratios), min(ratios), max(ratios)


@dataclass(slots=True)
class Measured:
    """All that was measured."""

    rounds: int
    cold: Series = field(default_factory=Series)
    cold_peak: Series = field(default_factory=Series)
    beyond: Series = field(default_factory=Series)
    size: Series = field(default_factory=Series)
    warm: Series = field(default_factory=Series)  # seconds a document
    growth: Series = field(default_factory=Series)
    batch: Series = field(default_factory=Series)
    long: Series = field(default_factory=Series)
    long_peak: Series = field(default_factory=Series)


def cold(measured: Measured, work: Path) -> None:
    """One brochure, a whole process: wall, peak memory, size."""
    makers = (OURS, ARCHIVE, TYPST, REPORTLAB, WEASYPRINT)
    documents = [data for _, data in _written(work, range(measured.rounds + 1))]
    for number, data in enumerate(documents):
        for maker in makers:
            out = _folder(work, maker)
            seconds, peak = run([maker.cold(data, out)])
            ((size, pictures),) = opened([maker.file(data, out)], 4)
            if number:  # the first round writes byte code and fills the system's cache
                measured.cold.add(maker, seconds)
                measured.cold_peak.add(maker, peak)
                measured.size.add(maker, size)
                measured.beyond.add(maker, size - pictures)


def warm(measured: Measured, work: Path) -> None:
    """Documents one after another in one process that is kept, on one core."""
    makers = (OURS, UNTAGGED, TYPST, REPORTLAB, WEASYPRINT)
    documents = [data for _, data in _written(work, range(AT_ONCE * (measured.rounds + 1)))]
    kept = [Warm.start(maker, documents, _folder(work, maker)) for maker in makers]
    begun = {one.maker: one.make(0, AT_ONCE)[1] for one in kept}
    held = dict(begun)
    for number in range(1, measured.rounds + 1):
        first = number * AT_ONCE
        for one in kept:
            seconds, held[one.maker] = one.make(first, first + AT_ONCE)
            measured.warm.add(one.maker, seconds / AT_ONCE)
    for one in kept:
        one.end()
        measured.growth.add(one.maker, held[one.maker] - begun[one.maker])
        out = _folder(work, one.maker)
        opened([one.maker.file(data, out) for data in documents], 4)


def batch(measured: Measured, work: Path) -> None:
    """Many documents with two workers, start included."""
    documents = [data for _, data in _written(work, range(MANY))]
    for _ in range(measured.rounds):
        for maker in (OURS, TYPST, REPORTLAB):
            out = _folder(work, maker, "batch")
            seconds, _ = run(maker.batch(documents, out))
            measured.batch.add(maker, seconds)
            files = [maker.file(data, out) for data in documents]
            opened(files, 4)
            for file in files:
                file.unlink()


def long(measured: Measured, work: Path) -> None:
    """One document of 400 pages, a whole process."""
    documents = [data for _, data in _written(work, range(measured.rounds), PARTS)]
    for data in documents:
        for maker in (OURS, TYPST, REPORTLAB):
            out = _folder(work, maker)
            seconds, peak = run([maker.cold(data, out)])
            opened([maker.file(data, out)], 1 + 3 * PARTS)
            measured.long.add(maker, seconds)
            measured.long_peak.add(maker, peak)


STEPS = {"cold": cold, "warm": warm, "batch": batch, "long": long}


def _written(work: Path, numbers: range, parts: int = 1) -> Sequence[tuple[Path, Path]]:
    folder = work / "documents"
    found = write(folder, numbers, parts)
    (folder / "work.typ").write_bytes((HERE / "peers" / "work.typ").read_bytes())
    return found


def _folder(work: Path, maker: Maker, kind: str = "files") -> Path:
    out = work / kind / f"{maker.name}-{maker.edition}"
    out.mkdir(parents=True, exist_ok=True)
    return out
