"""Datelines that a reader sees on a page: where they stand, what they say, and whether of first or last."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from pipeline.read.datelines import prepared
from pipeline.read.marks import MarkPattern, marks_of
from pipeline.read.moments import Moment
from pipeline.read.page import Page, element_text
from pipeline.read.text import folded

PUBLISHED = "published"
UPDATED = "updated"

_UPDATED_WORDS = (
    r"updat|modif|revised|edited|aktualis|geändert|mis(?:e)? à jour|actuali[sz]|aggiorna|atualiza|oppdatert|opdateret"
    r"|uppdatera|päivitetty|muokattu|bijgewerkt|gewijzigd|aktualiz|frissít|módosít|güncelle|ažurira|posodobljeno"
    r"|обновл|оновлен|изменен|актуализ|ενημερ|更新|수정|업데이트|روزرسانی|روز رسانی|تحديث|עודכן|อัปเดต|cập nhật"
    r"|diperbarui|kemas kini|अपडेट|संशोधित"
)
_PUBLISHED_WORDS = (
    r"publi|posted|created|issued|veröffentlicht|erstellt|gepostet|geplaatst|julkaistu|udgivet|dodano|vydáno|objavlj"
    r"|megjelen|közzé|yayın|eklenme|опубл|создан|δημοσι|发布|發布|發佈|公開|掲載|배포|입력|등록"
    r"|انتشار|نشر|פורסם|เผยแพร่|xuất bản|diterbitkan|प्रकाशित"
)
_LABEL = re.compile(rf"(?P<updated>{_UPDATED_WORDS})|(?P<published>{_PUBLISHED_WORDS})", re.IGNORECASE)
_SAYS_UPDATED = re.compile(_UPDATED_WORDS, re.IGNORECASE)
_UPDATED_MARK = MarkPattern(r"updat|modif|lastmod|aktualis|actuali[sz]|bijgewerkt")
_PUBLISHED_MARK = MarkPattern(r"publi|posted|created|entry-date|issued")
_DATE_MARK = MarkPattern(
    r"(?:^|[\s_-])(?:pub(?:lished|lish)?|time(?:stamp)?|posted(?:-?on)?|created|datum|fecha|data|updated|modified)"
    r"(?:$|[\s_-])|date|timestamp"
)
_HARD_BOX = frozenset({"nav", "form"})
_HARD_BOX_MARK = MarkPattern(r"comment|related|footer|recommend|teaser|latest|popular|copyright|trending|most-?read")
_SOFT_BOX_MARK = MarkPattern(r"sidebar")
_NO_DATELINE = frozenset(
    {"script", "style", "noscript", "meta", "link", "title", "option", "html", "head", "body", "a", "h1", "h2", "h3",
     "svg", "path", "img", "br", "input", "button"}
)  # fmt: skip
_TIME_TAGS = frozenset({"time", "relative-time", "time-ago", "local-time"})
_STATING_ATTRIBUTES = ("datetime", "content", "title", "data-datetime", "data-date", "data-timestamp", "data-time")
_YEAR = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d|25[3-9]\d|1[34]\d\d)(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d\d(?!\d)|['’]\d\d(?!\d)|年"
)
_TWO_DIGITS = re.compile(r"\d\d|年")
_SHORTEST_CHARACTERS = 6
_LONGEST_CHARACTERS = 130
_LONGEST_WITH_SPACE_CHARACTERS = 500
_MOST_PLACES = 200
_NEAREST = 6
_NEAREST_IN_BOXES = 12
_BEFORE_HEADING_COUNTS = 3  # times as far: the masthead's date is today's
_TEASER_CHARACTERS = 40  # that a link holds beside the date

Parse = Callable[[str | None], Moment | None]


class Dateline(NamedTuple):
    """One date that a reader sees; `says` is PUBLISHED, UPDATED, or None where no word tells."""

    moment: Moment
    says: str | None


def says_updated(words: str | None) -> bool:
    """Whether the words of a dateline say that it tells when the article was changed."""
    return bool(words and _SAYS_UPDATED.search(words))


def visible_datelines(page: Page, parse: Parse) -> list[Dateline]:
    """The datelines of the page's article, the nearest to its headline first.

    Dates in a box beside the article (a sidebar) count only where there is no other, and where the box holds one
    day only: teasers have several.
    """
    inside, boxed = _places(page)
    found = [dateline for element in inside[:_NEAREST] for dateline in _datelines(element, parse)]
    if not found:
        found = [dateline for element in boxed[:_NEAREST_IN_BOXES] for dateline in _datelines(element, parse)]
        if len({dateline.moment.local.date() for dateline in found}) > 1:
            return []
    return found


def labelled(words: str, parse: Parse) -> list[Dateline]:
    """Every date in the words of a dateline, each with what the label before it says."""
    labels = list(_LABEL.finditer(words))
    if not labels:
        moment = parse(words)
        return [Dateline(moment, None)] if moment else []
    found: list[Dateline] = []
    if moment := parse(words[: labels[0].start()]):
        found.append(Dateline(moment, None))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        says = UPDATED if label["updated"] else PUBLISHED
        if moment := parse(words[label.end() : following.start() if following else None]):
            found.append(Dateline(moment, says))
        elif found and found[-1].says is None:  # the label stands after its date
            found[-1] = Dateline(found[-1].moment, says)
    return found


def _places(page: Page) -> tuple[list[etree._Element], list[etree._Element]]:
    """Elements that may be datelines, the nearest to the headline first: of the article, and of boxes beside it."""
    heading = _heading(page)
    around_heading = frozenset(heading.iterancestors()) if heading is not None else frozenset()
    heading_at = 0
    found: dict[etree._Element, int] = {}
    for position, element in enumerate(page.tree.iter("*")):
        tail = element.tail
        if tail is not None and len(tail) >= _SHORTEST_CHARACTERS and _has_year(tail):
            parent = element.getparent()
            if parent is not None and parent.tag not in _NO_DATELINE:
                found.setdefault(parent, position)
        if element.tag in _NO_DATELINE:
            if element is heading:
                heading_at = position
        elif _may_be_dateline(element):
            found.setdefault(element, position)
            if len(found) >= _MOST_PLACES:
                break
    places = [(position, element) for element, position in found.items()]
    places.sort(
        key=lambda place: (
            place[0] - heading_at if place[0] >= heading_at else _BEFORE_HEADING_COUNTS * (heading_at - place[0])
        )
    )
    inside: list[etree._Element] = []
    boxed: list[etree._Element] = []
    for _, element in places:
        box = _box(element, around_heading)
        if box != "hard":
            (boxed if box else inside).append(element)
        if len(inside) >= _NEAREST:
            break
    return inside, boxed


def _heading(page: Page) -> etree._Element | None:
    """The element of the page's headline: the first heading that its title repeats, else the first h1."""
    shown = [key for text in (page.title, page.first_meta("og:title")) if (key := folded(text))]
    first_h1 = None
    for tag, least_characters in (("h1", 1), ("h2", 15)):
        for element in page.tree.iter(tag):
            if first_h1 is None and tag == "h1":
                first_h1 = element
            key = folded(element_text(element))
            # A masthead that is a heading repeats the name of the site, which stands in the title as well.
            if len(key) >= least_characters and any(key in text and 2 * len(key) >= len(text) for text in shown):
                return element
    return first_h1


