"""The finished file: a proof's pages and their record, made into one PDF by the facts of the ordered standards.

Knows: the proof, the order, PDF's objects. Must never know: frames, fonts' files, markup, the article.
"""

from __future__ import annotations

from collections.abc import Mapping

from report.editions import Edition
from report.finish import fonts, images, inks, intent, links, metadata, outline, pages, structure
from report.finish.file import text
from report.finish.objects import dictionary
from report.finish.volume import Volume
from report.printer import Printer
from report.proof import ImageData, Proof
from report.standards import Ordered

# each step needs only what stands above it; the last one takes the fingerprint of all the rest
STEPS = (
    fonts.embed,
    inks.declare,
    images.embed,
    structure.build,
    links.annotate,
    pages.bind,
    outline.write,
    intent.declare,
    metadata.describe,
)


def finish(
    proof: Proof,
    ordered: Ordered,
    edition: Edition,
    images: Mapping[str, ImageData],
    printer: Printer | None = None,
) -> bytes:
    """Return the file: the same bytes for the same proof, order, edition, pictures and printer."""
    volume = Volume(proof, ordered, edition, images, printer)
    for step in STEPS:
        step(volume)
    catalogue: dict[str, object] = {
        "Type": "/Catalog",
        "Lang": text(proof.about.language),
        "ViewerPreferences": {"DisplayDocTitle": "true"},
        **volume.catalogue,
    }
    root = volume.file.add(dictionary(catalogue))
    return volume.file.close(root, volume.info, volume.identity)
