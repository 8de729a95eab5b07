"""Every way a date is written, read to the instant or refused."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.extract import dates

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOSTILE = Path(__file__).resolve().parents[2] / ".." / "shared" / "hostile" / "manifest.json"
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"]
MONTHS += ["novembre", "décembre"]
SHORT = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
RFC = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
ZONES = ["Europe/Paris", "Pacific/Tahiti", "America/Port-au-Prince", "Indian/Reunion", "Africa/Casablanca"]


def shown(when: dates.When | None) -> str | None:
    """A date as the expectations write it: local day, or UTC instant."""
    if when is None:
        return None
    local = when.instant.astimezone(PARIS)
    return local.date().isoformat() if when.precision == "day" else f"{when.instant:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("3 décembre 2020 - 07h00 - France - Ecrit par : S.A", "2020-12-03T06:00:00Z"),
        ("Publié le 07 décembre 2020", "2020-12-07"),
        ("Rédigé par Avec AFP le Jeudi 3 Décembre 2015 à 04:22 | Lu 191 fois", "2015-12-03T03:22:00Z"),
        ("22/02/2015 à 9:19", "2015-02-22T08:19:00Z"),
        ("04.05.2015 à 13h36", "2015-05-04T11:36:00Z"),
        ("14/02/2023, 06:30", "2023-02-14T05:30:00Z"),
        ("Le 15 mai 2020 à 15h42", "2020-05-15T13:42:00Z"),
        ("vendredi 1ᵉʳ janvier 2021 à 15 heures", "2021-01-01T14:00:00Z"),
        ("03-Dec-2020", "2020-12-03"),
        ("Dec 3, 2020 3:45 PM", "2020-12-03T14:45:00Z"),
        ("16:05 - 03/12/2020", "2020-12-03T15:05:00Z"),
        ("03/12/2020 (16:05)", "2020-12-03T15:05:00Z"),
        ("2024-04-30 16:00:34 +02:00", "2024-04-30T14:00:34Z"),
        ("2023-02-01T10:00:00.123Z", "2023-02-01T10:00:00Z"),
        ("2015-02-20T01:12:00+01:00[Europe/Paris]", "2015-02-20T00:12:00Z"),
        ("20201203", "2020-12-03"),
        ("202012031530", "2020-12-03T14:30:00Z"),
        ("Thu Dec 03 07:00:00 CET 2020", "2020-12-03T06:00:00Z"),
        ("3 décembre 2020 - 12 hommes interpellés", "2020-12-03"),
        ("Mis à jour le 02/12/2020 à 9h | Publié le 01/12/2020 à 08:30", "2020-12-01T07:30:00Z"),
        ("12/25/2020", None),
        ("1 200 000 euros en 2020", None),
        ("IP 10.12.2019.4", None),
    ],
)
def test_shapes_of_the_press(written: str, means: str | None) -> None:
    assert shown(dates.parse(written, zone=PARIS, now=NOW)) == means


def test_the_28_spellings_of_the_hostile_site() -> None:
    if not HOSTILE.is_file():
        pytest.skip("../shared/hostile is not here")
    cases = json.loads(HOSTILE.read_text("utf-8"))["cases"]
    detail = next(case["detail"] for case in cases if case["path"] == "/f/dates")
    found = {item["written"]: shown(dates.parse(item["written"], zone=PARIS, now=NOW)) for item in detail}
    assert found == {item["written"]: item["means"] for item in detail}


def test_two_dates_in_one_line_are_told_apart() -> None:
    line = "Publié le 18 juil. 2024 à 08:01 / Mis à jour le 19 juil. 2024 à 10:00"
    assert [(when.label, shown(when)) for when in dates.find(line, zone=PARIS, now=NOW)] == [
        ("published", "2024-07-18T06:01:00Z"),
        ("modified", "2024-07-19T08:00:00Z"),
    ]
    same_day = dates.find("Publié le 18/07/2024 à 8h01, mis à jour à 09h30", zone=PARIS, now=NOW)
    assert [shown(when) for when in same_day] == ["2024-07-18T06:01:00Z", "2024-07-18T07:30:00Z"]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("25/10/2020 à 02h30", "ambiguous"),
        ("28/03/2021 à 02h30", "skipped"),
        ("0000-00-00", "default"),
        ("30/02/2021", "impossible"),
        ("2020-12-03T07:00:00+15:00", "impossible"),
        ("3 juin 2099", "ahead"),
        ("rien", ""),
    ],
)
def test_what_is_refused_is_told_why(written: str, why: str) -> None:
    assert dates.parse(written, zone=PARIS, now=NOW) is None
    assert dates.refusal(written, zone=PARIS, now=NOW) == why


def test_both_hours_of_the_clock_change_by_their_offsets() -> None:
    first = dates.parse("2020-10-25T02:30:00+02:00", zone=PARIS, now=NOW)
    second = dates.parse("2020-10-25T02:30:00+01:00", zone=PARIS, now=NOW)
    assert first
    assert second
    assert second.instant - first.instant == timedelta(hours=1)


def test_relative_dates_only_when_asked_for() -> None:
    assert dates.parse("il y a 3 heures", zone=PARIS, now=NOW) is None
    ago = dates.parse("il y a 3 heures", zone=PARIS, now=NOW, relative=True)
    assert ago
    assert ago.instant == NOW - timedelta(hours=3)
    assert shown(dates.parse("hier à 18h12", zone=PARIS, now=NOW, relative=True)) == "2026-05-31T16:12:00Z"
    assert shown(dates.parse("il y a 2 jours", zone=PARIS, now=NOW, relative=True)) == "2026-05-30"


days = st.dates(date(1800, 1, 1), date(2026, 5, 29)).filter(lambda day: day != date(1970, 1, 1))
times = st.times().map(lambda hour: hour.replace(microsecond=0, fold=0))


@given(days, times, st.sampled_from(ZONES))
def test_every_shape_of_every_minute_is_read_back(day: date, hour: time, name: str) -> None:
    zone = ZoneInfo(name)
    local = datetime.combine(day, hour.replace(second=0), zone)
    assume(local.utcoffset() == local.replace(fold=1).utcoffset())
    number, clock = day.month - 1, f"{hour:%H}h{hour:%M}"
    shapes = [
        f"Publié le {day.day} {MONTHS[number]} {day.year:04} à {clock}",
        f"{day.day:02} {SHORT[number]} {day.year:04} - {clock}",
        f"LE {day.day}{'ᵉʳ' if day.day == 1 else ''} {MONTHS[number].upper()} {day.year:04}, {clock}",
        f"{day:%d/%m}/{day.year:04} à {hour:%H:%M}",
        f"{day:%d.%m}.{day.year:04} | {hour.hour}:{hour.minute:02}",
        f"{day.isoformat()} {hour:%H:%M}",
        f"{day.isoformat()}T{hour:%H:%M}",
        f"{day.year:04}{day:%m%d}{hour:%H%M}",
        f"{RFC[number]} {day.day}, {day.year:04} at {hour:%H:%M}",
    ]
    assert {dates.parse(text, zone=zone, now=NOW) is not None for text in shapes} == {True}
    assert {when.instant for text in shapes if (when := dates.parse(text, zone=zone, now=NOW))} == {local}


@given(days, times, st.integers(-12 * 4, 14 * 4))
def test_offsets_are_kept_to_the_second(day: date, hour: time, quarters: int) -> None:
    sign, (hours, minutes) = "-+"[quarters >= 0], divmod(abs(quarters) * 15, 60)
    instant = datetime.combine(day, hour, UTC) - timedelta(minutes=quarters * 15)
    for offset in (
        f"{sign}{hours:02}:{minutes:02}",
        f"{sign}{hours:02}{minutes:02}",
        f" {sign}{hours:02}:{minutes:02}",
    ):
        when = dates.parse(f"{day.isoformat()}T{hour.isoformat()}{offset}", zone=PARIS, now=NOW)
        assert when
        assert (when.instant, when.precision) == (instant, "second")
    if day.year > 1900:
        clock = f"{hour.isoformat()} {sign}{hours:02}{minutes:02}"
        text = f"{day:%a}, {day.day:02} {RFC[day.month - 1]} {day.year} {clock}"
        rfc = dates.parse(text, zone=PARIS, now=NOW)
        assert rfc
        assert rfc.instant == instant


@given(st.text(max_size=600), st.booleans())
def test_no_text_raises(text: str, relative: bool) -> None:
    when = dates.parse(text, zone=PARIS, now=NOW, relative=relative)
    assert when is None or when.instant <= NOW + dates.AHEAD


@given(st.from_regex(r"[0-9 /.:hàT+Z-]{4,40}", fullmatch=True))
def test_no_string_of_figures_raises(text: str) -> None:
    dates.find(text, zone=PARIS, now=NOW)
