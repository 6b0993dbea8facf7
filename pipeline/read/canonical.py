"""The one address an article has: what the page declares, where that is believable, else where it was found."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from pipeline.gather.urls import normalise_url
from pipeline.read.page import Page

_LOOPBACK_SUFFIX = re.compile(r"\.localhost$", re.IGNORECASE)


def read_canonical_url(page: Page | None, url: str) -> str:
    """The canonical URL of a page that was fetched from `url`.

    A declared one counts where it names the same registered domain, and names a page and not the whole site.
    Pages saved from real sites are served under `<host>.localhost`: that suffix says nothing about the site.
    """
    own = normalised(url)
    if page is None:
        return own
    for declared in (page.link("canonical"), page.first_meta("og:url")):
        if declared and (address := _absolute(declared, url)) and _is_believable(address, url):
            return normalised(address)
    return own


def normalised(url: str) -> str:
    """`url` in the spelling that gathering uses, as it is where it is no absolute URL."""
    try:
        return normalise_url(url)
    except ValueError:
        return url


def _absolute(declared: str, url: str) -> str | None:
    try:
        address = urljoin(url, declared.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def _is_believable(declared: str, url: str) -> bool:
    theirs, ours = urlsplit(declared), urlsplit(url)
    if not ours.hostname:
        return True  # a saved page without an address: its own word is all there is
    if not theirs.path.strip("/") and not theirs.query and ours.path.strip("/"):
        return False
    if _same_host(theirs.hostname or "", ours.hostname):
        return True
    return site_of(theirs.hostname or "") == site_of(ours.hostname)


def _same_host(theirs: str, ours: str) -> bool:
    names = {_LOOPBACK_SUFFIX.sub("", host.lower()).removeprefix("www.") for host in (theirs, ours)}
    return len(names) == 1


def site_of(host: str) -> str:
    """The registered domain of a host, or the host where it has none."""
    import courlan  # noqa: PLC0415  0.03 s, and most pages name their own host

    host = _LOOPBACK_SUFFIX.sub("", host.lower())
    return courlan.extract_domain(f"http://{host}/", fast=True) or host
