"""The makers that are compared, as processes: started, timed, their memory read, their files opened.

Needs a POSIX system (a child's peak memory comes from `wait4`). Knows: command lines. Must never know: what is made of
the figures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CHILD = HERE / "child.py"
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Maker:
    """One maker; `edition` is ours only."""

    name: str
    edition: str = ""

    @property
    def label(self) -> str:
        """Return the name as the tables show it."""
        return f"ours, {self.edition}" if self.edition else self.name

    def file(self, data: Path, out: Path) -> Path:
        """Return where the file of a document comes to lie."""
        if self.name.startswith("ours"):
            return out / f"{data.stem}-layout-{self.edition or 'mail'}.pdf"
        return out / f"{data.stem}.pdf"

    def cold(self, data: Path, out: Path) -> list[str]:
        """Return the command that makes one document in a process of its own."""
        if self.name == "ours":
            return self.command([data], out)
        return [sys.executable, str(CHILD), self.name, "cold", str(data), str(self.file(data, out))]

    def command(self, data: Sequence[Path], out: Path, *more: str) -> list[str]:
        """Return our command for these documents."""
        articles = [str(one.with_suffix(".yaml")) for one in data]
        wishes = ["--layout", str(HERE / "layout"), "--house", str(HERE / "house"), "--edition", self.edition or "mail"]
        return [sys.executable, str(ROOT / "make_pdf.py"), *articles, *wishes, "--out", str(out), "--no-cache", *more]

    def batch(self, data: Sequence[Path], out: Path) -> list[list[str]]:
        """Return the commands that, started together, make all documents with two workers."""
        if self.name == "ours":
            return [self.command(data, out, "--workers", "2")]
        halves = (data[::2], data[1::2])
        return [[sys.executable, str(CHILD), self.name, "list", str(out), *map(str, half)] for half in halves]


def run(commands: Sequence[Sequence[str]]) -> tuple[float, int]:
    """Run the commands side by side; return the seconds until the last has ended, and the largest peak in bytes."""
    begun = time.perf_counter()
    running = [
        subprocess.Popen(command, cwd=ROOT, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for command in commands
    ]
    peak = 0
    for process in running:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = max(peak, usage.ru_maxrss * 1024)
    seconds = time.perf_counter() - begun
    for process, command in zip(running, commands, strict=True):
        told = process.stderr.read().decode("utf-8", "replace") if process.stderr else ""
        if process.returncode:
            raise SystemExit(f"{' '.join(command[:6])} …\n{told}")
    return seconds, peak


@dataclass(slots=True)
class Warm:
    """A maker that is kept running."""

    maker: Maker
    process: subprocess.Popen[str]

    @classmethod
    def start(cls, maker: Maker, data: Sequence[Path], out: Path) -> Warm:
        """Start it; it waits for orders."""
        command = [sys.executable, str(CHILD), maker.name, "warm", str(out), *map(str, data)]
        pipe = subprocess.PIPE
        return cls(maker, subprocess.Popen(command, cwd=ROOT, env=_ENVIRONMENT, stdin=pipe, stdout=pipe, text=True))

    def make(self, first: int, last: int) -> tuple[float, int]:
        """Let it make documents `first` to `last`; return the seconds, and the memory it holds then, in bytes."""
        if self.process.stdin is None or self.process.stdout is None:
            raise SystemExit("no pipe")
        print(first, last, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().split()
        if len(answer) != 2:
            raise SystemExit(f"{self.maker.label} stopped")
        return float(answer[0]), int(answer[1])

    def end(self) -> None:
        """Let it go."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()


def opened(files: Sequence[Path], pages: int) -> list[tuple[int, int]]:
    """Open every file; stop unless each has so many pages; return (bytes, bytes of pictures) of each."""
    command = [sys.executable, str(HERE / "opened.py"), *map(str, files)]
    answer = subprocess.run(command, capture_output=True, text=True, env=_ENVIRONMENT, check=False)
    if answer.returncode:
        raise SystemExit(answer.stderr)
    found = []
    for file, line in zip(files, answer.stdout.splitlines(), strict=True):
        counted, size, pictures = map(int, line.split())
        if counted != pages:
            raise SystemExit(f"{file} has {counted} pages, not {pages}")
        found.append((size, pictures))
    return found
