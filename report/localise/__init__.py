"""German (and its neighbours) as a publication needs it: the room's one door.

Knows: one locale's words, dates, numbers, money, quotation marks, spaces, hyphens. Must never know: layouts, pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from report.errors import LayoutFault
from report.findings import N_, Finding
from report.localise.language import Language

__all__ = ["Language", "language"]


def language(
    tag: str,
    house_style: Mapping[str, str] | None = None,
    exceptions: Iterable[str] = (),
    names: Iterable[str] = (),
) -> Language:
    """Return a language by its tag; raise LayoutFault where nobody knows it or the house asks for what is not.

    `exceptions` are words with `|` where they may be divided, `names` are never divided. The same arguments give the
    same object, with all that it remembers.
    """
    style = tuple(sorted((house_style or {}).items()))
    try:
        return _language(tag, style, tuple(exceptions), tuple(names))
    except ValueError:
        values: dict[str, object] = {"tag": tag}
        raise LayoutFault(Finding("language.unknown", N_("The language “{tag}” is not known."), values)) from None


@lru_cache(maxsize=6)
def _language(
    tag: str, style: tuple[tuple[str, str], ...], exceptions: tuple[str, ...], names: tuple[str, ...]
) -> Language:
    return Language(tag, dict(style), exceptions, names)
