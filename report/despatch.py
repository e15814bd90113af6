"""The front end of a hand-over: an order in, what became of it in plain words out; and a publication's story so far.

Knows: what was handed over, the journal's events, words. Must never know: how anything is made or handed over.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from report.errors import OrderFault, Stop
from report.findings import N_, Finding
from report.handover import Course, Delivery, Handed, Order, deliver_all, publications, story
from report.locales import Catalogue
from report.order import Job
from report.verdict import findings_text, handed_json, table

Tell = Callable[[str], None]

_STATES = {
    "done": N_("handed over"),
    "already": N_("was handed over before"),
    "failed": N_("failed"),
    "unclear": N_("unclear"),
    "refused": N_("not possible"),
    "planned": N_("would be handed over"),
}
_EVENTS = {"done": N_("done"), "begun": N_("begun"), "failed": N_("failed")}
# steps that have a name of their own in the journal, and those of targets that have but one
_STEPPED = ("mail", "folder", "xdomea")
_STEPS = {"draft": N_("draft"), "list": N_("mailing list"), "message": N_("message"), "send": N_("sent to"),
          "again": N_("once more to"), "addition": N_("addition")}  # fmt: skip
_ONLY = ("folder", "bag", "container", "package")
# what a step's result says, in the journal's word: in the reader's. A checksum is for machines.
_RESULTS = {
    "file": N_("file"), "files": N_("files"), "folder": N_("folder"), "bag": N_("bag"), "container": N_("container"),
    "package": N_("package"), "documents": N_("documents"), "mails": N_("mails"), "object": N_("object"),
    "label": N_("version there"), "path": N_("path"), "list": N_("mailing list"), "rows": N_("lines"),
    "sent": N_("sent"), "refused": N_("refused"), "put off": N_("put off"), "server": N_("server"),
    "recipients": N_("recipients"), "block": N_("at once"), "blocks": N_("blocks"), "taken": N_("already taken away"),
    "level": N_("level"), "faults": N_("findings"),
}  # fmt: skip


def order(options: argparse.Namespace) -> Order:
    """Return the order that the flags give."""
    names = tuple(dict.fromkeys(name.strip() for name in options.deliver.split(",") if name.strip()))
    rules = tuple(dict.fromkeys(rule.strip() for rule in options.despite.split(",") if rule.strip()))
    return Order(names, options.dry_run, options.send, rules, options.why)


def despatch(
    jobs: Sequence[Job], options: argparse.Namespace, say: Catalogue, tell: Tell, fault: Callable[[Stop], None]
) -> int:
    """Hand over each job's publication; a fault of one does not keep the others. The worst exit code wins."""
    code = 0
    told = []
    progress = _Progress(say)
    outcomes = deliver_all(jobs, order(options), options.workers, Course(progress=progress.step))
    for outcome in _heard(outcomes, progress, say):
        progress.clear()
        if isinstance(outcome, Stop):
            fault(outcome)
            code = max(code, outcome.exit_code)
            continue
        told.append(outcome)
        if options.format == "table":
            tell(delivery_text(outcome, say, tried=options.dry_run))
        code = max(code, outcome.exit_code)
    if options.format == "json":
        tell(handed_json(told, say))
    return code


def _heard(outcomes: Iterable[Delivery | Stop], progress: _Progress, say: Catalogue) -> Iterator[Delivery | Stop]:
    """Walk the outcomes; say, where somebody interrupts, that nothing is lost."""
    try:
        yield from outcomes
    except KeyboardInterrupt:
        progress.clear()
        message = N_("The journal knows how far the hand-over came: the same order goes on from there.")
        print(say.gettext(message), file=sys.stderr)
        raise


def delivery_text(delivery: Delivery, say: Catalogue, *, tried: bool = False) -> str:
    """Return what became of a publication: its files, then one line a target with what is to be done."""
    t = say.gettext
    parts = [table(delivery.verdict, say), ""]
    if tried:
        parts += [t(N_("A dry run: none of these files was written, nothing is handed over.")), ""]
    if delivery.faults:
        parts.append(t(N_("Nothing was handed over:")) + findings_text(delivery.faults, say))
    for handed in delivery.handed:
        parts += list(_lines(handed, say))
    return "\n".join(parts)


