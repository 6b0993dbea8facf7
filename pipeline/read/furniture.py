"""What stands around an article and is none of it: captions, share widgets, newsletter pitches, links to others.

Two looks at it: elements of the tree, by their marks and by how much of them is links, before the text is taken;
and lines of the text, by their words, afterwards. Both are general: no rule names a page or a publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree, html

from pipeline.read.blocks import Block
from pipeline.read.page import texts_in
from pipeline.read.text import folded

# Class or id tokens, whole or joined by - or _; each was looked at on real pages.
_MARKS = re.compile(
    r"(?:^|[\s_-])(?:newsletter|social-?share|share-?(?:bar|buttons?|tools?|links?|widget)|sharing"
    r"|addtoany|addthis"
    r"|related(?:-?(?:articles?|posts?|stories|content|links?|news|topics?))?|read-?(?:more|also|next)"
    r"|more-?on"
    r"|recirc\w*|recommended|recommendations?|outbrain|taboola|most-?(?:read|viewed|popular)|trending"
    r"|captions?|img-?caption|image-?(?:caption|credit)|photo-?(?:caption|credit)|wp-caption-text"
    r"|paywall|subscribe(?:-?box)?|subscription|promo(?:-?box)?|advert\w*|ad-?(?:slot|container|wrapper"
    r"|label)"
    r"|breadcrumbs?|author-?(?:bio|box|card)|about-?(?:the-)?author|comments?-?(?:list|section|area|form)"
    r"|print-?only|cookie-?(?:banner|notice|consent)|skip-?link|sr-only|visually-?hidden|screen-reader-text)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_MARKED_TAGS = frozenset({"div", "section", "aside", "p", "ul", "ol", "span", "nav", "table", "details", "small"})
_LINK_LINE_TAGS = frozenset({"p", "h2", "h3", "h4", "h5", "h6"})
_READ_MORE = re.compile(
    r"^\W*(?:read (?:more|also|next|on)|also read|see (?:also|more)|more(?: on this)?|related(?: \w+)?"
    r"|don.t miss|also on"
    r"|you may (?:also )?like|recommended|watch(?: now)?|in pictures|click here|mehr(?: dazu| zum thema)?"
    r"|lesen sie(?: auch)?"
    r"|lies auch|auch interessant|ähnliche|zum thema|les også|läs (?:också|mer|även)|læs også|lue myös"
    r"|lire aussi|à lire"
    r"|voir aussi|leggi anche|lee también|le puede interesar|leia (?:também|mais)|lees ook|czytaj (?:też"
    r"|także)|čtěte"
    r"|читайте также|читать также|相关阅读|関連記事)\b",
    re.IGNORECASE,
)
_PITCH = re.compile(
    r"\b(?:sign up (?:for|to|now|here)|subscribe (?:to|now|here|for)|(?:our|free|daily|weekly"
    r"|morning) newsletters?"
    r"|newsletter (?:abonnieren|bestellen)|(?:in|to) your (?:inbox|email)|follow us on|like us on"
    r"|join us on|download (?:our|the) app"
    r"|support our journalism|become a (?:member|subscriber)|thanks for signing up|get in touch (?:with|at)"
    r"|folgen sie uns|jetzt abonnieren|abonnieren sie|abonnez-vous|suscríbete|iscriviti|подпишитесь"
    r"|подписывайтесь"
    r"|send tips|got a (?:story|tip)|tell us what you think|share (?:this|your)|click here (?:to|for)"
    r"|all rights reserved|©|may not be (?:reproduced|republished|published))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:advertisement|sponsored|anzeige|werbung|annonce|publicidad|publicité|реклама|comments?|\d+ comments?"
    r"|leave a comment|share|share (?:this )?(?:article|story)|print(?: (?:article|this))?|e-?mail|order reprints"
    r"|save|facebook|twitter|whatsapp|copy link|read (?:more|next|also)|more (?:stories|news)"
    r"|related(?: (?:stories|articles|topics|news|posts|content|reading|links))?"
    r"|(?:people are|what others are) (?:also )?reading"
    r"|recommended(?: for you)?|you may also like|most (?:read|popular|viewed)|don.t miss|newsletters?|sign up"
    r"|subscribe|mehr zum thema|ähnliche(?: artikel)?|auch interessant|drucken|teilen|kommentare|topics|tags|loading"
    r"|skip to (?:main )?content|play video|article|článek|artikel|live|watch(?: now)?|listen(?: to (?:this )?article)?"
    r"|close|menu|back to top|печать|отправить(?: другу)?|комментарии|поделиться|imprimir|compartir|imprimer|partager)"
    r"\W*(?:\d+\W*)?$",
    re.IGNORECASE,
)
_LABELS_IN_A_ROW = re.compile(r"\s+[·•|/]\s+")
_SAYS_ADVERTISEMENT = re.compile(
    r"^\W*(?:advertisement|sponsored|anzeige|werbung|publicidad|publicité|реклама)\b", re.IGNORECASE
)
_ADVERTISEMENT_MAX_CHARACTERS = 300
_CREDIT = re.compile(
    r"^\W*(?:photos?|images?|pictures?|photographs?|foto(?:s|grafie)?|bild(?:er)?|image credit"
    r"|photo credit|credit"
    r"|фото|写真|图片来源|archivbild|symbolbild|copyright)\s?(?:\([^)]*\)\s?)?[:：/©]\s?\S.{0,110}$|^\(?(?:image"
    r"|photo|foto)(?: credit)?: ?[^)]{2,80}\)?$",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"^(?:(?:first )?(?:published|updated|posted|last (?:updated|modified)|stand|aktualisiert"
    r"|veröffentlicht|publié|mis à jour|updated at)\b.{0,60}"
    r"|\W*\d{1,2}[./ ]\s?(?:\d{1,2}|\w{3,10})[./ ,]\s?\d{4}\b.{0,40}"
    r"|\W*\w{3,10}\.? \d{1,2}, \d{4}\b.{0,70}|\W*\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}\b.{0,30})$",
    re.IGNORECASE,
)
_PITCH_MAX_CHARACTERS = 260
_HEAD_BLOCKS = 6  # how far down bylines, dates and repeated headlines are looked for
_PROTECTED_SHARE = 0.4  # an element with more of the page's paragraph text than this is no furniture


def prune(tree: html.HtmlElement) -> None:
    """Take furniture elements out of `tree`, in place; one that holds much of the page's text stays."""
    room = _paragraph_length(tree) * _PROTECTED_SHARE
    for element in list(tree.iter(*_MARKED_TAGS)):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        is_marked = len(marks) > 1 and _MARKS.search(marks) and _paragraph_length(element) <= room
        if is_marked or _is_advertisement(element):
            _drop(element)
    for element in list(tree.iter(*_LINK_LINE_TAGS)):
        if element.getparent() is not None and _is_link_line(element):
            _drop(element)
    for element in list(tree.iter("ul", "ol")):
        if element.getparent() is not None and _is_link_list(element):
            _drop(element)


