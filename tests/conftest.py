"""What the whole suite shares: the options, and the rule that a test is never skipped in silence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import goldens, opencmis, verapdf
from tests.shelf import Shelf


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="rewrite tests/golden from what comes out now")


def pytest_configure(config: pytest.Config) -> None:
    goldens.start(update=bool(config.getoption("--update-goldens")))
    # no time limits: machines differ; the same examples each time in CI, others each time at a desk
    settings.register_profile("house", deadline=None, derandomize=strict(), print_blob=True)
    settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep finished pictures in a folder of this run, not in the user's own."""
    os.environ["SATZSPIEGEL_CACHE"] = str(tmp_path_factory.mktemp("cache"))


def strict() -> bool:
    """Tell whether everything must be there: in CI."""
    return os.environ.get("CI", "").lower() in ("true", "1", "yes")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was skipped and what to install: a pass with holes must not look like a pass."""
    skipped = terminalreporter.stats.get("skipped", [])
    for reason in sorted({str(report.longrepr[2]) for report in skipped}):
        terminalreporter.write_line(f"NOT TESTED: {reason.removeprefix('Skipped: ')}", yellow=True, bold=True)


def missing(what: str) -> None:
    """End a test for want of a program: skipped with the reason, failed where everything must be there (CI)."""
    if strict():
        pytest.fail(what)
    pytest.skip(what)


class Judge:
    """veraPDF for a whole session: files are handed in first, then judged in one start of Java per flavour."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Path]] = {}
        self._judged: dict[tuple[str, Path], list[str]] = {}

    def enter(self, flavour: str, path: Path) -> None:
        """Put a file on the list of a flavour."""
        self._waiting.setdefault(flavour, []).append(path)

    def failed(self, flavour: str, path: Path) -> list[str]:
        """Return the failed rules of a file; the first question judges all that wait."""
        if (flavour, path) not in self._judged:
            files = list(dict.fromkeys([*self._waiting.pop(flavour, []), path]))
            try:
                found = verapdf.run(flavour, files)
            except verapdf.Unavailable as fault:
                missing(str(fault))
            self._judged.update(((flavour, file), rules) for file, rules in found.items())
        return self._judged[flavour, path]


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="session")
def cmis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a CMIS server for the whole session; give the address of its Browser binding."""
    try:
        with opencmis.running(tmp_path_factory.mktemp("cmis")) as address:
            yield address
    except opencmis.Unavailable as fault:
        missing(str(fault))
