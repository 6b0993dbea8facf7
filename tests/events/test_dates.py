from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from pipeline.events.dates import days_of_value, resolve_dates
from pipeline.events.dates.holidays import easter_sunday
from pipeline.events.dates.numbers import number_of

# The day of publication in these sentences is Friday, 15 November 2013.
RESOLVED = [
    ("The envoys met on Tuesday.", "Tuesday", "2013-11-12"),
    ("The envoys will meet on Tuesday.", "Tuesday", "2013-11-19"),
    ("The envoys agreed to meet on Tuesday.", "Tuesday", "2013-11-19"),
    ("The envoys are due to meet on Tuesday.", "Tuesday", "2013-11-19"),
    ("The talks were postponed until Tuesday.", "Tuesday", "2013-11-19"),
    ("The envoys met on Friday.", "Friday", "2013-11-15"),
    ("The envoys met last Friday.", "last Friday", "2013-11-08"),
    ("A vote is planned for next Tuesday.", "next Tuesday", "2013-11-19"),
    ("The camp was shelled on Sunday night.", "Sunday night", "2013-11-10TNI"),
    ("The camp was shelled yesterday.", "yesterday", "2013-11-14"),
    ("The ferry sails tomorrow morning.", "tomorrow morning", "2013-11-16TMO"),
    ("He spoke the day before yesterday.", "the day before yesterday", "2013-11-13"),
    ("They signed the pact this week.", "this week", "2013-W46"),
    ("They signed the pact last week.", "last week", "2013-W45"),
    ("They met earlier this month in Bergen.", "earlier this month", "2013-11"),
    ("The port closed late last year.", "late last year", "2012"),
    ("A summit follows early next month.", "early next month", "2013-12"),
    ("The minister resigned in March.", "March", "2013-03"),
    ("The minister will resign in March.", "March", "2014-03"),
    ("The fleets agreed to share patrols in September.", "September", "2013-09"),
    ("The minister resigned in December.", "December", "2012-12"),
    ("He was elected last November.", "last November", "2012-11"),
    ("It began in early October this year.", "early October this year", "2013-10"),
    ("He left on Nov. 12, 2013, by sea.", "Nov. 12, 2013", "2013-11-12"),
    ("He left on Tuesday, November 12th.", "Tuesday, November 12th", "2013-11-12"),
    ("He left on 12 November 2013 by sea.", "12 November 2013", "2013-11-12"),
    ("He left on the 3rd of June.", "the 3rd of June", "2013-06-03"),
    ("He left on Feb. 10 by sea.", "Feb. 10", "2013-02-10"),
    ("He left on Dec. 30, 2012, by sea.", "Dec. 30, 2012", "2012-12-30"),
    ("He will leave on Jan. 14 by sea.", "Jan. 14", "2014-01-14"),
    ("The fair ran Nov. 12-14 in Turin.", "Nov. 12-14", "2013-11-12/2013-11-14"),
    ("It was filed on 2013-11-02 in Kiel.", "2013-11-02", "2013-11-02"),
    ("It was filed on 25/10/2013 in Kiel.", "25/10/2013", "2013-10-25"),
    ("The war ended in 1995.", "1995", "1995"),
    ("The war lasted from 1992-95.", "1992-95", "1992/1995"),
    ("Prices doubled in the 1990s.", "the 1990s", "199"),
    ("Prices doubled in the early '80s.", "the early '80s", "198"),
    ("The chapel dates from the 19th century.", "the 19th century", "18"),
    ("Output fell in the third quarter of 2012.", "the third quarter of 2012", "2012-Q3"),
    ("Output fell in the third quarter.", "the third quarter", "2013-Q3"),
    ("Spending rose in fiscal 2014.", "fiscal 2014", "FY2014"),
    ("The dam broke last summer.", "last summer", "2013-SU"),
    ("He was born three years ago.", "three years ago", "2010"),
    ("The strike began two months ago.", "two months ago", "2013-09"),
    ("The strike began 11 days ago.", "11 days ago", "2013-11-04"),
    ("The strike began six weeks ago.", "six weeks ago", "2013-W40"),
    ("The bridge will open in two weeks.", "in two weeks", "2013-W48"),
    ("He paid a four-day visit.", "four-day", "P4D"),
    ("The siege lasted two weeks.", "two weeks", "P2W"),
    ("It has doubled in the past decade.", "the past decade", "P10Y"),
    ("They fought for the past three years.", "the past three years", "P3Y"),
    ("They fought for several days.", "several days", "PXD"),
    ("They talked for five hours.", "five hours", "PT5H"),
    ("They talked for two and a half years.", "two and a half years", "P2Y6M"),
    ("He serves as mayor now.", "now", "PRESENT_REF"),
    ("They arrived at Christmas.", "Christmas", "2012-12-25"),
    ("Trains stopped at 9 a.m. Tuesday.", "9 a.m. Tuesday", "2013-11-12T09:00"),
    ("Trains stopped on Tuesday at 14:30 GMT.", "Tuesday at 14:30 GMT", "2013-11-12T14:30"),
]


