"""The spine's end: what an order makes is handed over, target by target, and the journal told.

Articles become files (`production`), files a parcel (`packing`), and the parcel goes to each target (`deliver`). Only
what passed goes out. Knows: the doors of the rooms. Must never know: how a target works.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from report import deliver, gate, house, packing
from report.article import Article, completed, read
from report.deliver import Handed, Journal, seal
from report.deliver.release import RULES, hindrances
from report.deliver.run import State, told_of
from report.deliver.settings import Settings
from report.errors import LayoutFault, OrderFault, ProductFault, Stop
from report.findings import N_, Finding
from report.order import Job, Product, Verdict
from report.parcel import Parcel, Version
from report.production import produce, side_by_side
from report.records import record, replace
from report.typeset.clean import cleaned

__all__ = ["Course", "Delivery", "Handed", "Order", "deliver_all", "deliver_job", "moment", "publications", "story"]


@record(frozen=True)
class Order:
    """To which targets a publication goes. `why` gives the reason of a new version, or of what is set aside."""

    targets: tuple[str, ...]
    dry_run: bool = False
    send: bool = False
    despite: tuple[str, ...] = ()
    why: str = ""


@record(frozen=True)
class Delivery:
    """What came of a job and its hand-over."""

    verdict: Verdict
    handed: tuple[Handed, ...] = ()
    faults: tuple[Finding, ...] = ()  # what kept the whole publication in the house
    exit_code: int = 0


def moment() -> str:
    """Return the true time, with the town's own offset."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def unheard(target: str, done: int, of: int) -> None:
    """Hear of progress, and say nothing."""


class Course:
    """What a hand-over needs of the world outside: the clock, a pause, an ear for progress."""

    def __init__(
        self,
        clock: Callable[[], str] = moment,
        wait: Callable[[float], None] = time.sleep,
        progress: Callable[[str, int, int], None] = unheard,
    ) -> None:
        self.clock, self.wait, self.progress = clock, wait, progress


def deliver_job(job: Job, order: Order, course: Course) -> Delivery:
    """Make a job's files and hand them over; raises Stop where order, house or article are wrong."""
    style = house.load(job.house)
    settings = _settings(style, order)
    if not order.dry_run:
        return _handed(job, style, order, settings, course)
    with tempfile.TemporaryDirectory() as folder:  # nothing is touched
        found = _handed(replace(job, out=Path(folder)), style, order, settings, course, job.out)
    products = tuple(_placed(one, job.out) for one in found.verdict.products)
    return replace(found, verdict=replace(found.verdict, products=products))


def deliver_all(jobs: Sequence[Job], order: Order, workers: int, course: Course) -> Iterator[Delivery | Stop]:
    """Deliver several jobs, with `workers` processes; yields what came of each, in the order given.

    Mail leaves from one process only: a server counts how many knock at once.
    """
    if workers <= 1 or len(jobs) <= 1 or order.send:
        for job in jobs:
            yield _safely(job, order, course)
        return
    yield from side_by_side(partial(_safely, order=order, course=Course(wait=course.wait)), jobs, workers)


def _safely(job: Job, order: Order, course: Course) -> Delivery | Stop:
    try:
        return deliver_job(job, order, course)
    except Stop as stop:
        return stop


def _settings(style: house.House, order: Order) -> Mapping[str, Any]:
    """Read what the house says for each target; unknown names and faults are told all at once."""
    unknown = [name for name in order.targets if name not in deliver.TARGETS]
    if unknown:
        message = N_("There is no target “{name}”. Known: {known}.")
        known = ", ".join(deliver.TARGETS)
        raise OrderFault(*(Finding("order.target", message, {"name": name, "known": known}) for name in unknown))
    given = Settings(style.folder / "house.yaml", style.deliver)
    given.known("despite", "originals", seal.NAME, *deliver.TARGETS)
    allowed = given.texts("despite", RULES)
    found = {name: deliver.target(name).read(given.below(name)) for name in (seal.NAME, *order.targets)}
    found["originals"] = given.flag("originals")
    given.stop(LayoutFault)
    _despite(order, allowed)
    return found


