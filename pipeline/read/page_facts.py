"""What the judges of a page ask again and again, found out once: what it claims to be, how much text it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.read.address_shape import AddressShape, shape_of
from pipeline.read.blocks import Block
from pipeline.read.page import Page, element_text
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import folded

_SEPARATOR = re.compile(r"\s*[|–—·•»›]\s*|\s+-\s+")
_TYPE = re.compile(r'"@type"\s*:\s*(?:"([^"]{2,60})"|\[([^\]]{2,200})\])')
_MOST_SCRIPT_CHARACTERS = 300_000
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_WIDE_SAMPLE_CHARACTERS = 200
_LETTERS_OF_WIDE_WORD = 2
_SAME_HEADLINE_SHARE = 0.5  # of the words of the shorter
_MIN_HEADLINE_CHARACTERS = 9
_PROSE_CHARACTERS = 80
_SENTENCE_END = re.compile(r"[.!?…。！？।؟۔][\"'”’»）)\]]*(?:\s|$)")


@dataclass(frozen=True)
class PageFacts:
    """A page with the text that was found on it, and what follows from both."""

    page: Page
    structured: Sequence[StructuredArticle]
    headline: str | None
    blocks: Sequence[Block]

    @cached_property
    def characters(self) -> int:
        """Of text in the blocks."""
        return sum(len(block.text) for block in self.blocks)

    @cached_property
    def is_wide(self) -> bool:
        """Whether the text's script writes a word in one or two letters, or without spaces."""
        return _WIDE.search(" ".join(block.text for block in self.blocks)[:_WIDE_SAMPLE_CHARACTERS]) is not None

    def words_in(self, text: str) -> int:
        """The number of words, as good as it can be told."""
        return len(text) // _LETTERS_OF_WIDE_WORD if self.is_wide else len(text.split())

    @cached_property
    def prose(self) -> list[str]:
        """The paragraphs that hold sentences."""
        return [
            block.text
            for block in self.blocks
            if block.kind != "row"
            and (len(block.text) >= _PROSE_CHARACTERS or self.is_wide)
            and _SENTENCE_END.search(block.text)
        ]

    @cached_property
    def prose_words(self) -> int:
        """Words in paragraphs that hold sentences."""
        return sum(map(self.words_in, self.prose))

    @cached_property
    def labels(self) -> list[str]:
        """The page's title, headline and first headings, whole and cut where a site's name is added, in lower case."""
        whole = [self.page.title, self.headline or "", *self.page.headings[:2]]
        parts = {part.strip(" \t.!…,").lower(): None for text in whole for part in (text, *_SEPARATOR.split(text))}
        return [part for part in parts if part]

    @cached_property
    def address(self) -> AddressShape:
        """What the page's address says of it."""
        return shape_of(self.page.url)

    @cached_property
    def og_type(self) -> str:
        """The og:type, in lower case."""
        return (self.page.first_meta("og:type") or "").lower()

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every type that the page's JSON-LD names, without the vocabulary's address."""
        stated = {kind for item in self.structured for kind in getattr(item, "page_kinds", ())}
        if not stated:
            room = _MOST_SCRIPT_CHARACTERS
            for script in self.page.json_ld_scripts:
                for one, several in _TYPE.findall(script[:room]):
                    stated.update(re.findall(r"[\w:/.]+", several) if several else (one,))
                room = max(0, room - len(script))
        return frozenset(kind.rsplit("/", 1)[-1] for kind in stated)

    @cached_property
    def claims_article(self) -> bool:
        """Whether structured data describes an article with a date or a text, under a headline of this page."""
        return any((item.published or item.body) and self._is_headline(item.headline) for item in self.structured)

    @cached_property
    def hints_article(self) -> bool:
        """Whether the page's head says in any way that it is an article."""
        return (
            self.claims_article
            or self.og_type.endswith("article")
            or self.page.first_meta("article:published_time") is not None
        )

    @cached_property
    def shown(self) -> str:
        """All text of the page."""
        body = self.page.tree.find("body")
        return element_text(body) if body is not None else ""

    def _is_headline(self, stated: str | None) -> bool:
        words = folded(stated).split()
        if not words:
            return True
        # Not `self.headline`, which may be taken from the structured data itself.
        for text in (*self.page.headings[:3], self.page.first_meta("og:title"), self.page.title):
            own = folded(text)
            if not own:
                continue
            if own == " ".join(words):
                return True
            shorter = min(own, " ".join(words), key=len)
            if len(shorter) < _MIN_HEADLINE_CHARACTERS:
                continue  # "Sport" is in many a headline
            if own in " ".join(words) or " ".join(words) in own:
                return True
            both = len(set(words) & set(own.split()))
            if both >= _SAME_HEADLINE_SHARE * min(len(set(words)), len(set(own.split()))):
                return True
        return False
