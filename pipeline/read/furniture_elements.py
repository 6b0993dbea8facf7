"""Furniture by its elements: what marks, links and first words say of a part of the page is none of its article.

Every look is general: no rule names a page or a publisher. An element that holds much of the page's text stays,
whatever its marks say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate
from typing import cast

from lxml import etree

from pipeline.read.furniture_words import READ_MORE, SAYS_ADVERTISEMENT

# Class or id tokens, whole or joined by - or _.
_MARKS = re.compile(
    r"(?:^|\s|(?<!\bno)(?<!\bhas)(?<!\bwith)(?<!\bwithout)[_-])(?:newsletter|social-?share|share-?(?:bar|buttons?|tools?|links?|widget)|sharing"
    r"|addtoany|addthis"
    r"|related(?:-?(?:articles?|posts?|stories|content|links?|news|topics?))?|read-?(?:more|also|next)"
    r"|more-?on"
    r"|recirc\w*|recommended|recommendations?|outbrain|taboola|most-?(?:read|viewed|popular)|trending"
    r"|captions?|img-?caption|image-?(?:caption|credit)|photo-?(?:caption|credit)|wp-caption-text"
    r"|paywall|subscribe(?:-?box)?|subscription|promo(?:-?box)?|advert\w*|ad-?(?:slot|container|wrapper"
    r"|label)"
    r"|cta(?:-?\w+)?|call-to-action|disclaimer|disclosure-?(?:text|box|notice)|affiliate-?(?:\w+)?"
    r"|modal|pop-?up|pop-?over|dropdown(?:-menu)?|tool-?tip-?(?:text|content|box)|video-js|read(?:ing)?-?time"
    r"|toc-?(?:container|wrapper|list|box|block|title|nav)|ez-toc\w*|table-of-contents"
    r"|breadcrumbs?|author-?(?:bio|box|card)|about-?(?:the-)?author|comments?-?(?:list|section|area|form)"
    r"|print-?only|cookie-?(?:banner|notice|consent)|skip-?link|sr-only|visually-?hidden|screen-reader-text)"
    r"(?:$|[\s_-])|(?:^|\s)(?:toc|disclosure)(?:$|\s)"
)
# What every one of them holds. Without a boundary in front this is searched four times as fast, and it holds seldom.
_STEMS = re.compile(
    r"newsletter|shar|addto|addthis|related|read-?(?:more|also|next|time)|reading-?time|more-?on|recirc|recommend"
    r"|outbrain|taboola|most-?(?:read|view|pop)|trending|caption|(?:image|photo)-?credit|paywall|subscri|promo|advert"
    r"|ad-?(?:slot|con|wrap|lab)|cta|call-to|disclaimer|disclosure|affiliate|modal|pop-?(?:up|over)|dropdown|tool-?tip"
    r"|video-js|toc|table-of|breadcrumb|author|comment|print|cookie|skip|sr-only|visually|screen-reader"
)
_MARKED_TAGS = frozenset({"div", "section", "aside", "p", "ul", "ol", "span", "nav", "table", "details", "small"})
_ADVERTISEMENT_TAGS = frozenset({"amp-ad", "amp-embed", "amp-sticky-ad", "amp-sidebar"})
_LINE_TAGS = frozenset({"p", "h2", "h3", "h4", "h5", "h6"})
_PROTECTED_SHARE = 0.4  # an element with more of the page's paragraph text than this is no furniture
_ADVERTISEMENT_MAX_CHARACTERS = 300
_LINK_LINE_CHARACTERS = range(26, 261)  # of a paragraph that is a link and nothing else
_READ_MORE_MAX_CHARACTERS = 260
_NO_LINE_WITHIN = frozenset(
    {"td", "section", "article", "nav", "body", "header", "footer", "ul", "ol", "aside", "form"}
)
_NOT_FOR_TREES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COUNT_INSIDE = etree.XPath("count(descendant::*)")
_STRING = etree.XPath("string()", smart_strings=False)
_ADVERTISEMENT_WORDS_MAX_CHARACTERS = 90
_HIGHEST_CLIMB = 8  # from a link to the line or item that it stands in


def prune(tree: etree._Element) -> int:
    """Take furniture elements out of `tree`, in place; the characters of its paragraphs that are left are returned."""
    paragraphs = _drop_marked(tree)
    _drop_link_lines(tree)
    return paragraphs


def _drop_marked(tree: etree._Element) -> int:
    """Drop elements by their marks or first words; the characters of the paragraphs that stay."""
    suspects: list[tuple[int, etree._Element, bool]] = []
    paragraph_positions: list[int] = []
    lengths: list[int] = []
    for position, element in enumerate(tree.iter("*")):
        tag = element.tag
        if tag == "p":
            paragraph_positions.append(position)
            lengths.append(len(_text(element)))
        if tag in _ADVERTISEMENT_TAGS:
            suspects.append((position, element, True))
            continue
        if tag in _MARKED_TAGS:
            names, own_id = element.get("class"), element.get("id")
            if (names or own_id) and _is_marked(f"{names or ''} {own_id or ''}"):
                suspects.append((position, element, True))
                continue
        text = element.text
        if (
            text
            and not text.isspace()
            and len(text) <= _ADVERTISEMENT_WORDS_MAX_CHARACTERS
            and SAYS_ADVERTISEMENT.match(text)
        ):
            suspects.append((position, element, False))
    until = list(accumulate(lengths, initial=0))  # characters of paragraphs before the nth
    total = left = until[-1]
    gone_to = 0
    for position, element, is_marked in suspects:
        if position < gone_to:
            continue  # inside of what went before
        end = position + 1 + _inside(element)
        length = until[bisect_left(paragraph_positions, end)] - until[bisect_left(paragraph_positions, position)]
        if length <= total * _PROTECTED_SHARE if is_marked else _is_short(element):
            gone_to = end
            left -= length
            _drop(element)
    return left


@lru_cache(maxsize=50_000)  # spellings: the pages of a site repeat them
def _is_marked(marks: str) -> bool:
    lower = marks.lower()
    return bool(_STEMS.search(lower) and _MARKS.search(lower))


def _is_short(element: etree._Element) -> bool:
    """Whether an element that begins with the word for advertisement holds little more than that."""
    return len(_text(element).strip()) <= _ADVERTISEMENT_MAX_CHARACTERS


def _drop_link_lines(tree: etree._Element) -> None:
    """Drop short paragraphs that are a link or a "read more" before one, and lists whose items all are links."""
    linked_in_line: defaultdict[etree._Element, int] = defaultdict(int)
    linked_in_item: defaultdict[etree._Element, int] = defaultdict(int)
    for link in tree.iter("a"):
        length = len((_text(link) if len(link) else link.text or "").strip())
        if not length:
            continue
        around = link.getparent()
        for _ in range(_HIGHEST_CLIMB):
            if around is None or (tag := around.tag) in _NO_LINE_WITHIN:
                break
            if tag in _LINE_TAGS:
                linked_in_line[around] += length
            elif tag == "li":
                linked_in_item[around] += length
                break
            around = around.getparent()
    for line, linked in linked_in_line.items():
        if _is_link_line(line, linked):
            _drop(line)
    lists = dict.fromkeys(item.getparent() for item in linked_in_item)
    for of_items in reversed(lists):  # the innermost first
        if of_items is not None and of_items.tag in ("ul", "ol") and _is_link_list(of_items, linked_in_item):
            _drop(of_items)


def _is_link_line(line: etree._Element, linked: int) -> bool:
    text = _text(line).strip()
    if len(text) <= _READ_MORE_MAX_CHARACTERS and linked >= 0.5 * len(text) and READ_MORE.match(text):
        return True
    return line.tag == "p" and len(text) in _LINK_LINE_CHARACTERS and linked >= 0.95 * len(text)


def _is_link_list(of_items: etree._Element, linked: dict[etree._Element, int]) -> bool:
    """Whether every item of a list is a link and nothing else."""
    return all(linked.get(item, 0) >= 0.9 * len(_text(item).strip()) for item in of_items.iterchildren("li"))


def _text(element: etree._Element) -> str:
    """All text in an element, as libxml2 joins it."""
    return str(_STRING(element))


def _inside(element: etree._Element) -> int:
    """How many elements stand in an element."""
    return int(cast("float", _COUNT_INSIDE(element)))


def _drop(element: etree._Element) -> None:
    """Remove an element, and keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and not element.tail.isspace():
        before = element.getprevious()
        if before is not None:
            before.tail = _joined(before.tail, element.tail)
        else:
            parent.text = _joined(parent.text, element.tail)
    parent.remove(element)


def _joined(text: str | None, tail: str) -> str:
    """Two texts as one; without what a parser lets into a tree (by "&#1;") and nobody may write into one."""
    return _NOT_FOR_TREES.sub(" ", f"{text or ''} {tail}")
