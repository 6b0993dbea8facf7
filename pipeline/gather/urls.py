"""One spelling for one URL, so that a link is asked for once however often it is offered.

Only what cannot change the answer is changed: scheme and host in lower case, the default port and the fragment
dropped, characters that a URL cannot hold percent-encoded (w3lib), and parameters dropped that exist to count
visits. The order of the other parameters stays.

Two wrappers are taken off whose content is certain, because it stands in the address itself: Google's redirect, which
its alert feeds are made of, and the addresses of Google's AMP cache. Other redirects are followed when they are asked.

Why an own list and not courlan's: its patterns also drop `gallery`, `cid` or `reference`, which lead to a
different page on real sites (tried with courlan 1.4.0). An article asked for twice costs a request; a parameter
too many dropped costs the article.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

# Visit counters of newsletters, social networks and analytics tools, as whole names or by their prefix.
TRACKING_PARAMETER = re.compile(
    r"""
    (?: utm_.* | at_(?:medium|campaign|link.*|ptr.*|bbc_team|format|type) | pk_(?:campaign|kwd|source|medium)
      | mtm_.* | hsa_.* | ns_(?:mchannel|source|campaign|linkname|fee) | mc_(?:cid|eid) | oly_(?:enc|anon)_id
      | fbclid | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | yclid | twclid | ttclid | igshid | igsh
      | li_fat_id | _ga | _gl | _hsenc | _hsmi | mkt_tok | vero_id | vero_conv | xtor | wt_mc | wt\.mc_id
      | traffic_source | ftag | guccounter | guce_referrer | guce_referrer_sig | cmpid | icid | ocid | soc_src | soc_trk
      | smid | smtyp | ref_src | ref_url | __twitter_impression
    )""",
    re.VERBOSE | re.IGNORECASE,
)
DEFAULT_PORTS = {"http": 80, "https": 443}
MOST_WRAPPERS = 3
GOOGLE = re.compile(r"(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}", re.IGNORECASE)
# /amp/s/HOST/PATH at Google, /c/s/HOST/PATH at the cache (c: a page; v: one within a viewer); without `s`: plain http.
AMP_AT_GOOGLE = re.compile(r"/amp/(s/)?([^/]+\.[^/]+/.*)")
AMP_IN_CACHE = re.compile(r"/[cv]/(s/)?([^/]+\.[^/]+/.*)")


def normalise_url(url: str, base_url: str | None = None) -> str:
    """The one spelling of `url`, made absolute against `base_url` where it is relative.

    A URL with a scheme that is not http(s) comes back as it is: the client refuses it by its scheme.

    Raises:
        ValueError: this is no URL that could be asked for.
    """
    absolute = urljoin(base_url, url.strip()) if base_url else url.strip()
    for _ in range(1 + MOST_WRAPPERS):
        parts = urlsplit(absolute)
        if not parts.scheme:
            raise ValueError(f"{url!r} is a relative URL without a base")
        if parts.scheme.lower() not in DEFAULT_PORTS:
            return absolute
        if not parts.hostname:
            raise ValueError(f"{url!r} names no host")
        if parts.username is not None:
            raise ValueError(f"{parts.hostname} is offered with a user name, which we have not")
        parts = urlsplit(safe_url_string(absolute))
        wrapped = _wrapped(parts)
        if wrapped is None:
            return _one_spelling(parts)
        absolute = wrapped
    raise ValueError(f"more than {MOST_WRAPPERS} addresses wrapped in each other")


def _one_spelling(parts: SplitResult) -> str:
    scheme = parts.scheme.lower()
    query = "&".join(p for p in parts.query.split("&") if not _counts_visits(p))
    return urlunsplit((scheme, _host_and_port(parts.hostname or "", parts.port, scheme), parts.path or "/", query, ""))


def _wrapped(parts: SplitResult) -> str | None:
    """The http(s) address that a wrapper holds; None where it is no wrapper."""
    host = (parts.hostname or "").lower()
    pattern = AMP_IN_CACHE if host.endswith(".cdn.ampproject.org") else AMP_AT_GOOGLE
    if pattern is AMP_AT_GOOGLE and not GOOGLE.fullmatch(host):
        return None
    if pattern is AMP_AT_GOOGLE and parts.path == "/url":
        parameters = parse_qs(parts.query)
        inner = (parameters.get("url") or parameters.get("q") or [""])[0]
        return inner if re.match(r"https?://[^/]", inner, re.IGNORECASE) else None
    cached = pattern.fullmatch(parts.path)
    if cached is None:
        return None
    return f"{'https' if cached[1] else 'http'}://{cached[2]}{'?' if parts.query else ''}{parts.query}"


def host_key(url: str) -> str:
    """What pace and politeness are kept by: host name and, where it is not the default, port."""
    parts = urlsplit(url)
    return _host_and_port(parts.hostname or "", parts.port, parts.scheme)


def origin(url: str) -> str:
    """Scheme, host and port, such as `https://example.org`: what one robots.txt speaks for."""
    return f"{urlsplit(url).scheme}://{host_key(url)}"


def _host_and_port(host: str, port: int | None, scheme: str) -> str:
    name = f"[{host}]" if ":" in host else host.lower()
    return name if port is None or port == DEFAULT_PORTS.get(scheme) else f"{name}:{port}"


def _counts_visits(parameter: str) -> bool:
    return TRACKING_PARAMETER.fullmatch(parameter.partition("=")[0]) is not None
