"""The content tree: what a layout wrote, element by element, with the line of its markup.

A `Node` carries words of the layout language (`docs/layout-language.md`); it is data only. Knows: nothing. Must
never know what any kind means, how it is set, or how it is tagged.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.records import field, record


@record()
class Node:
    """One element: its kind (name), attributes as written, children in order (nodes and runs of text), markup line."""

    kind: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    line: int = 0

    def get(self, name: str, default: str = "") -> str:
        """Return the attribute `name`, or `default` where the layout did not write it."""
        return self.attrs.get(name, default)

    def nodes(self) -> Iterator[Node]:
        """Walk the children that are elements."""
        return (child for child in self.children if isinstance(child, Node))

    def text(self) -> str:
        """Return all words below, in order, as written (soft hyphens and no-break spaces included)."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def dump(node: Node, depth: int = 0) -> str:
    """Return the tree as an indented outline a person can read: `kind attr=value` lines and quoted text lines."""
    pad = "  " * depth
    attrs = "".join(f" {name}={value}" for name, value in sorted(node.attrs.items()))
    lines = [f"{pad}{node.kind}{attrs}"]
    for child in node.children:
        lines.append(dump(child, depth + 1) if isinstance(child, Node) else f"{pad}  “{_shown(child)}”")
    return "\n".join(lines)


def _shown(text: str) -> str:
    return text.replace("\u00ad", "·").replace("\u00a0", "⍽").replace("\u202f", "⍽")
