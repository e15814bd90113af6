"""The command: flags in, a verdict in German out, an exit code. A few lines over `production`.

Knows: flags, printed verdict, exit codes. Must never know articles, pages, PDF.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from report.errors import OrderFault, Stop
from report.findings import Finding, N_, Place
from report.locales import Catalogue, catalogue
from report.paths import shipped
from report.production import Job, Verdict, produce_all

_SAMPLE = ("assets", "samples", "familienkommune-gladbeck", "article.yaml")
_INTERNAL = 70  # sysexits: an internal fault
_STOPPED = 6
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (those of the process by default) and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    say = catalogue("en" if "--english" in words else "de")
    try:
        options = _parser(say).parse_args(words)
        return _run(options, say)
    except Stop as stop:
        _tell(stop, say)
        return stop.exit_code
    except KeyboardInterrupt:
        print(say.gettext(N_("Interrupted. Files that were finished are whole.")), file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class _Parser(argparse.ArgumentParser):
    """Tells faults of the command line as faults of the order."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise OrderFault(Finding("order.command", N_("The command is not understood: {reason}"), {"reason": message}, remedy=N_("--help lists what there is.")))


def _parser(say: Catalogue) -> argparse.ArgumentParser:
    t = say.gettext
    parser = _Parser(
        prog="make_pdf.py" if Path(sys.argv[0]).name == "make_pdf.py" else "satzspiegel",
        description=t(N_("Make the brochure of an article, in every edition, from one file.")),
        epilog=t(N_("Exit codes: 0 done, 2 order, 3 article, 4 layout or house, 5 picture, 6 a finding stops a file, 7 file cannot be written.")),
        add_help=False,
    )
    add = parser.add_argument
    add("articles", nargs="*", type=Path, metavar=t(N_("ARTICLE")), help=t(N_("article files; none: the sample")))
    add("--layout", default="brochure", help=t(N_("layouts, separated by commas (default: brochure)")))
    add("--edition", default="mail,archive", help=t(N_("editions, separated by commas (default: mail,archive)")))
    add("--standards", default="", help=t(N_("other standards, such as ua2,a4")))
    add("--house", default="a", help=t(N_("house style: a name or the folder of one")))
    add("--out", type=Path, default=Path("out"), help=t(N_("folder for the files (default: out)")))
    add("--workers", type=int, default=1, help=t(N_("how many processes work side by side")))
    add("--keep", action="store_true", help=t(N_("write every stage between article and file as well")))
    add("--format", choices=("table", "json"), default="table", help=t(N_("the verdict for people or for machines")))
    add("--check", action="store_true", help=t(N_("only check the article, make nothing")))
    add("--watch", action="store_true", help=t(N_("make the files again whenever a file of the article is saved")))
    add("--list", action="store_true", help=t(N_("list layouts, editions, standards and houses")))
    add("--schema", action="store_true", help=t(N_("print the JSON Schema of the article file")))
    add("--english", action="store_true", help=t(N_("messages in English")))
    add("-h", "--help", action="help", help=t(N_("show this help")))
    return parser


def _run(options: argparse.Namespace, say: Catalogue) -> int:
    if options.list:
        return _list(say)
    if options.schema:
        print(shipped("assets", "schema", "article.schema.json").read_text(encoding="utf-8"), end="")
        return 0
    articles = options.articles or [shipped(*_SAMPLE)]
    jobs = [_job(options, article) for article in articles]
    if options.check:
        return _check(jobs, options, say)
    if options.watch:
        return _watch(jobs, options, say)
    return _make(jobs, options, say)


