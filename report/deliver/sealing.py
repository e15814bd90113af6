"""How a file is sealed, by pyHanko: keys from a PKCS#12 file or a PKCS#11 device, the time stamp over our own HTTP.

Knows: CMS signatures in PDF. Must never know: which file it is.
"""

from __future__ import annotations

import io
import logging
from datetime import datetime
from pathlib import Path
from ssl import SSLContext
from typing import Any

import pkcs11
import pkcs11.exceptions
from asn1crypto import tsp
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

from report.errors import DeliveryFault
from report.findings import N_, Finding, Place
from report.records import record

FIELD = "Siegel"
_DIGEST = "sha256"


@record(frozen=True, eq=False)
class Key:
    """A key with its certificate, ready to sign."""

    signer: Any


@record(frozen=True)
class Service:
    """A time-stamp service (RFC 3161): its address, how certificates are checked, how long to wait in seconds."""

    address: str
    context: SSLContext
    timeout: int


def from_file(path: Path, passphrase: str, when: str) -> Key:
    """Read a PKCS#12 file; raise DeliveryFault where the passphrase is wrong or the certificate is not valid `when`."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # its own words are English, ours follow
    try:
        signer = signers.SimpleSigner.load_pkcs12(str(path), passphrase=passphrase.encode())  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise _fault(N_("seal: “{file}” cannot be read: {reason}."), file=path.name, reason=str(error)) from None
    if signer is None:
        message = N_("seal: “{file}” is no PKCS#12 file, or its passphrase is another one.")
        raise _fault(message, N_("Ask whoever keeps the seal of the town."), file=path.name)
    return _valid(signer, when)


def from_token(module: Path, token: str, label: str, pin: str, when: str) -> Key:
    """Open a PKCS#11 device; raise DeliveryFault where it is not there, the PIN is wrong, or no such key is on it."""
    try:
        session = open_pkcs11_session(str(module), token_criteria=TokenCriteria(label=token), user_pin=pin)
        signer = PKCS11Signer(session, cert_label=label, key_label=label)
        return _valid(signer, when)
    except pkcs11.exceptions.PinIncorrect:
        raise _fault(N_("seal: the PIN of the device “{token}” is wrong."), _CAREFUL, token=token) from None
    except (pkcs11.exceptions.PKCS11Error, SigningError, RuntimeError) as error:
        message = N_("seal: the device “{token}” does not give the key “{label}”: {reason}.")
        reason = str(error) or type(error).__name__
        raise _fault(message, _PLUGGED, token=token, label=label, reason=reason) from None


_CAREFUL = N_("After some wrong PINs the device locks itself: ask whoever keeps the seal before you try again.")
_PLUGGED = N_("Look whether the device is plugged in, and what deliver: seal says of it.")


def _valid(signer: Any, when: str) -> Key:
    certificate = signer.signing_cert
    begin, end = certificate.not_valid_before, certificate.not_valid_after
    if not begin <= datetime.fromisoformat(when) <= end:
        message = N_("seal: the certificate is valid from {begin} to {end} only.")
        remedy = N_("Ask whoever keeps the seal for a new certificate.")
        raise _fault(message, remedy, begin=f"{begin:%d.%m.%Y}", end=f"{end:%d.%m.%Y}")
    return Key(signer)


class _Sealer(signers.PdfSigner):
    """Signs at a given moment: that of the journal."""

    moment: datetime

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        session = super().init_signing_session(*given, **named)
        session.system_time = self.moment
        return session


class _Stamper(TimeStamper):
    """Asks a time-stamp service."""

    def __init__(self, service: Service) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.service = service

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send the request and return the answer; raises DeliveryFault."""
        import urllib3

        timeout = urllib3.Timeout(total=self.service.timeout)
        retries = urllib3.Retry(3, backoff_factor=1, status_forcelist=(502, 503, 504), allowed_methods=None)
        head = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        try:
            with urllib3.PoolManager(ssl_context=self.service.context, timeout=timeout, retries=retries) as pool:
                answer = pool.request("POST", self.service.address, body=req.dump(), headers=head)
        except urllib3.exceptions.HTTPError as error:
            reason = str(getattr(error, "reason", "") or error)
            raise _fault(_UNSTAMPED, _LATER, address=self.service.address, reason=reason) from None
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        if answer.status != 200 or kind != "application/timestamp-reply":
            raise _fault(_UNSTAMPED, _LATER, address=self.service.address, reason=f"HTTP {answer.status}, {kind}")
        return tsp.TimeStampResp.load(answer.data)


_UNSTAMPED = N_("seal: the time-stamp service {address} gives no time stamp: {reason}.")
_LATER = N_("Give the order again later; nothing has gone out.")


def seal(data: bytes, key: Key, words: tuple[str, str, str], when: str, service: Service | None) -> bytes:
    """Return the file with its seal added behind it; `words`: reason, place, whom to ask. Raises DeliveryFault.

    The field is invisible: the look of the page is what was released.
    """
    reason, place, contact = (word or None for word in words)
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm=_DIGEST,
        reason=reason,
        location=place,
        contact_info=contact,
    )
    out = io.BytesIO()
    stamper = _Stamper(service) if service else None
    sealer = _Sealer(meta, key.signer, timestamper=stamper, new_field_spec=SigFieldSpec(FIELD, on_page=0))
    sealer.moment = datetime.fromisoformat(when)
    try:
        sealer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), output=out)
    except (SigningError, TimestampRequestError, PdfError, pkcs11.exceptions.PKCS11Error, ValueError) as error:
        raise _fault(N_("seal: the file cannot be sealed: {reason}."), reason=str(error)) from None
    return out.getvalue()


def _fault(message: str, remedy: str = "", **values: object) -> DeliveryFault:
    return DeliveryFault(Finding("deliver.seal", message, values, Place(), remedy=remedy))
