"""References, read by the libraries that others wrote for them."""

from __future__ import annotations

import json
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rispy
from csl_reference import Reference
from hypothesis import given
from pybtex.database import parse_string
from pybtex.richtext import Text

from crawler.export import bibtex, csl_json, ris
from crawler.export.cells import one_line
from crawler.export.names import split
from tests.export.articles import record, records, written

if TYPE_CHECKING:
    from crawler.corpus.stream import Record


def text(form: str, articles: list[Record]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return written(form, articles, Path(folder))[0].read_text("utf-8")


def test_ris_holds_what_zotero_reads() -> None:
    [entry] = rispy.loads(text("ris", [record()]))
    assert entry == {
        "type_of_reference": "NEWS",
        "title": "Haine en ligne : 100 % des œuvres, « l'été »",
        "authors": ["de La Ville, Inès", "Rédaction du Courrier", "AFP"],
        "secondary_title": "Le Courrier & Cie",
        "date": "2024/03/06/",
        "year": "2024",
        "urls": ["https://courrier.example/a?b=1&c=%7Bd%7D"],
        "access_date": "2024/03/05/",
        "language": "fr",
        "abstract": "Un chapô.",
        "section": "Société",
        "keywords": ["Réseaux, sociaux", "Haine"],
        "name_of_database": "hemero-1.warc.gz",
        "accession_number": "urn:uuid:0",
        "notes": ["hemero:7, revision 1"],
    }


@given(records)
def test_ris_of_any_article_is_one_reference(articles: list[Record]) -> None:
    entries = rispy.loads(text("ris", articles))
    assert [entry.get("title", "") for entry in entries] == [one_line(one.title) for one in articles]


def test_bibtex_holds_what_biblatex_needs() -> None:
    source = bibtex.entry(record())
    entry = parse_string(source, "bibtex").entries["courrier2024-7"]
    assert entry.type == "article"
    assert Text.from_latex(entry.fields["title"]).render_as("text") == record().title
    people = [str(person) for person in entry.persons["author"]]
    assert people == ["de La Ville, Inès", "{Rédaction du Courrier}", "{AFP}"]
    assert entry.fields["url"] == record().url
    assert {
        name: entry.fields[name] for name in ("date", "urldate", "langid", "entrysubtype", "journaltitle")
    } == {
        "date": "2024-03-06",
        "urldate": "2024-03-05",
        "langid": "french",
        "entrysubtype": "newspaper",
        "journaltitle": "Le Courrier \\& Cie",
    }


@given(records)
def test_bibtex_of_any_article_is_one_entry(articles: list[Record]) -> None:
    entries = parse_string(text("bibtex", articles), "bibtex").entries
    assert list(entries) == [bibtex.key(one) for one in articles]
    for entry, one in zip(entries.values(), articles, strict=True):
        assert len(entry.persons.get("author", [])) == len(one.authors) + len(one.agency)
        assert entry.fields["url"] == one.url


@given(records)
def test_csl_json_of_any_article_fits_the_schema(articles: list[Record]) -> None:
    entries = json.loads(text("csl-json", articles))
    assert [Reference.model_validate(entry, by_alias=True).csl_dump() for entry in entries] == entries
    assert [entry.get("title", "") for entry in entries] == [one_line(one.title) for one in articles]


def test_citeproc_writes_a_bibliography() -> None:
    shown = cited(csl_json.entry(record()))
    for part in ("La Ville", "2024", "100 %", "Le Courrier", "https://courrier.example/a"):
        assert part in shown


def cited(entry: dict[str, Any]) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # what citeproc-py says of its own style and of fields it does not know
        from citeproc import (  # noqa: PLC0415
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

        source = CiteProcJSON([entry])
        made = CitationStylesBibliography(
            CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain
        )
        made.register(Citation([CitationItem(entry["id"])]))
        return str(made.bibliography()[0])


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Inès Calvet", "Calvet", "Inès"),
        ("Jean-Marc LE GOFF", "LE GOFF", "Jean-Marc"),
        ("LE GOFF Jean-Marc", "LE GOFF", "Jean-Marc"),
        ("Marine Le Goff", "Le Goff", "Marine"),
        ("Dominique de La Ville", "de La Ville", "Dominique"),
        ("Amina Ben Salah", "Ben Salah", "Amina"),
        ("Anne d’Arvor", "d’Arvor", "Anne"),
        ("Anne d’Arvor Roux", "d’Arvor Roux", "Anne"),
        ("Goff, Marine", "Goff", "Marine"),
        ("P. Durand", "Durand", "P."),
        ("Plantu", "Plantu", ""),
        ("AFP", "AFP", ""),
        ("La rédaction", "La rédaction", ""),
        ("Tahiti Infos", "Tahiti Infos", ""),
        ("JEAN DURAND", "DURAND", "JEAN"),
    ],
)
def test_names_are_split_as_french_newspapers_write_them(name: str, family: str, given: str) -> None:
    assert split(name) == (family, given)
    assert ris.entry(record(authors=[name]))


def test_a_text_that_no_record_holds_names_none() -> None:
    assert "annotation = {hemero:7, revision 1}" in bibtex.entry(record(warc_record=None))
