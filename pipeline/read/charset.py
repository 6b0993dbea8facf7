"""Bytes to text: what the header says, what the document says, and what the bytes themselves say.

Order, after the HTML standard's encoding sniffing (https://html.spec.whatwg.org/#determining-the-character-encoding)
with repairs for declarations that are wrong: a byte order mark; the pattern of zero bytes that UTF-16 and UTF-32
leave; UTF-8 wherever the bytes are UTF-8 but for a few, because other encodings hardly ever are by accident; the
declarations, as far as the letters that come out are those of a language; the encoding whose letters are.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.read.charset_likeness import LANGUAGES_OF_ENCODING, likeness

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding=["']([a-zA-Z0-9_-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
# A piece of text between two tags; to ask for a byte that is not ASCII here as well would make it quadratic.
_PIECE = re.compile(rb">([^<>]*)<")
_ESCAPED_JAPANESE = re.compile(rb"\x1b\$[@B]|\x1b\$\([DOPQ]")
_HZ_DECLARED = re.compile(rb"charset\s*=\s*[\"']?hz-gb-2312", re.IGNORECASE)
_HZ_CHINESE = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e]){2,}~\}")
# UTF-8 that was taken for windows-1252 and written as UTF-8 again: what its first bytes became, then its second.
_TWICE_ENCODED = re.compile("[ÂÃÐÑÎÏØÙ×ïåæçèé][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
_TWICE_ENCODED_WITHIN = 30_000  # characters
_DECLARATION_BYTES = 4_096
_SEARCHED_BYTES = 300_000
_SAMPLE_BYTES = 8_000
_UTF_8_SAMPLE_BYTES = 100_000
_GOOD_FOR_EACH_BAD = 5  # letters of UTF-8 for each byte that is none
_MOST_MENDED = 1_000  # bad bytes of a UTF-8 page that are looked at one by one
_ZERO_SHARE = 0.05
_BELIEVED_LIKENESS = 0.85  # of a declared encoding: no other is tried
_DECLARED_ADVANTAGE = 0.08
_NEEDED_LIKENESS = 0.45  # of one that nobody declared

# What a declaration means in practice: each is a superset of the one named (WHATWG encoding standard, labels), or
# the name that Python knows it by.
_SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "gb_2312": "gb18030",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "ansi": "cp1252", "iso-8859-9": "cp1254", "iso8859-9": "cp1254",
    "latin5": "cp1254", "iso-8859-11": "cp874", "iso-8859-8-i": "cp1255", "iso-8859-8": "cp1255",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
    "x-euc-jp": "euc_jp", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "windows-949": "cp949",
    "big5": "big5hkscs", "x-x-big5": "big5hkscs", "big5-hkscs": "big5hkscs", "tis-620": "cp874",
    "windows-874": "cp874", "koi8": "koi8-u", "koi": "koi8-u", "koi8-r": "koi8-u", "win-1251": "cp1251",
    "win1251": "cp1251", "x-cp1251": "cp1251", "x-cp1250": "cp1250", "x-cp1252": "cp1252", "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic", "unicode": "utf-8", "utf": "utf-8",
}  # fmt: skip
_WESTERN = frozenset({"cp1252", "cp1254", "iso8859-15"})
# A page that says one of these in ASCII letters is written in none of them.
_NOT_AS_DECLARED = re.compile(r"utf-?(?:7|16|32)|utf-8-sig|idna|punycode|.*escape|mbcs|oem|undefined|palmos|hz")
_WINDOWS_PUNCTUATION = frozenset(b"\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa9\xab\xbb")
# windows-1252's own characters back to the bytes they stand for.
_TO_BYTES = {ord(bytes([b]).decode("cp1252")): b for b in range(0x80, 0xA0) if b not in b"\x81\x8d\x8f\x90\x9d"}


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """A page as text, and the name of the encoding it was read with."""

    text: str
    encoding: str
    utf_8: bytes | None = None  # the text in UTF-8, where the page came so: to encode it again costs half a millisecond


def decode_page(raw: bytes, content_type: str | None = None) -> DecodedPage:
    """The text of a page's bytes. Never fails: what cannot be decoded becomes U+FFFD.

    Args:
        raw: the body of the response, its transfer encoding undone.
        content_type: the Content-Type header, for its charset.
    """
    marked = _marked(raw)
    if marked:
        return DecodedPage(raw.decode(marked, "replace"), marked)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _mended_utf_8(raw) or _legacy(raw, content_type)
    if 0x1B in raw and _ESCAPED_JAPANESE.search(raw):
        return DecodedPage(raw.decode("iso2022_jp_ext", "replace"), "iso2022_jp_ext")
    if _HZ_DECLARED.search(raw, 0, _DECLARATION_BYTES) and _HZ_CHINESE.search(raw):
        return DecodedPage(raw.decode("hz", "replace"), "hz")
    if not text.isascii() and _TWICE_ENCODED.search(text, 0, _TWICE_ENCODED_WITHIN):
        return DecodedPage(_once_encoded(text), "utf-8")
    return DecodedPage(text, "utf-8", raw)


def _marked(raw: bytes) -> str | None:
    """The encoding that a byte order mark or the places of the zero bytes tell."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ):
        if raw.startswith(mark):
            return encoding
    start = raw[:_DECLARATION_BYTES]
    zeros = start.count(0)
    if zeros < _ZERO_SHARE * len(start):
        return None
    # Markup is ASCII: in UTF-16 every second byte of it is zero, in UTF-32 three of four.
    for encoding, width, places in (
        ("utf-32-le", 4, (2, 3)),
        ("utf-32-be", 4, (0, 1)),
        ("utf-16-le", 2, (1,)),
        ("utf-16-be", 2, (0,)),
    ):
        other_places = [start[place::width].count(0) for place in range(width) if place not in places]
        at_places = min(start[place::width].count(0) for place in places)
        if width == 4 and at_places * width >= 0.95 * len(start):
            return encoding
        if width == 2 and sum(other_places) <= 0.1 * at_places:
            return encoding
    return None