def _may_be_dateline(element: etree._Element) -> bool:
    """A time element, one marked as a date, or one whose first text is short and has a year in it."""
    if element.tag in _TIME_TAGS:
        return True
    names, own_id = element.get("class"), element.get("id")
    if (names or own_id) and _DATE_MARK.matches(f"{names or ''} {own_id or ''}"):
        return _is_short(element) or element.get("content") is not None
    text = element.text
    return text is not None and len(text) >= _SHORTEST_CHARACTERS and _has_year(text)


def _has_year(text: str) -> bool:
    """Whether a text is short enough for a dateline, and has a year."""
    if len(text) > _LONGEST_WITH_SPACE_CHARACTERS or not _TWO_DIGITS.search(text):
        return False
    text = text.strip()
    return len(text) <= _LONGEST_CHARACTERS and _YEAR.search(prepared(text)) is not None


def _is_short(element: etree._Element) -> bool:
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > _LONGEST_CHARACTERS:
            return False
    return length >= _SHORTEST_CHARACTERS


def _datelines(element: etree._Element, parse: Parse) -> list[Dateline]:
    words = element_text(element)
    found = labelled(words, parse) if len(words) <= 2 * _LONGEST_CHARACTERS else []
    for name in _STATING_ATTRIBUTES:
        if (stated := element.get(name)) and (moment := parse(stated)):
            says = found[0].says if len(found) == 1 else None
            found.insert(0, Dateline(moment, says))
            break
    if any(dateline.says for dateline in found):
        return found
    says = _label_around(element)
    return [Dateline(dateline.moment, says) for dateline in found]


def _label_around(element: etree._Element) -> str | None:
    """What the marks of an element, or the words right before it, say of its date."""
    name = element.get("itemprop") or ""
    marks = f"{marks_of(element)} {name}"
    if _UPDATED_MARK.matches(marks) != _PUBLISHED_MARK.matches(marks):
        return UPDATED if _UPDATED_MARK.matches(marks) else PUBLISHED
    before = element.getprevious()
    parent = element.getparent()
    words = (before.tail or "") if before is not None else (parent.text or "") if parent is not None else ""
    if not words.strip() and before is not None and len(before) == 0:
        words = before.text or ""
    if len(words) > _LONGEST_CHARACTERS:
        return None
    label = next(reversed(list(_LABEL.finditer(words))), None)
    return None if label is None else UPDATED if label["updated"] else PUBLISHED


def _box(element: etree._Element, around_heading: frozenset[etree._Element]) -> str | None:
    """What an element stands in besides the article: a "hard" box (comments, teasers, the footer), a "soft" one
    (a sidebar), or None.

    What the headline stands in too says nothing: a whole article may lie in a box that is called a sidebar.
    """
    soft = None
    for around in (element, *element.iterancestors()):
        if around in around_heading:
            break
        tag = around.tag
        if tag in _HARD_BOX or (tag == "footer" and not _ends_article(around, around_heading)):
            return "hard"
        if tag == "a" and len(element_text(around)) > len(element_text(element)) + _TEASER_CHARACTERS:
            return "hard"
        if tag in ("body", "html"):
            continue
        marks = marks_of(around)
        if _HARD_BOX_MARK.matches(marks) and tag != "footer":
            return "hard"
        if tag == "aside" or _SOFT_BOX_MARK.matches(marks):
            soft = "soft"
    return soft


def _ends_article(footer: etree._Element, around_heading: frozenset[etree._Element]) -> bool:
    """Whether a footer is that of the article with the headline, and not that of the page."""
    article = next(footer.iterancestors("article", "main", "section"), None)
    return article is not None and article in around_heading
