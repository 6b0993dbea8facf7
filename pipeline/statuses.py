"""The words that say how a link or an article ended. Each ends in exactly one, and it is counted once."""

from __future__ import annotations

from enum import StrEnum


class FetchStatus(StrEnum):
    """How one request for a feed or a page ended, as `gather` leaves it.

    `CAPTURED` is the only one that goes on to `read`; all others are final.
    """

    CAPTURED = "captured"  # a response that is new to us, kept in the archive
    UNCHANGED = "unchanged"  # 304, or byte for byte what we had
    ROBOTS_DENIED = "robots_denied"  # robots.txt forbids the path to us
    GONE = "gone"  # 404 or 410
    FORBIDDEN = "forbidden"  # 403 or 451, and no wall that we know
    RATE_LIMITED = "rate_limited"  # 429
    CLIENT_ERROR = "client_error"  # any other 4xx
    SERVER_ERROR = "server_error"  # 5xx
    UNREACHABLE = "unreachable"  # no DNS answer, connection refused, TLS failure
    TIMED_OUT = "timed_out"  # connect, read or total limit
    BROKEN_RESPONSE = "broken_response"  # truncated, wrong length, undecodable transfer
    REDIRECT_LOOP = "redirect_loop"  # the same address twice, or too many hops
    UNSAFE_ADDRESS = "unsafe_address"  # private, loopback or link-local address, or a scheme that is not http(s)
    TOO_LARGE = "too_large"  # over the size cap; what came is thrown away
    NOT_HTML = "not_html"  # a page link that answered with another content type
    CONSENT_WALL = "consent_wall"  # a consent page, by redirect or in the page's place
    BOT_WALL = "bot_wall"  # a challenge or a refusal for automatic visitors
    PAYWALL = "paywall"  # 402, or a subscription page in the article's place
    LOGIN_WALL = "login_wall"  # 401, or a login page in the page's place
    LEFT_OVER = "left_over"  # beyond the source's limit of links for one pass; a later pass asks
    NOT_A_FEED = "not_a_feed"  # a feed address that answered with something no feed parser reads
    EMPTY_FEED = "empty_feed"  # a feed that parses and lists nothing
    READ_FEED = "read_feed"  # a feed that was parsed and listed links


class ArticleStatus(StrEnum):
    """How one capture ended, as `read` and `dedupe` leave it; the last word on the link that led to it."""

    NEW = "new"  # an article we had not seen
    REVISED = "revised"  # one we had, whose text or headline changed
    UNCHANGED = "unchanged"  # one we had, with the same text
    DUPLICATE = "duplicate"  # new or revised, and it re-uses another article's text
    NO_ARTICLE = "no_article"  # a page that holds none, and is nothing of the following: empty, no HTML, no text
    SECTION_FRONT = "section_front"  # a front page, of the site or of a section: links to articles
    TAG_PAGE = "tag_page"  # a list of what there is on a topic, by an author, or for a search
    VIDEO_PAGE = "video_page"  # a video or audio player with a line or two of text
    GALLERY_PAGE = "gallery_page"  # pictures with captions
    LIVE_TICKER = "live_ticker"  # scores, prices or results in a table, and no report
    SOFT_404 = "soft_404"  # says "not found" with status 200
    CONSENT_WALL = "consent_wall"  # a consent page in the article's place
    OTHER_LANGUAGE = "other_language"  # an article in a language that is not enabled
    REPEATED_LINK = "repeated_link"  # another link of this run already led to this canonical URL
    OUTDATED = "outdated"  # an older text of one we have, captured before we last saw it: from an import
    QUARANTINED = "quarantined"  # the reader failed on it; the reason stands beside it


ARTICLE_STATUSES_STORED = frozenset({ArticleStatus.NEW, ArticleStatus.REVISED, ArticleStatus.DUPLICATE})


class RunVerdict(StrEnum):
    """How a run ended: exactly one word."""

    PUBLISHED = "published"  # a new edition
    HELD = "held"  # a check failed; the last edition stays
    EMPTY = "empty"  # nothing new or revised; the last edition stays
    FAILED = "failed"  # a stage failed; the last edition stays
