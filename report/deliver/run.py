"""Steps are done one after the other, and the journal told of each before the next begins.

Knows: steps, the journal, faults. Must never know: which target it serves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from report.deliver.journal import Journal
from report.deliver.step import Done, Hand, Plan, Result, Step, Unclear
from report.errors import DeliveryFault, Stop
from report.findings import N_, Finding
from report.records import record, replace

State = Literal["done", "already", "failed", "unclear", "planned", "refused"]


@record(frozen=True)
class Handed:
    """What came of one target: of `steps` so many were done now, so many before."""

    publication: str
    target: str
    version: int
    place: str
    state: State
    findings: tuple[Finding, ...] = ()
    steps: tuple[Step, ...] = ()
    done: int = 0
    before: int = 0
    since: str = ""  # when the last of the steps was done that were done before
    exit_code: int = 0


class _Hand:
    """What a running step may ask for."""

    def __init__(self, journal: Journal, key: tuple[int, str, str, str], outer: _Outer) -> None:
        self.journal, self.key, self.remarks = journal, key, outer.remarks
        self.progress, self.wait = outer.progress, outer.wait

    def begun(self) -> None:
        self.journal.step("begun", *self.key, {})

    def called_off(self) -> None:
        self.journal.step("failed", *self.key, {})

    def remark(self, finding: Finding) -> None:
        self.remarks.append(finding)

    def known(self) -> Sequence[Done]:
        return self.journal.done()


class _Outer:
    """What all steps of a run share."""

    def __init__(self, progress: Callable[[int, int], None], wait: Callable[[float], None]) -> None:
        self.progress, self.wait = progress, wait
        self.remarks: list[Finding] = []


def hand_over(
    publication: str,
    target: str,
    version: int,
    plan: Plan,
    journal: Journal,
    progress: Callable[[int, int], None],
    wait: Callable[[float], None],
    again: bool = False,
) -> Handed:
    """Do what of `plan` is not yet done; the first step that fails ends it, the rest waits for the next order.

    A step begun once of which nobody knows how it ended is not done again, unless the order says `again`: it may have
    reached somebody. What follows it waits, unless it stands apart.
    """
    done = before = 0
    since = ""
    outer = _Outer(progress, wait)
    doubts: list[Finding] = []
    key = (version, target, plan.place)

    def told(state: State, *findings: Finding, code: int = 0) -> Handed:
        found = (*plan.findings, *outer.remarks, *doubts, *findings)
        return Handed(publication, target, version, plan.place, state, found, told_of(plan), done, before, since, code)

    for step in _walked(plan, journal):
        state = journal.state(*key, step.name)
        if state == "done":
            before += 1
            since = journal.since(*key, step.name)
            continue
        try:
            if state == "begun" and not again:
                raise Unclear(_unclear(target, step))
            result = step.run(_Hand(journal, (*key, step.name), outer))
        except Unclear as stop:
            doubts += stop.faults
            if step.apart:
                continue
            break
        except Stop as stop:
            reasons = {"faults": [fault.rule for fault in stop.faults]}
            journal.step("failed", *key, step.name, reasons)
            return told("failed", *stop.faults, code=stop.exit_code)
        journal.step("done", *key, step.name, result)
        done += 1
    if doubts:
        return told("unclear", code=Unclear.exit_code)
    wrong = any(one.severity == "error" for one in outer.remarks)
    return told("done" if done else "already", code=DeliveryFault.exit_code if wrong else 0)


def _walked(plan: Plan, journal: Journal) -> Iterator[Step]:
    """Walk the steps, and then those that follow from them."""
    yield from plan.steps
    if plan.then is not None:
        yield from plan.then(journal.done())


def told_of(plan: Plan) -> tuple[Step, ...]:
    """Return the steps of a plan to be shown, in another process too: what they do is left behind."""
    return tuple(replace(step, run=_nothing) for step in plan.steps)


def _nothing(_: Hand) -> Result:
    return {}


def _unclear(target: str, step: Step) -> Finding:
    message = N_("{target}: the step “{step}” was broken off at the last moment; nobody knows whether it went through.")
    remedy = N_("Look at the target. If it did not arrive, order again with --despite deliver.unclear --why “…”.")
    return Finding("deliver.unclear", message, {"target": target, "step": step.name}, remedy=remedy)
