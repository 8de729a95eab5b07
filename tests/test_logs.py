"""One record, one line, whatever a page says."""

from __future__ import annotations

import json
import logging

import pytest

from crawler.errors import DatabaseError
from crawler.logs import Lines, Objects

FORGED = "titre\n2020-12-01 [crawler] ERROR: faux\r\x1b[31mrouge\x9b1m\u202eetrevni\u2028fin"


def record(message: str, error: Exception | None = None) -> logging.LogRecord:
    info = (type(error), error, None) if error else None
    return logging.LogRecord("crawler", logging.INFO, "x.py", 1, message, (), info)


@pytest.mark.parametrize("formatter", [Lines("%(asctime)s %(message)s"), Objects()])
def test_a_title_cannot_write_a_line(formatter: logging.Formatter) -> None:
    line = formatter.format(record(FORGED))
    assert line.isprintable()
    assert "faux" in line


def test_an_error_cannot_either() -> None:
    lines = Lines("%(message)s").format(record("raté", ValueError(FORGED))).split("\n")
    assert lines[0] == "raté"
    assert all(line.startswith("    ") and line.isprintable() for line in lines[1:])
    said = json.loads(Objects().format(record("raté", ValueError(FORGED))))
    assert said["error"] == "ValueError"
    assert all(line.isprintable() for line in said["traceback"])


def test_an_error_of_hemeros_own_is_one_sentence() -> None:
    error = DatabaseError("postgresql://news: the server is gone")
    assert Lines("%(message)s").format(record("raté", error)) == "raté: postgresql://news: the server is gone"
    said = json.loads(Objects().format(record("raté", error)))
    assert (said["message"], said["error"]) == (
        "raté: postgresql://news: the server is gone",
        "DatabaseError",
    )
    assert "traceback" not in said


@pytest.mark.parametrize("formatter", [Lines("%(message)s"), Objects()])
def test_a_password_in_an_address_is_not_written(formatter: logging.Formatter) -> None:
    line = formatter.format(record("http://lecteur:MOTDEPASSE@a.example/b et https://moi@b.example/"))
    assert "MOTDEPASSE" not in line
    assert "http://***@a.example/b" in line
    assert "moi@" not in line
