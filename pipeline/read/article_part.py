"""The pictures that stand in the article's part of a page: from its headline, or its lead picture, to its last words.

The part is told from the text alone: the element that holds most of what stands in paragraphs, and around it the
one that also holds the headline. Within it, what is marked as something else (related articles, the author's
portrait, an advertisement) is left out, and so is a picture that leads to another page.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.read.captions import Caption, caption_of
from pipeline.read.image_urls import addresses_of, is_placeholder, is_small, leads_away, width_of
from pipeline.read.marks import MarkPattern, marks_of
from pipeline.read.page import Page, element_text
from pipeline.read.text import folded

_ELSEWHERE = MarkPattern(
    r"related|recommend|teaser|promo(?!te)|(?:^|[\s_-])(?:ads?|advert\w*|sponsor\w*|banner|sidebar|aside"
    r"|footer|nav(?:bar|igation)?|menu|breadcrumb"
    r"|newsletter|comments?|share|sharing|social|most-?read|trending|popular|more-?(?:on|from|stories|news"
    r"|articles)|read-?(?:more|next|also)"
    r"|see-?also|outbrain|taboola|widget|carousel-?related|recirc\w*|up-?next|next-?article|author|authors"
    r"|avatar|byline|bio|profile|contributor"
    r"|logo|icon|emoji|cookie|consent|paywall|subscribe|subscription|poll|product|shop|mehr-?zum|lesen-?sie"
    r"|auch-?interessant|empfehl\w*"
    r"|verwandte|weitere|leia|leggi|lire-?aussi|a-lire|lee-?tambien|read-?also|lees-?ook|relaterad"
    r"|relatert)(?:$|[\s_-])"
    r"|author-?_?(?:box|bio|info|image|img|photo|card)|avatar"
)
_CAPTIONED = MarkPattern(
    r"(?:^|[\s_-])wp-caption(?:$|\s)|image-?_?(?:with-?)?caption(?:$|\s)|caption-?_?(?:box|container|image)|bildbox"
)
_OUT_OF_PLACE = frozenset({"aside", "nav", "footer", "form", "button", "template"})
_WALKED_TAGS = ("h1", "p", "figure", "img", "amp-img")
_PICTURE_TAGS = frozenset({"img", "amp-img"})
_TEXT_SHARE = 0.6  # of the paragraphs' characters: what holds as much holds the text
_LEAST_PARAGRAPH_CHARACTERS = 40
_MOST_CANDIDATES = 400
_LEAD_CHARACTERS = 300  # of text before a picture: a later one is not at the head of the article
_MOST_PARAGRAPHS = 5_000
_CLEARLY_TEXT_CHARACTERS = 120
_MOST_LEVELS = 60
_MOST_HEADINGS = 20
_MOST_IN_FIGURE = 8
_LONGEST_HEADING_CHARACTERS = 1_000
_HOLDER_LEVELS = 4
_TEASER_CHARACTERS = 200  # an article element with as much text is part of the article


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture as the page shows it."""

    addresses: list[str]  # as written, the best first
    caption: Caption
    is_lead: bool  # it stands at the head of the article


def pictures_in_article(page: Page, headline: str | None) -> Iterator[ShownPicture]:
    """The pictures in the article's part of the page, in order.

    Args:
        page: the parsed page.
        headline: the chosen one; the h1 that repeats it is where the article begins.
    """
    body = page.tree.find("body")
    if body is None:
        return
    nodes = list(body.iter(*_WALKED_TAGS))  # one walk for all that follows
    held = _held_text(nodes)
    if not held:
        return
    heading = _heading_of(nodes, headline)
    holder = _text_holder(body, held)
    search = _Search(page.url, _part_of(body, holder, heading), holder, heading, held)
    captioned = {
        m.element for m in page.marked if m.tag == "div" and "aption" in m.marks and _CAPTIONED.matches(m.marks)
    }
    last = _last_words(nodes, holder)
    characters, ended = 0, False
    started = search.part is not body or heading is None
    walked: Iterable[etree._Element] = nodes
    if captioned:
        walked = search.part.iter(*_WALKED_TAGS, "div")
    elif search.part is not body:
        walked = search.part.iter(*_WALKED_TAGS)
    for node in walked:
        tag = node.tag
        if tag == "p":
            characters += _own_characters(node) if started and characters < _LEAD_CHARACTERS else 0
            ended = ended or node is last
        elif tag == "h1":
            started = started or node is heading
        elif started and (tag != "div" or node in captioned):
            if search.is_exhausted():
                return
            if ended and holder not in itertools.islice(node.iterancestors(), _MOST_LEVELS):
                return  # below the article
            if (picture := search.picture(node)) is not None:
                yield ShownPicture(*picture, is_lead=characters < _LEAD_CHARACTERS)


