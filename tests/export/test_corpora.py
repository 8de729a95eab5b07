"""Corpora for text analysis, held against the formats' own rules and schemas."""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from lxml import etree

from crawler.export import gargantext, txm
from crawler.export.cells import one_line
from tests.export.articles import record, records, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.corpus.stream import Record
    from crawler.export.job import LeftOut

TEI = "{http://www.tei-c.org/ns/1.0}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("tei.rng")))
EMPTY = {"title": "", "lead": " ", "body": ""}


def tei(articles: list[Record]) -> etree._Element:
    with tempfile.TemporaryDirectory() as folder:
        return etree.parse(written("tei", articles, Path(folder))[0]).getroot()


@given(records)
def test_tei_of_any_article_is_valid(articles: list[Record]) -> None:
    found = tei(articles)
    SCHEMA.assertValid(found)
    assert [text.get("{http://www.w3.org/XML/1998/namespace}id") for text in found.iter(f"{TEI}TEI")] == [
        f"a{one.id}" for one in articles
    ] or not articles


def test_tei_says_where_a_text_comes_from() -> None:
    found = tei([record(published_precision="day"), record(id=8, **EMPTY)])
    first = found.find(f"{TEI}TEI")
    assert first is not None
    dates = {date.get("type"): date.get("when") for date in first.iter(f"{TEI}date")}
    assert dates == {"published": "2024-03-06", "download": "2024-03-05T23:30:00+00:00"}
    assert [term.text for term in first.iter(f"{TEI}term")] == ["Société", "Réseaux, sociaux", "Haine"]
    assert [part.text for part in first.iter(f"{TEI}p")] == [
        "Un chapô.",
        "Premier paragraphe.",
        "Deuxième paragraphe.",
    ]
    assert [ref.get("target") for ref in first.iter(f"{TEI}ref")] == [record().url]


def test_tei_passes_the_definition_that_trafilatura_ships() -> None:
    xml = pytest.importorskip(
        "trafilatura.xml", reason="trafilatura is not installed: pip install hemero[dev]"
    )
    texts = tei([record(), record(id=8, **EMPTY)]).findall(f"{TEI}TEI")
    for text in texts:  # a DTD knows no namespace: lxml takes the prefix of xml:id for an attribute
        del text.attrib["{http://www.w3.org/XML/1998/namespace}id"]
    read = [etree.fromstring(etree.tostring(text)) for text in texts]
    assert [xml.validate_tei(text) for text in read] == [True, True]
    read[0].append(etree.fromstring("<nonsense/>"))
    assert not xml.validate_tei(read[0])


def starred(text: bytes) -> list[tuple[dict[str, str], list[str]]]:
    """A corpus as IRaMuTeQ reads it: the rules of its reader, whatever the writer meant."""
    assert not text.startswith(b"\xef\xbb\xbf")
    texts: list[tuple[dict[str, str], list[str]]] = []
    for line in text.decode("utf-8").splitlines():
        if line.startswith("****"):
            variables = {}
            for star in line.split()[1:]:
                name, _, value = star.partition("_")
                assert re.fullmatch(r"\*[a-z]+", name), line
                assert re.fullmatch(r"[a-z0-9_-]{1,40}", value), line
                variables[name[1:]] = value
            texts.append((variables, []))
        elif line.strip():
            assert not line.startswith("-*"), "a thematic"
            assert not (line[:4].isdigit() and "*" in line), "the other style of marks"
            texts[-1][1].append(line)
    assert all(lines for _, lines in texts), "a text without a line is dropped"
    return texts


@given(records)
def test_iramuteq_reads_any_article(articles: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target, job = written("iramuteq", articles, Path(folder))
        texts = starred(target.read_bytes())
    assert len(texts) == job.written
    left = [key for one in job.left_out.values() for key in one.ids]
    assert [stars["id"] for stars, _ in texts] == [f"a{one.id:06}" for one in articles if one.id not in left]
    for _, lines in texts:
        body = "\n".join(lines)
        assert not set(body) & set("$£æÆÿŸ*\ufeff")
        assert not re.search(r"(?<!\w)_\w|\w_(?!\w)", body), "a starred form"
    assert len({(row[0], row[1]) for row in job.codebook}) == len(job.codebook), "two originals, one value"


def test_iramuteqs_own_variables(tmp_path: Path) -> None:
    articles = [
        record(id=1, source_name="Le Monde.fr, édition", section="Société"),
        record(id=2, section="SOCIETE!", agency=[], published_at=None, access="paywalled", cluster_id=9),
        record(id=3, **EMPTY),
    ]
    target, job = written("iramuteq", articles, tmp_path)
    (first, lines), (second, _) = starred(target.read_bytes())
    assert first == {
        "source": "le_mondefr",
        "date": "2024-03-06",
        "am": "2024-03",
        "annee": "2024",
        "rubrique": "societe",
        "acces": "libre",
        "agence": "afp",
        "cluster": "non",
        "rev": "1",
        "id": "a000001",
    }
    assert lines[:2] == ["Haine en ligne : 100 % des œuvres, « l'été ».", "Un chapô."]
    assert (second["date"], second["am"], second["rubrique"]) == ("missing", "missing", "societe_2")
    assert (second["acces"], second["agence"], second["cluster"]) == ("payant", "non", "9")
    assert {reason: one.ids for reason, one in job.left_out.items()} == {"no text: IRaMuTeQ drops it": [3]}
    assert ("rubrique", "societe_2", "SOCIETE!", "1") in job.codebook


@given(records)
def test_txm_reads_any_article(articles: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target, job = written("txm", articles, Path(folder))
        with target.joinpath("metadata.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        files = {file.stem for file in target.glob("*.txt")}
    assert [row["id"] for row in rows] == [
        f"a{one.id:06}" for one in articles if one.id not in ids_left(job.left_out)
    ]
    assert files == {row["id"] for row in rows}
    assert not rows or list(rows[0]) == list(txm.FIELDS)
    assert all("\n" not in cell for row in rows for cell in row.values())
    assert all(re.fullmatch(r"[a-z]+", name) for name in txm.FIELDS)


def ids_left(left_out: Mapping[str, LeftOut]) -> list[int]:
    return [key for one in left_out.values() for key in one.ids]


@given(records)
def test_gargantext_reads_any_article(articles: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target, _ = written("gargantext", articles, Path(folder))
        table = pd.read_csv(target, sep="\t", keep_default_na=False, dtype=str)
    assert list(table) == [
        "Publication Day",
        "Publication Month",
        "Publication Year",
        "Authors",
        "Title",
        "Abstract",
        "Source",
    ]
    dated = [one for one in articles if one.published_at]
    assert [title.removeprefix("'") for title in table["Title"]] == [one_line(one.title) for one in dated]
    assert set(table["Publication Day"]) <= {"6"}
    assert list(gargantext.FIELDS) == list(table)


def test_a_folder_of_texts_names_them_by_day_and_source(tmp_path: Path) -> None:
    articles = [record(), record(id=8, published_at=None, source="www.a.example"), record(id=9, **EMPTY)]
    target, job = written("text", articles, tmp_path)
    assert {file.name for file in target.iterdir()} == {
        "2024-03-06_courrier_a000007.txt",
        "undated_www-a-example_a000008.txt",
    }
    assert (target / "2024-03-06_courrier_a000007.txt").read_text("utf-8") == (
        f"{record().title}\n\nUn chapô.\n\nPremier paragraphe.\n\nDeuxième paragraphe.\n"
    )
    assert job.written == 2
