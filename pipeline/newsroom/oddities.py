"""Links of a site that lead to no article, and how a perfect pipeline ends each of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Oddity(StrEnum):
    """What a link of a site does instead of leading to an article."""

    NOT_FOUND = "not_found"  # 404
    GONE = "gone"  # 410
    SOFT_404 = "soft_404"  # says "page not found" with status 200
    REDIRECT_LOOP = "redirect_loop"
    ROBOTS_DENIED = "robots_denied"  # there is a page, and robots.txt forbids it
    CONSENT_REDIRECT = "consent_redirect"  # 302 to a consent page
    CONSENT_IN_PLACE = "consent_in_place"  # a consent page with status 200 at the article's address


# How a perfect pipeline ends each of them: words of pipeline.statuses.
EXPECTED_STATUS = {
    Oddity.NOT_FOUND: "gone",
    Oddity.GONE: "gone",
    Oddity.SOFT_404: "soft_404",
    Oddity.REDIRECT_LOOP: "redirect_loop",
    Oddity.ROBOTS_DENIED: "robots_denied",
    Oddity.CONSENT_REDIRECT: "consent_wall",
    Oddity.CONSENT_IN_PLACE: "consent_wall",
}


@dataclass(frozen=True, slots=True)
class OddLink:
    """A link that the site's feeds list among its articles and that leads to none."""

    path: str
    title: str
    oddity: Oddity
