"""One link dealt with: it ends in one Fetch row, and in a capture where an answer came that is worth keeping.

Of an article that its site divides, the further pages are captured before the first: the first page's record carries
the row that names them all, so that a pass killed in between has no article by halves, and asks the link again.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime

from pipeline.gather.answer import Answer, Validators
from pipeline.gather.archive import CaptureEntry, CaptureWriter
from pipeline.gather.attempts import notes_of
from pipeline.gather.client import Client, Wanted
from pipeline.gather.further_pages import FurtherPages
from pipeline.gather.link_state import ANSWERED, LinkState, asks_again
from pipeline.records import Fetch, FurtherPage, Link, stable_id
from pipeline.statuses import FetchStatus

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
# Without a Content-Type: one of the elements an HTML page begins with, within what a browser looks at.
HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|script|h1|div|p|table)\b", re.IGNORECASE)
SNIFFED_BYTES = 1_445


def takes_html(content_type: str | None) -> bool:
    """Whether a page's Content-Type is HTML, or missing: then the body decides."""
    return content_type is None or media_type(content_type) in HTML_TYPES


def media_type(content_type: str) -> str:
    """`text/html` of `Text/HTML; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


PAGE = Wanted(accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1", takes_type=takes_html)


class PageVisitor:
    """Asks for the links of one pass.

    Args:
        client: asks.
        writer: archives.
        gather_run_id: of this pass.
    """

    def __init__(self, client: Client, writer: CaptureWriter, gather_run_id: str) -> None:
        self._client = client
        self._writer = writer
        self._gather_run_id = gather_run_id

    def visit(self, link: Link, known: LinkState | None, last_capture: CaptureEntry | None) -> Fetch:
        """Ask for one link and archive what is new; of what is unchanged, that it is (a revisit record).

        Args:
            link: what is asked for.
            known: the link after the passes before; None: none has dealt with it.
            last_capture: its last response that was archived whole.
        """
        seen = known if last_capture else None
        validators = Validators(etag=seen.etag, last_modified=seen.last_modified) if seen else None
        answer = judged(self._client.ask(link.url, PAGE, validators))
        if answer.status is FetchStatus.CAPTURED and seen and seen.content_sha256 == answer.content_sha256:
            answer = dataclasses.replace(answer, status=FetchStatus.UNCHANGED)
        fetch = fetch_row(link, answer, known, self._gather_run_id)
        response, requested_at = answer.response, answer.requested_at
        if answer.status not in ANSWERED or response is None or requested_at is None:
            return fetch
        fetch = dataclasses.replace(fetch, capture_id=stable_id(link.url, requested_at.isoformat()))
        if answer.status is FetchStatus.CAPTURED:
            further_pages, problem = self._capture_further_pages(answer, fetch)
            fetch = dataclasses.replace(fetch, further_pages=further_pages, error=problem)
        notes = notes_of(fetch)
        if answer.status is FetchStatus.UNCHANGED and last_capture is not None:
            entry = self._writer.write_revisit(response, requested_at, notes, url=link.url, refers_to=last_capture)
        else:
            entry = self._writer.write(response, requested_at, notes, url=link.url)
        return dataclasses.replace(fetch, warc_file=entry.warc_file, warc_offset=entry.warc_offset)

    def _capture_further_pages(self, first: Answer, fetch: Fetch) -> tuple[tuple[FurtherPage, ...], str | None]:
        """The further pages of an article, archived, and why there are no more of them where one failed."""
        answers = FurtherPages(first, lambda url: judged(self._client.ask(url, PAGE)))
        pages: list[FurtherPage] = []
        for number, answer in enumerate(answers, start=2):
            if answer.response is None or answer.requested_at is None:
                raise ValueError(f"page {number} of {fetch.url} is said to be captured and has no response")
            notes = {"record": FurtherPage.__name__, "first_page_url": fetch.url, "page": number}
            entry = self._writer.write(answer.response, answer.requested_at, notes, url=answer.url)
            pages.append(
                FurtherPage(
                    url=answer.url,
                    capture_id=entry.capture_id,
                    warc_file=entry.warc_file,
                    warc_offset=entry.warc_offset,
                )
            )
        return tuple(pages), answers.problem


def judged(answer: Answer) -> Answer:
    """The answer, as NOT_HTML where it names no type and its body is something else."""
    body = answer.body
    if answer.status is not FetchStatus.CAPTURED or answer.content_type is not None or body is None:
        return answer
    if HTML_START.search(body[:SNIFFED_BYTES]):
        return answer
    return dataclasses.replace(answer, status=FetchStatus.NOT_HTML, error="no Content-Type, and no HTML to see")


def fetch_row(link: Link, answer: Answer, known: LinkState | None, gather_run_id: str) -> Fetch:
    """The link's Fetch row. An unchanged page keeps the validators it was asked with where none came anew."""
    unchanged = known if answer.status is FetchStatus.UNCHANGED else None
    error = answer.error
    if answer.status is FetchStatus.NOT_HTML and error is None:
        error = f"Content-Type {answer.content_type}"
    visited_at = answer.requested_at or datetime.now(UTC)
    return Fetch(
        fetch_id=stable_id(link.source_id, link.url, visited_at.isoformat()),
        gather_run_id=gather_run_id,
        source_id=link.source_id,
        feed_id=link.feed_id,
        url=link.url,
        visited_at=visited_at,
        status=answer.status,
        http_status=answer.http_status,
        requested_at=answer.requested_at,
        elapsed_seconds=answer.elapsed_seconds,
        final_url=answer.final_url,
        redirects=answer.redirects,
        content_type=answer.content_type,
        size_bytes=len(answer.body) if answer.body is not None else None,
        content_sha256=answer.content_sha256 or (unchanged.content_sha256 if unchanged else None),
        etag=answer.etag or (unchanged.etag if unchanged else None),
        last_modified=answer.last_modified or (unchanged.last_modified if unchanged else None),
        capture_id=None,
        warc_file=None,
        warc_offset=None,
        feed_title=link.title,
        feed_published_at=link.published_at,
        feed_published_at_source=link.published_at_source,
        will_be_asked_again=asks_again(known, answer.status, answer.http_status, kept_waiting=answer.may_pass),
        error=error,
    )


def unasked(link: Link, status: FetchStatus, error: str) -> Answer:
    """The answer of a link that is not asked for."""
    return Answer(
        url=link.url,
        status=status,
        requested_at=None,
        elapsed_seconds=None,
        redirects=(),
        response=None,
        error=error,
    )
