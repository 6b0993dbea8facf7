"""Which of several things that a page describes is the page itself: the one with its address or its headline."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeline.read.page import Page
from pipeline.read.text import folded

_LEAST_SHARE = 0.5  # of a headline that a shorter heading must cover to be the same
_LONGEST_COMPARED_CHARACTERS = 500


class PageIdentity:
    """The addresses and headlines that a page goes by, made ready for comparison once."""

    def __init__(self, page: Page) -> None:
        self._addresses = {address_key(page.url), address_key(page.link("canonical"))} - {""}
        if declared := address_key(page.first_meta("og:url")):
            self._addresses.add(declared)
        shown = (*page.headings[:3], page.title, page.first_meta("og:title"))
        self._shown = [key for text in shown if text and (key := folded(text[:_LONGEST_COMPARED_CHARACTERS]))]

    def has_address(self, addresses: Iterable[object]) -> bool:
        """Whether one of `addresses` is the page's; what is no text does not count."""
        return any(isinstance(address, str) and address_key(address) in self._addresses for address in addresses)

    def has_headline(self, headline: str | None) -> bool:
        """Whether `headline` is shown by the page, with or without a site name beside it."""
        key = folded(headline[:_LONGEST_COMPARED_CHARACTERS]) if headline else ""
        if not key:
            return False
        return any(key in shown or (shown in key and len(shown) >= _LEAST_SHARE * len(key)) for shown in self._shown)


def address_key(url: str | None) -> str:
    """An address for comparison: host and path, without scheme, query, `www.` and the last slash."""
    if not url or len(url) > 4 * _LONGEST_COMPARED_CHARACTERS:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if not parts.netloc:
        return ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"
