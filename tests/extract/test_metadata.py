"""What a page says about itself, from every signal, with disagreements seen."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import SourceError
from crawler.extract import agency, metadata
from crawler.extract import read as read_whole
from crawler.extract.metadata import Metadata
from crawler.sources.declaration import Rules
from tests.extract.pages import PROSE, page

H1 = "<h1>Le bac de la rive droite repart lundi</h1>"


def read(head: str = "", body: str = "", **more: Any) -> Metadata:  # noqa: ANN401 -- any field of a page
    """The metadata of a page with this head and the article's text after this body."""
    return metadata.read(page(head, f"{H1}{body}{PROSE}", **more))


def ld(**fields: object) -> str:
    """A script with one NewsArticle."""
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | fields)}</script>'


def minute(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}" if moment else ""


META = '<meta property="article:published_time" content="2024-04-30T14:00:00Z">'
ITEM = '<p><time itemprop="datePublished" datetime="2024-04-30T16:00:00+02:00">30 avril</time></p>'
TIME = '<p>Le <time datetime="2024-04-30T16:00:00+02:00">30/04/2024</time></p>'
LIST = "<ul><li>Par Ada Roux</li><li>Publié le 30 avril 2024 à 16h00</li></ul>"
LINE = "<p>30 avril 2024 - 16h00 - <a href='/vie'>Vie locale</a> - Ecrit par : A.R</p>"
DAY = "2024-04-30 14:00"


@pytest.mark.parametrize(
    ("head", "body", "published", "signal"),
    [
        (ld(datePublished="2024-04-30 16:00:34 +02:00"), "", DAY, "json-ld"),
        (META, "", DAY, "meta article:published_time"),
        ("", ITEM, DAY, "microdata datepublished"),
        ("", TIME, DAY, "time"),
        ("", LIST, DAY, "text"),
        ("", LINE, DAY, "text"),
        (ld(datePublished="2024-04-30"), "<p>30/04/2024 à 16:00</p>", DAY, "json-ld"),
        (ld(datePublished="2024-04-30T00:00:00Z"), "<p>30/04/2024 à 16:00</p>", DAY, "json-ld"),
        (ld(datePublished="2024-04-30 14:00:04"), META, DAY, "json-ld"),
        (ld(dateModified="2024-05-02T08:00:00Z"), "", "", ""),
        (ld(dateModified="2024-05-02T08:00:00Z", dateCreated="2024-04-01"), LIST, DAY, "text"),
        ('<meta name="DC.date.created" content="2024-04-21T09:00:00Z">', LIST, DAY, "text"),
        ('<meta name="DC.date.created" content="2024-04-30T14:00:00Z">', "", DAY, "meta dc.date.created"),
        ('<meta name="DCTERMS.created" content="2024-04-30T14:00:00Z">', "", DAY, "meta dcterms.created"),
        (ld(datePublished="{{ date }}"), "<p>Le mardi 30 avril 2024 à 16h</p>", DAY, "text"),
    ],
)
def test_the_publication_and_its_signal(head: str, body: str, published: str, signal: str) -> None:
    found = read(head, body)
    assert (minute(found.published_at), found.published_signal) == (published, signal)


def test_a_date_below_the_text_and_one_in_the_address() -> None:
    body = f"{H1}{PROSE}<div>Rédigé par Ada Roux le Mardi 30 Avril 2024 à 04:22 | Lu 191 fois</div>"
    found = metadata.read(page("", body, timezone="Pacific/Tahiti"))
    assert (minute(found.published_at), found.authors) == ("2024-04-30 14:22", ["Ada Roux"])
    dated = metadata.read(page("", H1 + PROSE, url="https://lefleuve.example/2024/04/30/le-bac-repart.html"))
    assert (minute(dated.published_at), dated.published_signal, dated.published_precision) == (
        "2024-04-30 10:00",
        "url",
        "day",
    )


def test_the_day_of_the_visit_above_the_headline_dates_nothing_that_is_older() -> None:
    rows = "<tr><td>Lundi 1er juin 2026</td></tr><tr><td><h1>Le bac repart lundi matin</h1></td></tr>"
    banner = f"<table>{rows}</table>"
    paper = "<p>Article paru le 12 mars 2003</p>"
    assert str(metadata.read(page("", banner + PROSE + paper)).published_at)[:10] == "2003-03-12"
    dated = page("", banner + PROSE, url="https://lefleuve.example/2003/03/12/le-bac.html")
    assert str(metadata.read(dated).published_at)[:10] == "2003-03-12"
    assert str(metadata.read(page("", banner + PROSE)).published_at)[:10] == "2026-06-01"


