"""Elements: furniture is pruned by its marks, links and first words, and text is not."""

import pytest
from lxml import etree

from pipeline.read.blocks import Block, blocks_of
from pipeline.read.furniture_elements import prune
from pipeline.read.gaps import without_gaps
from pipeline.read.running_text import densest_element, running_text_of

TEXT = "<p>The port of Selby will close for two weeks in March while the northern quay is rebuilt.</p>" * 4


def tree_of(body: str) -> etree._Element:
    tree = etree.fromstring(f"<html><body>{body}</body></html>", etree.HTMLParser())
    assert tree is not None
    return tree


def left(body: str) -> str:
    tree = tree_of(TEXT + body)
    prune(tree)
    return " ".join("".join(tree.itertext()).split()).removeprefix("".join(tree_of(TEXT).itertext())).strip()


@pytest.mark.parametrize(
    "body",
    [
        '<div class="newsletter-signup newsletter"><p>Sign up</p></div>',
        '<aside class="post-related-articles"><p>Another story</p></aside>',
        '<section id="comments-list"><p>First!</p></section>',
        '<div class="cta-banner"><h2>Try it</h2></div>',
        '<div class="site__modal"><p>Log in</p></div>',
        '<div class="ez-toc-v2 ez-toc-container"><p>Contents</p></div>',
        '<p class="wp-caption-text">The quay</p>',
        "<p>Advertisement<br>Buy a boat</p>",
        "<div>Anzeige <span>Boote</span></div>",
        "<p>Read more: <a href='/x'>Ships wait outside the harbour</a></p>",
        "<h3>Lesen Sie auch <a href='/x'>Schiffe warten vor dem Hafen auf Einfahrt</a></h3>",
        "<p><a href='/x'>Ships wait outside the harbour of Selby</a></p>",
        "<ul><li><a href='/x'>Ships wait</a></li><li><a href='/y'>Cranes fall</a></li></ul>",
    ],
)
def test_furniture_goes(body: str) -> None:
    assert left(body) == ""


@pytest.mark.parametrize(
    "body",
    [
        '<div class="no-newsletter"><p>stays</p></div>',
        '<div class="body no_toc_section"><p>stays</p></div>',
        '<div id="toc_1"><p>stays</p></div>',
        '<span class="tooltip">stays</span>',
        '<div class="shareholder-news"><p>stays</p></div>',
        "<p>Werbung für Boote stays</p>",
        "<p>He <a href='/x'>stays</a></p>",
        "<p><a href='/x'>stays</a></p>",
        "<ul><li><a href='/x'>Anna Brook</a>, 41, of Selby, stays</li></ul>",
        "<p>Read more slowly, said the <a href='/x'>doctor</a>, and what you read stays</p>",
    ],
)
def test_text_stays(body: str) -> None:
    assert left(body).endswith("stays")


def test_an_element_with_much_of_the_text_stays_whatever_its_marks_say() -> None:
    tree = tree_of(f'<div class="paywall">{TEXT}</div><p>Little.</p>')
    assert prune(tree) > 300
    assert tree.findtext(".//p").startswith("The port")


def test_text_after_a_dropped_element_stays() -> None:
    assert left('<div>One <span class="caption">quay</span> two</div>') == "One two"


def test_the_characters_that_are_left_are_told() -> None:
    tree = tree_of('<p>12345</p><div class="related"><p>123</p></div>')
    assert prune(tree) == 5


def test_the_densest_element_is_the_text_and_not_the_menu() -> None:
    menu = "<div id=menu>" + "<p><a href='/x'>A long link to another story of this paper</a></p>" * 20 + "</div>"
    tree = tree_of(f"{menu}<div id=text>{TEXT}<h2>Next</h2><p>And so on, until the end of the month.</p></div>")
    densest = densest_element(tree)
    assert densest is not None
    assert densest.get("id") == "text"
    assert [block.kind for block in running_text_of(densest)] == ["text"] * 4 + ["heading", "text"]


def hostile(kind: str, size: int) -> str:
    return {
        "paragraphs": "<p class='related x'>A paragraph of some length, <a href=/x>with a link</a> in it.</p>" * size,
        "links": "<li><a href='/x'>one of very many links in a list</a></li>" * size,
        "lists": ("<ul><li>" * 120 + "<a href=/x>deep</a>" * (size // 10) + "</li></ul>" * 120),
        "tables": ("<table class=promo><tr><td>" * 80 + "<p>deep</p>" * (size // 10) + "</td></tr></table>" * 80),
        "one paragraph": "<p>" + "word and word, " * (size * 5) + "</p>",
        "marks": "".join(f"<div class='a{n}-newsletters-{n}'>" for n in range(200)) + "<p>x</p>" * size,
    }[kind]


@pytest.mark.usefixtures("page_limit")
@pytest.mark.parametrize("kind", ["paragraphs", "links", "lists", "tables", "one paragraph", "marks"])
def test_a_hostile_page_is_pruned_and_filled_within_the_limit_of_a_page(kind: str) -> None:
    tree = tree_of(hostile(kind, 20_000))
    left_characters = prune(tree)
    blocks = blocks_of(tree)
    assert len(without_gaps(tree, blocks[::2] or [Block("x")])) >= len(blocks[::2])
    densest = densest_element(tree)
    assert densest is None or all(block.text for block in running_text_of(densest))
    assert left_characters >= 0
