"""One story as a timeline: its articles and their later revisions in order of time, and who re-used whose text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pipeline.warehouse.story_found import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Copying:
    """Whose text an article re-uses, and how much of it."""

    original_id: str
    original_source: str  # name of the publisher
    original_revision: int  # of its texts the one that is nearest to the copy's
    original_was_revised_since: bool
    original_headline: str | None  # of that revision
    matched_article_id: str | None  # the text it was verified against; None: not recorded
    matched_source: str | None
    own_share: float | None  # share of this text found in the matched one, 0..1; None: not recorded
    matched_share: float | None  # share of the matched text found in this one, 0..1; None: not recorded
    headline_is_kept: bool
    only_in_copy: tuple[str, ...]  # sentences, against that revision of the original
    only_in_original: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An article of the story."""

    at: datetime  # publication; where the page gives no time, when we first saw it
    time_is_stated: bool  # the page gives its time
    article_id: str
    source_id: str
    source: str  # name of the publisher
    first_headline: str | None  # of its first revision
    headline: str | None  # of its current revision
    url: str
    revision: int  # the current one
    agencies: tuple[str, ...]
    copying: Copying | None  # None: an original
    copy_count: int  # articles that re-use its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A later revision of an article."""

    at: datetime  # when the page says it was changed, if that can be; else when we fetched it
    article_id: str
    source: str
    revision: int
    headline: str | None
    headline_before: str | None
    changed_fields: tuple[str, ...]
    added_passages: tuple[str, ...]  # without the headline
    removed_passages: tuple[str, ...]
    passages_are_recorded: bool  # False: the text changed, and an earlier version did not keep record of what
    correction_notice: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's split that this edition honours."""

    split_id: str
    decided_at: datetime
    scope: str
    moved: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story and its timeline."""

    story_id: str
    merges: tuple[Change, ...]  # the way from the id that was asked for
    first_article_id: str
    representative_article_id: str
    source_count: int
    article_count: int
    original_count: int
    first_published_at: datetime
    last_published_at: datetime
    spread_seconds: int
    changes: tuple[Change, ...]
    decisions: tuple[Decision, ...]
    timeline: tuple[Report | Revised, ...]  # in order of time

    @property
    def reports(self) -> dict[str, Report]:
        """Its articles by id."""
        return {entry.article_id: entry for entry in self.timeline if isinstance(entry, Report)}


def story_as_json(story: Story) -> dict[str, Any]:
    """The story as one object; instants are ISO 8601, `kind` tells articles from revisions."""
    fields = asdict(story)
    for entry, shown in zip(story.timeline, fields["timeline"], strict=True):
        shown["kind"] = "article" if isinstance(entry, Report) else "revision"
    return as_plain(fields)


def as_plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields as JSON can hold them."""
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
