"""The table: targets, what was measured, and whether it is reached. Kept in `docs/performance.md` between two marks."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tests.bench.makers import ROOT, Maker
from tests.bench.rounds import (
    ARCHIVE,
    MANY,
    OURS,
    PARTS,
    REPORTLAB,
    TYPST,
    UNTAGGED,
    WEASYPRINT,
    Measured,
    Series,
)

KEPT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured: written by python -m tests.bench -->", "<!-- end of what was measured -->"
MEGA, KILO = 1 << 20, 1 << 10
Row = tuple[str, str, str, str, float, float, str]  # measure, against, target, stretch, figure, spread …


def table(measured: Measured) -> str:
    """Return the whole account."""
    return "\n".join((*_machine(measured), "", *_targets(measured), "", *_figures(measured)))


def keep(shown: str) -> None:
    """Write the account into the document, between its marks."""
    text = KEPT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    KEPT.write_text(f"{before}{BEGIN}\n\n{shown}\n\n{END}{after}", encoding="utf-8", newline="\n")


def _machine(measured: Measured) -> Iterator[str]:
    model = ""
    cpu = Path("/proc/cpuinfo")
    if cpu.exists():
        names = [line for line in cpu.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else ""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    peers = ", ".join(f"{name} {version(name)}" for name in ("typst", "weasyprint", "reportlab", "pyphen"))
    yield (
        f"{datetime.date.today().isoformat()}. {platform.system()} on {os.cpu_count()} cores ({model}), "
        f"{memory:.0f} GiB, CPython {platform.python_version()}. Peers: {peers}. "
        f"{measured.rounds} interleaved rounds; median (least to most)."
    )


def _row(measure: str, series: Series, one: Maker, other: Maker, goals: tuple[float, float], word: str) -> str:
    middle, least, most = series.ratio(one, other)
    return _told(measure, f"{other.label}", f"{middle:.2f} ({least:.2f} to {most:.2f}) × {word}", middle, goals)


def _told(measure: str, against: str, figure: str, value: float, goals: tuple[float, float], sign: str = "≤") -> str:
    better = value >= goals[0] if sign == "≥" else value <= goals[0]
    best = value >= goals[1] if sign == "≥" else value <= goals[1]
    reached = "stretch" if best else "target" if better else "**missed**"
    return f"| {measure} | {against} | {sign} {goals[0]:g} | {sign} {goals[1]:g} | {figure} | {reached} |"


def _targets(measured: Measured) -> Iterator[str]:
    yield "| measure | against | target | stretch | measured | reached |"
    yield "| --- | --- | ---: | ---: | ---: | --- |"
    if measured.cold.figures:
        whole = "cold, one brochure, whole process"
        yield _row(whole, measured.cold, OURS, TYPST, (5, 3), "its time")
        yield _row(whole, measured.cold, OURS, REPORTLAB, (0.35, 0.2), "its time")
        alike = "the same, archive edition: photographs as they are"
        yield _row(alike, measured.cold, ARCHIVE, TYPST, (5, 3), "its time")
        yield _row(alike, measured.cold, ARCHIVE, REPORTLAB, (0.35, 0.2), "its time")
    if measured.warm.figures:
        middle, least, most = measured.warm.ratio(TYPST, OURS)
        rate = f"{middle:.2f} ({least:.2f} to {most:.2f}) × its rate"
        yield _told("warm, one core, documents a second", "typst", rate, middle, (1, 2), "≥")
    if measured.batch.figures:
        yield _row(f"{MANY} documents, two workers, start included", measured.batch, OURS, TYPST, (1, 0.5), "its time")
    if measured.long.figures:
        pages = f"{1 + 3 * PARTS} pages, one document"
        yield _row(pages, measured.long, OURS, TYPST, (2, 1), "its time")
        yield _row(pages, measured.long_peak, OURS, TYPST, (0.5, 0.3), "its memory")
    if measured.cold.figures:
        yield _row("peak memory, one brochure", measured.cold_peak, OURS, TYPST, (1.3, 0.8), "its memory")
        yield _row("the same, archive edition", measured.cold_peak, ARCHIVE, TYPST, (1.3, 0.8), "its memory")
    if measured.growth.figures:
        grown = measured.growth.of(OURS) / MEGA
        last = 20 * (measured.rounds + 1)
        yield _told(f"growth from document 20 to {last} in one process, MB", "", f"{grown:.1f}", grown, (2, 0))
    if measured.cold.figures:
        middle, least, most = measured.beyond.ratio(OURS, TYPST)
        best = measured.beyond.of(WEASYPRINT) / measured.beyond.of(TYPST)
        figure = f"{middle:.2f} ({least:.2f} to {most:.2f}) × its bytes"
        yield _told(
            "bytes beyond the photographs", "typst (stretch: WeasyPrint's)", figure, middle, (0.5, round(best, 2))
        )
    if measured.warm.figures:
        yield _row("tagging, warm", measured.warm, OURS, UNTAGGED, (1.1, 1.05), "its time")


def _figures(measured: Measured) -> Iterator[str]:
    columns = (
        ("cold, ms", measured.cold, 0.001),
        ("peak, MB", measured.cold_peak, MEGA),
        ("file, KB", measured.size, KILO),
        ("beyond photographs, KB", measured.beyond, KILO),
        ("warm, ms a document", measured.warm, 0.001),
        ("growth, MB", measured.growth, MEGA),
        (f"{MANY} documents, two workers, s", measured.batch, 1),
        (f"{1 + 3 * PARTS} pages, s", measured.long, 1),
        ("their peak, MB", measured.long_peak, MEGA),
    )
    yield "| medians | " + " | ".join(name for name, _, _ in columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    for maker in (OURS, ARCHIVE, UNTAGGED, TYPST, REPORTLAB, WEASYPRINT):
        cells = [
            f"{series.of(maker) / unit:.{1 if unit != MEGA else 0}f}" if maker in series.figures else "–"
            for _, series, unit in columns
        ]
        yield f"| {maker.label} | " + " | ".join(cells) + " |"
