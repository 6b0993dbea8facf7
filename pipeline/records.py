"""The records that stages exchange, one definition each. They travel as Parquet files (`pipeline.handover`).

Ids are hashes of the fewest stable raw fields (`stable_id`): an id that changes is a breaking change.
All instants are UTC-aware datetimes. None means "the source does not say", never a default.
Character offsets count Unicode code points into `Article.body` as it is stored.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime


def stable_id(*fields: str) -> str:
    """A 16-digit hexadecimal id of `fields`, in order; the same fields give the same id for ever."""
    return hashlib.sha256("\x1f".join(fields).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A URL that a feed offered, with what the feed said of it."""

    source_id: str
    feed_id: str | None  # None: no feed offered it; it came from a WARC file of others
    url: str  # absolute and normalised
    title: str | None = None
    published_at: datetime | None = None
    published_at_source: str | None = None  # the feed's field: published, updated, publication_date, lastmod


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedVisit:
    """One visit to one feed: what came of it, and what the next visit needs."""

    visit_id: str  # stable_id(source_id, url, visited_at)
    feed_id: str  # stable_id(source_id, url)
    source_id: str
    gather_run_id: str  # the pass that asked: of watch_sources, of backfill_archive, or of the run itself
    found_in: str | None  # feed_id of the sitemap index or the page before it; None: the source file names it
    kind: str  # rss, atom, rdf, json_feed, news_sitemap, sitemap, section
    url: str
    visited_at: datetime
    status: str  # FetchStatus
    http_status: int | None
    etag: str | None
    last_modified: str | None
    content_sha256: str | None
    link_count: int  # links it offered in this visit
    new_link_count: int  # of these, links that no feed had offered before
    old_link_count: int  # of these, links whose own time is too long ago to be followed
    failure_points: float  # after this visit; 0 after a success
    poll_interval_seconds: float  # until the next visit is due
    next_visit_at: datetime
    given_up: bool  # too many failure points: only asked for once a week
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherPage:
    """The second, third, ... page of an article that its site divides, with its own WARC record."""

    url: str
    capture_id: str  # stable_id(url, requested_at)
    warc_file: str
    warc_offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """How one link ended in one pass of gathering: exactly one for each distinct URL that the pass dealt with."""

    fetch_id: str  # stable_id(source_id, url, visited_at)
    gather_run_id: str  # as in FeedVisit
    source_id: str
    feed_id: str | None
    url: str
    visited_at: datetime  # when it was dealt with: requested_at, or when it was decided not to ask
    status: str  # FetchStatus
    http_status: int | None
    requested_at: datetime | None  # None: never asked (robots_denied, unsafe_address)
    elapsed_seconds: float | None
    final_url: str | None
    redirects: tuple[str, ...]
    content_type: str | None
    size_bytes: int | None
    content_sha256: str | None
    etag: str | None
    last_modified: str | None
    capture_id: str | None  # stable_id(url, requested_at): the WARC record, also of a revisit; None: nothing archived
    warc_file: str | None  # relative to the captures folder
    warc_offset: int | None  # byte offset of the response record
    further_pages: tuple[FurtherPage, ...] = ()  # in order; empty where the article has one page
    feed_title: str | None
    feed_published_at: datetime | None
    feed_published_at_source: str | None  # as in Link
    will_be_asked_again: bool  # this end is not the last word: a later pass asks
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture that belongs to an article."""

    url: str  # absolute
    caption: str | None
    credit: str | None  # photographer, agency


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureLine:
    """A line that recurs across the articles of one source and is none of their text, as one run counted it."""

    source_id: str
    line_key: str  # stable_id(source_id, the line folded: case, punctuation and digits do not count)
    line: str  # in one of its spellings
    article_count: int  # articles of the source that it was seen in, since it was first seen
    compared_count: int  # articles of the source that were looked at, in the same time
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What `read` made of one capture: one revision of one article, or a status that says why there is none."""

    article_id: str  # stable_id(canonical_url)
    revision: int  # counted from 1; 0 where status says that there is no article
    capture_id: str
    fetch_id: str
    source_id: str
    status: str  # ArticleStatus
    url: str
    canonical_url: str
    headline: str | None
    headline_source: str | None  # json_ld, microdata, meta, page, feed, site_rule
    standfirst: str | None
    standfirst_source: str | None = None  # as headline_source, without feed
    byline: tuple[str, ...]  # who is credited, in order: people, and desks and agencies where they are
    byline_source: str | None = None  # as standfirst_source, or body: a line of the text
    agencies: tuple[str, ...] = ()  # news agencies that the page credits, in the byline or with a line of the text
    published_at: datetime | None
    published_at_source: str | None  # json_ld, microdata, meta, page, url, feed, site_rule
    modified_at: datetime | None
    modified_at_source: str | None = None  # as published_at_source, without url and feed
    section: str | None
    section_source: str | None = None  # json_ld, microdata, meta, page, url
    language: str | None  # ISO 639-1
    language_source: str | None = None  # words (of the text), page, json_ld, microdata, meta (declared there), source
    keywords: tuple[str, ...]
    publisher: str | None
    images: tuple[Image, ...] = ()
    is_accessible_for_free: bool | None = None  # False: behind a paywall; None: the page does not say
    page_count: int = 1  # pages of the site that the text was joined from
    body: str | None  # paragraphs divided by one empty line
    text_sha256: str | None  # of headline and body with white space folded: what counts as "changed"
    changed_fields: tuple[str, ...]  # against the revision before; empty for the first
    added_passages: tuple[str, ...] = ()  # of headline and body, against the revision before, in the order of the text
    removed_passages: tuple[str, ...] = ()  # likewise, in the order of the text before
    correction_notice: str | None = None  # the words on the page that own up to a correction; None: there are none
    fetched_at: datetime
    extractor: str | None  # main_text, trafilatura, json_ld, page, site_rule
    extractor_version: str
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DedupeVerdict:
    """Whether one article revision re-uses another's text, and which story it belongs to.

    Of this run's revisions all have one; of articles that the edition has those whose verdict this run changed.
    """

    article_id: str
    revision: int
    duplicate_of: str | None  # article_id of the original, which is no duplicate itself
    matched_article_id: str | None  # the text it was verified against: the original, or another copy of it
    own_share: float | None  # containment: the share of this text's shingles found in the matched one, 0..1
    matched_share: float | None  # the share of the matched text's shingles found in this one, 0..1
    story_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """A story that lost articles to another one. Ids are never used again."""

    story_id: str  # the story that lost them
    change: str  # merged: all of them went, and the id is no more; split: some of them went
    other_story_id: str  # the story that has them now
    reason: str  # likeness: a text that belongs to both; decision: a person's split; original: their original moved


