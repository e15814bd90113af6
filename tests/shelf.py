"""Everything the house can make, made once a session: test articles × layouts × editions × pairs of standards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report.editions import EDITIONS
from tests.variants import SAMPLE, VARIANTS, write

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
ARTICLES = (SAMPLE.parent.name, *VARIANTS)
READ = tuple(name for name, edition in EDITIONS.items() if edition.paged and not edition.paper)  # from their tags
FLOWING = "web"  # no pages, no tags: tested by itself
LAYOUTS = tuple(sorted({path.parent.name for path in (ROOT / "layouts").glob("*/page.xml.j2")} - {FLOWING}))
# what is ordered -> the flavours of veraPDF that judge it
# Layouts beside the brochure are made from the sample and a few hard articles that they hold, in the editions' own
# standards: what tags and files are like does not depend on the layout.
FEW: dict[str, tuple[str, ...]] = {
    "card": ("invited",),
    "invitation": ("invited",),
    "poster": (SAMPLE.parent.name, "no-picture", "draft"),
    "booklet": (SAMPLE.parent.name, "ten-pictures", "no-picture"),
    "handout": (SAMPLE.parent.name, "one-stop", "draft"),
    "leaflet-zigzag": (SAMPLE.parent.name,),
    "leaflet": (SAMPLE.parent.name, "one-stop", "draft"),
    "leaflet-eight": (SAMPLE.parent.name, "no-picture", "twelve-stops", "too-short", "draft"),
    "large-print": (SAMPLE.parent.name, "ten-pictures", "draft"),
    "easy": ("easy",),
    "press": (SAMPLE.parent.name, "everything", "draft"),
}
ORDERS: dict[tuple[str, ...] | None, tuple[str, ...]] = {None: ("ua1", "2a"), ("ua2", "a4"): ("ua2", "4")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file of the shelf; `standards` None: those of the edition."""

    article: str
    layout: str
    edition: str
    standards: tuple[str, ...] | None = None

    def __str__(self) -> str:
        return "-".join((self.article, self.layout, self.edition, *(self.standards or ())))


def everything() -> Iterator[Wanted]:
    """Walk every file that the shelf holds."""
    for layout in LAYOUTS:
        for article in FEW.get(layout, ARTICLES):
            for standards in ORDERS if layout not in FEW else (None,):
                yield from (Wanted(article, layout, edition, standards) for edition in READ)


class Shelf:
    """Makes what is asked for; an article's editions of one order come together, as they do for an office."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[Wanted, Any] = {}

    def product(self, wanted: Wanted) -> Any:
        """Return the product of the verdict: path, pages, size, findings. What was refused once is not tried again."""
        if wanted not in self._made:
            try:
                self._make(wanted)
            except Exception as fault:
                siblings = [replace(wanted, edition=edition) for edition in READ]
                self._made.update(dict.fromkeys(siblings, fault))
        made = self._made[wanted]
        if isinstance(made, Exception):
            raise made
        return made

    def path(self, wanted: Wanted) -> Path:
        """Return where the finished file lies."""
        product = self.product(wanted)
        assert product.written, [str(finding) for finding in product.findings if finding.severity == "error"]
        return Path(product.path)

    def _make(self, wanted: Wanted) -> None:
        from report import Job, produce

        folder = self.folder / wanted.article
        sample = wanted.article == SAMPLE.parent.name
        job = Job(
            article=SAMPLE if sample else write(wanted.article, folder / "article"),
            layouts=(wanted.layout,),
            editions=READ,
            out=folder,
            standards=wanted.standards,
            workers=1,
            keep=wanted.standards is None,
        )
        for product in produce(job).products:
            made = Wanted(wanted.article, wanted.layout, product.edition, wanted.standards)
            self._made[made] = product
