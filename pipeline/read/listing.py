"""Listings: front pages, sections, tags, topics, authors, searches, archives, and pages of several articles.

None of the signs is enough by itself: articles have boxes of teasers, tags in their address and `og:type` website. So
each is weighed, for and against, and a page is a listing where the sum is clear:

    for: the address says so, JSON-LD says CollectionPage or the like, og:type is website or profile, most of the
         text that was found stands beside links as long as headlines, most of the page's text is such links,
         there is a next page, there is no heading of the page's own, the address is a word or two;
    against: the page says that it is an article, it has paragraphs that no teaser has, its address is a slug,
             its heading is as long as a headline.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from pipeline.read.page import element_text
from pipeline.read.page_facts import PageFacts
from pipeline.statuses import ArticleStatus

_KINDS_OF_LISTING = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage", "CategoryPage"})
_OG_TYPES_OF_LISTING = frozenset({"website", "profile", "blog", "object", "category"})
_KINDS_OF_TAG = frozenset({"SearchResultsPage", "ProfilePage"})
_NEEDED = 4
_TEASERS_WEIGHT = 3  # less one where they are not many, or not all there is
_SEVERAL_WEIGHT = 3
_LINKED_WEIGHT = 2
_HEADLINE_WORDS = 4
_HEADLINE_CHARACTERS_WIDE = 9
_MOST_OF_TEASER_CHARACTERS = 320
_FEWEST_TEASERS = 4
_TEASER_SHARE = 0.6
_MANY_TEASERS = 7
_ALL_TEASERS_SHARE = 0.8
_LINKED_SHARE = 0.4
_FEWEST_LINKS = 8
_LONG_PARAGRAPH_CHARACTERS = 360
_FEWEST_WHOLE_ARTICLES = 3
_WHOLE_ARTICLE_CHARACTERS = 400
_PARAGRAPH_CHARACTERS = 40
_STEPS_UP = 3  # from a paragraph to what holds its headline as well
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")


@dataclass(frozen=True, slots=True)
class _Teasers:
    """What of the page's paragraphs stands beside a link as long as a headline."""

    count: int
    share: float  # of the characters of all paragraphs that were found
    long_paragraphs: int  # outside of teasers
    whole_articles: int  # containers with a linked headline and several paragraphs


def listing_in(facts: PageFacts) -> tuple[ArticleStatus, str] | None:
    """What kind of list the page is, and what shows it; None where it is none."""
    if facts.claims_article:
        return None
    address = facts.address
    if address.is_front and not facts.hints_article:
        return ArticleStatus.SECTION_FRONT, "the front page of its site"
    signs = {
        "its address is a tag's, an author's or a search's": 2 if address.is_tag else 0,
        "its address is a section's": 2 if address.is_section else 0,
        "it calls itself a collection": 2 if facts.kinds & _KINDS_OF_LISTING else 0,
        "its og:type is no article's": 1 if facts.og_type in _OG_TYPES_OF_LISTING else 0,
        "there is a next page": 1 if facts.page.link("next") else 0,
        "its heading is a word or two": 1 if _has_no_headline(facts) else 0,
        "its address has no slug": 1 if address.is_plain and not address.is_tag else 0,
    }
    against = (
        3 * (facts.page.first_meta("article:published_time") is not None) or 2 * facts.og_type.endswith("article")
    ) + (address.is_article and not address.is_tag)
    against += any(_is_headline(text, facts) for text in facts.page.headings[:1])
    # What follows is dear: it is looked for only where it can decide.
    may_have_teasers = _may_have_teasers(facts)
    dear = _LINKED_WEIGHT + (_TEASERS_WEIGHT + _SEVERAL_WEIGHT if may_have_teasers else 0)
    if sum(signs.values()) - against + dear < _NEEDED:
        return None
    if may_have_teasers:
        teasers = _teasers_of(facts)
        several = teasers.whole_articles >= _FEWEST_WHOLE_ARTICLES
        in_teasers = teasers.count >= _FEWEST_TEASERS and teasers.share >= _TEASER_SHARE
        all_teasers = in_teasers and teasers.count >= _MANY_TEASERS and teasers.share >= _ALL_TEASERS_SHARE
        signs["its text is teasers"] = _TEASERS_WEIGHT if all_teasers else _TEASERS_WEIGHT - 1 if in_teasers else 0
        signs["it holds several articles"] = _SEVERAL_WEIGHT if several else 0
        against += 2 * (teasers.long_paragraphs >= 2 and not several)
    lack = _NEEDED + against - sum(signs.values())
    if 0 < lack <= _LINKED_WEIGHT and _is_mostly_links(facts):
        signs["most of it is headlines with links"] = _LINKED_WEIGHT
        lack -= _LINKED_WEIGHT
    if lack > 0:
        return None
    tagged = address.is_tag or facts.kinds & _KINDS_OF_TAG
    status = ArticleStatus.TAG_PAGE if tagged else ArticleStatus.SECTION_FRONT
    return status, "a list of articles: " + ", ".join(sign for sign, weight in signs.items() if weight)


