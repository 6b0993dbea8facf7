"""Section pages without a pattern: which links lead to articles, learned from the source's own."""

from __future__ import annotations

import pytest

from pipeline.gather.link_pattern import UrlShapes
from tests.gather.reading_feeds import read
from tests.gather.visiting import Visiting

HEADLINES = [
    "dock-strike-ends-after-nine-days",
    "council-votes-for-new-harbour",
    "minister-resigns-over-budget-leak",
    "storm-closes-three-mountain-passes",
    "bank-cuts-rates-for-second-time",
    "court-hears-appeal-in-ferry-case",
    "wheat-prices-fall-to-year-low",
    "talks-on-border-resume-in-geneva",
    "train-drivers-announce-two-day-walkout",
    "museum-returns-bronze-to-village",
    "floods-cut-off-northern-valley-towns",
    "union-accepts-offer-from-port-owner",
]
SECTIONS = ["politics", "business", "world", "sport"]
SITE = "https://www.gazette.example"


def family(pattern: str) -> list[str]:
    """Twelve addresses of one family: %s a section, a headline, a number, an id, a month as their letters say."""
    return [
        SITE
        + pattern.format(
            section=SECTIONS[n % 4],
            headline=headline,
            number=20_480_000 + n * 7_919,
            month=1 + n,
            id=f"c{n:02}x7k{n}p9qo",
        )
        for n, headline in enumerate(HEADLINES)
    ]


# Per family: how its articles are addressed, another one of them, and links of the same site that are none.
FAMILIES = {
    "dated": (
        "/{section}/2026/{month:02}/14/{headline}",
        ["/culture/2027/01/02/opera-opens-with-a-new-work"],
        ["/politics/2026/03/14", "/politics/2026/03", "/politics", "/tags/2026/03/14/budget-and-leak-and-more"],
    ),
    "month by name": (
        "/{section}/2026/mar/{month:02}/{headline}",
        ["/world/africa/2026/apr/02/rains-come-early-to-sahel"],
        ["/world/2026/mar/02/all", "/world", "/profile/jane-van-doe"],
    ),
    "slug with an id": (
        "/{section}/{headline}-{number}",
        ["/world/ferry-sinks-off-coast-21999999"],
        ["/world", "/world/middle-east", "/tag/ferry-sinks-often-21999999", "/author/jane-doe-12345678"],
    ),
    "html files": (
        "/{section}/{headline}.html",
        ["/world/ferry-sinks-off-southern-coast.html"],
        ["/world/index.html", "/world", "/contact.html", "/impressum.html"],
    ),
    "ids after a fixed word": (
        "/{section}/articles/{id}",
        ["/world/articles/c1l2k3j4h5go"],
        ["/world/topics/c1l2k3j4h5go", "/world/authors/c1l2k3j4h5go", "/world/articles", "/world"],
    ),
    "numbers": (
        "/article/{number}",
        ["/article/31999999"],
        ["/page/31999999", "/article/2", "/article", "/gallery/31999999"],
    ),
    "number, then headline": (
        "/news/{section}/{number}/{headline}",
        ["/news/culture/21999999/opera-opens-with-a-new-work"],
        ["/news/culture", "/news/culture/2", "/news/page/21999999/more-of-the-same-news"],
    ),
    "bare slugs": (
        "/{headline}",
        ["/opera-opens-with-a-new-work"],
        ["/about-us", "/privacy-policy-and-cookie-terms", "/arts-and-culture", "/sport", "/wp-login.php"],
    ),
    "a query": (
        "/news/view.php?lang=en&id={number}",
        ["/news/view.php?id=1999999&lang=en"],
        ["/news/view.php?lang=en", "/news/list.php?page=20480000", "/news/view.php?author=20480000"],
    ),
    "a language at the end": (
        "/news/{section}/{number}/{headline}/en",
        ["/news/world/21999999/ferry-sinks-off-southern-coast/en"],
        ["/news/world/en", "/news/en", "/news/section/world/en"],
    ),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_articles_of_a_family_are_told_from_its_lists(name):
    pattern, articles, lists = FAMILIES[name]
    examples = family(pattern)
    shapes = UrlShapes.learn(examples[:11])
    assert [path for path in (*articles, examples[11].removeprefix(SITE)) if not shapes.is_article(SITE + path)] == []
    assert [path for path in lists if shapes.is_article(SITE + path)] == []


def test_several_families_of_one_site_are_learned_side_by_side():
    shapes = UrlShapes.learn(family("/{section}/articles/{id}") + family("/{section}/{headline}.html"))
    assert shapes.is_article(f"{SITE}/world/articles/c1l2k3j4h5go")
    assert shapes.is_article(f"{SITE}/world/ferry-sinks-off-southern-coast.html")
    assert not shapes.is_article(f"{SITE}/world/live/c1l2k3j4h5go")


def test_one_odd_example_is_no_family():
    shapes = UrlShapes.learn([*family("/{section}/2026/{month:02}/14/{headline}"), f"{SITE}/topics/c1l2k3j4h5go"])
    assert not shapes.is_article(f"{SITE}/topics/c9l2k3j4h5gx")


def test_a_host_of_its_own_needs_examples_of_its_own():
    shapes = UrlShapes.learn(family("/article/{number}"))
    assert shapes.is_article("https://gazette.example/article/31999999")
    assert not shapes.is_article("https://shop.gazette.example/article/31999999")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2026/03/01/dock-strike", True),
        ("/politics/dock-strike-ends-today", True),
        ("/politics/dock-strike-12345678", True),
        ("/politics/cx2k7jqpg6no", True),
        ("/politics/12345678", True),
        ("/view?id=12345", True),
        ("/شؤون/إضراب-الموانئ-ينتهي-بعد-تسعة-أيام", True),
        ("/", False),
        ("/politics", False),
        ("/politics/middle-east", False),
        ("/politics/2", False),
        ("/2026/03", False),
        ("/tag/dock-strike-ends-today", False),
        ("/author/jane-of-the-house-doe", False),
        ("/terms-and-conditions-of-use", False),
        ("/2026/03/01/harbour-at-night-in-winter.jpg", False),
        ("/feed/dock-strike-ends-today.rss", False),
        ("/search?page=12345", False),
    ],
)
def test_with_few_examples_what_most_sites_do_decides(path, expected):
    assert UrlShapes.learn(family("/article/{number}")[:9]).is_article(SITE + path) is expected


def test_a_section_page_gives_the_links_that_look_like_articles():
    links = ("/politics/ferry-sinks-off-coast-21999999", "/world/middle-east", "/tag/a-b-c-d-21999999", "/news/feed")
    page = "<html>" + "".join(f"<a href='{link}'>Ferry sinks</a>" for link in links)
    shapes = UrlShapes.learn(family("/{section}/{headline}-{number}"))
    assert [offer.url for offer in read("section", page, shapes=shapes)] == [SITE + links[0]]


def test_a_visit_learns_from_the_sources_own_articles(site, tmp_path):
    visiting = Visiting(site, tmp_path / "captures")
    visiting.examples = [url.replace(SITE, site.url("")) for url in family("/{section}/articles/{id}")]
    site.answer("/world", "<html><a href='/world/articles/c1l2k3j4h5go'>A</a><a href='/world/clips/c1l2k3j4h5go'>B</a>")
    (offer,) = visiting.visit("/world", "section")
    assert list(offer.links) == [site.url("/world/articles/c1l2k3j4h5go")]
    (offer,) = visiting.visit("/world", "section", link_pattern="/clips/")
    assert list(offer.links) == [site.url("/world/clips/c1l2k3j4h5go")]
