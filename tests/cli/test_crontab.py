"""Lines for cron that cron can run, and timers that systemd takes."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from crawler.demo.server import CATALOGUE
from tests.crawl.conftest import ROOT
from tests.crawl.test_running import HEMERO

if TYPE_CHECKING:
    from pathlib import Path

LINE = re.compile(r"[0-5]?\d (?:\*|\d{1,2}(?:-23/\d+)?) \* \* \*  (cd .* && .* crawl (\w+) .* >> .* 2>&1)")


def crontab(folder: Path, *arguments: str, code: int = 0, **env: str) -> str:
    bare = {"PATH": "/usr/bin:/bin", "HEMERO_CATALOGUE": str(CATALOGUE), "HEMERO_DATA": str(folder)}
    command = [*HEMERO[:3], "crontab", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=bare | env, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == code, done.stderr
    return done.stdout


@pytest.mark.parametrize("every", ["1", "6", "24"])
def test_a_line_for_each_source_at_its_own_minute(tmp_path: Path, every: str) -> None:
    lines = [line for line in crontab(tmp_path, "--every", every).splitlines() if " crawl " in line]
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found)
    keys = [match[2] for match in found if match]
    assert {"tribune", "bledi", "latribune"} <= set(keys)
    assert len(keys) == len(set(keys))
    assert len({line.split()[0] for line in lines}) > min(len(lines), 60) / 2


def test_a_line_runs_in_crons_bare_environment(tmp_path: Path) -> None:
    """What stands before the lines is cron's environment; the command itself is the shell's."""
    folder = tmp_path / "a 100% folder"
    folder.mkdir()
    said = crontab(folder, "tribune", HEMERO_PROXY="http://127.0.0.1:9")
    env = dict(line.split("=", 1) for line in said.splitlines() if re.match(r"[A-Z_]+=", line))
    [match] = filter(None, map(LINE.fullmatch, said.splitlines()))
    assert "%" not in match[1].replace(r"\%", "")
    done = subprocess.run(
        ["/bin/sh", "-c", match[1].replace(r"\%", "%")],
        env=env | {"PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert done.returncode in {7, 9}
    assert "run: exit" in (folder / "crawl.log").read_text("utf-8")
    assert (folder / "report-tribune.json").exists()


def test_what_would_fail_every_hour_is_not_printed(tmp_path: Path) -> None:
    crontab(tmp_path, "cnews", code=2)
    said = crontab(tmp_path, "tribune", HEMERO_QUERY="mine.toml", SSL_CERT_FILE="ca.pem")
    assert {f"HEMERO_QUERY={ROOT / 'mine.toml'}", f"SSL_CERT_FILE={ROOT / 'ca.pem'}"} <= set(
        said.splitlines()
    )


def test_no_password_is_printed(tmp_path: Path) -> None:
    said = crontab(tmp_path, "tribune", HEMERO_DATABASE_URL="postgresql://u:SECRET@h/d",
                   HEMERO_ALERT_SMTP="smtp://u:SECRET@h:587")  # fmt: skip
    assert "SECRET" not in said


def test_a_service_and_a_timer(tmp_path: Path) -> None:
    said = crontab(tmp_path, "tribune", "--systemd", "--every", "6")
    units = re.split(r"# /etc/systemd/system/(\S+)\n", said)[1:]
    files = dict(zip(units[::2], units[1::2], strict=True))
    assert set(files) == {"hemero@.service", "hemero-tribune.timer"}
    assert re.search(r"OnCalendar=\*-\*-\* 0\d/6:\d\d:00", files["hemero-tribune.timer"])
    if shutil.which("systemd-analyze"):
        calendar = re.search(r"OnCalendar=(.*)", said)
        assert calendar
        subprocess.run(["systemd-analyze", "calendar", calendar[1]], check=True, capture_output=True)


def test_an_unknown_source(tmp_path: Path) -> None:
    crontab(tmp_path, "nowhere", code=2)
