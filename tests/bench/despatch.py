"""`python -m tests.bench.despatch [COUNT] [TARGETS]`: so many publications handed over in one run, then once more.

Each is the sample under a name, a headline and a first word of its own, with three photographs of 1600 × 1067 pixels
among its drawings. Time is that of the whole command; memory the most that all its processes hold together (shared
pages counted once), looked at every 20 ms, so it needs Linux. Knows: the command line. Must never know: how a target
works.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.makers import ROOT
from tests.bench.work import PHOTOS

SAMPLE = ROOT / "assets" / "samples" / "familienkommune-gladbeck"
DRAWINGS = ("stop-1-advice-office.svg", "stop-2-family-office.svg", "award-laurel.svg")


def main() -> None:
    """Write the publications, hand them over with one worker and with two, and say what it took."""
    words = sys.argv[1:]
    count = int(words[0]) if words else 100
    targets = words[1] if len(words) > 1 else "folder,bagit,xdomea"
    print(f"{count} publications to {targets}, {os.cpu_count()} cores")
    print("| workers | first run, s | of the processors, s | again, s | peak, MB | files | written, MB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as work:
        articles = list(publications(Path(work), count))
        for workers in (1, 2):
            out = Path(work) / f"out-{workers}"
            first, busy, peak = handed_over(articles, targets, workers, out)
            again, _, later = handed_over(articles, targets, workers, out)
            files = [path for path in out.rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files) / 1e6
            most = max(peak, later) / 1e6
            figures = (f"{first:.1f}", f"{busy:.1f}", f"{again:.1f}", f"{most:.0f}", str(len(files)), f"{size:.0f}")
            print(f"| {workers} | {' | '.join(figures)} |", flush=True)


def publications(work: Path, count: int) -> Iterator[Path]:
    """Write the articles, each in a folder of its own."""
    text = (SAMPLE / "article.yaml").read_text(encoding="utf-8")
    for number, (drawing, photo) in enumerate(zip(DRAWINGS, sorted(PHOTOS.glob("*.jpg")), strict=True), 1):
        if f"file: {drawing}" not in text:
            raise SystemExit(f"The sample has no picture {drawing} any more.")
        text = text.replace(f"file: {drawing}", f"file: {photo.name}  # {number}")
    for number in range(1, count + 1):
        folder = work / f"publication-{number:03}"
        shutil.copytree(SAMPLE, folder)
        for photo in PHOTOS.glob("*.jpg"):
            shutil.copy(photo, folder)
        own = text.replace("id: familienkommune-gladbeck", f"id: publication-{number:03}")
        own = own.replace("headline: |-\n  ", f"headline: |-\n  Nummer {number}:\n  ", 1)
        (folder / "article.yaml").write_text(own, encoding="utf-8")
        yield folder / "article.yaml"


def handed_over(articles: list[Path], targets: str, workers: int, out: Path) -> tuple[float, float, float]:
    """Give the order; return its seconds, those of the processors, and the most bytes its processes held together."""
    wishes = ["--deliver", targets, "--workers", str(workers), "--out", str(out), "--no-cache"]
    order = [sys.executable, str(ROOT / "make_pdf.py"), *map(str, articles), *wishes]
    begun, before = time.perf_counter(), os.times()
    peak = 0.0
    with subprocess.Popen(order, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            peak = max(peak, sum(held(one) for one in family(process.pid)))
            time.sleep(0.02)
        seconds = time.perf_counter() - begun
        told = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise SystemExit(told)
    after = os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, busy, peak


def family(pid: int) -> Iterator[int]:
    """Walk a process and those that it has started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it has ended
        return
    for child in children:
        yield from family(int(child))


def held(pid: int) -> int:
    """Return the bytes that a process holds, its share of what it shares (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
