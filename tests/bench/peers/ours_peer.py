"""Ours, through its spine: the mail edition, validated, tagged, total fit. Reads the article file beside the data.

Untagged is ours with the structure left out, as far as that can be: no marks in the pages, no structure tree in the
file. It is no product, it only shows what tagging costs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_BENCH = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_BENCH.parents[1]))

LAYOUT, HOUSE = str(_BENCH / "layout"), str(_BENCH / "house")


def start(*, tagged: bool = True, edition: str = "mail") -> Callable[[Path, Path], None]:
    """Return the maker."""
    from report import Job, produce

    if not tagged:
        _without_tags()

    def make(data: Path, out: Path) -> None:
        job = Job(data.with_suffix(".yaml"), (LAYOUT,), (edition,), out.parent, house=HOUSE)
        product = produce(job).products[0]
        if not product.written:
            raise SystemExit("\n".join(map(str, product.findings)))

    return make


def _without_tags() -> None:
    from contextlib import nullcontext

    from report import finish
    from report.typeset.pen import Pen

    quiet: Any = nullcontext()
    Pen.mark = lambda self, element: quiet  # type: ignore[method-assign]
    Pen.artifact = lambda self, kind="Layout": quiet  # type: ignore[method-assign]
    Pen.write = lambda self, *operators: self.out.extend(operators)  # type: ignore[method-assign]
    whole = finish.finish

    def bare(proof: Any, ordered: Any, *rest: Any) -> bytes:
        return whole(proof, ordered._replace(roles={}), *rest)

    finish.finish = bare
