"""What was found out about a site, as a source file and as a report for a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.gather.find_feeds import FoundFeeds
from pipeline.gather.front_page import FrontPage
from pipeline.gather.site_country import CountryZone, alpha_3_codes, language_of
from pipeline.gather.tried_feed import TriedFeed
from pipeline.sources.writer import FeedLines, SourceDraft

LONGEST_ID_CHARACTERS = 40
SURE_OF_LANGUAGE = 0.9
ENOUGH_CHARACTERS = 200
LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "&": " and "}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """Everything that was found out about a site. What says so stands in words beside it."""

    front_url: str
    page: FrontPage
    found: FoundFeeds
    section: TriedFeed | None  # the front page read as a section, where no feed was found
    country: tuple[str, str]  # ISO 3166 alpha-2 in lower case
    language: tuple[str | None, str]  # ISO 639-1
    zone: CountryZone | None  # of the country
    said_timezone: str | None
    source_id: str | None  # as the person wants it

    def draft(self) -> SourceDraft:
        """The source file; not enabled where something is to be filled in."""
        name = self.page.name or site_label(self.front_url)
        open_questions = self.to_fill_in()
        comments = {field: f"{_today()}: fill in; {words}" for field, words in open_questions.items()}
        if self.country[1].startswith("its language"):
            comments["country_code"] = f"{_today()}: {self.country[1]}, and nothing else says it."
        if "timezone" not in comments and self.said_timezone is None and self.zone and self.zone.others:
            comments["timezone"] = f"{_today()}: that of most of the country; {', '.join(self.zone.others)} differs."
        if open_questions:
            comments["enabled"] = f"{_today()}: set it to true when {' and '.join(open_questions)} is right."
        feeds = [FeedLines(url=feed.url, kind=str(feed.kind)) for feed in self.found.kept]
        if self.section is not None:
            words = f"{_today()}: no feed and no sitemap was found; the front page's links are what there is."
            feeds = [FeedLines(url=self.front_url, kind="section", comment=words)]
        return SourceDraft(
            id=self.source_id or slug(name, self.front_url),
            name=name,
            homepage=self.front_url,
            country_code=alpha_3_codes()[self.country[0]],
            language=self.language[0] or "en",
            timezone=self.said_timezone or (self.zone.name if self.zone else "UTC"),
            enabled=not open_questions,
            feeds=tuple(feeds),
            comments=comments,
        )

    def to_fill_in(self) -> dict[str, str]:
        """What could not be found, by field, and why in words."""
        missing = {}
        if self.language[0] is None:
            missing["language"] = "neither the tags nor the words of the front page tell it."
        if self.said_timezone is None and self.zone is None:
            missing["timezone"] = "no time zone of the country is known."
        elif self.said_timezone is None and self.zone is not None and not self.zone.is_sure:
            missing["timezone"] = f"the country has others too: {', '.join(self.zone.others[:4])}."
        if self.section is not None and not self.section.links:
            missing["feeds"] = "no link on the front page looks like an article's."
        return missing

    def report(self, draft: SourceDraft, path: Path) -> Iterator[str]:
        """What was found and what was not, in lines for a terminal."""
        yield f"{draft.id}: {draft.name} ({draft.country_code}, {draft.language}, {draft.timezone})"
        yield f"  name: {self.page.name_found_in or 'the address; the front page says none'}"
        yield f"  country: {self.country[1]}"
        yield f"  language: {self.language[1]}"
        for feed in self.found.kept:
            newest = f", the newest of {feed.newest_at:%Y-%m-%d %H:%M} UTC" if feed.newest_at else ", without times"
            count = feed.count_in_words
            if feed.children:
                count = f"an index of {feed.child_count} sitemaps, {count} in the newest"
            yield f"  feed: {feed.url}: {feed.kind}, {count}{newest} (from {self.found.found_in[feed.url]})"
        if self.section is not None:
            count = f"{self.section.count_in_words} that look like articles"
            yield f"  feed: {self.front_url}: section, {count}; no feed and no sitemap was found"
        for address in self.found.left_out:
            if not address.usual_place:
                yield f"  left out: {address.url}: {address.reason}"
        in_vain = [urlsplit(address.url).path for address in self.found.left_out if address.usual_place]
        if in_vain:
            yield f"  nothing to use at the usual places {', '.join(in_vain)}"
        for field, words in self.to_fill_in().items():
            yield f"  TO FILL IN in {path.name}: {field}: {words}"


def language_by(page: FrontPage, found: FoundFeeds, said: str | None) -> tuple[str | None, str]:
    """The ISO 639-1 code of a site's articles, None where nothing tells it, and what says so.

    Args:
        page: the front page, whose tags count first and whose words count last.
        found: its feeds, whose tags count in between.
        said: what the person says; it wins.
    """
    if said is not None:
        return said, "as you said"
    tags = [(tag, f"the front page's tag {tag}") for tag in page.language_tags]
    tags += [(feed.language, f"the feed {feed.url} says {feed.language}") for feed in found.kept if feed.language]
    for tag, words in tags:
        code = language_of(tag)
        if code is not None:
            return code, words
    code = _language_of_words(page.text)
    return code, "the front page's words" if code else "nothing tells it"


def slug(name: str, url: str) -> str:
    """The name in lower-case ASCII letters, digits and hyphens; the site's label where that leaves too little."""
    for text in (name, site_label(url)):
        plain = unicodedata.normalize("NFKD", text.lower().translate(LETTERS)).encode("ascii", "ignore").decode()
        short = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
        if 2 <= len(short) <= LONGEST_ID_CHARACTERS:
            return short
    return re.sub(r"[^a-z0-9]+", "-", (urlsplit(url).hostname or "").lower()).strip("-")


def site_label(url: str) -> str:
    """`example` of `www.example.co.uk`: the longest label that is no public suffix's."""
    labels = (urlsplit(url).hostname or "").lower().removeprefix("www.").split(".")
    return max(labels[:-1] or labels, key=len)


def _language_of_words(text: str) -> str | None:
    if len(text) < ENOUGH_CHARACTERS:
        return None
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  a third of a second, seldom needed

    label, probability = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True).classify(text)
    return language_of(label) if probability >= SURE_OF_LANGUAGE else None


def _today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"
