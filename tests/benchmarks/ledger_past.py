"""A home whose ledger knows many links already: gathering must not become slower with what lies behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from pipeline.gather.archive import CaptureEntry
from pipeline.gather.ledger import open_ledger
from pipeline.records import Fetch, stable_id
from pipeline.settings import Settings
from pipeline.statuses import FetchStatus

DAYS_AGO = 20  # too old to be visited again for revisions, young enough that no edition has made it superfluous
GATHER_RUN_ID = "the-past"


def write_past(settings: Settings, site_urls: dict[str, str], links: int) -> None:
    """Write into the ledger that so many links, divided among the sources, were captured some time ago.

    Args:
        settings: the home.
        site_urls: the address of each source's site, by source_id.
        links: how many in all.
    """
    share = links // len(site_urls)
    with open_ledger(settings) as ledger:
        for source_id, site_url in site_urls.items():
            fetches = list(_fetches(source_id, site_url, share))
            ledger.record(fetches=fetches, captures=_entries(fetches))


def _fetches(source_id: str, site_url: str, count: int) -> Iterator[Fetch]:
    then = datetime.now(UTC) - timedelta(days=DAYS_AGO)
    for number in range(count):
        url = f"{site_url}/news/2025/earlier-report-{number:05d}.html"
        requested_at = then + timedelta(seconds=number)
        sha256 = stable_id(url) * 4
        yield Fetch(
            fetch_id=stable_id(source_id, url, requested_at.isoformat()),
            gather_run_id=GATHER_RUN_ID,
            source_id=source_id,
            feed_id=stable_id(source_id, f"{site_url}/rss.xml"),
            url=url,
            visited_at=requested_at,
            status=FetchStatus.CAPTURED,
            http_status=200,
            requested_at=requested_at,
            elapsed_seconds=0.01,
            final_url=url,
            redirects=(),
            content_type="text/html; charset=utf-8",
            size_bytes=30_000,
            content_sha256=sha256,
            etag=f'"{sha256[:20]}"',
            last_modified=None,
            capture_id=stable_id(url, requested_at.isoformat()),
            warc_file=f"{GATHER_RUN_ID}/{source_id}-1-1.warc.gz",
            warc_offset=number * 9_000,
            feed_title="A report of some time ago that is no longer offered by its feed",
            feed_published_at=requested_at,
            feed_published_at_source="published",
            will_be_asked_again=False,
            error=None,
        )


def _entries(fetches: Sequence[Fetch]) -> Iterator[CaptureEntry]:
    for fetch in fetches:
        yield CaptureEntry(
            capture_id=str(fetch.capture_id),
            source_id=fetch.source_id,
            gather_run_id=fetch.gather_run_id,
            url=fetch.url,
            requested_at=fetch.visited_at,
            record_type="response",
            refers_to=None,
            warc_file=str(fetch.warc_file),
            warc_offset=int(fetch.warc_offset or 0),
            warc_bytes=9_000,
            payload_digest="sha1:" + "A" * 32,
            http_status=fetch.http_status,
            content_type=fetch.content_type,
            size_bytes=fetch.size_bytes,
        )