def _lines(handed: Handed, say: Catalogue) -> Iterator[str]:
    t = say.gettext
    place = f" → {handed.place}" if handed.place else ""
    since = f" ({moment(handed.since)})" if handed.state == "already" and handed.since else ""
    head = t(N_("{target}, version {version}: {state}")).format(
        target=handed.target, version=handed.version, state=t(_STATES[handed.state])
    )
    yield f"{head}{since}{place}"
    if handed.state == "planned":
        for step in handed.steps:
            yield f"  – {t(step.what).format(**step.values)}"
            yield from (f"      {name}" for name in step.files)
            yield from (f"      → {name}" for name in step.recipients)
    told = findings_text(handed.findings, say)
    if told:
        yield from (f"  {line}" for line in told.strip("\n").split("\n"))


def moment(when: str) -> str:
    """Return a moment of the journal as an office reads it: 25.11.2026, 17:51."""
    day, _, hour = when.partition("T")
    return f"{'.'.join(reversed(day.split('-')))}, {hour[:5]}"


def status(out: Path, named: Sequence[str], say: Catalogue, tell: Tell) -> int:
    """Tell what has become of a publication; of all in the folder where none is named."""
    names = list(named) or publications(out)
    if not names:
        message = N_("Nothing has been handed over from the folder “{folder}”.")
        raise OrderFault(Finding("order.status", message, {"folder": str(out)}))
    for name in names:
        events = story(out, Path(name).name)
        if not events:
            message = N_("No hand-over of “{name}” is known in the folder “{folder}”. Known: {known}.")
            known = ", ".join(publications(out)) or "–"
            raise OrderFault(Finding("order.status", message, {"name": name, "folder": str(out), "known": known}))
        tell(f"{Path(name).name}:")
        for event in events:
            tell(f"  {_event(event, say)}")
    return 0


def _event(event: dict[str, object], say: Catalogue) -> str:
    """Return one line of the story."""
    t = say.gettext
    kind, when = str(event["event"]), moment(str(event["when"]))
    if kind == "version":
        reason = f": {event['reason']}" if event["reason"] else ""
        return f"{when}  " + t(N_("version {version}")).format(version=event["version"]) + reason
    if kind == "despite":
        told = t(N_("“{rule}” set aside: {why}")).format(rule=event["rule"], why=event["why"])
        return f"{when}    {told}"
    if kind in _EVENTS:
        result = event.get("result")
        known = [(t(_RESULTS[name]), value) for name, value in (result or {}).items() if name in _RESULTS]  # type: ignore[attr-defined]
        facts = ", ".join(f"{name} {_plain(value)}" for name, value in known)
        step = _step(str(event["target"]), str(event["step"]), say)
        place = "" if event["place"] == event["target"] else f" → {event['place']}"
        return f"{when}    {event['target']}{step}: {t(_EVENTS[kind])}{place}" + (f" ({facts})" if facts else "")
    return f"{when}    " + t(N_("the run before was broken off"))


def _step(target: str, name: str, say: Catalogue) -> str:
    """Return which step of a target it was, in words; nothing where a target has but one."""
    word, _, rest = name.replace("-", " ", 1).partition(" ")
    if target in _STEPPED and word in _STEPS:
        return f", {say.gettext(_STEPS[word])} {rest}".rstrip()
    return "" if name in _ONLY else f", {name}"


def _plain(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


class _Progress:
    """How far a long hand-over has come: one line on a terminal, a plain line every ten seconds elsewhere."""

    def __init__(self, say: Catalogue) -> None:
        self.say, self.begun, self.told, self.shown = say, time.monotonic(), time.monotonic(), False

    def step(self, target: str, done: int, of: int) -> None:
        """Show that `done` of `of` are through, once a hand-over takes more than a second."""
        now = time.monotonic()
        if now - self.begun < 1:
            return
        text = self.say.gettext(N_("{target}: {done} of {total}")).format(target=target, done=done, total=of)
        if sys.stderr.isatty():
            print(f"\r{text}", end="", file=sys.stderr, flush=True)
            self.shown = True
        elif now - self.told > 10:
            print(text, file=sys.stderr, flush=True)
            self.told = now

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)
            self.shown = False
