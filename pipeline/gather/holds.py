"""When a host is left alone, for how long, and how the links that wait for it end.

    what the host did                            it is left alone for
    429, or 503 with Retry-After                 what Retry-After says, a day at most; a 429 without one, or with
                                                 one that says nothing, rate_limit_hold_seconds
    429 again, after we waited as told           the same, and at least rate_limit_hold_seconds
    3 connections in a row failed                failed_host_hold_seconds
    5 answers in a row took too long             failed_host_hold_seconds
    5 answers in a row were 5xx                  failed_host_hold_seconds

A hold is kept by the pace, so that every process knows of it. Its reason begins with the status that links end in
which are not asked because of it, then a colon: "rate_limited: news.example answered 429 with Retry-After 120".
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipeline.gather.failures import RequestFailedError, in_few_words
from pipeline.gather.pace import Hold
from pipeline.gather.robots import Refusal
from pipeline.settings import Settings
from pipeline.statuses import FetchStatus

LONGEST_HOLD_SECONDS = 86_400.0
CONNECT_FAILURES_IN_A_ROW = 3
TIMEOUTS_IN_A_ROW = 5
SERVER_ERRORS_IN_A_ROW = 5


def hold_reason(status: FetchStatus, words: str) -> str:
    """A hold's reason, from which `refusal_of` can tell the status again."""
    return f"{status.value}: {words}"


def refusal_of(hold: Hold) -> Refusal:
    """How a link ends that is not asked because its host is on hold; a later pass asks.

    A reason of another form, by somebody else's hand, counts as `rate_limited`: the host wants to be left alone.
    """
    word, colon, words = hold.reason.partition(": ")
    try:
        status = FetchStatus(word)
    except ValueError:
        status, words = FetchStatus.RATE_LIMITED, hold.reason
    if not colon:
        words = hold.reason
    return Refusal(status, f"not asked: {words}; left alone for {hold.seconds:.0f} s more", may_pass=True)


def asked_to_wait(
    http_status: int, retry_after: str | None, host: str, settings: Settings, *, again: bool
) -> tuple[float, str] | None:
    """For how many seconds an answer asks us to leave the host alone, and the hold's reason.

    Args:
        http_status: of the answer.
        retry_after: the header's value.
        host: for the reason.
        settings: how long a 429 without a Retry-After counts.
        again: whether we had waited as told, and asked again.

    Returns:
        None where the answer asks nothing.
    """
    told_seconds = retry_after_seconds(retry_after)
    if http_status == 429:
        seconds = settings.rate_limit_hold_seconds if told_seconds is None else told_seconds
        status = FetchStatus.RATE_LIMITED
    elif http_status == 503 and told_seconds is not None:
        seconds, status = told_seconds, FetchStatus.SERVER_ERROR
    else:
        return None
    if again:
        seconds = max(seconds, settings.rate_limit_hold_seconds)
    said = "no Retry-After" if retry_after is None else f"Retry-After {in_few_words(retry_after)}"
    words = f"{host} answered {http_status} with {said}"
    return min(seconds, LONGEST_HOLD_SECONDS), hold_reason(status, words)


def retry_after_seconds(value: str | None) -> float | None:
    """Both forms of Retry-After (RFC 9110, 10.2.3) as seconds from now; None where there is none to read."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:12])  # more digits would say no more: it is years already
    try:
        instant = parsedate_to_datetime(text)
        if instant.tzinfo is None:  # "-0000": the time is UTC, the server's own zone unknown
            instant = instant.replace(tzinfo=UTC)
        return max(0.0, (instant - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):  # no date, or one before the year 1 in UTC
        return None


class Streaks:
    """Counts what fails at each host, as long as nothing succeeds there in between."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def answered(self, host: str) -> None:
        """Note an answer that was no server error."""
        if self._counts:
            self._forget(host)

    def server_error(self, host: str, http_status: int) -> str | None:
        """Note a 5xx; the reason to hold the host where it was one too many."""
        words = f"{SERVER_ERRORS_IN_A_ROW} server errors in a row at {host}, the last: {http_status}"
        self._forget(host, but="server errors")
        return self._count(host, "server errors", SERVER_ERRORS_IN_A_ROW, FetchStatus.SERVER_ERROR, words)

    def failed(self, host: str, failure: RequestFailedError) -> str | None:
        """Note a failed request; the reason to hold the host where it was one too many."""
        if failure.at_connect:
            words = f"{CONNECT_FAILURES_IN_A_ROW} connections failed in a row at {host}, the last: {failure}"
            return self._count(host, "connections", CONNECT_FAILURES_IN_A_ROW, FetchStatus.UNREACHABLE, words)
        if failure.status is FetchStatus.TIMED_OUT:
            words = f"{TIMEOUTS_IN_A_ROW} responses took too long in a row at {host}, the last: {failure}"
            return self._count(host, "time", TIMEOUTS_IN_A_ROW, FetchStatus.TIMED_OUT, words)
        return None

    def _count(self, host: str, what: str, limit: int, status: FetchStatus, words: str) -> str | None:
        self._counts[host, what] += 1
        if self._counts[host, what] < limit:
            return None
        self._forget(host)  # after the hold it has its chances again
        return hold_reason(status, words)

    def _forget(self, host: str, but: str | None = None) -> None:
        for what in ("connections", "time", "server errors"):
            if what != but:
                self._counts.pop((host, what), None)
