"""The bookmarks: a tree of titles, the first level open, each leading to its place.

Knows: entries with levels. Must never know: which headings made them.
"""

from __future__ import annotations

from report.finish.file import number, text
from report.finish.links import destination
from report.finish.volume import Volume
from report.proof import OutlineEntry


class _Branch:
    def __init__(self, at: int, entry: OutlineEntry | None, level: int) -> None:
        self.at, self.entry, self.level = at, entry, level
        self.kids: list[_Branch] = []


def write(volume: Volume) -> None:
    """Write the bookmarks, if there are any."""
    entries = volume.proof.outline
    if not entries:
        return
    top = _Branch(volume.file.reserve(), None, 0)
    path = [top]
    for entry in entries:
        while path[-1].level >= max(entry.level, 1):
            path.pop()
        branch = _Branch(volume.file.reserve(), entry, max(entry.level, 1))
        path[-1].kids.append(branch)
        path.append(branch)
    volume.file.add(b"<</Type/Outlines%s/Count %d>>" % (_ends(top), _shown(top)), top.at)
    _branches(volume, top)
    volume.catalogue["Outlines"] = b"%d 0 R" % top.at


def _branches(volume: Volume, parent: _Branch) -> None:
    for index, branch in enumerate(parent.kids):
        entry = branch.entry
        if entry is None:
            continue
        body = b"/Title%s/Parent %d 0 R" % (text(entry.title), parent.at)
        if index:
            body += b"/Prev %d 0 R" % parent.kids[index - 1].at
        if index + 1 < len(parent.kids):
            body += b"/Next %d 0 R" % parent.kids[index + 1].at
        if branch.kids:
            shown = _shown(branch) if branch.level == 1 else -len(branch.kids)  # negative: closed
            body += b"%s/Count %d" % (_ends(branch), shown)
        view = b"/XYZ 0 %s null" % number(entry.y)
        volume.file.add(b"<<%s%s>>" % (body, destination(volume, entry.page, view, entry.element)), branch.at)
        _branches(volume, branch)


def _ends(branch: _Branch) -> bytes:
    return b"/First %d 0 R/Last %d 0 R" % (branch.kids[0].at, branch.kids[-1].at)


def _shown(branch: _Branch) -> int:
    """Return how many entries below an open one are seen: its own and those of open ones among them."""
    return len(branch.kids) + sum(len(kid.kids) for kid in branch.kids if branch.level == 0)
