from __future__ import annotations

import pytest

from pipeline.events.dates import resolve_dates

# The day of publication in these sentences is Friday, 15 November 2013.
RESOLVED = [
    ("The law takes effect at the beginning of next year.", "the beginning of next year", "2014"),
    ("The port reopens at the end of the month.", "the end of the month", "2013-11"),
    ("By the end of 2014 the bridge will stand.", "the end of 2014", "2014"),
    ("He returned earlier in the week.", "earlier in the week", "2013-W46"),
    ("Ministers will gather at next week's summit.", "next week", "2013-W47"),
    ("The vote is likely in the first week of December.", "the first week of December", "2013-W48"),
    ("They met in the last week of October.", "the last week of October", "2013-W44"),
    ("They met on the first Monday of October.", "the first Monday of October", "2013-10-07"),
    ("The books close on the last day of the year.", "the last day of the year", "2013-12-31"),
    ("They met on the first Monday of March 2012.", "the first Monday of March 2012", "2012-03-05"),
    ("The plan was made public on the 12th.", "the 12th", "2013-11-12"),
    ("The plan was made public on the 25th.", "the 25th", "2013-10-25"),
    ("The plan will be made public on the 25th.", "the 25th", "2013-11-25"),
    ("Talks took place on Nov. 5 and 6.", "6", "2013-11-06"),
    ("The following Tuesday he spoke.", "The following Tuesday", "2013-11-19"),
    ("Late on Tuesday he spoke.", "Late on Tuesday", "2013-11-12"),
    ("The case is heard in May.", "May", "2014-05"),
    ("Output fell in the first half of this year.", "the first half of this year", "2013-H1"),
    ("Third-quarter output fell.", "Third-quarter", "2013-Q3"),
    ("Sales rose in fiscal 2012's fourth quarter.", "fiscal 2012's fourth quarter", "2012-Q4"),
    ("Spending rises in the next fiscal year.", "the next fiscal year", "FY2014"),
    ("Rents rose in the nineties.", "the nineties", "199"),
    ("Rents rose in the 2000s.", "the 2000s", "200"),
    ("The band met in the summer of '69.", "'69", "1969"),
    ("The 2013/14 season began.", "2013/14", "2013/2014"),
    ("The 2012 election was close.", "2012", "2012"),
    ("He came a year and a half ago.", "a year and a half ago", "2012-05"),
    ("Half a year later he left.", "Half a year later", "2014-05"),
    ("Thirty years ago today the dam broke.", "Thirty years ago today", "1983-11-15"),
    ("A year ago this week the dam broke.", "A year ago this week", "2012-W46"),
    ("It crashed at 0630 GMT on Tuesday.", "0630 GMT on Tuesday", "2013-11-12T06:30"),
    ("Shops fill on Black Friday, they say.", "Black Friday", "2013-11-29"),
    ("Election Day was quiet.", "Election Day", "2013-11-05"),
    ("Wreaths were laid on Remembrance Sunday.", "Remembrance Sunday", "2013-11-10"),
    ("Security has changed since 9/11.", "9/11", "2001-09-11"),
    ("Trucks were seen in the weeks before the vote.", "the weeks", "PXW"),
]


@pytest.mark.parametrize(("sentence", "words", "value"), RESOLVED)
def test_an_expression_has_its_span_and_value(parser, published_at, sentence, words, value):
    found = {expression.text: expression.value for expression in resolve_dates(parser(sentence), published_at)}
    assert (words, value) in found.items()


NO_DATES = [
    "The search led nowhere.",
    "The Communist daily printed it.",
    "Rooms 5 and 6 were empty.",
    "He came in 12th in the race.",
]


@pytest.mark.parametrize("sentence", NO_DATES)
def test_words_that_only_look_like_dates_are_none(parser, published_at, sentence):
    assert resolve_dates(parser(sentence), published_at) == []


def test_an_hour_of_the_clock_is_found_and_left_open(parser, published_at):
    (found,) = resolve_dates(parser("They met at eight o'clock."), published_at)
    assert (found.text, found.value) == ("eight o'clock", None)


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 20_000,
        "1" * 40_000,
        "Nov. 5 and 6 and " * 2_000,
        "the first " * 4_000,
        "a year and a half " * 2_000,
        "0630 " * 8_000,
        "Monday " * 5_000,
    ],
    ids=["figures", "one number", "days", "ordinals", "halves", "times", "weekdays"],
)
def test_endless_expressions_end(parser, published_at, text):
    resolve_dates(parser(text[:40_000]), published_at)


def test_expressions_are_found_far_into_a_text(parser, published_at):
    filler = "The crowd sang and the band went on to play. " * 20
    text = filler + "On the first Monday of March 2012 they met at noon. " + filler + "It rained last week."
    found = [(text[d.start : d.end], d.value) for d in resolve_dates(parser(text), published_at)]
    assert found == [
        ("the first Monday of March 2012", "2012-03-05"),
        ("noon", "2012-03-05T12:00"),
        ("last week", "2013-W45"),
    ]