def _once_encoded(text: str) -> str:
    """The text before it was encoded a second time, where *all* of it was; else as it is."""
    try:
        return text.translate(_TO_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text  # single lines are mended when they are cleaned


def _mended_utf_8(raw: bytes) -> DecodedPage | None:
    """The page as UTF-8 with some bytes that are none; None where there are many for those that are.

    A page may end within a letter, hold teasers that were cut within one, or a sentence pasted in windows-1252.
    """
    if not _is_mostly_utf_8(raw[:_UTF_8_SAMPLE_BYTES]):
        return None
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if bad <= _MOST_MENDED:
        return DecodedPage(raw.decode("utf-8", _MEND_BYTE), "utf-8")
    return DecodedPage(text, "utf-8") if _is_mostly_utf_8(raw) else None


def _is_mostly_utf_8(raw: bytes) -> bool:
    text = raw.decode("utf-8", "ignore")
    good = raw.translate(None, _ASCII)
    well_formed = text.encode("utf-8").translate(None, _ASCII)
    bad = len(good) - len(well_formed)
    # The end of the sample may stand within a letter; alone it refutes nothing.
    if bad <= 3 and _torn_at_end(raw) == bad:
        return True
    return len(well_formed) >= 2 * _GOOD_FOR_EACH_BAD * bad


_ASCII = bytes(range(0x80))


def _torn_at_end(raw: bytes) -> int:
    """How many bytes at the end begin a letter of UTF-8 that does not end."""
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    decoder.decode(raw[-4:])
    return len(decoder.getstate()[0])


def _mend_byte(error: UnicodeError) -> tuple[str, int]:
    """Error handler: a windows-1252 quote, dash or letter within a word is read as such; the rest is U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    raw, start = error.object, error.start
    byte = raw[start]
    if error.end == start + 1:
        before, after = raw[start - 1 : start], raw[start + 1 : start + 2]
        within_word = before.isalpha() and after.isalpha()
        if byte in _WINDOWS_PUNCTUATION or (byte >= 0xC0 and within_word):
            return bytes([byte]).decode("cp1252"), start + 1
    return "\ufffd", error.end


_MEND_BYTE = "pipeline.read.charset.mend_byte"
codecs.register_error(_MEND_BYTE, _mend_byte)


def _legacy(raw: bytes, content_type: str | None) -> DecodedPage:
    """The page in one of the encodings from before UTF-8."""
    sample = _sample(raw)
    declared = _declared(raw, content_type)
    scores: dict[str, float] = {}
    for encoding in declared:
        text = sample.decode(encoding, "replace")
        like = likeness(text, encoding)
        if like is None:
            # Too few letters, or an encoding we know nothing of: it is refuted only by what is no text at all.
            like = _BELIEVED_LIKENESS if _is_text(text) else -1.0
        if like >= _BELIEVED_LIKENESS:
            return DecodedPage(raw.decode(encoding, "replace"), encoding)
        scores[encoding] = like + _DECLARED_ADVANTAGE
    if likeness(sample.decode("cp1252", "replace"), "cp1252") is None:
        return DecodedPage(raw.decode("cp1252", "replace"), "cp1252")  # quotes and dashes of an English text
    for encoding in LANGUAGES_OF_ENCODING:
        if encoding not in scores:
            like = likeness(sample.decode(encoding, "replace"), encoding)
            scores[encoding] = -1.0 if like is None else like
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < _NEEDED_LIKENESS:
        best = "cp1252"
    return DecodedPage(raw.decode(best, "replace"), best)


def _sample(raw: bytes) -> bytes:
    """Some of the text that is not ASCII, without markup; of a page without markup, its beginning."""
    pieces: list[bytes] = []
    room = _SAMPLE_BYTES
    for piece in _PIECE.finditer(raw, 0, _SEARCHED_BYTES):
        if piece[1].isascii():
            continue
        pieces.append(piece[1][:_SAMPLE_BYTES])
        room -= len(pieces[-1])
        if room <= 0:
            break
    return b" ".join(pieces) or raw[:_SAMPLE_BYTES]


def _is_text(text: str) -> bool:
    return not any(c == "\ufffd" or "\x7f" < c < "\xa0" for c in text)


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
    return list(dict.fromkeys(encoding for encoding in order if encoding and encoding != "utf-8"))


def _known(label: str) -> str | None:
    label = label.strip().lower()
    try:
        info = codecs.lookup(_SUPERSETS.get(label, label))
    except (LookupError, ValueError):
        return None
    # Python lists byte-to-byte transforms (hex, zip, ...) beside encodings of text.
    if not getattr(info, "_is_text_encoding", True) or _NOT_AS_DECLARED.match(info.name):
        return None
    return info.name
