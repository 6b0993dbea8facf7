"""The headline: what the page says in several places, chosen, without the site's name behind it.

JSON-LD, og:title, h1 and title differ on a third of real pages. JSON-LD of the matched node is the newsroom's own
word and comes first; then the h1 that shares its words with the page's title (others hold the site's name or the
section's); then og:title; then title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.read.page import Page
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import folded

_SEPARATOR = re.compile(r"\s+[|–—•·»:›-]+\s+|\s*[|｜ㅣ]\s*|：")
_GENERIC = frozenset(
    {"home", "news", "blog", "article", "articles", "search", "menu", "startseite", "accueil", "inicio"}
)
_MAX_CHARACTERS = 400
_SHARED_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class Headline:
    """The chosen headline, where it came from, and every form of it that the page shows."""

    text: str
    source: str  # json_ld, microdata, meta, page, feed
    forms: tuple[str, ...]


def read_headline(
    page: Page, structured: Sequence[StructuredArticle], feed_title: str | None = None
) -> Headline | None:
    """The headline of the page, None where it has none.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say, as far as they are there.
        feed_title: what the feed called the link; the last resort.
    """
    stated = {item.origin: item.headline for item in structured if item.headline}
    og_title = page.first_meta("og:title", "twitter:title")
    forms = tuple(dict.fromkeys(t for t in (*stated.values(), og_title, *page.headings, page.title) if t))
    sites = _site_names(page, structured)

    def without_site(text: str | None) -> str | None:
        return _without_site(text, forms, sites) if text else None

    og_title, title = without_site(og_title), without_site(page.title)
    heading = _best_heading(page.headings, [t for t in (og_title, title, *stated.values()) if t], sites)
    candidates = (
        (without_site(stated.get("json_ld")), "json_ld"),
        (without_site(heading), "page"),
        (og_title, "meta"),
        (without_site(stated.get("microdata")), "microdata"),
        (title, "page"),
        (page.headings[0] if page.headings else None, "page"),
        (feed_title, "feed"),
    )
    for text, source in candidates:
        if text and folded(text) not in sites and _is_headline(text):
            return Headline(text.strip('“”"') if _is_wrapped(text) else text, source, forms)
    return None


def _is_headline(text: str) -> bool:
    return len(text) <= _MAX_CHARACTERS and folded(text) not in _GENERIC and "{{" not in text


def _is_wrapped(text: str) -> bool:
    """Whether one pair of plain quotes stands around the whole text, as a careless template leaves them."""
    return len(text) > 2 and text[0] == text[-1] == '"' and text.count('"') == 2 and " " in text


def _best_heading(headings: Sequence[str], others: Sequence[str], sites: frozenset[str]) -> str | None:
    """The h1 that shares most of its words with the titles; None where none shares enough."""
    best, best_share = None, _SHARED_WORDS
    for heading in headings:
        words = set(folded(heading).split())
        if not words or folded(heading) in sites:
            continue
        for other in others:
            theirs = set(folded(other).split())
            share = len(words & theirs) / max(1, min(len(words), len(theirs)))
            if share > best_share or (share == best_share and best is None):
                best, best_share = heading, share
    if best is None and not others:
        return next((h for h in headings if folded(h) not in sites), None)
    return best


def _without_site(text: str, forms: Iterable[str], sites: frozenset[str]) -> str:
    """`text` without the site's name or section behind (or in front of) its last separator.

    What is cut is the site's name as the page gives it, or what another form of the headline does not have.
    """
    known = {folded(form) for form in forms} - {folded(text)}
    for cut in _SEPARATOR.finditer(text):
        left = text[: cut.start()].strip()
        if folded(left) in known and len(left) > 3:
            return left
    for cut in reversed(list(_SEPARATOR.finditer(text))):
        left, right = text[: cut.start()].strip(), text[cut.end() :].strip()
        if left and folded(right) in sites:
            return _without_site(left, forms, sites)
        if right and folded(left) in sites and folded(right) in known:
            return right  # in front it counts only where another form shows the rest alone
    return text


def _site_names(page: Page, structured: Sequence[StructuredArticle]) -> frozenset[str]:
    """The folded names that the site has: as its metadata says, and as its address says."""
    names = {folded(n) for n in (page.first_meta("og:site_name", "application-name", "publisher"),) if n}
    names |= {folded(item.publisher) for item in structured if item.publisher}
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    if host:
        names |= {folded(host), folded(host.split(".")[0])}
    # "The Example" and "example.com" name the site of the host example.com.
    tails = {
        folded(text.rsplit(sep, 1)[-1]) for text in (page.title,) for sep in ("|", " - ", " – ", " — ") if sep in text
    }
    names |= {
        tail for tail in tails if host and tail.replace(" ", "") in {host.split(".")[0], f"the{host.split('.')[0]}"}
    }
    return frozenset(names - {""})
