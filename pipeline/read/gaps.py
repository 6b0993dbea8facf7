"""What an extractor skipped in the middle of the text: sub-headings, list items, quotes, a paragraph or two.

Extractors drop short or linked blocks that stand between paragraphs they keep. Where most of the found text comes
from the children of one element, whatever else of text stands between the first and the last of them belongs to
the article too, once furniture has been pruned from the tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml import etree, html

from pipeline.read.blocks import Block, blocks_of
from pipeline.read.page import texts_in
from pipeline.read.text import folded

_RESTORED = frozenset({"p", "h2", "h3", "h4", "h5", "ul", "ol", "blockquote", "dl"})
_FROM_ONE_PARENT = 0.5  # of the found blocks
_MOST_RESTORED = 0.5  # of the found text: more than this is not a gap but another text


def without_gaps(tree: html.HtmlElement, found: Sequence[Block]) -> list[Block]:
    """The found blocks, with those between them that were skipped.

    Args:
        tree: what they were extracted from, furniture pruned.
        found: in the order of the page.
    """
    keys = {folded(block.text) for block in found if len(block.text) > 20}
    parent = _common_parent(tree, keys)
    if parent is None:
        return list(found)
    children = [child for child in parent if isinstance(child.tag, str)]
    matched = [i for i, child in enumerate(children) if folded("".join(texts_in(child))) in keys]
    if len(matched) < max(2, _FROM_ONE_PARENT * len(keys)):
        return list(found)
    known = {folded(block.text) for block in found}
    result: list[Block] = []
    rest = list(found)
    added = 0
    for child in children[matched[0] : matched[-1] + 1]:
        for block in blocks_of(child) if child.tag in _RESTORED else ():
            key = folded(block.text)
            if key in known:
                position = next((i for i, b in enumerate(rest) if folded(b.text) == key), None)
                if position is not None:
                    result += rest[: position + 1]
                    del rest[: position + 1]
            elif key and not _is_part_of(key, known):
                result.append(block)
                added += len(block.text)
    if added > _MOST_RESTORED * sum(len(block.text) for block in found):
        return list(found)
    return result + rest


def _common_parent(tree: html.HtmlElement, keys: set[str]) -> etree._Element | None:
    """The element that most of the found paragraphs are children of."""
    parents: Counter[etree._Element] = Counter()
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        if parent is not None and folded("".join(texts_in(paragraph))) in keys:
            parents[parent] += 1
    return parents.most_common(1)[0][0] if parents else None


def _is_part_of(key: str, known: set[str]) -> bool:
    """Whether a block is in the text already, as a part of a longer one."""
    return len(key) > 20 and any(key in other for other in known)
