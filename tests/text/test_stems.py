"""Words as they are searched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.stems import LONGEST, WORD, marks, of_word, stems


@pytest.mark.parametrize(
    "same",
    [
        "radicalisation radicalisations radicalisé radicalisée radicalisées radicaliser RADICALISÉS",
        "l'islam d’islam islam qu'islam jusqu’islam l\u02bcIslam ISLAM",
        "œuvre oeuvre œuvres Œuvre OEUVRES l'œuvre",
        "haineux haineuse haineuses",
        "contenu contenus",
        "vidéo vidéos video videos",
        "média médias medias",
        "ennemi ennemis",
        "français française françaises",
        "Élysée elysee l'Élysée E\u0301lyse\u0301e",
        "terroriste terrorisme terroristes",
        "signalé signalée signalees signaler signalèrent signalerent",
        "autorité autorités autorite autorites",
        "pla\u00adteforme plateforme plate\u200bforme plateformes",
        "première premiere premières premieres",
        "Straße strasse",
        "ﬁlière filière",
    ],
)
def test_spellings_and_inflections_are_one_stem(same: str) -> None:
    assert len({tuple(stems(word)) for word in same.split()}) == 1


@pytest.mark.parametrize(
    "different",
    ["prévention prison", "haine aine", "arme larme", "cour concours", "2015 2016", "d'abord bord"],
)
def test_different_words_stay_different(different: str) -> None:
    first, second = different.split()
    assert stems(first) != stems(second)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("porte-parole", 2),
        ("O'Brien", 2),
        ("aujourd'hui", 2),
        ("« l’Élysée, d’Avia »", 2),
        ("20 % de 1 000 €", 4),
        ("’’ _ -- … 👩\u200d👧", 0),
        ("snake_case", 1),
        ("新闻 الإسلام", 2),
    ],
)
def test_words_are_cut_where_a_reader_cuts_them(text: str, words: int) -> None:
    assert len(stems(text)) == words


@given(st.text())
def test_words_are_cut_the_same_whole_or_one_by_one(text: str) -> None:
    assert stems(text) == [stem for word in WORD.findall(text) for stem in of_word(word)]


@given(st.text())
def test_stems_are_small_letters_and_digits_only(text: str) -> None:
    for stem in stems(text):
        assert stem
        assert stem.isalnum()
        assert len(stem) <= LONGEST
        assert not any("A" <= char <= "Z" or unicodedata.combining(char) for char in stem)


@given(st.text(alphabet="aàâeéèêëiîïoôuùûücçœæ'’ -", max_size=60))
def test_case_and_accents_never_matter(text: str) -> None:
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    assert stems(text) == stems(text.upper()) == stems(bare) == stems(unicodedata.normalize("NFD", text))


def test_a_form_is_marked_alike_however_its_accents_are_written() -> None:
    for word in ("l'Élysée", "hâte", "cœur", "ﬁlière"):
        assert marks(unicodedata.normalize("NFD", word)) == marks(word)
    assert marks("l'Élysée") == {"≡élysée", "≈elysee"}
