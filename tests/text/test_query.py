"""A query of one's own: what its terms mean, and what is said when it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.errors import ConfigurationError
from crawler.text.relevance import judge, load

if TYPE_CHECKING:
    from pathlib import Path

BEES = """
version = "bees-1"
partly = 0.3
squarely = 0.6
facets = { bees = 0.0, policy = 0.2 }

[[group]]
name = "not meant"
terms = ["abeille maya"]

[[group]]
name = "bees"
adds = { bees = 0.9 }
terms = ["abeille(s)", "api(culture|culteur|culteurs)", "pollinis*", "œuf(s) .. reine"]

[[group]]
name = "policy"
adds = { policy = 0.8 }
terms = ["loi(s)", "ministre"]

[[group]]
name = "colony"
adds = { bees = 0.7 }
near = ["policy"]
unless = ["chemistry"]
terms = ["ruche(s)"]

[[group]]
name = "chemistry"
adds = { bees = -0.5 }
terms = ["polymère"]
"""


@pytest.fixture
def bees(tmp_path: Path) -> Path:
    file = tmp_path / "bees.toml"
    file.write_text(BEES, "utf-8")
    return file


@pytest.mark.parametrize(
    ("title", "terms", "score"),
    [
        ("L'abeille et la loi", ["abeille", "loi"], 0.9 * 0.84),
        ("Les ABEILLES", ["ABEILLES"], 0.9 * 0.2),
        ("Les abeillesque", [], 0),
        ("L’apiculteur, api-culture", ["apiculteur"], 0.9 * 0.2),
        ("Pollinisatrices", ["Pollinisatrices"], 0.9 * 0.2),
        ("oeufs de la jeune reine", ["oeufs de la jeune reine"], 0.9 * 0.2),
        ("Œuf de reine", ["Œuf de reine"], 0.9 * 0.2),
        ("Œuf. Une reine", [], 0),
        ("œuf de la très vieille jeune reine", [], 0),
        ("Abeille Maya, la loi", ["loi"], 0),
        ("Une ruche", ["ruche"], 0),
        ("pour-lapiculture-et-dautres-lois", ["apiculture", "lois"], 0.9 * 0.84),
        ("L'un, lapiculture", [], 0),
        ("Une ruche, une loi", ["ruche", "loi"], 0.7 * 0.84),
        ("Une ruche, une loi, un polymère", ["ruche", "loi", "polymère"], 0),
        ("L'abeille, la loi, le polymère", ["abeille", "loi", "polymère"], 0.45 * 0.84),
    ],
)
def test_terms(bees: Path, title: str, terms: list[str], score: float) -> None:
    judgement = judge(title, query=load(bees))
    assert [term.term for term in judgement.terms] == terms
    assert judgement.score == pytest.approx(score)
    assert judgement.version == "bees-1"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("partly = 0.3", "partly = 0.3\ncolour = 1", "unknown key 'colour'"),
        ("partly = 0.3", "partly = 0.7", "partly and squarely"),
        ("partly = 0.3", "partly = 'a'", "partly: cannot be 'a'"),
        ('version = "bees-1"', "", "version"),
        ("bees = 0.0, ", "bees = 1.0, ", "facets: bees: 1.0"),
        ('unless = ["chemistry"]', 'unless = ["physics"]', "group 'colony'.*'physics'"),
        ("adds = { policy = 0.8 }", "adds = { politics = 0.8 }", "group 'policy'.*politics"),
        ("adds = { policy = 0.8 }", "ads = { policy = 0.8 }", "group 'policy'.*unknown key 'ads'"),
        ('"ministre"', '"min*"', "term 'min\\*'.*letters before"),
        ('"ministre"', '"ministre ("', "term 'ministre \\('"),
        ('"ministre"', '"ministre, loi"', "term 'ministre, loi'.*expected words"),
        ('"ministre"', "3", "terms: cannot be"),
        ('name = "policy"', 'name = "bees"', "two of that name"),
        ('name = "policy"', "", "group '\\?'.*name"),
        ("[[group]]", "[group]", "."),
    ],
)
def test_a_wrong_query_is_an_error_that_names_file_and_key(bees: Path, old: str, new: str, said: str) -> None:
    bees.write_text(BEES.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigurationError, match=f"(?s)bees.toml.*{said}"):
        load(bees)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"nowhere\.toml"):
        load(tmp_path / "nowhere.toml")


def test_ours_is_in_order() -> None:
    query = load()
    terms = [term for group in query.groups for term in group.terms]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []
