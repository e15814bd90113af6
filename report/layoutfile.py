"""The file of a layout, `layouts/<name>/layout.yaml`, becomes a Layout: every fault is told with its line.

Knows: keys, lengths, names. Must never know what a style or a region is used for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from report.datafile import Entry, read
from report.errors import LayoutFault, OrderFault
from report.findings import N_, Finding
from report.layout import Box, Grid, Layout, Master, OpenSheet, Placed, Region, Style
from report.paths import own_or_shipped, shipped
from report.settings import Reader
from report.units import millimetres, points


def _awaited(regions: Mapping[str, Region], name: str) -> set[str]:
    """Return the regions that must be full before `name`: those it looks at, those that go on in it, and theirs."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        one = ahead.pop()
        before = {regions[one].until, regions[one].after, *(r.name for r in regions.values() if r.then == one)}
        ahead += sorted(before & regions.keys() - found)
        found |= before & regions.keys()
    return found


def names() -> list[str]:
    """Return the names of the shipped layouts."""
    return sorted(path.parent.name for path in shipped("layouts").glob("*/layout.yaml"))


def load(name: str) -> Layout:
    """Read the layout `name` (shipped) or of the folder `name`; raise OrderFault or LayoutFault."""
    file = own_or_shipped(Path(name) / "layout.yaml", "layouts", name, "layout.yaml")
    if not file.is_file():
        raise OrderFault(
            Finding(
                "order.layout",
                N_("There is no layout “{name}”. Known: {known}."),
                {"name": name, "known": ", ".join(names())},
            )
        )
    return _load(file.parent, file.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _load(folder: Path, stamp: int) -> Layout:
    return _Reader(folder / "layout.yaml").layout()


class _Reader(Reader):
    """Turns the entries of one layout file into a Layout and collects every fault with its line."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, "layout.fault", f"{file.parent.name}/{file.name}")
        self.grid = Grid(14, 0, 1, 100, 0)
        self.width = self.height = self.bleed = 0.0  # of the master that is read
        self.top = Entry(None, 1)

    def layout(self) -> Layout:
        self.top = read(self.file, LayoutFault)
        top = self.mapping(self.top, "title", "flow", "page", "grid", "styles", "masters", "sheets")
        title = " ".join(self.text(top.get("title")).split()) or self.file.parent.name
        if "flow" in top:
            return self.flowing(top, title)
        page = self.mapping(top.get("page"), "width", "height", "bleed")
        width, height = (self.above_nought(page.get(side), "page", side) for side in ("width", "height"))
        self.bleed = self.length(page.get("bleed"))
        net = self.mapping(top.get("grid"), "leading", "left", "columns", "column", "gutter")
        self.grid = Grid(
            self.above_nought(net.get("leading"), "grid", "leading"),
            self.length(net.get("left")),
            max(1, int(self.number(net.get("columns"), 1))),
            self.above_nought(net.get("column"), "grid", "column"),
            self.length(net.get("gutter")),
        )
        styles = {name: self.style(name, entry) for name, entry in self.mapping(top.get("styles")).items()}
        masters: dict[str, Master] = {}
        plain = Master("", width, height, "white", {})
        for name, entry in self.mapping(top.get("masters")).items():
            masters[name] = self.master(name, entry, masters, plain)
        sheets = self.sheets(top.get("sheets"), {master.panel: master for master in masters.values()})
        stitched = self.stitched(top.get("sheets"))
        self.finish()
        return Layout(
            *(self.file.parent.name, self.file.parent, width, height, self.bleed, self.grid, styles, masters, sheets),
            stitched=stitched,
            title=title,
        )

    def flowing(self, top: Mapping[str, Entry], title: str) -> Layout:
        """Read a layout without pages: it has no measures, its looks stand in style.css beside it."""
        self.choice(top["flow"], "web")
        for key in [key for key in top if key not in ("flow", "title")]:
            self.fault(top[key], N_("A layout that flows has no pages: “{key}” means nothing here."), key=key)
        self.finish()
        folder = self.file.parent
        return Layout(folder.name, folder, 0.0, 0.0, 0.0, self.grid, {}, {}, flows=True, title=title)

    def text(self, entry: Entry | None) -> str:
        """Read a text; a key with nothing behind it is as one that is not written."""
        return "" if entry is None or entry.value is None else super().text(entry)

    def above_nought(self, entry: Entry | None, *keys: str) -> float:
        """Read a length that must be there and more than nothing; 10 points where it is not."""
        if entry is None:
            self.missing(self.top, ".".join(keys))
            return 10.0
        before = len(self.faults)
        length = self.length(entry)
        if length <= 0 and len(self.faults) == before:
            self.fault(entry, N_("“{value}” must be more than 0."), value=self.text(entry))
        return length if length > 0 else 10.0

    def style_readers(self) -> Mapping[str, Callable[[Entry], object]]:
        """Return how each field of a style is read."""
        return {
            **dict.fromkeys(("voice", "swatch", "strong_swatch"), self.text),
            **dict.fromkeys(("size", "leading"), self.above_nought),
            **dict.fromkeys(("indent", "inset", "rag"), self.length),
            **dict.fromkeys(("optical", "close_points", "tracking"), self.share),
            **dict.fromkeys(("before", "after"), self.number),
            **dict.fromkeys(("keep_next", "drop_cap"), lambda entry: int(self.number(entry))),
            **dict.fromkeys(("hang", "ink_edge", "wanted_breaks", "keep_lines"), self.yes),
            "align": lambda entry: self.choice(entry, "left", "right", "justify"),
            "hyphenate": lambda entry: self.choice(entry, "yes", "joints", "no", "never"),
            "snap": lambda entry: self.choice(entry, "first", "last"),
            "on": lambda entry: {ground: self.text(swatch) for ground, swatch in self.mapping(entry).items()},
        }

    def style(self, name: str, entry: Entry) -> Style:
        readers = self.style_readers()
        given = self.mapping(entry, *(one.replace("_", "-") for one in readers))
        values: dict[str, Any] = {}
        for key, value in given.items():
            field_name = key.replace("-", "_")
            if field_name in readers:
                values[field_name] = readers[field_name](value)
        for needed in ("voice", "size", "leading"):
            if needed not in values:
                self.fault(entry, N_("The style “{name}” needs “{key}”."), name=name, key=needed)
                values[needed] = "" if needed == "voice" else 10.0
        return Style(name, **values, line=entry.line)

    def master(self, name: str, entry: Entry, above: Mapping[str, Master], plain: Master) -> Master:
        given = self.mapping(entry, "like", "page", "panel", "ground", "regions")
        base = above.get(self.text(given.get("like")), plain)
        if "like" in given and base is plain:
            self.fault(given["like"], N_("No master “{name}” stands above this one."), name=self.text(given["like"]))
        page = self.mapping(given.get("page"), "width", "height")
        self.width = self.above_nought(page["width"]) if "width" in page else base.width
        self.height = self.above_nought(page["height"]) if "height" in page else base.height
        written = self.mapping(given.get("regions"))
        own = {key: self.region(key, value) for key, value in written.items()}
        regions = {**base.regions, **own}
        for key, value in written.items():
            one = regions[key]
            for other in (one.until, one.after, one.then, one.beside):
                if other and other not in regions:
                    self.fault(value, N_("There is no region “{name}” in this master."), name=other)
            if regions[key].balance and not regions[key].then:
                self.fault(value, N_("A region that is balanced needs “then”: the region it is balanced with."))
            if key in _awaited(regions, key):
                self.fault(value, N_("The region “{name}” waits for itself (until, after, then)."), name=key)
        ground, panel = self.text(given.get("ground")) or base.ground, self.text(given.get("panel")) or name
        return Master(name, self.width, self.height, ground, regions, entry.line, panel)

    def stitched(self, entry: Entry | None) -> bool:
        return entry is not None and isinstance(entry.value, str) and self.choice(entry, "saddle-stitch") != ""

    def sheets(self, entry: Entry | None, known: Mapping[str, Master]) -> tuple[OpenSheet, ...]:
        """Read the open sheets: where each panel stands, and that it is as wide as the folds allow."""
        if entry is None or isinstance(entry.value, str):
            return ()
        return tuple(self.sheet(name, one, known) for name, one in self.mapping(entry).items())

    def sheet(self, name: str, entry: Entry, known: Mapping[str, Master]) -> OpenSheet:
        given = self.mapping(entry, "width", "height", "panels", "folds")
        width, height = (self.above_nought(given.get(side), name, side) for side in ("width", "height"))
        placed, widths = [], []
        for one in self.entries(given.get("panels")):
            at = self.mapping(one, "panel", "left", "top", "turn")
            panel = self.text(at.get("panel"))
            if panel not in known:
                self.fault(one, N_("There is no master for the panel “{name}”."), name=panel)
                continue
            turn = int(self.choice(at["turn"], "0", "180")) if "turn" in at else 0
            placed.append(Placed(panel, self.length(at.get("left")), self.length(at.get("top")), turn))
            widths.append((placed[-1].left, placed[-1].left + known[panel].width))
        folds = tuple(self.length(one) for one in self.entries(given.get("folds")))
        ends = {round(end, 1) for pair in widths for end in pair}
        for fold in folds:
            if round(fold, 1) not in ends:
                message = N_("The fold at {place} mm is no panel's edge: words would cross it.")
                self.fault(entry, message, place=f"{millimetres(fold):g}")
        if any(right > width + 0.1 for _, right in widths):
            self.fault(entry, N_("The panels of “{name}” are wider than the sheet."), name=name)
        return OpenSheet(name, width, height, tuple(placed), folds, entry.line)

    def region(self, name: str, entry: Entry) -> Region:
        given = self.mapping(
            entry,
            "column",
            "columns",
            "left",
            "width",
            "line",
            "to",
            "grow",
            "until",
            "after",
            "gap",
            "then",
            "balance",
            "ground",
            "box",
            "beside",
            "turn",
        )
        left = self.length(given["left"]) if "left" in given else self.grid.x(self.number(given.get("column"), 1))
        width = (
            self.length(given["width"])
            if "width" in given
            else self.grid.measure(self.number(given.get("columns"), self.grid.columns))
        )
        line = self.number(given.get("line"))
        box = self.box(given["box"]) if "box" in given else None
        if box is not None and "column" not in given and "left" not in given:
            left, width = box.left, box.right - box.left
        if width <= 0:
            self.fault(entry, N_("The region “{name}” has no width."), name=name)
        return Region(
            name,
            left,
            width,
            line,
            self.number(given.get("to"), line),
            "grow" in given and self.choice(given["grow"], "up", "down") == "up",
            self.text(given.get("until")),
            self.text(given.get("after")),
            self.number(given.get("gap")),
            self.text(given.get("then")),
            self.yes(given.get("balance")),
            self.text(given.get("ground")),
            box,
            90 if "turn" in given and self.choice(given["turn"], "0", "90") == "90" else 0,
            self.text(given.get("beside")),
        )

    def box(self, entry: Entry) -> Box:
        given = self.mapping(entry, "left", "top", "right", "bottom")
        ends = {"left": 0.0, "top": 0.0, "right": self.width, "bottom": self.height}
        sides = {side: self.edge(given[side], side, ends[side]) if side in given else ends[side] for side in ends}
        bleeds = frozenset(side for side, value in given.items() if self.text(value) == "edge")
        return Box(sides["left"], sides["top"], sides["right"], sides["bottom"], bleeds)

    def edge(self, entry: Entry, side: str, end: float) -> float:
        """Read `edge`, `line 18`, `column 7`, or a length."""
        text = self.text(entry)
        if text == "edge":
            return end
        word, _, rest = text.partition(" ")
        try:
            if word == "line":
                return float(rest) * self.grid.leading
            if word == "column":
                return self.grid.x(float(rest))
            return points(text)
        except ValueError:
            self.fault(
                entry, N_("“{value}” is not a side: edge, line 18, column 7 or a length like 105mm."), value=text
            )
            return end
