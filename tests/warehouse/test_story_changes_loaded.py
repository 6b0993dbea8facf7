"""What the load does with stories that became one, were split, or lost an article whose original moved."""

import duckdb
import pytest

from pipeline.dedupe.story_book import EditionStories
from pipeline.handover import write_records
from pipeline.known import open_known
from pipeline.records import StoryChange
from pipeline.warehouse import load_run


def ask(settings, sql):
    with duckdb.connect(str(settings.warehouse_file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def load_with(night, *changes):
    run = night.write()
    write_records(run.stage_file("dedupe", "story_changes"), StoryChange, changes)
    load_run(run)


@pytest.fixture
def second(published, nights):
    return nights.make(published, 2)


def test_all_articles_of_a_merged_story_go_also_those_that_no_stage_looked_at(published, second) -> None:
    second.article("quiet-times", "fair", "A fair was held.", story_id="story-fair")
    load_with(
        second, StoryChange(story_id="story-dock", change="merged", other_story_id="story-fair", reason="likeness")
    )
    assert ask(published, "SELECT DISTINCT story_id FROM story_articles") == [("story-fair",)]
    assert ask(published, "SELECT story_id, article_count, original_count FROM stories") == [("story-fair", 4, 3)]
    assert ask(published, "FROM story_changes") == [("night-2", "story-dock", "merged", "story-fair", "likeness")]


def test_loading_the_run_again_records_its_changes_once(published, second) -> None:
    second.article("quiet-times", "fair", "A fair was held.", story_id="story-fair")
    change = StoryChange(story_id="story-dock", change="merged", other_story_id="story-fair", reason="likeness")
    load_with(second, change)
    load_with(second, change)
    assert ask(published, "SELECT count(*) FROM story_changes") == [(1,)]


def test_an_id_that_a_story_had_once_counts_as_used(published, second, nights) -> None:
    second.article("quiet-times", "fair", "A fair was held.", story_id="story-fair")
    run = second.write()
    change = StoryChange(story_id="story-dock", change="merged", other_story_id="story-fair", reason="likeness")
    write_records(run.stage_file("dedupe", "story_changes"), StoryChange, [change])
    load_run(run)
    with open_known(published.warehouse_file) as known:
        book = EditionStories(known)
        assert book.used(["story-dock", "story-fair", "story-new"]) == {"story-dock", "story-fair"}
        assert book.used([]) == set()
        members = book.members(["story-fair", "story-dock"])
    assert members.keys() == {"story-fair"}
    assert sorted(article == original for article, original in members["story-fair"].items()) == [
        False,
        True,
        True,
        True,
    ]


def test_a_moved_original_takes_its_copies_along(published, second) -> None:
    dock = ask(published, "SELECT article_id FROM articles WHERE canonical_url LIKE '%/dock'")[0][0]
    second.article("quiet-times", "fair", "A fair was held.", story_id="story-fair")
    verdict = second.verdicts[0]
    second.verdicts.append(
        type(verdict)(
            **{**dict.fromkeys(verdict.__slots__), "article_id": dock, "revision": 1, "story_id": "story-new"}
        )
    )
    load_with(second, StoryChange(story_id="story-dock", change="split", other_story_id="story-new", reason="decision"))
    counts = ask(published, "SELECT story_id, article_count FROM stories ORDER BY 1")
    assert counts == [("story-dock", 1), ("story-fair", 1), ("story-new", 2)]
