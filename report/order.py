"""What is ordered and what came of it: the job, its products, the verdict.

Knows: names, paths, findings. Must never know how any stage works.
"""

from __future__ import annotations

from pathlib import Path

from report.errors import ProductFault, TargetFault
from report.findings import Finding
from report.records import field, record

TAKEN = ("brochure",)  # the layouts of an order that names none


@record(frozen=True)
class Job:
    """One order: an article file, in which layouts and editions, into which folder.

    `standards` None means those of each edition; `house` names a house style or its folder, `printer` one of
    its printers; `keep` writes every
    stage between two rooms beside the files; `strict` lets no warning pass; `preflight` has each finished file read
    as by a stranger before it is written; `report` does so and writes a check report for each layout; `cache` is a
    folder in which finished pictures are kept for the next run (None: nothing is kept). Raises
    OrderFault (in `produce`) where names are unknown.
    """

    article: Path
    layouts: tuple[str, ...] = TAKEN
    editions: tuple[str, ...] = ("mail", "archive")
    out: Path = Path("out")
    standards: tuple[str, ...] | None = None
    house: str = "a"
    workers: int = 1
    keep: bool = False
    printer: str = ""
    strict: bool = False
    preflight: bool = False
    report: bool = False
    cache: Path | None = None


@record(frozen=True)
class Product:
    """One file of the verdict; `written` is False where errors among the findings stopped it."""

    article: str
    layout: str
    edition: str
    path: Path
    pages: int
    size: int
    standards: tuple[str, ...]
    findings: tuple[Finding, ...]
    seconds: float
    written: bool = True
    embargo: str = ""  # 2024-12-10 12:30
    embargo_words: str = ""  # in the article's language
    outdated: bool = False  # a file of an earlier run lies where this one was to be written
    read: bool = False  # the finished file was read as by a stranger
    report: Path | None = None  # the check report of its layout
    kind: str = ""  # what people call its layout: Faltblatt

    @property
    def stopped(self) -> bool:
        """Tell whether an error among the findings keeps the file from being written."""
        return any(finding.severity == "error" for finding in self.findings)


@record(frozen=True)
class Verdict:
    """What an order came to."""

    products: list[Product] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        """The findings that stopped a file."""
        return [finding for product in self.products for finding in product.findings if finding.severity == "error"]

    @property
    def exit_code(self) -> int:
        """The command's answer: 0, or the code of what kept a file from being written."""
        unwritable = any(finding.rule.startswith("file.") for finding in self.errors)
        return TargetFault.exit_code if unwritable else ProductFault.exit_code if self.errors else 0
