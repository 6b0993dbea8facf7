"""The headline: what the page says in several places, without the site's name, and the one of them that counts.

Here the forms are gathered and cleaned; `headline_choice` says which is the headline, `site_name` what is cut off.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree

from pipeline.read.headline_choice import Forms, choose
from pipeline.read.marks import MarkPattern
from pipeline.read.page import Page, element_text
from pipeline.read.site_name import SiteNames, site_names, without_site
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import clean_line, folded

_GENERIC = frozenset(
    {"home", "news", "blog", "article", "articles", "search", "menu", "startseite", "accueil", "inicio"}
)
_TITLE_MARK = MarkPattern(
    r"(?:^|[\s_-])(?:head-?line|(?:article|post|entry|story|news|page|main|content)[_-]*(?:title|head|heading)"
    r"|title|titre|titulo|titolo|titel)(?:$|[\s_-])"
)
_TEASER_MARK = MarkPattern(r"teaser|related|promo|recommend|more[_-]|latest|sidebar|widget|card")
_TITLE_TAGS = frozenset({"h3", "div", "span", "p", "strong", "td"})
_ELSEWHERE = frozenset({"a", "li", "aside", "nav", "footer", "h1"})
_MAX_CHARACTERS = 400
_MAX_SECOND_HEADINGS, _MAX_MARKED_TITLES = 12, 40
_MIN_BEGINNING_CHARACTERS = 20
_SHARED_WORDS, _SHARED_WORDS_OF_A_SENTENCE = 0.5, 0.4
_SENTENCE_WORDS = 8
_MAX_HEADING_PARTS = 6


@dataclass(frozen=True, slots=True)
class Headline:
    """The chosen headline, where it came from, and every form of it that the page shows."""

    text: str
    source: str  # json_ld, microdata, meta, page, feed
    forms: tuple[str, ...]


def read_headline(
    page: Page,
    structured: Sequence[StructuredArticle],
    feed_title: str | None = None,
    *,
    source_name: str | None = None,
) -> Headline | None:
    """The headline of the page, None where it has none.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say, as far as they are there.
        feed_title: what the feed called the link; the last resort.
        source_name: the name under which the source is listed, to be told from the headline.
    """
    stated = {item.origin: item.headline for item in structured if item.headline}
    open_graph, twitter = page.first_meta("og:title"), page.first_meta("twitter:title")
    shown = tuple(dict.fromkeys(t for t in (*stated.values(), open_graph or twitter, *page.headings, page.title) if t))
    sites = site_names(page, structured, source_name)
    sections = _sections(page, structured)
    known = {folded(form) for form in (*shown, twitter) if form}

    def cleaned(text: str | None) -> str | None:
        short = without_site(text, known, sites, sections) if text else None
        return short if short and not sites.has(short) and _is_headline(short) else None

    json_ld, microdata = cleaned(stated.get("json_ld")), cleaned(stated.get("microdata"))
    open_graph, twitter, title = cleaned(open_graph), cleaned(twitter), cleaned(page.title)
    titles = [form for form in (open_graph, twitter, title, json_ld, microdata) if form]
    heading = _best_heading(page.headings, titles, sites)
    heading = _confirmed_part(page, heading, titles) if heading else _set_apart(page, titles, or_beginning=True)
    if heading and open_graph and not _holds(heading, open_graph):
        heading = _set_apart(page, [open_graph]) or heading  # the h1 is hidden, for search machines
    chosen = choose(
        Forms(
            json_ld=json_ld,
            heading=cleaned(heading),
            open_graph=open_graph or twitter,
            microdata=microdata,
            title=title,
            twitter=twitter,
        )
    )
    if chosen is None:
        last = [(page.headings[0], "page")] if page.headings else []
        last += [(feed_title, "feed")] if feed_title else []
        chosen = next(((t, s) for t, s in last if not sites.has(t) and _is_headline(t)), None)
    if chosen is None:
        return None
    text, source = chosen
    return Headline(text.strip('"') if _is_wrapped(text) else text, source, shown)


def _is_headline(text: str) -> bool:
    return len(text) <= _MAX_CHARACTERS and folded(text) not in _GENERIC and "{{" not in text


def _is_wrapped(text: str) -> bool:
    """Whether one pair of plain quotes stands around the whole text, as a careless template leaves them."""
    return len(text) > 2 and text[0] == text[-1] == '"' and text.count('"') == 2 and " " in text


def _sections(page: Page, structured: Sequence[StructuredArticle]) -> frozenset[str]:
    """The folded names of sections, from the metadata and the first folders of the address."""
    stated = [item.section for item in structured] + page.meta.get("article:section", [])
    try:
        folders = unquote(urlsplit(page.url).path).split("/")[1:-1]
    except ValueError:
        folders = []
    return frozenset(folded(name) for name in (*stated, *(f.replace("-", " ") for f in folders)) if name) - {""}


def _best_heading(headings: Sequence[str], titles: Sequence[str], sites: SiteNames) -> str | None:
    """The heading that shares most of its words with the titles; None where none shares enough."""
    own = [heading for heading in headings if not sites.has(heading)]
    if not titles:
        return own[0] if own else None
    theirs = [set(folded(title).split()) for title in titles]
    best, best_share = None, 0.0
    for heading in own:
        words = set(folded(heading).split())
        share = max((len(words & other) / max(1, min(len(words), len(other))) for other in theirs), default=0.0)
        # A page's only h1, when it is as long as a sentence, is no section's name: one shared word is enough.
        enough = _SHARED_WORDS if len(headings) > 1 or len(words) < _SENTENCE_WORDS else _SHARED_WORDS_OF_A_SENTENCE
        if share >= enough and share > best_share:
            best, best_share = heading, share
    return best


def _set_apart(page: Page, titles: Sequence[str], *, or_beginning: bool = False) -> str | None:
    """What the page shows as its title outside any h1: an h2, an h3 or a marked element that says what a title says.

    Links, lists and teasers do not count: there stand the titles of other articles, and this one's among the latest.
    """
    known = {folded(title) for title in titles}
    for element in islice(_title_elements(page), _MAX_MARKED_TITLES):
        if len(element) >= _MAX_HEADING_PARTS or _ELSEWHERE.intersection(a.tag for a in element.iterancestors()):
            continue
        text = element_text(element)
        own = folded(text)
        begins = or_beginning and len(own) > _MIN_BEGINNING_CHARACTERS
        if own in known or (begins and any(other.startswith(f"{own} ") for other in known)):
            return text
    return None


def _title_elements(page: Page) -> Iterator[etree._Element]:
    yield from islice(page.tree.iter("h2", "h3"), _MAX_SECOND_HEADINGS)
    for _, element, tag, marks in page.marked:
        if tag not in _TITLE_TAGS or _TEASER_MARK.matches(marks):
            continue
        if _TITLE_MARK.matches(marks) or element.get("itemprop") == "headline":
            yield element


def _holds(heading: str, title: str) -> bool:
    """Whether the heading says what the title says, with a kicker or without."""
    return folded(title) in folded(heading)


def _confirmed_part(page: Page, heading: str, titles: Collection[str]) -> str:
    """The heading, or the part of it that another form shows alone, where kicker or byline stand in the same h1."""
    known = {folded(title) for title in titles}
    own = folded(heading)
    if own in known:
        return heading
    for element in page.tree.iter("h1"):
        if len(element) and folded(element_text(element)) == own:
            parts = _parts(element)
            for length in range(len(parts), 0, -1):
                for start in range(len(parts) - length + 1):
                    run = " ".join(parts[start : start + length])
                    if (short := folded(run)) in known and len(short) > 3:
                        return run
    return re.sub(r"\s+:(?=\w)", ": ", heading)


def _parts(element: etree._Element) -> list[str]:
    """The texts of an element and of its children, in order; of its only child where it has but one."""
    while len(element) == 1 and not clean_line(element.text) and not clean_line(element[0].tail):
        element = element[0]
    pieces = [clean_line(element.text)]
    for child in element:
        pieces.append(element_text(child))
        pieces.append(clean_line(child.tail))
    return [piece for piece in pieces if piece][:_MAX_HEADING_PARTS]
