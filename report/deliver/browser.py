"""The Browser binding of CMIS 1.1 (OASIS, chapter 5): a repository's folders, documents and versions over HTTP.

Knows: the binding's words. Must never know: what is filed, or why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from report.deliver.wire import Answer, Away, Wire
from report.errors import DeliveryFault
from report.findings import N_, Finding

Properties = Mapping[str, Any]  # by id, as `succinct` gives them
_CONFLICTS = ("nameConstraintViolation", "updateConflict", "versioning", "contentAlreadyExists")


class Conflict(Exception):
    """Something stands otherwise than it was seen: look again. `fault` is what is told when it stays so."""

    def __init__(self, fault: Finding) -> None:
        super().__init__(str(fault))
        self.fault = fault


class Repository:
    """One repository of a server: the one named, or the only one. Raises DeliveryFault."""

    def __init__(self, wire: Wire, name: str) -> None:
        self.wire = wire
        known = self._json(wire.get(wire.access.address))
        offered = {key: one for key, one in known.items() if isinstance(one, dict) and "rootFolderUrl" in one}
        if not offered:
            raise self._nonsense()
        if name not in offered and (name or len(offered) > 1):
            message = N_("{target}: the server has no repository “{name}”. It has: {known}.")
            remedy = N_("Write one of them into the house file: deliver: {target}: repository.")
            raise self._stop("deliver.repository", message, remedy, name=name, known=", ".join(offered))
        info = offered[name or next(iter(offered))]
        self.address = self._ours(str(info["repositoryUrl"]))
        self.root = self._ours(str(info["rootFolderUrl"]))

    def _ours(self, address: str) -> str:
        """Return an address that the server names, on the server we asked: a login goes nowhere else."""
        asked, named = urlsplit(self.wire.access.address), urlsplit(address)
        return named._replace(scheme=asked.scheme, netloc=asked.netloc).geturl()

    # -- look --

    def at(self, path: str) -> Properties | None:
        """Return what lies at a path (getObjectByPath), None where nothing does."""
        answer = self.wire.get(self._place(path), cmisselector="object", succinct="true")
        return None if self._absent(answer) else self._properties(answer)

    def latest(self, identity: str) -> Properties | None:
        """Return the latest version of a document (getObjectOfLatestVersion)."""
        wanted = {"objectId": identity, "returnVersion": "latest"}
        answer = self.wire.get(self.root, cmisselector="object", succinct="true", **wanted)  # type: ignore[arg-type]
        return None if self._absent(answer) else self._properties(answer)

    def kind(self, name: str) -> Mapping[str, Any]:
        """Return the definition of an object type (getTypeDefinition)."""
        answer = self.wire.get(self.address, cmisselector="typeDefinition", typeId=name)
        if self._absent(answer) or (answer.status == 400 and self._exception(answer)[0] == "invalidArgument"):
            message = N_("{target}: the server has no object type “{name}”.")
            remedy = N_("Ask the records system's people for the type, and look at the house file.")
            raise self._stop("deliver.type", message, remedy, name=name)
        return self._json(answer)

    def content(self, identity: str, most: int) -> bytes:
        """Return a document's file (getContentStream), at most `most` bytes of it."""
        answer = self.wire.get(self.root, most, cmisselector="content", objectId=identity)
        if answer.status != 200:
            self._refuse(answer)
        return answer.data

    # -- act: each once; Away where nobody knows whether it was done, Conflict where it cannot be done now --

    def folder(self, path: str, kind: str) -> None:
        """Find a folder, or make it with those above."""
        made = ""
        for name in path.strip("/").split("/"):
            found = self.at(f"{made}/{name}")
            if found is None:
                given = {"cmis:name": (name,), "cmis:objectTypeId": (kind,)}
                self.act("createFolder", made or "/", given)
            elif found.get("cmis:baseTypeId") != "cmis:folder":
                message = N_("{target}: at “{path}” lies a document where a folder is wanted.")
                raise self._stop("deliver.in-the-way", message, path=f"{made}/{name}")
            made = f"{made}/{name}"

    def act(
        self,
        action: str,
        path: str,
        properties: Mapping[str, Sequence[str]],
        content: tuple[str, bytes, str] | None = None,
        **more: str,
    ) -> Properties:
        """Let the server do `action` to what lies at `path`, or to the object that `objectId` names."""
        fields = [("cmisaction", action), ("succinct", "true"), *more.items()]
        for number, (name, values) in enumerate(properties.items()):
            fields.append((f"propertyId[{number}]", name))
            if len(values) == 1:
                fields.append((f"propertyValue[{number}]", values[0]))
            else:
                fields += [(f"propertyValue[{number}][{one}]", value) for one, value in enumerate(values)]
        answer = self.wire.post(self.root if "objectId" in more else self._place(path), fields, content)
        if answer.status == 200 and not answer.data.strip():  # cancelCheckOut
            return {}
        if self._absent(answer):  # gone since it was seen: a working copy that was checked in, a folder renamed
            raise self._conflict(*self._exception(answer))
        return self._properties(answer)

    # -- answers --

    def _place(self, path: str) -> str:
        return self.root + quote(path.rstrip("/"), safe="/")

    def _absent(self, answer: Answer) -> bool:
        return answer.status == 404 and self._exception(answer)[0] == "objectNotFound"

    def _properties(self, answer: Answer) -> Properties:
        found = self._json(answer).get("succinctProperties")
        if not isinstance(found, dict):
            raise self._nonsense()
        return found

    def _json(self, answer: Answer) -> dict[str, Any]:
        if answer.status not in (200, 201):
            self._refuse(answer)
        try:
            found = json.loads(answer.data)
        except (ValueError, RecursionError):
            raise self._nonsense() from None
        if not isinstance(found, dict):
            raise self._nonsense()
        return found

    def _exception(self, answer: Answer) -> tuple[str, str]:
        """Return the name and words of what the server objects to (5.2.10), empty where it says nothing."""
        try:
            told = json.loads(answer.data)
            words = "".join(sign if sign.isprintable() else " " for sign in str(told.get("message", "")))
            return str(told["exception"]), " ".join(words.split())[:200].rstrip(".")
        except (ValueError, KeyError, TypeError, RecursionError):
            return "", ""

    def _refuse(self, answer: Answer) -> None:
        """Raise what an answer other than yes means."""
        name, words = self._exception(answer)
        if answer.status == 401:
            if self.wire.access.login == "bearer":
                message = N_("{target}: the server “{host}” does not take the token.")
            else:
                message = N_("{target}: the server “{host}” does not take the password of “{account}”.")
            remedy = N_("Put the right one into the keyring, or ask the records system's people.")
            raise self._stop("deliver.login", message, remedy)
        if answer.status == 403 or name == "permissionDenied":
            message = N_("{target}: “{account}” may not do this on the server “{host}”: {words}.")
            remedy = N_("The records system's people give the right to read and write in this folder.")
            raise self._stop("deliver.permission", message, remedy, words=words or "HTTP 403")
        if name == "storage" or answer.status == 507:
            message = N_("{target}: the server “{host}” has no room left: {words}.")
            remedy = N_("Tell the records system's people, then order again.")
            raise self._stop("deliver.storage", message, remedy, words=words or f"HTTP {answer.status}")
        if name in _CONFLICTS:
            raise self._conflict(name, words)
        if name:
            message = N_("{target}: the server “{host}” refuses: {words}.")
            remedy = N_("Ask the records system's people; the mapping stands in the house file.")
            raise self._stop("deliver.refused", message, remedy, words=f"{words} ({name})")
        if answer.status in (301, 302, 303, 307, 308):
            message = N_("{target}: the server “{host}” sends us elsewhere; a login is not carried there.")
            raise self._stop("deliver.moved", message, _ADDRESS)
        if answer.status >= 500:
            message = N_("{target}: the server “{host}” reports a fault of its own (HTTP {status}).")
            remedy = N_("Order again later; what is done already is not done twice.")
            raise Away(self.wire.fault("deliver.server", message, remedy, status=answer.status))
        raise self._nonsense(answer.status)

    def _conflict(self, name: str, words: str) -> Conflict:
        message = N_("{target}: the server “{host}” says that something is in the way: {words}.")
        remedy = N_("Look there what it is; nothing was replaced.")
        return Conflict(self.wire.fault("deliver.conflict", message, remedy, words=words or name))

    def _nonsense(self, status: int = 200) -> DeliveryFault:
        message = N_("{target}: “{host}” does not answer as a CMIS server does (HTTP {status}).")
        return self._stop("deliver.nonsense", message, _ADDRESS, status=status)

    def _stop(self, rule: str, message: str, remedy: str = "", **values: object) -> DeliveryFault:
        return DeliveryFault(self.wire.fault(rule, message, remedy, **values))


_ADDRESS = N_("The address of the Browser binding is wanted; it often ends in /browser.")