def test_a_date_alone_under_the_text_and_who_signs_below_it() -> None:
    bars = "<div>{}</div><div><a href='/gens/3'>{}</a></div>"
    html = f"<html><body><div><div>{H1}{PROSE}</div>{bars}</div></body></html>"
    found = read_whole(
        html.format("Samedi 12 Mars 2016", "Ada Roux").encode(), "https://lefleuve.example/vie/bac"
    )
    assert (minute(found.published_at), found.authors) == ("2016-03-12 11:00", ["Ada Roux"])
    other = html.format(
        "Le bac de la Soute avait fermé le 12 mars 2016, un lundi, dit le port", "Ada Roux"
    ).encode()
    assert read_whole(other, "https://lefleuve.example/vie/bac").published_at is None
    tags = html.format("Samedi 12 Mars 2016", "Houle</a> <a href='/meteo'>Météo").encode()
    assert read_whole(tags, "https://lefleuve.example/vie/bac").authors == []


@pytest.mark.parametrize(
    "line",
    [
        "Le {published}, mis à jour le {modified}",
        "Mis à jour le {modified} - {published}",  # what is said of the first is not said of the second
    ],
)
@pytest.mark.parametrize("shown", ["30 avril 2024", "30/04/24"])
def test_two_times_of_a_line_that_show_the_same_day(line: str, shown: str) -> None:
    published = f"<time datetime='2024-04-30T16:00:00+02:00'>{shown}</time>"
    modified = f"<time datetime='2024-04-30T17:10:00+02:00'>{shown}</time>"
    found = read("", f"<p>{line.format(published=published, modified=modified)}</p>")
    assert (minute(found.published_at), minute(found.modified_at)) == (DAY, "2024-04-30 15:10")


def test_a_change_is_told_only_where_it_differs() -> None:
    line = "<p>Publié le 30/04/2024 à 16h00, mis à jour le 01/05/2024 à 09h10</p>"
    found = read("", line)
    assert (minute(found.published_at), minute(found.modified_at)) == ("2024-04-30 14:00", "2024-05-01 07:10")
    same = read(ld(datePublished="2024-04-30T14:00:10Z", dateModified="2024-04-30T14:00:40Z"))
    assert same.modified_at is None


@pytest.mark.parametrize(
    ("head", "flag"),
    [
        (
            ld(datePublished="2024-04-30T14:00:00Z", dateModified="2024-04-29T14:00:00Z"),
            "modified_before_published",
        ),
        (ld(datePublished="2026-06-02T14:00:00Z"), "published_after_fetch"),
        (
            ld(datePublished="2024-04-30T14:00:00Z") + '<meta name="date" content="2024-03-30">',
            "dates_disagree",
        ),
        (ld(datePublished="2024-03-31T02:30:00"), "date_skipped"),
        (ld(datePublished="0000-00-00 00:00:00"), "date_default"),
    ],
)
def test_dates_that_cannot_all_be_right_are_flagged(head: str, flag: str) -> None:
    it = page(head, H1 + PROSE)
    found = metadata.read(it)
    assert flag in it.flags
    assert found.modified_at is None


