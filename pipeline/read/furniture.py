"""Furniture by its lines: captions, share widgets, pitches, bylines and date lines that an extractor took for text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pipeline.read.blocks import Block
from pipeline.read.furniture_words import (
    ABOUT_AUTHOR,
    CAPTION_WITH_CREDIT,
    CREDIT,
    DATE_LINE,
    FIRST_ON,
    LABEL,
    LABELS_IN_A_ROW,
    READ_MORE_LINE,
    SENTENCE_END,
    SHARE_TARGET,
    SOURCE_LINE,
)
from pipeline.read.pitches import is_pitch
from pipeline.read.text import folded

_LISTED = frozenset({"item", "row"})  # a list in the news may name anything
_LINE_MAX_CHARACTERS = 260  # furniture is short
_CAPTION_MAX_CHARACTERS = 300
_LABELS_MAX_CHARACTERS = 120
_BYLINE_MAX_CHARACTERS = 90
_ABOUT_AUTHOR_MAX_CHARACTERS = 700
_HEAD_BLOCKS = 6  # how far down bylines, dates and repeated headlines are looked for


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
        text = block.text
        if len(text) <= _LINE_MAX_CHARACTERS and _is_furniture_line(block):
            continue
        if len(kept) < _HEAD_BLOCKS and (
            _is_date_line(text, repeated) or _is_byline(text, people) or (repeated and folded(text) in repeated)
        ):
            continue
        if kept and text == kept[-1].text:
            continue
        kept.append(block)
    while kept and _is_after_the_end(kept[-1], people, repeated):
        kept.pop()
    return kept


def _is_furniture_line(block: Block) -> bool:
    text = block.text
    if not any(c.isalnum() for c in text):
        return True
    if block.kind not in _LISTED and len(text) <= _LABELS_MAX_CHARACTERS and _is_labels(text):
        return True
    if len(text) <= _CAPTION_MAX_CHARACTERS and CAPTION_WITH_CREDIT.search(text):
        return True
    return bool(CREDIT.match(text) or READ_MORE_LINE.match(text)) or is_pitch(text)


def _is_labels(text: str) -> bool:
    return all(LABEL.match(part) or SHARE_TARGET.match(part) for part in LABELS_IN_A_ROW.split(text))


def _is_date_line(text: str, labels: Collection[str]) -> bool:
    """Whether a line is a date, perhaps with a label or the section beside it: "18.11.2026 15:40 | Politics"."""
    if len(text) > _LABELS_MAX_CHARACTERS or SENTENCE_END.search(text):
        return False
    parts = LABELS_IN_A_ROW.split(text)
    dated = [bool(DATE_LINE.match(part)) for part in parts]
    return any(dated) and all(is_date or folded(part) in labels for is_date, part in zip(dated, parts, strict=True))


def _is_byline(text: str, people: Sequence[str]) -> bool:
    if len(text) > _BYLINE_MAX_CHARACTERS or not people:
        return False
    rest = folded(text)
    if not any(name in rest for name in people):
        return False
    for name in people:
        rest = rest.replace(name, " ")
    return len(rest.split()) <= 4


def _is_after_the_end(block: Block, people: Sequence[str], headlines: Collection[str]) -> bool:
    """Whether a last block is a heading without text, a byline, a source, or says who an author is or who had it."""
    text = block.text
    if block.kind == "heading" or _is_byline(text, people):
        return True
    if len(text) <= _LINE_MAX_CHARACTERS and SOURCE_LINE.match(text):
        return True
    if (first := FIRST_ON.match(text)) and folded(first[1]) in headlines:
        return True
    if not people or len(text) > _ABOUT_AUTHOR_MAX_CHARACTERS:
        return False
    beginning = text.casefold()
    return any(beginning.startswith(name) and ABOUT_AUTHOR.match(text[len(name) :]) for name in people)
