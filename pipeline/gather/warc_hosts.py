"""Which source a page of any address belongs to: for captures that others made."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from courlan import extract_domain

from pipeline.records import stable_id
from pipeline.sources.model import Source

ADDRESS = re.compile(r"[\d.]+|.*:.*")


class SourceHosts:
    """The sources by the hosts that are theirs: those of homepage and feeds, and every host of the same domain.

    A domain that several sources name for feeds only is a service of others (a feed host) and belongs to none of
    them. Where several have their homepage on one host or domain, the nearest wins: the longest host in common, then
    the longest path in common, then a source that is enabled, then the first by id.

    Args:
        sources: the catalogue, enabled or not.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        by_id = sorted(sources, key=lambda source: (not source.enabled, source.id))
        self._homepages: defaultdict[str, list[tuple[str, Source]]] = defaultdict(list)  # path and source by host
        feeds: defaultdict[str, dict[str, Source]] = defaultdict(dict)
        for source in by_id:
            parts = urlsplit(source.homepage)
            host = parts.hostname or ""
            for name in dict.fromkeys((host, host.removeprefix("www."), domain_of(host))):
                self._homepages[name].append((parts.path.rstrip("/"), source))
            for feed in source.feeds:
                host = urlsplit(feed.url).hostname or ""
                for name in dict.fromkeys((host, domain_of(host))):
                    feeds[name][source.id] = source
        self._feeds = {name: next(iter(named.values())) for name, named in feeds.items() if len(named) == 1}
        claims = [f"{name} {path} {source.id}" for name, all_ in self._homepages.items() for path, source in all_]
        claims += [f"{name} {source.id}" for name, source in self._feeds.items()]
        self.key = stable_id(*sorted(claims))  # another one where another source might be found for some page

    def source_of(self, url: str) -> Source | None:
        """The source that a page's address belongs to, None where it is nobody's or no address."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return None
        for name in _with_parents(host):
            if claims := self._homepages.get(name):
                return min(claims, key=lambda claim: -_common(claim[0], parts.path))[1]
            if source := self._feeds.get(name):
                return source
        return None


@lru_cache(maxsize=10_000)
def domain_of(host: str) -> str:
    """The registrable domain (public suffix list), `bbc.co.uk` of `www.bbc.co.uk`; a host without one is its own."""
    if ADDRESS.fullmatch(host) or "." not in host:
        return host
    return extract_domain(f"https://{host}/") or ".".join(host.split(".")[-2:])


@lru_cache(maxsize=10_000)
def _with_parents(host: str) -> tuple[str, ...]:
    """`a.b.co.uk`, `b.co.uk`: the host and those above it, up to its domain."""
    names, domain = [host], domain_of(host)
    while names[-1] != domain and "." in names[-1]:
        names.append(names[-1].partition(".")[2])
    return tuple(names)


def _common(homepage_path: str, path: str) -> int:
    """The length of a homepage's path where the page lies below it, -1 where it does not."""
    return len(homepage_path) if path == homepage_path or path.startswith(f"{homepage_path}/") else -1
