"""The bytes of a sitemap piece by piece: unpacked, without what stands before its beginning, repaired, by line."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterable, Iterator

from pipeline.gather.offers import FeedDocument, NotAFeedError

GZIP_MAGIC = b"\x1f\x8b"
PIECE_BYTES = 65_536
UTF_8_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# A bare ampersand is one that begins none of XML's own five entities and no character's number.
BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
LONGEST_REFERENCE_CHARACTERS = 11
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|&#0*(?:[0-8]|1[124-9]|2[0-9]|3[01]);")
NOT_UTF_8 = re.compile("[\udc80-\udcff]+")  # as "surrogateescape" marks it
DECLARED_CHARSET = re.compile(rb"""^<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE)
# Of the charsets Python knows, those that documents are written in.
CHARSETS = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|us-ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|koi8-[ru]|gb2312|gbk|gb18030"
    r"|big5|euc-jp|euc-kr|shift_jis",
    re.IGNORECASE,
)


class CutOffError(Exception):
    """The packed document is damaged from here on; what came before is sound."""


def unpacked(document: FeedDocument) -> Iterator[bytes]:
    """The document's bytes, also of several gzip members in a row; zeros and rubbish after the last are left out.

    Raises:
        CutOffError: gzip that is damaged or ends too early.
        NotAFeedError: it unpacks to more than it may.
    """
    body = memoryview(document.body)
    if not document.body.startswith(GZIP_MAGIC):
        yield from (bytes(body[at : at + PIECE_BYTES]) for at in range(0, len(body), PIECE_BYTES))
        return
    left_bytes = document.max_bytes
    at = 0
    while bytes(body[at : at + 2]) == GZIP_MAGIC:
        member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        packed = b""
        while not member.eof:
            if not packed:
                packed = bytes(body[at : at + PIECE_BYTES])
                at += len(packed)
            try:
                piece = member.decompress(packed, PIECE_BYTES)
            except zlib.error as error:
                raise CutOffError(f"gzip that does not unpack ({error})") from error
            if not piece and not packed and not member.eof:
                raise CutOffError("gzip that ends too early")
            packed = member.unconsumed_tail
            left_bytes -= len(piece)
            if left_bytes < 0:
                raise NotAFeedError(f"gzip that unpacks to more than {document.max_bytes} bytes")
            yield piece
        at -= len(member.unused_data)


def from_the_start(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces without a UTF-8 mark and white space before the first character: nothing may precede XML."""
    head = b""
    started = False
    for piece in pieces:
        if started:
            yield piece
            continue
        head = (head + piece).lstrip(b" \t\r\n")
        if len(head) < len(UTF_8_MARK):
            continue
        head = head.removeprefix(UTF_8_MARK).lstrip(b" \t\r\n")
        started = bool(head)
        if started:
            yield head
    if not started and head:
        yield head


def repaired(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces as UTF-8, bare ampersands escaped, with spaces for the characters that XML does not know.

    A charset that is declared and unknown is UTF-8, and bytes that are none are Windows-1252, as in browsers.
    """
    decoder: codecs.IncrementalDecoder | None = None
    held = ""
    for piece in pieces:
        decoder = decoder or _decoder(piece)
        text = held + decoder.decode(piece)
        cut = text.rfind("&", max(0, len(text) - LONGEST_REFERENCE_CHARACTERS))
        text, held = (text, "") if cut < 0 else (text[:cut], text[cut:])
        if text:
            yield _repaired(text)
    yield _repaired(held + (decoder.decode(b"", final=True) if decoder else ""))


def _decoder(first: bytes) -> codecs.IncrementalDecoder:
    declared = DECLARED_CHARSET.search(first[:400])
    charset = declared[1].decode() if declared else "utf-8"
    if first.startswith(UTF_16_MARKS):
        charset = "utf-16"
    elif declared is None or not CHARSETS.fullmatch(charset) or charset.lower().startswith("utf"):
        charset = "utf-8"  # a declaration that can be read as ASCII is not UTF-16
    return codecs.getincrementaldecoder(charset)("surrogateescape" if charset == "utf-8" else "replace")


def _repaired(text: str) -> bytes:
    text = NOT_UTF_8.sub(lambda odd: odd[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"), text)
    return BARE_AMPERSAND.sub("&amp;", NOT_XML.sub(" ", text)).encode()


def lines(pieces: Iterable[bytes], longest_bytes: int) -> Iterator[str]:
    """The lines that are not empty, as UTF-8 text without white space around them.

    Raises:
        NotAFeedError: a line is longer than `longest_bytes`.
    """
    held = b""
    for piece in pieces:
        *whole, held = (held + piece).split(b"\n")
        if len(held) > longest_bytes:
            raise NotAFeedError(f"a line of more than {longest_bytes} bytes")
        yield from filter(None, (line.decode("utf-8", "replace").strip() for line in whole))
    if text := held.decode("utf-8", "replace").strip():
        yield text
