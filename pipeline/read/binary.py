"""Whether bytes are a text at all: an image or a PDF that a server sends as a page must not become an article."""

from __future__ import annotations

import re

_LOOKED_AT_BYTES = 4_000
_CONTROL_SHARE = 0.02  # of the bytes: a text has tabs and line ends, and perhaps a stray control character
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\x0b\x0c\x1b\x00"))  # zero is half of UTF-16; escape is ISO-2022
# The first bytes by which formats are known (https://mimesniff.spec.whatwg.org/).
_SIGNATURE = re.compile(
    rb"%PDF-|%!PS-Adobe-|\x89PNG\r\n|GIF8[79]a|\xff\xd8\xff|RIFF....(?:WEBP|WAVE|AVI )|\x1f\x8b\x08|PK\x03\x04"
    rb"|Rar!\x1a\x07|7z\xbc\xaf"
    rb"|BZh\d|\xfd7zXZ|\x28\xb5\x2f\xfd|OggS|ID3|fLaC|....ftyp|\x1aE\xdf\xa3|wOF[F2]|\x00\x01\x00\x00"
    rb"|\x00\x00\x01\x00|II\*\x00|MM\x00\*"
    rb"|\x7fELF|MZ\x90|SQLite format 3|\xd0\xcf\x11\xe0|\{\\rtf",
    re.DOTALL,
)


def is_binary(raw: bytes) -> bool:
    """Whether bytes are of a format that is no text: known by its first bytes, or full of control characters."""
    head = raw[:_LOOKED_AT_BYTES]
    if _SIGNATURE.match(head):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > _CONTROL_SHARE * len(head)