class _Search:
    """One search through the article's part; it remembers what it has judged."""

    def __init__(
        self,
        url: str,
        part: etree._Element,
        holder: etree._Element,
        heading: etree._Element | None,
        held: dict[etree._Element, int],
    ) -> None:
        self.part = part
        self._url = url
        self._holder = holder
        # Whatever these are marked as, the article itself is in them.
        self._around_text = {holder, *holder.iterancestors()}
        # An article element with text, or with the headline, is no teaser; pages divide one article into several.
        self._with_text = set() if heading is None else set(heading.iterancestors())
        for element, characters in held.items():
            if characters >= _TEASER_CHARACTERS:
                self._with_text.update((element, *itertools.islice(element.iterancestors(), _MOST_LEVELS)))
        self._judged: dict[etree._Element, bool] = {}
        self._taken: set[etree._Element] = set()
        self._candidates = 0

    def is_exhausted(self) -> bool:
        """Whether as many candidates were looked at as any article has; counts this one."""
        self._candidates += 1
        return self._candidates > _MOST_CANDIDATES

    def picture(self, node: etree._Element) -> tuple[list[str], Caption] | None:
        """The addresses and caption of a figure, an img or what stands in for a figure; None: not the article's."""
        if node in self._taken:
            return None
        is_bare = node.tag in _PICTURE_TAGS
        images = [node] if is_bare else list(itertools.islice(node.iter(*_PICTURE_TAGS), _MOST_IN_FIGURE))
        if not images or (not is_bare and next(node.iterdescendants("figure"), None) is not None):
            return None  # of a gallery each figure is asked by itself
        self._taken.update(images)
        if self._is_elsewhere(node) or (is_bare and not self._is_of_the_text(node)):
            return None
        fitting = [image for image in images if not is_small(image) and not leads_away(image, self._url)]
        if not fitting or _ELSEWHERE.matches(marks_of(fitting[0])):
            return None
        best = max(fitting, key=width_of)
        addresses = [address for image in dict.fromkeys((best, *fitting)) for address in addresses_of(image)]
        if not addresses or is_placeholder(addresses[0]):
            return None
        if is_bare:
            return addresses, Caption(None, None)
        if next(node.iter("figcaption"), None) is None and next(node.iter("h2", "h3", "h4"), None) is not None:
            return None  # a teaser: a picture with a headline of its own
        return addresses, caption_of(node)

    def _is_elsewhere(self, node: etree._Element) -> bool:
        """Whether an element, or one around it within the part, is something else than the article."""
        path: list[etree._Element] = []
        current: etree._Element | None = node
        answer = False
        while current is not None and current is not self.part and len(path) < _MOST_LEVELS:
            if current in self._judged:
                answer = self._judged[current]
                break
            path.append(current)
            if self._is_marked_as_other(current):
                answer = True
                break
            current = current.getparent()
        self._judged.update(dict.fromkeys(path, answer))
        return answer

    def _is_marked_as_other(self, element: etree._Element) -> bool:
        if element in self._around_text:
            return False
        if element.tag == "article" and element not in self._with_text:
            return True
        return element.tag in _OUT_OF_PLACE or _ELSEWHERE.matches(marks_of(element))

    def _is_of_the_text(self, image: etree._Element) -> bool:
        """Whether a picture without a figure around it stands among the paragraphs of the text."""
        return self._holder in itertools.islice(image.iterancestors(), 4)


def _heading_of(nodes: Iterable[etree._Element], headline: str | None) -> etree._Element | None:
    wanted = folded(headline)
    first = same = None
    for heading in itertools.islice((node for node in nodes if node.tag == "h1"), _MOST_HEADINGS):
        text = folded(element_text(heading)[:_LONGEST_HEADING_CHARACTERS])
        if wanted and text and (text in wanted or wanted in text):
            same = heading  # the last one: a trail of links above the article may repeat it first
        if first is None and text:
            first = heading
    return first if same is None else same


def _own_characters(paragraph: etree._Element) -> int:
    """Characters of a paragraph outside of its links and other elements, roughly: cheap, and links weigh nothing."""
    count = len(paragraph.text or "")
    if count < _CLEARLY_TEXT_CHARACTERS:
        for child in paragraph:
            if tail := child.tail:
                count += len(tail)
    return count


def _held_text(nodes: Iterable[etree._Element]) -> dict[etree._Element, int]:
    """How many characters of paragraphs stand directly in which element."""
    held: dict[etree._Element, int] = {}
    paragraphs = (node for node in nodes if node.tag == "p")
    for paragraph in itertools.islice(paragraphs, _MOST_PARAGRAPHS):
        characters = _own_characters(paragraph)
        parent = paragraph.getparent()
        if characters >= _LEAST_PARAGRAPH_CHARACTERS and parent is not None:
            held[parent] = held.get(parent, 0) + characters
    return held


def _text_holder(body: etree._Element, held: dict[etree._Element, int]) -> etree._Element:
    """The innermost element that holds most of what stands in paragraphs.

    Where each paragraph has a box of its own, that is some levels up; the search ends below body and main.
    """
    within = dict(held)
    for element, characters in held.items():
        for outer in itertools.islice(element.iterancestors(), _HOLDER_LEVELS):
            within[outer] = within.get(outer, 0) + characters
    needed = _TEXT_SHARE * sum(held.values())
    node = max(held, key=lambda element: held[element])
    for _ in range(_HOLDER_LEVELS):
        parent = node.getparent()
        if within[node] >= needed or parent is None or parent is body or parent.tag == "main":
            break
        node = parent
    return node


def _last_words(nodes: Sequence[etree._Element], holder: etree._Element) -> etree._Element | None:
    """The last paragraph of the text."""
    for node in reversed(nodes):
        if node.tag == "p" and holder in itertools.islice(node.iterancestors(), _HOLDER_LEVELS + 1):
            return node
    return None


def _part_of(body: etree._Element, holder: etree._Element, heading: etree._Element | None) -> etree._Element:
    """The innermost element around both text and headline; the body only where there is no other."""
    around: list[etree._Element] = []
    node: etree._Element | None = holder
    while node is not None and node is not body and len(around) < _MOST_LEVELS:
        around.append(node)
        node = node.getparent()
    if heading is None:
        return next((element for element in around if element.tag in ("article", "main")), holder)
    above = set(heading.iterancestors())
    shared = next((element for element in around if element in above), None)
    if shared is None:
        return body
    # The whole article where it is marked as one: its lead picture may stand outside of what holds the headline.
    return next((e for e in around[around.index(shared) :] if e.tag == "article"), shared)
