"""What a page is that holds no article: a consent wall, a "not found" with status 200, a front page, nothing.

Structured data that describes an article with a text or a date is believed: such a page is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.read.blocks import Block
from pipeline.read.page import Page, element_text
from pipeline.read.structured import StructuredArticle
from pipeline.statuses import ArticleStatus

_NOT_FOUND = re.compile(
    r"\b(?:page|article|story|file|content|url)(?: you\W+\w+(?: \w+)*?)? (?:(?:was|is|could|can"
    r"|has) ?(?:not|n.t)|no longer|not) (?:be )?(?:found|available|exist)"
    r"|\bpage not found\b|\b(?:error )?404\b(?!\.)|\bnot found\b|\bno longer (?:available|exists)\b"
    r"|\bdoes(?:n.t| not) exist\b|\bnothing (?:was )?found\b"
    r"|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no (?:encontrada|existe)"
    r"|pagina non trovata"
    r"|página não encontrada|pagina niet gevonden|страница не найдена|sidan (?:kunde inte hittas"
    r"|finns inte)|页面不存在|找不到",
    re.IGNORECASE,
)
# Each line is one thing that a consent page says; a news page says one of them, a consent page several.
_CONSENT = (
    r"before you continue|your privacy (?:matters|choices|settings|is important)|value your privacy",
    r"cookies\b|cookie (?:consent|settings|preferences|policy)",
    r"accept (?:all|cookies|and continue)|agree (?:and|&|to) (?:continue|close)|\bi (?:agree|accept)\b",
    r"manage (?:your )?(?:options|choices|preferences|settings|cookies)|reject all|more options",
    r"our (?:\d+ )?partners|store and/or access|personali[sz]ed (?:ads|advertising|content)|legitimate interest",
    r"\bconsent\b|privacy (?:preferences|choices)",
    r"zustimm\w+|einwilligung|werbung und tracking",
    r"accepter et|gérer (?:mes|vos)|consentement|aceptar y|consentimiento|accetta e|согласие",
)
_CONSENT_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _CONSENT)
_CONSENT_TITLE = re.compile(
    r"before you continue|privacy|cookie|consent|zustimm|datenschutz|confidentialité", re.IGNORECASE
)
_CONSENT_WORDS_NEEDED = 3
_CONSENT_MAX_CHARACTERS = 2_500
_NOT_FOUND_MAX_CHARACTERS = 900
_MIN_CHARACTERS = 120
_MIN_WIDE_CHARACTERS = 50  # of a text in a script that writes a word in one or two letters
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LISTING_LONGEST_BLOCK = 260
_LISTING_MIN_LINKS = 8
_LISTING_LINK_WORDS = 4
_LISTING_LINKED_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class NoArticle:
    """Why a page is no article."""

    status: ArticleStatus
    reason: str


def judge_page(
    page: Page, structured: Sequence[StructuredArticle], headline: str | None, blocks: Sequence[Block]
) -> NoArticle | None:
    """What the page is instead of an article; None where it is one.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say.
        headline: the chosen one.
        blocks: the text that was found.
    """
    length = sum(len(block.text) for block in blocks)
    stated = any(item.published or item.body for item in structured)
    if not stated:
        if _is_consent_wall(page, length):
            return NoArticle(ArticleStatus.CONSENT_WALL, "asks for consent where the article should be")
        if length <= _NOT_FOUND_MAX_CHARACTERS and _says_not_found(page, headline, blocks, length):
            return NoArticle(ArticleStatus.SOFT_404, "says that the page was not found")
    text = " ".join(block.text for block in blocks)
    needed = _MIN_WIDE_CHARACTERS if _WIDE.search(text[:200]) else _MIN_CHARACTERS
    if length < needed:
        return NoArticle(ArticleStatus.NO_ARTICLE, f"{length} characters of text, an article has {needed} or more")
    if not stated and (page.first_meta("og:type") or "") != "article":
        if _is_front_page(page):
            return NoArticle(ArticleStatus.NO_ARTICLE, "the front page of its site")
        if _is_listing(page, blocks):
            return NoArticle(ArticleStatus.NO_ARTICLE, "a list of links to articles")
    return None


def _is_consent_wall(page: Page, length: int) -> bool:
    if length > _CONSENT_MAX_CHARACTERS:
        return False
    body = page.tree.find(".//body")
    if body is None:
        return False
    shown = element_text(body)
    if len(shown) > 3 * _CONSENT_MAX_CHARACTERS:
        return False  # a banner above a page that is there
    hits = sum(bool(pattern.search(shown)) for pattern in _CONSENT_PATTERNS)
    titled = any(_CONSENT_TITLE.search(text) for text in (page.title, *page.headings[:2]) if text)
    return hits >= _CONSENT_WORDS_NEEDED and (titled or hits > _CONSENT_WORDS_NEEDED)


def _says_not_found(page: Page, headline: str | None, blocks: Sequence[Block], length: int) -> bool:
    if any(_NOT_FOUND.search(text) for text in (page.title, headline, *page.headings[:2]) if text):
        return True
    return length < _NOT_FOUND_MAX_CHARACTERS / 3 and any(_NOT_FOUND.search(block.text) for block in blocks[:2])


def _is_front_page(page: Page) -> bool:
    parts = urlsplit(page.url)
    return (
        bool(parts.hostname)
        and parts.path.strip("/") in ("", "index.html", "index.htm", "index.php")
        and not parts.query
    )


def _is_listing(page: Page, blocks: Sequence[Block]) -> bool:
    """No paragraph of some length, and much of the page's text is links as long as headlines."""
    if max(len(block.text) for block in blocks) > _LISTING_LONGEST_BLOCK:
        return False
    body = page.tree.find(".//body")
    if body is None:
        return False
    links = [text for a in body.iter("a") if len((text := element_text(a)).split()) >= _LISTING_LINK_WORDS]
    shown = len(element_text(body))
    return len(links) >= _LISTING_MIN_LINKS and sum(map(len, links)) >= _LISTING_LINKED_SHARE * shown
