"""Which source an address belongs to: for a page that nobody fetched as part of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeline.sources.model import Source

_SAMPLE_SUFFIX = ".localhost"  # pages saved from real sites are served under `<host>.localhost`


class SourcesByAddress:
    """An index of sources by the hosts of their homepages and feeds.

    Args:
        sources: enabled or not: what a file says of a site's time zone is true either way.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_host: defaultdict[str, list[Source]] = defaultdict(list)
        for source in sources:
            hosts = [host_of(source.homepage), *(host_of(feed.url) for feed in source.feeds)]
            for host in dict.fromkeys(hosts):
                self._by_host[host].append(source)

    def find(self, url: str) -> Source | None:
        """The source whose host the address has, or the nearest host above it: sport.example.com is example.com's.

        Of several on one host the one whose homepage's path the address begins with counts, the longest first; where
        that does not tell either, none does: a wrong time zone is worse than none.
        """
        host = host_of(url)
        if not host:
            return None
        path = _path_of(url)
        candidates = self._of_host(host)
        within = [source for source in candidates if path.startswith(_path_of(source.homepage))]
        if not within:
            return candidates[0] if len(candidates) == 1 else None
        longest = max(len(_path_of(source.homepage)) for source in within)
        best = [source for source in within if len(_path_of(source.homepage)) == longest]
        return best[0] if len(best) == 1 else None

    def _of_host(self, host: str) -> list[Source]:
        while "." in host:
            if host in self._by_host:
                return self._by_host[host]
            host = host.partition(".")[2]
        return []


def host_of(url: str) -> str:
    """The host of an address without `www.`, lower-case; empty where it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.lower().removesuffix(_SAMPLE_SUFFIX).removeprefix("www.")


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/") + "/"
    except ValueError:
        return "/"
