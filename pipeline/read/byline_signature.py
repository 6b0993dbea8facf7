"""Signatures: the short line under an article's last paragraph that says who wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml import etree

from pipeline.read.byline_names import clean_names, is_person, says_no_name
from pipeline.read.page import Page, texts_in
from pipeline.read.text import clean_line

_PARAGRAPH_CHARACTERS = 80  # from here on a paragraph is text of the article
_SIGNATURE_CHARACTERS = 60
_PARAGRAPHS_BELOW, _PARAGRAPHS_ABOVE = 3, 2  # of the last paragraph: appeals to readers stand there as well

_DESK = re.compile(
    r"[\w-]*(?:redaktion|redacción|redazione|rédaction|redação|redakcja|redakce|redactie|newsroom|news desk)",
    re.IGNORECASE,
)


def byline_signatures(page: Page) -> list[tuple[str, bool]]:
    """Short lines around the end of the article's text, each with whether it is stressed, bracketed or behind a dash.

    The article's text is in the element that holds the longest paragraphs. Lines with links are none.
    """
    length_in: dict[etree._Element, int] = {}
    last_in: dict[etree._Element, etree._Element] = {}
    for paragraph in page.tree.iter("p"):
        parent = paragraph.getparent()
        if parent is None:
            continue
        length = len("".join(texts_in(paragraph)))
        if length >= _PARAGRAPH_CHARACTERS:
            length_in[parent] = length_in.get(parent, 0) + length
            last_in[parent] = paragraph
    if not length_in:
        return []
    last = last_in[max(length_in, key=lambda parent: length_in[parent])]
    around = [
        *islice(last.itersiblings("p"), _PARAGRAPHS_BELOW),
        *islice(last.itersiblings("p", preceding=True), _PARAGRAPHS_ABOVE),
    ]
    found: list[tuple[str, bool]] = []
    for element in around:
        text = clean_line("".join(texts_in(element)))
        if text and len(text) <= _SIGNATURE_CHARACTERS and element.find(".//a") is None:
            found.append((text, text[0] in "—–-(" or _is_stressed(element, len(text))))
    return found


def _is_stressed(element: etree._Element, length: int) -> bool:
    """Whether all of an element's text is set in bold or italics."""
    return any(len("".join(texts_in(part)).strip()) >= length - 1 for part in element.iter("em", "strong", "i", "b"))


def names_of_signature(text: str, *, is_own: Callable[[str], bool], is_set_apart: bool) -> tuple[str, ...]:
    """The names in a line under a text; none where the line is something else.

    Args:
        text: the line.
        is_own: whether a name is the publisher's; "Own paper / agency" credits the second.
        is_set_apart: whether the line is stressed, bracketed or behind a dash, as signatures of people are.
    """
    text = text.strip(" –—-()[]*.")
    parts = [part for part in re.split(r"\s*/\s*", text) if part]
    if len(parts) == 2 and any(map(is_own, parts)):
        return tuple(part for part in parts if not is_own(part))
    if _DESK.fullmatch(text):
        return (text,)
    if is_set_apart and text and text[-1] not in "!?:…" and not text.isupper():
        names = [part for part in re.split(r",\s*", text) if part]
        if all(map(is_person, names)) and not any(map(says_no_name, names)):
            return clean_names(names)
    return ()
