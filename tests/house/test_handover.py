from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.handover import parquet_schema, read_records, write_records
from pipeline.records import Article, DedupeVerdict, FeedVisit, Fetch, Link, Mention, stable_id


def link(url: str) -> Link:
    return Link(source_id="s", feed_id=None, url=url, title="Ü", published_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "links.parquet"
    records = [link("http://a.example/"), Link(source_id="s", feed_id="f", url="http://b.example/")]
    assert write_records(path, Link, records) == 2
    assert list(read_records(path, Link)) == records


def test_an_empty_file_has_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    write_records(path, Link, [])
    assert list(read_records(path, Link)) == []


def test_a_failed_write_leaves_the_old_file_and_no_part(tmp_path: Path) -> None:
    path = tmp_path / "links.parquet"
    write_records(path, Link, [link("http://a.example/")])
    broken = Link(source_id="s", feed_id=None, url=7)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(TypeError):
        write_records(path, Link, [broken])
    assert [record.url for record in read_records(path, Link)] == ["http://a.example/"]
    assert [p.name for p in tmp_path.iterdir()] == ["links.parquet"]


@pytest.mark.parametrize("record_type", [Link, FeedVisit, Fetch, Article, DedupeVerdict, Mention])
def test_every_record_has_a_schema(record_type: type) -> None:
    assert len(parquet_schema(record_type)) > 0


def test_ids_are_stable_for_ever() -> None:
    assert stable_id("a", "b") == stable_id("a", "b") == "f04cdced9736a69d"
    assert stable_id("ab") != stable_id("a", "b")