def _despite(order: Order, allowed: Sequence[str]) -> None:
    """Raise OrderFault where a rule is to be set aside that the house does not allow, or without a reason."""
    faults = []
    for rule in order.despite:
        if rule not in allowed:
            message = N_("The house does not allow to set “{rule}” aside.")
            remedy = N_("It may be named in the house file, under deliver: despite: [{rule}].")
            faults.append(Finding("order.despite", message, {"rule": rule}, remedy=remedy))
    if order.despite and not order.why.strip():
        faults.append(Finding("order.why", N_("--despite needs a reason: --why “…”."), {}))
    if faults:
        raise OrderFault(*faults)


def _handed(
    job: Job,
    style: house.House,
    order: Order,
    settings: Mapping[str, Any],
    course: Course,
    out: Path | None = None,
) -> Delivery:
    """Make, pack and hand over; `out` is the folder of the journal where that of the job is only borrowed."""
    editions = tuple(dict.fromkeys((*job.editions, *packing.PACKED)))
    verdict = produce(replace(job, editions=editions, report=True))
    article = completed(read(job.article), style.standing, f"{style.name}/house.yaml")
    journal = Journal((out or job.out) / article.id, course.clock)
    stopped = list(_stopped(verdict.products))
    facts = packing.facts(article, verdict.products, next((one.embargo_words for one in verdict.products), ""))
    hindered = [*stopped, *(one for one in hindrances(facts, course.clock()) if one.rule not in order.despite)]
    if hindered:
        return Delivery(verdict, (), tuple(hindered), ProductFault.exit_code)
    with gate.named(article):
        items = tuple(packing.items(article, verdict.products, cleaned, settings["originals"]))
    sums = {item.name: item.sha256 for item in items if item.role in packing.VERSIONED}
    serving = _Serving(style, order, settings, journal, course)
    if order.dry_run:
        version = _known(journal, sums, order) or Version(len(journal.versions()) + 1, course.clock(), order.why, sums)
        parcel = Parcel(facts, items, version, journal.versions())
        handed = _located(serving.all(parcel), article)
        return Delivery(verdict, handed, (), max((one.exit_code for one in handed), default=0))
    with journal.held():
        parcel = Parcel(facts, items, _version(journal, sums, order), journal.versions())
        for rule in order.despite:
            journal.write("despite", version=parcel.version.number, rule=rule, why=order.why)
        handed = _located(serving.all(parcel), article)
    code = max((one.exit_code for one in handed), default=0)
    return Delivery(verdict, handed, (), max(code, verdict.exit_code))


def _located(handed: Iterable[Handed], article: Article) -> tuple[Handed, ...]:
    """Give what is said of a field of the article its file and line."""
    return tuple(replace(one, findings=tuple(gate.placed(one.findings, article))) for one in handed)


def _stopped(products: Sequence[Product]) -> Iterator[Finding]:
    """Walk the files that a finding stopped: without them nothing goes out."""
    for product in products:
        if product.edition in packing.PACKED and not product.written:
            message = N_("“{file}” was not made: without it nothing goes out.")
            remedy = N_("The findings of that file say what to do.")
            yield Finding("deliver.stopped", message, {"file": product.path.name}, remedy=remedy)


def _placed(product: Product, out: Path) -> Product:
    """Return a product of a borrowed folder as one of `out`."""
    report = product.report and out / product.report.name
    return replace(product, path=out / product.path.name, report=report)


def _version(journal: Journal, sums: Mapping[str, str], order: Order) -> Version:
    """Return the version that has these files, a new one where none has."""
    return _known(journal, sums, order) or journal.begin(sums, order.why)


