"""What is on the subject, how squarely, and why."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.relevance import judge, load

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
HEADLINES = tomllib.loads(Path(__file__).with_name("headlines.toml").read_text("utf-8"))
TITLE = "Retrait des contenus terroristes en ligne : Bruxelles presse les plateformes"
ON_TOPIC = (
    "Le ministère de l'Intérieur demande aux réseaux sociaux de supprimer la propagande djihadiste. "
    "Les hébergeurs auront une heure pour retirer les vidéos signalées par Pharos. "
)
OFF_TOPIC = (
    "La commune a inauguré mardi sa nouvelle piscine, après deux ans de travaux et bien des reports. "
    "Les nageurs du club ont ouvert le bassin, sous les yeux d'une centaine d'habitants venus sous la pluie. "
)


@pytest.mark.parametrize("title", HEADLINES["squarely"])
def test_headlines_squarely_on_the_subject(title: str) -> None:
    assert judge(title).label == 2


@pytest.mark.parametrize("title", HEADLINES["either"])
def test_headlines_on_the_subject(title: str) -> None:
    assert judge(title).label >= 1


@pytest.mark.parametrize("title", HEADLINES["off"])
def test_headlines_off_the_subject(title: str) -> None:
    assert judge(title).label == 0


def test_a_judgement_says_by_which_words() -> None:
    judgement = judge("Haine en ligne", "Le Sénat vote la loi.")
    assert [(term.term, term.group, term.where, term.start, term.end) for term in judgement.terms] == [
        ("Haine", "hate", "title", 0, 5),
        ("en ligne", "internet", "title", 6, 14),
        ("Sénat", "State", "text", 3, 8),
        ("vote", "debate", "text", 9, 13),
        ("loi", "law and justice", "text", 17, 20),
    ]
    assert judgement.version


@pytest.mark.parametrize(
    "title",
    [
        "retrait-des-contenus-terroristes-en-ligne-bruxelles-presse-les-plateformes",
        "retrait_des_contenus_terroristes_en_ligne_bruxelles_presse_les_plateformes",
        TITLE.upper(),
        TITLE.replace(" ", "\u00a0"),
    ],
)
def test_slugs_capitals_and_spaces_do_not_matter(title: str) -> None:
    assert judge(title).score == judge(TITLE).score


def test_words_are_whole() -> None:
    assert judge("La prochaine : haineuxique, sitewebs, terroristement").terms == ()


def test_a_text_on_the_subject_needs_no_title() -> None:
    assert judge("Ce qui change lundi", ON_TOPIC * 4).label == 2


def test_one_mention_in_a_long_text_is_in_passing() -> None:
    assert judge("La piscine rouvre", OFF_TOPIC * 8 + ON_TOPIC + OFF_TOPIC * 8).label == 0
    assert judge(TITLE, OFF_TOPIC * 16).score < judge(TITLE).score


def test_facets_far_apart_do_not_meet() -> None:
    apart = (
        "Le terrorisme inquiète. " + OFF_TOPIC * 3 + "Un site vend des livres sur internet. " + OFF_TOPIC * 3
    )
    assert judge("Conseil municipal", apart + "La police veille. ").label == 0


@given(st.text(), st.text())
def test_any_text_can_be_judged(title: str, text: str) -> None:
    judgement = judge(title, text)
    assert 0 <= judgement.score <= 1
    for term in judgement.terms:
        assert (title if term.where == "title" else text)[term.start : term.end] == term.term


WORDS = st.sampled_from(
    [*ON_TOPIC.split(), *OFF_TOPIC.split(), "\n\n", "prison", "émeutes", "pornographiques"]
)


@given(st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=80).map(" ".join))
def test_labels_follow_the_score(title: str, text: str) -> None:
    judgement, query = judge(title, text), load()
    assert judgement.label == (judgement.score >= query.partly) + (judgement.score >= query.squarely)
    assert judgement.version == query.version


def test_miniweb() -> None:
    files = sorted((SHARED / "miniweb" / "visible" / "expected").glob("*/*.json"))
    if not files:
        pytest.skip("needs ../shared/miniweb")
    for file in files:
        page = json.loads(file.read_text("utf-8"))
        judgement = judge(page["title"], "\n\n".join([page["lead"] or "", *page["body"]]))
        assert (judgement.label >= 1) == page["on_topic"], file.stem