@pytest.mark.parametrize(("sentence", "words", "value"), RESOLVED)
def test_an_expression_has_its_span_and_value(parser, published_at, sentence, words, value):
    found = [(expression.text, expression.value) for expression in resolve_dates(parser(sentence), published_at)]
    assert (words, value) in [(text.removeprefix("a "), found_value) for text, found_value in found]


NO_DATES = [
    "Theresa May spoke to farmers.",
    "The soldiers march through the town.",
    "It may rain, he said.",
    "April Jones won the race.",
    "The 62-year-old man was freed.",
    "Some 2000 people fled.",
    "They paid $1999 for it.",
    "The team scored in the second half.",
]


@pytest.mark.parametrize("sentence", NO_DATES)
def test_words_that_only_look_like_dates_are_none(parser, published_at, sentence):
    assert resolve_dates(parser(sentence), published_at) == []


def test_that_day_is_the_day_mentioned_before(parser, published_at):
    doc = parser("The bridge fell on March 3, 2009. Two trains burned the same day, and a third a week later.")
    assert [d.value for d in resolve_dates(doc, published_at)] == ["2009-03-03", "2009-03-03", "2009-W11"]


def test_sets_have_neither_value_days_nor_duration_precision(parser, published_at):
    (found,) = resolve_dates(parser("The court sits every Tuesday."), published_at)
    assert (found.value, found.precision, found.first_day) == ("XXXX-WXX-2", "set", None)


def test_without_publication_relative_expressions_have_no_value(parser):
    doc = parser("On Tuesday and last month, in March and on Nov. 12, 2013, they met for two days.")
    values = {d.text: d.value for d in resolve_dates(doc, None)}
    assert values == {
        "Tuesday": None,
        "last month": None,
        "March": None,
        "Nov. 12, 2013": "2013-11-12",
        "two days": "P2D",
    }


def test_the_instants_own_offset_decides_what_today_is(parser):
    doc = parser("He resigned today.")
    instant = datetime(2013, 11, 14, 17, 13, tzinfo=UTC)
    assert resolve_dates(doc, instant)[0].value == "2013-11-14"
    assert resolve_dates(doc, instant.astimezone(timezone(timedelta(hours=8))))[0].value == "2013-11-15"


def test_an_ambiguous_numeric_date_has_no_value(parser, published_at):
    (found,) = resolve_dates(parser("It was filed on 11/12/2013 in Kiel."), published_at)
    assert found.value is None


def test_expressions_outside_the_calendar_have_no_value(parser):
    doc = parser("It began nine thousand years ago. It ended last week.")
    assert [d.value for d in resolve_dates(doc, datetime(1, 1, 1, tzinfo=UTC))] == [None, None]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2013-11-12", "2013-11-12", "2013-11-12"),
        ("2013-11-12TNI", "2013-11-12", "2013-11-12"),
        ("2013-W46", "2013-11-11", "2013-11-17"),
        ("2013-W46-WE", "2013-11-16", "2013-11-17"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2013-Q4", "2013-10-01", "2013-12-31"),
        ("2013-H1", "2013-01-01", "2013-06-30"),
        ("2013-WI", "2013-12-01", "2014-02-28"),
        ("2013", "2013-01-01", "2013-12-31"),
        ("201", "2010-01-01", "2019-12-31"),
        ("20", "2000-01-01", "2099-12-31"),
        ("2013-11-12/2013-11-14", "2013-11-12", "2013-11-14"),
    ],
)
def test_a_calendar_value_has_a_first_and_a_last_day(value, first, last):
    assert days_of_value(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "value", [None, "", "P3D", "PXY", "PRESENT_REF", "FY2013", "2013-W60", "2013-02-30", "2014/2013"]
)
def test_other_values_have_no_days(value):
    assert days_of_value(value) is None


def test_every_found_calendar_value_has_days(parser, published_at):
    for sentence, _, _ in RESOLVED:
        for found in resolve_dates(parser(sentence), published_at):
            if (
                found.precision in {"day", "time", "week", "month", "quarter", "year", "decade"}
                and found.value[:2] != "FY"
            ):
                assert found.first_day is not None, found
                assert found.first_day <= found.last_day


def test_easter_moves():
    assert [easter_sunday(year) for year in (2000, 2013, 2024)] == [
        date(2000, 4, 23),
        date(2013, 3, 31),
        date(2024, 3, 31),
    ]


@pytest.mark.parametrize(
    ("words", "number"), [("a five", 5), ("twenty-five", 25), ("two hundred", 200), ("2,500", 2500)]
)
def test_numbers_in_words(words, number):
    assert number_of(words) == number
