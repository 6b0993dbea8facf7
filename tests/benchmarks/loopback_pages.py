"""What the loopback sites of the benchmark answer with: robots.txt, one RSS feed a site, and its pages.

A page has about 30 KB of HTML and compresses to about a quarter, as news pages do: a head with metadata, JSON-LD, style
and script, navigation, an article of about 1,100 words, teasers of other pages, a footer. Its text is like no other
page's. All of it follows from the numbers of site and page alone, so two servers send the same bytes.
"""

from __future__ import annotations

import itertools
import json
import random
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from html import escape

CONSONANTS, VOWELS = "bcdfghjklmnprstvwz", "aeiou"
SHORT_WORDS = (
    "the of to and a in that is was for on with as by at from it be has have had are were will would not this but "
    "their its which who said after before over under more than new two three last first year week"
)
ARTICLE_PARAGRAPHS = 22
WORDS_OF_A_PARAGRAPH = 50
TEASERS = 30
TITLE_WORDS = 8


def page_path(page: int) -> str:
    """The path of a page on its site."""
    return f"/news/2026/report-{page:05d}.html"


def page_html(site: int, page: int) -> bytes:
    """One page of a site."""
    chance = random.Random(f"{site}/{page}")
    before, after = _furniture(site)
    title = page_title(site, page)
    paragraphs = "\n".join(f"        <p>{_prose(chance, WORDS_OF_A_PARAGRAPH)}</p>" for _ in range(ARTICLE_PARAGRAPHS))
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2026-03-02T02:00:00Z",
        "author": {"@type": "Person", "name": _prose(chance, 2).rstrip(".").title()},
        "identifier": f"{chance.getrandbits(128):032x}",
    }
    head = (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta property="og:type" content="article">\n<meta property="og:title" content="{escape(title)}">\n'
        f'<link rel="canonical" href="{page_path(page)}">\n'
        f'<script type="application/ld+json">{json.dumps(facts)}</script>\n'
    )
    article = f"    <article>\n        <h1>{escape(title)}</h1>\n{paragraphs}\n    </article>\n"
    return f"{head}{before}{article}{_teasers(chance)}{after}".encode()


def page_title(site: int, page: int) -> str:
    """The headline of a page."""
    return _prose(random.Random(f"title {site}/{page}"), TITLE_WORDS).rstrip(".")


def robots_txt() -> bytes:
    """Allows the pages, forbids what no feed offers."""
    return b"User-agent: *\nDisallow: /search\nDisallow: /account/\nDisallow: /*?print=\nAllow: /\n"


def rss(site_url: str, site: int, pages: int) -> bytes:
    """A feed that offers all pages of a site, published now."""
    now = format_datetime(datetime.now(UTC), usegmt=True)
    items = "".join(
        f"<item><title>{escape(page_title(site, page))}</title><link>{site_url}{page_path(page)}</link>"
        f"<guid>{site_url}{page_path(page)}</guid><pubDate>{now}</pubDate>"
        f"<description>{_prose(random.Random(page), 30)}</description></item>\n"
        for page in range(pages)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Site {site}</title>'
        f"<link>{site_url}/</link><description>Reports of site {site}</description>\n{items}</channel></rss>\n"
    ).encode()


@cache
def _words() -> tuple[list[str], list[float]]:
    """Words and their cumulative weights: the common ones of English, and 3,000 made of syllables (Zipf's law)."""
    chance = random.Random(7)

    def syllable() -> str:
        return chance.choice(CONSONANTS) + chance.choice(VOWELS) + chance.choice(["", "", "n", "r", "s", "t"])

    made = dict.fromkeys("".join(syllable() for _ in range(chance.choice([1, 2, 2, 3, 3, 4]))) for _ in range(3000))
    words = SHORT_WORDS.split() + list(made)
    return words, list(itertools.accumulate(1 / (rank + 5) for rank in range(len(words))))


def _prose(chance: random.Random, count: int) -> str:
    words, weights = _words()
    chosen = chance.choices(words, cum_weights=weights, k=count)
    for start in range(0, count, 14):
        chosen[start] = chosen[start].capitalize()
        if start:
            chosen[start - 1] += "."
    return " ".join(chosen) + "."


def _teasers(chance: random.Random) -> str:
    items = "\n".join(
        f'      <li class="teaser teaser--related">'
        f'<a class="teaser__link" href="{page_path(chance.randrange(100_000))}">'
        f'<span class="teaser__kicker">Report</span>'
        f'<span class="teaser__title">{_prose(chance, TITLE_WORDS)}</span></a></li>'
        for _ in range(TEASERS)
    )
    return f'    <aside class="related"><h2>Read next</h2><ul>\n{items}\n    </ul></aside>\n'


@cache
def _furniture(site: int) -> tuple[str, str]:
    """What all pages of a site share: before the article and after the teasers."""
    chance = random.Random(f"furniture {site}")
    style = "\n".join(
        f".{word}-{side} {{ margin: {chance.randrange(40)}px; padding-{side}: {chance.randrange(30)}px; "
        f"color: #{chance.randrange(1 << 24):06x}; }}"
        for word in _prose(chance, 22).lower().replace(".", "").split()
        for side in ("left", "right")
    )
    settings = {word: chance.getrandbits(48) for word in _prose(chance, 120).lower().replace(".", "").split()}
    navigation = "\n".join(
        f'      <li class="nav__item"><a class="nav__link" href="/section/{word}">{word.title()}</a></li>'
        for word in _prose(chance, 40).lower().replace(".", "").split()
    )
    before = (
        f"<style>\n{style}\n</style>\n<script>window.siteSettings = {json.dumps(settings)};</script>\n</head>\n<body>\n"
        f'  <header><nav class="nav"><ul>\n{navigation}\n    </ul></nav></header>\n  <main>\n'
    )
    after = (
        f'  </main>\n  <footer class="footer"><ul>\n{navigation}\n  </ul><p>{_prose(chance, 120)}</p></footer>\n'
        f"</body>\n</html>\n"
    )
    return before, after
