"""One article out of the pages that its site divides it into.

What stands on every page is kept once: headline, standfirst, a lead that is said again, the way to the other pages,
the note about the author. A sentence that the end of a page broke goes on. That the pages belong together is
`gather`'s finding, from their addresses; here a page is left out only where it shows itself that it does not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit

from pipeline.read.page_reading import PageReading
from pipeline.read.page_turning import leads_to_another_page, without_page_label
from pipeline.read.text import folded
from pipeline.statuses import ArticleStatus

_EDGE_PARAGRAPHS = 4  # at the beginning and at the end of a page: where its number and the way to the others stand
_END_PARAGRAPHS = 6  # at the end of a page: where the note about the author may stand
_SAID_TWICE_CHARACTERS = 40  # a shorter line may be said twice ("No." in an interview)
_REPEATED_SHARE = 0.8  # of a page's characters: it is an earlier page once more
_SAME_SUBJECT = 0.06  # cosine of the words of two pages; nine of ten articles of one newspaper are further apart
_LEAST_TERMS = 12  # to compare pages by their words
_SHORTEST_TERM = 5
# Scripts that write no spaces between words: there pairs of signs are the terms.
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff]")
_BREAKS_OFF = re.compile(r"(?:[^\W_][’'\"”»]?|[,;–—])$")
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)\s*")
_HAS_TEXT = frozenset({ArticleStatus.NEW, ArticleStatus.OTHER_LANGUAGE})

Paragraphs = list[str]


def join_pages(first: PageReading, further: Sequence[PageReading]) -> PageReading:
    """The article whose pages these are.

    The text is that of all pages, each paragraph once. Images, agencies and correction notices are those of all pages;
    the byline is that of the first page or, where it has none, of the last page that has one; all else is the first
    page's. A page without text, and one that is another article by its canonical address or by its headline and words,
    is left out.

    Args:
        first: the first page. Where it is no article it comes back as it is.
        further: the second page, the third, ... in order.

    Returns:
        The reading; its `page_count` counts the pages that its text is from.
    """
    if first.status not in _HAS_TEXT or not first.body:
        return first
    joined = [first]
    texts = [_without_turning(_paragraphs(first), own_number=1)]
    for number, page in enumerate(further, start=2):
        if not _belongs(page, first, texts):
            continue
        paragraphs = _without_turning(_paragraphs(page, first), own_number=number)
        if _repeats(paragraphs, texts):
            continue
        texts.append(paragraphs)
        joined.append(page)
    if len(joined) == 1:
        return replace(first, page_count=1)
    credited = first if first.byline else next((page for page in reversed(joined) if page.byline), first)
    return replace(
        first,
        body="\n\n".join(_one_text(texts, headings=[first.headline, first.standfirst])),
        byline=credited.byline,
        byline_source=credited.byline_source,
        images=tuple({image.url: image for page in reversed(joined) for image in reversed(page.images)}.values())[::-1],
        agencies=tuple(dict.fromkeys(agency for page in joined for agency in page.agencies)),
        correction_notice="\n\n".join(dict.fromkeys(p.correction_notice for p in joined if p.correction_notice))
        or None,
        page_count=len(joined),
    )


# ---------------------------------------------------------------- which pages are in


def _belongs(page: PageReading, first: PageReading, texts: Sequence[Paragraphs]) -> bool:
    """Whether a further page has text, and of the article that the first page begins."""
    if not page.body or (page.status not in _HAS_TEXT and not _is_short_end(page, first)):
        return False
    canonical, own = _address(page.canonical_url), {_address(first.canonical_url), _address(first.url)}
    if canonical in own - {_address(page.url)}:
        return True  # nearly all sites name the first page, or the whole article, as the one that counts
    is_its_own = canonical == _address(page.url) or any(_is_below(canonical, address) for address in own)
    if canonical and not is_its_own:
        return False
    if _same_headline(first.headline, page.headline):
        return True
    return _same_subject(page.body, texts)  # with a heading of its own


def _is_short_end(page: PageReading, first: PageReading) -> bool:
    """Whether a page that is no article for itself may be the end of one: a sentence or two under its headline."""
    return (
        page.status == ArticleStatus.NO_ARTICLE
        and bool(page.headline)
        and _same_headline(first.headline, page.headline)
    )


def _address(url: str) -> str:
    """An address for comparison: without scheme, `www.`, the last slash and the fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _is_below(address: str, article: str) -> bool:
    """Whether an address is an article's with something behind it: `/2`, `?page=2`, or `-2` before its extension."""
    stem, dot, extension = article.rpartition(".")
    if address.startswith(article):
        return not address[len(article) :][:1].isalpha()
    return bool(dot) and "/" not in extension and address.startswith(stem) and address.endswith(extension)


