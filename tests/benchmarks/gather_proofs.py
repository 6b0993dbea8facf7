"""What must be true of a gathering before its time counts: every page asked for once, archived once, as it was sent."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from loopback_sites import RunningSites

from pipeline.gather.archive import read_capture
from pipeline.gather.ledger import open_ledger
from pipeline.settings import Settings

SAMPLE = 50


class ProofError(Exception):
    """The gathering did not do its work; its figures mean nothing."""


def prove_gathering(figures: dict[str, Any], served: dict[str, Any], *, sites: int, pages: int, again: bool) -> None:
    """Compare what the gathering says with what the server saw.

    Args:
        figures: what `gather_home` printed.
        served: the server's counts since the gathering began.
        sites: how many there are.
        pages: how many all of them offer.
        again: whether the pages had been gathered before: then each is `unchanged` (304).
    """
    counts = Counter(figures["counts"])
    _same("links", counts["links"], pages)
    _same("links that ended as expected", counts["unchanged" if again else "captured"], pages)
    _same("feed visits", counts["feeds"], sites)
    _same("requests for pages at the server", served["page_requests"], pages)
    _same("distinct pages asked for at the server", served["distinct_pages"], pages)
    _same("requests for what there is not", served["unknown"], 0)
    if again:
        _same("answers 304", served["not_modified"], pages + sites)


def prove_archive(settings: Settings, site_server: RunningSites, *, pages: int) -> int:
    """Every page has one capture in the index; a sample is read back and compared, byte by byte, with what was sent.

    Returns:
        How many captures were compared.
    """
    with open_ledger(settings) as ledger:
        rows = ledger.connection.execute(
            "SELECT url, capture_id FROM captures WHERE record_type = 'response' AND gather_run_id <> 'the-past'"
        ).fetchall()
        found = [
            (row["url"], row["capture_id"]) for row in rows if not row["url"].endswith(("/rss.xml", "/robots.txt"))
        ]
        _same("pages in the index of captures", len(found), pages)
        _same("distinct pages in the index of captures", len({url for url, _ in found}), pages)
        chosen = random.Random(pages).sample(sorted(found), min(SAMPLE, pages))
        for url, capture_id in chosen:
            entry = ledger.capture(capture_id)
            if entry is None:
                raise ProofError(f"{url} has no entry in the index")
            parts = urlsplit(url)
            sent = site_server.body(parts.netloc, parts.path)
            if read_capture(settings.captures_folder, entry.warc_file, entry.warc_offset).body != sent:
                raise ProofError(f"{url} was archived otherwise than it was sent")
    site_server.counts()  # what we asked for here is not the gathering's
    return len(chosen)


def _same(what: str, found: int, expected: int) -> None:
    if found != expected:
        raise ProofError(f"{what}: {found}, expected {expected}")
