"""JSON-LD that publishers break in usual ways still reads, and what cannot be read does no harm."""

from typing import Any

import pytest

from pipeline.read.json_repair import load_values

GOOD = {"@type": "NewsArticle", "headline": "Grain", "datePublished": "2024-05-03"}


def first_value(text: str) -> Any:
    return next(iter(load_values(text)), None)


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"NewsArticle","headline":"Grain","datePublished":"2024-05-03"}',
        '\ufeff{"@type":"NewsArticle","headline":"Grain","datePublished":"2024-05-03"}',
        '{"@type":"NewsArticle","headline":"Grain","datePublished":"2024-05-03",}',
        '{"@type":"NewsArticle","headline":"Grain",,"datePublished":"2024-05-03"}',
        '{"@type":"NewsArticle","headline":"Grain","datePublished":"2024-05-03"};',
        '{"@type":"NewsArticle","headline":"Grain","datePublished":"2024-05-03"',
        '<!-- {"@type":"NewsArticle","headline":"Grain","datePublished":"2024-05-03"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Grain","datePublished":"2024-05-03"}\n//]]>',
        '/* <![CDATA[ */{"@type":"NewsArticle","headline":"Grain","datePublished":"2024-05-03"}/* ]]> */',
        '{// the kind\n"@type":"NewsArticle", /* the head */ "headline":"Grain","datePublished":"2024-05-03"}',
        "{'@type':'NewsArticle','headline':'Grain','datePublished':'2024-05-03'}",
        '{@type: "NewsArticle", headline: "Grain", datePublished: "2024-05-03"}',
        "{“@type”: “NewsArticle”, “headline”: “Grain”, “datePublished”: “2024-05-03”}",
        '{"@type":"NewsArticle"\n"headline":"Grain"\n"datePublished":"2024-05-03"}',
        '{"@type":"NewsArticle","headline":"Grain","image":,"datePublished":"2024-05-03"}',
        '{"@type":"NewsArticle","headline":"Grain","datePublished":"2024-05-03"}'.replace('"', "&quot;"),
        '{"@type":"NewsArticle","headline":"Grain","datePublished":"2024-05-03"} and some words',
    ],
)
def test_json_that_is_broken_in_a_usual_way_reads_as_it_was_meant(text: str) -> None:
    assert first_value(text) == GOOD


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ('{"headline":"The "late" ship","datePublished":"2024-05-03"}', 'The "late" ship'),
        ('{"headline":"He said "yes", and left","datePublished":"2024-05-03"}', 'He said "yes", and left'),
        ('{"headline":"Ends in a "quote"","datePublished":"2024-05-03",}', 'Ends in a "quote"'),
        ('{"headline":"Two\nlines\tand a tab","datePublished":"2024-05-03",}', "Two\nlines\tand a tab"),
        ("{'headline':'The mayor's ship','datePublished':'2024-05-03'}", "The mayor's ship"),
        ('{"headline":"A list [1,] stays","datePublished":"2024-05-03",}', "A list [1,] stays"),
        ('{"headline":"See https://selby.example // now","datePublished":"2024-05-03",}',
         "See https://selby.example // now"),
        (r'{"headline":"A \"quoted\" \u00e9 and a \d","datePublished":"2024-05-03"}', 'A "quoted" é and a \\d'),
    ],
)  # fmt: skip
def test_a_text_is_kept_whole_while_what_is_around_it_is_mended(text: str, headline: str) -> None:
    found = first_value(text)
    assert found["headline"] == headline
    assert found["datePublished"] == "2024-05-03"


def test_two_objects_in_one_script_are_both_read() -> None:
    values = load_values('{"@type":"WebSite"}\n{"@type":"NewsArticle","headline":"Grain"}')
    assert [value["@type"] for value in values] == ["WebSite", "NewsArticle"]


def test_a_script_that_is_cut_off_keeps_what_stands_before_the_cut() -> None:
    assert first_value('{"@graph":[{"@type":"NewsArticle","headline":"Grain"},{"@type":"Person","na') is None
    assert first_value('{"@graph":[{"@type":"NewsArticle","headline":"Grain"},{"@type":"Person"') == {
        "@graph": [{"@type": "NewsArticle", "headline": "Grain"}, {"@type": "Person"}]
    }


def test_a_bracket_that_was_forgotten_closes_with_the_one_around_it() -> None:
    text = '{"author":{"name":"Tomas Reyl","tags":["a","b"},"headline":"Grain"}'
    assert first_value(text) == {"author": {"name": "Tomas Reyl", "tags": ["a", "b"]}, "headline": "Grain"}


@pytest.mark.parametrize("text", ["", "{", "[]]", "nonsense", "var x = {}", '{"a" "b"}', "{{{{", "\x00", '"just text'])
def test_what_is_no_json_is_nothing(text: str) -> None:
    assert not first_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 300_000,
        '{"a":' * 300_000,
        '{"a":' * 40_000 + "1" + "}" * 40_000,
        '{"headline":"' + '"a" ' * 100_000,
        '{"headline":"b' + ('"' + " " * 2_000) * 200,
        '{"headline":"' + "\\" * 300_001,
        "{" + "/*" * 200_000,
        "[" + '{"a":1},' * 40_000 + "x",
    ],
    ids=["arrays", "objects", "closed objects", "quotes", "quotes and spaces", "backslashes", "comments", "many"],
)
@pytest.mark.usefixtures("page_limit")
def test_a_hostile_script_is_read_within_the_limit_of_a_page(text: str) -> None:
    assert isinstance(load_values(text), list)
