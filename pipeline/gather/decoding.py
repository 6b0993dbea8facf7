"""Takes content encoding off a body, piece by piece, and stops at a bomb or at a stream that breaks off.

Our own and not urllib3's: that one takes a gzip stream that ends before its end for a whole page, and half an article
would go into the tables as the whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from pipeline.gather.failures import RequestFailedError
from pipeline.statuses import FetchStatus

ACCEPT_ENCODING = "gzip, deflate"
PIECE_BYTES = 65_536
MAX_ENCODINGS = 2  # servers that pack what is packed already exist; three times over is a bomb's business
GZIP = zlib.MAX_WBITS | 16
ZLIB = zlib.MAX_WBITS
RAW_DEFLATE = -zlib.MAX_WBITS


def decoded(pieces: Iterable[bytes], content_encoding: str, max_bytes: int) -> Iterator[bytes]:
    """The pieces with their encoding taken off, each of at most 64 KiB where there was one.

    Args:
        pieces: the body as it came, without transfer encoding.
        content_encoding: the header's value, empty where there is none.
        max_bytes: what no layer may unpack to.

    Raises:
        RequestFailedError: broken_response where it is an encoding we did not offer, or does not decode, or breaks
            off; too_large where a layer unpacks to more than `max_bytes`.
    """
    encodings = [part.strip() for part in content_encoding.lower().split(",")]
    encodings = [part for part in encodings if part not in {"", "identity"}]
    if len(encodings) > MAX_ENCODINGS:
        raise RequestFailedError(FetchStatus.BROKEN_RESPONSE, f"encoded {len(encodings)} times")
    stream = iter(pieces)
    for encoding in reversed(encodings):
        if encoding in {"gzip", "x-gzip"}:
            layer = _inflated(stream, GZIP)
        elif encoding == "deflate":
            layer = _inflated(*_deflate_kind(stream))
        else:
            raise RequestFailedError(
                FetchStatus.BROKEN_RESPONSE, f"content encoding {content_encoding!r}, not one we offered"
            )
        stream = _bounded(layer, max_bytes)
    return stream


def _bounded(pieces: Iterator[bytes], max_bytes: int) -> Iterator[bytes]:
    unpacked_bytes = 0
    for piece in pieces:
        yield piece  # first: who wants only the beginning may stop here
        unpacked_bytes += len(piece)
        if unpacked_bytes > max_bytes:
            raise RequestFailedError(FetchStatus.TOO_LARGE, f"over {max_bytes} bytes after decoding")


def _deflate_kind(pieces: Iterator[bytes]) -> tuple[Iterator[bytes], int]:
    """RFC 9110, 8.4.1.2, means the zlib format; some servers send bare deflate. The first two bytes tell."""
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= 2:
            break
    zlib_header = len(head) >= 2 and head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0

    def again() -> Iterator[bytes]:
        if head:
            yield head
        yield from pieces

    return again(), ZLIB if zlib_header else RAW_DEFLATE


def _inflated(pieces: Iterator[bytes], window_bits: int) -> Iterator[bytes]:
    """What zlib makes of the pieces. Gzip members may follow each other; anything else behind the end is padding."""
    inflater = zlib.decompressobj(window_bits)
    ended = False
    for piece in pieces:
        data = piece
        while data:
            if ended:
                if window_bits != GZIP or not data.startswith(b"\x1f"):
                    return
                inflater, ended = zlib.decompressobj(window_bits), False
            try:
                out = inflater.decompress(data, PIECE_BYTES)
                yield out
                while len(out) == PIECE_BYTES and not inflater.unconsumed_tail and not inflater.eof:
                    out = inflater.decompress(b"", PIECE_BYTES)  # the input is used up, the output not yet
                    yield out
            except zlib.error as error:
                raise RequestFailedError(
                    FetchStatus.BROKEN_RESPONSE, f"the content encoding does not decode: {error}"
                ) from error
            ended = inflater.eof
            data = inflater.unused_data if ended else inflater.unconsumed_tail
    if not ended:
        raise RequestFailedError(FetchStatus.BROKEN_RESPONSE, "the encoded body breaks off before its end")
