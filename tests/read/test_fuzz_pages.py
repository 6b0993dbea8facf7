"""Pages that were damaged by chance: reading ends with a status that is no failure, and the text keeps its form.

`DATELINE_FUZZ_MUTATIONS` says how many pages are made; the first ones are the same in every run.
"""

import os
import re
import unicodedata
from datetime import UTC, datetime

from pipeline.read.reader import PageReading, read_page
from pipeline.statuses import ArticleStatus
from tests.read.damaging import mutated

FETCHED_AT = datetime(2025, 6, 1, tzinfo=UTC)
MUTATIONS = int(os.environ.get("DATELINE_FUZZ_MUTATIONS", "800"))
AGAIN_EVERY = 25  # so many pages apart, one is read twice
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")


def fault_of(reading: PageReading) -> str | None:
    """What is wrong with a reading; None where nothing is."""
    if reading.status not in set(ArticleStatus) - {ArticleStatus.QUARANTINED}:
        return f"{reading.status}: {reading.reason}"
    lines = [
        ("headline", reading.headline),
        ("standfirst", reading.standfirst),
        ("section", reading.section),
        ("publisher", reading.publisher),
        *(("byline", name) for name in reading.byline),
        *(("keyword", word) for word in reading.keywords),
        *(("paragraph", part) for part in (reading.body or "x").split("\n\n")),
    ]
    for field, text in lines:
        if text is None:
            continue
        if not text.strip() or text != text.strip():
            return f"{field} is empty or ends in white space: {text!r}"
        if CONTROL.search(text) or "\n" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            return f"{field} holds a control character: {text[:300]!r}"
        if unicodedata.normalize("NFC", text) != text:
            return f"{field} is not NFC: {text[:300]!r}"
    if reading.status == ArticleStatus.NEW and not reading.body:
        return "an article without a text"
    return None


def test_a_page_damaged_by_chance_reads_without_a_failure() -> None:
    faults = []
    for number in range(MUTATIONS):
        raw, url, content_type, source = mutated(number)
        reading = read_page(raw, url=url, fetched_at=FETCHED_AT, content_type=content_type, source=source)
        fault = fault_of(reading)
        if fault is None and number % AGAIN_EVERY == 0:
            again = read_page(raw, url=url, fetched_at=FETCHED_AT, content_type=content_type, source=source)
            fault = None if again == reading else "reads differently the second time"
        if fault:
            faults.append(f"page {number}: {fault}")
    assert not faults, f"{len(faults)} of {MUTATIONS} pages:\n" + "\n".join(faults[:40])
