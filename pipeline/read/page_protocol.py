"""What the two sides of the page process say to each other: pickles, each after its length.

The pipes join two processes of one program and one installation, so the pickles are our own. Nothing heavy is
imported here: the side that waits needs none of the libraries that read.
"""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from pipeline.read.page_reading import PageReading
    from pipeline.sources.facts import SourceFacts

LENGTH = struct.Struct("!Q")
OUT_OF_MEMORY_EXIT_CODE = 112  # a child that could not even build its answer


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInput:
    """One page to be read, and what is known of it; the fields are the arguments of `reader.read_page`."""

    raw: bytes
    url: str
    fetched_at: datetime
    content_type: str | None = None
    source: SourceFacts | None = None
    feed_title: str | None = None
    feed_published_at: datetime | None = None
    languages: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child says of one page."""

    reading: PageReading | None  # None: the memory did not suffice
    is_worn: bool  # the child asks to be replaced before the next page


def framed(value: object) -> bytes:
    """A message as it goes through the pipe."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(content)) + content


def read_message(stream: BinaryIO) -> Any | None:
    """The next message of a blocking stream; None where the other side has closed it, even within a message."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    content = stream.read(length)
    return pickle.loads(content) if len(content) == length else None  # noqa: S301  our own other half wrote it
