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
_HEADS = frozenset({"head", "h1", "h2", "h3", "h4", "h5", "h6"})
_ROWS = frozenset({"row", "tr"})
_ITEMS = frozenset({"item", "li", "dt", "dd"})
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
    writer = _BlockWriter()
    writer.walk(root)
    writer.flush()
    return writer.blocks


class _BlockWriter:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._kinds: list[str] = ["text"]
        self._breaks = 0
        self._skipped: etree._Element | None = None  # the element whose whole content is passed over

    def walk(self, root: etree._Element) -> None:
        """Without recursion: a hostile page may be nested deeper than the interpreter's stack."""
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event in ("comment", "pi"):
                if element is not root and element.tail and self._skipped is None:
                    self._add(element.tail)
                continue
            silent = element.tag in _SILENT or (self._skipped is not None)
            if event == "start":
                self._start(element, silent=silent)
            else:
                self._end(element, root)

    def _start(self, element: etree._Element, *, silent: bool) -> None:
        if silent:
            if self._skipped is None:
                self._skipped = element
            return
        tag = element.tag
        if tag in _ROWS and _filled_cells(element) > 1:
            self.flush()
            self.blocks.append(Block(_row_text(element), "row"))
            self._skipped = element
            return
        if tag in _BREAKS:
            self._break()
        elif tag in _BLOCKS:
            self.flush()
            self._kinds.append("heading" if tag in _HEADS else "item" if tag in _ITEMS else self._kinds[-1])
        if element.text:
            self._add(element.text)

    def _end(self, element: etree._Element, root: etree._Element) -> None:
        if self._skipped is not None:
            if self._skipped is element:
                self._skipped = None
                if element is not root and element.tail:
                    self._add(element.tail)
            return
        if element.tag in _BLOCKS:
            self.flush()
            self._kinds.pop()
        if element is not root and element.tail:
            self._add(element.tail)

    def _add(self, text: str) -> None:
        if text.strip():
            self._breaks = 0
        self._parts.append(text)

    def _break(self) -> None:
        self._breaks += 1
        if self._breaks > 1 or "".join(self._parts[-3:]).rstrip().endswith(_SENTENCE_END):
            self.flush()
        else:
            self._parts.append(" ")

    def flush(self) -> None:
        text = clean_line("".join(self._parts))
        self._parts.clear()
        if text:
            self.blocks.append(Block(text, self._kinds[-1]))


def _filled_cells(row: etree._Element) -> int:
    return sum(1 for cell in row if isinstance(cell.tag, str) and any(text.strip() for text in texts_in(cell)))


def _row_text(row: etree._Element) -> str:
    cells = (clean_line(" ".join(texts_in(cell))) for cell in row if isinstance(cell.tag, str))
    return " | ".join(text for text in cells if text)
