"""What says that an element of a page is a byline, and what says that it is not the article's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.read.byline_leads import has_author_lead
from pipeline.read.marks import MarkPattern, marks_of

RELATION, BYLINE, ADDRESS, AUTHOR = 4, 3, 2, 1

_SAYS_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|author-?(?:names?|link|title|line)|writers?|article-?authors?|post-?authors?"
    r"|autor-?name|submitted-by|written-by|posted-by|journalist-?name|reporter-?name|redakteur)(?:$|[\s_-])"
    r"|[a-z_-](?:Byline|ByLine|AuthorName)|(?-i:[a-z]Authors?Name)|authorname",
    re.IGNORECASE,
).search
_SAYS_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:authors?|autor\w*|auteurs?|person-?links?|author-?(?:short|info|block|meta)|meta-?authors?"
    r"|journalist\w*|reporters?|contributors?|by|creator|penulis|yazar\w*|redaktor\w*|forfatter\w*|skribent\w*)(?:$|[\s_-])"
    r"|(?-i:[a-z](?:Author|Authors|Byline)(?:$|[\s_A-Z]))|(?-i:(?:^|\s)Author[A-Z])",
    re.IGNORECASE,
).search
_SAYS_OTHER = MarkPattern(
    r"comment|related|sidebar|recommend|teaser|caption|testimonial|quote|credit|most-?read|trending"
    r"|breadcrumb|(?<!v)card(?:$|[\s_-])|(?:^|[\s_-])(?:cards|tags?|nav|menu|site-?footer|page-?footer|global-?footer"
    r"|reviewer|reviewed-?by|fact-?check\w*|illustrat\w*|photograph\w*)(?:$|[\s_-])|-teaser|reply|replies"
)
_AUTHOR_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:en|es|i|e)?|auteurs?|contributors?|staff|reporters?|writers?|people|person|profiles?|users?"
    r"|team|journalists?|journalistes?|redaktion|korrespondent\w*|by|signatures?|firmas?)/[^/?#]+",
    re.IGNORECASE,
)
_OUTSIDE_TAGS = frozenset({"nav", "aside", "form", "figcaption", "figure", "blockquote", "head", "noscript"})
_BY_LINE_MAX_CHARACTERS = 100
_RELATED_TAGS = frozenset({"a", "span", "div", "p", "address", "li", "strong", "em", "cite", "section"})
_MOST_REMEMBERED = 50_000
_KNOWN: dict[str, int] = {}


def sureness_of_marks(marks: str) -> int:
    """How surely class and id say that an element is a byline: BYLINE, AUTHOR or 0; remembered for each spelling."""
    known = _KNOWN.get(marks)
    if known is None:
        if len(_KNOWN) >= _MOST_REMEMBERED:
            _KNOWN.clear()
        known = BYLINE if _SAYS_BYLINE(marks) else AUTHOR if _SAYS_AUTHOR(marks) else 0
        _KNOWN[marks] = known
    return known


def sureness_of(element: etree._Element, marks: str) -> int:
    """How surely an element is a byline: RELATION, BYLINE (by its marks or its "By"), ADDRESS, AUTHOR, or 0.

    ADDRESS: it links to an author's page. AUTHOR: something in its marks speaks of an author.
    """
    sureness = sureness_of_marks(marks) if len(marks) > 1 else 0
    if sureness:
        return RELATION if is_related_as_author(element) else sureness
    if is_by_line(element):
        return BYLINE
    tag = element.tag
    if tag in _RELATED_TAGS and is_related_as_author(element):
        return RELATION
    test_mark = element.get("data-testid")
    if test_mark and sureness_of_marks(test_mark):
        return BYLINE
    return ADDRESS if tag == "a" and _AUTHOR_ADDRESS.search(element.get("href") or "") else 0


def is_by_line(element: etree._Element) -> bool:
    """Whether an element's own text is short and begins with a "By" of some language."""
    text = element.text
    return text is not None and len(text) <= _BY_LINE_MAX_CHARACTERS and has_author_lead(text)


def is_related_as_author(element: etree._Element) -> bool:
    """Whether `rel` or `itemprop` says that an element is the author."""
    relation, prop = element.get("rel"), element.get("itemprop")
    return bool(relation and "author" in relation.lower().split()) or bool(
        prop and not {"author", "creator"}.isdisjoint(prop.split())
    )


def is_outside(element: etree._Element, known: dict[etree._Element, bool]) -> bool:
    """Whether an element is in a part of the page that is not the article's; remembered for all its ancestors."""
    path: list[etree._Element] = []
    answer = False
    for around in _with_ancestors(element):
        if around in known:
            answer = known[around]
            break
        path.append(around)
        tag = around.tag
        if tag in ("body", "html"):
            break
        if tag in _OUTSIDE_TAGS or (tag == "footer" and not _is_in_article(around)):
            answer = True
            break
        if tag in ("main", "article"):
            break
        marks = marks_of(around)
        if len(marks) > 1 and _SAYS_OTHER.matches(marks):
            answer = True
            break
    for around in path:
        known[around] = answer
    return answer


def _is_in_article(element: etree._Element) -> bool:
    return any(around.tag in ("article", "main") for around in element.iterancestors())


def _with_ancestors(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()
