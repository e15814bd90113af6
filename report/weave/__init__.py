"""The content tree of a layout that flows becomes a web page, or plain text. The room's doors.

Both are made from one tree, so they say the same words in the same order. Knows: content, the house's colours, pictures
and typefaces made ready. Must never know articles, points, PDF, or how a picture is made.
"""

from __future__ import annotations

from collections.abc import Mapping

from report.content import Node
from report.house import House
from report.screen import Still, Typeface

__all__ = ["html", "text"]


def html(
    tree: Node,
    house: House,
    style: str,
    pictures: Mapping[str, Still],
    faces: Mapping[str, Typeface],
    name: str,
) -> bytes:
    """Return the whole page as one file that fetches nothing and runs nothing.

    `style` is the layout's own style sheet, called `name` in messages; `pictures` are named as the tree names them,
    `faces` as the house does. Raise LayoutFault where the style sheet would fetch something or asks for what the house
    has not, or where the tree holds what a web page cannot show.
    """
    from report.weave.page import page

    return page(tree, house, style, pictures, faces, name)


def text(tree: Node) -> bytes:
    """Return the words as plain text, in lines of at most 72 signs; a longer word has a line of its own.

    UTF-8, lines end with a line feed. Raise LayoutFault as `html` does.
    """
    from report.weave.plain import plain

    return plain(tree)
