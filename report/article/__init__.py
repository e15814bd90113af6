"""The article as typed nouns, and the reader that makes them from a file: the door of this room."""

from __future__ import annotations

from report.article.model import Article
from report.article.reader import read

__all__ = ["Article", "read"]
