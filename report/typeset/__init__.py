"""Content becomes pages: lines, boxes, marks. The room's door.

Knows: content, layout, house. Must never know articles, Jinja, or PDF file objects.
"""

from report.typeset.document import typeset

__all__ = ["typeset"]
