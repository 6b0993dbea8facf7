"""Texts from paper editions and from PDF: what the end of a line or of a page did to them is undone.

A page number between two paragraphs, a line that says where the text goes on, a word divided at the end of a line, a
sentence divided by the end of a page. Each is undone only on evidence in the text itself, because a number on a line
of its own may be a countdown's, and a hyphen before a space is right in "Ein- und Ausfuhr" and "mid- to late May".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.read.blocks import Block

_PAGE = (
    r"(?:pages?|pag\.?|pg\.?|pp?\.|seiten?|s\.|página|pág\.?|pagina|blz\.?|sida|sidan|sid\.?|side|strona|stronie|str\.?"
    r"|stran[aěuy]?|oldal|sayfa|sivu|sivulla|страниц[аеуы]|стр\.?|сторінк[аиуі]|стор\.?|σελίδα|σελ\.?|صفحة|الصفحة|עמוד|trang)"
)
_OF = r"(?:of|von|sur|de|di|van|av|af|z|ze|из|із|з|από|من|מתוך|/|\|)"
_NUMBER = r"(?:[A-Z]{1,2}[-–]?)?\d{1,3}"
# "Page 2 of 5", "Seite 3/4", "- 3 -", "第2页".
_PAGE_LINE = re.compile(
    rf"[\[(|•·–—-]*\s*{_PAGE}\s*[|:]?\s*\d{{1,4}}(?:\s*{_OF}\s*\d{{1,4}})?\s*[\])|•·–—-]*"
    r"|[-–—]\s?\d{1,4}\s?[-–—]|第\s?\d{1,4}\s?[页頁](?:\s?[/／,，]?\s?共\s?\d{1,4}\s?[页頁])?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_GOES_ON = (
    r"(?:(?:story |article )?(?:is )?continue[sd]?|cont[’']?d\.?|turn|see .{1,40},?) (?:(?:on|to|from|at) )?(?:the )?"
    r"|(?:fortsetzung|fortgesetzt|forts\.|weiter) (?:(?:auf|von|aus) )?"
    r"|(?:(?:lire la )?suite|à suivre)(?: de (?:l[’'])?\w+)? (?:en |à la |de la )?"
    r"|(?:sigue|continúa|pasa|viene|continua|segue|vai|vem) (?:(?:en|a|de|na|da|para|in|alla|dalla) )?(?:la )?"
    r"|(?:vervolg|lees verder) (?:(?:op|van) )?|(?:forts\w*\.?|fortsett\w*) (?:(?:på|från|fra) )?"
    r"|(?:ciąg dalszy|dokończenie|cd\.) (?:(?:na|ze) )?|pokračování (?:na |ze )?"
    r"|(?:продолжение|окончание|начало|продовження|закінчення|початок) (?:(?:на|со|с|із) )?"
)
_GOES_ON_ELSEWHERE = re.compile(
    rf"(?:(?:{_GOES_ON}){_PAGE}\s*{_NUMBER}|[下上][转轉接]第?\s?[A-Z]?[\d一二三四五六七八九十]{{1,3}}\s?[版页頁])",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 90  # of a line about pages
_GOES_ON_AT_END = re.compile(rf"\s*[(\[]\s*{_GOES_ON_ELSEWHERE.pattern}\s*[)\]]$", re.IGNORECASE)

_DIVIDED = re.compile(r"\b([^\W\d_]{2,})- ([^\W\d_]+)")
_ENDS_DIVIDED = re.compile(r"(?:^|[\s(«„“\"'])([^\W\d_]{2,})-$")
# A hyphen before one of these stands for the second half of the word that follows ("Ein- und Ausfuhr").
_JOINING_WORDS = """
    und oder bzw sowie wie bis als noch aber statt and or to nor but as through versus vs et ou y e o u ed od of en tot
    och eller og i a lub oraz albo ani či nebo és vagy ve veya ja tai või и или а либо й та або και ή
"""
_JOINING = frozenset(_JOINING_WORDS.split())
# Words that keep their hyphen before another word where a line ends at it.
_FIRST_PARTS = """
    one two three four five six seven eight nine ten self long short well ill mid non anti pre post ex co half high low
    full part first second third all cross multi semi single double so would by vice north south east west
"""
_KEEPS_HYPHEN = frozenset(_FIRST_PARTS.split())
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIVIDED_OFTEN = 3  # divided words that show a text set in lines
_UNFINISHED = re.compile(r"(?:[^\W_]|,|[^\W_]['’]s)$")
_TEXT_KINDS = frozenset({"text", "item"})


def mended_paragraphs(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, without what the ends of lines and pages of a paper edition or a PDF put into them.

    - A line that is only a page number ("Page 2 of 5", "- 3 -") or says where the text goes on ("Fortsetzung auf
      Seite 7") goes. A bare number goes only where it divides a sentence.
    - Two paragraphs with such a line between them are one where the first ends and the second begins within a
      sentence.
    - A word divided by a hyphen and a space, in lower case after it, is joined where the text has it undivided
      elsewhere, or where it is known from other words that the text was set in lines. What has a hyphen in its own
      right keeps it.

    Nothing else is changed: a text without such lines comes back as it is.
    """
    kept = _without_page_lines(blocks)
    if any("- " in block.text or block.text.endswith("-") for block in kept):
        kept = _with_joined_words(kept)
    return tuple(kept)


