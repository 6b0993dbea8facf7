"""Free, or behind a paywall: what the page says, and nothing where it says nothing."""

import pytest

from pipeline.read.access import read_access
from pipeline.read.page import Page, parse_page
from pipeline.read.structured import read_json_ld

WORDS = "The harbour board met on Tuesday and put off its decision about the new crane until the autumn. " * 2
WALL = (
    '<div class="article-paywall"><h2>To continue reading, subscribe</h2><a href="/in">Already a subscriber?</a></div>'
)


def access_of(body: str, head: str = "") -> bool | None:
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>", "https://selby.example/a")
    assert isinstance(page, Page)
    stated = read_json_ld(page)
    return read_access(page, [stated] if stated else [])


@pytest.mark.parametrize(("word", "expected"), [("true", True), ("false", False), ('"False"', False), ('"True"', True)])
def test_structured_data_is_believed(word: str, expected: bool) -> None:
    node = f'{{"@type":"NewsArticle","headline":"Crane","isAccessibleForFree":{word}}}'
    assert access_of(f"<p>{WORDS}</p>", f'<script type="application/ld+json">{node}</script>') is expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("article:content_tier", "free", True),
        ("article:content_tier", "locked", False),
        ("og:article:content_tier", "metered", False),
        ("lp.type", "premium", False),
        ("is_premium", "0", True),
        ("paywall", "true", False),
        ("cXenseParse:abc-article_ispaidcontent", "false", True),
        ("isAccessibleForFree", "true", True),
        ("adv:premium", "yes", None),
        ("article:content_tier", "whatever", None),
        ("description", "free", None),
    ],
)
def test_a_meta_element_says_it(name: str, value: str, expected: bool | None) -> None:
    assert access_of(f"<p>{WORDS}</p>", f'<meta name="{name}" content="{value}">') is expected


def test_a_wall_after_the_first_paragraphs_means_not_free() -> None:
    assert access_of(f"<article><p>{WORDS}</p><p>{WORDS}</p>{WALL}</article>") is False


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{WORDS}</p>",
        f"<header>{WALL}</header><article><p>{WORDS}</p></article>",
        f'<article><p>{WORDS}</p><div class="paywall"></div></article>',
        f"<article><p>{WORDS}</p><div hidden>{WALL}</div></article>",
        f'<article><p>{WORDS}</p><div style="display: none">{WALL}</div></article>',
        f'<article><p>{WORDS}</p><div class="paywall">Subscribe for our best offers</div></article>',
        f"<article><p>{WORDS}</p>{WALL}{f'<p>{WORDS}</p>' * 4}</article>",
        f"<article>{f'<p>{WORDS}</p>' * 20}{WALL}</article>",
        f'<div class="paywall-content"><p>{WORDS}</p>{f"<p>{WORDS}</p>" * 12}<p>To continue reading, scroll.</p></div>',
    ],
)
def test_what_does_not_stand_in_the_way_says_nothing(body: str) -> None:
    assert access_of(body) is None
