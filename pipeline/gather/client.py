"""Asks for URLs the way a well-behaved visitor does: robots.txt, pace, redirects by hand, and knowing when to stop.

When a host is left alone, and for how long, is said in `holds`; the pace keeps it, so that all processes know. A hold
of up to `longest_hold_wait_seconds` is waited for; one that is longer ends the links as "not asked", without
requested_at and with `may_pass`, in the status of the hold's cause. An answer that asks us to wait so short a time
(429 or 503 with Retry-After) is asked for once more.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from pipeline.gather.addresses import MAX_URL_CHARACTERS, UnsafeAddressError, checked_url
from pipeline.gather.answer import Answer, Validators
from pipeline.gather.failures import RequestFailedError, in_few_words
from pipeline.gather.holds import Streaks, asked_to_wait, hold_reason, refusal_of
from pipeline.gather.pace import HeldError, Pace
from pipeline.gather.robots import MAX_ROBOTS_BYTES, Refusal, RobotsRules
from pipeline.gather.transport import Reading, Response, Transport
from pipeline.gather.urls import host_key, origin
from pipeline.gather.walls import MAX_WALL_BYTES, TELLING_STATUSES, wall_behind, wall_in
from pipeline.settings import Settings
from pipeline.statuses import FetchStatus

REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
CONDITIONAL_HEADERS = frozenset({"If-None-Match", "If-Modified-Since"})
NO_PAGE_STATUSES = frozenset({204, 205, 206})  # 206: a part, though we asked for the whole
STATUS_OF_CODE = {
    403: FetchStatus.FORBIDDEN,
    404: FetchStatus.GONE,
    410: FetchStatus.GONE,
    429: FetchStatus.RATE_LIMITED,
    451: FetchStatus.FORBIDDEN,
}
REFUSAL = Reading(max_bytes=MAX_WALL_BYTES, cut=True, needed=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the one who asks can use."""

    accept: str  # the Accept header
    takes_type: Callable[[str | None], bool] = lambda _content_type: True  # told the Content-Type
    otherwise: FetchStatus = FetchStatus.NOT_HTML  # where takes_type says no
    max_bytes: int | None = None
    cut: bool = False  # the first max_bytes will do

    def reading(self, http_status: int, content_type: str | None) -> Reading | None:
        """How a body is to be read: in full where it is what was asked for, a little of what may be a wall."""
        if 200 <= http_status < 300:
            wanted = http_status not in NO_PAGE_STATUSES and self.takes_type(content_type)
            return Reading(max_bytes=self.max_bytes, cut=self.cut) if wanted else None
        if http_status in TELLING_STATUSES and "html" in (content_type or "html").lower():
            return REFUSAL
        return None


ROBOTS = Wanted(accept="text/plain,*/*;q=0.1", max_bytes=MAX_ROBOTS_BYTES, cut=True)


class _RefusedError(Exception):
    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.error)


@dataclass(slots=True)
class _Trip:
    """One question with its redirects, while it is under way."""

    url: str
    wanted: Wanted
    validators: Validators | None
    obey_robots: bool
    requested_at: datetime | None = None
    elapsed_seconds: float = 0.0
    redirects: list[str] = field(default_factory=list)
    response: Response | None = None


