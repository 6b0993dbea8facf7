"""What a host's robots.txt allows us, read as RFC 9309 says (parser: protego).

    what robots.txt answered                         what we do
    2xx                                              obey it
    4xx but 429, redirect loop, a wall of any kind   everything is allowed (RFC 9309, 2.3.1.3 "unavailable")
    5xx, a broken response                           nothing is allowed: links end as robots_denied (2.3.1.4
                                                     "unreachable")
    429, no connection, time over, unsafe address,   nothing is asked: links end in the same status as robots.txt
    a host on hold, a wall with status 429 or 5xx

Only the first 512,000 bytes count (RFC 9309, 2.5). A host is asked for its robots.txt once in a pass. A web page in
its place (status 200, HTML) holds no rules, so it forbids nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from pipeline.gather.answer import Answer
from pipeline.statuses import FetchStatus

ROBOTS_NAME = "Dateline"  # our name in robots.txt; the user agent header begins with it
MAX_ROBOTS_BYTES = 512_000

AS_IF_ABSENT = frozenset(
    {
        FetchStatus.GONE,
        FetchStatus.FORBIDDEN,
        FetchStatus.CLIENT_ERROR,
        FetchStatus.REDIRECT_LOOP,
        FetchStatus.CONSENT_WALL,
        FetchStatus.BOT_WALL,
        FetchStatus.PAYWALL,
        FetchStatus.LOGIN_WALL,
    }
)
PASSED_ON = frozenset(
    {
        FetchStatus.UNREACHABLE,
        FetchStatus.TIMED_OUT,
        FetchStatus.UNSAFE_ADDRESS,
        FetchStatus.RATE_LIMITED,
        FetchStatus.BOT_WALL,
    }
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a URL is not asked for, and the status its link ends in."""

    status: FetchStatus
    error: str
    may_pass: bool = False  # it is the host's state just now and not the URL: a later pass should ask


class RobotsRules:
    """The rules of one origin.

    Args:
        answer: what came of asking for its robots.txt.
    """

    def __init__(self, answer: Answer) -> None:
        self._rules: Protego | None = None
        self._for_all: Refusal | None = None
        if answer.status is FetchStatus.CAPTURED:
            self._rules = Protego.parse((answer.body or b"").decode("utf-8-sig", "replace"))
        elif not _as_if_absent(answer):
            on_hold = answer.may_pass and answer.requested_at is None
            status = answer.status if on_hold or answer.status in PASSED_ON else FetchStatus.ROBOTS_DENIED
            error = f"not asked: robots.txt could not be read: {answer.in_words()}"
            self._for_all = Refusal(status, error, may_pass=status is not FetchStatus.UNSAFE_ADDRESS)

    def refusal(self, url: str) -> Refusal | None:
        """Why `url` may not be asked for; None where it may."""
        if self._for_all is not None:
            return self._for_all
        if self._rules is None or self._rules.can_fetch(url, ROBOTS_NAME):
            return None
        return Refusal(FetchStatus.ROBOTS_DENIED, f"robots.txt forbids this path to {ROBOTS_NAME}")

    @property
    def crawl_delay_seconds(self) -> float:
        """The pause that robots.txt asks for; 0 where it says none."""
        delay = self._rules.crawl_delay(ROBOTS_NAME) if self._rules is not None else None
        return float(delay or 0.0)


def _as_if_absent(answer: Answer) -> bool:
    code = answer.http_status or 0
    refused_for_now = answer.status is FetchStatus.BOT_WALL and (code == 429 or code >= 500)
    return answer.status in AS_IF_ABSENT and not refused_for_now
