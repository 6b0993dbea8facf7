"""Gaps: what an extractor skipped between the paragraphs that it found comes back, and nothing else."""

import pytest
from lxml import etree

from pipeline.read.blocks import Block
from pipeline.read.gaps import without_gaps

P = [f"Paragraph number {n} tells at some length what happened on the quay that night." for n in range(6)]


def filled(body: str, *found: str) -> list[str]:
    tree = etree.fromstring(f"<html><body>{body}</body></html>", etree.HTMLParser())
    return [block.text for block in without_gaps(tree, [Block(text) for text in found])]


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    ("skipped", "text"),
    [
        ("<h2>What is next</h2>", "What is next"),
        ("<ul><li>Anna Brook, 41</li></ul>", "Anna Brook, 41"),
        ("<blockquote>“Never.”</blockquote>", "“Never.”"),
        ("<figure><blockquote><p>“Never again.”</p></blockquote></figure>", "“Never again.”"),
        ("<p>He left.</p>", "He left."),
        ("<table><tr><td>Selby</td><td>3</td></tr></table>", "Selby | 3"),
    ],
)
def test_what_was_skipped_in_the_middle_comes_back_in_its_place(skipped: str, text: str) -> None:
    body = f"<article>{paragraphs(*P[:2])}{skipped}{paragraphs(*P[2:])}</article>"
    assert filled(body, *P) == [*P[:2], text, *P[2:]]


def test_paragraphs_in_boxes_of_their_own_are_one_text() -> None:
    body = "<main>" + "".join(f"<section><p>{text}</p></section>" for text in P) + "</main>"
    assert filled(body, *P[:2], *P[3:]) == P


@pytest.mark.parametrize(
    "apart",
    [
        "<figure><figcaption><p>The quay in the morning</p></figcaption></figure>",
        "<aside><p>Our paper was founded in 1871.</p></aside>",
        '<a href="/x"><h3>Another story</h3><p>About another town.</p></a>',
        '<p><a href="/x">Another story from another town</a></p>',
        "<video><p>Your browser cannot play this.</p></video>",
        "<div>A bare line</div>",
    ],
)
def test_what_stands_apart_stays_out(apart: str) -> None:
    assert filled(f"<article>{paragraphs(*P[:3])}{apart}{paragraphs(*P[3:])}</article>", *P) == P


def test_nothing_comes_from_before_the_first_or_after_the_last_paragraph() -> None:
    body = f"<article><p>Before it all.</p>{paragraphs(*P)}<p>After it all.</p></article>"
    assert filled(body, *P) == P


def test_a_text_much_longer_than_the_gap_of_one_is_another_text() -> None:
    other = [f"{text} It is another report." for text in P * 3]
    assert filled(f"<article>{paragraphs(P[0])}{paragraphs(*other)}{paragraphs(P[1])}</article>", *P[:2]) == P[:2]


def test_a_piece_of_a_found_paragraph_does_not_come_twice() -> None:
    body = f"<article>{paragraphs(P[0])}<p>{P[1]}</p><p>{P[2]}</p>{paragraphs(P[3])}</article>"
    assert filled(body, P[0], f"{P[1]} {P[2]}", P[3]) == [P[0], f"{P[1]} {P[2]}", P[3]]