def _known(journal: Journal, sums: Mapping[str, str], order: Order) -> Version | None:
    """Return the version that has these files; raise ProductFault where a new one lacks its reason."""
    known = journal.version(sums)
    if known:
        return known
    changed = journal.changed(sums)
    if changed and not order.why.strip():
        last, names = changed
        message = N_("The publication has changed since version {number} went out ({when}): {files}.")
        when = f"{'.'.join(reversed(last.time[:10].split('-')))}, {last.time[11:16]}"
        values: dict[str, object] = {"number": last.number, "when": when, "files": ", ".join(names)}
        remedy = N_("A new version needs its reason: --why “…”. Each target of the order gets it; what went out stays.")
        raise ProductFault(Finding("deliver.changed", message, values, remedy=remedy))
    return None


class _Serving:
    """One publication's way to its targets: house, order, what the house says for each target, journal, course."""

    def __init__(
        self, style: house.House, order: Order, settings: Mapping[str, Any], journal: Journal, course: Course
    ) -> None:
        self.style, self.order, self.settings = style, order, settings
        self.journal, self.course = journal, course

    def all(self, parcel: Parcel) -> Iterator[Handed]:
        """Seal what the house wants sealed, then serve the targets; without its seal nothing goes out."""
        if self.settings[seal.NAME] is not None:
            first = self.one(seal.NAME, parcel)
            yield first
            if first.exit_code:
                return
            try:
                parcel = parcel if self.order.dry_run else seal.sealed(self.call(seal.NAME, parcel))
            except Stop as stop:
                yield replace(first, state="failed", findings=stop.faults, exit_code=stop.exit_code)
                return
        for name in deliver.TARGETS:
            if name in self.order.targets:
                handed = self.one(name, parcel)
                yield replace(handed, place=self._shown(handed.place))

    def _shown(self, place: str) -> str:
        """Return a place as people find it; the journal's own folder may move, and it with it."""
        own = place and "://" not in place and not Path(place).is_absolute()
        return str(self.journal.path.parent / place) if own else place

    def call(self, name: str, parcel: Parcel) -> deliver.Call:
        """Return what a target is asked."""
        done = self.journal.done()
        folder = self.journal.path.parent
        return deliver.Call(parcel, self.settings[name], folder, self.style.folder, done, self.order.send)

    def one(self, name: str, parcel: Parcel) -> Handed:
        """Serve one target; what hinders it does not keep the others."""
        publication, number = parcel.facts.id, parcel.version.number
        try:
            plan = deliver.target(name).plan(self.call(name, parcel))
        except Stop as stop:
            return Handed(publication, name, number, "", "refused", stop.faults, exit_code=stop.exit_code)
        if self.order.dry_run:
            return self._planned(publication, name, number, plan)

        def told(done: int, of: int) -> None:
            self.course.progress(name, done, of)

        again = "deliver.unclear" in self.order.despite
        return deliver.hand_over(publication, name, number, plan, self.journal, told, self.course.wait, again)

    def _planned(self, publication: str, name: str, number: int, plan: deliver.Plan) -> Handed:
        """Return what of a plan would be done now."""
        key = (number, name, plan.place)
        left = tuple(step for step in plan.steps if self.journal.state(*key, step.name) != "done")
        since = max((self.journal.since(*key, step.name) for step in plan.steps if step not in left), default="")
        state: State = "planned" if left else "already"
        steps = told_of(replace(plan, steps=left))
        return Handed(publication, name, number, plan.place, state, plan.findings, steps, since=since)


def publications(out: Path) -> list[str]:
    """Return the names of the publications in `out` that have a journal."""
    return sorted(path.parent.name for path in out.glob(f"*/{deliver.NAME}"))


def story(out: Path, publication: str) -> list[dict[str, Any]]:
    """Return the journal's events of one publication; raises DeliveryFault where it cannot be read."""
    return Journal(out / publication, moment).events
