"""The feeds of a site, found the way a person would: what the front page and robots.txt name, then the usual places.

Every address is asked for through the client, so robots.txt, the pace and all limits hold. The usual places are asked
only for what is still missing, one after the other until one answers, and never more than `MOST_ASKED` addresses.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from pipeline.gather.client import ROBOTS, Client
from pipeline.gather.front_page import Candidate
from pipeline.gather.tried_feed import FeedTrier, TriedFeed
from pipeline.gather.urls import normalise_url, origin
from pipeline.statuses import FetchStatus

MOST_ASKED = 25
MOST_KEPT = 5
SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
SAYS_NEWS = re.compile(r"news|latest|aktuell|48h", re.IGNORECASE)
SYNDICATION_PLACES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
NEWS_SITEMAP_PLACES = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemaps/news.xml")
SITEMAP_PLACES = ("/sitemap.xml", "/sitemap_index.xml")
SYNDICATION = frozenset({"rss", "rdf", "atom", "json_feed"})
SAME_LINKS_SHARE = 0.95
USUAL_PLACE = "one of the usual places"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An address that was tried, or looked at, and is no feed to keep."""

    url: str
    reason: str
    usual_place: bool = False  # nobody named it


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeeds:
    """The feeds to keep, the most complete first, and everything else that was tried."""

    kept: tuple[TriedFeed, ...]
    left_out: tuple[LeftOut, ...]
    found_in: dict[str, str]  # by address of a kept feed: where we have it from


def find_feeds(
    client: Client, trier: FeedTrier, front_url: str, named: Iterable[Candidate], *, say: Callable[[str], None]
) -> FoundFeeds:
    """Ask for everything that may be a feed of the site and choose.

    Args:
        client: asks.
        trier: reads what comes.
        front_url: address of the front page, after redirects.
        named: what the front page names.
        say: gets a line for each address that is asked for, for a person who waits.
    """
    search = _Search(trier, say)
    in_robots = list(_sitemaps_of_robots(client, front_url))
    search.ask_all([*named, *sorted(in_robots, key=lambda candidate: not SAYS_NEWS.search(candidate.url))])
    places = (
        (SYNDICATION_PLACES, SYNDICATION),
        (NEWS_SITEMAP_PLACES, frozenset({"news_sitemap"})),
        (SITEMAP_PLACES, frozenset({"news_sitemap", "sitemap"})),
    )
    for paths, wanted in places:
        for path in paths:
            if not wanted & search.kinds:
                search.ask_all([Candidate(url=urljoin(front_url, path), found_in=USUAL_PLACE)])
    return _choose(search)


class _Search:
    """Asks for candidates, each address once."""

    def __init__(self, trier: FeedTrier, say: Callable[[str], None]) -> None:
        self._trier = trier
        self._say = say
        self.tried: dict[str, TriedFeed] = {}  # by the address that is worth keeping
        self.found_in: dict[str, str] = {}
        self.left_out: list[LeftOut] = []
        self._asked: set[str] = set()

    @property
    def kinds(self) -> set[str]:
        """The kinds of what was found to list links."""
        return {str(tried.kind) for tried in self.tried.values()}

    def ask_all(self, candidates: Iterable[Candidate]) -> None:
        """Ask for each, and for those sitemaps of an index whose names say news."""
        waiting = deque(candidates)
        while waiting:
            candidate = waiting.popleft()
            if candidate.url in self._asked:
                continue
            if len(self._asked) >= MOST_ASKED:
                self.left_out.append(LeftOut(url=candidate.url, reason=f"not tried: {MOST_ASKED} addresses were"))
                continue
            self._asked.add(candidate.url)
            self._say(f"asking for {candidate.url}")
            tried = self._trier.try_address(candidate.url)
            self._take(candidate, tried)
            newsy = [url for url in tried.children if SAYS_NEWS.search(urlsplit(url).path)]
            waiting.extendleft(
                Candidate(url=url, found_in=f"the index {tried.url}") for url in reversed(newsy[:2]) if url != tried.url
            )

    def _take(self, candidate: Candidate, tried: TriedFeed) -> None:
        address = _kept_address(tried)
        reason = tried.problem or ("" if tried.links else "it lists no links")
        if not reason and address in self.tried:
            reason = f"the same as {address}"
        if reason:
            usual = candidate.found_in == USUAL_PLACE
            self.left_out.append(LeftOut(url=candidate.url, reason=reason, usual_place=usual))
            return
        self.tried[address] = tried
        self.found_in[address] = candidate.found_in


def _sitemaps_of_robots(client: Client, front_url: str) -> Iterator[Candidate]:
    """The `Sitemap:` lines of robots.txt (https://www.sitemaps.org/protocol.html#submit_robots)."""
    answer = client.ask(f"{origin(front_url)}/robots.txt", ROBOTS)
    if answer.status is not FetchStatus.CAPTURED or answer.body is None:
        return
    for address in SITEMAP_LINE.findall(answer.body.decode("utf-8-sig", "replace")):
        try:
            url = normalise_url(address, front_url)
        except ValueError:
            continue
        if url.startswith(("http://", "https://")):
            yield Candidate(url=url, found_in="robots.txt")


def _kept_address(tried: TriedFeed) -> str:
    """Where the answer came from, if that is the same site; else what was asked for: a service may move again."""
    asked, came = (urlsplit(url).hostname or "" for url in (tried.url, tried.final_url))
    return tried.final_url if asked.removeprefix("www.") == came.removeprefix("www.") else tried.url


def _choose(search: _Search) -> FoundFeeds:
    """At most `MOST_KEPT`: news sitemaps first, then feeds, each by the number of links; copies are dropped.

    A plain sitemap lists everything a site ever printed. It is kept only where nothing else tells what is new.
    """
    rank = {"news_sitemap": 0, "sitemap": 2}
    ordered = sorted(search.tried.items(), key=lambda item: (rank.get(str(item[1].kind), 1), -len(item[1].links)))
    kept: dict[str, TriedFeed] = {}
    left_out = list(search.left_out)
    for address, tried in ordered:
        reason = _why_not(tried, kept)
        if reason is None:
            kept[address] = tried
        else:
            left_out.append(LeftOut(url=address, reason=reason))
    return FoundFeeds(
        kept=tuple(replace(tried, url=address) for address, tried in kept.items()),
        left_out=tuple(left_out),
        found_in={address: search.found_in[address] for address in kept},
    )


def _why_not(tried: TriedFeed, kept: dict[str, TriedFeed]) -> str | None:
    for address, better in kept.items():
        common = len(tried.links.keys() & better.links.keys())
        if common >= SAME_LINKS_SHARE * len(tried.links):
            return f"lists nothing that {address} does not"
    if tried.kind == "sitemap" and kept:
        count = f"{tried.child_count} sitemaps" if tried.children else f"{len(tried.links)} pages"
        return f"a sitemap of everything ({count}); the others list what is new"
    if len(kept) >= MOST_KEPT:
        return f"{MOST_KEPT} feeds are enough"
    return None