def _same_headline(one: str | None, other: str | None) -> bool:
    """Whether two pages have one headline, though the second may have its number or the site's name beside it."""
    first, second = folded(one), folded(other)
    return not first or not second or first in second or second in first


def _same_subject(body: str, texts: Sequence[Paragraphs]) -> bool:
    own = _terms(body)
    others = _terms("\n".join(paragraph for text in texts for paragraph in text))
    if min(len(own), len(others)) < _LEAST_TERMS:
        return True
    return len(own & others) / math.sqrt(len(own) * len(others)) >= _SAME_SUBJECT


def _terms(text: str) -> set[str]:
    found: set[str] = set()
    for word in folded(text).split():
        if _DENSE.search(word):
            found.update(map("".join, pairwise(word)))
        elif len(word) >= _SHORTEST_TERM:
            found.add(word)
    return found


def _repeats(paragraphs: Paragraphs, texts: Sequence[Paragraphs]) -> bool:
    """Whether a page says what earlier pages said: the site answers with the article for any number."""
    seen = _keys(texts)
    repeated = sum(len(paragraph) for paragraph in paragraphs if folded(paragraph) in seen)
    return repeated >= _REPEATED_SHARE * sum(map(len, paragraphs))


# ---------------------------------------------------------------- what of their text is in


def _paragraphs(page: PageReading, first: PageReading | None = None) -> Paragraphs:
    """The paragraphs of a page. What stands as standfirst on a further page is text, unless the first page has it."""
    paragraphs = (page.body or "").split("\n\n")
    said = {folded(first.standfirst), folded(first.headline), folded(page.headline)} if first else set()
    if first and page.standfirst and page.standfirst_source == "page" and folded(page.standfirst) not in said:
        return [page.standfirst, *paragraphs]
    return paragraphs


def _without_turning(paragraphs: Paragraphs, own_number: int) -> Paragraphs:
    """The paragraphs without "Page 2 of 4", "Next page", "Page 3: what comes there" at their two ends."""
    kept: Paragraphs = []
    for index, paragraph in enumerate(paragraphs):
        at_an_end = index < _EDGE_PARAGRAPHS or index >= len(paragraphs) - _EDGE_PARAGRAPHS
        if not at_an_end:
            kept.append(paragraph)
        elif not leads_to_another_page(paragraph, own_number):
            kept.append(without_page_label(paragraph, own_number))
    return kept


def _one_text(texts: Sequence[Paragraphs], headings: Sequence[str | None]) -> Paragraphs:
    """The paragraphs of all pages, without what a later page says again."""
    for text, after in pairwise(texts):
        ends = {folded(paragraph) for paragraph in after[-_END_PARAGRAPHS:]}
        while len(text) > 1 and folded(text[-1]) in ends:
            del text[-1]  # stands at the end of both: it belongs behind the whole
    whole: Paragraphs = list(texts[0])
    seen = _keys([whole]) | {folded(heading) for heading in headings if heading}
    for text in texts[1:]:
        fresh = _fresh(text, seen)
        seen |= _keys([text])
        if whole and fresh and (sentence := _mended(whole[-1], fresh[0])):
            whole[-1] = sentence
            del fresh[0]
        whole += fresh
    return whole


def _fresh(text: Paragraphs, seen: set[str]) -> Paragraphs:
    """What a page says for the first time. A short line that was said before goes at the two ends only."""
    first, last = 0, len(text)
    while first < last and folded(text[first]) in seen:
        first += 1
    while last > first and folded(text[last - 1]) in seen:
        last -= 1
    return [
        paragraph
        for paragraph in text[first:last]
        if len(paragraph) < _SAID_TWICE_CHARACTERS or folded(paragraph) not in seen
    ]


def _mended(before: str, after: str) -> str | None:
    """One paragraph of two where the end of a page broke a sentence; None where it did not."""
    end, begin = _ELLIPSIS.search(before), _ELLIPSIS.match(after)
    if begin and end and end.end() == len(before):
        before, after = before[: end.start()], after[begin.end() :]
    if after[:1].islower() and _BREAKS_OFF.search(before):
        return f"{before} {after}"
    return None


def _keys(texts: Sequence[Paragraphs]) -> set[str]:
    return {key for text in texts for paragraph in text if (key := folded(paragraph))}
