"""The journal of one publication: what went where, when, with which checksum, and what came of it.

One line of JSON for each event, only ever added, synced before anything follows from it. It holds the true times: they
are asked for once, at a version's first hand-over, and repeated from here. Recipients stand in it as the list's name
and row, never with an address. A line torn by a fall of the machine is passed over: what it told of is found again.

Knows: lines, versions, steps. Must never know: what a step does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from report import files
from report.deliver.step import Done, Result
from report.errors import DeliveryFault, TargetFault
from report.findings import N_, Finding, Place
from report.parcel import Version
from report.records import replace

NAME = "hand-over.jsonl"
_WORD = {"event": str, "when": str}
_VERSION = {**_WORD, "version": int, "reason": str, "files": dict}
_STEP = {**_WORD, "version": int, "target": str, "place": str, "step": str, "result": dict}
_FACTS: Mapping[str, Mapping[str, type]] = {
    "version": _VERSION, "done": _STEP, "begun": _STEP, "failed": _STEP,
    "despite": {**_WORD, "version": int, "rule": str, "why": str},
}  # fmt: skip


class Journal:
    """The journal in `folder`; `clock` gives the moment as `2026-11-25T17:51:48+01:00`. Raises DeliveryFault."""

    def __init__(self, folder: Path, clock: Callable[[], str]) -> None:
        self.path = folder / NAME
        self.clock = clock
        self._load()

    def _load(self) -> None:
        self.events = list(self._read())
        self._seen = 0  # how many of them stand in `_steps`
        self._steps: dict[tuple[object, ...], tuple[str, str]] = {}

    def _read(self) -> Iterator[dict[str, Any]]:
        """Walk the lines that are whole; one that is no event of ours is a fault, unless it is the torn last."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise _unkept(self.path, error) from None
        lines = raw.split(b"\n")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                event = json.loads(line)
                if not _ours(event):
                    raise ValueError
            except ValueError:
                if line is lines[-1] or self._torn(lines, number):
                    continue
                message = N_("This line of the journal cannot be read: somebody has changed it.")
                remedy = N_("Put the journal back from a backup, or ask whoever looks after the program.")
                place = Place(str(self.path), number)
                raise DeliveryFault(Finding("deliver.journal", message, {}, place, remedy=remedy)) from None
            yield event

    @staticmethod
    def _torn(lines: list[bytes], number: int) -> bool:
        """Tell whether a line was left torn by a fall: the next one says that it goes on behind it."""
        return number < len(lines) and lines[number].startswith(b'{"event":"resumed"')

    def write(self, event: str, **facts: object) -> None:
        """Add an event and see it safe on the drive; raise TargetFault where that is impossible."""
        told = {"event": event, "when": self.clock(), **facts}
        line = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            new = not self.path.exists()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as stream:
                if stream.tell() and not _ends_whole(stream):
                    resumed = json.dumps({"event": "resumed", "when": self.clock()}, separators=(",", ":"))
                    stream.write(b"\n" + resumed.encode() + b"\n")
                stream.write(line + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
            if new:
                files.sync(self.path.parent)
        except OSError as error:
            raise _unkept(self.path, error) from None
        self.events.append(told)

    # -- versions --

    def versions(self) -> tuple[Version, ...]:
        """Return the versions in the order in which they went out for the first time."""
        found = (event for event in self.events if event["event"] == "version")
        return tuple(Version(one["version"], one["when"], one["reason"], one["files"]) for one in found)

    def version(self, sums: Mapping[str, str]) -> Version | None:
        """Return the version that has just these files, unless they have since been replaced by others.

        A publication that goes back to what it was is a version of its own: the registry has seen the one between.
        """
        alike = [one for one in self.versions() if set(one.files) == set(sums)]
        return alike[-1] if alike and dict(alike[-1].files) == dict(sums) and not self.changed(sums) else None

    def changed(self, sums: Mapping[str, str]) -> tuple[Version, tuple[str, ...]] | None:
        """Return the files that were others when they went out last, and the last version that had them so.

        A further layout of the same text adds files; it changes none.
        """
        last = {name: one for one in self.versions() for name in one.files}
        names = tuple(name for name, digest in sums.items() if name in last and last[name].files[name] != digest)
        return (max((last[name] for name in names), key=lambda one: one.number), names) if names else None

    def begin(self, sums: Mapping[str, str], reason: str) -> Version:
        """Write down a new version and return it."""
        number = len(self.versions()) + 1
        self.write("version", version=number, reason=reason, files=dict(sums))
        return self.versions()[-1]

    # -- steps --

    def done(self) -> tuple[Done, ...]:
        """Return every step that is done."""
        return tuple(
            Done(one["target"], one["place"], one["version"], one["step"], one["when"], one["result"])
            for one in self.events
            if one["event"] == "done"
        )

    def state(self, version: int, target: str, place: str, step: str) -> str:
        """Return how a step stands: `done`, `begun` (nobody knows how it ended), `failed`, or nothing."""
        return self._standing((version, target, place, step))[0]

    def since(self, version: int, target: str, place: str, step: str) -> str:
        """Return when a step became what it is; nothing for one that the journal does not know."""
        return self._standing((version, target, place, step))[1]

    def _standing(self, key: tuple[object, ...]) -> tuple[str, str]:
        """Return state and moment of a step. Each event is looked at once: a mailing has tens of thousands."""
        for event in self.events[self._seen :]:
            if "step" in event and self._steps.get(_key(event), ("", ""))[0] != "done":
                self._steps[_key(event)] = (event["event"], event["when"])
        self._seen = len(self.events)
        return self._steps.get(key, ("", ""))

    def step(self, event: str, version: int, target: str, place: str, step: str, result: Result) -> None:
        """Write what became of a step."""
        self.write(event, version=version, target=target, place=place, step=step, result=dict(result))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others from handing over the same publication at the same time; raise DeliveryFault where one does."""
        lock = self.path.with_name(f".{self.path.stem}.lock")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            stream = lock.open("ab")
        except OSError as error:
            raise _unkept(lock, error) from None
        with stream:
            if not _locked(stream.fileno()):
                message = N_("“{name}” is just being handed over by another run of the program.")
                remedy = N_("Wait until it is done, then give the order again.")
                values: dict[str, object] = {"name": self.path.parent.name}
                raise DeliveryFault(Finding("deliver.busy", message, values, remedy=remedy))
            self._load()
            yield


def _unkept(path: Path, error: OSError) -> TargetFault:
    """Return what keeps the journal from being read or written; in another folder it would know of nothing."""
    (found,) = files.fault(path, error).faults
    remedy = N_("Without its journal nothing goes out. Mend that, then order again with the same --out.")
    return TargetFault(replace(found, remedy=remedy))


def _ours(event: object) -> bool:
    """Tell whether an event has all that we write of one; one of a kind that is not known yet has its time."""
    if not isinstance(event, dict):
        return False
    facts = _FACTS.get(str(event.get("event")), _WORD)
    return all(isinstance(event.get(name), kind) for name, kind in facts.items())


def _key(event: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(event.get(name) for name in ("version", "target", "place", "step"))


def _ends_whole(stream: Any) -> bool:
    stream.seek(-1, os.SEEK_END)
    whole: bool = stream.read(1) == b"\n"
    stream.seek(0, os.SEEK_END)
    return whole


def _locked(handle: int) -> bool:
    """Lock an open file for this process; the lock ends with the process, however it ends."""
    if os.name == "nt":  # pragma: no cover -- not on the machines of the tests
        import msvcrt

        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
            return True
        return False
    import fcntl

    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
