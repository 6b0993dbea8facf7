"""The newsroom's article files, typed and checked: one YAML file per site under `articles/`.

A mistake stops the start with file, line, field and what was expected, because gold data that is wrong
would blame the stages it measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import SourceFileError
from pipeline.newsroom.placeholders import resolve_placeholders

ARTICLES_FOLDER = Path(__file__).parent / "articles"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"
_LOCAL_INSTANT = r"^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$"
# PLOVER's event types by quad class (PLOVER code book): 1 verbal cooperation ... 4 material conflict.
QUAD_CLASSES = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
_ANY_DAY = date(2026, 1, 1)  # where only is asked whether the placeholders resolve
_DATE_VALUE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?|-W\d\d|-Q[1-4])?")
# What pydantic's error types mean to the person who writes the file; others show pydantic's own words.
_IN_WORDS = {"missing": "a value, the field is required", "tuple_type": "a list", "string_type": "quoted text"}
_SECTORS = Literal[
    "GOV", "MIL", "COP", "LEG", "JUD", "OPP", "REB", "BUS", "MED", "EDU", "HLH", "REL", "CVL", "LAB", "NGO", "IGO",
]  # fmt: skip
_Text = Annotated[str, Field(min_length=1)]
_CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Party(_Written):
    """Who did it, or to whom: an exact part of the evidence."""

    text: _Text
    country_code: _CountryCode | None
    sector: _SECTORS | None


class EventPlace(_Written):
    """Where it happened: an exact part of the evidence."""

    text: _Text
    country_code: _CountryCode | None


class GoldEvent(_Written):
    """One event that the text reports, as a careful PLOVER coder would code it."""

    event_type: str
    # The name of the happening where this article or another one tells of it a second time; copies need none.
    happening: Annotated[str, Field(pattern=_SLUG)] | None = None
    event_mode: str | None = None
    quad_class: int
    actor: Party | None
    recipient: Party | None = None
    date: str | None
    place: EventPlace | None = None
    modality: Literal["actual", "ongoing", "future", "conditional", "denied", "historical"]
    negated: bool
    trigger: _Text
    evidence: _Text


class Moment(_Written):
    """A local time: `day` (relative to the newsroom's date) and `time`, or `absolute` for one of the past."""

    day: int | None = None
    time: Annotated[str, Field(pattern=_CLOCK)] | None = None
    absolute: Annotated[str, Field(pattern=_LOCAL_INSTANT)] | None = None

    @property
    def complete(self) -> bool:
        """Whether it is given in exactly one of the two ways."""
        relative = self.day is not None and self.time is not None and self.absolute is None
        return relative or (self.absolute is not None and self.day is None and self.time is None)

    def local(self, newsroom_date: date) -> datetime:
        """The moment by the site's clock, without a zone."""
        if self.absolute:
            return datetime.fromisoformat(self.absolute)
        day = newsroom_date + timedelta(days=self.day or 0)
        return datetime.combine(day, time.fromisoformat(self.time or "00:00"))


class SecondVersion(_Written):
    """What the page says from the second visit on; a field left out stays as it was."""

    headline: _Text | None = None
    standfirst: _Text | None = None
    body: _Text | None = None
    modified: Moment
    events: Annotated[tuple[GoldEvent, ...], Field(strict=False)]


class WrittenArticle(_Written):
    """One article as its file says it, placeholders still in it."""

    slug: Annotated[str, Field(pattern=_SLUG)]
    headline: _Text
    standfirst: _Text | None
    byline: Annotated[tuple[_Text, ...], Field(strict=False)]
    agency: _Text | None = None
    section: _Text
    keywords: Annotated[tuple[_Text, ...], Field(strict=False)] = ()
    published: Moment
    modified: Moment | None = None
    story: _Text
    duplicate_group: _Text | None = None
    page_count: Annotated[int, Field(ge=1)] = 1  # the pages that the site divides it into, of about as many paragraphs
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = None
    body: _Text
    events: Annotated[tuple[GoldEvent, ...], Field(strict=False)]
    second_version: SecondVersion | None = None


class _ArticleFile(_Written):
    site: str
    articles: Annotated[tuple[WrittenArticle, ...], Field(strict=False, min_length=1)]


def paragraphs(body: str) -> tuple[str, ...]:
    """The paragraphs of a body as it is written: divided by empty lines."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", body.strip()))


def load_articles(folder: Path, site_ids: tuple[str, ...]) -> dict[str, tuple[WrittenArticle, ...]]:
    """Every article by site id, in the order of `site_ids`; a site without a file is left out.

    Raises:
        SourceFileError: a file belongs to no site, does not fit the format, or its gold is not in its text.
    """
    for path in sorted(folder.glob("*.yml")):
        if path.stem not in site_ids:
            raise SourceFileError(path, None, "site", f"a file name of a site: {', '.join(site_ids)}")
    files = {site_id: folder / f"{site_id}.yml" for site_id in site_ids}
    return {site_id: load_article_file(path) for site_id, path in files.items() if path.is_file()}


def load_article_file(path: Path) -> tuple[WrittenArticle, ...]:
    """The articles of one file.

    Raises:
        SourceFileError: see `load_articles`.
    """
    text = path.read_text(encoding="utf-8")
    try:
        # The C loader: 130 articles in 0.1 s instead of 1 s. It is a safe loader too.
        values = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SourceFileError(path, line, "(whole file)", f"valid YAML ({error.problem})") from error
    try:
        parsed = _ArticleFile.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        location = tuple(first["loc"])
        expected = _IN_WORDS.get(first["type"]) or f"{first['msg'][0].lower()}{first['msg'][1:]}"
        if first["type"] != "missing":
            expected += f", not {first['input']!r:.80}"
        raise _error(path, text, location, expected) from error
    if parsed.site != path.stem:
        raise _error(path, text, ("site",), f"the file's name without .yml ({path.stem!r}), not {parsed.site!r}")
    for location, expected in _mistakes(parsed):
        raise _error(path, text, location, expected)
    return parsed.articles


def _error(path: Path, text: str, location: tuple[int | str, ...], expected: str) -> SourceFileError:
    field = ".".join(str(part) for part in location) or "(whole file)"
    return SourceFileError(path, _line_of(text, location), field, expected)


def _line_of(text: str, location: tuple[int | str, ...]) -> int | None:
    """The line, counted from 1, of the deepest part of `location` that the file has."""
    node: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    line = None
    for part in (*location, None):
        if node is None:
            break
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            keys = {key.value: (key, value) for key, value in node.value}
            if part not in keys:
                break
            line = keys[part][0].start_mark.line + 1
            node = keys[part][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            break
    return line


def _mistakes(parsed: _ArticleFile) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """What types cannot say: (field, expected) of each mistake."""
    slugs: set[str] = set()
    for index, article in enumerate(parsed.articles):
        here = ("articles", index)
        if article.slug in slugs:
            yield (*here, "slug"), f"a slug that no other article of the site has, not {article.slug!r}"
        slugs.add(article.slug)
        for name, moment in (("published", article.published), ("modified", article.modified)):
            if moment and not moment.complete:
                yield (*here, name), "either day (relative to the newsroom's date) and time, or absolute"
        yield from _version_mistakes(here, article.headline, article.standfirst, article.body, article.events)
        fewest = min(
            len(paragraphs(version.body)) for version in (article, article.second_version) if version and version.body
        )
        if article.page_count > fewest:
            yield (*here, "page_count"), f"a page for each of the {fewest} paragraphs at most, not {article.page_count}"
        second = article.second_version
        if second:
            if not second.modified.complete:
                yield (*here, "second_version", "modified"), "either day and time, or absolute"
            body = second.body or article.body
            there = (*here, "second_version")
            yield from _version_mistakes(
                there, second.headline or article.headline, second.standfirst, body, second.events
            )


def _version_mistakes(
    here: tuple[int | str, ...],
    headline: str,
    standfirst: str | None,
    body: str,
    events: tuple[GoldEvent, ...],
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    for name, value in (("headline", headline), ("standfirst", standfirst or ""), ("body", body)):
        try:
            resolve_placeholders(value, _ANY_DAY)
        except ValueError as error:
            yield (*here, name), str(error)
    parts = paragraphs(body)
    for part in parts:
        if "\n" in part:
            yield (*here, "body"), f"an empty line between paragraphs, not a line break inside one: {part[:60]!r}"
    for index, event in enumerate(events):
        for field, expected in _event_mistakes(event, parts):
            yield (*here, "events", index, field), expected


def _event_mistakes(event: GoldEvent, parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if event.event_type not in QUAD_CLASSES:
        yield "event_type", f"a PLOVER event type, not {event.event_type!r}"
    elif QUAD_CLASSES[event.event_type] != event.quad_class:
        yield "quad_class", f"{QUAD_CLASSES[event.event_type]} for {event.event_type}, not {event.quad_class}"
    if not any(event.evidence in part for part in parts):
        yield "evidence", f"words that stand in one paragraph of the body, not {event.evidence[:80]!r}"
    words = {"trigger": event.trigger}
    words |= {
        name: part.text
        for name, part in (("actor", event.actor), ("recipient", event.recipient), ("place", event.place))
        if part
    }
    for name, text in words.items():
        if text not in event.evidence:
            yield name, f"words that stand in the evidence, not {text!r}"
    if event.date is not None:
        try:
            value = resolve_placeholders(event.date, _ANY_DAY)
        except ValueError as error:
            yield "date", str(error)
        else:
            if not _DATE_VALUE.fullmatch(value):
                yield "date", f"a date value such as 2013-11-12, 2013-W46 or 2013, not {value!r}"
