"""What Scrapy's and lxml's security advisories were about stays shut, whatever a later version defaults to.

What shows on the wire (redirects to file:, cookies and credentials after a redirect, bombs) is held by
test_misbehaviour.py.
"""

from __future__ import annotations

from importlib.metadata import version

import pytest
from scrapy.settings import Settings

SHUT = {
    "TELNETCONSOLE_ENABLED": False,  # a page's POST ran code in the console (1.5.2)
    "REMOTE_CONTROL_ENABLED": False,
    "COOKIES_ENABLED": False,  # CVE-2022-0577, GHSA-mfjm-vh54-3f96
    "REFERER_ENABLED": False,  # GHSA-cwxj-rr6w-m6w7: a Referrer-Policy was run as a callable
    "HTTPPROXY_ENABLED": False,  # 2.6.2 and GHSA-jm3v-qxmh-hxwv: credentials of one proxy sent to another
    "METAREFRESH_ENABLED": False,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
}


@pytest.fixture
def settings() -> Settings:
    made = Settings()
    made.setmodule("crawler.settings", priority="project")
    return made


def test_what_must_be_off_is_off(settings: Settings) -> None:
    assert {name: settings.getbool(name) for name in SHUT} == SHUT
    handlers = settings.getdict("DOWNLOAD_HANDLERS")  # GHSA-23j4-mw76-5v7h, GHSA-76g3-c3x4-crvx
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}
    middlewares = settings.getdict("DOWNLOADER_MIDDLEWARES")
    for name in (
        "httpauth.HttpAuth",
        "httpcompression.HttpCompression",
        "redirect.Redirect",
        "offsite.Offsite",
    ):
        assert middlewares[f"scrapy.downloadermiddlewares.{name}Middleware"] is None
    extensions = settings.getdict("EXTENSIONS")
    assert extensions["scrapy.extensions.telnet.TelnetConsole"] is None


def test_what_is_unpacked_and_downloaded_has_an_end(settings: Settings) -> None:
    assert settings.getint("DOWNLOAD_MAXSIZE") <= 10 * 1024 * 1024  # CVE-2024-3572, CVE-2025-6176
    assert settings.getint("DOWNLOAD_TIMEOUT") <= 30
    assert settings.getint("REDIRECT_MAX_TIMES") <= 5


def test_libraries_are_new_enough() -> None:
    def at_least(name: str, *wanted: int) -> bool:
        return tuple(int(part) for part in version(name).split(".")[: len(wanted)]) >= wanted

    assert at_least("scrapy", 2, 19)
    assert at_least("lxml", 6, 1)  # CVE-2026-41066
    assert at_least("brotli", 1, 2)  # bombs in one chunk
