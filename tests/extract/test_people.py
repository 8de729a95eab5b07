"""Bylines: persons in their order, agencies apart, nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import agency, people

OUTLETS = (
    people.outlet_keys("Le Fleuve") | people.outlet_keys("lefleuve.fr") | people.outlet_keys("Rives et Soute")
)


@pytest.mark.parametrize(
    ("text", "persons", "agencies"),
    [
        ("Ada Roux", ["Ada Roux"], []),
        ("Par Ada Roux et Noé Le Goff", ["Ada Roux", "Noé Le Goff"], []),
        ("Ada Roux, Noé Le Goff & Inès d'Arvor", ["Ada Roux", "Noé Le Goff", "Inès d'Arvor"], []),
        ("Ecrit par : S.A", ["S.A"], []),
        ("Par E. ROUX", ["E. ROUX"], []),
        ("Propos recueillis par Ada Roux, à Rome", ["Ada Roux"], []),
        ("Ada Roux, Rives Télévisions", ["Ada Roux"], []),
        ("Par Ada Roux avec IDG NS", ["Ada Roux"], ["IDG"]),
        ("ROUX,ADA", ["ADA ROUX"], []),
        ("Ada Roux (avec Noé Vial et Lou Petit)", ["Ada Roux", "Noé Vial", "Lou Petit"], []),
        ("Ada Roux, journaliste au service politique", ["Ada Roux"], []),
        ("Par Ada Roux, envoyée spéciale à Brest", ["Ada Roux"], []),
        ("Ada Roux (Brest, correspondante)", ["Ada Roux"], []),
        ("Ada Roux ada.roux@lefleuve.example @adaroux", ["Ada Roux"], []),
        ("Lieutenant Maé Duval", ["Lieutenant Maé Duval"], []),
        ("Rédactrice : Ada Roux", ["Ada Roux"], []),
        ("Ada Roux Ada Roux", ["Ada Roux"], []),
        ("ADA ROUX, Ada Roux", ["ADA ROUX"], []),
        ("Ada Roux Photographe", ["Ada Roux"], []),
        ("de Ada Roux", ["Ada Roux"], []),
        ("11 MARS À 08H15", [], []),
        ("Noé de La Soute", ["Noé de La Soute"], []),
        ("Nico Ferré C.", ["Nico Ferré C."], []),
        ("M. Roux", ["M. Roux"], []),
        ("Ada Petit et M. El Kadi", ["Ada Petit", "M. El Kadi"], []),
        ("M. Noé Vial", ["Noé Vial"], []),
        ("Le Fleuve", [], []),
        ("LE FIL", [], []),
        ("Rives et Soute", [], []),
        ("Le Fleuve Science et Santé", [], []),
        ("La rédaction de Rives et Soute", [], []),
        ("lefleuve.fr", [], []),
        ("Journal Le Fleuve", [], []),
        ("Le Fleuve avec AFP", [], ["AFP"]),
        ("Le Fleuve et AFP", [], ["AFP"]),
        ("AFP", [], ["AFP"]),
        ("Avec AFP", [], ["AFP"]),
        ("Ada Roux avec AFP et Reuters", ["Ada Roux"], ["AFP", "Reuters"]),
        ("Ada Roux (AFP)", ["Ada Roux"], ["AFP"]),
        ("ats", [], ["ATS"]),
        ("La rédaction", [], []),
        ("Rédaction web", [], []),
        ("Bureau de Bruxelles", [], []),
        ("Ada Bureau", ["Ada Bureau"], []),
        ("admin", [], []),
        ("Entretien avec Ada Roux", [], []),
        ("Ada Roux, Télécharger l'article", ["Ada Roux"], []),
        ("benmarin", ["benmarin"], []),
        ("{{ author }}", [], []),
        ("Par larive.fr", [], []),
        ("Photo : Rive/Noé Vial", [], []),
        ("Photos Ada Roux et Noé Vial", [], []),
        ("Photos et texte : Ada Roux", ["Ada Roux"], []),
        ("Date de mise en ligne : 3 mai 2024", [], []),
    ],
)
def test_bylines_of_data(text: str, persons: list[str], agencies: list[str]) -> None:
    found = people.read(text, OUTLETS)
    assert (found.persons, found.agencies) == (persons, agencies)


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Ada Roux le Mardi 18 Janvier 2022 à 16:22 | Lu 1713 fois", ["Ada Roux"]),
        ("Ada Roux 14/02/2023, 06:30", ["Ada Roux"]),
        ("Ada Roux - Publié hier", ["Ada Roux"]),
        ("Rédacteur : maréchal des logis-chef Noé Vial", ["maréchal des logis-chef Noé Vial"]),
        ("Par la cheffe d'escadron Ada Roux", ["cheffe d'escadron Ada Roux"]),
        ("Ada Dimanche", ["Ada Dimanche"]),
        ("Ada Roux et Noé LUNDI", ["Ada Roux", "Noé LUNDI"]),
        ("Ada Roux Lundi 3 mai 2024", ["Ada Roux"]),
        ("Ada Roux mardi", ["Ada Roux"]),
        ("Ada Le Ven", ["Ada Le Ven"]),
        ("Ada Roux Ven 3 Mai 2024 à 14h05", ["Ada Roux"]),
        ("Ada Roux le ven. 3 mai", ["Ada Roux"]),
        ("Ada Postel, Noé Hierro", ["Ada Postel", "Noé Hierro"]),
        ("le commandant de la brigade", []),
        ("Rédaction : Maréchal des logis-chef Noé Vial", ["Maréchal des logis-chef Noé Vial"]),
        ("la commission européenne", []),
        ("le ministre de la Mer", []),
        ("SMS", []),
        ("VOS COMMENTAIRES", []),
        ("Facebook LinkedIn Mail", []),
        ("© Ada Roux", []),
        ("Créé le 30/03/2012 à 11h34 -- Mis à jour le 30/03/2012 à 11h40", []),
        ("ROUX,ADA", ["ADA ROUX"]),
        ("Hôtel de Soute", []),
        ("Fait à Soute, le 3 mai 2022.", []),
    ],
)
def test_visible_bylines_are_read_with_more_doubt(text: str, persons: list[str]) -> None:
    assert people.read(text, OUTLETS, visible=True).persons == persons


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("information fournie par Reuters 18/05/2020 à 12:12", ["Reuters"]),
        ("AFP le 20/02/2015 à 01:12", ["AFP"]),
        ("Source : AFP", ["AFP"]),
        ("avec Reuters et AP, 6 mai 2019", ["Reuters", "AP"]),
        ("Le Fleuve, avec l'AFP", ["AFP"]),
        ("Avec des informations de AP, Belga, Le Fleuve", ["AP", "Belga"]),
        ("Par Le Fleuve avec AFP et Reuters", ["AFP", "Reuters"]),
        ("Le directeur de l'AFP a été reçu hier par Reuters", []),
        ("Crédits : photo d'archives", []),
        ("Le bac au port. ( AFP / ADA ROUX )", []),
        ("Ada Roux (AFP/Reuters)", ["AFP", "Reuters"]),
    ],
)
def test_agencies_of_bylines(text: str, names: list[str]) -> None:
    assert agency.of_byline(text) == names


@pytest.mark.parametrize(
    ("paragraphs", "names"),
    [
        (["PARIS (AFP) - Le pont rouvre.", "Fin."], ["AFP"]),
        (["BERLIN, 3 déc (Reuters) – Le pont rouvre."], ["Reuters"]),
        (["(AFP) - Le pont rouvre."], ["AFP"]),
        (["Le pont rouvre.", "Les bacs s'arrêtent.", "(avec AFP)"], ["AFP"]),
        (["Le pont rouvre.", "Les bacs s'arrêtent demain. (AFP)"], ["AFP"]),
        (["Le pont rouvre.", "Les bacs s'arrêtent demain. (AFP, red, 3.5.2024)"], ["AFP"]),
        (["Le pont rouvre.", "Avec Reuters"], ["Reuters"]),
        (["Le pont rouvre.", "Avec AFP et Reuters"], ["AFP", "Reuters"]),
        (["Le pont rouvre.", "(ats/nxp)"], ["ATS"]),
        (
            ["L'AFP (agence française) ouvre un bureau.", "Reuters aussi, dit l'AFP.", "Fin de l'histoire."],
            [],
        ),
        (["Selon un journaliste de l'AFP, le pont rouvre.", "Un témoin l'a dit à l'AFP."], []),
        ([], []),
    ],
)
def test_agencies_of_texts_are_credits_not_mentions(paragraphs: list[str], names: list[str]) -> None:
    assert agency.of_text(paragraphs) == names


@given(st.text(max_size=500), st.booleans())
def test_no_byline_raises(text: str, visible: bool) -> None:
    found = people.read(text, OUTLETS, visible=visible)
    assert all(name.strip() for name in found.persons)


first = st.sampled_from(["Ada", "Noé", "Anne-Lise", "Inès", "Jean-Baptiste", "Maé"])
last = st.sampled_from(["Roux", "Le Goff", "d'Arvor", "Vial", "de La Tour", "N'Diaye", "Ferré-Lasne"])
names = st.lists(st.builds("{} {}".format, first, last), min_size=1, max_size=4, unique=True)


@given(
    names,
    st.sampled_from([", ", " et ", " & ", " / ", " avec "]),
    st.sampled_from(["", "Par ", "Rédigé par "]),
)
def test_any_list_of_names_is_read_back(written: list[str], joint: str, begin: str) -> None:
    text = begin + joint.join(written)
    assert people.read(text, OUTLETS).persons == written
    assert people.read(text, OUTLETS, visible=True).persons == written