def _may_have_teasers(facts: PageFacts) -> bool:
    """Whether there are several headings with links in them, or blocks that may be such."""
    linked = sum(
        1
        for heading in facts.page.tree.iter(*_HEADINGS)
        if heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None
    )
    listed = sum(block.kind in ("heading", "item") for block in facts.blocks)
    return max(linked, listed) >= _FEWEST_WHOLE_ARTICLES


def _has_no_headline(facts: PageFacts) -> bool:
    """No heading as long as a headline; a section has a name."""
    return all(facts.words_in(text) < _HEADLINE_WORDS for text in facts.page.headings[:1])


def _is_mostly_links(facts: PageFacts) -> bool:
    """Whether a good part of all text is links as long as headlines."""
    texts = [text for a in facts.page.tree.iter("a") if _is_headline((text := element_text(a)), facts)]
    return len(texts) >= _FEWEST_LINKS and sum(map(len, texts)) >= _LINKED_SHARE * len(facts.shown)


def _is_headline(text: str, facts: PageFacts) -> bool:
    if facts.is_wide:
        return len(text) >= _HEADLINE_CHARACTERS_WIDE
    return len(text.split()) >= _HEADLINE_WORDS


def _teasers_of(facts: PageFacts) -> _Teasers:
    found = {block.text for block in facts.blocks}
    headlines_below = _headlines_below(facts)
    paragraphs = [
        (element, text)
        for element in facts.page.tree.iter("p", "div", "li", "span")
        # Paragraphs, and what holds text and nothing else.
        if (element.tag == "p" or not len(element)) and len(text := element_text(element)) >= _PARAGRAPH_CHARACTERS
    ]
    # Where the text was found as one piece, the page's paragraphs stand for it.
    in_pieces = len(facts.blocks) > 1 or any(text in found for _, text in paragraphs)
    count = long_paragraphs = characters = in_teasers = 0
    whole: dict[etree._Element, int] = {}
    for element, text in paragraphs:
        counts = text in found or not in_pieces
        characters += len(text) * counts
        holder = _holder_with_headline(element, headlines_below)
        if holder is not None:
            whole[holder] = whole.get(holder, 0) + len(text)
        if holder is not None and len(text) <= _MOST_OF_TEASER_CHARACTERS:
            count += counts
            in_teasers += len(text) * counts
        elif len(text) >= _LONG_PARAGRAPH_CHARACTERS:
            long_paragraphs += counts
    links = {text for a in facts.page.tree.iter("a") if _is_headline((text := element_text(a)), facts)}
    if in_pieces:
        headlines = [block.text for block in facts.blocks if block.kind in ("heading", "item")]
    else:
        headlines = [element_text(heading) for heading in facts.page.tree.iter(*_HEADINGS)]
    linked = [text for text in headlines if text in links]
    whole_text = facts.characters if in_pieces else 0  # with what stands in no paragraph
    return _Teasers(
        count=max(count, len(linked)),
        share=(in_teasers + sum(map(len, linked))) / max(1, characters + sum(map(len, headlines)), whole_text),
        long_paragraphs=long_paragraphs,
        whole_articles=sum(length >= _WHOLE_ARTICLE_CHARACTERS for length in whole.values()),
    )


def _headlines_below(facts: PageFacts) -> dict[etree._Element, set[str]]:
    """For each element the addresses that the linked headlines below it lead to."""
    own = _address(facts.page.url, "")
    below: dict[etree._Element, set[str]] = {}
    for heading in facts.page.tree.iter(*_HEADINGS):
        links = [*heading.iter("a"), *heading.iterancestors("a")]
        addresses = {address for link in links if (address := _address(facts.page.url, link.get("href") or ""))} - {own}
        if addresses and _is_headline(element_text(heading), facts):
            for holder in heading.iterancestors():
                below.setdefault(holder, set()).update(addresses)
    return below


def _holder_with_headline(element: etree._Element, headlines: dict[etree._Element, set[str]]) -> etree._Element | None:
    """The element around a paragraph that holds one linked headline as well; None where there is none near.

    It holds *one*: what holds several is the list, or an article with its boxes.
    """
    holder = element.getparent()
    for _ in range(_STEPS_UP):
        if holder is None or holder.tag in ("body", "main", "html"):
            return None
        if addresses := headlines.get(holder):
            return holder if len(addresses) == 1 else None
        holder = holder.getparent()
    return None


def _address(base: str, href: str) -> str:
    """Path of a link within the site, empty where it leads out of it or nowhere."""
    try:
        target, site = urlsplit(urljoin(base, href)), urlsplit(base)
    except ValueError:
        return ""
    if site.hostname and target.hostname != site.hostname:
        return ""
    return target.path.rstrip("/") + (f"?{target.query}" if target.query else "")
