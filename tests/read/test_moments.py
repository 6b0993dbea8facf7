"""Dates and times as pages write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

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
