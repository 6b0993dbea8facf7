"""Asks for URLs the way a well-behaved visitor does: robots.txt, pace, redirects by hand, and knowing when to stop.

When a host is not asked any more in this run:
- it answered 429: a Retry-After of up to 5 seconds is waited for, once; anything longer, or none, and the links
  that are left end as `rate_limited`;
- 3 connections in a row failed, or 5 responses in a row took too long: the links that are left end as
  `unreachable` or `timed_out`.
Their error says "not asked", and they have no requested_at.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from pipeline.gather.addresses import UnsafeAddressError
from pipeline.gather.answer import Answer, Validators
from pipeline.gather.consent import leads_to_consent_page
from pipeline.gather.failures import RequestFailedError
from pipeline.gather.pace import Pace
from pipeline.gather.robots import MAX_ROBOTS_BYTES, Refusal, RobotsRules
from pipeline.gather.transport import Response, Transport
from pipeline.gather.urls import host_key, origin
from pipeline.settings import Settings
from pipeline.statuses import FetchStatus

LONGEST_RETRY_AFTER_SECONDS = 5.0
CONNECT_FAILURES_IN_A_ROW = 3
TIMEOUTS_IN_A_ROW = 5
REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
STATUS_OF_CODE = {
    401: FetchStatus.FORBIDDEN,
    402: FetchStatus.FORBIDDEN,
    403: FetchStatus.FORBIDDEN,
    404: FetchStatus.GONE,
    410: FetchStatus.GONE,
    429: FetchStatus.RATE_LIMITED,
    451: FetchStatus.FORBIDDEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the one who asks can use."""

    accept: str  # the Accept header
    takes_type: Callable[[str | None], bool] = lambda _content_type: True  # told the Content-Type
    otherwise: FetchStatus = FetchStatus.NOT_HTML  # where takes_type says no
    max_bytes: int | None = None
    cut: bool = False  # the first max_bytes will do

    def wants_body(self, http_status: int, content_type: str | None) -> bool:
        """Whether a body is worth reading."""
        return 200 <= http_status < 300 and self.takes_type(content_type)


ROBOTS = Wanted(accept="text/plain,*/*;q=0.1", max_bytes=MAX_ROBOTS_BYTES, cut=True)


class _RefusedError(Exception):
    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.error)


