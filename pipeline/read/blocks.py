"""The paragraphs of a text tree, in order: one clean line each, sub-headings and list items included."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.read.page import texts_in
from pipeline.read.text import clean_line

_BLOCK_TAGS = (
    "p head quote list item table row cell code div section article main body h1 h2 h3 h4 h5 h6 ul ol li dl dt dd "
    "blockquote pre tr td th tbody thead center form figure header footer aside details summary"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_BREAKS = frozenset({"lb", "br", "hr"})
_KINDS = {
    **dict.fromkeys(("head", "h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("item", "li", "dt", "dd"), "item"),
}
_ROWS = frozenset({"row", "tr"})
_SILENT = frozenset(
    {"script", "style", "noscript", "svg", "template", "iframe", "form", "button", "select", "textarea"}
)
_SENTENCE_END = (".", "!", "?", ":", "…", '"', "”", "»", "。", "！", "？", "」")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. `kind` is text, heading, item or row."""

    text: str
    kind: str = "text"


def blocks_of(root: etree._Element) -> list[Block]:
    """The blocks below `root`, from a tree of HTML or of trafilatura's own tags.

    A line break divides paragraphs where two stand together or a sentence ends before it; in the middle of a
    sentence it is a space (old pages break their lines by hand). A table row is one line, its cells divided by
    a bar, unless it holds one cell only, as layout tables do.
    """
    return [block for block, _ in placed_blocks_of(root)]


def placed_blocks_of(root: etree._Element) -> list[tuple[Block, etree._Element]]:
    """The blocks below `root`, each with the innermost block element that its text ends in."""
    writer = _BlockWriter(root)
    writer.walk(root)
    writer.flush()
    return writer.blocks


class _BlockWriter:
    def __init__(self, root: etree._Element) -> None:
        self.blocks: list[tuple[Block, etree._Element]] = []
        self._parts: list[str] = []
        self._open: list[tuple[str, etree._Element]] = [("text", root)]  # kind and element of the blocks around
        self._breaks = 0

    def walk(self, root: etree._Element) -> None:
        """Without recursion: a hostile page may be nested deeper than the interpreter's stack."""
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if tag in _SILENT:
                    walker.skip_subtree()
                elif tag in _ROWS and (row := _row_of(element)):
                    self.flush()
                    self.blocks.append((Block(row, "row"), element))
                    walker.skip_subtree()
                    self._open.append(("row", element))
                else:
                    self._start(element, tag)
                continue
            if event == "end" and tag in _BLOCKS and tag not in _SILENT:
                if self._parts:
                    self.flush()
                self._open.pop()
            if element.tail and element is not root:
                self._add(element.tail)

    def _start(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            if self._parts:
                self.flush()
            self._open.append((_KINDS.get(tag) or self._open[-1][0], element))
        elif tag in _BREAKS:
            self._break()
        if element.text:
            self._add(element.text)

    def _add(self, text: str) -> None:
        if self._breaks and not text.isspace():
            self._breaks = 0
        self._parts.append(text)

    def _break(self) -> None:
        self._breaks += 1
        if self._breaks > 1 or "".join(self._parts[-3:]).rstrip().endswith(_SENTENCE_END):
            self.flush()
        else:
            self._parts.append(" ")

    def flush(self) -> None:
        text = _line("".join(self._parts))
        self._parts.clear()
        if text:
            kind, element = self._open[-1]
            self.blocks.append((Block(text, kind), element))


def _line(text: str) -> str:
    """`clean_line`, without its searches where plain ASCII has nothing to repair."""
    if text.isascii() and "&" not in text:
        joined = " ".join(text.split())
        if joined.isprintable():
            return joined
    return clean_line(text)


def _row_of(row: etree._Element) -> str | None:
    """A table row as one line; None where fewer than two of its cells hold text."""
    cells = [text for cell in row if isinstance(cell.tag, str) and (text := _cell_text(cell))]
    return " | ".join(cells) if len(cells) > 1 else None


def _cell_text(cell: etree._Element) -> str:
    silent = next(cell.iter(*_SILENT), None)
    if silent is None:
        return clean_line(" ".join(texts_in(cell)))
    return " ".join(block.text for block in blocks_of(cell))