# What a split is about.
STORY_SCOPE = "story"
DUPLICATE_SCOPE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitDecision:
    """A person's word that some articles do not belong together with others. It holds until it is taken back."""

    split_id: str  # stable_id(decided_at, scope, moved, kept apart from)
    decided_at: datetime
    scope: str  # story: they are another happening, and no duplicates; duplicate: no duplicates, the story stays
    story_id: str  # the story they were in
    moved: tuple[str, ...]  # article_ids that leave it (or that are no duplicates of the others)
    apart_from: tuple[str, ...]  # article_ids that stay
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One passage of one article revision that reports an event, with the words that prove it."""

    mention_id: str  # stable_id(article_id, revision, trigger_start, event_type, actor_key, recipient_key)
    event_id: str  # the event that it founds where it joins none that is known: see pipeline.events.merge
    shared_key: str | None = None  # equal in all stories that tell of the happening; None: not identified enough
    told_words: tuple[str, ...] = ()  # stems of what the passage says beside trigger, parties, date and place, sorted
    article_id: str
    revision: int
    sentence_index: int  # counted from 0 over the body
    event_type: str  # PLOVER
    event_mode: str | None
    quad_class: int  # 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    cameo_root: str | None  # two digits
    intensity: float | None  # Goldstein-style, -10..10
    modality: str  # actual, ongoing, future, conditional, denied, historical
    negated: bool
    confidence: float  # 0..1
    actor_text: str | None
    actor_start: int | None
    actor_end: int | None
    actor_name: str | None  # the full name where the article gives one
    actor_country_code: str | None  # ISO 3166 alpha-3
    actor_sector: str | None  # PLOVER sector
    recipient_text: str | None
    recipient_start: int | None
    recipient_end: int | None
    recipient_name: str | None
    recipient_country_code: str | None
    recipient_sector: str | None
    date_text: str | None
    date_start: int | None
    date_end: int | None
    event_date_value: str | None  # TIMEX3 value: 2013-11-12, 2013-W46, 2013-03
    event_date_first: date | None
    event_date_last: date | None
    event_date_precision: str | None  # day, week, month, quarter, year, decade
    place_text: str | None
    place_start: int | None
    place_end: int | None
    place_name: str | None
    place_latitude: float | None
    place_longitude: float | None
    place_country_code: str | None
    place_geonames_id: int | None
    evidence_start: int
    evidence_end: int
    trigger_start: int
    trigger_end: int
    coder: str
    coder_version: str
    actor_known_from: str | None = None  # how country and sector are known where the article does not tell
    recipient_known_from: str | None = None
    place_region: str | None = None  # first-level region that the place lies in, or is
    place_region_code: str | None = None  # ISO 3166-2; where ISO has none, country (alpha-3) and GeoNames' code


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorSighting:
    """An office holder whom one article revision names in full, with the office that it gives."""

    article_id: str
    revision: int
    name: str
    name_key: str  # lower case, no accents, no honorifics
    short_name: str  # the word of name_key by which articles call the person
    office: str | None  # the title words without the country, in lower case
    country_code: str | None  # ISO 3166 alpha-3
    sector: str  # PLOVER sector
    seen_on: date  # the article's day


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorOffice:
    """What articles of earlier nights said of one person in the same words: a row of the actor memory."""

    name_key: str
    name: str
    short_name: str
    office: str | None
    country_code: str | None
    sector: str
    first_seen_on: date
    last_seen_on: date
    article_count: int
