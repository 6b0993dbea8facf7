"""How much a failure tells against a feed or a link: what is asked for in vain again and again is given up.

The points of failures in a row are added up; a success clears them.

| status | points | why |
|---|---|---|
| captured, unchanged, read_feed | 0 | a success |
| empty_feed | 0 | it was read; that it lists nothing may be true |
| left_over | 0 | not asked: our own limit |
| robots_denied | hard | the publisher's will |
| gone, with 410 | hard | gone for good, says the server |
| gone, with 404 | soft | feeds list articles before their page is there |
| forbidden, with 451 | hard | for legal reasons |
| forbidden, with 403 | soft | often a rule that hits the wrong visitor for a while |
| rate_limited | temporary | the server asks us to come later |
| client_error, with 408, 409, 421, 423 or 425 | temporary | the server asks us to try again, or could not just then |
| client_error, with others | soft | our request or their server is at fault |
| server_error | temporary | the server is at fault and says so |
| unreachable, timed_out | temporary | the network, or a server that is down |
| broken_response | temporary | a connection that broke, mostly |
| redirect_loop | soft | a misconfiguration; those are mended |
| unsafe_address | hard | it leads where we must not go |
| too_large | hard | asking again costs as much and ends the same |
| not_html | hard | a file; it will not become a page |
| consent_wall, bot_wall | soft | walls come and go with a site's settings |
| paywall, login_wall | hard | the page is not for us |
| not_a_feed | soft | a maintenance page, mostly |
"""

from __future__ import annotations

from pipeline.statuses import FetchStatus

HARD = 1.0
SOFT = 0.5
TEMPORARY = 0.25

LINK_GIVEN_UP_AT = 1.0
FEED_GIVEN_UP_AT = 10.0  # then it is asked once a week

POINTS = {
    FetchStatus.CAPTURED: 0.0,
    FetchStatus.UNCHANGED: 0.0,
    FetchStatus.READ_FEED: 0.0,
    FetchStatus.EMPTY_FEED: 0.0,
    FetchStatus.LEFT_OVER: 0.0,
    FetchStatus.ROBOTS_DENIED: HARD,
    FetchStatus.GONE: SOFT,
    FetchStatus.FORBIDDEN: SOFT,
    FetchStatus.RATE_LIMITED: TEMPORARY,
    FetchStatus.CLIENT_ERROR: SOFT,
    FetchStatus.SERVER_ERROR: TEMPORARY,
    FetchStatus.UNREACHABLE: TEMPORARY,
    FetchStatus.TIMED_OUT: TEMPORARY,
    FetchStatus.BROKEN_RESPONSE: TEMPORARY,
    FetchStatus.REDIRECT_LOOP: SOFT,
    FetchStatus.UNSAFE_ADDRESS: HARD,
    FetchStatus.TOO_LARGE: HARD,
    FetchStatus.NOT_HTML: HARD,
    FetchStatus.CONSENT_WALL: SOFT,
    FetchStatus.BOT_WALL: SOFT,
    FetchStatus.PAYWALL: HARD,
    FetchStatus.LOGIN_WALL: HARD,
    FetchStatus.NOT_A_FEED: SOFT,
}
POINTS_OF_CODE = {
    (FetchStatus.GONE, 410): HARD,
    (FetchStatus.FORBIDDEN, 451): HARD,
    (FetchStatus.CLIENT_ERROR, 408): TEMPORARY,
    (FetchStatus.CLIENT_ERROR, 409): TEMPORARY,
    (FetchStatus.CLIENT_ERROR, 421): TEMPORARY,
    (FetchStatus.CLIENT_ERROR, 423): TEMPORARY,
    (FetchStatus.CLIENT_ERROR, 425): TEMPORARY,
}


def points_of(status: FetchStatus, http_status: int | None) -> float:
    """The failure points of one end, 0 for a success; the table above says which.

    Args:
        status: how asking for a feed or a link ended.
        http_status: of the last response, None where none came.
    """
    named = POINTS_OF_CODE.get((status, http_status)) if http_status is not None else None
    return POINTS[status] if named is None else named
