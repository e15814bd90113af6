"""A town's seal for the tests: its authority, a key in a file and on a device, and a time-stamp service on loopback."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

PASSPHRASE, PIN = "geheim", "1234"
MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
BEGIN, END = datetime(2024, 1, 1), datetime(2030, 1, 1)


class Authority:
    """An authority with the keys that it certified."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        self.certificate = self._certified("Testwurzel", self.key, BEGIN, END, root=True)

    def _certified(
        self,
        name: str,
        key: rsa.RSAPrivateKey,
        begin: datetime,
        end: datetime,
        *,
        root: bool = False,
        stamps: bool = False,
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if root else self.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(not root, not root, False, False, False, root, root, False, False), critical=True
            )
        )
        if stamps:
            made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        return made.sign(self.key, hashes.SHA256())

    def file(self, path: Path, end: datetime = END) -> Path:
        """Write a seal as PKCS#12, valid until `end`."""
        key = rsa.generate_private_key(65537, 2048)
        certificate = self._certified("Siegel der Stadt Gladbeck (Test)", key, BEGIN, end)
        locked = serialization.BestAvailableEncryption(PASSPHRASE.encode())
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"siegel", key, certificate, [self.certificate], locked))
        return path

    def device(self, folder: Path, label: str) -> None:
        """Make a device of software in `folder` (SOFTHSM2_CONF names its file) with a key and a certificate on it."""
        (folder / "tokens").mkdir(parents=True)
        (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n", encoding="utf-8")
        key = rsa.generate_private_key(65537, 2048)
        certificate = self._certified("Siegel der Stadt Gladbeck (Test)", key, BEGIN, END)
        plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
        said = {"SOFTHSM2_CONF": str(folder / "softhsm2.conf")}
        token = ["--token", label, "--pin", PIN]
        for order in (
            ["--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", PIN],
            ["--import", str(folder / "key.pem"), *token, "--label", "siegel", "--id", "01"],
        ):
            subprocess.run(["softhsm2-util", *order], env=said, check=True, capture_output=True)
        self._put(label, certificate.public_bytes(serialization.Encoding.DER))

    @staticmethod
    def _put(label: str, certificate: bytes) -> None:
        import pkcs11

        with pkcs11.lib(str(MODULE)).get_token(token_label=label).open(rw=True, user_pin=PIN) as session:
            session.create_object(
                {
                    pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                    pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                    pkcs11.Attribute.TOKEN: True,
                    pkcs11.Attribute.LABEL: "siegel",
                    pkcs11.Attribute.ID: b"\x01",
                    pkcs11.Attribute.SUBJECT: asn1x509.Certificate.load(certificate).subject.dump(),
                    pkcs11.Attribute.VALUE: certificate,
                }
            )

    def stamper(self) -> DummyTimeStamper:
        """Return what makes time stamps."""
        key = rsa.generate_private_key(65537, 2048)
        certificate = self._certified("Zeitstempel (Test)", key, BEGIN, END, stamps=True)
        der = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return DummyTimeStamper(
            asn1x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
            asn1keys.PrivateKeyInfo.load(key.private_bytes(*der)),
        )


@contextmanager
def served(stamper: DummyTimeStamper | None) -> Iterator[str]:
    """Serve time stamps on loopback; without a stamper, nonsense."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            body, kind = b"<html>Guten Tag</html>", "text/html"
            if stamper is not None:
                body, kind = (
                    stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump(),
                    "application/timestamp-reply",
                )
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        server.server_close()
