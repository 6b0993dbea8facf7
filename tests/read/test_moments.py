"""Dates and times as pages write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.moments import parse_moment

LATEST = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-10-22T14:05:00+01:00", "2024-10-22T14:05:00+01:00"),
        ("2024-10-22T14:05:00.1234567Z", "2024-10-22T14:05:00+00:00"),
        ("2024-10-22 14:05:00 +0200", "2024-10-22T14:05:00+02:00"),
        ("2024-10-22", "2024-10-22"),
        ("2024-10-22T00:00:00", "2024-10-22"),
        ("2024-10-22 14:05", "2024-10-22T14:05:00"),
        ("20241022T140500", "2024-10-22T14:05:00"),
        ("Updated: 2013-11-15 01:13", "2013-11-15T01:13:00"),
        ("Published 7 March 2018, 4.15pm GMT", "2018-03-07T16:15:00+00:00"),
        ("March 7th, 2018 at 12:05 a.m. ET", "2018-03-07T00:05:00-05:00"),
        ("Wed, 07 Mar 2018 16:15:09 -0330", "2018-03-07T16:15:09-03:30"),
        ("7. März 2018, 16:15 Uhr MEZ", "2018-03-07T16:15:00+01:00"),
        ("Publié le 1er août 2019 à 07h30", "2019-08-01T07:30:00"),
        ("18 декабря 2019, 14:30 MSK", "2019-12-18T14:30:00+03:00"),
        ("07.03.18 | 16:15 Uhr", "2018-03-07T16:15:00"),
        ("2018年3月7日 16:15", "2018-03-07T16:15:00"),
        ("7 de marzo de 2018", "2018-03-07"),
        ("16:15 GMT+2, 7 Mar 2018", "2018-03-07T16:15:00+02:00"),
        ("2024-10-22T14:05:00+01:00[Europe/London]", "2024-10-22T14:05:00+01:00"),
        ("2024-10-22T14:05:00[Europe/London]", "2024-10-22T14:05:00+01:00"),
        ("2024-10-22t14:05z", "2024-10-22T14:05:00+00:00"),
        ("20241022T140500Z", "2024-10-22T14:05:00+00:00"),
        ("1729605900", "2024-10-22T14:05:00+00:00"),
        ("1729605900123", "2024-10-22T14:05:00+00:00"),
        ("Wed Mar 07 16:15:09 +0000 2018", "2018-03-07T16:15:09+00:00"),
        ("Wed Mar  7 16:15:09 EST 2018", "2018-03-07T16:15:09-05:00"),
        ("Fri Dec 20 2019 19:33:40 GMT+0000 (Coordinated Universal Time)", "2019-12-20T19:33:40+00:00"),
        ("3 May 24, 10:15", "2024-05-03T10:15:00"),
        ("03-May-24", "2024-05-03"),
        ("May 3, 2024, 12:05 p.m.", "2024-05-03T12:05:00"),
        ("May 3, 2024 12:05 AM", "2024-05-03T00:05:00"),
        ("3 de mayo de 2024, 4:15 p. m.", "2024-05-03T16:15:00"),
        ("3 de maig del 2024", "2024-05-03"),
        ("03/mai/2024 às 14h05", "2024-05-03T14:05:00"),
        ("3. Mai 2024, 14 Uhr", "2024-05-03T14:00:00"),
        ("3. mai 2024 kl. 14.05", "2024-05-03T14:05:00"),
        ("3.5.2024 klo 14.05", "2024-05-03T14:05:00"),
        ("3.5.2024 14.05", "2024-05-03T14:05:00"),
        ("3 toukokuuta 2024", "2024-05-03"),
        ("3 maja 2024, godz. 14.05", "2024-05-03T14:05:00"),
        ("3. května 2024 14:05", "2024-05-03T14:05:00"),
        ("2024. május 3. 14:05", "2024-05-03T14:05:00"),
        ("2024 m. gegužės 3 d. 14:05", "2024-05-03T14:05:00"),
        ("2024. gada 3. maijs", "2024-05-03"),
        ("3 Mayıs 2024 14:05", "2024-05-03T14:05:00"),
        ("3 Μαΐου 2024, 2:05 μ.μ.", "2024-05-03T14:05:00"),
        ("3 травня 2024, 14:05", "2024-05-03T14:05:00"),
        ("3 मई 2024, 14:05", "2024-05-03T14:05:00"),
        ("३ मई २०२४", "2024-05-03"),
        ("٣ مايو ٢٠٢٤ 2:05 م", "2024-05-03T14:05:00"),
        ("3 تشرين الثاني 2024", "2024-11-03"),
        ("3 במאי 2024, 14:05", "2024-05-03T14:05:00"),
        ("3 tháng 5 năm 2024, 14:05", "2024-05-03T14:05:00"),
        ("Jumat, 3 Mei 2024 14:05 WIB", "2024-05-03T14:05:00+07:00"),
        ("2024년 5월 3일 오후 2:05", "2024-05-03T14:05:00"),
        ("2024. 5. 3. 14:05", "2024-05-03T14:05:00"),
        ("2024年5月3日 下午2:05", "2024-05-03T14:05:00"),
        ("2024年5月3日14時05分", "2024-05-03T14:05:00"),
        ("令和6年5月3日 14時05分", "2024-05-03T14:05:00"),
        ("民國113年5月3日", "2024-05-03"),
        ("3 พฤษภาคม 2567 เวลา 14:05 น.", "2024-05-03T14:05:00"),
        ("3 พ.ค. 67", "2024-05-03"),
        ("2567-05-03T14:05:00+07:00", "2024-05-03T14:05:00+07:00"),
        ("۱۴ اردیبهشت ۱۴۰۳ - ۱۴:۰۵", "2024-05-03T14:05:00"),
        ("۱۴۰۳/۰۲/۱۴", "2024-05-03"),
    ],
)
def test_a_date_is_read_as_the_page_writes_it(text: str, expected: str) -> None:
    moment = parse_moment(text, latest=LATEST)
    assert moment is not None
    assert moment.as_text() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no date here",
        "0000-00-00T00:00:00Z",
        "2099-01-01",
        "1066-10-14",
        "31 February 2020",
        "13/13/2013",
        "2020-19-45",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "1970-01-01T00:00:00Z",
        "1989-12-31",
        "2024-02-30T10:00:00Z",
        "0",
        "0000000000",
        "99999999999999999999",
        "4102444800",
        "3 hours ago",
        "vor 3 Stunden",
        "il y a 2 heures",
        "yesterday, 14:05",
        "version 1.2.24.7",
        "5/10/15%",
        "1403/02/14",
        "3 May, 14:05",
        "null",
        "{{ date }}",
    ],
)
def test_what_cannot_be_a_date_of_publication_is_none(text: str) -> None:
    assert parse_moment(text, latest=LATEST) is None


def test_numbers_are_read_in_the_order_of_the_country() -> None:
    british = parse_moment("03/04/2024", latest=LATEST, day_first=True)
    american = parse_moment("03/04/2024", latest=LATEST, day_first=False)
    assert british is not None
    assert american is not None
    assert (british.as_text(), american.as_text()) == ("2024-04-03", "2024-03-04")


def test_numbers_that_fit_one_order_only_are_read_in_that() -> None:
    for text, expected in (("5/23/2024", "2024-05-23"), ("23/5/2024", "2024-05-23"), ("3.4.2024", "2024-04-03")):
        for day_first in (True, False):
            moment = parse_moment(text, latest=LATEST, day_first=day_first)
            assert moment is not None
            assert moment.as_text() == expected
    moment = parse_moment("05/12/2025", latest=LATEST, day_first=True)  # December has not come yet
    assert moment is not None
    assert moment.as_text() == "2025-05-12"


def test_a_name_that_means_two_months_is_read_in_the_pages_language() -> None:
    croatian = parse_moment("3. listopada 2024.", latest=LATEST, language="hr")
    polish = parse_moment("3 listopada 2024", latest=LATEST, language="pl")
    assert croatian is not None
    assert polish is not None
    assert (croatian.as_text(), polish.as_text()) == ("2024-10-03", "2024-11-03")


def test_years_of_iran_are_read_where_the_page_is_persian() -> None:
    moment = parse_moment("1403/12/30", latest=LATEST, language="fa")
    assert moment is not None
    assert moment.as_text() == "2025-03-20"
    assert parse_moment("1402/12/30", latest=LATEST, language="fa") is None  # no leap year


@pytest.mark.parametrize(
    ("year", "new_year"), [(1375, "1996-03-20"), (1399, "2020-03-20"), (1400, "2021-03-21"), (1404, "2025-03-21")]
)
def test_the_persian_new_year_is_where_the_calendar_has_it(year: int, new_year: str) -> None:
    moment = parse_moment(f"1 فروردین {year}", latest=LATEST)
    assert moment is not None
    assert moment.as_text() == new_year


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet="0123456789 -/.:,TZ+年月日MayμПмم٣۱३ h'’", max_size=40))
def test_whatever_a_page_writes_is_a_moment_or_none(text: str) -> None:
    moment = parse_moment(text, latest=LATEST, day_first=False, language="fa")
    assert moment is None or 1990 <= moment.local.year <= 2025


def test_a_zone_is_never_invented_and_the_sources_own_fills_the_gap() -> None:
    moment = parse_moment("2013-11-15 01:13", latest=LATEST)
    assert moment is not None
    assert not moment.has_zone
    with pytest.raises(ValueError, match="zone"):
        moment.instant()
    placed = moment.in_zone(ZoneInfo("Asia/Shanghai"))
    assert placed.as_text() == "2013-11-15T01:13:00+08:00"
    assert placed.instant() == datetime(2013, 11, 14, 17, 13, tzinfo=UTC)


def test_a_page_dated_ahead_by_its_zone_is_believed() -> None:
    assert parse_moment("2025-06-02T09:00:00+14:00", latest=LATEST) is not None
    assert parse_moment("2025-06-02", latest=LATEST) is not None
    assert parse_moment("2025-06-03", latest=LATEST) is None
