"""`dateline stories ...` as a person types it: answers, exit codes, and what is decided."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline import cli_stories
from pipeline.cli_stories import stories_app
from pipeline.decisions import STORY_SPLITS
from pipeline.errors import ConfigurationError, NoEditionError
from pipeline.settings import Settings

STORY = "story-ferry"
FERRY = "The ferry to Skarn ran aground at dusk. All forty passengers were brought ashore. The pilot was heard."
MILL = "A mill at Skarn burned down at dawn. Nobody was hurt. The owner blamed a stove."


@pytest.fixture(scope="session")
def published_ferry(nights, tmp_path_factory) -> tuple[Settings, dict[str, str]]:
    """One story of two happenings: a ferry with two copies, and a mill with a copy of its own."""
    settings = nights.settings_in(tmp_path_factory.mktemp("ferry"))
    night = nights.make(settings, 1)
    given = {"story_id": STORY, "added_passages": (), "removed_passages": ()}
    made = {"ferry": night.article("harbour-gazette", "ferry", FERRY, **given)}
    made["mill"] = night.article("wire-post", "mill", MILL, **given)
    for name, source_id, original in (
        ("ferry-copy", "wire-post", "ferry"),
        ("ferry-again", "quiet-times", "ferry"),
        ("mill-copy", "quiet-times", "mill"),
    ):
        made[name] = night.article(
            source_id,
            name,
            made[original].body,
            status="duplicate",
            duplicate_of=made[original].article_id,
            headline=f"Copied {name}",
            **given,
        )
    night.article("wire-post", "fair", "The fair came to Ormby.", **given | {"story_id": "story-fair"})
    nights.publish(night)
    return settings, {name: article.article_id for name, article in made.items()}


@pytest.fixture
def ferry(published_ferry, settings, monkeypatch) -> dict[str, str]:
    """The ids of the articles, in an installation of the test's own."""
    published, article_ids = published_ferry
    shutil.copytree(published.home, settings.home)
    settings.current_edition_file.unlink()
    settings.current_edition_file.hardlink_to(settings.editions_folder / "edition-000001.duckdb")
    monkeypatch.setattr(cli_stories, "load_settings", lambda: settings)
    return article_ids


@pytest.fixture
def nothing(settings, monkeypatch) -> Settings:
    monkeypatch.setattr(cli_stories, "load_settings", lambda: settings)
    return settings


def say(*words: str) -> Result:
    return CliRunner().invoke(stories_app, list(words))


def answer(*words: str) -> str:
    result = say(*words)
    assert result.exit_code == 0, result.output
    assert result.exception is None
    return result.stdout


def refusal(*words: str) -> str:
    result = say(*words)
    assert isinstance(result.exception, ConfigurationError)
    return str(result.exception)


def test_the_list_and_a_story_are_printed_for_people_and_for_programs(ferry):
    assert STORY in answer("list")
    (line, other) = answer("list", "--json").splitlines()
    assert {json.loads(line)["story_id"], json.loads(other)["story_id"]} == {STORY, "story-fair"}
    assert "copy of Harbour Gazette" in answer("show", ferry["ferry-copy"])
    told = json.loads(answer("show", STORY, "--json"))
    assert told["story_id"] == STORY
    assert {entry["kind"] for entry in told["timeline"]} == {"article"}
    assert "Copied mill-copy" in answer("list", "--source", "quiet-times") + answer("show", STORY, "--full")


def test_where_no_story_is_of_the_time_that_is_said(ferry):
    assert answer("list", "--since", "2031-01-01").strip() == "no story was reported on since 2031-01-01"


@pytest.mark.parametrize(
    "words",
    [
        ("split",),
        ("split", STORY),
        ("split", "--undo", "x", STORY),
        ("split", "--undo", "x", "--duplicates-only"),
        ("list", "--since", "yesterday"),
        ("list", "--limit", "0"),
        ("show",),
        ("tell",),
    ],
)
def test_wrong_usage_ends_with_two(ferry, words):
    assert say(*words).exit_code == 2


def test_without_an_edition_every_verb_says_so(nothing):
    for words in (("list",), ("show", "x"), ("split", "x", "y")):
        assert isinstance(say(*words).exception, NoEditionError)
    assert answer("splits") == "Nobody has decided a split.\n"


def test_a_split_is_decided_and_says_what_the_next_run_does(nothing, ferry):
    text = answer("split", STORY, ferry["mill"], "--reason", "a fire is no stranding")
    (decision,) = STORY_SPLITS.in_force(nothing)
    assert decision.scope == "story"
    assert decision.story_id == STORY
    assert set(decision.moved) == {ferry["mill"], ferry["mill-copy"]}  # the same text tells the same happening
    assert set(decision.apart_from) == {ferry["ferry"], ferry["ferry-copy"], ferry["ferry-again"]}
    assert decision.reason == "a fire is no stranding"
    assert f"1 copy moves along with the original {ferry['mill']}" in text
    assert f"Decided: split {decision.split_id}." in text
    assert f"takes effect with the next run; `dateline stories split --undo {decision.split_id}` takes it back" in text


def test_copies_stay_where_that_is_asked_for_and_are_told_of(nothing, ferry):
    text = answer("split", STORY, ferry["ferry"], "--without-copies")
    (decision,) = STORY_SPLITS.in_force(nothing)
    assert decision.moved == (ferry["ferry"],)
    assert f"2 copies of {ferry['ferry']} stay behind: the next run places them anew, without that original." in text


