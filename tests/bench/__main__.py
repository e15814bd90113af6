"""`python -m tests.bench [cold] [warm] [batch] [long] [--rounds N]`: measure, print the table, keep it.

With no word all four are measured and the table in `docs/performance.md` is written anew.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.rounds import STEPS, Measured
from tests.bench.table import keep, table

ROUNDS = 9


def main() -> None:
    """Measure what the command line names."""
    words = sys.argv[1:]
    rounds = ROUNDS
    if "--rounds" in words:
        at = words.index("--rounds")
        rounds = int(words[at + 1])
        del words[at : at + 2]
    measured = Measured(rounds)
    with tempfile.TemporaryDirectory() as work:
        for name in words or STEPS:
            print(f"{name} …", file=sys.stderr, flush=True)
            STEPS[name](measured, Path(work))
    shown = table(measured)
    print(shown)
    if not words:
        keep(shown)


if __name__ == "__main__":
    main()
