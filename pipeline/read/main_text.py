"""The text of the article by Dateline's own finder: fast, right on most news pages, and aware of where it is not sure.

One walk makes lines of the page (`page_lines`), their density of running text says which region is the article
(`text_density`), and what stands in that region is chosen line by line here. The approach is that of readability and
of Kohlschuetter et al., "Boilerplate Detection using Shallow Text Features" (WSDM 2010): text length and link density.
Nothing is changed in the tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.read.blocks import Block
from pipeline.read.furniture_words import SAYS_ADVERTISEMENT
from pipeline.read.page import Page
from pipeline.read.page_lines import PARAGRAPHS, Line, PageLines, page_lines
from pipeline.read.text import clean_line, folded
from pipeline.read.text_density import Density, find_text

_LINKED_LINE_CHARACTERS = 25  # a shorter linked line may be a name or a number
_LINKED_LINE_SHARE = 0.9
_LABELLED_LINK_SHARE, _LABEL_CHARACTERS = 0.5, 30  # "Read more: ..." in any language
_LABEL = re.compile(r"\W*[^:：|»>→]{1,30}[:：|»>→](?!//)")
_LABEL_SEARCH_CHARACTERS, _LABEL_SLACK_CHARACTERS = 100, 3
_SHORT_CHARACTERS = 40  # before the first paragraph: dates, names, counts of minutes
_AFTER_TEXT_LINK_SHARE = 0.5
_IN_PARAGRAPHS_SHARE = 0.8  # of the weight: then the text is in paragraphs, and what is in bare boxes is none
_REPEATED_CHARACTERS = 25
_REPEATED_TIMES, _REPEATED_SPAN = 3, 8  # so often, and so few lines apart, a sentence is part of the template
_ADVERTISEMENT_CHARACTERS = 300
_COPY_CHARACTERS = 80  # a longer one need only stand there twice
_ROW_CELL_CHARACTERS = 200  # a longer cell is a layout's

_SURE_CHARACTERS = 500
_SURE_PARAGRAPHS = 3
_SURE_SHARE = 0.85  # of the page's running text
_SURE_KEPT = 0.7  # of what stands in the region
_SURE_LINKED = 0.2
_SURE_HEADINGS = 0.15
_SURE_NOT_FURNITURE = 0.4
_STATED_CHARACTERS = 500
_STATED_MORE = 1.5  # where structured data states so much more text, something was missed


@dataclass(frozen=True, slots=True)
class MainText:
    """The blocks of the article, in order; where `is_sure` is false, `reason` says why, in words."""

    blocks: tuple[Block, ...]
    is_sure: bool
    reason: str | None = None


def read_main_text(
    page: Page, *, headline: str | None, stated_body: str | None, lines: PageLines | None = None
) -> MainText | None:
    """The article's text; None where the page has no running text.

    Args:
        page: the parsed page; its tree is left as it is.
        headline: the chosen one; a heading that repeats it begins the text.
        stated_body: JSON-LD's articleBody, as a check only.
        lines: the page's lines, where the caller has them.
    """
    found = find_text(lines or page_lines(page))
    if found is None:
        return None
    blocks = _blocks(found, _numbers(found, folded(headline))) if found.total else []
    if not blocks:
        return MainText((), False, "all running text is marked as furniture")
    reason = _doubt(found, blocks, stated_body)
    return MainText(tuple(blocks), reason is None, reason)


def _numbers(found: Density, headline: str) -> range:
    """The lines that may be text: those of the region, from the headline on."""
    region = found.page.regions[found.chosen]
    regions, lines, weights = found.page.regions, found.page.lines, found.weights
    first_weighty = next((i for i in range(region.first, region.last) if weights[i]), region.last)
    start = region.first
    for i in range(region.first, region.last):
        if regions[lines[i].region].tag == "h1" and (i < first_weighty or folded("".join(lines[i].parts)) == headline):
            start = i + 1
    return range(start, region.last)


def _blocks(found: Density, numbers: Sequence[int]) -> list[Block]:
    """What stays of the lines, a table's row as one block."""
    lines, weights = found.page.lines, found.weights
    region = found.page.regions[found.chosen]
    numbers = [i for i in numbers if not found.left_out[lines[i].region]]
    texts = {i: clean_line("".join(lines[i].parts)) for i in numbers}
    weighty = [i for i in range(region.first, region.last) if weights[i]]
    if not weighty:
        return []
    copies = _copies(found, texts) | _advertisements(found, numbers)
    paragraphs = sum(weights[i] for i in weighty if found.page.regions[lines[i].region].tag in PARAGRAPHS)
    in_paragraphs = paragraphs >= _IN_PARAGRAPHS_SHARE * sum(weights[i] for i in weighty)
    pieces: list[tuple[list[str], str]] = []
    row = cell = -1
    for i in numbers:
        line, text = lines[i], texts[i]
        if not text or i in copies or _is_aside(found, line, i, weighty[0], weighty[-1]):
            continue
        is_loose = line.kind == "text" and line.row < 0 and found.page.regions[line.region].tag not in PARAGRAPHS
        if in_paragraphs and is_loose and not weights[i]:
            continue  # a label, a name or a caption in a box, where the text itself is in paragraphs
        is_cell = line.row >= 0 and len(text) <= _ROW_CELL_CHARACTERS
        container = found.page.regions[line.region].container
        if is_cell and line.row == row and container != cell:
            pieces[-1][0].append(text)
        else:
            pieces.append(([text], line.kind))
        row, cell = line.row if is_cell else -1, container
    return [Block(" | ".join(texts), "row" if len(texts) > 1 else kind) for texts, kind in pieces]