def test_a_copy_alone_leaves_its_original(nothing, ferry):
    text = answer("split", STORY, ferry["ferry-copy"])
    assert f"{ferry['ferry-copy']} is no copy of Harbour Gazette any more." in text
    assert STORY_SPLITS.in_force(nothing)[0].moved == (ferry["ferry-copy"],)


def test_duplicates_only_leaves_the_story_as_it_is(nothing, ferry):
    text = answer("split", STORY, ferry["ferry-copy"], "--duplicates-only")
    (decision,) = STORY_SPLITS.in_force(nothing)
    assert decision.scope == "duplicate"
    assert decision.moved == (ferry["ferry-copy"],)
    assert "but about the same happening" in text


def test_of_duplicates_only_an_original_goes_without_its_copies(nothing, ferry):
    answer("split", STORY, ferry["ferry"], "--duplicates-only")
    assert STORY_SPLITS.in_force(nothing)[0].moved == (ferry["ferry"],)


def test_addresses_are_as_good_as_ids(nothing, ferry):
    answer("split", STORY, "http://wire-post.example/mill?utm_source=mail", ferry["mill-copy"])
    assert set(STORY_SPLITS.in_force(nothing)[0].moved) == {ferry["mill"], ferry["mill-copy"]}


def test_a_dry_run_decides_nothing(nothing, ferry):
    text = answer("split", STORY, ferry["mill"], "--dry-run")
    assert "Wire Post: Headline of mill" in text
    assert "Nothing was decided (--dry-run)." in text
    assert not STORY_SPLITS.file(nothing).exists()


def test_the_same_split_again_is_decided_already(nothing, ferry):
    answer("split", STORY, ferry["mill"])
    (decision,) = STORY_SPLITS.in_force(nothing)
    for words in (("split", STORY, ferry["mill"]), ("split", STORY, ferry["mill-copy"], ferry["mill"])):
        assert f"This is decided already: split {decision.split_id}" in answer(*words)
    assert STORY_SPLITS.in_force(nothing) == [decision]


def test_what_is_another_happening_need_not_be_said_to_be_no_duplicate(nothing, ferry):
    answer("split", STORY, ferry["ferry-copy"])
    assert "This is decided already" in answer("split", STORY, ferry["ferry-copy"], "--duplicates-only")
    assert len(STORY_SPLITS.in_force(nothing)) == 1


def test_no_duplicate_may_still_be_said_to_be_another_happening(nothing, ferry):
    answer("split", STORY, ferry["ferry-copy"], "--duplicates-only")
    assert "Decided: split" in answer("split", STORY, ferry["ferry-copy"])
    assert [split.scope for split in STORY_SPLITS.in_force(nothing)] == ["duplicate", "story"]


def test_a_split_that_a_run_has_carried_out_is_decided_already(nothing, ferry, nights):
    answer("split", STORY, ferry["mill"])
    (decision,) = STORY_SPLITS.in_force(nothing)
    second = nights.make(nothing, 2)
    for name, source_id in (("mill", "wire-post"), ("mill-copy", "quiet-times")):
        second.article(
            source_id,
            name,
            f"{MILL} Rain came.",
            status="revised",
            revision=2,
            story_id="story-mill",
            added_passages=("Rain came.",),
            removed_passages=(),
        )
    nights.publish(second)
    text = answer("split", STORY, ferry["mill"])
    assert "The current edition has carried it out" in text
    assert f"This is decided already: split {decision.split_id}" in text
    assert "is not in story story-fair, but in story story-mill" in refusal("split", "story-fair", ferry["mill"])


def test_a_split_can_be_taken_back(nothing, ferry):
    answer("split", STORY, ferry["mill"])
    (decision,) = STORY_SPLITS.in_force(nothing)
    assert "would be taken back" in answer("split", "--undo", decision.split_id, "--dry-run")
    assert STORY_SPLITS.in_force(nothing) == [decision]
    assert "is taken back" in answer("split", "--undo", decision.split_id)
    assert STORY_SPLITS.in_force(nothing) == []
    assert "already" in answer("split", "--undo", decision.split_id)
    assert "there is no split 'x1'" in refusal("split", "--undo", "x1")


def test_the_splits_are_listed_with_what_became_of_them(nothing, ferry):
    answer("split", STORY, ferry["mill"], "--reason", "a fire\x1b[2J is no stranding")
    answer("split", STORY, ferry["ferry-copy"], "--duplicates-only")
    first, second = STORY_SPLITS.in_force(nothing)
    answer("split", "--undo", second.split_id)
    text = answer("splits")
    assert re.search(rf"^{first.split_id}  .* takes effect with the next run$", text, re.M)
    assert re.search(rf"^{second.split_id}  .* taken back \d", text, re.M)
    assert f"2 articles leave story {STORY}, apart from 3: " in text
    assert "1 article is no duplicate, but stays in story" in text
    assert "\x1b" not in text


def test_what_parts_nothing_is_refused(nothing, ferry):
    everything = list(ferry.values())
    assert "so that at least one stays" in refusal("split", STORY, *everything)
    assert "--without-copies leaves them" in refusal("split", STORY, ferry["ferry"], ferry["mill"])
    assert "there is no duplicate to undo" in refusal(
        "split", STORY, ferry["mill"], ferry["mill-copy"], "--duplicates-only"
    )
    assert "is not in story story-fair, but in story" in refusal("split", "story-fair", ferry["mill"])
    assert "has no article 'nobody'" in refusal("split", STORY, "nobody")
    assert "has no story" in refusal("split", "nowhere", ferry["mill"])
    assert not STORY_SPLITS.file(nothing).exists()
