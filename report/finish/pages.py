"""The pages: their boxes, their ink, what they name, and the tree that holds them.

Knows: sizes, content streams, names of resources. Must never know: what is on a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from report.finish.file import name, number, numbers, ref, text
from report.finish.inks import spaces, states
from report.finish.volume import Volume
from report.proof import Page

_BRANCH = 32  # kids a node of the page tree
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


def bind(volume: Volume) -> None:
    """Write every page, the page tree and the page labels."""
    file, proof = volume.file, volume.proof
    parents = _tree(volume)
    annotations = defaultdict(list)
    for link, at, _ in volume.links:
        annotations[link.page].append(ref(at))
    shared: dict[tuple[object, ...], bytes] = {}
    for index, page in enumerate(proof.pages):
        named = (page.fonts, page.pictures, page.forms, page.inks)
        if named not in shared:
            shared[named] = ref(file.add(_resources(volume, page)))
        body = b"/Type/Page/Parent %d 0 R%s/Resources %s/Contents %d 0 R" % (
            parents[index],
            _boxes(page, volume.edition.bleed),
            shared[named],
            file.stream(_shifted(page) + page.content if volume.edition.bleed else page.content),
        )
        if volume.ordered.tagged:
            body += b"/Tabs/S/StructParents %d" % index
        if annotations[index]:
            body += b"/Annots[%s]" % b" ".join(annotations[index])
        if any(volume.images[key].soft_mask for key in page.pictures):
            body += b"/Group<</S/Transparency/CS/Device%s>>" % (b"CMYK" if volume.edition.ink == "press" else b"RGB")
        file.add(b"<<%s>>" % body, volume.pages[index])
    volume.catalogue["PageLabels"] = b"<</Nums[%s]>>" % b" ".join(labels([page.label for page in proof.pages]))


def _boxes(page: Page, wider: bool) -> bytes:
    """Return the page's boxes: mostly the trimmed page alone; for the press bleed and slug lie round it."""
    if not wider:
        trim = numbers(0, 0, page.width, page.height)
        return b"/MediaBox%s/TrimBox%s" % (trim, trim)
    boxes = [
        numbers(out, out, out + page.width + 2 * more, out + page.height + 2 * more)
        for out, more in ((0.0, page.bleed + page.slug), (page.slug, page.bleed), (page.slug + page.bleed, 0.0))
    ]
    return b"/MediaBox%s/BleedBox%s/TrimBox%s" % tuple(boxes)


def _shifted(page: Page) -> bytes:
    """Return the move to the trim's corner: the sheet's own corner is 0 0, as imposing programs like it best."""
    out = number(page.bleed + page.slug)
    return b"1 0 0 1 %s %s cm\n" % (out, out)


def _resources(volume: Volume, page: Page) -> bytes:
    def listed(kind: bytes, keys: tuple[str, ...]) -> bytes:
        pairs = b"".join(b"%s %d 0 R" % (name(key), volume.resources[key]) for key in keys)
        return b"/%s<<%s>>" % (kind, pairs) if keys else b""

    return b"<<%s%s%s%s>>" % (
        listed(b"Font", page.fonts),
        listed(b"XObject", page.pictures + page.forms),
        spaces(volume, page.inks),
        states(volume),
    )


def _tree(volume: Volume) -> list[int]:
    """Write the nodes of a balanced page tree; return the parent of each page."""
    file = volume.file
    levels: list[Sequence[int]] = [volume.pages]  # from the pages up
    counts: list[list[int]] = [[1] * len(volume.pages)]
    while len(levels) == 1 or len(levels[-1]) > 1:
        below = counts[-1]
        starts = range(0, max(len(below), 1), _BRANCH)
        counts.append([sum(below[start : start + _BRANCH]) for start in starts])
        levels.append([file.reserve() for _ in starts])
    for depth in range(1, len(levels)):
        for index, at in enumerate(levels[depth]):
            kids = levels[depth - 1][index * _BRANCH : (index + 1) * _BRANCH]
            body = b"/Type/Pages/Kids[%s]/Count %d" % (b" ".join(map(ref, kids)), counts[depth][index])
            if depth + 1 < len(levels):
                body += b"/Parent %d 0 R" % levels[depth + 1][index // _BRANCH]
            file.add(b"<<%s>>" % body, at)
    volume.catalogue["Pages"] = ref(levels[-1][0])
    return [levels[1][index // _BRANCH] for index in range(len(volume.pages))]


def labels(words: list[str]) -> list[bytes]:
    """Return the entries of the page labels: one where the counting begins anew or changes its manner."""
    entries = []
    expected: tuple[bytes, int] | None = None
    for index, word in enumerate(words):
        style, count = _counted(word)
        if not style:
            entries.append(b"%d<<%s>>" % (index, b"/P" + text(word) if word else b""))
            expected = None
            continue
        if (style, count) != expected:
            entries.append(b"%d<</S/%s%s>>" % (index, style, b"/St %d" % count if count > 1 else b""))
        expected = (style, count + 1)
    return entries


def _counted(word: str) -> tuple[bytes, int]:
    """Return the manner of counting (D, r, R) and the number of a label, or no manner where it is a mere word."""
    if word.isascii() and word.isdigit() and word[0] != "0":
        return b"D", int(word)
    value, rest = 0, word.lower()
    for worth, sign in _ROMAN:
        while rest.startswith(sign):
            value, rest = value + worth, rest[len(sign) :]
    if value and not rest and _roman(value) == word.lower() and word in (word.lower(), word.upper()):
        return (b"r" if word.islower() else b"R"), value
    return b"", 0


def _roman(value: int) -> str:
    signs = ""
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        signs += sign * times
    return signs
