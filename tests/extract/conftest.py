"""A page to put things into: invented prose, no site's markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.extract import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import Article

TITLE = "Les hébergeurs de Morvelle auront une heure pour agir"
LEAD = "Le conseil des hébergeurs a présenté mardi une charte que les associations jugent trop vague."
PROSE = (
    (
        "La charte tient en douze pages. Elle demande aux hébergeurs de Morvelle de nommer un interlocuteur "
        "unique, "
        "joignable jour et nuit, et de répondre dans l’heure aux signalements des enquêteurs."
    ),
    (
        "« Nous ne sommes pas des juges », a répondu la présidente du conseil, Oriane Vastel, devant une "
        "salle pleine. "
        "Elle promet un bilan public tous les six mois, avec le nombre de contenus retirés."
    ),
    (
        "Les associations redoutent des retraits trop larges. Selon elles, un texte aussi court ne dit rien "
        "des recours "
        "de ceux dont les messages disparaissent, ni des délais qui leur seront ouverts."
    ),
    (
        "Le ministère doit rendre son avis au printemps. D’ici là, trois hébergeurs essaieront la procédure "
        "sur des cas "
        "fictifs, sous l’œil d’un magistrat et de deux chercheurs de l’université."
    ),
)


def html(body: str = "", after: str = "", *, title: str = TITLE, lead: str = LEAD, head: str = "") -> str:
    """A whole page: ``body`` stands in the middle of the article, ``after`` behind it."""
    first, *others = (f"<p>{text}</p>" for text in PROSE)
    chapo = f'<p class="chapo">{lead}</p>' if lead else ""
    return (
        f"<!DOCTYPE html><html lang='fr'><head><meta charset='utf-8'><title>{title} - Le Phare de "
        f"Morvelle</title>"
        f"{head}</head><body><nav><a href='/'>Accueil</a> <a href='/monde'>Monde</a></nav><main><article>"
        f"<h1>{title}</h1>{chapo}<div "
        f"class='article-body'>{first}{body}{''.join(others)}</div></article>{after}"
        "</main><footer><p>Le Phare de Morvelle, mentions légales</p></footer></body></html>"
    )


def read_text(page: str) -> Article:
    """Read a page of ours."""
    return read(page.encode(), "https://phare.example/2024/05/charte.html")


@pytest.fixture(scope="session")
def make() -> Callable[..., str]:
    """The function that makes a page."""
    return html


@pytest.fixture(scope="session")
def reading() -> Callable[[str], Article]:
    """The function that reads one."""
    return read_text


@pytest.fixture(scope="session")
def prose() -> tuple[str, ...]:
    """The paragraphs of the page."""
    return PROSE
