"""Stories over nights, through the stage, the load and the published edition."""

from datetime import timedelta

import duckdb
import pytest

from pipeline.decisions import STORY_SPLITS, new_split
from pipeline.dedupe.stage import dedupe_run
from pipeline.events.stage import plan_code
from pipeline.handover import write_records
from pipeline.records import Mention
from pipeline.runs import Run
from pipeline.warehouse import check_run, load_run, publish_run
from tests.dedupe.story_reports import others, running_stories
from tests.dedupe.test_story_nights import BOTH, FISH, SMOKE


def ask(settings, sql):
    with duckdb.connect(str(settings.current_edition_file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def tell(settings, nights):
    """One night with these reports (name: (headline, text)), from reading to publishing."""

    def publish(number: int, reports: dict[str, tuple[str, str]]) -> Run:
        night = nights.make(settings, number)
        for name, (headline, body) in reports.items():
            at = night.run.started_at - timedelta(minutes=len(reports))
            article = night.article("wire-post", name, body, headline=headline, published_at=at)
            assert article.body
        run = night.write()
        dedupe_run(run)
        for batch in plan_code(run):
            write_records(run.stage_file("code", f"batch-{batch}.out"), Mention, [])
        load_run(run)
        check_run(run)
        publish_run(run)
        return run

    return publish


def stories(settings):
    rows = ask(settings, "SELECT canonical_url, story_id FROM story_articles JOIN articles USING (article_id)")
    return {url.rsplit("/", 1)[1]: story for url, story in rows}


def elsewhere():
    return {text.article_id: (text.headline, text.body) for text in others("quake-tashkur")}


def test_two_stories_become_one_in_the_edition_and_the_run_is_on_record(settings, tell) -> None:
    tell(1, elsewhere() | {"smoke": SMOKE, "fish": FISH})
    before = stories(settings)
    assert before["smoke"] != before["fish"]
    also = (
        "Burst tank at Ardal works killed the Wenlow trout",
        "Black smoke at Lower Bray and four thousand dead trout at Wenlow weir: anglers and the Ardal works agree.",
    )
    tell(2, {"both": BOTH, "also": also})
    after = stories(settings)
    assert len({after[name] for name in ("smoke", "fish", "both", "also")}) == 1
    (run_id, gone, change, into, reason), *more = ask(settings, "FROM story_changes")
    assert (run_id, change, reason, more) == ("night-2", "merged", "likeness", [])
    assert {gone, into} == {before["smoke"], before["fish"]}
    assert ask(settings, f"SELECT count(*) FROM stories WHERE story_id = '{gone}'") == [(0,)]
    assert {name: after[name] for name in elsewhere()} == {name: before[name] for name in elsewhere()}


def test_a_split_decided_today_holds_in_the_editions_of_the_following_nights(settings, tell) -> None:
    quake = {t.article_id: (t.headline, t.body) for t in running_stories()[0] if t.article_id in {"q1", "q2", "q3"}}
    tell(1, elsewhere() | {"q1": quake["q1"], "q2": quake["q2"]})
    before = stories(settings)
    assert before["q1"] == before["q2"]
    ids = {
        name: ask(settings, f"SELECT article_id FROM articles WHERE canonical_url LIKE '%/{name}'")[0][0]
        for name in quake
        if name != "q3"
    }
    decision = new_split(
        decided_at=tell(2, {}).started_at,
        scope="story",
        story_id=before["q1"],
        moved=[ids["q2"]],
        apart_from=[ids["q1"]],
        reason=None,
    )
    STORY_SPLITS.record(settings, decision)
    tell(3, {"q3": quake["q3"]})
    after = stories(settings)
    assert after["q1"] == before["q1"] != after["q2"]
    changes = ask(settings, "SELECT run_id, story_id, change, other_story_id, reason FROM story_changes")
    assert changes == [("night-3", before["q1"], "split", after["q2"], "decision")]
    tell(30, {"late": ("Carnival", "Samba schools paraded in the rain.")})
    assert {name: stories(settings)[name] for name in after} == after
    assert len(ask(settings, "FROM story_changes")) == 1


def test_a_copy_that_comes_weeks_later_is_in_its_original_s_story(settings, tell) -> None:
    body = " ".join(
        f"The council of ward {n} voted on the drainage plan after {n * 3} residents spoke." for n in range(12)
    )
    tell(1, {"first": ("Drains", body)})
    tell(20, {"copy": ("Drains, again", body)})
    assert stories(settings)["copy"] == stories(settings)["first"]
    assert ask(settings, "SELECT article_count, original_count, source_count FROM stories") == [(2, 1, 1)]
