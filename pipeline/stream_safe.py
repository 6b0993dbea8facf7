"""Unicode normalisation whose cost is linear, whatever somebody put into a text.

Normalising puts the marks on one letter in order, which is quadratic in their number: 200,000 of them cost 25 s. No
language sets more than a few, and more than 30 are cut (UAX #15, Stream-Safe Text Format).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

_MARKS = "".join(mark for mark in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(mark))
_IN_EXCESS = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")
# A heap in a shorter text costs under 3 ms; looking for one would cost every text.
_SHORT_CHARACTERS = 2_000


def normalize(form: Literal["NFC", "NFKC"], text: str) -> str:
    """`unicodedata.normalize`, without the marks in excess of a long text."""
    if text.isascii():
        return text
    if len(text) > _SHORT_CHARACTERS:
        text = _IN_EXCESS.sub(r"\1", text)
    return unicodedata.normalize(form, text)
