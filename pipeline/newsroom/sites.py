"""The newsroom's sites, as data: who they are, how their pages are addressed, declared and offered.

Each site's template is `templates/<id>.html`. Together they cover what a reader of real news sites meets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.newsroom.oddities import Oddity, OddLink

CharsetPlace = Literal["header", "meta"]


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """Where a site lists its articles, and as what; `kind` is one of pipeline.sources' feed kinds."""

    path: str
    kind: str
    link_pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site of the newsroom.

    `article_path` and `visible_time` are format strings; see `edition.concrete` and `rendering.visible_time`
    for their fields. `further_page_path`, of `path` and `number`, is where the second and each further page of a long
    article lies; None for a site that divides none. `robots` is the text of robots.txt, None for a site that has none.
    """

    id: str
    name: str
    slogan: str
    place: str
    country_code: str
    timezone: str
    feeds: tuple[FeedPlace, ...]
    article_path: str
    visible_time: str
    further_page_path: str | None = None
    language: str = "en"
    shows_modified: bool = True
    encoding: str = "utf-8"
    charset_in: tuple[CharsetPlace, ...] = ("header", "meta")
    validators: bool = True
    gzip: bool = False
    robots: str | None = "User-agent: *\nAllow: /\n"
    sitemap_path: str | None = None
    tracking_links: bool = False
    slow_article: bool = False
    odd_links: tuple[OddLink, ...] = ()
    site_rules: tuple[dict[str, object], ...] = ()

    @property
    def host(self) -> str:
        """The site's host name without the port; names under .localhost mean loopback (RFC 6761)."""
        return f"{self.id}.localhost"


