"""The article as typed nouns, and the reader that makes them from a file: the door of this room.

Loaded only when asked for: `report.article.outline` (the article as text a person can read) and
`report.article.schema` (the JSON Schema of the file).
"""

from __future__ import annotations

from report.article.model import Article
from report.article.reader import completed, read

__all__ = ["Article", "completed", "read"]
