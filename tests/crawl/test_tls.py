"""Certificates are verified, and SSL_CERT_FILE says whom to trust."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crawl.conftest import Crawl

PAGE = """<!DOCTYPE html><html lang="fr"><title>Une plateforme de signalement</title>
<article><h1>Une plateforme de signalement</h1>
<p>Les enquêteurs ont reçu deux cents signalements depuis lundi, dont la moitié visait un seul compte.</p>
<p>« Nous demandons aux hébergeurs de répondre dans l'heure », rappelle la cheffe du service.</p>
<p>Les associations réclament un accès aux décisions, afin de savoir ce qui disparaît et pourquoi.</p>
</article></html>""".encode()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_page = self.path != "/robots.txt"
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE if is_page else b"")

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[str]:
    """The address of an https server whose certificate only ``tmp_path/cert.pem`` vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hemero test")])
    now = dt.datetime.now(dt.UTC)
    local = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(local, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}/signalement-des-contenus-haineux"
    server.shutdown()
    thread.join()
    server.server_close()


def allowed(url: str) -> dict[str, Any]:
    """The explicit exception that an address of this machine needs."""
    return {"HEMERO_ALLOW_ADDRESSES": "127.0.0.1/32", "HEMERO_ALLOW_PORTS": str(urlsplit(url).port)}


def test_a_certificate_that_nobody_vouches_for_is_refused(crawl: Crawl, secure: str) -> None:
    crawl.scrapy("page", "-a", f"url={secure}", code=7, HEMERO_PROXY="", **allowed(secure))
    [row] = crawl.rows("select outcome from outcomes where url = ?", secure)
    assert row["outcome"] == "robots_unreachable"
    assert not crawl.rows("select * from articles")


def test_ssl_cert_file_is_honoured(crawl: Crawl, secure: str, tmp_path: Path) -> None:
    dead = "http://127.0.0.1:9"  # a proxy of the environment is not obeyed
    crawl.scrapy(
        "page", "-a", f"url={secure}", HEMERO_PROXY="", https_proxy=dead, HTTPS_PROXY=dead,
        SSL_CERT_FILE=str(tmp_path / "cert.pem"), **allowed(secure),
    )  # fmt: skip
    assert crawl.rows("select title from articles")[0]["title"] == "Une plateforme de signalement"
