"""What a page is that holds no article, under a status of its own and with what showed it.

An article that is called none is lost, a listing that is called an article is one bad row: so every sign is weighed
with others, and in doubt the page is an article. What the signs are:

- its own claim: structured data with a date or a text under a headline of this page is believed where the text is
  there (`PageFacts.claims_article`), og:type article and a time of publication weigh against a listing;
- the whole of a heading and the first sentences (`not_found`, `placeholders`, `consent`), on pages of little text;
- address, types, teasers and links (`listing`); players, pictures, tables, and how much text is none (`media_page`).

An article has two sentences or more: 120 characters, 50 in scripts that write a word in one or two letters. A live
blog with text is an article; so is a page of a video or of pictures with a report of 120 words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.read.blocks import Block
from pipeline.read.consent import consent_wall_in
from pipeline.read.listing import listing_in
from pipeline.read.media_page import media_page_in
from pipeline.read.not_found import says_not_found
from pipeline.read.page import Page
from pipeline.read.page_facts import PageFacts
from pipeline.read.placeholders import stands_in_for_a_page
from pipeline.read.structured import StructuredArticle
from pipeline.statuses import ArticleStatus

_MIN_CHARACTERS = 120
_MIN_WIDE_CHARACTERS = 50


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
    facts = PageFacts(page, structured, headline, blocks)
    if reason := consent_wall_in(facts):
        return NoArticle(ArticleStatus.CONSENT_WALL, reason)
    if reason := says_not_found(facts):
        return NoArticle(ArticleStatus.SOFT_404, reason)
    if reason := stands_in_for_a_page(facts):
        return NoArticle(ArticleStatus.NO_ARTICLE, reason)
    if found := media_page_in(facts) or listing_in(facts):
        return NoArticle(*found)
    needed = _MIN_WIDE_CHARACTERS if facts.is_wide else _MIN_CHARACTERS
    if facts.characters < needed:
        reason = f"{facts.characters} characters of text, an article has {needed} or more"
        return NoArticle(ArticleStatus.NO_ARTICLE, reason)
    return None
