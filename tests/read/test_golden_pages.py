"""Each saved page in golden/ reads exactly as the record beside it says.

`<name>.json` holds what is known before reading (`asked`) and what must come out (`record`). How to write the
records anew after a wanted change stands in conftest.py.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.read.reader import PageReading, read_page
from pipeline.sources.model import Source

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.html"))
FETCHED_AT = datetime(2025, 6, 1, 2, 0, tzinfo=UTC)


def read_golden(asked: dict[str, Any], raw: bytes) -> PageReading:
    source = Source.model_validate_json(json.dumps(asked["source"])) if "source" in asked else None
    return read_page(raw, url=asked["url"], fetched_at=FETCHED_AT, content_type=asked["content_type"], source=source)


def record_of(reading: PageReading) -> dict[str, Any]:
    return {
        "status": reading.status.value,
        "reason": reading.reason,
        "canonical_url": reading.canonical_url,
        "headline": reading.headline,
        "headline_source": reading.headline_source,
        "standfirst": reading.standfirst,
        "standfirst_source": reading.standfirst_source,
        "byline": list(reading.byline),
        "byline_source": reading.byline_source,
        "agencies": list(reading.agencies),
        "published": reading.published.as_text() if reading.published else None,
        "published_source": reading.published_source,
        "modified": reading.modified.as_text() if reading.modified else None,
        "modified_source": reading.modified_source,
        "section": reading.section,
        "section_source": reading.section_source,
        "language": reading.language,
        "language_source": reading.language_source,
        "keywords": list(reading.keywords),
        "publisher": reading.publisher,
        "images": [asdict(image) for image in reading.images],
        "is_accessible_for_free": reading.is_accessible_for_free,
        "extractor": reading.extractor,
        "encoding": reading.encoding,
        "body": reading.body.split("\n\n") if reading.body else None,
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_page_reads_as_its_record_says(name: str, regenerate_golden: bool) -> None:
    record_file = GOLDEN / f"{name}.json"
    golden = json.loads(record_file.read_text(encoding="utf-8"))
    found = record_of(read_golden(golden["asked"], (GOLDEN / f"{name}.html").read_bytes()))
    if regenerate_golden and found != golden["record"]:
        text = json.dumps({"asked": golden["asked"], "record": found}, ensure_ascii=False, indent=1)
        record_file.write_text(text + "\n", encoding="utf-8")
        pytest.fail(f"{record_file.name} was written anew: look at it before it is committed")
    assert found == golden["record"]


def test_every_golden_record_has_its_page() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == NAMES
