"""Walls: a page that stands where the article should be, and asks for consent, proof of a human, a login or money.

We keep no cookies, accept nothing and solve nothing, so the article behind a wall stays closed to us; its link ends
in the wall's own status, so that an operator sees which sites to talk to. Three things tell a wall:

- the address a redirect leads to (`wall_behind`); the wall itself is not asked for then;
- the status: 401 is a login_wall, 402 a paywall, 999 a bot_wall (some networks refuse robots with it);
- headers and body of a refusal, or of a small page with status 200 (`wall_in`): the marks that the known products
  leave (`wall_marks`), and the plain words ("verify you are human") only on a page with next to no text.

In doubt a page is no wall: one taken for a wall is an article lost, a wall taken for a page is found by `read`. So a
page that says of itself that it is an article is believed, as is any page of more than 64 KB; consent pages that
answer with 200, and articles that end in a paywall's teaser, are for `read` to judge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.gather.transport import Response
from pipeline.gather.wall_marks import (
    BODY_MARKS,
    CAPTCHA_MARKS,
    HEADER_MARKS,
    HOST_LABELS,
    LOGIN_TITLE,
    PATH_SEGMENTS,
    PLAIN_WORDS,
    REFUSAL_BODY_MARKS,
    REFUSAL_HEADER_MARKS,
    WALL_DOMAINS,
    WALL_TITLES,
)
from pipeline.statuses import FetchStatus

# Refusals that may be a wall: what is read of them, and no more.
TELLING_STATUSES = frozenset({401, 402, 403, 405, 406, 429, 503, 999})
MAX_WALL_BYTES = 65_536
# Without a wall's title only pages this small are searched: the search costs as much as the bytes.
MAX_UNTITLED_WALL_BYTES = 12_288
MAX_WALL_PARAGRAPHS = 12
MAX_WALL_CHARACTERS = 1_500  # of text to read; the wordiest wall we know has 900
MAX_PLAIN_CHARACTERS = 800  # where nothing but plain words tells, with status 200
TITLE_WITHIN_BYTES = 8_192
STATUS_WALLS = {401: FetchStatus.LOGIN_WALL, 402: FetchStatus.PAYWALL, 999: FetchStatus.BOT_WALL}

ARTICLE_CLAIM = re.compile(
    rb"""["']og:type["']\s+content=["']article|["'](?:\w*NewsArticle|Article|BlogPosting|ReportageNewsArticle)["']""",
    re.IGNORECASE,
)
UNSEEN = re.compile(rb"<(script|style|svg|template)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
TAG = re.compile(rb"<[^>]*>")
SPACE = re.compile(rb"(?:\s|&nbsp;)+")
PASSWORD_FIELD = re.compile(rb"""<input\b[^>]*\btype=["']?password""", re.IGNORECASE)
# A segment of four words or more, or a date in the path: an article, whatever it is filed under.
ARTICLE_SEGMENT = re.compile(r"(?:[^-_]+[-_]){3,}[^-_]+|(?:19|20)\d\d")


class Wall(NamedTuple):
    """What stands in the article's place."""

    status: FetchStatus
    words: str


def wall_behind(asked_url: str, target_url: str) -> Wall | None:
    """The wall that a redirect from one URL to the other leads to; None where it leads to none.

    It counts as one when the target's host begins with a word such as `consent.` or `login.`, or one of its path's
    segments, without extension, is such a word, and the URL that redirected has not the same word itself: an article
    filed under /consent/ may move within it. A word of a login or a shop with an article's segment behind it
    (/login/how-to-choose-a-password) is a section.
    """
    domain = next((d for d in WALL_DOMAINS if f".{urlsplit(target_url).hostname or ''}".endswith(f".{d}")), None)
    if domain:
        return Wall(FetchStatus.BOT_WALL, f"redirects to a challenge: {target_url}")
    before = _wall_words(asked_url)
    found = {status: words for status, words in _wall_words(target_url).items() if words - before.get(status, set())}
    for status, name in WALL_NAMES.items():
        if status in found:
            return Wall(status, f"redirects to {name} {target_url}")
    return None


WALL_NAMES = {  # in the order they are looked for: a consent page may offer a login, a login a subscription
    FetchStatus.CONSENT_WALL: "the consent page",
    FetchStatus.BOT_WALL: "a challenge:",
    FetchStatus.LOGIN_WALL: "the login page",
    FetchStatus.PAYWALL: "the subscription page",
}


def _wall_words(url: str) -> dict[FetchStatus, set[str]]:
    parts = urlsplit(url)
    label = (parts.hostname or "").partition(".")[0]
    segments = [segment.lower().partition(".")[0] for segment in parts.path.split("/") if segment]
    words: dict[FetchStatus, set[str]] = {}
    if label in HOST_LABELS:
        words.setdefault(HOST_LABELS[label], set()).add(label)
    for number, segment in enumerate(segments):
        status = PATH_SEGMENTS.get(segment)
        if status is None:
            continue
        sections = status is not FetchStatus.CONSENT_WALL
        if sections and any(ARTICLE_SEGMENT.fullmatch(later) for later in segments[number + 1 :]):
            continue
        words.setdefault(status, set()).add(segment)
    return words


def wall_in(response: Response) -> Wall | None:
    """The wall that a response is; None where it is none.

    Args:
        response: with its body where its status is 2xx or one of `TELLING_STATUSES`; None is taken for no body.
    """
    refused = response.http_status in TELLING_STATUSES
    if not refused and not 200 <= response.http_status < 300:
        return None
    wall = _wall_in_headers(response, refused=refused)
    body = response.body
    if wall is None and body and len(body) <= MAX_WALL_BYTES:
        wall = _wall_in_refusal(body, response.http_status) if refused else _wall_in_page(body)
    status = STATUS_WALLS.get(response.http_status)
    if wall is None and status is not None:
        return Wall(status, f"answered {response.http_status} {response.reason}".rstrip())
    return wall


def _wall_in_headers(response: Response, *, refused: bool) -> Wall | None:
    for name, value in response.headers:
        lowered = name.lower()
        mark = HEADER_MARKS.get(lowered) or (REFUSAL_HEADER_MARKS.get(lowered) if refused else None)
        if mark is not None and mark.value in value.lower():
            return Wall(FetchStatus.BOT_WALL, f"{mark.product}: header {name}: {value[:60]}")
    return None


def _wall_in_refusal(body: bytes, http_status: int) -> Wall | None:
    wall = _titled(_title(body)) or _marked(body, BODY_MARKS)
    if wall is not None:
        return wall
    text = _shown_text(body)
    if len(text) > MAX_WALL_CHARACTERS:  # the site's own page around its refusal, with all that the site has
        return None
    # The login or the shop of a 401 or 402 may have a captcha of its own.
    wall = _marked(body, REFUSAL_BODY_MARKS) or (None if http_status in {401, 402} else _marked(body, CAPTCHA_MARKS))
    return wall or _plainly_worded(text)


def _wall_in_page(body: bytes) -> Wall | None:
    """Every page that is captured passes here: look at the title and the size before anything that costs more."""
    title = _title(body)
    wall = _titled(title)
    login = wall is None and LOGIN_TITLE.match(title) is not None
    untitled = wall is None and not login
    if untitled and (len(body) > MAX_UNTITLED_WALL_BYTES or body.count(b"<p") > MAX_WALL_PARAGRAPHS):
        return None
    if b"og:" in body or b"ld+json" in body or b"<article" in body:
        # Walls that a product puts there have none of these; a site's own may have some.
        if untitled or ARTICLE_CLAIM.search(body):
            return None
    elif untitled:
        wall = _marked(body, BODY_MARKS)
    if wall is None and not login and b"uman" not in body and not any(word in body for word in PLAIN_HINTS):
        return None
    text = _shown_text(body)
    if len(text) > MAX_WALL_CHARACTERS:
        return None
    if login and PASSWORD_FIELD.search(body):
        return Wall(FetchStatus.LOGIN_WALL, f"a login page: {title}")
    return wall or (_plainly_worded(text) if len(text) <= MAX_PLAIN_CHARACTERS else None)


PLAIN_HINTS = (b"robot", b"unusual traffic", b"JavaScript and cookies", b"security check")


def _titled(title: str) -> Wall | None:
    for pattern, status, product in WALL_TITLES:
        if pattern.fullmatch(title):
            return Wall(status, f"{product}: {title}")
    return None


def _marked(body: bytes, marks: Sequence[tuple[bytes, str]]) -> Wall | None:
    for mark, product in marks:
        if mark in body:
            return Wall(FetchStatus.BOT_WALL, f"{product}, known by {mark.decode()}")
    return None


def _plainly_worded(text: str) -> Wall | None:
    said = PLAIN_WORDS.search(text)
    return Wall(FetchStatus.BOT_WALL, f"says {said.group()!r}") if said else None


def _title(body: bytes) -> str:
    """The title in one line, lower case; empty where there is none at the beginning."""
    start = body.find(b"<title", 0, TITLE_WITHIN_BYTES)
    if start < 0:
        start = body.find(b"<TITLE", 0, TITLE_WITHIN_BYTES)
    opened = body.find(b">", start, start + 200) if start >= 0 else -1
    if opened < 0:
        return ""
    ends = body.find(b"</", opened, opened + 300)
    return " ".join(body[opened + 1 : ends].decode("utf-8", "replace").lower().split()) if ends >= 0 else ""


def _shown_text(body: bytes) -> str:
    """About what a reader without scripts would see, in one line."""
    return SPACE.sub(b" ", TAG.sub(b" ", UNSEEN.sub(b" ", body))).decode("utf-8", "replace").strip()
