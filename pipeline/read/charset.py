"""Bytes to text: what the header says, what the document says, and what the bytes themselves say.

Order, after the HTML standard's encoding sniffing (https://html.spec.whatwg.org/#determining-the-character-encoding)
with repairs for declarations that are wrong: a byte order mark; UTF-8 wherever the bytes are valid UTF-8, because
other encodings hardly ever are by accident; the declarations; detection.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding=["']([a-zA-Z0-9_-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_TAG = re.compile(rb"<script.*?</script>|<style.*?</style>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_DECLARATION_BYTES = 4_096
_DETECTION_BYTES = 30_000
_DECLARED_BAD_SHARE = 0.01  # of the high bytes: a few torn characters do not refute a declaration
_WESTERN_HIGH_SHARE = 0.3  # of the text's bytes: more than this is no text in a Western single-byte encoding
_FEW_HIGH_SHARE = 0.03
# Euro sign, curly quotes, ellipsis, bullet, dashes, no-break space, copyright: as windows-1252 has them.
_WESTERN_PUNCTUATION = frozenset(b"\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa9\xab\xbb")

# What a declaration means in practice: each is a superset of the one named (WHATWG encoding standard, labels).
_SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "iso-8859-1": "windows-1252", "latin1": "windows-1252", "latin-1": "windows-1252", "ascii": "windows-1252",
    "us-ascii": "windows-1252", "iso8859-1": "windows-1252", "iso-8859-9": "windows-1254",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "tis-620": "cp874",
}  # fmt: skip
_WESTERN = frozenset({"cp1252", "cp1254", "iso8859-15"})


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """A page as text, and the name of the encoding it was read with."""

    text: str
    encoding: str


def decode_page(raw: bytes, content_type: str | None = None) -> DecodedPage:
    """The text of a page's bytes. Never fails: what cannot be decoded becomes U+FFFD.

    Args:
        raw: the body of the response, its transfer encoding undone.
        content_type: the Content-Type header, for its charset.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return DecodedPage(raw.decode(encoding, "replace"), encoding)
    try:
        return DecodedPage(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    high_bytes = sum(map(raw[:_DETECTION_BYTES].count, map(bytes, zip(range(0x80, 0x100), strict=True))))
    for encoding in _declared(raw, content_type):
        text = raw.decode(encoding, "replace")
        if _is_plausible(text[:_DETECTION_BYTES], encoding, raw, high_bytes):
            return DecodedPage(text, encoding)
    encoding = _detected(raw)
    return DecodedPage(raw.decode(encoding, "replace"), encoding)


def _declared(raw: bytes, content_type: str | None) -> list[str]:
    """The declared encodings that Python knows, the more trustworthy first.

    A Western charset in the header is a server's default more often than knowledge: the document goes before it.
    """
    header = _HEADER.search(content_type or "")
    document = _DECLARED.search(raw[:_DECLARATION_BYTES])
    from_header = _known(header[1]) if header else None
    from_document = _known((document[1] or document[2]).decode("ascii")) if document else None
    order = [from_header, from_document]
    if from_header in _WESTERN:
        order.reverse()
    return list(dict.fromkeys(encoding for encoding in order if encoding))


def _known(label: str) -> str | None:
    label = label.strip().lower()
    try:
        info = codecs.lookup(_SUPERSETS.get(label, label))
    except (LookupError, ValueError):
        return None
    # Python lists byte-to-byte transforms (hex, zip, ...) beside encodings of text.
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _is_plausible(text: str, encoding: str, raw: bytes, high_bytes: int) -> bool:
    if text.count("\ufffd") > max(2, _DECLARED_BAD_SHARE * high_bytes):
        return False
    if encoding in _WESTERN:
        words = _TAG.sub(b" ", raw[: 2 * _DETECTION_BYTES])
        high = sum(byte > 0x7F for byte in words)
        return high <= _WESTERN_HIGH_SHARE * max(1, len(words))
    return True


def _detected(raw: bytes) -> str:
    """The encoding that the bytes of the text (tags aside) look most like; Western where nothing does."""
    words = _TAG.sub(b" ", raw[: 8 * _DETECTION_BYTES])[:_DETECTION_BYTES]
    if raw.count(b"\x00") > len(raw) / 20:
        return "windows-1252"  # no text at all
    high = [byte for byte in words if byte > 0x7F]
    if len(high) <= _FEW_HIGH_SHARE * len(words) or _WESTERN_PUNCTUATION.issuperset(high):
        return "windows-1252"  # quotes and dashes of an English text; too little for a detector
    found = charset_normalizer.from_bytes(words or raw[:_DETECTION_BYTES]).best()
    name = _known(found.encoding) if found is not None else None
    return name or "windows-1252"
