"""The command: flags in, a verdict in German out, an exit code. A few lines over `production`.

Knows: flags, printed verdict, exit codes. Must never know articles, pages, PDF.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO

from report.errors import OrderFault, ProductFault, Stop, TargetFault
from report.findings import N_, Finding, Place
from report.flags import agree, parser
from report.locales import Catalogue, catalogue
from report.paths import cache_folder, shipped
from report.production import Job, Verdict, produce_all
from report.watch import stamps

_SAMPLE = ("assets", "samples", "familienkommune-gladbeck", "article.yaml")
_INTERNAL = 70  # sysexits: an internal fault
_INTERRUPTED = 130
_ID = re.compile(r"""(?:^|[{,])\s*["']?id["']?\s*[:=]\s*["']?([a-z0-9-]+)""", re.MULTILINE)  # enough to see two alike


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (those of the process by default) and return its exit code."""
    sys.stdout, sys.stderr = _stream(sys.stdout), _stream(sys.stderr)
    try:
        return _answer(list(sys.argv[1:] if arguments is None else arguments))
    finally:
        try:
            sys.stdout.flush()
        except OSError:
            _let_go(sys.stdout)


def run() -> NoReturn:
    """Run the command as a process of its own, which ends at once.

    Python would take down all that was built, stone by stone, before it ends: an eighth of the whole time. Nothing is
    lost: files are closed where they are written, workers are waited for.
    """
    code = main()
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


def _answer(words: list[str]) -> int:
    """Do what the words say; every fault is told in the reader's language."""
    say = catalogue("en" if "--english" in words else "de")
    try:
        options = parser(say).parse_intermixed_args(words)
        return _run(options, say)
    except Stop as stop:
        _tell(stop, say)
        return stop.exit_code
    except KeyboardInterrupt:
        message = N_("Interrupted. Files that were finished are whole.")
        _print(say.gettext(message), sys.stderr)
        return _INTERRUPTED
    except Exception as error:
        if sys.flags.dev_mode:  # python -X dev: whoever looks for the fault wants the trace
            raise
        _tell(Stop(_internal(error)), say)
        return _INTERNAL


def _stream(stream: TextIO | None) -> TextIO:
    """Return the stream, in UTF-8 whatever the console is; a place for words that nobody reads where it is closed."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def _let_go(stream: TextIO) -> None:
    """Let what is still to be written to `stream` vanish: nobody can read it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _print(words: str, stream: TextIO | None = None) -> None:
    """Print `words` at once. A reader who has gone (`| head -1`) has read enough; a full drive is a fault."""
    stream = stream or sys.stdout
    try:
        print(words, file=stream, flush=True)
    except OSError as error:
        _let_go(stream)
        if stream is sys.stdout and not isinstance(error, BrokenPipeError):
            message = N_("The verdict cannot be written: {reason}. Finished files are whole.")
            values: dict[str, object] = {"reason": error.strerror or str(error)}
            raise TargetFault(Finding("program.untold", message, values)) from None


def _internal(error: Exception) -> Finding:
    """Return what to tell of a fault of the program itself: kind and place, no trace."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    where = Place(Path(step.tb_frame.f_code.co_filename).name, step.tb_lineno) if step else Place()
    message = N_("The program itself has failed: {reason}.")
    remedy = N_("Please send this line and the article to whoever looks after the program. Finished files are whole.")
    return Finding("program.internal", message, {"reason": f"{type(error).__name__}: {error}"}, where, remedy=remedy)


def _run(options: argparse.Namespace, say: Catalogue) -> int:
    if options.list:
        return _list(say)
    if options.schema:
        _print(shipped("assets", "schema", "article.schema.json").read_text(encoding="utf-8").rstrip("\n"))
        return 0
    if options.articles and str(options.articles[0]) == "status":
        from report.despatch import status

        return status(options.out, [str(path) for path in options.articles[1:]], say, _print)
    agree(options)
    articles = [path for named in options.articles for path in _matching(named)] or [shipped(*_SAMPLE)]
    jobs = [_job(options, article) for article in articles]
    if options.check:
        return _check(jobs, options, say)
    if options.watch:
        return _watch(jobs, options, say)
    if options.deliver is not None:
        from report.despatch import despatch

        if len(jobs) > 1:
            _distinct(jobs)
        return despatch(jobs, options, say, _print, lambda stop: _tell(stop, say))
    return _make(jobs, options, say)


def _job(options: argparse.Namespace, article: Path) -> Job:
    if options.workers < 1:
        raise OrderFault(Finding("order.workers", N_("--workers must be 1 or more.")))
    names = {"--layout": _names(options.layout), "--edition": _names(options.edition)}
    missing = [option for option, named in names.items() if not named]
    if missing:
        message = N_("Behind {name} something is missing.")
        raise OrderFault(*(Finding("order.command", message, {"name": option}) for option in missing))
    return Job(
        article=article,
        layouts=names["--layout"],
        editions=names["--edition"],
        out=options.out,
        standards=_names(options.standards) or None,
        house=options.house,
        printer=options.printer,
        workers=options.workers,
        keep=options.keep,
        strict=options.strict,
        preflight=options.preflight,
        report=options.report,
        cache=None if options.no_cache else cache_folder(),
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def _make(jobs: Sequence[Job], options: argparse.Namespace, say: Catalogue) -> int:
    """Make all jobs, print the verdict; the worst exit code wins."""
    if len(jobs) > 1:
        _distinct(jobs)
    code = 0
    verdict = Verdict()
    faults: list[Finding] = []
    progress = _Progress(len(jobs), say)
    for outcome in produce_all(jobs, options.workers):
        progress.step()
        if isinstance(outcome, Stop):
            progress.clear()
            _tell(outcome, say)
            faults += outcome.faults
            code = max(code, outcome.exit_code)
        else:
            verdict.products.extend(outcome.products)
    progress.clear()
    if options.format == "json":
        from report.verdict import as_json

        _print(as_json(verdict, faults, say))
    elif verdict.products:
        from report.verdict import table

        _print(table(verdict, say))
        if options.strict and verdict.exit_code == ProductFault.exit_code:
            _print(say.gettext(N_("--strict: each warning counts as an error and stops its file.")))
    return max(code, verdict.exit_code)


def _matching(named: Path) -> list[Path]:
    """Return the files that `*.yaml` means: Windows' command lines hand such names on as they are."""
    if not any(sign in named.name for sign in "*?") or named.exists():
        return [named]
    return sorted(named.parent.glob(named.name)) or [named]


def _distinct(jobs: Sequence[Job]) -> None:
    """Refuse two articles whose files would overwrite each other: the same file twice, or the same id in two."""
    seen: dict[str, Path] = {}
    for job in jobs:
        path = job.article.resolve()
        if str(path) in seen:
            raise OrderFault(Finding("order.twice", N_("The article is named twice."), {}, Place(str(job.article))))
        seen[str(path)] = job.article
        try:
            found = _ID.search(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # told when the article is read
            continue
        if found and found[1] in seen:
            message = N_("The id “{id}” is that of {other} too: the files of one would replace those of the other.")
            values: dict[str, object] = {"id": found[1], "other": seen[found[1]].name}
            remedy = N_("Give each article an id of its own.")
            raise OrderFault(Finding("order.same-id", message, values, Place(str(job.article)), remedy=remedy))
        if found:
            seen[found[1]] = job.article


def _check(jobs: Sequence[Job], options: argparse.Namespace, say: Catalogue) -> int:
    from report.production import check
    from report.verdict import checked_json, findings_text

    code = 0
    checked: list[tuple[str, Sequence[Finding]]] = []
    for job in jobs:
        try:
            found = check(job)
        except Stop as stop:
            _tell(stop, say)
            code = max(code, stop.exit_code)
            found = stop.faults
        else:
            if options.format == "table":
                _print(f"{job.article.name}: " + (findings_text(found, say) or say.gettext(N_("nothing to remark"))))
            stops = ("error", "warning") if options.strict else ("error",)
            if any(finding.severity in stops for finding in found):
                code = max(code, ProductFault.exit_code)
        checked.append((str(job.article), found))
    if options.format == "json":
        _print(checked_json(checked, say))
    return code


def _tell(stop: Stop, say: Catalogue) -> None:
    """Print every fault, and at the end how many there are, in which file."""
    for fault in stop.faults:
        _print(say.say(fault), sys.stderr)
    if len(stop.faults) > 1:
        named = {fault.place.file for fault in stop.faults}
        one = named.pop() if len(named) == 1 else ""
        message = N_("{count} faults in {file}: nothing was made.") if one else N_("{count} faults: nothing was made.")
        _print(say.gettext(message).format(count=len(stop.faults), file=one), sys.stderr)


def _list(say: Catalogue) -> int:
    from report import house, layoutfile
    from report.deliver import TARGETS
    from report.editions import EDITIONS
    from report.standards import STANDARDS

    houses = sorted(path.name for path in shipped("assets", "houses").iterdir() if (path / "house.yaml").is_file())
    rows = (
        (N_("Layouts"), [f"{name} ({layoutfile.load(name).title})" for name in layoutfile.names()]),
        (N_("Editions"), [" ".join((one.name, *_bracketed(one.standards))) for one in EDITIONS.values()]),
        (N_("Standards"), [f"{one.name} ({one.title})" for one in STANDARDS.values()]),
        (N_("House styles"), houses),
        (N_("Targets"), list(TARGETS)),
        (N_("Printers"), [f"{one} ({name})" for name in houses for one in house.load(name).printers or ("default",)]),
    )
    for head, names in rows:
        _print(f"{say.gettext(head)}: {', '.join(names)}")
    return 0


def _bracketed(names: Sequence[str]) -> tuple[str, ...]:
    return (f"({', '.join(names)})",) if names else ()


class _Progress:
    """A line on a terminal for work of more than a second; nothing anywhere else."""

    def __init__(self, total: int, say: Catalogue) -> None:
        self.total, self.done, self.say = total, 0, say
        self.begun = time.monotonic()
        self.shown = False

    def step(self) -> None:
        self.done += 1
        if sys.stderr.isatty() and time.monotonic() - self.begun > 1 and self.done < self.total:
            text = self.say.gettext(N_("{done} of {total} articles")).format(done=self.done, total=self.total)
            print(f"\r{text}", end="", file=sys.stderr, flush=True)
            self.shown = True

    def clear(self) -> None:
        if self.shown:
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
            self.shown = False


def _watch(
    jobs: Sequence[Job], options: argparse.Namespace, say: Catalogue, wait: Callable[[float], None] = time.sleep
) -> int:
    """Make the files, then again whenever one of the articles' folders, layouts or houses changes; ends with Ctrl-C."""
    seen: dict[Path, int] = {}
    _print(say.gettext(N_("Watching; end with Ctrl-C.")), sys.stderr)
    while True:
        now = stamps(jobs)
        if now != seen:
            seen = now
            try:
                _make(jobs, options, say)
            except Stop as stop:
                _tell(stop, say)
        wait(0.4)
