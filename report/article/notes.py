"""Collects the findings on one article, each at the place of its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from report.findings import Finding, Severity

if TYPE_CHECKING:
    from report.article.model import Article


class Notes:
    """The findings on `article`, in the order in which they were met."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.found: list[Finding] = []

    def add(self, path: str, rule: str, message: str, remedy: str = "", **values: object) -> None:
        """Keep one finding; a warning, unless `severity` says otherwise."""
        wanted = values.pop("severity", "")
        severity: Severity = "note" if wanted == "note" else "error" if wanted == "error" else "warning"
        self.found.append(Finding(f"text.{rule}", message, values, self.article.place_of(path), severity, remedy))
