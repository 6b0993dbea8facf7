"""What an extractor skipped in the middle of the text: sub-headings, list items, quotes, a paragraph or two.

Extractors drop short or linked blocks that stand between paragraphs they keep. Whatever text stands between the
first and the last paragraph that was found, within the element that holds nearly all of them, belongs to the
article too, once furniture has been pruned from the tree.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence

from lxml import etree

from pipeline.read.blocks import Block, placed_blocks_of
from pipeline.read.page import texts_in
from pipeline.read.running_text import is_apart, is_linked

_RESTORED = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote", "tr", "td", "pre"})
_HELD_SHARE = 0.85  # of the found paragraphs are in the element whose gaps are filled
_MOST_RESTORED = 0.5  # of the found text: more than this is not a gap but another text
_MIN_KEY_CHARACTERS = 20  # a shorter text may stand on the page in several places
_MOST_ANCHORS = 400
_MOST_CANDIDATES = 600


def without_gaps(tree: etree._Element, found: Sequence[Block]) -> list[Block]:
    """The found blocks, with those between them that were skipped.

    Args:
        tree: what they were extracted from, furniture pruned.
        found: in the order of the page.
    """
    positions: defaultdict[str, deque[int]] = defaultdict(deque)
    for position, block in enumerate(found):
        positions[_key(block.text)].append(position)
    container = _container(tree, positions)
    if container is None:
        return list(found)
    skipped = _skipped(container, positions)
    added = sum(len(block.text) for blocks in skipped.values() for block in blocks if block.kind != "row")
    if not skipped or added > _MOST_RESTORED * sum(len(block.text) for block in found):
        return list(found)
    result: list[Block] = []
    for position, block in enumerate(found):
        result += skipped.get(position, ())
        result.append(block)
    return result


def _skipped(container: etree._Element, positions: dict[str, deque[int]]) -> dict[int, list[Block]]:
    """The blocks that were skipped, by the position of the found block that they stand before."""
    text_found = "\n".join(positions)
    skipped: dict[int, list[Block]] = {}
    waiting: list[Block] = []
    last = -1
    candidates = 0
    for block, element in placed_blocks_of(container):
        key = _key(block.text)
        if known := positions.get(key):
            while known and known[0] <= last:
                known.popleft()
            if known:
                if waiting and last >= 0:
                    skipped.setdefault(known[0], []).extend(waiting)
                last = known.popleft()
            waiting = []
        elif key in positions or element.tag not in _RESTORED or candidates > _MOST_CANDIDATES:
            continue
        elif last >= 0:
            candidates += 1
            if len(key) > _MIN_KEY_CHARACTERS and key in text_found:
                continue
            if not is_apart(element, container) and not is_linked(element, block.text):
                waiting.append(block)
    return skipped


def _container(tree: etree._Element, keys: dict[str, deque[int]]) -> etree._Element | None:
    """The smallest element that holds nearly all of the found paragraphs that stand on the page as p elements."""
    anchors = [
        p for p in tree.iter("p") if len(key := _key("".join(texts_in(p)))) > _MIN_KEY_CHARACTERS and key in keys
    ]
    if len(anchors) < 2:
        return None
    anchors = anchors[:: -(-len(anchors) // _MOST_ANCHORS)]
    holding: Counter[etree._Element] = Counter()
    for anchor in anchors:
        holding.update(anchor.iterancestors())
    enough = _HELD_SHARE * len(anchors)
    # The first in document order from the root is the largest: the last ancestor that holds enough is the smallest.
    return next((around for around in anchors[len(anchors) // 2].iterancestors() if holding[around] >= enough), None)


def _key(text: str) -> str:
    return "".join(text.split())
