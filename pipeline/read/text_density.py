"""Which region of a page holds the article: weighing its running text, as readability and its kin do.

Weight is the length of a line's text outside links, where it reads like a sentence. Furniture is taken out first,
by marks and tags, unless too much of the page's weight is in it. Then the way leads down from the body, always into
the region with most of the weight, and up again while what stands around adds running text and not furniture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from pipeline.read.page_lines import AROUND, COMMENT, NEVER, PARAGRAPHS, Line, PageLines

_MIN_CHARACTERS = 25  # a shorter text is no sentence
_SURE_CHARACTERS = 80  # a longer one is, even without its full stop
_SENTENCE_END = (".", "!", "?", "…", '"', "”", "»", "。", "！", "？", "」")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # one of these says as much as two letters
_ROOM = {AROUND: 0.4, COMMENT: 0.9}  # of the page's weight: a region with more of it is no furniture
_NEVER_ROOM = 0.9
_CORE_ROOM = 0.4  # where it holds the page's h1, or the marked text
_MAIN_SHARE = 0.5  # of a region's weight: with less in its best part, it is where the parts stand together
_MARKED_SHARE = 0.4  # of the page's weight: marked as the text and with this much, it is
_GROWTH = 0.05  # what a region around must add to be looked at
_GROWTH_DENSITY = 0.6  # how much of what it adds must be running text
_DIRECT_CHARACTERS = 150
_LINK_SHARE, _LINK_LIST_WEIGHT = 0.5, 0.3
_CAPTION_CHARACTERS, _CAPTION_LINES = 200, 2
_CAPTION_TAGS = frozenset({"div", "span", "figure", "section"})
_TEXT_TAGS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "li", "td", "th", "tr"])


@dataclass(slots=True)
class Density:
    """The weighed lines of a page, and the region chosen for the article's text."""

    page: PageLines
    weights: list[int]  # by line; 0 in what is left out
    left_out: list[bool]  # by region
    chosen: int
    total: int  # of all weights
    all_weight: int  # before furniture was left out
    sums: list[int]  # of weights up to each line
    characters: list[int]  # of all lines that are not left out, up to each line

    def weight_of(self, region: int) -> int:
        """The weight of a region's lines."""
        return self.sums[self.page.regions[region].last] - self.sums[self.page.regions[region].first]

    def characters_of(self, region: int) -> int:
        """The characters of a region's lines, without those of furniture in it."""
        return self.characters[self.page.regions[region].last] - self.characters[self.page.regions[region].first]


def find_text(page: PageLines) -> Density | None:
    """The page weighed, with the region of its text chosen; None where it has no running text.

    Where all running text is marked as furniture `total` is 0, and nothing is chosen.
    """
    raw = [_weight(line) for line in page.lines]
    raw_sums = [0, *accumulate(raw)]
    if not raw_sums[-1]:
        return None
    left_out = _furniture(page, raw_sums)
    weights = [0 if left_out[line.region] else weight for line, weight in zip(page.lines, raw, strict=True)]
    sums = [0, *accumulate(weights)]
    characters = [0, *accumulate(0 if left_out[line.region] else line.characters for line in page.lines)]
    found = Density(page, weights, left_out, 0, sums[-1], raw_sums[-1], sums, characters)
    if found.total:
        found.chosen = _choose(found)
        _leave_out_inside(found)
    return found


def _weight(line: Line) -> int:
    free = line.characters - line.linked
    if free < _MIN_CHARACTERS or line.kind == "heading" or line.linked > 0.5 * line.characters:
        return 0
    text = "".join(line.parts)
    if not text.isascii() and _WIDE.search(text):
        free *= 2
    if free >= _SURE_CHARACTERS:
        return free
    return free if free >= _SURE_CHARACTERS // 2 and text.rstrip().endswith(_SENTENCE_END) else 0


