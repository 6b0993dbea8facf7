"""The standfirst: the sentence or two under the headline that say what the article is about.

What readers see counts first: the element near the headline that its marks call a standfirst, or the paragraph that
is set apart between headline and text. Without one it is what the page states as its description, if an editor wrote
it: not a caption, the site's motto, or the beginning of the text once more. A standfirst that stands in the text as
well leaves the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from pipeline.read.blocks import Block
from pipeline.read.credits import begins_with_dateline
from pipeline.read.marks import MarkPattern, marks_of
from pipeline.read.page import Page, element_text
from pipeline.read.standfirst_description import described
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import folded

_MARK = MarkPattern(
    r"(?:^|[\s_-])(?:stand-?first|sub-?title|sub-?head(?:line|ing)?|dek|deck|sub-?deck|lead|lede?|leadin"
    r"|lead-?text|lead-?paragraph|intro(?:duction)?|introtext"
    r"|article-?(?:summary|lead|intro|description|dek)|summary|abstract|vorspann|chapo|chapeau|excerpt|entradilla"
    r"|bajada|ingress|sottotitolo|occhiello|sommario|soustitre|subtitulo|copete|linha-?fina|manchet|underrubrik"
    r"|perex|preamble|anons|synopsis|teaser-?text)(?:$|[\s_-])"
)
_OTHER_MARK = MarkPattern(
    r"pic|image|img|photo|foto|media|video|gallery|caption|author|byline|date|time|newsletter|sign-?up|subscri"
    r"|related|recommend|promo|advert|cookie|consent|comment|share|social|breadcrumb|footer|modal|popup|paywall"
)
_TAGS = frozenset({"p", "h2", "h3", "h4", "div", "span", "section", "strong"})
_ELSEWHERE = frozenset({"a", "li", "aside", "nav", "footer", "figure", "figcaption", "form", "table"})
_MAX_CHARACTERS = 600
_MIN_MARKED_CHARACTERS = 8
_MIN_SET_APART_CHARACTERS = 25
_MAX_CHILDREN = 6
_NEAR_ELEMENTS = 160
_NEAR_SIBLINGS = 8
_MOST_HEADINGS = 20
_FIRST_BLOCKS = 3
_TEXT_BEGINS_CHARACTERS = 100
_PARAGRAPHS_OF_TEXT = 2


@dataclass(frozen=True, slots=True)
class Standfirst:
    """The standfirst, where it came from, and the body without it; `text` and `source` are None where none is."""

    text: str | None
    source: str | None  # page, json_ld, microdata, meta
    blocks: tuple[Block, ...]


def find_standfirst(
    page: Page, structured: Sequence[StructuredArticle], headline: str | None, blocks: Sequence[Block]
) -> Standfirst:
    """The standfirst of the page, and the blocks of the body without it.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say.
        headline: the chosen one.
        blocks: the body as it was extracted.
    """
    heading = _heading(page, headline)
    shown = _marked(heading, headline) if heading is not None else None
    if shown is None and heading is not None:
        shown = _set_apart(heading, headline, blocks)
    if shown is not None and not begins_with_dateline(shown):  # with a dateline it is the text's first paragraph
        return Standfirst(shown, "page", _without(blocks, shown))
    found = described(page, structured, headline, blocks)
    if found is not None:
        return Standfirst(found.text, found.source, _without(blocks, found.text))
    return Standfirst(None, None, tuple(blocks))


def _heading(page: Page, headline: str | None) -> etree._Element | None:
    """The h1 or h2 that shows the headline, else the first h1."""
    own = folded(headline)
    first: etree._Element | None = None
    for element in islice(page.tree.iter("h1", "h2"), _MOST_HEADINGS):
        text = folded(element_text(element))
        if text and own and (own in text or text in own) and len(text) > len(own) // 2:
            return element
        if element.tag == "h1" and first is None and text:
            first = element
    return first


def _following(element: etree._Element) -> Iterator[etree._Element]:
    """The elements after `element` in document order."""
    node: etree._Element | None = element
    while node is not None and node.tag != "body":
        for sibling in node.itersiblings():
            yield from sibling.iter("*")
        node = node.getparent()


def _marked(heading: etree._Element, headline: str | None) -> str | None:
    """The first marked element near the heading that reads like a standfirst; none where the text has begun."""
    paragraphs = 0
    for element in islice(_following(heading), _NEAR_ELEMENTS):
        tag = element.tag
        if tag not in _TAGS:
            continue
        marks = marks_of(element)
        itemprop = element.get("itemprop") or ""
        if not (_MARK.matches(marks) or itemprop in ("description", "alternativeHeadline", "abstract")):
            if tag == "p" and len(element.text or "") >= _TEXT_BEGINS_CHARACTERS:
                paragraphs += 1
                if paragraphs >= _PARAGRAPHS_OF_TEXT:
                    return None
            continue
        if _OTHER_MARK.matches(marks) or len(element) > _MAX_CHILDREN or _is_elsewhere(element, heading):
            continue
        if next(element.iter("a", "li", "time", "button", "input"), None) is not None:
            continue
        text = element_text(element)
        if _MIN_MARKED_CHARACTERS <= len(text) <= _MAX_CHARACTERS and _says_more(text, headline):
            return text
    return None


def _is_elsewhere(element: etree._Element, heading: etree._Element) -> bool:
    """Whether the element stands in a link, a list, a figure or a box, other than one that holds the heading too."""
    for ancestor in element.iterancestors():
        if (ancestor.tag in _ELSEWHERE or _OTHER_MARK.matches(marks_of(ancestor))) and heading not in ancestor.iter(
            heading.tag
        ):
            return True
        if ancestor.tag in ("article", "main", "body"):
            return False
    return False


def _says_more(text: str, headline: str | None) -> bool:
    """Whether a text is neither the headline nor a part of it nor a name: a standfirst has three words or a stop."""
    own, theirs = folded(text), folded(headline)
    if not own or own in theirs:
        return False
    return " " in own or len(own) >= _MIN_MARKED_CHARACTERS


def _set_apart(heading: etree._Element, headline: str | None, blocks: Sequence[Block]) -> str | None:
    """The paragraph or sub-heading under the heading, where the text itself stands in a box of its own.

    It is in no box with the text's paragraphs, and it is no byline: it is among the first blocks that the extractor
    took for text, or it is a sub-heading right before the box in which they begin.
    """
    parent = heading.getparent()
    if parent is None or not blocks:
        return None
    beside = {element_text(sibling)[:40] for sibling in islice(parent.iterchildren("p"), _NEAR_ELEMENTS)}
    if not {block.text[:40] for block in blocks[_FIRST_BLOCKS:]}.isdisjoint(beside):
        return None
    first = {folded(block.text) for block in blocks[:_FIRST_BLOCKS]}
    siblings = list(islice(heading.itersiblings(), _NEAR_SIBLINGS))
    for number, under in enumerate(siblings):
        if under.tag not in ("p", "h2", "h3") or _OTHER_MARK.matches(marks_of(under)):
            continue
        text = element_text(under)
        if not _MIN_SET_APART_CHARACTERS <= len(text) <= _MAX_CHARACTERS or not _says_more(text, headline):
            continue
        if number == 0 and folded(text) in first and len(blocks) > _FIRST_BLOCKS:
            return text
        is_linked = next(under.iter("a"), None) is not None
        if under.tag != "p" and not is_linked and _begins_in(siblings[number + 1 : number + 3], blocks[0].text, text):
            return text
    return None


def _begins_in(boxes: Sequence[etree._Element], *beginnings: str) -> bool:
    """Whether one of some elements is a box whose text begins with one of these texts."""
    starts = tuple(beginning[:40] for beginning in beginnings)
    return any(box.tag in ("div", "section", "article") and element_text(box).startswith(starts) for box in boxes)


def _without(blocks: Sequence[Block], standfirst: str) -> tuple[Block, ...]:
    """The blocks without the one near the top that is the standfirst."""
    own = folded(standfirst)
    for index, block in enumerate(blocks[:_FIRST_BLOCKS]):
        if folded(block.text) == own:
            return (*blocks[:index], *blocks[index + 1 :])
    return tuple(blocks)
