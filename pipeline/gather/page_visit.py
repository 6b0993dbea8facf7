"""One link visited: the answer becomes the link's one Fetch row, and a capture where it is new to us."""

from __future__ import annotations

import dataclasses
import re

from pipeline.gather.answer import Answer, Validators
from pipeline.gather.archive import CaptureWriter
from pipeline.gather.attempts import notes_of
from pipeline.gather.client import Client, Wanted
from pipeline.known import KnownPage
from pipeline.records import Fetch, Link, stable_id
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


def visit_page(
    client: Client, writer: CaptureWriter, link: Link, known: KnownPage | None, run_id: str
) -> tuple[Fetch, Answer]:
    """Ask for one link and archive what is new.

    Args:
        client: asks.
        writer: archives.
        link: what is asked for.
        known: what the last answer for it left behind, None where there was none.
        run_id: of this run.
    """
    validators = Validators(etag=known.etag, last_modified=known.last_modified) if known else None
    answer = judged(client.ask(link.url, PAGE, validators))
    if answer.status is FetchStatus.CAPTURED and known and known.content_sha256 == answer.content_sha256:
        answer = dataclasses.replace(answer, status=FetchStatus.UNCHANGED)
    fetch = fetch_row(link, answer, known, run_id)
    if answer.status is FetchStatus.CAPTURED and answer.response and answer.requested_at:
        place = writer.write(answer.response, answer.requested_at, notes_of(fetch))
        fetch = dataclasses.replace(fetch, **place._asdict())
    return fetch, answer


def judged(answer: Answer) -> Answer:
    """The answer, as NOT_HTML where it names no type and its body is something else."""
    body = answer.body
    if answer.status is not FetchStatus.CAPTURED or answer.content_type is not None or body is None:
        return answer
    if HTML_START.search(body[:SNIFFED_BYTES]):
        return answer
    return dataclasses.replace(answer, status=FetchStatus.NOT_HTML, error="no Content-Type, and no HTML to see")


def fetch_row(link: Link, answer: Answer, known: KnownPage | None, run_id: str) -> Fetch:
    """The link's Fetch row. An unchanged page keeps the validators it was asked with where none came anew."""
    captured = answer.status is FetchStatus.CAPTURED
    unchanged = known if answer.status is FetchStatus.UNCHANGED else None
    error = answer.error
    if answer.status is FetchStatus.NOT_HTML and error is None:
        error = f"Content-Type {answer.content_type}"
    return Fetch(
        fetch_id=stable_id(run_id, link.source_id, link.url),
        run_id=run_id,
        source_id=link.source_id,
        feed_id=link.feed_id,
        url=link.url,
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
        capture_id=stable_id(link.url, answer.requested_at.isoformat()) if captured and answer.requested_at else None,
        warc_file=None,
        warc_offset=None,
        feed_title=link.title,
        feed_published_at=link.published_at,
        error=error,
    )
