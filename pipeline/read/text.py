"""Cleaning of text: what is stored is NFC, without zero-width or control characters, with single plain spaces."""

from __future__ import annotations

import re
import unicodedata

import ftfy

# Soft hyphen, zero-width space, word joiner, BOM, and the marks of direction: invisible, and they split words.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
# Zero-width (non-)joiners are letters' business in Persian, Hindi and emoji; beside Latin letters they are dirt.
_JOINER_IN_LATIN = re.compile("(?<=[\\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\\x00-\u024f])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACES = re.compile(r"\s+")
_MOJIBAKE_HINT = re.compile("[ÃÂâÐÑÅÄ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|&(?:#\\d+|#x[0-9a-fA-F]+|[a-z]+);")
_FTFY = ftfy.TextFixerConfig(
    unescape_html=True,
    uncurl_quotes=False,
    fix_latin_ligatures=True,
    fix_character_width=False,
    fix_line_breaks=False,
    remove_terminal_escapes=True,
    normalization=None,
    explain=False,
)


def clean_line(text: str | None) -> str:
    """`text` as one clean line; empty where there is nothing. Mojibake and left-over entities are repaired."""
    if not text:
        return ""
    if _MOJIBAKE_HINT.search(text):
        text = ftfy.fix_text(text, _FTFY)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _JOINER_IN_LATIN.sub("", _INVISIBLE.sub("", text)))
    return _SPACES.sub(" ", _CONTROL.sub(" ", text)).strip()


def folded(text: str | None) -> str:
    """`text` for comparison: case, punctuation and white space do not count."""
    return " ".join(re.findall(r"\w+", (text or "").casefold()))
