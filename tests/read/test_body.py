"""The body: found by the quick mode, rescued where that is thin, and the page's own tree is left alone."""

import subprocess
import sys

from lxml import etree

from pipeline.read.body import read_body
from pipeline.read.page import Page, parse_page

SENTENCE = "The port of Selby will close for {} weeks in March while the northern quay is rebuilt from the ground."
PARAGRAPHS = [SENTENCE.format(number) for number in range(12)]


def page_of(body: str) -> Page:
    page = parse_page(f"<html><head><title>x</title></head><body>{body}</body></html>", "https://selby.example/a")
    assert page is not None
    return page


def article(*parts: str) -> str:
    return "<article><h1>Harbour closes</h1>" + "".join(parts) + "</article>"


def marked_up(texts: list[str]) -> list[str]:
    return [f"<p>{text}</p>" for text in texts]


def read(body: str, stated: str | None = None) -> tuple[list[tuple[str, str]], str]:
    found = read_body(page_of(body), labels=("Harbour closes",), names=("Tomas Reyl",), stated_body=stated)
    assert found is not None
    return [(block.text, block.kind) for block in found.blocks], found.extractor


def test_each_paragraph_heading_item_quote_and_row_is_a_block_in_its_place() -> None:
    parts = marked_up(PARAGRAPHS)
    parts[3:3] = ["<h2>What is next</h2>", "<ul><li>Anna Brook, 41</li><li>Karl Ohm, 37</li></ul>"]
    parts[8:8] = ["<blockquote><p>“We were never asked about the quay.”</p></blockquote>"]
    parts[9:9] = ["<table><tr><th>Ship</th><th>Tons</th></tr><tr><td>Selby Star</td><td>3,000</td></tr></table>"]
    blocks, extractor = read(article(*parts))
    assert extractor == "trafilatura"
    assert blocks[3:6] == [("What is next", "heading"), ("Anna Brook, 41", "item"), ("Karl Ohm, 37", "item")]
    assert "“We were never asked about the quay.”" in [text for text, _ in blocks]
    assert ("Selby Star | 3,000", "row") in blocks
    assert [text for text, _ in blocks if text in PARAGRAPHS] == PARAGRAPHS


def test_the_tree_of_the_page_is_left_as_it_is() -> None:
    page = page_of(article(*marked_up(PARAGRAPHS), '<div class="related"><p>Another story</p></div>'))
    before = etree.tostring(page.tree)
    read_body(page, labels=(), names=(), stated_body=None)
    assert etree.tostring(page.tree) == before


def test_a_stated_body_is_taken_only_where_it_is_much_longer() -> None:
    stated = "\n\n".join(PARAGRAPHS)
    assert read(article(*marked_up(PARAGRAPHS)), stated + " Cut")[1] == "trafilatura"
    blocks, extractor = read(article("<p>This text is for those who pay for it, and they are few.</p>"), stated)
    assert extractor == "json_ld"
    assert [text for text, _ in blocks] == PARAGRAPHS


def test_a_stated_body_in_html_is_read_as_html() -> None:
    stated = "&lt;p&gt;" + "&lt;/p&gt;&lt;p&gt;".join(PARAGRAPHS) + "&lt;/p&gt;"
    assert [text for text, _ in read(article("<p>For those who pay.</p>"), stated)[0]] == PARAGRAPHS


def test_a_page_without_text_has_no_body() -> None:
    assert read_body(page_of("<div></div>"), labels=(), names=(), stated_body=None) is None


def test_trafilatura_is_imported_when_it_is_first_needed() -> None:
    code = "import sys, pipeline.read.body; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
