"""A layout's template and an article become markup, and markup becomes the content tree.

Knows: templates, the layout language's vocabulary. Must never know points, fonts, standards. Two doors: `markup` runs
a template, `content` reads what it wrote; `words` tells whose the words of a tree are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from report.compose.tree import content, selection
from report.compose.words import Words, listing, words
from report.errors import LayoutFault, Stop
from report.records import replace

if TYPE_CHECKING:
    from report.article.model import Article
    from report.compose.language import Language
    from report.house import House

__all__ = ["Words", "content", "listing", "markup", "relocated", "selection", "words"]


def markup(
    article: Article,
    language: Language,
    layout: Path,
    house: House,
    facts: Mapping[str, object] | None = None,
    *,
    traced: bool = False,
) -> str:
    """Return the markup that the layout in the folder `layout` writes for `article`.

    `facts` are further names for the template. With `traced` every start tag is preceded by the place of the template
    that wrote it: only for `relocated`. Raise LayoutFault where the template is wrong.
    """
    from report.compose.template import rendered

    values = {**(facts or {}), "article": article, "house": house, "lang": language}
    return rendered(layout, values, traced)


def relocated(stop: Stop, name: str, layout: Path, again: Callable[[], str]) -> Stop:
    """Return `stop` with lines of the templates of `layout` instead of those of the markup `name`.

    `again` writes the same markup traced: a fault costs a second run, a good order costs nothing.
    """
    if not any(fault.place.file == name and fault.place.line for fault in stop.faults):
        return stop
    from report.compose.template import places

    try:
        found = places(again(), layout)
    except LayoutFault:
        return stop
    faults = []
    for fault in stop.faults:
        file, line = found.get(fault.place.line, ("", 0)) if fault.place.file == name else ("", 0)
        faults.append(replace(fault, place=replace(fault.place, file=file, line=line)) if file else fault)
    return type(stop)(*faults)
