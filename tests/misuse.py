"""An office desk at which things go wrong: articles that are probes, orders and their answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from report.cli import main
from tests import readback

BRIEF = {"id": "probe", "headline": "Kurz und gut"}
SENTENCE = "Die Anlaufstelle bietet jungen Familien eine erste Orientierung bei ihren Fragen rund um das Leben."
Read = pytest.CaptureFixture[str]


def stop(*text: Any, **more: Any) -> dict[str, Any]:
    return {"heading": "Haus", "text": list(text)} | more


def section(*text: Any) -> dict[str, Any]:
    return BRIEF | {"sections": [{"heading": "Alles", "text": list(text)}]}


class Desk:
    """Runs the command in a folder of its own and keeps what it said."""

    def __init__(self, folder: Path, capsys: Read) -> None:
        self.folder, self.capsys = folder, capsys
        self.out = folder / "out"

    def write(self, facts: Any, name: str = "artikel.json") -> Path:
        path = self.folder / name
        path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
        return path

    def run(self, *words: str | Path) -> int:
        self.code = main([*map(str, words), "--edition", "mail", "--out", str(self.out)])
        answer = self.capsys.readouterr()
        self.said = (answer.out + answer.err).replace(str(self.folder), "")
        assert "Traceback" not in self.said and "versagt" not in self.said
        assert "{" not in self.said
        return self.code

    def make(self, facts: Any) -> int:
        return self.run(self.write(facts))

    @property
    def files(self) -> list[Path]:
        """What lies in the folder for files: hidden leftovers count."""
        return sorted(self.out.rglob("*.*")) if self.out.exists() else []

    def words(self) -> str:
        (path,) = self.files
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []
        return "".join(readback.plain(" ".join(words for _, words in readback.words(path))).split())
