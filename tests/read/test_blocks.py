"""Blocks: one for each paragraph, of its kind, from any tree."""

import pytest
from lxml import etree

from pipeline.read.blocks import Block, blocks_of


def blocks(body: str) -> list[Block]:
    tree = etree.fromstring(f"<html><body>{body}</body></html>", etree.HTMLParser())
    return blocks_of(tree.find("body"))


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body)]


def test_paragraphs_headings_items_quotes_and_rows_keep_their_kind() -> None:
    body = """<p>One.</p><h2>Two</h2><ul><li>Three</li><li>Four</li></ul><blockquote><p>Five</p></blockquote>
    <table><tr><th>Team</th><th>Goals</th></tr><tr><td>Selby</td><td>3</td></tr></table>"""
    assert blocks(body) == [
        Block("One."),
        Block("Two", "heading"),
        Block("Three", "item"),
        Block("Four", "item"),
        Block("Five"),
        Block("Team | Goals", "row"),
        Block("Selby | 3", "row"),
    ]


def test_text_beside_a_block_is_a_paragraph_of_its_own() -> None:
    assert texts("<div>Before<p>inside</p>after <b>bold</b> end</div>") == ["Before", "inside", "after bold end"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>First line.<br>Second line.</p>", ["First line.", "Second line."]),
        ("<p>broken by<br>hand</p>", ["broken by hand"]),
        ("<p>a verse<br><br>another</p>", ["a verse", "another"]),
        ("<p>a verse<br>\n <br>another</p>", ["a verse", "another"]),
    ],
)
def test_a_line_break_divides_after_a_sentence_or_where_two_stand_together(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_table_for_layout_is_no_row() -> None:
    assert blocks("<table><tr><td><p>One.</p><p>Two.</p></td><td> </td></tr></table>") == [Block("One."), Block("Two.")]


def test_scripts_styles_and_forms_are_silent_in_rows_too() -> None:
    body = "<p>One<script>x()</script> two</p><form><p>Name</p></form> three<p>"
    assert texts(body) == ["One two", "three"]
    row = "<table><tr><td><style>.a{b:c}</style>Selby</td><td>3</td></tr></table>"
    assert texts(row) == ["Selby | 3"]


def test_letters_are_cleaned_outside_of_ascii_as_within_it() -> None:
    assert texts("<p>Wed\u00adnesday\u00a0 cafe\u0301</p><p>a\t b\n c &amp;amp; d</p>") == [
        "Wednesday café",
        "a b c & d",
    ]


def test_a_deep_tree_is_walked_without_recursion() -> None:
    assert texts("<div>" * 240 + "<p>deep</p>" + "</div>" * 240) == ["deep"]
