"""One page, parsed once: its tree, and what its head says in meta elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree

from pipeline.read.marks import Marked
from pipeline.read.text import clean_line

_MAX_JSON_LD_CHARACTERS = 2_000_000
# The limits on depth and node size stay on (huge_tree off): a hostile page must not eat the memory.
_PARSER_OPTIONS: dict[str, Any] = {
    "encoding": "utf-8",
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
    "huge_tree": False,
}


@dataclass(frozen=True)
class Page:
    """A parsed page. `tree` is shared by all who read it, and nobody changes it."""

    tree: etree._Element
    url: str
    text: str = ""
    meta: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def marked(self) -> list[Marked]:
        """Every element below body that has a class, an id or an itemprop, in order, found in one walk."""
        found: list[Marked] = []
        body = self.tree.find("body")
        for position, element in enumerate((self.tree if body is None else body).iter("*")):
            names, own_id = element.get("class"), element.get("id")
            if names or own_id or element.get("itemprop"):
                found.append(Marked(position, element, element.tag, f"{names or ''} {own_id or ''}"))
        return found

    @cached_property
    def title(self) -> str:
        """The text of the title element, empty where there is none."""
        return clean_line(self.tree.findtext(".//head/title") or self.tree.findtext(".//title"))

    @cached_property
    def headings(self) -> list[str]:
        """The texts of all h1 elements that have one."""
        return [text for h in self.tree.iter("h1") if (text := element_text(h))]

    @cached_property
    def json_ld_scripts(self) -> list[str]:
        """The raw texts of the page's JSON-LD blocks, in order, up to two million characters in all."""
        scripts: list[str] = []
        room = _MAX_JSON_LD_CHARACTERS
        for script in self.tree.iter("script"):
            if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= room:
                scripts.append(script.text)
                room -= len(script.text)
        return scripts

    def first_meta(self, *names: str) -> str | None:
        """The first value that one of the meta names has, in the order of `names`."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    return value
        return None

    def link(self, rel: str) -> str | None:
        """The address of the first link element with the relation `rel`."""
        for link in self.tree.iter("link"):
            if rel in (link.get("rel") or "").lower().split() and link.get("href"):
                return (link.get("href") or "").strip()
        return None


def parse_page(text: str, url: str, utf_8: bytes | None = None) -> Page | None:
    """Parse the text of a page; None where there is nothing in it that a tree can be made of.

    Args:
        text: the page.
        url: its address.
        utf_8: the same text in UTF-8, where the caller has it.
    """
    try:
        # A plain etree: the element classes of lxml.html cost a lookup for each element that is touched.
        tree = etree.fromstring(_bytes(text, utf_8), etree.HTMLParser(**_PARSER_OPTIONS))
    except (etree.XMLSyntaxError, ValueError):
        return None
    return Page(tree=tree, url=url, text=text, meta=_meta(tree)) if tree is not None else None


def texts_in(element: etree._Element) -> list[str]:
    """Every text in an element, in order, as it stands."""
    return [text for text in element.itertext() if isinstance(text, str)]


def element_text(element: etree._Element) -> str:
    """All text in an element as one clean line, with a space where a line breaks, without scripts and styles."""
    parts: list[str] = []
    for node in element.iter("*"):
        if node.tag not in ("script", "style", "noscript", "svg") and node.text:
            parts.append(node.text)
        elif node.tag == "br":
            parts.append(" ")
        if node is not element and node.tail:
            parts.append(node.tail)
    return clean_line("".join(parts))


def _bytes(text: str, utf_8: bytes | None) -> bytes:
    """Bytes with a fixed encoding: a wrong declaration in the text itself can do no harm."""
    return (utf_8 or text.encode("utf-8", "replace")).replace(b"\x00", b"")


def _meta(tree: etree._Element) -> dict[str, list[str]]:
    """Meta elements by lower-case name, property, itemprop or http-equiv."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = clean_line(element.get("content") or element.get("value"))
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if key := element.get(attribute):
                found.setdefault(key.strip().lower(), []).append(content)
    return found
