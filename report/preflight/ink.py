"""The ink of a page in the order in which it is laid down, and under which mark each stroke stands.

A mark ties ink to the structure tree, an artifact says that it means nothing; ink under neither exists for eyes only.
Knows: PDF's content operators. Must never know who wrote them or what the marks mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from report.preflight.letters import Face, read_face
from report.records import field, record

_PAINTING = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Tj", "TJ", "'", '"'})
_DEEPEST = 12  # forms in forms


@record(frozen=True)
class Stroke:
    """One painting operator: under which mark (`mcid`, -1 for none) or artifact it stands, and the words it shows."""

    operator: str
    mcid: int
    artifact: bool
    words: str = ""
    picture: bool = False
    said: str = ""  # ActualText of an enclosing sequence


@record()
class Inked:
    """A page's strokes in order, every mark number opened, and what was wrong with the marks themselves."""

    strokes: list[Stroke] = field(default_factory=list)
    under: dict[int, list[Stroke]] = field(default_factory=dict)  # by mark
    opened: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # nested, unbalanced, in-form

    def words(self, mcid: int) -> str:
        """Return the words shown under the mark `mcid`."""
        return "".join(stroke.words for stroke in self.under.get(mcid, ()))


@record()
class _Mark:
    mcid: int = -1
    artifact: bool = False
    said: str = ""


class Reader:
    """Reads pages one after the other; the faces of a file are read once and remember what was shown in them."""

    def __init__(self) -> None:
        self.faces: dict[object, Face] = {}

    def read(self, page: Any, number: int) -> Inked:
        """Read the content of `page`, the `number`th of the file (from 1)."""
        walk = _Walk(self, number)
        walk.run(page.obj, page.obj.get("/Resources", {}), None, 0)
        if walk.marks:
            walk.inked.faults.append("unbalanced")
        return walk.inked

    def face(self, font: Any) -> Face:
        """Return the face of a font dictionary, read once a file."""
        key = font.objgen if font.is_indirect else id(font)
        if key not in self.faces:
            self.faces[key] = read_face(font)
        return self.faces[key]


class _Walk:
    def __init__(self, reader: Reader, number: int) -> None:
        self.reader, self.number = reader, number
        self.inked = Inked()
        self.marks: list[_Mark] = []

    def run(self, stream: Any, resources: Any, face: Face | None, depth: int) -> None:
        from pikepdf import parse_content_stream

        kept: list[Face | None] = []
        for operands, operator in ((item.operands, str(item.operator)) for item in parse_content_stream(stream)):
            if operator == "q":
                kept.append(face)
            elif operator == "Q":
                face = kept.pop() if kept else face
            elif operator == "Tf":
                fonts = resources.get("/Font", {})
                face = self.reader.face(fonts[operands[0]]) if operands[0] in fonts else None
            elif operator in ("BDC", "BMC"):
                self._open(operands, resources, depth)
            elif operator == "EMC":
                if self.marks:
                    self.marks.pop()
                else:
                    self.inked.faults.append("unbalanced")
            elif operator == "Do":
                self._draw(operands, resources, face, depth)
            elif operator in _PAINTING or operator == "INLINE IMAGE":
                self._paint(operator, self._shown(operator, operands, face), picture=operator == "INLINE IMAGE")

    def _open(self, operands: Any, resources: Any, depth: int) -> None:
        facts = operands[1] if len(operands) > 1 else {}
        if not hasattr(facts, "keys"):
            facts = resources.get("/Properties", {}).get(facts, {})
        mark = _Mark(int(facts.get("/MCID", -1)), operands[0] == "/Artifact", str(facts.get("/ActualText", "")))
        inside_artifact = any(outer.artifact for outer in self.marks)
        inside_mark = any(outer.mcid >= 0 for outer in self.marks)
        if (mark.mcid >= 0 and (inside_artifact or inside_mark)) or (mark.artifact and inside_mark):
            self.inked.faults.append("nested")
        if mark.mcid >= 0:
            self.inked.opened.append(mark.mcid)
            if depth:
                self.inked.faults.append("in-form")
        self.marks.append(mark)

    def _draw(self, operands: Any, resources: Any, face: Face | None, depth: int) -> None:
        drawn = resources.get("/XObject", {}).get(operands[0])
        if drawn is None or drawn.get("/Subtype") != "/Form":
            self._paint("Do", "", picture=True)
        elif depth < _DEEPEST:
            self.run(drawn, drawn.get("/Resources", resources), face, depth + 1)

    def _shown(self, operator: str, operands: Any, face: Face | None) -> str:
        if operator not in ("Tj", "TJ", "'", '"') or face is None:
            return ""
        shown = operands[0] if operator == "TJ" else [operands[-1]]
        codes = [code for part in shown if _is_text(part) for code in face.codes(bytes(part))]
        for code in codes:
            face.used.setdefault(code, self.number)
        return face.read(codes)

    def _paint(self, operator: str, words: str, *, picture: bool) -> None:
        artifact = any(mark.artifact for mark in self.marks)
        mcid = next((mark.mcid for mark in reversed(self.marks) if mark.mcid >= 0), -1)
        said = next((mark.said for mark in reversed(self.marks) if mark.said), "")
        stroke = Stroke(operator, mcid, artifact, words, picture, said)
        self.inked.strokes.append(stroke)
        if mcid >= 0 and not artifact:
            self.inked.under.setdefault(mcid, []).append(stroke)


def _is_text(part: Any) -> bool:
    from pikepdf import String

    return isinstance(part, String)


def unmarked(inked: Inked) -> Iterator[Stroke]:
    """Walk the strokes that stand under no mark and no artifact."""
    return (stroke for stroke in inked.strokes if stroke.mcid < 0 and not stroke.artifact)
