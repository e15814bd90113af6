"""Every stage between two rooms on disk, for a person to read: what `--keep` writes.

Knows: how each noun is told as text. Must never know how any of them is made.
"""

from __future__ import annotations

from pathlib import Path

from report import files
from report.article import Article
from report.content import Node, dump
from report.order import Product
from report.proof import Proof, structure


def keep(out: Path, article: Article, layout: str, text: str, tree: Node, proof: Proof, product: Product) -> None:
    """Write the stages of one product under `out`."""
    from report.article.outline import outline
    from report.compose import listing, words

    folder = out / article.id / layout
    stages = {
        "1-article.txt": outline(article),
        "2-markup.xml": text,
        "3-content.txt": f"{dump(tree)}\n\n{listing(words(tree, proof.taken))}",
        **({"4-structure.txt": structure(proof.root)} if proof.root.kids else {}),
        **({"4-lines.txt": _lines(proof)} if proof.pages else {}),
        "6-findings.txt": "\n".join(f"{finding.severity} {finding.rule} {finding}" for finding in product.findings),
    }
    for file, words_ in stages.items():
        files.write(folder / file, f"{words_}\n".encode())
    if product.written:
        files.write(folder / f"5-{product.edition}{product.path.suffix}", product.path.read_bytes())


def _lines(proof: Proof) -> str:
    return "\n".join((*proof.lines(), "", *(f"{choice}: {option}" for choice, option in proof.taken)))
