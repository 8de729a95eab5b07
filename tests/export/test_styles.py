"""References as French sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from crawler.corpus.stream import COLUMNS, Record
from crawler.export.styles import apa, capture, iso690

AT = dt.datetime(2024, 2, 29, 23, 30, tzinfo=dt.UTC)
KNOWN = {
    "title": "La réforme passe-t-elle ?", "source_name": "Le Courrier", "url": "https://courrier.example/1",
    "authors": ["Anne-Lise Petit", "Jean de La Ville"], "agency": [], "published_at": AT,
    "timezone": "Europe/Paris", "fetched_at": AT, "first_seen_at": AT, "warc_record": None,
}  # fmt: skip
RECORD = Record(**{name: KNOWN.get(name) for name in COLUMNS})  # type: ignore[arg-type]  # what a style does not read


def test_iso_690() -> None:
    assert iso690(RECORD) == (
        "PETIT, Anne-Lise et DE LA VILLE, Jean. La réforme passe-t-elle ? Le Courrier [en ligne]. "
        "1er mars 2024 [consulté le 29 février 2024]. Disponible à l’adresse : https://courrier.example/1"
    )


def test_apa() -> None:
    assert apa(RECORD) == (
        "Petit, A.-L. et de La Ville, J. (2024, 1er mars). La réforme passe-t-elle ? Le Courrier. "
        "https://courrier.example/1"
    )


def test_what_nobody_signed_or_dated() -> None:
    bare = replace(RECORD, authors=[], agency=["AFP"], published_at=None)
    assert iso690(bare).startswith("AFP. La réforme passe-t-elle ? Le Courrier [en ligne]. Sans date [")
    assert apa(replace(bare, agency=[])) == (
        "La réforme passe-t-elle ? (s. d.). Le Courrier. https://courrier.example/1"
    )


@pytest.mark.parametrize("count", [21, 30])
def test_apa_names_nineteen_of_many_and_the_last(count: int) -> None:
    names = [f"Nom{chr(ord('a') + number % 26) * (1 + number // 26)}" for number in range(count)]
    found = apa(replace(RECORD, authors=[f"Zoé {name}" for name in names]))
    assert f"{names[18]}, Z., … {names[-1]}, Z. (2024" in found
    assert f" {names[19]}," not in found


def test_a_capture_is_named() -> None:
    assert capture(RECORD) == "Capture : aucune."
    kept = replace(RECORD, warc_record="urn:uuid:1", warc_file="a.warc.gz", warc_offset=7)
    assert capture(kept) == "Capture : urn:uuid:1, a.warc.gz, octet 7."