class Client:
    """Asks on behalf of one source, for the length of one run.

    Args:
        transport: sends one request.
        settings: limits and our name.
        pace: says when a host may be asked next.
        delay_seconds: the source's pause between two requests; a longer crawl-delay wins.
    """

    def __init__(self, transport: Transport, settings: Settings, pace: Pace, delay_seconds: float) -> None:
        self._transport = transport
        self._settings = settings
        self._pace = pace
        self._delay_seconds = delay_seconds
        self._rules: dict[str, RobotsRules] = {}
        self._given_up: dict[str, Refusal] = {}
        self._failures: Counter[tuple[str, bool]] = Counter()

    def ask(self, url: str, wanted: Wanted, validators: Validators | None = None) -> Answer:
        """How asking for `url` ended. Whatever the server does, an answer comes back and nothing is raised.

        Args:
            url: absolute; anything but http(s) is refused.
            wanted: what the caller can use.
            validators: ask conditionally; an unchanged page comes back as UNCHANGED without a body.
        """
        return self._follow(url, wanted, validators, obey_robots=True)

    def robots_rules(self, url: str) -> RobotsRules:
        """The rules for the origin of `url`, asked for once."""
        key = origin(url)
        if key not in self._rules:
            answer = self._follow(f"{key}/robots.txt", ROBOTS, None, obey_robots=False)
            rules = RobotsRules(answer)
            if answer.at_connect:  # ask again with the next link, until the host is given up
                return rules
            self._rules[key] = rules
        return self._rules[key]

    def _follow(self, url: str, wanted: Wanted, validators: Validators | None, *, obey_robots: bool) -> Answer:
        redirects: list[str] = []
        requested_at: datetime | None = None
        elapsed_seconds = 0.0
        response: Response | None = None
        error: str | None = None
        at_connect = may_pass = False
        current: str | None = url
        while current is not None:
            asked_at, began = None, 0.0
            try:
                self._refuse(current, obey_robots=obey_robots)
                self._pace.wait(host_key(current), self._delay_for(current))
                asked_at, began = datetime.now(UTC), time.perf_counter()
                response = self._request(current, self._headers(url, current, wanted, validators), wanted)
                current = self._next_hop(url, redirects, response)
                status = _status_of(response, wanted, conditional=bool(validators and validators.request_headers()))
            except _RefusedError as refused:
                status, error, current = refused.refusal.status, refused.refusal.error, None
                may_pass = refused.refusal.may_pass
            except UnsafeAddressError as unsafe:
                status, error, current, asked_at = FetchStatus.UNSAFE_ADDRESS, str(unsafe), None, None
            except RequestFailedError as failed:
                status, error, current, at_connect = failed.status, str(failed), None, failed.at_connect
            if asked_at is not None:
                requested_at = requested_at or asked_at
                elapsed_seconds += time.perf_counter() - began
        if status is FetchStatus.BROKEN_RESPONSE and error is None and response is not None:
            error = f"an answer {response.http_status} that makes no sense here"
        return Answer(
            url=url,
            status=status,
            requested_at=requested_at,
            elapsed_seconds=elapsed_seconds if requested_at else None,
            redirects=tuple(redirects),
            response=response,
            error=error,
            at_connect=at_connect,
            may_pass=may_pass,
        )

    def _refuse(self, url: str, *, obey_robots: bool) -> None:
        """Raises where `url` must not be asked for: its scheme, its host's state, its robots.txt."""
        scheme = urlsplit(url).scheme
        if scheme not in {"http", "https"}:
            raise _RefusedError(Refusal(FetchStatus.UNSAFE_ADDRESS, f"scheme {scheme!r}; only http and https"))
        refusal = self._given_up.get(host_key(url))
        if refusal is None and obey_robots:
            refusal = self.robots_rules(url).refusal(url)
        if refusal is not None:
            raise _RefusedError(refusal)

    def _delay_for(self, url: str) -> float:
        rules = self._rules.get(origin(url))
        crawl_delay_seconds = rules.crawl_delay_seconds if rules else 0.0
        return max(self._delay_seconds, min(crawl_delay_seconds, self._settings.max_crawl_delay_seconds))

    def _headers(self, asked: str, current: str, wanted: Wanted, validators: Validators | None) -> dict[str, str]:
        headers = {"User-Agent": self._settings.user_agent, "Accept": wanted.accept}
        # What one host told us to remember is not told to another.
        if validators is not None and _bare_host(asked) == _bare_host(current):
            headers |= validators.request_headers()
        return headers

    def _request(self, url: str, headers: dict[str, str], wanted: Wanted, *, again: bool = False) -> Response:
        host = host_key(url)
        try:
            response = self._transport.get(
                url, headers, wants_body=wanted.wants_body, max_bytes=wanted.max_bytes, cut=wanted.cut
            )
        except RequestFailedError as failed:
            self._count_failure(host, failed)
            raise
        self._failures.pop((host, True), None)
        self._failures.pop((host, False), None)
        if response.http_status == 429:
            seconds = _retry_after_seconds(response.header("Retry-After"))
            if not again and seconds is not None and seconds <= LONGEST_RETRY_AFTER_SECONDS:
                self._pace.pause(host, seconds)
                self._pace.wait(host, self._delay_for(url))
                return self._request(url, headers, wanted, again=True)
            said = f"Retry-After {response.header('Retry-After')}" if seconds is not None else "no Retry-After"
            self._given_up[host] = Refusal(
                FetchStatus.RATE_LIMITED, f"not asked: {host} answered 429 with {said} in this run", may_pass=True
            )
        return response

    def _count_failure(self, host: str, failed: RequestFailedError) -> None:
        if not failed.at_connect and failed.status is not FetchStatus.TIMED_OUT:
            return
        key = (host, failed.at_connect)
        self._failures[key] += 1
        limit = CONNECT_FAILURES_IN_A_ROW if failed.at_connect else TIMEOUTS_IN_A_ROW
        if self._failures[key] >= limit:
            status = FetchStatus.UNREACHABLE if failed.at_connect else FetchStatus.TIMED_OUT
            what = "connections failed" if failed.at_connect else "responses took too long"
            self._given_up[host] = Refusal(status, f"not asked: {limit} {what} in a row at {host}, the last: {failed}")

    def _next_hop(self, asked: str, redirects: list[str], response: Response) -> str | None:
        """Where a redirect leads, noted in `redirects`; None where the response is none."""
        location = response.header("Location")
        if response.http_status not in REDIRECT_STATUSES or not location:
            return None
        try:
            # Header values are bytes; servers that put other letters in them mean UTF-8.
            target = urldefrag(urljoin(response.url, location.encode("latin-1").decode("utf-8", "replace"))).url
        except ValueError as error:
            raise RequestFailedError(FetchStatus.BROKEN_RESPONSE, f"redirects to {location!r}: {error}") from error
        seen = {asked, *redirects}
        redirects.append(target)
        if leads_to_consent_page(response.url, target):
            raise _RefusedError(Refusal(FetchStatus.CONSENT_WALL, f"redirects to the consent page {target}"))
        if target in seen:
            raise _RefusedError(Refusal(FetchStatus.REDIRECT_LOOP, f"redirects to {target} again"))
        if len(redirects) > self._settings.max_redirects:
            raise _RefusedError(
                Refusal(FetchStatus.REDIRECT_LOOP, f"more than {self._settings.max_redirects} redirects")
            )
        return target


def _status_of(response: Response, wanted: Wanted, *, conditional: bool) -> FetchStatus:
    code = response.http_status
    if 200 <= code < 300:
        return FetchStatus.CAPTURED if response.body is not None else wanted.otherwise
    if code == 304 and conditional:
        return FetchStatus.UNCHANGED
    if 400 <= code < 500:
        return STATUS_OF_CODE.get(code, FetchStatus.CLIENT_ERROR)
    return FetchStatus.SERVER_ERROR if 500 <= code < 600 else FetchStatus.BROKEN_RESPONSE


def _retry_after_seconds(value: str | None) -> float | None:
    """Both forms of Retry-After (RFC 9110, 10.2.3) as seconds from now; None where there is none to read."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        instant = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (instant.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _bare_host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
