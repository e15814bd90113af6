"""One process of one maker: `python child.py MAKER cold DATA OUT`, `… list OUT DATA…`, or `… warm OUT` and orders.

Warm, it reads an order a line from its input (`FROM TO`, the documents to make) and answers with the seconds it took
and the memory it holds now. Stands apart from the rest, so that nothing is loaded but the maker.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

_HERE = Path(__file__).resolve().parent
Make = Callable[[Path, Path], None]


def maker(name: str) -> Make:
    """Return what makes a document: `ours`, or a peer; `-untagged` behind its name leaves the tags out."""
    name, _, untagged = name.partition("-")
    sys.path.insert(0, str(_HERE / "peers"))
    found: Make = import_module(f"{name}_peer").start(tagged=not untagged)
    return found


def resident() -> int:
    """Return the memory that this process holds now, in bytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def warm(make: Make, out: Path, listed: list[Path]) -> None:
    """Make what is ordered, until the input ends; on one core, as far as the system lets a process choose."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    for line in sys.stdin:
        first, last = map(int, line.split())
        begun = time.perf_counter()
        for data in listed[first:last]:
            make(data, out / f"{data.stem}.pdf")
        print(time.perf_counter() - begun, resident(), flush=True)


def main() -> None:
    """Do what the command line says."""
    name, way, *rest = sys.argv[1:]
    paths = [Path(one) for one in rest]
    if way == "cold":
        maker(name)(paths[0], paths[1])
    elif way == "warm":
        warm(maker(name), paths[0], paths[1:])
    else:
        make = maker(name)
        for data in paths[1:]:
            make(data, paths[0] / f"{data.stem}.pdf")


if __name__ == "__main__":
    main()
