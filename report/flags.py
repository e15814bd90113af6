"""The flags of the command, with their help in the reader's language.

Knows: words. Must never know what is done with them.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from report.errors import OrderFault
from report.findings import N_, Finding
from report.locales import Catalogue


class Parser(argparse.ArgumentParser):
    """Tells faults of the command line as faults of the order."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Raise what argparse found wrong, in words of ours."""
        remedy = N_("--help lists what there is.")
        for pattern, said in _REASONS:
            match = re.fullmatch(pattern, message)
            if match:
                raise OrderFault(Finding("order.command", said, dict(match.groupdict()), remedy=remedy))
        said = N_("The command is not understood: {reason}.")
        raise OrderFault(Finding("order.command", said, {"reason": message}, remedy=remedy))


class _Form(argparse.HelpFormatter):
    """Heads the line of usage in the reader's language."""

    def __init__(self, prog: str, head: str) -> None:
        super().__init__(prog)
        self.head = head

    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, prefix or f"{self.head} ")


# argparse's own words, and ours
_REASONS = (
    (r"unrecognized arguments: (?P<name>.*)", N_("There is no option “{name}”.")),
    (r"argument (?P<name>\S+): expected one argument", N_("Behind {name} something is missing.")),
    (
        r"argument (?P<name>\S+): invalid int value: '(?P<value>.*)'",
        N_("Behind {name} stands a whole number, not “{value}”."),
    ),
    (
        r"argument (?P<name>\S+): invalid choice: '(?P<value>.*)' \(choose from (?P<known>.*)\)",
        N_("Behind {name} stands one of: {known}."),
    ),
)


def parser(say: Catalogue) -> argparse.ArgumentParser:
    """Return the parser of the command's flags."""
    t = say.gettext
    found = Parser(
        prog="make_pdf.py" if Path(sys.argv[0]).name == "make_pdf.py" else "satzspiegel",
        description=t(N_("Make the brochure of an article, in every edition, from one file.")),
        epilog=t(
            N_(
                "status NAME in place of an article tells what has been handed over of a publication. "
                "Exit codes: 0 done, 2 order, 3 article, 4 layout or house, 5 picture, "
                "6 a finding stops a file, 7 file cannot be written, 8 a hand-over failed, 70 fault of the program."
            )
        ),
        add_help=False,
        allow_abbrev=False,
        formatter_class=lambda prog: _Form(prog, t(N_("Usage:"))),
    )
    found.add_argument_group(t(N_("What to make"))).add_argument(
        "articles", nargs="*", type=Path, metavar=t(N_("ARTICLE")), help=t(N_("article files; none: the sample"))
    )
    add = found.add_argument_group(t(N_("How to make it"))).add_argument
    add(
        "--layout",
        metavar=t(N_("NAMES")),
        default="brochure",
        help=t(N_("layouts, separated by commas (default: brochure)")),
    )
    add(
        "--edition",
        metavar=t(N_("NAMES")),
        default="mail,archive",
        help=t(N_("editions, separated by commas (default: mail,archive)")),
    )
    add("--standards", metavar=t(N_("NAMES")), default="", help=t(N_("other standards, such as ua2,a4")))
    add("--printer", metavar=t(N_("NAME")), default="", help=t(N_("printer of the house that print is for")))
    add("--house", metavar=t(N_("NAME")), default="a", help=t(N_("house style: a name or the folder of one")))
    add(
        "--out",
        metavar=t(N_("FOLDER")),
        type=Path,
        default=Path("out"),
        help=t(N_("folder for the files (default: out)")),
    )
    add("--workers", metavar=t(N_("NUMBER")), type=int, default=1, help=t(N_("how many processes work side by side")))
    add("--keep", action="store_true", help=t(N_("write every stage between article and file as well")))
    add("--strict", action="store_true", help=t(N_("let no warning pass: it stops its file as an error does")))
    add("--preflight", action="store_true", help=t(N_("read each finished file as a stranger before it is written")))
    add("--report", action="store_true", help=t(N_("write a check report; reads the files as --preflight does")))
    add("--format", choices=("table", "json"), default="table", help=t(N_("the verdict for people or for machines")))
    add("--no-cache", action="store_true", help=t(N_("keep no finished pictures for the next run, use none")))
    add("--check", action="store_true", help=t(N_("only check the article, make nothing")))
    add("--watch", action="store_true", help=t(N_("make the files again whenever a file of the article is saved")))
    _hand_over(found, say)
    add("--list", action="store_true", help=t(N_("list layouts, editions, standards and houses")))
    add("--schema", action="store_true", help=t(N_("print the JSON Schema of the article file")))
    add("--english", action="store_true", help=t(N_("messages in English")))
    add("-h", "--help", action="help", help=t(N_("show this help")))
    return found


def _hand_over(found: argparse.ArgumentParser, say: Catalogue) -> None:
    """Add the flags of a hand-over."""
    t = say.gettext
    give = found.add_argument_group(t(N_("Hand over"))).add_argument
    give("--deliver", metavar=t(N_("NAMES")), help=t(N_("targets, separated by commas: see --list")))
    give("--dry-run", action="store_true", help=t(N_("only show what would go where; touch nothing")))
    give("--send", action="store_true", help=t(N_("let mail really be sent, not only laid down as a draft")))
    aside = t(N_("set rules aside that the house allows; with --why"))
    give("--despite", metavar=t(N_("RULES")), default="", help=aside)
    give("--why", metavar=t(N_("REASON")), default="", help=t(N_("reason of a new version, or of what is set aside")))


def agree(options: argparse.Namespace) -> None:
    """Raise OrderFault where a flag would be passed over in silence: what it asks for goes with others only."""
    given = options.deliver is not None
    faults = []
    for flag, value in (("--dry-run", options.dry_run), ("--send", options.send), ("--despite", options.despite),
                        ("--why", options.why)):  # fmt: skip
        if value and not given:
            message, remedy = N_("{name} goes with --deliver only."), N_("Name the targets: --deliver mail,folder.")
            faults.append(Finding("order.command", message, {"name": flag}, remedy=remedy))
    names = [name.strip() for name in (options.deliver or "").split(",") if name.strip()]
    if given and not names:
        faults.append(Finding("order.command", N_("Behind {name} something is missing."), {"name": "--deliver"}))
    elif options.send and given and "mail" not in names:
        faults.append(Finding("order.command", N_("--send goes with the target mail only."), {}))
    for flag, value in (("--check", options.check), ("--watch", options.watch)):
        if value and given:
            message = N_("{name} and --deliver do not go together.")
            faults.append(Finding("order.command", message, {"name": flag}))
    if faults:
        raise OrderFault(*faults)