def _job(options: argparse.Namespace, article: Path) -> Job:
    if options.workers < 1:
        raise OrderFault(Finding("order.workers", N_("--workers must be 1 or more.")))
    return Job(
        article=article,
        layouts=_names(options.layout),
        editions=_names(options.edition),
        out=options.out,
        standards=_names(options.standards) or None,
        house=options.house,
        workers=options.workers,
        keep=options.keep,
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def _make(jobs: Sequence[Job], options: argparse.Namespace, say: Catalogue) -> int:
    """Make all jobs, print the verdict; the worst exit code wins."""
    _distinct(jobs, say)
    code = 0
    verdict = Verdict()
    progress = _Progress(len(jobs), say)
    for job, outcome in zip(jobs, produce_all(jobs, options.workers), strict=True):
        progress.step()
        if isinstance(outcome, Stop):
            progress.clear()
            _tell(outcome, say, job.article)
            code = max(code, outcome.exit_code)
        else:
            verdict.products.extend(outcome.products)
    progress.clear()
    if options.format == "json":
        from report.verdict import as_json

        print(as_json(verdict, say))
    elif verdict.products:
        from report.verdict import table

        print(table(verdict, say))
    return max(code, _STOPPED) if verdict.errors else code


def _distinct(jobs: Sequence[Job], say: Catalogue) -> None:
    """Refuse the same article file twice: its files would overwrite each other."""
    seen: set[Path] = set()
    for job in jobs:
        path = job.article.resolve()
        if path in seen:
            raise OrderFault(Finding("order.twice", N_("The article is named twice."), {}, Place(str(job.article))))
        seen.add(path)


def _check(jobs: Sequence[Job], options: argparse.Namespace, say: Catalogue) -> int:
    from report.production import check
    from report.verdict import findings_text

    code = 0
    for job in jobs:
        try:
            found = check(job)
        except Stop as stop:
            _tell(stop, say, job.article)
            code = max(code, stop.exit_code)
            continue
        print(f"{job.article.name}: " + (findings_text(found, say) or say.gettext(N_("nothing to remark"))))
    return code


def _tell(stop: Stop, say: Catalogue, article: Path | None = None) -> None:
    for fault in stop.faults:
        print(say.say(fault), file=sys.stderr)
    if article is not None and len(stop.faults) > 1:
        print(say.gettext(N_("{count} faults in {file}: nothing was made.")).format(count=len(stop.faults), file=article.name), file=sys.stderr)


def _list(say: Catalogue) -> int:
    from report import layout
    from report.editions import EDITIONS
    from report.standards import STANDARDS

    houses = sorted(path.name for path in shipped("assets", "houses").iterdir() if (path / "house.yaml").is_file())
    rows = (
        (N_("Layouts"), layout.names()),
        (N_("Editions"), [f"{one.name} ({', '.join(one.standards)})" for one in EDITIONS.values()]),
        (N_("Standards"), [f"{one.name} ({one.title})" for one in STANDARDS.values()]),
        (N_("House styles"), houses),
    )
    for head, names in rows:
        print(f"{say.gettext(head)}: {', '.join(names)}")
    return 0


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


def _watch(jobs: Sequence[Job], options: argparse.Namespace, say: Catalogue, wait: Callable[[float], None] = time.sleep) -> int:
    """Make the files, then again whenever one of the articles' folders, layouts or houses changes; ends with Ctrl-C."""
    seen: dict[Path, int] = {}
    print(say.gettext(N_("Watching; end with Ctrl-C.")), file=sys.stderr)
    while True:
        now = _stamps(jobs)
        if now != seen:
            seen = now
            try:
                _make(jobs, options, say)
            except Stop as stop:
                _tell(stop, say)
        wait(0.4)


def _stamps(jobs: Sequence[Job]) -> dict[Path, int]:
    """Return the time stamps of everything that the jobs are made from."""
    folders = {job.article.resolve().parent for job in jobs}
    folders |= {shipped("layouts", name) if shipped("layouts", name).is_dir() else Path(name) for job in jobs for name in job.layouts}
    folders |= {shipped("assets", "houses", job.house) if shipped("assets", "houses", job.house).is_dir() else Path(job.house) for job in jobs}
    found: dict[Path, int] = {}
    outs = {job.out.resolve() for job in jobs}
    for folder in folders:
        for path in folder.rglob("*"):
            if not any(out in path.parents for out in outs):
                try:
                    found[path] = path.stat().st_mtime_ns
                except OSError:
                    continue
    return found