@pytest.mark.parametrize(
    ("head", "body", "persons", "agencies"),
    [
        (ld(author={"@type": "Person", "name": "Ada Roux"}), "", ["Ada Roux"], ""),
        (ld(author=[{"name": "Ada Roux"}, {"name": "Noé Vial"}]), "", ["Ada Roux", "Noé Vial"], ""),
        (ld(author={"name": "Ada Roux"}), "<p>Par Ada Roux et Noé Vial</p>", ["Ada Roux", "Noé Vial"], ""),
        (ld(author={"@type": "Organization", "name": "Le Fleuve avec AFP"}), "", [], "AFP"),
        (ld(author={"@type": "Person", "name": "Le Fleuve"}), "<p>Par Ada Roux</p>", ["Ada Roux"], ""),
        (
            '<meta name="author" content="{{ auteur }}">',
            "<p class='signature'>Ada Roux</p>",
            ["Ada Roux"],
            "",
        ),
        ("", "<div>Ada Roux | 18/09/2022, 15:27 | 276 mots</div>", ["Ada Roux"], ""),
        ("", "<div>Par Le Fleuve (avec AFP) 29/04/2021, 11:42</div>", [], "AFP"),
        (
            "",
            "<div><span>information fournie par </span><b>Reuters</b> • 18/05/2020 à 12:12</div>",
            [],
            "Reuters",
        ),
        ("", "<dl><dt>Auteur</dt><dd>Ada Roux</dd></dl>", ["Ada Roux"], ""),
        ("", "<figure><img src='a'><figcaption>Joëlle Sagan / AFP</figcaption></figure>", [], ""),
        (
            "",
            (
                "<figure itemtype='https://schema.org/ImageObject' itemscope><ul><li>Le bac.</li>"
                "<li itemprop='author'>Joëlle Sagan</li></ul></figure><div><ul itemprop='author' itemscope>"
                "<li itemprop='name'><a href='/?a=1'>Ada Roux</a></li><li>Rive droite</li></ul></div>"
            ),
            ["Ada Roux"],
            "",
        ),
        (
            "",
            (
                "<figure><blockquote><p>Le bac repart.</p></blockquote>"
                "<figcaption><p class='x-quote__author'>Noé Vial</p></figcaption></figure>"
            ),
            [],
            "",
        ),
        ("", "<p>Le bac, vu par Ada Roux, ne repart pas toujours à l'heure dite.</p>", [], ""),
    ],
)
def test_authors_and_agencies(head: str, body: str, persons: list[str], agencies: str) -> None:
    found = read(head, body)
    assert (found.authors, found.agency) == (persons, agencies)


def test_a_link_to_its_author_that_stands_apart_is_believed_if_it_is_the_only_one() -> None:
    bar = "<aside class='related sidebar'>{}" + "<p>Le bac et le pont.</p>" * 30 + "</aside>"
    link = "<a rel='author' href='/plume/{0}'>{0}</a>"
    one, two = link.format("Ada Roux"), link.format("Noé Vial")
    text = f"<article><h1>Le bac repart</h1>{PROSE * 3}</article>"
    assert extract(text + bar.format(one + one)) == ["Ada Roux"]
    assert extract(text + bar.format(one + two)) == []


@pytest.mark.parametrize(
    ("last", "persons"),
    [
        ("<p><strong>Ada Roux</strong></p>", ["Ada Roux"]),
        ("<p style='text-align: right'>Ada Roux et Noé Vial</p>", ["Ada Roux", "Noé Vial"]),
        ("<p>Le Fleuve</p>", []),
        ("<p>A suivre</p>", []),
        ("<h2>Ada Roux</h2>", []),
    ],
)
def test_who_signs_under_the_text_is_its_author(last: str, persons: list[str]) -> None:
    assert extract(f"<article><h1>Le bac repart</h1>{PROSE}{last}</article>") == persons
    assert extract(f"<article><h1>Le bac repart</h1><p>Par Zoé Lin</p>{PROSE}{last}</article>") == ["Zoé Lin"]


def extract(body: str) -> list[str]:
    html = (
        f"<html lang='fr'><head><meta property='og:site_name' content='Le Fleuve'></head><body>{body}</body>"
    )
    return read_whole(html.encode(), "https://lefleuve.example/vie/le-bac-repart-20411.html").authors


def test_the_text_tells_its_agency_and_its_end() -> None:
    found = read()
    metadata.complete(found, ["BREST (AFP) - Le bac repart.", "Il faut faire en sorte que ..."])
    assert (found.agency, found.truncated) == ("AFP", True)
    whole = read()
    metadata.complete(whole, ["Le bac repart.", "Enfin... dit le capitaine."])
    assert (whole.agency, whole.truncated) == ("", False)