class Client:
    """Asks on behalf of one source, for the length of one pass.

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
        self._streaks = Streaks()

    def ask(self, url: str, wanted: Wanted, validators: Validators | None = None) -> Answer:
        """How asking for `url` ended. Whatever the server does, an answer comes back and nothing is raised.

        Args:
            url: absolute; anything but http(s) is refused.
            wanted: what the caller can use.
            validators: ask conditionally; an unchanged page comes back as UNCHANGED without a body.
        """
        return self._follow(_Trip(url, wanted, validators, obey_robots=True))

    def robots_rules(self, url: str) -> RobotsRules:
        """The rules for the origin of `url`, asked for once."""
        key = origin(url)
        if key not in self._rules:
            answer = self._follow(_Trip(f"{key}/robots.txt", ROBOTS, None, obey_robots=False))
            rules = RobotsRules(answer)
            if answer.at_connect:  # ask again with the next link, until the host is on hold
                return rules
            self._rules[key] = rules
        return self._rules[key]

    def _follow(self, trip: _Trip) -> Answer:
        status, error = FetchStatus.BROKEN_RESPONSE, None
        at_connect = may_pass = False
        current: str | None = trip.url
        try:
            while current is not None:
                self._refuse(current, obey_robots=trip.obey_robots)
                trip.response = self._request(trip, current)
                current = self._next_hop(trip, trip.response)
                if current is None:
                    status, error = _judged(trip.response, trip.wanted)
        except _RefusedError as refused:
            status, error, may_pass = refused.refusal.status, refused.refusal.error, refused.refusal.may_pass
        except UnsafeAddressError as unsafe:
            status, error = FetchStatus.UNSAFE_ADDRESS, in_few_words(str(unsafe))
        except RequestFailedError as failed:
            status, error, at_connect = failed.status, str(failed), failed.at_connect
        response = trip.response
        if response is not None and response.body is not None and status is not FetchStatus.CAPTURED:
            response = dataclasses.replace(response, body=None)  # a wall is nobody's page
        return Answer(
            url=trip.url,
            status=status,
            requested_at=trip.requested_at,
            elapsed_seconds=trip.elapsed_seconds if trip.requested_at else None,
            redirects=tuple(trip.redirects),
            response=response,
            error=error,
            at_connect=at_connect,
            may_pass=may_pass,
        )

    def _refuse(self, url: str, *, obey_robots: bool) -> None:
        """Raises where `url` must not be asked for: the URL itself, a hold on its host, its robots.txt."""
        checked_url(url)
        self._refuse_held(host_key(url))
        if obey_robots:
            asked_before = origin(url) in self._rules
            refusal = self.robots_rules(url).refusal(url)
            if refusal is not None:
                raise _RefusedError(refusal)
            if not asked_before:  # robots.txt may have been one failure too many
                self._refuse_held(host_key(url))

    def _refuse_held(self, host: str) -> None:
        hold = self._pace.held(host)
        if hold is not None and hold.seconds > self._settings.longest_hold_wait_seconds:
            raise _RefusedError(refusal_of(hold))

    def _delay_for(self, url: str) -> float:
        rules = self._rules.get(origin(url))
        crawl_delay_seconds = rules.crawl_delay_seconds if rules else 0.0
        return max(self._delay_seconds, min(crawl_delay_seconds, self._settings.max_crawl_delay_seconds))

    def _headers(self, trip: _Trip, current: str) -> dict[str, str]:
        headers = {"User-Agent": self._settings.user_agent, "Accept": trip.wanted.accept}
        # What one host told us to remember is not told to another.
        if trip.validators is not None and _bare_host(trip.url) == _bare_host(current):
            headers |= trip.validators.request_headers()
        return headers

    def _request(self, trip: _Trip, url: str, *, again: bool = False) -> Response:
        """One answer, once more where it asks us to wait for as long as we are ready to."""
        host = host_key(url)
        response = self._take_turn(trip, url, host)
        wall = wall_in(response) if response.http_status in {429, 503} else None
        told = asked_to_wait(response.http_status, response.header("Retry-After"), host, self._settings, again=again)
        if told is not None:
            seconds, reason = told
            self._streaks.answered(host)
            self._pace.hold(host, seconds, reason if wall is None else hold_reason(wall.status, wall.words))
            hold = self._pace.held(host)
            short = hold is None or hold.seconds <= self._settings.longest_hold_wait_seconds
            return self._request(trip, url, again=True) if short and not again and wall is None else response
        if response.http_status >= 500 and response.http_status != 999 and wall is None:
            self._hold(host, self._streaks.server_error(host, response.http_status))
        else:
            self._streaks.answered(host)
        return response

    def _take_turn(self, trip: _Trip, url: str, host: str) -> Response:
        with self._turn(host, self._delay_for(url)):
            asked_at, began = datetime.now(UTC), time.perf_counter()
            try:
                response = self._transport.get(url, self._headers(trip, url), reading=trip.wanted.reading)
            except RequestFailedError as failed:
                trip.requested_at = trip.requested_at or asked_at
                trip.elapsed_seconds += time.perf_counter() - began
                self._hold(host, self._streaks.failed(host, failed))
                raise
            trip.requested_at = trip.requested_at or asked_at
            trip.elapsed_seconds += time.perf_counter() - began
            return response

    @contextmanager
    def _turn(self, host: str, delay_seconds: float) -> Iterator[None]:
        try:
            with self._pace.turn(host, delay_seconds):
                yield
        except HeldError as held:
            raise _RefusedError(refusal_of(held.hold)) from held

    def _hold(self, host: str, reason: str | None) -> None:
        if reason is not None:
            self._pace.hold(host, self._settings.failed_host_hold_seconds, reason)

    def _next_hop(self, trip: _Trip, response: Response) -> str | None:
        """Where a redirect leads, noted in the trip; None where the response is none."""
        location = response.header("Location")
        if response.http_status not in REDIRECT_STATUSES or not location:
            return None
        target = _target(response.url, location)
        seen = {trip.url, *trip.redirects}
        trip.redirects.append(target)
        wall = wall_behind(response.url, target)
        if wall is not None:
            raise _RefusedError(Refusal(*wall))
        if target in seen:
            raise _RefusedError(Refusal(FetchStatus.REDIRECT_LOOP, f"redirects to {target} again"))
        if len(trip.redirects) > self._settings.max_redirects:
            raise _RefusedError(
                Refusal(FetchStatus.REDIRECT_LOOP, f"more than {self._settings.max_redirects} redirects")
            )
        return target


def _judged(response: Response, wanted: Wanted) -> tuple[FetchStatus, str | None]:
    """The status of the last response, and in words what the status alone does not say."""
    code = response.http_status
    wall = wall_in(response)
    if wall is not None:
        return wall.status, in_few_words(wall.words)
    if 200 <= code < 300 and code not in NO_PAGE_STATUSES:
        return (FetchStatus.CAPTURED if response.body is not None else wanted.otherwise), None
    if code == 304 and CONDITIONAL_HEADERS & {name for name, _ in response.request_headers}:
        return FetchStatus.UNCHANGED, None
    if 400 <= code < 500:
        return STATUS_OF_CODE.get(code, FetchStatus.CLIENT_ERROR), None
    if 500 <= code < 600:
        return FetchStatus.SERVER_ERROR, None
    return FetchStatus.BROKEN_RESPONSE, f"an answer {code} that makes no sense here"


def _target(base_url: str, location: str) -> str:
    """The absolute URL that a Location header names (RFC 9110, 10.2.2), without its fragment.

    Raises:
        RequestFailedError: broken_response: it names none.
    """
    # Header values are bytes; servers that put other letters in them mean UTF-8.
    text = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    if len(text) > MAX_URL_CHARACTERS or not text.isprintable():
        words = f"redirects to a URL of {len(text)} characters: {text[:80]}"
        raise RequestFailedError(FetchStatus.BROKEN_RESPONSE, words)
    try:
        return urldefrag(urljoin(base_url, text)).url
    except ValueError as error:
        raise RequestFailedError(FetchStatus.BROKEN_RESPONSE, f"redirects to {text!r}: {error}") from error


def _bare_host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
