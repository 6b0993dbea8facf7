"""One page, parsed once: its tree, and what its head says in meta elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree, html

from pipeline.read.text import clean_line

_MAX_JSON_LD_CHARACTERS = 2_000_000


@dataclass(frozen=True)
class Page:
    """A parsed page. `tree` is shared: whoever changes it copies it first."""

    tree: html.HtmlElement
    url: str
    meta: dict[str, list[str]] = field(default_factory=dict)

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


def parse_page(text: str, url: str) -> Page | None:
    """Parse the text of a page; None where there is nothing in it that a tree can be made of."""
    try:
        # Bytes with a fixed encoding: a wrong declaration in the text itself can do no harm.
        tree = html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return Page(tree=tree, url=url, meta=_meta(tree))


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


def _parser() -> html.HTMLParser:
    """Its limits on depth and node size stay on (huge_tree off): a hostile page must not eat the memory."""
    return html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=False)


def _meta(tree: html.HtmlElement) -> dict[str, list[str]]:
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
