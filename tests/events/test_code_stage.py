"""The stage: originals in, mentions out, counts that add up, one bad article that never ends the batch."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import batches
from pipeline.events import code_batch, plan_code, stage
from pipeline.events.actors.memory import ActorMemory
from pipeline.events.coders import CodedText, Publication
from pipeline.events.coders.rules import RuleCoder
from pipeline.events.mentions import mention_of
from pipeline.handover import read_records, write_records
from pipeline.records import Article, DedupeVerdict, Mention
from pipeline.runs import Run
from pipeline.settings import Settings
from pipeline.statuses import ArticleStatus
from pipeline.warehouse.event_identity import count_events

NOW = datetime(2013, 11, 15, 12, tzinfo=UTC)
BODY = "Poland expelled two Belarusian diplomats on Tuesday.\n\nThe lake is deep."


def article(name: str, body: str | None = BODY, status: ArticleStatus = ArticleStatus.NEW) -> Article:
    return Article(
        article_id=name,
        revision=1,
        capture_id=f"c-{name}",
        fetch_id=f"f-{name}",
        source_id="paper",
        status=status,
        url=f"http://paper.example/{name}",
        canonical_url=f"http://paper.example/{name}",
        headline="Headline",
        headline_source="json_ld",
        standfirst=None,
        byline=(),
        published_at=NOW,
        published_at_source="json_ld",
        modified_at=None,
        section=None,
        language="en",
        keywords=(),
        publisher="Paper",
        body=body,
        text_sha256="0",
        changed_fields=(),
        fetched_at=NOW,
        extractor="json_ld",
        extractor_version="1",
        error=None,
    )


@pytest.fixture
def make_run(tmp_path: Path) -> Callable[..., Run]:
    def make(articles: list[Article], *, batch_size: int = 2, stories: dict[str, str] | None = None) -> Run:
        settings = Settings(home=tmp_path, code_batch_size=batch_size)
        run = Run(run_id="r1", settings=settings, started_at=NOW)
        write_records(run.stage_file("dedupe", "articles"), Article, articles)
        verdicts = [
            DedupeVerdict(
                article_id=a.article_id,
                revision=a.revision,
                duplicate_of=None,
                matched_article_id=None,
                own_share=None,
                matched_share=None,
                story_id=(stories or {}).get(a.article_id, f"story-{a.article_id}"),
            )
            for a in articles
        ]
        write_records(run.stage_file("dedupe", "verdicts"), DedupeVerdict, verdicts)
        return run

    return make


def rows(run: Run, name: str = "000") -> list[Mention]:
    return list(read_records(run.stage_file("code", f"batch-{name}.out"), Mention))


def test_only_new_and_revised_articles_are_planned(make_run: Callable[..., Run]) -> None:
    every = [article(status.value, status=status) for status in ArticleStatus]
    run = make_run(every, batch_size=100)
    assert plan_code(run) == ["000"]
    planned = {a.status for a in read_records(run.stage_file("code", "batch-000.in"), Article)}
    assert planned == {ArticleStatus.NEW, ArticleStatus.REVISED}


def test_batches_have_the_configured_size_and_lose_nobody(make_run: Callable[..., Run]) -> None:
    run = make_run([article(f"a{n}") for n in range(5)], batch_size=2)
    names = plan_code(run)
    assert names == ["000", "001", "002"]
    ids = [a.article_id for n in names for a in read_records(run.stage_file("code", f"batch-{n}.in"), Article)]
    assert sorted(ids) == [f"a{n}" for n in range(5)]


def test_there_are_never_more_batches_than_airflow_maps_tasks(
    make_run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST_BATCHES", 2)
    run = make_run([article(f"a{n}") for n in range(5)], batch_size=1)
    names = plan_code(run)
    ids = [[a.article_id for a in read_records(run.stage_file("code", f"batch-{n}.in"), Article)] for n in names]
    assert ids == [["a0", "a1", "a2"], ["a3", "a4"]]


def test_every_revision_of_a_run_is_planned(make_run: Callable[..., Run]) -> None:
    first = article("a")
    run = make_run([replace(first, revision=2, status=ArticleStatus.REVISED), first])
    plan_code(run)
    planned = [(a.article_id, a.revision) for a in read_records(run.stage_file("code", "batch-000.in"), Article)]
    assert planned == [("a", 1), ("a", 2)]


def test_a_run_without_articles_has_no_batch(make_run: Callable[..., Run]) -> None:
    assert plan_code(make_run([])) == []


def test_planning_again_removes_batches_that_are_no_more(make_run: Callable[..., Run]) -> None:
    run = make_run([article(f"a{n}") for n in range(4)], batch_size=2)
    for name in plan_code(run):
        code_batch(run, name)
    write_records(run.stage_file("dedupe", "articles"), Article, [article("a0")])
    assert plan_code(run) == ["000"]
    assert [p.name for p in run.stage_files("code", "batch-*")] == ["batch-000.in.parquet"]


def test_a_mention_carries_its_evidence_in_offsets_of_the_body(make_run: Callable[..., Run]) -> None:
    run = make_run([article("a")])
    plan_code(run)
    result = code_batch(run, "000")
    (mention,) = rows(run)
    assert result.counts == {"coded": 1, "no_event": 0, "quarantined": 0, "mentions": 1}
    assert Path(result.path) == run.stage_file("code", "batch-000.out")
    assert BODY[mention.evidence_start : mention.evidence_end] == "Poland expelled two Belarusian diplomats on Tuesday."
    assert mention.actor_start is not None
    assert BODY[mention.actor_start : mention.actor_end] == mention.actor_text == "Poland"
    assert (mention.event_type, mention.actor_country_code, mention.event_date_value) == (
        "SANCTION",
        "POL",
        "2013-11-12",
    )
    assert mention.event_date_precision == "day"
    assert mention.coder == "rules"


def test_articles_without_text_or_event_are_counted(make_run: Callable[..., Run]) -> None:
    run = make_run([article("a", "The lake is deep."), article("b", None), article("c")], batch_size=9)
    plan_code(run)
    assert code_batch(run, "000").counts["no_event"] == 2


def test_coding_a_batch_again_gives_the_same_rows(make_run: Callable[..., Run]) -> None:
    run = make_run([article("a"), article("b")])
    plan_code(run)
    first_result = code_batch(run, "000")
    first = rows(run)
    assert code_batch(run, "000") == first_result
    assert rows(run) == first


def test_each_article_brings_a_mention_of_its_own(make_run: Callable[..., Run]) -> None:
    other = "WARSAW - Two Belarusian diplomats were expelled by Poland, the ministry said."
    run = make_run([article("a"), article("b", other)], stories={"a": "s", "b": "s"})
    plan_code(run)
    assert code_batch(run, "000").counts["mentions"] == 2
    assert len({mention.mention_id for mention in rows(run)}) == 2
    assert count_events(run) == 1, "of one story"


def test_an_article_that_fails_is_set_aside_with_its_reason(
    make_run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(RuleCoder):
        def code_with_memory(self, text: str, publication: Publication, memory: ActorMemory) -> CodedText:
            if "POISON" in text:
                raise RuntimeError("the parser broke")
            return super().code_with_memory(text, publication, memory)

    run = make_run([article("a", "POISON"), article("b")])
    plan_code(run)
    monkeypatch.setattr(stage, "find_coder", lambda name: Failing())
    counts = code_batch(run, "000").counts
    assert (counts["quarantined"], counts["coded"]) == (1, 1)
    (line,) = stage.quarantine_file(run, "000").read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert (kept["article_id"], kept["revision"]) == ("a", 1)
    assert kept["error"] == "RuntimeError: the parser broke"
    monkeypatch.setattr(stage, "find_coder", lambda name: RuleCoder())
    code_batch(run, "000")
    assert not stage.quarantine_file(run, "000").exists()


def test_a_revision_has_its_own_mentions_of_the_same_event() -> None:
    first = article("a")
    second = replace(first, revision=2)
    coder = RuleCoder()
    (event,) = coder.code(BODY, Publication(published_at=NOW))
    one, two = (mention_of(event, a, coder) for a in (first, second))
    assert one.event_id == two.event_id
    assert one.mention_id != two.mention_id


def test_a_mention_says_in_which_region_its_place_lies(make_run: Callable[..., Run]) -> None:
    body = "Police arrested three men in Edinburgh on Tuesday.\n\nPolice arrested two men in France on Tuesday."
    run = make_run([article("a", body)])
    code_batch(run, *plan_code(run))
    found = {(m.place_name, m.place_region, m.place_region_code) for m in rows(run)}
    assert found == {("Edinburgh", "Scotland", "GB-SCT"), ("France", None, None)}