_ALL = (
    Site(
        id="harbour-gazette",
        name="Harbour Gazette",
        slogan="News from the quayside since 1871",
        place="Hull",
        country_code="GBR",
        timezone="Europe/London",
        feeds=(FeedPlace("/rss.xml", "rss"),),
        article_path="/{section}/{year}/{month}/{day}/{slug}",
        visible_time="{weekday} {day} {month} {year} {hour}.{minute} {zone}",
        gzip=True,
        robots="User-agent: *\nDisallow: /search\nDisallow: /account/\n\nSitemap: {base}/sitemap.xml\n",
        sitemap_path="/sitemap.xml",
    ),
    Site(
        id="northern-ledger",
        name="The Northern Ledger",
        slogan="Independent reporting for a big country",
        place="Sudbury, Ontario",
        country_code="CAN",
        timezone="America/Toronto",
        feeds=(FeedPlace("/feed/atom.xml", "atom"),),
        article_path="/news/{section}/{slug}-1.{number}",
        visible_time="{month} {day}, {year} {hour12}:{minute} {ampm} {zone}",
        robots="User-agent: *\nDisallow: /print/\nDisallow: /*?share=\n",
    ),
    Site(
        id="meridian-wire",
        name="Meridian Wire",
        slogan="The international news agency",
        place="Geneva",
        country_code="CHE",
        timezone="Europe/Zurich",
        feeds=(FeedPlace("/feed.json", "json_feed"),),
        article_path="/wire/{year}{month}{day}/{slug}",
        visible_time="{day} {month} {year}, {hour}:{minute} {zone}",
    ),
    Site(
        id="asia-monitor",
        name="Asia Monitor",
        slogan="The region, in English",
        place="Shanghai",
        country_code="CHN",
        timezone="Asia/Shanghai",
        feeds=(FeedPlace("/rss/world_rss.xml", "rss"),),
        article_path="/{section}/{year}-{month}/{day}/content_{number}.htm",
        visible_time="{year}-{month2}-{day2} {hour}:{minute}",  # as on such pages: no zone
        shows_modified=False,
        encoding="gb18030",
        charset_in=("meta",),
        site_rules=(
            {
                "headline": "#headline",
                "standfirst": "td.deck h2",
                "byline": ".info .writer",
                "published_at": ".info .stamp",
                "body": "#article_text",
                "remove": [".tools", ".photo", ".more"],
            },
        ),
    ),
    Site(
        id="pacific-herald",
        name="Pacific Herald",
        slogan="Aotearoa and the islands",
        place="Wellington",
        country_code="NZL",
        timezone="Pacific/Auckland",
        feeds=(FeedPlace("/arc/rss/", "rss"),),
        article_path="/{section}/{slug}/{number}/",
        visible_time="{day} {mon}, {year} {hour12}:{minute} {ampm}",
        robots="User-agent: *\nDisallow: /search/\nDisallow: /my-account/\n\nSitemap: {base}/sitemap.xml\n",
        sitemap_path="/sitemap.xml",
    ),
    Site(
        id="capital-post",
        name="The Capital Post",
        slogan="Politics, policy and the people who make them",
        place="Washington",
        country_code="USA",
        timezone="America/New_York",
        feeds=(FeedPlace("/news-sitemap.xml", "news_sitemap"),),
        article_path="/m/{year}/{month}/{day}/{slug}/",
        visible_time="{month} {day}, {year} at {hour12}:{minute} {ampm} {zone}",
        robots="User-agent: *\nDisallow: /subscribe/\n\nSitemap: {base}/news-sitemap.xml\n",
    ),
    Site(
        id="river-valley-news",
        name="River Valley News",
        slogan="Your neighbors. Your news.",
        place="Dubuque, Iowa",
        country_code="USA",
        timezone="America/Chicago",
        feeds=(FeedPlace("/latest/", "section", r"/article_\d+\.html$"),),
        article_path="/{section}/{slug}/article_{number}.html",
        visible_time="{mon} {day}, {year} {hour12}:{minute} {ampm}",
        validators=False,
    ),
    Site(
        id="baltic-courier",
        name="Baltic Courier",
        slogan="Between Tallinn and Gdańsk",
        place="Riga",
        country_code="LVA",
        timezone="Europe/Riga",
        feeds=(FeedPlace("/rdf.xml", "rdf"),),
        article_path="/articles/{year}/{month}/{day}/{number}.html",
        visible_time="{day2}.{month2}.{year} {hour}:{minute}",
        encoding="windows-1251",
        charset_in=("header",),
    ),
    Site(
        id="danube-review",
        name="Danube Review",
        slogan="Central Europe, considered",
        place="Budapest",
        country_code="HUN",
        timezone="Europe/Budapest",
        feeds=(FeedPlace("/feed/", "rss"),),
        article_path="/{year}/{month}/{slug}",
        visible_time="{day} {month} {year}",
        further_page_path="{path}/{number}/",
        robots="User-agent: *\nDisallow: /internal/\nDisallow: /wp-admin/\n",
        odd_links=(
            OddLink("/archive/ferry-timetable-summer", "Summer ferry timetable: what changes", Oddity.NOT_FOUND),
            OddLink("/archive/chess-olympiad-diary", "Diary from the chess olympiad", Oddity.GONE),
            OddLink("/archive/thermal-baths-guide", "A guide to the thermal baths", Oddity.SOFT_404),
            OddLink("/go/weekend-supplement", "The weekend supplement", Oddity.REDIRECT_LOOP),
            OddLink("/internal/proof-of-page-one", "Page one, as it went to press", Oddity.ROBOTS_DENIED),
        ),
    ),
    Site(
        id="andes-tribune",
        name="Andes Tribune",
        slogan="From the high plains to the Pacific",
        place="Lima",
        country_code="PER",
        timezone="America/Lima",
        feeds=(FeedPlace("/feeds/news.atom", "atom"),),
        article_path="/{section}/{slug}-n{number}",
        visible_time="{month} {day}, {year} | {hour}:{minute}",
        robots="User-agent: *\nDisallow: /members/\nCrawl-delay: 1\n",
        odd_links=(OddLink("/members/briefing-copper", "Members' briefing: the copper year", Oddity.ROBOTS_DENIED),),
    ),
    Site(
        id="sahel-dispatch",
        name="Sahel Dispatch",
        slogan="West Africa, day by day",
        place="Abuja",
        country_code="NGA",
        timezone="Africa/Lagos",
        feeds=(FeedPlace("/sitemap.xml", "sitemap"),),
        article_path="/{year}/{month}/{day}/{slug}.html",
        visible_time="{day} {month} {year} {hour12}:{minute}{ampm}",
        robots=None,
        slow_article=True,
    ),
    Site(
        id="gulf-business-journal",
        name="Gulf Business Journal",
        slogan="Markets, energy, trade",
        place="Dubai",
        country_code="ARE",
        timezone="Asia/Dubai",
        feeds=(FeedPlace("/rss/latest", "rss"),),
        article_path="/{section}/{slug}-1.{number}",
        visible_time="{weekday}, {month} {day}, {year}, {hour}:{minute} UAE",
        robots="User-agent: *\nDisallow: /search\nSitemap: {base}/sitemap.xml\n",
        sitemap_path="/sitemap.xml",
        odd_links=(
            OddLink("/markets/opening-bell-live", "Opening bell: the day ahead", Oddity.CONSENT_REDIRECT),
            OddLink("/markets/closing-bell-live", "Closing bell: the day behind", Oddity.CONSENT_IN_PLACE),
        ),
    ),
    Site(
        id="cape-chronicle",
        name="Cape Chronicle",
        slogan="The Cape's own paper",
        place="Cape Town",
        country_code="ZAF",
        timezone="Africa/Johannesburg",
        feeds=(
            FeedPlace("/latest/", "section", r"/\d{4}-\d{2}-\d{2}-[a-z0-9-]+/$"),
            FeedPlace("/atom.xml", "atom"),
        ),
        article_path="/{section}/{year}-{month}-{day}-{slug}/",
        visible_time="{day} {month} {year} - {hour}:{minute}",
    ),
    Site(
        id="southern-cross-post",
        name="Southern Cross Post",
        slogan="Straight talk from the Top End to Tassie",
        place="Sydney",
        country_code="AUS",
        timezone="Australia/Sydney",
        feeds=(FeedPlace("/rss/feed.xml", "rss"),),
        article_path="/{section}/{slug}-{year}{month}{day}-p{number}.html",
        visible_time="{month} {day}, {year} — {hour12}.{minute}{ampm}",
        gzip=True,
        tracking_links=True,
        robots="User-agent: *\nDisallow: /interactive/\n",
    ),
)

SITES: dict[str, Site] = {site.id: site for site in _ALL}
