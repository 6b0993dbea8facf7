"""A source's own rules for its page templates, which go before everything general.

Pages with a rule are parsed by BeautifulSoup, which forgives what old templates do and knows CSS selectors; it
costs forty times an lxml parse, and only these pages pay for it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from lxml import html

from pipeline.read.blocks import Block, blocks_of
from pipeline.read.text import clean_line

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from pipeline.sources.model import SiteRule


@dataclass(frozen=True, slots=True)
class RuledFields:
    """What a rule found, in the page's own words; None or empty where it has no selector or that matches nothing."""

    headline: str | None = None
    standfirst: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    blocks: tuple[Block, ...] = field(default=())


def read_by_rule(text: str, rule: SiteRule) -> RuledFields:
    """The fields of a page as `rule` finds them.

    Args:
        text: the page.
        rule: the one that holds for the page's day, see `rule_of_day`.
    """
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning  # noqa: PLC0415  0.15 s that pages without a rule do not pay

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML pages are pages
        soup = BeautifulSoup(text, "lxml")
    fields = RuledFields(
        headline=_text(soup, rule.headline),
        standfirst=_text(soup, rule.standfirst),
        byline=tuple(_texts(soup, rule.byline)),
        published=_text(soup, rule.published_at),
        blocks=_blocks(soup, rule),
    )
    soup.decompose()
    return fields


def rule_of_day(rules: Iterable[SiteRule], day: date) -> SiteRule | None:
    """The newest rule that holds on `day`: the one whose first day is latest; the first listed among equals."""
    holding = [
        rule
        for rule in rules
        if (rule.valid_from is None or rule.valid_from <= day) and (rule.valid_until is None or day <= rule.valid_until)
    ]
    return max(holding, key=lambda rule: rule.valid_from or date.min, default=None)


def _texts(soup: BeautifulSoup, selector: str | None) -> list[str]:
    if selector is None:
        return []
    return [text for found in soup.select(selector) if (text := clean_line(found.get_text(" ")))]


def _text(soup: BeautifulSoup, selector: str | None) -> str | None:
    return next(iter(_texts(soup, selector)), None)


def _blocks(soup: BeautifulSoup, rule: SiteRule) -> tuple[Block, ...]:
    if rule.body is None:
        return ()
    bodies: list[Tag] = soup.select(rule.body)
    blocks: list[Block] = []
    for body in bodies:
        for selector in rule.remove:
            for unwanted in body.select(selector):
                unwanted.decompose()
        blocks.extend(blocks_of(html.fragment_fromstring(body.decode(), create_parent="div")))
    return tuple(blocks)
