"""The shape of an address: what stands in each part of its path, in classes such as `year`, `slug` or `number`."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

YEAR = re.compile(r"(?:19|20)\d\d")
MONTH = re.compile(r"0?[1-9]|1[0-2]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}", re.IGNORECASE)
DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
DATE = re.compile(r"(?:19|20)\d\d([-_.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
HEXADECIMAL = re.compile(r"(?=[a-f]*\d)[0-9a-f]{8,}", re.IGNORECASE)
# Letters and digits mixed without a word in them, such as `cx2k7jqpg6no` or `idUSKBN2A10FR`.
MIXED = re.compile(r"(?=(?:[^\d]*\d){2})(?=[^a-z]*[a-z])[0-9a-z]{8,}", re.IGNORECASE)
EXTENSION = re.compile(r"\.(?:s?html?|php\d?|aspx?|jspx?|cms|ece|story|article|amp)$", re.IGNORECASE)
LONG_NUMBER_DIGITS = 5  # shorter ones count pages
SLUG_WORDS = 3
LONG_TEXT_CHARACTERS = 25  # of scripts that write words without hyphens


class Part(NamedTuple):
    """One part of a path."""

    kind: str  # year, month, day, date, number, count, id, slug, slug_id, pair, word
    text: str  # in lower case, without a page's extension
    words: int  # divided by hyphens and the like


class Shape(NamedTuple):
    """An address as shapes see it. Two articles of one kind have the same `key`, and their parts differ."""

    host: str  # without `www.`
    parts: tuple[Part, ...]
    is_file: bool  # the last part ends like a page: `.html`
    numbered: tuple[str, ...]  # names of the query's parameters that hold a number or an id, sorted

    @property
    def key(self) -> tuple[str, tuple[str, ...], bool, tuple[str, ...]]:
        """What shapes are counted by: how deep the sections lie in each other is left out."""
        kinds = [part.kind for part in self.parts]
        folded = tuple(
            kind for place, kind in enumerate(kinds) if kind != "word" or kinds[place - 1 : place] != ["word"]
        )
        return self.host, folded, self.is_file, self.numbered

    @property
    def words(self) -> dict[str, str]:
        """The words that may name a section, by their place: the first one, and the one before each other part."""
        named = {}
        for place, part in enumerate(self.parts):
            after = self.parts[place + 1].kind if place + 1 < len(self.parts) else "end"
            if part.kind == "word" and after != "word":
                named[f"before {after}"] = part.text
            if part.kind == "word" and place == 0:
                named["first"] = part.text
        return named

    @property
    def dated(self) -> bool:
        """Whether a date, or a year and a month, stands in the path before its end or within a longer last part."""
        kinds = [part.kind for part in self.parts[:-1]]
        return "date" in kinds or ("year" in kinds and ("month" in kinds or self.parts[-1].kind == "slug_id"))


def shape_of(url: str) -> Shape:
    """The shape of a normalised http(s) URL."""
    parts = urlsplit(url)
    names = [unquote(name) for name in parts.path.split("/") if name]
    if len(names) > 2 and re.fullmatch(r"[a-z]{2}|amp", names[-1]):
        del names[-1]  # the language or the form of a page that the parts before it name
    is_file = bool(names) and EXTENSION.search(names[-1]) is not None
    if is_file:
        names[-1] = EXTENSION.sub("", names[-1])
    kinds: list[Part] = []
    for name in names:
        part = _part(name, kinds[-1].kind if kinds else "")
        if part.kind in {"pair", "slug"} and len(kinds) + 1 < len(names):
            part = part._replace(kind="word")  # a headline stands at the end; before it, this is the name of a section
        kinds.append(part)
    numbered = sorted({name for name, value in parse_qsl(parts.query) if re.search(r"\d{3,}", value)})
    return Shape((parts.hostname or "").removeprefix("www."), tuple(kinds), is_file, tuple(numbered))


def _part(name: str, before: str) -> Part:
    text = name.lower()
    words = [word for word in re.split(r"[-_+,. ]+", text) if word]
    return Part(_kind(text, words, before), text, len(words))


def _kind(text: str, words: list[str], before: str) -> str:
    for kind, follows, pattern in (("month", "year", MONTH), ("day", "month", DAY), ("year", None, YEAR)):
        if (follows is None or before == follows) and pattern.fullmatch(text):
            return kind
    if DATE.fullmatch(text):
        return "date"
    if text.isdecimal():
        return "number" if len(text) >= LONG_NUMBER_DIGITS else "count"
    if UUID.fullmatch(text) or HEXADECIMAL.fullmatch(text) or MIXED.fullmatch(text):
        return "id"
    if len(words) >= 2 and any(_is_id(word) for word in (words[0], words[-1])):
        return "slug_id"
    if len(words) >= SLUG_WORDS or len(text) >= LONG_TEXT_CHARACTERS:
        return "slug"
    return "pair" if len(words) == 2 else "word"


def _is_id(word: str) -> bool:
    digits = word.lstrip("abcdefghijklmnopqrstuvwxyz")
    if digits.isdecimal() and len(digits) >= LONG_NUMBER_DIGITS and len(word) - len(digits) <= 3:
        return True
    return HEXADECIMAL.fullmatch(word) is not None or MIXED.fullmatch(word) is not None