def _without_page_lines(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    page_ended = False
    for number, block in enumerate(blocks):
        if block.kind != "row" and len(block.text) <= _MOST_CHARACTERS and _is_about_pages(block.text):
            page_ended = True
            continue
        if _BARE_NUMBER.fullmatch(block.text) and kept and _divides_sentence(kept[-1], blocks[number + 1 :]):
            page_ended = True
            continue
        text = block.text
        if text.endswith((")", "]")) and (tail := _GOES_ON_AT_END.search(text, max(0, len(text) - _MOST_CHARACTERS))):
            block = Block(text[: tail.start()], block.kind)  # noqa: PLW2901  the same paragraph, its end cut off
        if page_ended and kept and _goes_on(kept[-1], block):
            kept[-1] = Block(f"{kept[-1].text} {block.text}", kept[-1].kind)
        else:
            kept.append(block)
        page_ended = False
    return kept


def _is_about_pages(text: str) -> bool:
    if _PAGE_LINE.fullmatch(text):
        return True
    return _GOES_ON_ELSEWHERE.fullmatch(text.strip(" ()[]»>→►.-–—")) is not None


def _divides_sentence(before: Block, after: Sequence[Block]) -> bool:
    return bool(after) and _goes_on(before, after[0])


def _goes_on(before: Block, after: Block) -> bool:
    """Whether a sentence goes on from one block to the next."""
    if before.kind not in _TEXT_KINDS or after.kind not in _TEXT_KINDS:
        return False
    if not after.text[:1].islower():
        return False
    return _UNFINISHED.search(before.text) is not None or _ENDS_DIVIDED.search(before.text) is not None


class _Words(NamedTuple):
    """What a text has undivided elsewhere, in lower case."""

    seen: frozenset[str]
    set_in_lines: bool  # the text is known to have divided words


def _with_joined_words(blocks: list[Block]) -> list[Block]:
    pairs = [
        (found[1], found[2])
        for block in blocks
        if block.kind in _TEXT_KINDS and "- " in block.text
        for found in _DIVIDED.finditer(block.text)
        if _may_be_divided(found[2])
    ]
    pairs += [halves for one, next_one in pairwise(blocks) if (halves := _divided_between(one, next_one))]
    if not pairs:
        return blocks
    counts = Counter(word.lower() for block in blocks for word in _WORD.findall(block.text))
    counts.subtract(half.lower() for pair in pairs for half in pair)  # a half does not make itself a word
    seen = frozenset(word for word, count in counts.items() if count > 0)
    words = _Words(seen, _is_set_in_lines(pairs, seen))
    joined: list[Block] = []
    for block in blocks:
        halves = _divided_between(joined[-1], block) if joined else None
        if halves and _undivided(*halves, words):
            joined[-1] = Block(f"{joined[-1].text} {block.text}", joined[-1].kind)
        else:
            joined.append(block)
    return [
        Block(_DIVIDED.sub(lambda found: _undivided(found[1], found[2], words) or found[0], block.text), block.kind)
        if block.kind in _TEXT_KINDS and "- " in block.text
        else block
        for block in joined
    ]


def _may_be_divided(second: str) -> bool:
    return second[:1].islower() and second not in _JOINING


def _divided_between(before: Block, after: Block) -> tuple[str, str] | None:
    """The halves of a word that the end of a paragraph may have divided."""
    if before.kind not in _TEXT_KINDS or after.kind not in _TEXT_KINDS or not before.text.endswith("-"):
        return None
    first, second = _ENDS_DIVIDED.search(before.text), _WORD.match(after.text)
    return (first[1], second[0]) if first and second and _may_be_divided(second[0]) else None


def _is_set_in_lines(pairs: list[tuple[str, str]], seen: frozenset[str]) -> bool:
    """Whether hyphens divide words here; many people write- like this- a hyphen and a space for a dash.

    There must be some divided words, one of them seen undivided, and few whose second half is a word of the text.
    """
    undivided = sum(f"{first}{second}".lower() in seen for first, second in pairs)
    dashes = sum(second in seen and f"{first}{second}".lower() not in seen for first, second in pairs)
    return len(pairs) >= _DIVIDED_OFTEN and undivided > 0 and dashes * 3 <= len(pairs)


def _undivided(first: str, second: str, words: _Words) -> str | None:
    """The one word that two halves are; None where they are none."""
    if not _may_be_divided(second):
        return None
    if f"{first}{second}".lower() in words.seen:
        return f"{first}{second}"
    if not words.set_in_lines:
        return None
    if first.lower() in _KEEPS_HYPHEN or f"{first}-{second}".lower() in words.seen:
        return f"{first}-{second}"
    return f"{first}{second}" if second not in words.seen else None
