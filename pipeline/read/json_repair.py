"""JSON as publishers write it: strict where it can be, else read by a lenient scanner that forgives what is usual.

What is forgiven: comments and CDATA wrappers, raw control characters, trailing and doubled commas, single and curly
quotes, keys without quotes, unescaped quotes inside a text, brackets that are never closed, several values in one
block, HTML entities in place of quotes, a byte order mark, a semicolon at the end. A quote ends a text only where
what follows can follow a text, which is what keeps the mends safe.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

_MOST_LENIENT_CHARACTERS = 400_000  # the scanner reads about ten million a second
_DEEPEST = 100
_MOST_VALUES = 100
_BETWEEN = re.compile(r"(?:[\s,;\ufeff\u2028\u2029]+|//[^\n]*|/\*.*?(?:\*/|\Z)|<!--|-->|<!\[CDATA\[|\]\]>)*", re.DOTALL)
_SPACE = re.compile(r"[\s\ufeff]*")
_ENTITY_QUOTES = re.compile(r"[\s\[{]*&(?:quot|#34|#x22|#39|apos);", re.IGNORECASE)
_BARE_KEY = re.compile(r"[\w$@.:-]*?[\w$@.-](?=\s*:)")
_BARE_VALUE = re.compile(r"[^\s,\[\]{}\"']+")
_CLOSING = {'"': '"”“″', "“": '”“"', "”": '”"', "„": '“”"', "'": "'’", "‘": "’'", "″": '″"'}
_AFTER_KEY = re.compile(r"\s*:")
_AFTER_MEMBER = re.compile(
    r"[\s;]*(?:\Z|[}\]]|(?:,|//|/\*)[\s,]*(?:\Z|[}\]]|//|/\*|[\"'“”‘„″][^\"'“”‘„″:]{1,60}[\"'“”‘’„″]\s*:|[\w$@-]{1,40}\s*:))"
)
_AFTER_ITEM = re.compile(r"[\s;]*(?:\Z|[}\]]|,[\s,]*(?:\Z|[}\]\[{\"'“„\d-]|(?:true|false|null)\b))")
# A comma that was forgotten: the next member stands on a line of its own.
_NEXT_MEMBER_LINE = re.compile(r"[ \t]*\r?\n\s*[\"'][@\w]{1,40}[\"']\s*:")
_ESCAPE = re.compile(r"(?P<known>\\[\"\\/bfnrt]|\\u[0-9a-fA-F]{4})|(?P<slash>\\)(?P<other>[^\"])?|\"", re.DOTALL)
_WORDS = {"true": True, "false": False, "null": None, "undefined": None, "none": None, "nan": None}


def load_values(text: str) -> list[Any]:
    """Every JSON object and array that a script block holds one after the other; empty where none can be read."""
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        pass
    if _ENTITY_QUOTES.match(text):
        return load_values(html.unescape(text)) if len(text) <= _MOST_LENIENT_CHARACTERS else []
    try:
        return _Lenient(text[:_MOST_LENIENT_CHARACTERS]).values()
    except (ValueError, RecursionError):
        return []


class _Lenient:
    """A scanner over one text. It raises ValueError where it does not know how to go on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def values(self) -> list[Any]:
        found: list[Any] = []
        while self._skip() and len(found) < _MOST_VALUES:
            if self._text[self._at] not in "{[":
                if not found:
                    raise ValueError("no object and no array")
                break  # what stands after the last value is no JSON
            try:
                value = self._value(0, in_array=True)
            except ValueError:
                if not found:
                    raise
                break
            if value:
                found.append(value)
        return found

    def _skip(self) -> bool:
        """Go on to the next character that says something; False at the end."""
        between = _BETWEEN.match(self._text, self._at)
        self._at = between.end() if between else self._at
        return self._at < len(self._text)

    def _value(self, depth: int, *, in_array: bool) -> Any:
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        first = self._text[self._at]
        if first == "{":
            return self._object(depth)
        if first == "[":
            return self._array(depth)
        if first in _CLOSING:
            return self._string(_AFTER_ITEM if in_array else _AFTER_MEMBER)
        bare = _BARE_VALUE.match(self._text, self._at)
        if bare is None:
            raise ValueError(f"no value at {self._at}")
        self._at = bare.end()
        word = bare.group()
        if word.lower() in _WORDS:
            return _WORDS[word.lower()]
        try:
            return json.loads(word)
        except ValueError:
            return word

    def _object(self, depth: int) -> dict[str, Any]:
        self._at += 1
        members: dict[str, Any] = {}
        while self._skip():
            first = self._text[self._at]
            if first == "}":
                self._at += 1
                break
            if first == "]":  # the brace before it is missing
                break
            if first in _CLOSING:
                key = self._string(_AFTER_KEY)
            elif bare := _BARE_KEY.match(self._text, self._at):
                key, self._at = bare.group(), bare.end()
            else:
                raise ValueError(f"no key at {self._at}")
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._text[self._at : self._at + 1] != ":":
                raise ValueError(f"no colon at {self._at}")
            self._at += 1
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._text[self._at : self._at + 1] in (",", "}", ""):
                continue  # a key without a value
            members[key] = self._value(depth + 1, in_array=False)
        return members

    def _array(self, depth: int) -> list[Any]:
        self._at += 1
        items: list[Any] = []
        while self._skip():
            first = self._text[self._at]
            if first == "]":
                self._at += 1
                break
            if first == "}":  # the bracket before it is missing
                break
            items.append(self._value(depth + 1, in_array=True))
        return items

    def _string(self, after: re.Pattern[str]) -> str:
        """The text at this place: up to the first quote that can be its last."""
        text, start = self._text, self._at + 1
        closing = _CLOSING[text[self._at]]
        at = start
        while at < len(text):
            character = text[at]
            if character == "\\":
                at += 2
                continue
            if character in closing and (
                after.match(text, at + 1) or (after is _AFTER_MEMBER and _NEXT_MEMBER_LINE.match(text, at + 1))
            ):
                self._at = at + 1
                return _unescaped(text[start:at])
            at = _next_of(text, at + 1, closing)
        raise ValueError(f"the text at {start} has no end")


def _next_of(text: str, at: int, closing: str) -> int:
    """Where the next backslash or quote is."""
    found = _STOPS[closing].search(text, at)
    return found.start() if found else len(text)


_STOPS = {closing: re.compile(f"[{closing}\\\\]") for closing in _CLOSING.values()}


def _unescaped(content: str) -> str:
    """The text that a string's content stands for; a backslash that escapes nothing is a backslash."""
    if "\\" not in content:
        return content
    quoted = _ESCAPE.sub(_proper_escape, content)
    try:
        return str(json.loads(f'"{quoted}"', strict=False))
    except ValueError:
        return content


def _proper_escape(match: re.Match[str]) -> str:
    if match["known"]:
        return match["known"]
    return match["other"] if match["other"] == "'" else "\\\\" + (match["other"] or "") if match["slash"] else '\\"'
