"""Cleaning of text: what is stored is NFC, without zero-width or control characters, with single plain spaces.

`clean_line` is called thousands of times for a page, nearly always with text that needs nothing but its white space
folded; Python's own `isascii`, `isprintable` and `is_normalized` find that out at the speed of C, and only the rest is
searched for what has to be mended.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Any

from pipeline.stream_safe import normalize

# Invisible, and they split words: soft hyphen, grapheme joiner, zero-width space, word joiner, byte order mark, the
# marks of direction, annotation marks, the place of an object, non-characters, halves of surrogate pairs. Private-use
# characters are the pictures of an icon font, which nobody else has.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\ufdd0-\ufdef\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
# A soft hyphen before the end of a line: the word goes on in the next.
_BROKEN_AT_SOFT_HYPHEN = re.compile("\u00ad[ \t]*\r?\n\\s*")
# Zero-width (non-)joiners are letters' business in Persian and the scripts of India, and hold emoji together.
_JOINED = "[\u0600-\u1fff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
_IDLE_JOINER = re.compile(f"(?<!{_JOINED})[\u200c\u200d]+|[\u200c\u200d]+(?!{_JOINED})")
# Variation selectors choose between the pictures of one emoji; on letters, digits and punctuation they are dirt.
_IDLE_SELECTOR = re.compile(
    "(?<![\u203c-\u3299\U0001f000-\U0001faff\u00a9\u00ae])(?![\ufe0f]\u20e3)[\ufe00-\ufe0f]"
    "|[\ufe00-\ufe0e\U000e0100-\U000e01ef]"
)
# The letters of a flag's name follow the black flag; elsewhere they are invisible text.
_IDLE_TAG = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0001-\U000e007f]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_BLANK = re.compile("[\u2800\u3164\uffa0]")  # drawn as nothing, and no white space to Unicode
# A character reference by number between 128 and 159 means windows-1252's character, in HTML as in practice.
_WINDOWS_1252 = {
    b: bytes([b]).decode("cp1252") for b in range(0x80, 0xA0) if b not in {0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D}
}
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_ESCAPED_AMPERSAND = re.compile(r"&(?:(?:amp|#0*38|#[xX]0*26);)+", re.IGNORECASE)
# The second bytes of UTF-8, as windows-1252 shows them.
_TRAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_DOUBTFUL = re.compile(
    f"[ÂÃÄÅÎÏÐÑ×ØÙ][{_TRAIL}]|[àáâãäåæçèéêëìíîïð][{_TRAIL}]{{2}}"
    "|&[#a-zA-Z]|[\ufb00-\ufb06\ufe00-\ufe0f\u2800\u3164\uffa0]"
)
_MOST_ROUNDS = 4


def clean_line(text: str | None) -> str:
    """`text` as one clean line; empty where there is nothing.

    Mojibake, left-over entities, C1 controls that mean windows-1252 and typographic ligatures are repaired; invisible
    and private-use characters go; every kind of space is a plain one; emoji stay whole. Cleaning twice is cleaning
    once.
    """
    if not text:
        return ""
    line = " ".join(text.split())
    if line.isascii():
        if ("&" not in line or not _ENTITY.search(line)) and line.isprintable():
            return line
    elif line.isprintable() and not _DOUBTFUL.search(text):
        return line if unicodedata.is_normalized("NFC", line) else normalize("NFC", line)
    for _ in range(_MOST_ROUNDS):
        mended = _mended(text)
        if mended == text:
            break
        text = mended
    return text


def folded(text: str | None) -> str:
    """`text` for comparison: case, punctuation and white space do not count."""
    return " ".join(_WORDS(text.casefold())) if text else ""


_WORDS = re.compile(r"\w+").findall


def _mended(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), _ESCAPED_AMPERSAND.sub("&", text))
    if not text.isascii():
        if _DOUBTFUL.search(text):
            text = _encoding_fixer()(text).translate(_LIGATURES)
        text = _BROKEN_AT_SOFT_HYPHEN.sub("", text.translate(_WINDOWS_1252))
        text = _IDLE_TAG.sub("", _IDLE_SELECTOR.sub("", _INVISIBLE.sub("", _BLANK.sub(" ", text))))
        text = normalize("NFC", _IDLE_JOINER.sub("", text))
    return " ".join(_CONTROL.sub(" ", text).split())


@lru_cache(maxsize=1)
def _encoding_fixer() -> Any:
    import ftfy  # noqa: PLC0415  twenty milliseconds that most runs of the command line never need

    return ftfy.fix_encoding
