"""What a user may set, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler import __version__, config
from crawler.db import session
from crawler.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting but those of the test, in an empty folder."""
    for name in ("DATA", "DATABASE_URL", "KEEP", "PROXY", "CONTACT", "CATALOGUE"):
        monkeypatch.delenv(f"HEMERO_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults() -> None:
    given = config.load()
    assert (given.database, given.keep, given.proxy) == ("sqlite:///hemero.db", "relevant", "")
    assert given.user_agent == f"Hemero/{__version__}"


def test_the_file_then_the_environment_then_scrapy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hemero.toml").write_text('keep = "all"\ncontact = "mailto:a@example.org"\n')
    assert config.load().keep == "all"
    assert config.load().user_agent == f"Hemero/{__version__} (+mailto:a@example.org)"
    monkeypatch.setenv("HEMERO_KEEP", "relevant")
    assert config.load().keep == "relevant"
    assert config.load({"HEMERO_KEEP": "all"}).keep == "all"


def test_the_data_folder_holds_file_and_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "données"
    folder.mkdir()
    (folder / "hemero.toml").write_text('keep = "all"\n')
    monkeypatch.setenv("HEMERO_DATA", str(folder))
    assert (config.load().keep, config.load().database) == ("all", f"sqlite:///{folder}/hemero.db")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("KEEP", "some", "HEMERO_KEEP: 'some'"),
        ("PROXY", "127.0.0.1:8899", "HEMERO_PROXY"),
        ("PROXY", "http://user:secret@127.0.0.1:8899", "without a user or a password"),
        ("PROXY", "http://127.0.0.1:99999", "HEMERO_PROXY"),
        ("CONTACT", "a\nb@example.org", "HEMERO_CONTACT"),
        ("CONTACT", "nobody", "HEMERO_CONTACT"),
        ("CONTACT", "équipe@example.org", "HEMERO_CONTACT"),
        ("ALERT_SMTP", "smtp://localhost:port", "HEMERO_ALERT_SMTP"),
        ("ALERT_WEBHOOK", "https://[::1/alert", "HEMERO_ALERT_WEBHOOK"),
        ("WAYBACK_INDEX", "localhost", "HEMERO_WAYBACK_INDEX"),
        ("DATA", "nowhere", "HEMERO_DATA: no such folder: nowhere"),
    ],
)
def test_a_value_that_means_nothing_is_refused(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"HEMERO_{name}", value)
    with pytest.raises(ConfigurationError) as error:
        config.load()
    assert said in str(error.value)
    assert "secret" not in str(error.value)


def test_a_folder_may_be_called_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "à 100 %20#?"
    folder.mkdir()
    (folder / "hemero.toml").write_text('\ufeffkeep = "all"\n', "utf-8")  # as some editors begin a file
    monkeypatch.setenv("HEMERO_DATA", str(folder))
    assert config.load().keep == "all"
    made = session.engine(config.load().database)
    session.prepare(made)
    made.dispose()
    assert (folder / "hemero.db").is_file()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('keeps = "all"', "unknown key 'keeps'"),
        ("keep = 1", "keep: expected a text"),
        ("keep", "hemero.toml"),
    ],
)
def test_a_wrong_file_is_named(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "hemero.toml").write_text(text)
    with pytest.raises(ConfigurationError) as error:
        config.load()
    assert "hemero.toml" in str(error.value)
    assert said in str(error.value)


def test_a_slip_in_the_name_of_a_variable_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMERO_TEST_ALL", "1")
    monkeypatch.setenv("HEMERO_VERSION", "of somebody's own")
    config.load()
    monkeypatch.setenv("HEMERO_KEPE", "all")
    with pytest.raises(ConfigurationError, match="HEMERO_KEPE: no such setting; did you mean HEMERO_KEEP"):
        config.load()
