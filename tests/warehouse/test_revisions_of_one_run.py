"""Several revisions of one article that arrive in one run: what is current, what is counted, what is withdrawn."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from pipeline.dedupe.stage import dedupe_run
from pipeline.errors import AccountingError, PermanentError
from pipeline.events import plan_code
from pipeline.handover import write_records
from pipeline.known import open_known
from pipeline.read.revision import as_revision
from pipeline.records import Article, FeedVisit, Fetch, Mention
from pipeline.runs import write_run
from pipeline.warehouse import check_run, load_run, publish_run, query_edition

NIGHT = datetime(2024, 3, 4, 2, 0, tzinfo=UTC)
MARCH = "Dock workers marched in Cork on Sunday.\n\nThe union called it a success."
MARCH_AND_TALKS = "Dock workers marched in Cork on Sunday.\n\nThe prime minister met union leaders on Monday."
TALKS = "The prime minister met union leaders on Monday.\n\nNo march took place."


def ask(settings, sql):
    with duckdb.connect(str(settings.warehouse_file), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(sql).fetchall()


def revisions(night, texts, *, source_id="wire-post", page="march", hours=6):
    """The captures of one page, some hours apart, with a report of the march or of the talks where the text has it."""
    for number, text in enumerate(texts, start=1):
        article = night.article(
            source_id,
            page,
            text,
            status="new" if number == 1 else "revised",
            revision=number,
            at=night.run.started_at - timedelta(hours=hours * (len(texts) - number)),
            published_at=NIGHT - timedelta(days=2) + timedelta(hours=number),
        )
        if "workers marched" in text:
            night.mention(article, "e1e1e1e1e1e1e1e1", "marched", actor="Dock workers")
        if "met" in text:
            sides = {"actor": "The prime minister", "recipient": "union leaders"}
            sides |= {"event_type": "CONSULT", "event_mode": "meet", "quad_class": 1, "cameo_root": "04"}
            night.mention(article, "e2e2e2e2e2e2e2e2", "met", sentence_index=1, **sides)
    return night


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, nights):
    settings = nights.settings_in(tmp_path_factory.mktemp("loaded"))
    night = nights.make(settings, 1)
    night.visit("wire-post")
    load_run(revisions(night, [MARCH, MARCH_AND_TALKS, TALKS]).write())
    check_run(night.run)
    return settings


def test_the_newest_revision_is_current_and_the_earliest_was_seen_first(loaded):
    sql = "SELECT current_revision, first_seen_at, last_seen_at, last_revised_run_id FROM articles"
    assert ask(loaded, sql) == [(3, NIGHT - timedelta(hours=12), NIGHT, "night-1")]
    texts = "SELECT revision, body FROM article_revisions ORDER BY revision"
    assert ask(loaded, texts) == [(1, MARCH), (2, MARCH_AND_TALKS), (3, TALKS)]
    assert ask(loaded, "SELECT status, count(*) FROM fetches WHERE kind = 'page' GROUP BY ALL ORDER BY 1") == [
        ("new", 1),
        ("revised", 2),
    ]


def test_mentions_of_all_revisions_are_kept_and_those_of_the_current_one_count(loaded):
    assert ask(loaded, "SELECT revision, event_id[:2] FROM event_mentions ORDER BY ALL") == [
        (1, "e1"),
        (2, "e1"),
        (2, "e2"),
        (3, "e2"),
    ]
    sql = "SELECT mention_count, article_count, first_reported_at FROM events WHERE event_id LIKE 'e2%'"
    assert ask(loaded, sql) == [(1, 1, NIGHT - timedelta(days=2) + timedelta(hours=3))]
    assert ask(loaded, "SELECT event_id[:2], article_id = evidence_article_id FROM event_articles") == [("e2", True)]


def test_an_event_that_was_taken_back_within_the_run_is_there_and_withdrawn(loaded):
    sql = """SELECT event_type, mention_count, article_count, source_count, withdrawn_run_id, first_reported_at
        FROM events WHERE event_id LIKE 'e1%'"""
    second = NIGHT - timedelta(days=2) + timedelta(hours=2)  # the last text that reported it
    assert ask(loaded, "SELECT count(*) FROM events") == [(2,)]
    assert ask(loaded, sql) == [("PROTEST", 0, 0, 0, "night-1", second)]
    assert ask(loaded, "SELECT name, event_count, mention_count FROM actors WHERE name = 'Dock workers'") == [
        ("Dock workers", 0, 0)
    ]


def test_one_run_with_all_captures_leaves_what_a_run_for_each_would_have(settings, nights, tmp_path):
    one = nights.make(settings, 3)
    one.visit("wire-post")
    load_run(revisions(one, [MARCH, MARCH_AND_TALKS, TALKS], hours=24).write())

    apart = nights.settings_in(tmp_path / "apart")
    whole = revisions(nights.make(apart, 3), [MARCH, MARCH_AND_TALKS, TALKS], hours=24)
    for number in (1, 2, 3):
        night = nights.make(apart, number)
        night.visit("wire-post")
        night.fetches, night.articles, night.verdicts = (
            [rows[number - 1]] for rows in (whole.fetches, whole.articles, whole.verdicts)
        )
        night.mentions = [m for m in whole.mentions if m.revision == number]
        nights.publish(night)

    same = {
        "article_revisions": "* EXCLUDE (run_id)",
        "articles": "* EXCLUDE (first_run_id, last_revised_run_id)",
        "events": "* EXCLUDE (withdrawn_run_id)",
        "event_mentions": "* EXCLUDE (run_id)",
        "actors": "*",
        "stories": "*",
        "links": "* EXCLUDE (last_run_id)",
    }
    for table, columns in same.items():
        sql = f"SELECT {columns} FROM {table} ORDER BY ALL"
        assert ask(settings, sql) == ask(apart, sql), table


def test_a_known_article_goes_on_from_its_stored_revision(published, nights):
    second = nights.make(published, 2)
    second.visit("harbour-gazette")
    for hours, revision, text in ((-12, 2, "A second text about the docks."), (0, 3, nights.dock_text)):
        at = second.run.started_at + timedelta(hours=hours)
        second.article("harbour-gazette", "dock", text, status="revised", revision=revision, at=at)
    run = second.write()
    load_run(run)
    check_run(run)
    sql = "SELECT current_revision, first_seen_at FROM articles WHERE canonical_url LIKE '%/dock'"
    assert ask(published, sql) == [(3, NIGHT + timedelta(seconds=1))]


def test_a_copy_that_was_an_original_at_first_is_a_copy_in_all_its_revisions(settings, nights):
    night = nights.make(settings, 1)
    night.visit("wire-post")
    original = night.article("harbour-gazette", "march", MARCH, at=NIGHT - timedelta(hours=8))
    for revision, text in ((1, TALKS), (2, MARCH)):
        night.article(
            "wire-post",
            "copy",
            text,
            status="duplicate",
            revision=revision,
            duplicate_of=original.article_id,
            at=NIGHT - timedelta(hours=3 - revision),
        )
    load_run(night.write())
    check_run(night.run)
    sql = "SELECT current_revision, duplicate_of FROM articles WHERE source_id = 'wire-post'"
    assert ask(settings, sql) == [(2, original.article_id)]


def edit(night, index, **changes):
    night.articles[index] = replace(night.articles[index], **changes)
    verdict = {name: changes[name] for name in ("revision",) if name in changes}
    night.verdicts[index] = replace(night.verdicts[index], **verdict)


@pytest.mark.parametrize(
    ("index", "changes", "says"),
    [
        (2, {"revision": 2}, "article revisions stored twice"),
        (2, {"revision": 4}, "a revision missing between two others"),
        (1, {"fetched_at": NIGHT - timedelta(days=9)}, "not in the order in which they were fetched"),
    ],
)
def test_revisions_that_do_not_follow_each_other_stop_the_load(settings, nights, index, changes, says):
    night = nights.make(settings, 1)
    night.visit("wire-post")
    revisions(night, [MARCH, MARCH_AND_TALKS, TALKS]).mentions.clear()
    edit(night, index, **changes)
    with pytest.raises(AccountingError, match=says):
        load_run(night.write())


def test_revisions_that_do_not_follow_the_stored_one_stop_the_load(published, nights):
    late = nights.make(published, 2)
    late.visit("harbour-gazette")
    for hours, revision in ((-2, 3), (-1, 4)):
        at = late.run.started_at + timedelta(hours=hours)
        late.article("harbour-gazette", "dock", f"Text {revision}.", status="revised", revision=revision, at=at)
    with pytest.raises(PermanentError, match=r"read against an older edition.* revision 3, stored_revision 1"):
        load_run(late.write())


def test_different_verdicts_on_one_article_stop_the_load(settings, nights):
    night = nights.make(settings, 1)
    night.visit("wire-post")
    revisions(night, [MARCH, TALKS]).mentions.clear()
    night.verdicts[0] = replace(night.verdicts[0], story_id="another")
    with pytest.raises(AccountingError, match="revisions have different verdicts"):
        load_run(night.write())


def test_of_two_revisions_only_the_one_the_coder_failed_on_is_counted_as_failed(settings, nights):
    night = nights.make(settings, 1)
    night.visit("wire-post")
    run = revisions(night, [MARCH, TALKS]).write()
    failed = f'{{"article_id": "{night.articles[0].article_id}", "revision": 1, "url": "", "error": "for the test"}}\n'
    (run.folder / "code" / "batch-000.quarantine.jsonl").write_text(failed)
    load_run(run)
    sql = "SELECT status, count FROM run_counts WHERE stage = 'code' AND status IN ('coded', 'quarantined') ORDER BY 1"
    assert ask(settings, sql) == [("coded", 1), ("quarantined", 1)]


def captures_of_two_pages(nights, settings, seed):
    """Captures of two pages whose texts change now and then, with their fetches, in order of time."""
    chance = random.Random(seed)
    night = nights.make(settings, 9)
    for hour in range(8):
        page = chance.choice(["one", "two"])
        text = chance.choice([MARCH, MARCH_AND_TALKS, TALKS])
        night.article("wire-post", page, text, at=NIGHT + timedelta(hours=hour))
    return list(zip(night.fetches, night.articles, strict=True)), chance


def process(nights, settings, number, captures, chance):
    """One run from what was read on: batches in any order, dedupe, no events, load, check, publish."""
    night = nights.make(settings, number)
    run = night.run
    write_run(run)
    chance.shuffle(captures)
    with open_known(settings.current_edition_file) as known:
        before = known.articles([article.article_id for _, article in captures])
    read = [as_revision(article, before.get(article.article_id)) for _, article in captures]
    batches = [read[::2], read[1::2]]
    write_records(run.stage_file("gather", "collected.fetches"), Fetch, [fetch for fetch, _ in captures])
    write_records(run.stage_file("gather", "collected.feeds"), FeedVisit, [night.visit("wire-post")])
    for name, batch in enumerate(batches):
        write_records(run.stage_file("read", f"batch-{name:03d}.out"), Article, batch)
    dedupe_run(run)
    for name in plan_code(run):
        write_records(run.stage_file("code", f"batch-{name}.out"), Mention, [])
    load_run(run)
    check_run(run)
    publish_run(run)


@pytest.mark.parametrize("seed", range(2))
def test_neither_order_nor_batches_nor_runs_change_what_is_stored(nights, tmp_path, seed):
    stored = []
    for runs in (1, 2):
        settings = nights.settings_in(tmp_path / f"{runs}")
        captures, chance = captures_of_two_pages(nights, settings, seed)
        cut = chance.randint(1, 7) if runs == 2 else 8
        process(nights, settings, 1, captures[:cut], chance)
        if captures[cut:]:
            process(nights, settings, 2, captures[cut:], chance)
        columns = ", ".join(f.name for f in fields(Article) if f.name not in ("status", "canonical_url", "error"))
        stored.append(query_edition(settings, f"SELECT {columns} FROM article_revisions ORDER BY ALL").rows)
    assert stored[0] == stored[1]
    assert len(stored[0]) >= 2
