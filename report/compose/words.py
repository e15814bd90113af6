"""Which words of a content tree are the article's own, which the layout's, and which no eye reads.

What a finished file says, less the fixed words, the derived values and the alternative texts listed here, must be the
article's prose: nothing lost, nothing doubled. Knows: the tree and the vocabulary's kinds. Must never know: the
article itself, or a page.
"""

from __future__ import annotations

from collections.abc import Collection

from report.compose.vocabulary import ARTIFACTS, INLINE
from report.content import Node
from report.records import field, record


@record()
class Words:
    """Words in reading order, by whose they are.

    `article`: (path of the field, words); `derived`: values of the article in a form that the layout chose (`words`
    is `derived`); `fixed`: words without a field; `alts`: texts that stand for what is seen; `artifacts`: words that
    are seen and not read.
    """

    article: list[tuple[str, str]] = field(default_factory=list)
    derived: list[tuple[str, str]] = field(default_factory=list)
    fixed: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    artifacts: list[str] = field(default_factory=list)


def words(root: Node, taken: Collection[tuple[str, str]] = ()) -> Words:
    """Return the words of the tree; of a choice those of the option in `taken` (choice, option), else of the first.

    Of the pages that only fill up, those in `taken` (fill, its number) count.
    """
    found = Words()
    _walk(root, "", "", frozenset(taken), found)
    return found


def listing(found: Words) -> str:
    """Return the lists a test subtracts, as text for `3-content.txt`: what is not the article's prose."""
    parts = [("fixed words", found.fixed), ("derived values", [f"{words} ({path})" for path, words in found.derived])]
    parts += [("alternative texts", found.alts), ("artifacts", found.artifacts)]
    return "\n".join("\n".join((f"{head}:", *(f"  “{entry}”" for entry in entries))) for head, entries in parts)


def _walk(node: Node, of: str, whose: str, taken: frozenset[tuple[str, str]], found: Words) -> None:
    if node.kind == "page" and node.get("fill") and ("fill", node.get("fill")) not in taken:
        return
    if node.kind == "choice":
        options = [child for child in node.nodes() if child.kind == "option"]
        picked = [option for option in options if (node.get("name"), option.get("name")) in taken] or options
        options = picked[:1]
        for option in options:
            _walk(option, of, whose, taken, found)
        return
    if "of" in node.attrs:
        of, whose = node.attrs["of"], ""
    whose = node.get("words", whose)
    found.alts += [node.attrs[name] for name in ("alt", "title") if node.get(name) and node.kind in ("img", "qr", "a")]
    if node.kind in ARTIFACTS:
        found.artifacts += [node.text()] if node.text() else []
        return
    run: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            run.append(child)
        elif child.kind in INLINE and not child.attrs.keys() & {"of", "words"} and child.kind != "artifact":
            run.append(_said(child, found))
        else:
            _file("".join(run), of, whose, found)
            run = []
            _walk(child, of, whose, taken, found)
    _file("".join(run), of, whose, found)


def _said(node: Node, found: Words) -> str:
    if node.kind == "br":
        return " "
    if node.kind == "artifact":
        found.artifacts.append(node.text())
        return ""
    if node.kind == "a" and node.get("title"):
        found.alts.append(node.get("title"))
    return "".join(child if isinstance(child, str) else _said(child, found) for child in node.children)


def _file(words_: str, of: str, whose: str, found: Words) -> None:
    said = words_.strip(" ")
    if not said:
        return
    if whose == "derived":
        found.derived.append((of, said))
    elif whose == "fixed" or not of:
        found.fixed.append(said)
    else:
        found.article.append((of, said))
