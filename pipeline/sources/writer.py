"""A source file written the way a person writes one: the fields in their usual order, quotes only where YAML needs
them, comments above what they are about."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from pipeline.sources.yaml_file import FAST_LOADER

COMMENT_WIDTH = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLines:
    """One feed of a source that is to be written."""

    url: str
    kind: str
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDraft:
    """A source that is to be written: the fields a file begins with, and a comment for any of them."""

    id: str
    name: str
    homepage: str
    country_code: str
    language: str
    timezone: str
    enabled: bool
    feeds: tuple[FeedLines, ...]
    expected_per_day: Mapping[str, int] | None = None
    comments: Mapping[str, str] = field(default_factory=dict)  # by field name; they begin with their date


def source_text(draft: SourceDraft) -> str:
    """The file's text, with a line break at its end. Whether it fits the model is for `load_source` to say."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: SourceDraft) -> Iterator[str]:
    for name in ("id", "name", "homepage", "country_code", "language", "timezone"):
        yield from _comment(draft.comments.get(name))
        yield f"{name}: {scalar(getattr(draft, name))}"
    yield from _comment(draft.comments.get("enabled"))
    yield f"enabled: {'true' if draft.enabled else 'false'}"
    yield from _comment(draft.comments.get("feeds"))
    yield "feeds:"
    for feed in draft.feeds:
        yield from _comment(feed.comment, indent="  ")
        yield f"  - url: {scalar(feed.url)}"
        yield f"    kind: {feed.kind}"
    if draft.expected_per_day is not None:
        yield from _comment(draft.comments.get("expected_per_day"))
        inside = ", ".join(f"{name}: {value}" for name, value in draft.expected_per_day.items())
        yield f"expected_per_day: {{{inside}}}"


def scalar(text: str) -> str:
    """`text` as a YAML value: as it is where YAML reads it back as the same text, else in double quotes."""
    try:
        as_it_is = "\n" not in text and yaml.load(f"field: {text}\n", FAST_LOADER) == {"field": text}  # noqa: S506  a safe one
    except yaml.YAMLError:
        as_it_is = False
    return text if as_it_is else json.dumps(text, ensure_ascii=False)


def _comment(text: str | None, indent: str = "") -> list[str]:
    return textwrap.wrap(
        " ".join((text or "").split()),
        COMMENT_WIDTH,
        initial_indent=f"{indent}# ",
        subsequent_indent=f"{indent}# ",
        break_long_words=False,
        break_on_hyphens=False,
    )