@pytest.mark.parametrize(
    ("head", "body", "access"),
    [
        (ld(isAccessibleForFree="http://schema.org/False"), "", "paywalled"),
        (
            ld(isAccessibleForFree="http://schema.org/True", hasPart={"isAccessibleForFree": False}),
            "",
            "free",
        ),
        (ld(isAccessibleForFree=True), "", "free"),
        ('<meta property="article:content_tier" content="metered">', "", "metered"),
        ('<meta property="article:content_tier" content="locked">', "", "paywalled"),
        ("", "<p class='label'>Article réservé aux abonnés</p>", "paywalled"),
        ("", "<p>Vous êtes abonné ? Identifiez-vous pour lire la suite</p>", "paywalled"),
        ("", "<ul><li><a href='/x'>Article réservé aux abonnés Le quai ferme</a></li></ul>", "unknown"),
        ("", "<p>La place est réservée aux abonnés du bac, dit la mairie.</p>", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_access(head: str, body: str, access: str) -> None:
    assert read(head, body).access == access


def test_texts_that_go_on_elsewhere_are_truncated_and_stubs_are_paywalled() -> None:
    wall = "<div>Il vous reste <b>62 %</b> de cet article à lire. La suite est réservée aux abonnés.</div>"
    stub = metadata.read(page("", H1 + PROSE + wall))
    assert (stub.access, stub.truncated) == ("paywalled", False)
    onward = "<p><a href='https://quai.example/'>Lire la suite de l'article sur Quai.example</a></p>"
    cut = metadata.read(page("", H1 + PROSE + onward))
    assert (cut.access, cut.truncated) == ("unknown", True)


def test_markup_in_data_is_none_of_the_words_and_a_tag_that_is_shown_is() -> None:
    shown = "&lt;script&gt; ou la page piégée"
    title = f"<h1>{shown}</h1>" + PROSE
    data = ld(headline="Le <em>bac</em> repart", author={"name": "<b>Ada Roux</b>"})
    assert read(data).authors == ["Ada Roux"]
    assert "Le bac repart" in {one.value for one in read(data).candidates}
    meta = f'<meta property="og:title" content="{shown}">'
    assert metadata.read(page(meta, title)).title == "<script> ou la page piégée"


def test_a_date_of_publication_that_says_it_is_of_a_change_is_one() -> None:
    head = '<meta property="article:published_time" content="Mis à jour le 4 mai 2024 à 10:00">'
    found = read(head + '<meta name="date" content="2024-05-03T08:00:00+02:00">')
    assert (minute(found.published_at), minute(found.modified_at)) == ("2024-05-03 06:00", "2024-05-04 08:00")


@pytest.mark.parametrize(
    ("names", "steps", "section"),
    [
        ("class='fil-ariane'", ("Accueil", "Vie locale"), "Vie locale"),
        ("class='menu ariane clearfix' id='haut'", ("Accueil", "Vie locale"), "Vie locale"),
        (
            "id='nav_ariane' class='large'",
            ("Vie locale", "Le bac de la rive droite repart lundi"),
            "Vie locale",
        ),
        ("class='fil-ariane'", ("Accueil", *(f"Quai {letter}" for letter in "ABCDEFGHI")), ""),
        ("class='arianespace'", ("Accueil", "Vie locale"), ""),
    ],
)
def test_the_last_step_of_a_trail_is_the_section(names: str, steps: tuple[str, ...], section: str) -> None:
    links = " / ".join(f"<a href='/{number}'>{step}</a>" for number, step in enumerate(steps))
    assert metadata.read(page("", f"<nav {names}>{links}</nav>" + H1 + PROSE)).section == section


def test_the_last_step_of_a_trail_may_be_no_link() -> None:
    trail = "<nav class='breadcrumb'><a href='/'>Accueil</a> > <a href='/v'>Vie locale</a> > Transports</nav>"
    assert metadata.read(page("", trail + H1 + PROSE)).section == "Transports"


def test_sections_tags_and_the_rest() -> None:
    trail = "<nav class='breadcrumb'><a href='/'>Accueil</a> / <a href='/vie'>Vie locale</a></nav>"
    tags = "<p>Sujets associés : <a href='a,1.html'>Bac</a> - <a href='b,2.html'>Rive droite</a></p>"
    head = '<meta property="og:site_name" content="Le Fleuve">'
    head += '<meta property="og:description" content="Trois semaines à quai.">'
    found = metadata.read(page(head, trail + H1 + PROSE + tags))
    assert (found.section, found.tags) == ("Vie locale", ["Bac", "Rive droite"])
    assert read("", "<ul><li>Catégorie : <a href='/v'>Vie locale</a></li></ul>").section == "Vie locale"
    assert (found.outlet, found.description, found.language) == ("Le Fleuve", "Trois semaines à quai.", "fr")
    data = read(
        ld(articleSection="Région > Vie locale", keywords="Bac | Port", commentCount=3, articleBody="Le bac.")
    )
    assert (data.section, data.tags, data.comment_count, data.article_body) == (
        "Vie locale",
        ["Bac", "Port"],
        3,
        "Le bac.",
    )


@pytest.mark.parametrize(
    "tags",
    [
        (
            "<div><span>Mots-clés</span><div><ul><li><a href='/s?f=1'>Bac</a></li>"
            "<li><a href='/s?f=2'>Rive</a></li></ul></div></div>"
        ),
        (
            "<footer><div><ul class='td-tags'><li><span>TAGS</span></li><li><a href='/b'>Bac</a></li>"
            "<li><a href='/r'>Rive</a></li></ul></div></footer>"
        ),
        (
            "<div class='c-tag'><a href='/tags/'>Thèmes liés :</a><ul><li><a href='/tags/bac'>Bac</a></li>"
            "<li><a href='/tags/rive'>Rive</a></li></ul></div>"
        ),
        (
            "<footer class='post-meta'><p>Par Ada Roux</p><ul class='post-tags-list'>"
            "<li><a href='/tag/bac'>Bac</a></li><li><a href='/tag/rive'>Rive</a></li></ul></footer>"
        ),
        (
            "<p><span class='terms category'>Dans <a href='/v' rel='tag'>Vie locale</a></span> "
            "<span>Étiqueté <a href='/t/b' rel='tag'>Bac</a>, <a href='/t/r' rel='tag'>Rive</a></span></p>"
        ),
        "<div><a class='x-tag' href='?t=b'>Bac</a> <a class='x-tag' href='?t=r'>Rive</a></div>",
        "<div class='hashtags'><a href='/t'>Sujets</a> <a href='/b'>Bac</a> <a href='/r'>Rive</a></div>",
        "<div class='tagsBox'><a href='/b'>Bac</a> <a href='/r'>Rive</a></div>",
        "<p>Thématiques associées : <a href='/b'>Bac</a> <a href='/r'>Rive</a></p>",
        "<ul class='taglist'><li><a href='/b'>Bac</a></li><li><a href='/r'>Rive</a></li></ul>",
        (
            "<div class='field field-name-field-tags'><div class='field-label'>Tags:&nbsp;</div>"
            "<div class='field-items'><div class='field-item even'><a href='/b'>Bac</a></div>"
            "<div class='field-item odd'><a href='/r'>Rive</a></div></div></div>"
        ),
        "<footer class='tags'><a href='/b'>Bac</a> <a href='/r'>Rive</a></footer>",
        "<ul class='editoEtiquettes'><li><a href='/b'>Bac</a></li><li><a href='/r'>Rive</a></li></ul>",
        "<nav aria-label='Mots-clés'><p><a href='/b'>Bac</a></p><p><a href='/r'>Rive</a></p></nav>",
    ],
    ids=[
        "a label two boxes above",
        "below a label that is a link",
        "in a bare foot",
        "in the foot of the article",
        "beside a category",
        "each called a tag",
        "marked with a hash",
        "camel case from the first word on",
        "a label that is said of several themes",
        "one word",
        "a field of Drupal",
        "a foot named so",
        "camel case",
        "a menu that is called so for those who do not see it",
    ],
)
def test_links_that_are_tags(tags: str) -> None:
    html = f"<html lang='fr'><body><article>{H1}<p>3 mai 2024</p>{PROSE}{tags}</article></body></html>"
    assert read_whole(html.encode(), "https://lefleuve.example/vie/le-bac-repart").tags == ["Bac", "Rive"]


def test_a_pen_name_beside_the_date_is_no_section() -> None:
    line = "<p>Par <a href='/qui'>Belette</a>, vendredi 3 mai 2024. <a href='/c'>Vie locale</a></p>"
    found = metadata.read(page("", H1 + line + PROSE))
    assert (found.authors, found.section) == (["Belette"], "Vie locale")


@pytest.mark.parametrize("name", ["penci-cat-name", "mvp-post-cat", "c-overline"])
def test_a_class_names_the_section_above_the_headline(name: str) -> None:
    above = f"<p><a class='{name}' href='/c'>Vie locale</a></p>"
    assert metadata.read(page("", above + H1 + PROSE)).section == "Vie locale"


def test_a_button_beside_the_date_is_no_section() -> None:
    line = "<div>par Ada Roux / 3 mai 2024 / <a href='#respond'>Laisser un commentaire</a></div>"
    assert (read("", line).authors, read("", line).section) == (["Ada Roux"], "")


@pytest.mark.parametrize("text", ["Passer la publicité", "#loi", "http://t.example/x", "pic.twitter.com/x"])
def test_what_a_link_says_is_not_always_a_section(text: str) -> None:
    assert read("", f"<p class='rubrique'><a href='#x'>{text}</a></p>").section == ""


def test_who_sets_advertisements_signs_nothing() -> None:
    below = "<div class='trc_rbox'><a href='/t'><span>par Taboola</span></a></div>"
    assert metadata.read(page("", H1 + PROSE + below)).authors == []


@pytest.mark.parametrize("below", ["", "<p class='tags'><a href='/t/1'>Bac</a> <a href='/t/2'>Rive</a></p>"])
def test_many_links_to_subjects_above_the_headline_are_a_menu(below: str) -> None:
    names = ("Ponts", "Crues", "Marchés", "Écluses", "Bateaux")
    menu = (
        "<div><ul>"
        + "".join(f"<li><a href='/sujet/{name}'>{name}</a></li>" for name in names)
        + "</ul></div>"
    )
    html = f"<html lang='fr'><body>{menu}<main>{H1}<p>3 mai 2024</p>{PROSE}{below}</main></body></html>"
    tags = read_whole(html.encode(), "https://lefleuve.example/vie/le-bac-repart").tags
    assert tags == (["Bac", "Rive"] if below else [])


@pytest.mark.parametrize("menu", ["burger-menu", "navbar-trends", "site-nav", "main-navigation"])
def test_links_to_subjects_in_a_menu_are_no_tags(menu: str) -> None:
    links = "".join(f"<a href='/sujet/{name}'>{name}</a>" for name in ("Bac", "Rive", "Crue"))
    body = f"<div class='{menu}'><div>{links}</div></div>{H1}<p>3 mai 2024</p>{PROSE}"
    html = f"<html lang='fr'><body>{body}</body></html>"
    assert read_whole(html.encode(), "https://lefleuve.example/vie/le-bac-repart").tags == []


def test_a_link_to_a_subject_amid_a_sentence_is_no_tag() -> None:
    text = "<p>La mairie de <a href='/sujets/orne'>Sainte-Orne</a> tiendra les horaires d'été, dit-elle.</p>"
    assert read("", text).tags == []
    assert read("", text + "<p>Sujets : <a href='/sujets/bac'>Bac</a>.</p>").tags == ["Bac"]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='tag'><a href='a,{0}' rel='tag'>{0}</a></div>",
        "<li class='tag'><h2><a href='a,{0}'>{0}</a></h2></li>",
        "<div><div><a href='/tags/{0}'>{0}</a></div></div>",
        "<li itemprop='keywords'><a href='/?q={0}'>{0}</a></li>",
    ],
    ids=["boxes", "headings", "boxes in boxes", "microdata"],
)
def test_tags_may_each_stand_in_a_box_of_its_own(box: str) -> None:
    assert read("", f"<div>{box.format('Bac')}{box.format('Rive')}</div>").tags == ["Bac", "Rive"]
    alone = "<div class='tags'><a href='a,1'>Bac</a></div>"
    assert read("", alone).tags == ["Bac"]
    assert read("", "<p><a class='kicker-tag' href='/v'>Vie locale</a></p>").tags == []
    assert read("", "<div class='article__topic'><a href='/v'>Vie locale</a></div>").tags == []
    card = "<div><a href='/themes/{0}'><figure><img src='{0}.jpg'></figure><p>{0}</p></a></div>"
    assert read("", f"<div>{card.format('Bac')}{card.format('Rive')}</div>").tags == []


def test_a_button_among_tags_is_none_and_a_label_may_say_whose_they_are() -> None:
    tag = "<a href='/r?q={0}'>{0}</a>"
    links = tag.format("Bac") + tag.format("Rive")
    button = "<a href='#'>Voir tous les mots-clés</a>"
    assert read("", f"<div class='tags'>{links}{button}</div>").tags == [
        "Bac",
        "Rive",
    ]
    assert read("", f"<div><span>Les sujets concernés</span>{links}</div>").tags == ["Bac", "Rive"]


def test_a_first_line_between_strokes_names_the_agency() -> None:
    text = "Le bac de Sainte-Orne a repris lundi, après trois mois de travaux sur la cale du quai nord."
    assert agency.of_text(["AA / Sainte-Orne / Ada Roux", text]) == ["Agence Anadolu"]
    assert agency.of_text(["Sainte-Orne / Ada Roux", text]) == []


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://www.lefleuve.example/vie/le-bac-repart-20411.html", True),
        ("/vie/le-bac-repart-20411.html?", True),
        ("/", False),
        ("/vie/le-quai-ferme-20399.html", False),
        ("https://ailleurs.example/vie/le-bac-repart-20411.html", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_a_canonical_address_must_be_able_to_be_the_articles_own(href: str, kept: bool) -> None:
    it = page(f'<link rel="canonical" href="{href}">', H1 + PROSE)
    found = metadata.read(it)
    assert (found.canonical != it.url or found.canonical == href) == (kept and href.startswith("http"))


def test_declared_rules_lead_and_a_broken_one_is_named() -> None:
    rules = Rules(authors="//b[@id='who']", published="//i/text()", section="//u", tags="//s", title="//h3")
    body = "<h3>Le bac repart</h3><b id='who'>Ada Roux</b><i>30/04/2024 à 16:00</i><u>Port</u><s>Bac</s>"
    found = metadata.read(page("", body + PROSE, rules=rules))
    assert (found.title, found.authors, found.section, found.tags) == (
        "Le bac repart",
        ["Ada Roux"],
        "Port",
        ["Bac"],
    )
    assert (minute(found.published_at), found.published_signal) == ("2024-04-30 14:00", "rules")
    with pytest.raises(SourceError, match="//b\\["):
        metadata.read(page("", PROSE, rules=Rules(authors="//b[")))


def test_an_empty_page_says_nothing() -> None:
    found = metadata.read(page())
    assert (found.title, found.authors, found.published_at, found.candidates) == ("", [], None, [])


@given(st.lists(st.sampled_from(["div", "section", "header", "span", "ul", "p"]), max_size=6), st.booleans())
def test_unknown_wrappers_change_nothing(wrappers: list[str], above: bool) -> None:
    line = "<div>Par Ada Roux et Noé Vial | Publié le 30/04/2024 à 16h00, mis à jour le 01/05/2024 à 9h</div>"
    for tag in wrappers:
        line = f"<{tag} class='x-{tag}'>{line}</{tag}>"
    found = metadata.read(page("", f"{line}{H1}{PROSE}" if above else f"<main>{H1}{line}{PROSE}</main>"))
    assert (found.authors, minute(found.published_at), minute(found.modified_at)) == (
        ["Ada Roux", "Noé Vial"],
        "2024-04-30 14:00",
        "2024-05-01 07:00",
    )


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 1_900 + "Par Ada Roux" + "</div>" * 1_900,
        "<span>" * 1_900 + "Par Ada Roux" + "</span>" * 1_900,
        "<div>" + "<span class='author'>Par Ada</span> " * 5_000 + "</div>",
        "<p>Publié le 30/04/2024, abonnez-vous pour lire, réservé : " * 5_000,
        "<time datetime='x'>hier</time><b itemprop='author datePublished'></b>" * 2_000,
        "<h2><a href='/sujet/bac'>Le bac</a></h2>" * 3_000,
    ],
)
def test_wild_pages_come_to_an_end(body: str) -> None:
    found = metadata.read(page("", f"<h1>{'<i>' * 900}Le bac de la rive droite repart</h1>{body}"))
    assert found.title == "Le bac de la rive droite repart"
    assert len(found.candidates) < 500


@given(
    st.dictionaries(
        st.sampled_from(["author", "datePublished", "keywords", "headline", "articleSection"]), st.text()
    )
)
def test_wild_values_never_raise(fields: dict[str, str]) -> None:
    found = read(ld(**fields) + "".join(f'<meta name="{name}" content="x">' for name in fields))
    assert found.title
