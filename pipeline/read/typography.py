"""Text without what only its setting decides, for comparison: never stored, never shown.

Two settings of one text differ in kinds of quotes, dashes, spaces and ligatures, in hyphens that nobody sees, and in
the space beside a mark. What a writer changes differs in letters, figures or marks, and stays.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.stream_safe import normalize

# Single and double quotes alike: which of them a house sets is its style. Whether there are any is not.
_QUOTES = dict.fromkeys(map(ord, '"“”„‟«»‘’‚‛‹›′″´`＂＇〝〞〟'), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
# Soft hyphen, joiners, the stroke that stretches Arabic words, variation selectors, zero-width spaces, marks of
# direction, byte order mark.
_INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x034F,
        0x061C,
        0x0640,
        0x180E,
        *range(0xFE00, 0xFE10),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    ]
)
# Forms that Unicode keeps for old fonts: ligatures, Hebrew and Arabic letters as they are joined, full and half width.
# No other compatibility form: "m²" may be "m2", "10²" is not "102".
_FORMS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for first, last in ((0xFB00, 0xFB06), (0xFB13, 0xFB17), (0xFB1D, 0xFDFB), (0xFE70, 0xFEFC), (0xFF01, 0xFFEE))
    for code in range(first, last + 1)
    if unicodedata.is_normalized("NFKC", chr(code)) is False
}
_TABLE = {**_FORMS, **_QUOTES, **_DASHES, **_INVISIBLE, ord("…"): "..."}
_SPACE_AT_A_MARK = re.compile(r"(?<=[^\w\s]) | (?=[^\w\s])")
_QUOTES_IN_A_ROW = re.compile("'{2,}")  # two single ones for a double one
_DASHES_IN_A_ROW = re.compile("-{2,}")  # a typewriter's dash


def plain_type(text: str | None) -> str:
    """`text` as one line in which its setting does not show; empty where there is none.

    Case, figures, letters and which marks there are stay as they are. White space counts between two words or figures
    only: "12 %" is "12%", and "1 2" is not "12".
    """
    if not text:
        return ""
    line = " ".join(normalize("NFC", normalize("NFC", text).translate(_TABLE)).split())
    return _DASHES_IN_A_ROW.sub("-", _QUOTES_IN_A_ROW.sub("'", _SPACE_AT_A_MARK.sub("", line)))
