"""What a target does, in steps: each is done whole, told to the journal, and not done again.

A step that is killed before the journal knows of it is done again: so it must find what it has already done and leave
that. A step that cannot (a mail that has left) says `begun` just before, and is never repeated by itself.

Knows: parcels, the journal's records. Must never know: which targets there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from report.deliver.settings import Settings
from report.errors import DeliveryFault
from report.findings import Finding
from report.parcel import Item, Parcel
from report.records import record

Result = Mapping[str, object]  # what the journal keeps of a step: text, numbers; never an address


class Hand(Protocol):
    """What a step may ask of those who run it."""

    def begun(self) -> None:
        """Write into the journal that now happens what cannot be undone or found again."""

    def called_off(self) -> None:
        """Write that what was begun did certainly not happen: it may be done again."""

    def remark(self, finding: Finding) -> None:
        """Tell of something that does not keep the step from being done."""

    def known(self) -> Sequence[Done]:
        """Return the steps that the journal knows to be done by now."""

    def progress(self, done: int, of: int) -> None:
        """Tell how far a long step has come."""

    def wait(self, seconds: float) -> None:
        """Pause before another try."""


class Unclear(DeliveryFault):
    """A step was begun, and nobody knows whether it happened: it is told, and not done again by itself."""


@record(frozen=True)
class Step:
    """One step: a stable name, what it does (a message id with its values), files and recipients for --dry-run.

    `run` returns what the journal keeps; it raises DeliveryFault (a server, an account), TargetFault (a drive), or
    Unclear. `apart`: what becomes of it does not keep the steps behind it.
    """

    name: str
    what: str
    values: dict[str, object]
    run: Callable[[Hand], Result]
    files: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()  # shown on request, kept nowhere
    apart: bool = False


@record(frozen=True)
class Done:
    """A step that the journal knows to be done, of any version."""

    target: str
    place: str
    version: int
    step: str
    when: str
    result: Mapping[str, object]


@record(frozen=True)
class Call:
    """What a target is asked: a parcel, its own settings, what was done before, the publication's own folder.

    `send`: the order says --send. `house` is the house's folder, where files that the settings name lie.
    """

    parcel: Parcel
    settings: Any
    folder: Path
    house: Path
    done: Sequence[Done] = ()
    send: bool = False

    def results(self, target: str, version: int | None = None) -> tuple[Done, ...]:
        """Return what a target did: in `version`, or in any."""
        return tuple(one for one in self.done if one.target == target and version in (None, one.version))

    def lies(self, target: str, place: str, step: str, item: Item) -> bool:
        """Tell whether `step` put just this version of a file at `place` when an earlier version of all went out."""
        own, now = self.parcel.versions(item), self.parcel.version.number
        since = own[-1].number if own else now
        return any(one.step == step and one.place == place and since <= one.version < now
                   for one in self.results(target))  # fmt: skip


@record(frozen=True)
class Plan:
    """What a target will do: where (a folder, a server: no secret in it), its steps, and what is to remark.

    `then`: the steps that follow from what the others came to, out of what the journal knows by then.
    """

    place: str
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...] = ()
    then: Callable[[Sequence[Done]], Iterable[Step]] | None = None


def shown(path: Path, call: Call) -> str:
    """Return a place for the journal: one in the publication's own folder moves with it."""
    return path.relative_to(call.folder).as_posix() if path.is_relative_to(call.folder) else str(path)


class Target(Protocol):
    """A target: a module of the rack with two functions."""

    def read(self, settings: Settings) -> Any:
        """Return the target's own part of the house file; faults are left with `settings`."""

    def plan(self, call: Call) -> Plan:
        """Return what will be done; touches nothing. Raises DeliveryFault with all that hinders."""