def _furniture(page: PageLines, sums: list[int]) -> list[bool]:
    """Which regions are none of the text, by their marks and their share of the page's weight."""
    regions, total = page.regions, sums[-1]
    has_core = [region.tag in ("h1", "main") for region in regions]
    has_text = [r.is_article_text and sums[r.last] - sums[r.first] > 0.1 * total for r in regions]
    for index in range(len(regions) - 1, 0, -1):
        parent = regions[index].parent
        has_core[parent] |= has_core[index]
        has_text[parent] |= has_text[index]
    left_out = [False] * len(regions)
    for index, region in enumerate(regions):
        if region.parent >= 0 and left_out[region.parent]:
            left_out[index] = True
        elif region.around:
            room = _ROOM.get(region.around, _NEVER_ROOM)
            if region.around in (AROUND, NEVER) and has_text[index]:
                room = 0.0
            elif has_core[index] or has_text[index]:
                room = _CORE_ROOM
            left_out[index] = sums[region.last] - sums[region.first] <= room * total
    return left_out


def _choose(found: Density) -> int:
    regions, total = found.page.regions, found.total
    weight = [found.sums[region.last] - found.sums[region.first] for region in regions]
    marked = [i for i, r in enumerate(regions) if r.is_article_text and weight[i] and not found.left_out[i]]
    if marked:
        most = max(weight[i] for i in marked)
        if most >= _MARKED_SHARE * total:
            return max(i for i in marked if weight[i] >= 0.9 * most)
    path = _way_down(found, weight)
    direct = _direct_weights(found)
    stop = max((i for i in path if regions[i].tag in ("article", "main") and weight[i] >= 0.5 * total), default=-1)
    chosen = path[-1]
    for index in reversed(path):
        added = weight[index] - weight[chosen]
        if added >= _GROWTH * weight[chosen]:
            region = found.characters_of(index) - found.characters_of(chosen)
            is_direct = direct.get(index, 0) >= max(_DIRECT_CHARACTERS, _GROWTH * weight[chosen])
            if is_direct or added >= _GROWTH_DENSITY * region:
                chosen = index
        if index == stop:
            break
    return chosen


def _way_down(found: Density, weight: list[int]) -> list[int]:
    """From the body down, always into the region with most of the weight, while one has most of it."""
    regions = found.page.regions
    heaviest = [0] * len(regions)  # of each region's parts; 0, which is nobody's part, for none
    for index in range(1, len(regions)):
        parent = regions[index].parent
        if weight[index] > (weight[heaviest[parent]] if heaviest[parent] else 0):
            heaviest[parent] = index
    path = [0]
    while (best := heaviest[path[-1]]) and weight[best] >= _MAIN_SHARE * weight[path[-1]]:
        if regions[best].tag in PARAGRAPHS:
            break
        path.append(best)
    return path


def _direct_weights(found: Density) -> dict[int, int]:
    """The weight of the paragraphs that stand directly in each region."""
    direct: dict[int, int] = {}
    for line, weight in zip(found.page.lines, found.weights, strict=True):
        if weight:
            container = found.page.regions[line.region].container
            direct[container] = direct.get(container, 0) + weight
    return direct


def _leave_out_inside(found: Density) -> None:
    """In the chosen region: lists of links, cards of other articles, and captions beside their pictures."""
    regions, lines, left_out = found.page.regions, found.page.lines, found.left_out
    linked = [0, *accumulate(0 if left_out[line.region] else line.linked for line in lines)]
    end = regions[found.chosen].last
    for index in range(found.chosen + 1, len(regions)):
        region = regions[index]
        if region.first >= end:
            break
        if left_out[index] or left_out[region.parent]:
            left_out[index] = True
            continue
        characters = found.characters_of(index)
        if (characters <= _MIN_CHARACTERS and not region.images) or region.tag in _TEXT_TAGS:
            continue
        links = linked[region.last] - linked[region.first]
        is_list = links >= _LINK_SHARE * characters and found.weight_of(index) <= _LINK_LIST_WEIGHT * characters
        is_caption = (
            region.images > 0
            and region.tag in _CAPTION_TAGS
            and characters <= _CAPTION_CHARACTERS
            and region.last - region.first <= _CAPTION_LINES
        )
        left_out[index] = is_list or is_caption