def _copies(found: Density, texts: dict[int, str]) -> set[int]:
    """Lines that only repeat another: a second copy of the article, or a pitch that stands there again and again.

    What the main part itself repeats is meant to be there: the questions of an interview, the steps of a recipe.
    """
    lines, regions = found.page.lines, found.page.regions
    places: dict[str, list[int]] = {}
    inside: Counter[int] = Counter()
    for i, text in texts.items():
        if found.weights[i]:
            inside[regions[lines[i].region].container] += found.weights[i]
            if len(text) >= _REPEATED_CHARACTERS:
                places.setdefault(text, []).append(i)
    main = inside.most_common(1)[0][0] if inside else -1
    copies: set[int] = set()
    for text, at in places.items():
        if len(at) > 1:
            is_pitch = len(at) >= _REPEATED_TIMES and at[-1] - at[0] <= _REPEATED_SPAN * len(at)
            if is_pitch and len(text) < _COPY_CHARACTERS:
                again = at
            elif len(text) >= _COPY_CHARACTERS:
                again = at[1:]
            else:
                continue
            copies.update(i for i in again if regions[lines[i].region].container != main)
    return copies


def _advertisements(found: Density, numbers: Sequence[int]) -> set[int]:
    """The lines of boxes that begin with the word for advertisement, and hold little more than that."""
    lines, regions = found.page.lines, found.page.regions
    gone: set[int] = set()
    for i in numbers:
        line = lines[i]
        label = next((part for part in line.parts if part.strip()), "")
        if len(label) > _LABEL_SEARCH_CHARACTERS or not SAYS_ADVERTISEMENT.match(label):
            continue
        box = regions[regions[line.region].container]
        inside = range(box.first, box.last)
        if line.characters > len(label.strip()):
            if regions[line.region].tag not in PARAGRAPHS and line.characters <= _ADVERTISEMENT_CHARACTERS:
                gone.add(i)
        elif inside[0] == i and sum(lines[k].characters for k in inside) <= _ADVERTISEMENT_CHARACTERS:
            gone.update(inside)
    return gone


def _is_aside(found: Density, line: Line, number: int, first: int, last: int) -> bool:
    """Whether a line of the region is none of the text: the headline, a link to something else, a date, a name."""
    regions = found.page.regions
    if line.kind != "heading" and line.characters > _LINKED_LINE_CHARACTERS:
        if line.linked >= _LINKED_LINE_SHARE * line.characters:
            return True
        is_labelled = line.characters - line.linked <= _LABEL_CHARACTERS and line.linked >= _LINKED_LINE_CHARACTERS
        if line.kind == "text" and is_labelled and line.linked >= _LABELLED_LINK_SHARE * line.characters:
            label = _LABEL.match("".join(line.parts).strip()[:_LABEL_SEARCH_CHARACTERS])
            return label is not None and line.characters - line.linked <= label.end() + _LABEL_SLACK_CHARACTERS
    if regions[found.chosen].first <= number < first and line.kind == "text" and line.characters < _SHORT_CHARACTERS:
        return True
    return number > last and (line.kind == "heading" or line.linked > _AFTER_TEXT_LINK_SHARE * line.characters)


def _doubt(found: Density, blocks: Sequence[Block], stated_body: str | None) -> str | None:
    """Why a second extractor should be asked; None where the text is sure."""
    region = found.page.regions[found.chosen]
    lines = found.page.lines[region.first : region.last]
    characters = sum(len(block.text) for block in blocks)
    present = sum(line.characters for line in lines) or 1
    kept = sum(line.characters for line in lines if not found.left_out[line.region]) or 1
    if characters < _SURE_CHARACTERS:
        return "little text"
    if stated_body and len(stated_body) > max(_STATED_CHARACTERS, _STATED_MORE * characters):
        return "structured data states more text"
    if found.weight_of(found.chosen) < _SURE_SHARE * found.total:
        return "running text outside of it"
    if found.total < _SURE_NOT_FURNITURE * found.all_weight:
        return "most running text is marked as furniture"
    if sum(1 for i in range(region.first, region.last) if found.weights[i]) < _SURE_PARAGRAPHS:
        return "few paragraphs"
    if characters < _SURE_KEPT * present:
        return "much of the region is left out"
    if sum(line.linked for line in lines if not found.left_out[line.region]) > _SURE_LINKED * kept:
        return "many links"
    if sum(len(block.text) for block in blocks if block.kind == "heading") > _SURE_HEADINGS * characters:
        return "many headings"
    return None
