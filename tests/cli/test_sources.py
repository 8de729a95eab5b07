"""The catalogue on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from crawler.cli import COMMANDS, hemero, main
from crawler.cli.crawl import willing
from crawler.errors import SourceError


def run(*arguments: str) -> Result:
    return CliRunner().invoke(hemero, arguments, catch_exceptions=False)


def test_list_names_every_source() -> None:
    listed = run("sources", "list").output
    assert [
        key for key in ("bladi", "boursorama", "gendinfo", "latribune", "tahiti_infos") if key not in listed
    ] == []


def test_list_filters_and_speaks_json() -> None:
    [source] = json.loads(run("sources", "list", "--country", "pf", "--json").output)
    assert (source["key"], source["timezone"]) == ("tahiti_infos", "Pacific/Tahiti")
    ebra = json.loads(run("sources", "list", "--platform", "ebra", "--confidence", "high", "--json").output)
    assert {"le_progres", "dna"} <= {source["key"] for source in ebra}


def test_list_tells_who_refuses_robots() -> None:
    refusing = json.loads(run("sources", "list", "--refused", "--json").output)
    assert {"cnews", "interieur", "legifrance"} <= {source["key"] for source in refusing}
    assert all(source["refused"] for source in refusing)
    crawled = json.loads(run("sources", "list", "--crawled", "--json").output)
    assert len(crawled) >= 120
    assert not {source["key"] for source in crawled} & {source["key"] for source in refusing}


def test_a_source_that_refuses_robots_is_not_crawled(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["crawl", "cnews"], ["read", "https://www.cnews.fr/france/2024-05-07/un-titre-1490123"]):
        with pytest.raises(SystemExit) as end:
            main(command)
        assert end.value.code == 2
        assert "Cloudflare" in capsys.readouterr().err


def test_show_gives_a_declaration_whole() -> None:
    shown = run("sources", "show", "latribune").output
    assert "https://www.latribune.fr/feed.xml" in shown
    assert "until: 2025-03-31" in shown
    assert r"-\d{6,7}\.html" in shown
    assert json.loads(run("sources", "show", "latribune", "--json").output)["pace"] == 2.0


def test_an_unknown_source_is_named() -> None:
    with pytest.raises(SourceError, match="'le_monde'"):
        run("sources", "show", "le_monde")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["sources", "show", "le_monde"], 2, "hemero: unknown source 'le_monde'"),
        (["crawl"], 2, "name the sources to read, or say --all"),
        (["crawl", "bladi", "--all"], 2, "name the sources to read, or say --all"),
        (["fetch"], 2, "No such command 'fetch'"),
    ],
)
def test_errors_end_in_one_sentence_and_their_exit_code(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == code
    assert said in capsys.readouterr().err


def test_help_lists_every_command() -> None:
    shown = run("--help").output
    assert [name for name in COMMANDS if f"  {name} " not in shown] == []


def test_a_crawl_of_all_leaves_those_out_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    asked = set(willing())
    said = capsys.readouterr().err
    assert "latribune" in asked
    assert "cnews" not in asked
    assert "since they refuse robots: cipdr, cnews" in said
