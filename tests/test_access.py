"""Passwords come from the environment or the keyring, never from a file; certificates are always checked."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from report.datafile import parse
from report.deliver import Settings
from report.deliver.access import secret, tls
from report.errors import DeliveryFault, LayoutFault


def test_a_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATZSPIEGEL_MAIL_PASSWORD", "geheim")
    assert secret("mail", "password", "presse") == "geheim"


def test_where_a_secret_is_missing_both_places_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SATZSPIEGEL_MAIL_PASSWORD", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    with pytest.raises(DeliveryFault) as stop:
        secret("mail", "password", "presse")
    (fault,) = stop.value.faults
    assert "SATZSPIEGEL_MAIL_PASSWORD" in fault.filled(fault.remedy)
    assert "keyring set satzspiegel-mail presse" in fault.filled(fault.remedy)


def test_a_secret_in_the_house_file_is_refused() -> None:
    entry = parse(b"server: mail.example.org\npassword: geheim\n", Path("house.yaml"), LayoutFault)
    settings = Settings(Path("house.yaml"), entry)
    settings.known("server")
    (fault,) = settings.faults
    assert fault.place.line == 2
    assert "geheim" not in str(fault)


def test_the_towns_own_authority_is_trusted_beside_the_systems(tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    context = tls("mail", tmp_path / "ca.pem")
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    (tmp_path / "no.pem").write_text("no certificate", encoding="utf-8")
    for name in ("no.pem", "not-there.pem"):
        with pytest.raises(DeliveryFault):
            tls("mail", tmp_path / name)
