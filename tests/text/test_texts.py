"""Normal forms, fingerprints and languages."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.fingerprint import digest
from crawler.text.language import detect
from crawler.text.normalise import clean, fold, fold_each, squeeze, typography

SENTENCE = "« L’été – dit-il – sera “long”… »"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"),
        ("\x1b[2J\x00\x07a\x9bb\u202ec\u2066d", "[2Jabcd"),
        ("mo\u00adt\u200b ca\ufeffché\u2060", "mot caché"),
        ("e\u0301te\u0301", "été"),
        ("a\ud800b", "a\ufffdb"),
        ("Paris\u00a0: 10\u202f%\tœuf", "Paris\u00a0: 10\u202f%\tœuf"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_squeeze_and_fold() -> None:
    assert squeeze(" a\u00a0\n b ") == "a b"
    assert fold("  L’ŒUVRE\u00a0d’Étienne — «Çà» ") == "l'oeuvre d'etienne - \"ca\""


@given(st.text())
def test_normal_forms_are_stable(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()
    assert len(fold_each(text)) == len(text)
    assert fold(fold(cleaned)) == fold(cleaned)


@pytest.mark.parametrize(
    "other",
    [
        '" L\'été - dit-il - sera "long"... "',
        "«\u00a0L'été — dit-il — sera «long»...\u202f»",
        "«L’e\u0301té – dit‑il –\n\nsera “long”…»",
        "«\u200b L’été – dit-il – sera “long”… »",
    ],
)
def test_typography_does_not_make_another_text(other: str) -> None:
    assert digest(other) == digest(SENTENCE)
    assert typography(other) == typography(SENTENCE)


@given(st.text(st.characters(codec="cp1252") | st.sampled_from("\u202f\u2009\u2010\u2011\u2212")))
def test_a_foreign_letter_beside_it_changes_nothing_in_a_text(text: str) -> None:
    """Texts of the usual characters are replaced in another way than those with others."""
    assert fold_each(f"{text}Ж") == fold_each(text) + "ж"
    assert typography(f"{text}Ж") == typography(text) + "Ж"


@pytest.mark.parametrize("other", ["é", "e", "E", "1", ".", ",", "!"])
def test_every_letter_digit_and_stop_makes_another_text(other: str) -> None:
    assert digest(SENTENCE + other) != digest(SENTENCE)
    assert digest("été") != digest("Été") != digest("Ete")


@given(st.text(), st.text())
def test_paragraph_breaks_do_not_matter(one: str, other: str) -> None:
    assert digest(f"{one} a\n\nb {other}") == digest(f"{one} a b {other}")
    assert digest(one).startswith("sha256:")
    assert len(digest(one)) == 71


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le conseil municipal a voté la rénovation de la piscine, qui sera fermée pendant deux ans."),
        ("fr", "LE PRÉSIDENT DE LA RÉGION A DIT QU’IL N’ÉTAIT PAS AU COURANT DE LA SITUATION."),
        ("en", "The council has voted to renovate the pool, which will be closed for two years."),
        ("es", "El ayuntamiento ha votado la renovación de la piscina, que estará cerrada durante dos años."),
        ("de", "Der Gemeinderat hat die Sanierung des Bades beschlossen, das zwei Jahre geschlossen wird."),
        (
            "it",
            "Il consiglio comunale ha votato il rinnovo della piscina, che sarà chiusa per due anni.",
        ),
        ("nl", "De gemeenteraad heeft gestemd over de renovatie van het zwembad, dat twee jaar dicht is."),
        ("pt", "A câmara municipal aprovou a renovação da piscina, que não vai abrir durante os dois anos."),
        ("ar", "صوت المجلس البلدي على تجديد المسبح الذي سيغلق لمدة عامين كاملين"),
        ("", "Paris Lyon Marseille Toulouse Nice Nantes Strasbourg Montpellier Bordeaux Lille"),
        ("", "Le chat dort."),
        ("", ""),
    ],
)
def test_language(language: str, text: str) -> None:
    assert detect(text) == language
