"""Every declaration loads, tells its articles from everything else, and claims no other's addresses."""

from pathlib import Path

import pytest
from lxml import etree
from scrapy.settings import Settings

from crawler import sources
from crawler.demo.server import CATALOGUE as DEMO
from crawler.errors import SourceError
from crawler.sources import Source
from crawler.sources.files import CATALOGUE, PLATFORMS, read
from crawler.spiderloader import SourceLoader

FIRST_CLASS = ("bladi", "boursorama", "gendinfo", "latribune", "tahiti_infos")
FILES = sorted([*CATALOGUE.glob("*.toml"), *DEMO.glob("*.toml")])


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def source(request: pytest.FixtureRequest) -> Source:
    return read(request.param)


def test_patterns_tell_articles_from_everything_else(source: Source) -> None:
    assert source.examples
    assert not [url for url in source.examples if not source.is_article(url)]
    assert not [url for url in source.not_articles if source.is_article(url)]
    lists = (source.home, *source.feeds, *source.sitemaps, *source.archives)
    assert not [url for url in lists if source.is_article(url)]


def test_two_examples_are_two_articles(source: Source) -> None:
    keys = [key for url in source.examples if (key := source.article_key(url))]
    assert len(set(keys)) == len(keys)


def test_rules_are_xpath(source: Source) -> None:
    for rules in source.rules:
        single = (
            rules.title,
            rules.lead,
            rules.body,
            rules.authors,
            rules.published,
            rules.section,
            rules.tags,
        )
        for expression in (*single, *rules.comments, *rules.drop):
            assert not expression or etree.XPath(expression)


def test_no_two_sources_claim_one_address() -> None:
    everyone = list(sources.load_all().values())
    for source in everyone:
        for url in source.examples:
            assert [other.key for other in everyone if other.owns(url)] == [source.key]


def test_the_catalogue_covers_the_field() -> None:
    everyone = list(sources.load_all().values())
    assert len(everyone) >= 120
    assert {source.kind for source in everyone} >= {
        "press",
        "agency",
        "broadcaster",
        "institution",
        "research",
    }
    assert {source.country for source in everyone} >= {
        "FR",
        "BE",
        "CH",
        "CA",
        "MA",
        "DZ",
        "TN",
        "SN",
        "PF",
        "RE",
    }
    assert all(source.confidence for source in everyone)
    assert all(source.evidence or source.key in FIRST_CLASS for source in everyone)


def test_a_platform_is_declared_once_and_inherited() -> None:
    progres, dna = sources.load("le_progres"), sources.load("dna")
    assert progres.article == dna.article
    assert progres.feeds == ("https://www.leprogres.fr/rss",)
    assert progres.evidence["feeds"] == "R26"
    used = {source.platform for source in sources.load_all().values()}
    assert {file.stem for file in PLATFORMS.glob("*.toml")} == used - {""}


def test_one_source_is_loaded_without_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.toml").write_text("=", "utf-8")
    monkeypatch.setenv("HEMERO_CATALOGUE", str(tmp_path))
    assert sources.load("bladi").name == "Bladi.net"
    assert "broken" in SourceLoader(Settings({"SPIDER_MODULES": ["crawler.spiders"]})).list()


def test_the_data_folder_has_a_catalogue_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMERO_DATA", str(tmp_path))
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "courant.toml").write_text(
        'name = "Le Courant"\nhome = "https://courant.example/"\narticle = "html$"\n'
    )
    assert sources.load("courant").name == "Le Courant"


BAD = {
    "unknown key": ('feed = "x"', "unknown key 'feed'"),
    "wrong type": ("pace = 'slow'", "pace: expected float"),
    "not a list": ('feeds = "https://a.example/"', "feeds: expected a list"),
    "bad pattern": ("article = '('", "article: bad pattern"),
    "no article": ("feeds = ['https://a.example/']", "key 'article' is missing"),
    "one identity": ("article = 'html$'\nidentity = ',[0-9]+'", "identity: no group"),
    "no pace": ("pace = nan", "pace: nan is not between 0 and"),
    "bad zone": ("timezone = 'Europe/Lutece'", "timezone: unknown zone"),
    "bad address": ("feeds = ['ftp://a.example/']", "'ftp://a.example/' is not an http address"),
    "bad kind": ("kind = 'blog'", "kind: 'blog'"),
    "bad paywall": ("paywall = 'high'", "paywall: 'high' is none of unknown, none"),
    "bad platform": ("platform = 'minitel'", "platform: 'minitel' is none of arc_xp"),
    "bad evidence": ("evidence = { feeds = 'hearsay' }", "evidence: feeds: 'hearsay' is none of R26"),
    "evidence of nothing": ("evidence = { feed = 'K' }", "evidence: 'feed' is no key"),
    "open layout": ("[[rules]]\n[[rules]]", "every layout but the last needs 'until'"),
    "nested key": ("[[rules]]\ncomment = []", "rules[0]: unknown key 'comment'"),
    "not TOML": ("=", "Invalid"),
}


@pytest.mark.parametrize(("line", "message"), BAD.values(), ids=BAD)
def test_what_no_source_can_say_is_an_error_that_names_it(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "courant.toml"
    file.write_text(f'name = "Le Courant"\nhome = "https://courant.example/"\n{line}\n', "utf-8")
    with pytest.raises(SourceError) as error:
        read(file)
    assert str(file) in str(error.value)
    assert message in str(error.value)


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    file = tmp_path / "courant.toml"
    file.write_text('name = "Le Courant"\n', "utf-8")
    with pytest.raises(SourceError, match="key 'home' is missing"):
        read(file)


def test_a_private_catalogue_adds_and_overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "courant.toml").write_text(
        'name = "Le Courant"\nhome = "https://courant.example/"\narticle = "html$"\n'
    )
    (tmp_path / "bladi.toml").write_text('name = "Mine"\nhome = "https://www.bladi.net/"\narticle = "x"\n')
    monkeypatch.setenv("HEMERO_CATALOGUE", str(tmp_path))
    assert sources.load("courant").name == "Le Courant"
    assert sources.load("bladi").name == "Mine"
    assert sources.load_all()["bladi"].name == "Mine"