def without_furniture(blocks: Sequence[Block], *, labels: Iterable[str], names: Iterable[str]) -> list[Block]:
    """The blocks that are text of the article.

    Args:
        blocks: what the extractor took for text.
        labels: the forms of the headline, the section; a block near the top that repeats one is none of the text.
        names: the people of the byline; a short block that holds nothing but them is none either.
    """
    repeated = {folded(h) for h in labels if h}
    people = [folded(n) for n in names if n]
    kept: list[Block] = []
    for block in blocks:
        if _is_furniture_line(block):
            continue
        if len(kept) < _HEAD_BLOCKS and (
            folded(block.text) in repeated or _DATE_LINE.match(block.text) or _is_byline(block.text, people)
        ):
            continue
        if kept and block.text == kept[-1].text:
            continue
        kept.append(block)
    while kept and (kept[-1].kind == "heading" or _is_byline(kept[-1].text, people)):
        kept.pop()
    return kept


def _is_furniture_line(block: Block) -> bool:
    text = block.text
    if not any(c.isalnum() for c in text) or all(_LABEL.match(part) for part in _LABELS_IN_A_ROW.split(text)):
        return True
    if len(text) > _PITCH_MAX_CHARACTERS:
        return False
    return bool(_CREDIT.match(text) or _PITCH.search(text))


def _is_advertisement(element: etree._Element) -> bool:
    """Whether an element begins with the word for it and holds little more than that."""
    if not _SAYS_ADVERTISEMENT.match(element.text or ""):
        return False
    return len("".join(texts_in(element)).strip()) <= _ADVERTISEMENT_MAX_CHARACTERS


def _is_byline(text: str, people: Sequence[str]) -> bool:
    if len(text) > 90 or not people:
        return False
    rest = folded(text)
    if not any(name in rest for name in people):
        return False
    for name in people:
        rest = rest.replace(name, " ")
    return len(rest.split()) <= 4


def _is_link_line(element: etree._Element) -> bool:
    """Whether a short paragraph is nothing but a link, or a "read more" in front of one."""
    text = "".join(texts_in(element)).strip()
    if not text or len(text) > _PITCH_MAX_CHARACTERS:
        return False
    linked = sum(len("".join(texts_in(a)).strip()) for a in element.iter("a"))
    if not linked:
        return False
    if _READ_MORE.match(text) and linked >= 0.5 * len(text):
        return True
    return element.tag == "p" and linked >= 0.95 * len(text) and len(text) > 25


def _is_link_list(element: etree._Element) -> bool:
    """Whether every item of a list is a link and nothing else."""
    items = [child for child in element if child.tag == "li"]
    texts = ["".join(texts_in(item)).strip() for item in items]
    if not any(texts):
        return False
    linked = [sum(len("".join(texts_in(a)).strip()) for a in item.iter("a")) for item in items]
    return all(link >= 0.9 * len(text) for link, text in zip(linked, texts, strict=True))


def _paragraph_length(element: etree._Element) -> int:
    return sum(len("".join(texts_in(p))) for p in element.iter("p"))


def _drop(element: etree._Element) -> None:
    """Remove an element, and keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is not None:
            before.tail = f"{before.tail or ''} {element.tail}"
        else:
            parent.text = f"{parent.text or ''} {element.tail}"
    parent.remove(element)
