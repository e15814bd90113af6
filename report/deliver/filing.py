"""One document into a repository: look first, act only on what is missing, read back what was filed.

A run may be killed at any moment, a line may break behind any question: what was done is found by the note in the
publication's own folder, by the journal, and by the bytes themselves; never a second document, never a second version
for one. Knows: a repository, one file. Must never know: how a server is spoken to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from report.deliver.browser import Conflict, Properties, Repository
from report.deliver.mapping import Mapped
from report.deliver.step import Hand, Result
from report.deliver.whole import put_file
from report.deliver.wire import Away
from report.errors import DeliveryFault
from report.findings import N_
from report.parcel import Item, digest
from report.records import record


@record(frozen=True)
class Wanted:
    """A file, the names it is to have there, and what is known of it from before.

    `before`: object ids with their version labels; `sums`: checksums of the file in earlier versions.
    """

    item: Item
    folder: str
    name: str
    type: str
    folder_type: str
    mapped: Mapped
    number: int
    reason: str
    note: Path  # in the publication's own folder; begins with a dot
    before: Sequence[tuple[str, str]] = ()
    sums: frozenset[str] = frozenset()


class Filing:
    """The way of one document into a repository."""

    def __init__(self, repository: Repository, wanted: Wanted, hand: Hand) -> None:
        self.repository, self.wanted, self.hand = repository, wanted, hand
        self.access = repository.wire.access
        self.kind = repository.kind(wanted.type)
        self.versions = bool(self.kind.get("versionable"))
        self.made = ""  # the object that this run made
        self.folder, self.name = self._where()

    def _where(self) -> tuple[str, str]:
        """Return folder and name: those under which the document was begun, else those wanted now."""
        if not self.versions:  # each version is a document of its own
            stem, dot, ending = self.wanted.name.rpartition(".")
            name = f"{stem}-v{self.wanted.number}.{ending}" if dot else f"{self.wanted.name}-v{self.wanted.number}"
            return self.wanted.folder, name
        with suppress(OSError, ValueError, KeyError, TypeError):
            noted = json.loads(self.wanted.note.read_bytes())
            return str(noted["folder"]), str(noted["name"])
        return self.wanted.folder, self.wanted.name

    def done(self) -> Result:
        """File the document and return where it lies; raises DeliveryFault."""
        fault = None
        for attempt in range(self.access.tries):
            try:
                for _ in range(4):  # folder, document or check-out, check-in, and the look that finds it done
                    found = self._look()
                    if found is not None and self._is_done(found):
                        return self._result(found)
                    self._act(found)
            except Away as away:
                fault = away.fault
                self.repository.wire.pause(away, attempt)
            except Conflict as conflict:  # look again: it may have been ourselves
                fault = conflict.fault
        assert fault is not None
        raise DeliveryFault(fault)

    # -- look --

    def _look(self) -> Properties | None:
        found = self.repository.at(f"{self.folder}/{self.name}")
        if found is not None and self.versions and found.get("cmis:isLatestVersion") is False:
            found = self.repository.latest(str(found["cmis:objectId"]))
        if found is not None and found.get("cmis:baseTypeId") != "cmis:document":
            raise self._in_the_way()
        return found

    def _is_done(self, found: Properties) -> bool:
        """Tell whether just this version is filed; raise DeliveryFault where something else lies there."""
        item = self.wanted.item
        identity, label = str(found["cmis:objectId"]), str(found.get("cmis:versionLabel") or "")
        length = found.get("cmis:contentStreamLength")
        ours = (identity, label) in self.wanted.before
        there = ""
        if not (isinstance(length, int) and length not in (-1, len(item.data)) and ours):
            most = max(len(item.data), length if isinstance(length, int) else 0) + 1
            there = digest(self.repository.content(identity, most))
        if there == item.sha256 and (identity == self.made or not ours):
            return True
        if identity == self.made:
            message = N_("{target}: what the server gives back of “{name}” is not what was filed.")
            remedy = N_("Ask the records system's people whether it changes files; look at the document there.")
            fault = self.repository.wire.fault("deliver.changed-there", message, remedy, name=self.name)
            raise DeliveryFault(fault)
        if not self.versions or not (ours or there in self.wanted.sums):
            raise self._in_the_way()
        return False

    def _in_the_way(self) -> DeliveryFault:
        message = N_("{target}: at “{path}” lies something else already. Nothing was replaced.")
        remedy = N_("Look what it is. Give it another name there, then order again.")
        path = f"{self.folder}/{self.name}"
        return DeliveryFault(self.repository.wire.fault("deliver.in-the-way", message, remedy, path=path))

    def _result(self, found: Properties) -> Result:
        label = found.get("cmis:versionLabel")
        return {
            "object": str(found["cmis:objectId"]),
            "label": str(label or ""),
            "path": f"{self.folder}/{self.name}",
            "sha256": self.wanted.item.sha256,
        }

    # -- act --

    def _act(self, found: Properties | None) -> None:
        """Do the next thing that is missing."""
        properties, faults = self.wanted.mapped.properties(self.kind, new=found is None)
        if faults:
            raise DeliveryFault(*faults)
        if found is not None:
            self._version(found, properties)
            return
        where = {"folder": self.folder, "name": self.name}
        if self.versions:
            put_file(self.wanted.note, json.dumps(where, ensure_ascii=False).encode())
        self.repository.folder(self.folder, self.wanted.folder_type)
        given = {**properties, "cmis:name": (self.name,), "cmis:objectTypeId": (self.wanted.type,)}
        state = "major" if self.versions else "none"
        made = self.repository.act("createDocument", self.folder, given, self._content(), versioningState=state)
        self.made = str(made["cmis:objectId"])

    def _version(self, found: Properties, properties: Mapping[str, tuple[str, ...]]) -> None:
        """Check a new version in, on the working copy that lies there if it is ours."""
        state = f"{found['cmis:objectId']} {found.get('cmis:versionLabel')}"
        mark = digest(state.encode())[:8]
        note = self.wanted.note.with_name(f"{self.wanted.note.name}-{mark}")
        copy = self._copy_there(found, note)
        if not copy:
            put_file(note, b"checkOut\n")  # a run after this one knows whose the copy of this state is
            made = self.repository.act("checkOut", "", {}, objectId=str(found["cmis:objectId"]))
            copy = str(made["cmis:objectId"])
        told = {"objectId": copy, "major": "true", "checkinComment": self.wanted.reason}
        given = {name: values for name, values in properties.items() if name != "cmis:name"}
        try:
            made = self.repository.act("checkIn", "", given, self._content(), **told)
        except DeliveryFault:  # refused: leave the document as it was found
            with suppress(Away, Conflict, DeliveryFault):
                self.repository.act("cancelCheckOut", "", {}, objectId=copy)
            raise
        self.made = str(made["cmis:objectId"])

    def _copy_there(self, found: Properties, note: Path) -> str:
        """Return the private working copy that we left; raise DeliveryFault where it is somebody else's."""
        if not found.get("cmis:isVersionSeriesCheckedOut"):
            return ""
        whose = str(found.get("cmis:versionSeriesCheckedOutBy") or "")
        copy = str(found.get("cmis:versionSeriesCheckedOutId") or "")
        mine = not whose or not self.access.account or _bare(whose) == _bare(self.access.account)
        if note.exists() and mine and copy:
            return copy
        message = N_("{target}: “{path}” is just being worked on by “{whose}”: no new version can be filed.")
        remedy = N_("Let it be checked in or given up there, then order again.")
        values: dict[str, Any] = {"path": f"{self.folder}/{self.name}", "whose": whose or "?"}
        raise DeliveryFault(self.repository.wire.fault("deliver.checked-out", message, remedy, **values))

    def _content(self) -> tuple[str, bytes, str]:
        item = self.wanted.item
        return item.name, item.data, item.media


def _bare(account: str) -> str:
    """Return an account without the domain that may stand before or behind it."""
    return account.rpartition("\\")[2].partition("@")[0].casefold()
