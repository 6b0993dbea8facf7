"""Quotations inside quotations: what somebody is quoted as quoting is a wording, and no report of his.

Depth is counted within a sentence. “ and ‘ open, ” and ’ close; a straight " opens where none is open. A ’ inside a
word, or where no ‘ is open, is an apostrophe.
"""

from __future__ import annotations

import re

_MARKS = re.compile('[“”‘’"]')


def quotation_depth(text: str, position: int) -> int:
    """How many quotations are open at `position` of a sentence's text; 0 outside all of them."""
    opened: list[str] = []
    for mark in _MARKS.finditer(text, 0, position):
        sign, after = mark.group(), text[mark.end() : mark.end() + 1]
        if sign in "“‘" or (sign == '"' and '"' not in opened):
            opened.append(sign)
        else:
            opener = {"”": "“", "’": "‘", '"': '"'}[sign]
            if opener in opened and not (sign == "’" and after.isalnum()):
                del opened[opened.index(opener) :]
    return len(opened)
