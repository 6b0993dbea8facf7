"""What a page could make a reader do at its worst; the child process imports these by name."""

import ctypes
import os
import re
import sys
import time
from collections.abc import Callable

from pipeline.read.page_protocol import PageInput
from pipeline.read.reader import PageReading
from pipeline.statuses import ArticleStatus

_HELD: list[bytes] = []


def behave(page: PageInput) -> PageReading:
    """Do what the page says: its text is the name of a misdeed, with an argument after a colon."""
    deed, _, argument = page.raw.decode().partition(":")
    if deed == "swallow":
        return _reading(page, ArticleStatus.QUARANTINED, "MemoryError: ")
    if deed in _DEEDS:
        _DEEDS[deed](argument)
    return _reading(page, ArticleStatus.NEW, str(os.getpid()))


def _allocate_piece_by_piece(_: str) -> None:
    pieces = []
    while True:
        pieces.append(bytes(1_000_000))


def _keep(size_bytes: str) -> None:
    _HELD.append(os.urandom(1_000) * (int(size_bytes) // 1_000))


def _print(_: str) -> None:
    print("a library says something", flush=True)
    os.write(1, b"\x00" * 100)


def _fail(reason: str) -> None:
    raise ValueError(reason)


def _overflow(_: str) -> None:
    sys.setrecursionlimit(10**9)
    _endless()


def _endless(depth: object = None) -> object:
    return sorted([depth, depth], key=_endless)


def _reading(page: PageInput, status: ArticleStatus, reason: str) -> PageReading:
    return PageReading(status=status, reason=reason, url=page.url, canonical_url=page.url, headline=page.url[-40:])


_DEEDS: dict[str, Callable[[str], object]] = {
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "loop in C": lambda _: re.match(r"(a+)+$", "a" * 60 + "b"),  # exponential, and never back in the interpreter
    "allocate": lambda size_bytes: bytearray(int(size_bytes)),
    "allocate piece by piece": _allocate_piece_by_piece,
    "keep": _keep,
    "segfault": lambda _: ctypes.string_at(0),
    "exit": lambda code: os._exit(int(code)),
    "print": _print,
    "raise": _fail,
    "recurse": _overflow,
}
