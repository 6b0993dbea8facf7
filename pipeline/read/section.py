"""The section: the part of the publication under which an article is filed, as the page says it.

Structured data first (articleSection, then the trail of breadcrumbs), then meta elements, then what the page shows:
its trail, the short line over the headline, the middle of a title in three parts. Slugs and names that say nothing
("News") count only where nothing better is said. The address is asked last, and only for a word that is a section's
name everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree

from pipeline.read.marks import MarkPattern
from pipeline.read.page import Page, element_text
from pipeline.read.section_words import HOME_WORDS, SECTION_WORDS, VAGUE_WORDS
from pipeline.read.site_name import SiteNames, site_names
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import clean_line, folded

_MAX_CHARACTERS = 60
_MAX_SHOWN_CHARACTERS = 30
_MAX_SHOWN_WORDS = 4
_KICKER = MarkPattern(
    r"(?:^|[\s_-])(?:kicker|eyebrow|rubric|rubrik|ressort|overline|cat-links|(?:post|entry|article)[_-]+categor(?:y|ies)"
    r"|(?:section|category|channel)-?(?:name|label|link|title))(?:$|[\s_-])"
)
_TRAIL = MarkPattern(r"(?:^|[\s_-])(?:bread-?crumbs?(?:-?(?:list|trail|nav|container|wrapper))?|crumbs)(?:$|[\s_-])")
_SLUG = re.compile(r"^(?:[a-z0-9]+[_-])+[a-z0-9]+$|^[a-z]+$")
_NO_NAME = re.compile(r"://|^[\d\W_]+$|^www\.|^/|\{\{")
_TITLE_PARTS = re.compile(r"\s*[|｜]\s*|\s+[–—-]\s+")
_META_NAMES = ("article:section", "og:article:section", "parsely-section", "dcsext.section", "cxenseparse:section")
_TRAIL_TAGS = frozenset({"nav", "ol", "ul", "div", "section", "p", "span"})
_KICKER_TAGS = frozenset({"div", "span", "p", "a", "strong", "li"})
_LEVELS_TO_HEADING = 4
_MOST_TRAIL_LINKS = 10


def find_section(
    page: Page, structured: Sequence[StructuredArticle], headline: str | None
) -> tuple[str | None, str | None]:
    """The section and where it came from (json_ld, microdata, meta, page, url); two None where the page does not say.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say.
        headline: the chosen one, which also ends most trails.
    """
    slug: tuple[str, str] | None = None
    vague: tuple[str, str] | None = None
    shown: dict[str, str] = {}
    for name, source, is_certain in _stated(page, structured, headline):
        if _SLUG.match(name) and is_certain:
            slug = slug or (name, source)
            continue
        if slug is None and folded(name) not in VAGUE_WORDS and (is_certain or vague is None):
            return name, source
        if slug is not None and is_certain and "_" in slug[0]:
            return name, source
        vague = vague or (name, source)
        shown.setdefault(_slug_of(name), name)
    if slug is not None:
        trail = (step for item in structured for step in item.breadcrumbs)
        shown = {**{_slug_of(step): step for step in trail}, **shown}
        return shown.get(slug[0].replace("_", "-"), _name_of(slug[0])), slug[1]
    if vague is not None:
        return vague
    word = _first_folder(page.url)
    return (word, "url") if word else (None, None)


def _stated(
    page: Page, structured: Sequence[StructuredArticle], headline: str | None
) -> Iterator[tuple[str, str, bool]]:
    """All that may be the section, where it came from, and whether it is one for certain: the most trusted first.

    What costs more to find is only looked for when asked.
    """
    own = folded(headline)
    for text, source, is_certain in _said(page, structured, headline):
        name = _clean(text)
        if name and folded(name) != own and folded(name) not in HOME_WORDS:
            yield name, source, is_certain


def _said(
    page: Page, structured: Sequence[StructuredArticle], headline: str | None
) -> Iterator[tuple[str | None, str, bool]]:
    for item in structured:
        yield item.section, item.origin, True
    trails = [(item.breadcrumbs, item.origin) for item in structured if item.breadcrumbs]
    sites = site_names(page, structured) if trails else None
    for trail, origin in trails:
        yield _last_of_trail(trail, headline, sites), origin, True
    for key in _META_NAMES:
        yield page.first_meta(key), "meta", True
    yield _last_of_trail(_shown_trail(page), headline, sites or site_names(page, structured)), "page", True
    # A kicker is as often the topic: it counts where nothing else is said.
    yield _kicker(page, headline), "page", False
    # "Headline|Section|site": the part between, where the title is made of three.
    parts = [part for part in _TITLE_PARTS.split(page.title) if part]
    if len(parts) == 3 and folded(parts[0]) == folded(headline) and len(parts[1].split()) <= 3:
        yield parts[1], "page", False


def _clean(text: str | None) -> str | None:
    """One name, without a leading mark and without the further names of a list."""
    if not text or _NO_NAME.search(text):
        return None
    name = clean_line(re.split(r"\s*[,;/>|]\s*", text.strip(" -–—>/|,;"))[0] if len(text.split(",")) > 2 else text)
    name = name.strip(" -–—>/|,;#:»›").removeprefix("in ")
    return name if 1 < len(name) <= _MAX_CHARACTERS else None


def _last_of_trail(trail: Sequence[str], headline: str | None, sites: SiteNames | None) -> str | None:
    """The last step of a trail that is neither the article nor the site nor its front page."""
    own = folded(headline)
    vague = None
    for step in reversed(trail):
        name = folded(step)
        if not name or name in HOME_WORDS or (sites and sites.has(step)) or len(step) > _MAX_CHARACTERS:
            continue
        if own and (name in own or own in name) and len(name) > len(own) // 2:
            continue
        if len(name.split()) <= _MAX_SHOWN_WORDS:
            if name not in VAGUE_WORDS:
                return step
            vague = vague or step
    return vague


def _shown_trail(page: Page) -> list[str]:
    """The steps of the first marked trail: its links."""
    for _, element, tag, marks in page.marked:
        if tag in _TRAIL_TAGS and _TRAIL.matches(marks):
            links = islice(element.iter("a"), _MOST_TRAIL_LINKS)
            if steps := [text for link in links if (text := element_text(link))]:
                return steps
    return []


def _kicker(page: Page, headline: str | None) -> str | None:
    """The short marked line near the headline, outside lists and boxes."""
    for _, element, tag, marks in page.marked:
        if tag not in _KICKER_TAGS or not _KICKER.matches(marks):
            continue
        if len(element) > 3 or not _is_beside_heading(element):
            continue
        text = element_text(element)
        if 2 < len(text) <= _MAX_SHOWN_CHARACTERS and folded(text) not in folded(headline):
            return text
    return None


def _is_beside_heading(element: etree._Element) -> bool:
    for ancestor in islice(element.iterancestors(), _LEVELS_TO_HEADING):
        if ancestor.tag in ("aside", "nav", "footer", "body"):
            return False
        if next(ancestor.iter("h1"), None) is not None:
            return True
    return False


def _slug_of(name: str) -> str:
    """A name as an address has it: without accents, with hyphens."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", letters).strip("-")


def _name_of(slug: str) -> str:
    """A slug as a name, each word once: "news_world-news" is "News world"."""
    words = list(dict.fromkeys(re.split(r"[_-]", slug)))
    return " ".join(words).capitalize()


def _first_folder(url: str) -> str | None:
    """The first folder of the address, where it is a section's name everywhere."""
    try:
        folders = unquote(urlsplit(url).path).strip("/").split("/")
    except ValueError:
        return None
    for folder in folders[:-1][:2]:
        if folder.casefold() in SECTION_WORDS:
            return folder.capitalize()
    return None
