"""What `dateline stories show` and `list` tell a person: who reported first, who copied how much, what changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeline.errors import ConfigurationError, NoEditionError, PermanentError
from pipeline.records import StoryChange
from pipeline.settings import Settings
from pipeline.warehouse.stories_listed import list_stories, stories_in_lines
from pipeline.warehouse.story_differences import differences, sentences
from pipeline.warehouse.story_reading import read_story, rows
from pipeline.warehouse.story_shown import copying_in_words, show_story, spread_in_words
from pipeline.warehouse.story_timeline import Copying, Revised, story_as_json
from pipeline.warehouse.terminal_text import harmless, json_for_terminal, wrapped

QUARRY = (
    "Quarrymen downed tools at Lowfell on Tuesday. The owner had stopped paying for the bus. "
    "Some 60 men stood at the gate by noon.\n\nDr. Hale spoke for them. “We walk home at night,” she said."
)
CUT = "Quarrymen downed tools at Lowfell on Tuesday. The owner had stopped paying for the bus."
PADDED = f"{QUARRY}\n\nThe quarry opened in 1911. Its slate roofs half the valley."


class Nights:
    """Two nights of one story: an original, a copy that is cut, a padded copy with an agency, a correction."""

    def __init__(self, nights: Any, settings: Settings) -> None:
        self.settings = settings
        first = nights.make(settings, 1)
        at = first.run.started_at
        # What the reader gives every article, and the hand-written nights leave open.
        self.given = {"added_passages": (), "removed_passages": ()}
        self.original = first.article(
            "harbour-gazette",
            "quarry",
            QUARRY,
            headline="Quarrymen down tools",
            story_id="story-quarry",
            published_at=at - timedelta(hours=8),
            **self.given,
        )
        self.cut = first.article(
            "wire-post",
            "quarry",
            CUT,
            headline="Strike at Lowfell",
            status="duplicate",
            duplicate_of=self.original.article_id,
            story_id="story-quarry",
            published_at=at - timedelta(hours=5),
            **self.given,
        )
        self.padded = first.article(
            "quiet-times",
            "slate",
            PADDED,
            headline="QUARRYMEN  down tools",
            agencies=("Northern Wire",),
            status="duplicate",
            duplicate_of=self.original.article_id,
            story_id="story-quarry",
            published_at=None,
            **self.given,
        )
        self.other = first.article(
            "wire-post",
            "fair",
            "The fair came to Ormby with a wheel.",
            story_id="story-fair",
            headline="Fair at Ormby",
            **self.given,
        )
        nights.publish(first)
        second = nights.make(settings, 2)
        self.revised = second.article(
            "harbour-gazette",
            "quarry",
            QUARRY.replace("60 men", "90 men") + "\n\nCorrection: the number of men was wrong.",
            headline="Ninety quarrymen down tools",
            status="revised",
            revision=2,
            changed_fields=("headline", "body"),
            published_at=at - timedelta(hours=8),
            modified_at=at + timedelta(hours=3),
            added_passages=("Ninety quarrymen down tools", "Some 90 men stood at the gate by noon."),
            removed_passages=("Quarrymen down tools", "Some 60 men stood at the gate by noon."),
            correction_notice="Correction: the number of men was wrong.",
            story_id="story-quarry",
        )
        nights.publish(second)


@contextmanager
def changing(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The current edition, open for changes that no night of these tests makes."""
    settings.current_edition_file.chmod(0o644)
    with duckdb.connect(str(settings.current_edition_file)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def record_change(connection: duckdb.DuckDBPyConnection, run_id: str, change: StoryChange) -> None:
    connection.execute(
        "INSERT INTO story_changes VALUES (?, ?, ?, ?, ?)",
        [run_id, change.story_id, change.change, change.other_story_id, change.reason],
    )


@pytest.fixture(scope="session")
def made(nights, tmp_path_factory) -> Nights:
    """The story, published once; for reading only."""
    story = Nights(nights, nights.settings_in(tmp_path_factory.mktemp("quarry")))
    with changing(story.settings) as connection:
        shares = "UPDATE articles SET own_share = ?, matched_share = ? WHERE article_id = ?"
        connection.execute(shares, [1, 0.42, story.cut.article_id])
        connection.execute(shares, [0.7, 1, story.padded.article_id])
    return story


@pytest.fixture
def quarry(made, settings) -> Nights:
    """The story in an edition of the test's own."""
    settings.editions_folder.mkdir(parents=True)
    shutil.copyfile(made.settings.current_edition_file, settings.current_edition_file)
    story = copy(made)
    story.settings = settings
    return story


def shown(settings: Settings, what: str, *, width_cells: int = 100, full: bool = False) -> str:
    return "\n".join(show_story(read_story(settings, what), width_cells=width_cells, full=full))


def told(settings: Settings, what: str) -> str:
    """The same in one line, wherever the page breaks it."""
    return " ".join(shown(settings, what).split())


def test_a_story_is_told_in_order_of_time_with_its_revisions(quarry):
    story = read_story(quarry.settings, "story-quarry")
    kinds = [(type(entry).__name__, entry.source) for entry in story.timeline]
    assert kinds == [
        ("Report", "Harbour Gazette"),
        ("Report", "Wire Post"),
        ("Report", "Quiet Times"),
        ("Revised", "Harbour Gazette"),
    ]
    assert [entry.at for entry in story.timeline] == sorted(entry.at for entry in story.timeline)


def test_an_article_is_headed_by_what_it_first_said_and_its_revision_by_what_changed(quarry):
    text = shown(quarry.settings, "story-quarry")
    first, revised = text.index("Quarrymen down tools"), text.index("revised: headline changed")
    assert text[:first].endswith("2024-03-03 18:00  Harbour Gazette: ")
    assert "headline before: Quarrymen down tools" in text[revised:]
    assert "headline after: Ninety quarrymen down tools" in text[revised:]


def test_the_head_says_who_was_first_and_how_far_it_went(quarry):
    text = shown(quarry.settings, "story-quarry")
    assert "first report  2024-03-03 18:00 UTC, Harbour Gazette" in text
    assert "3 sources, 3 articles (1 original, 2 copies), over 8 h" in text


def test_a_copy_says_whose_how_much_and_what_differs(quarry):
    text = told(quarry.settings, "story-quarry")
    assert "copy of Harbour Gazette, cut to 42 %: 100 % of this text stands there, 42 % of that one here" in text
    assert "headline changed; there: Quarrymen down tools" in text
    assert "- Dr. Hale spoke for them." in text
    assert "copy of Harbour Gazette, padded with own text: 70 % of this text stands there" in text
    assert "+ The quarry opened in 1911." in text
    assert "agency credited: Northern Wire" in text
    assert "the page gives no time: first seen then" in text


def test_a_copy_is_compared_with_the_original_as_it_was_and_told_that_it_was_revised(quarry):
    copying = read_story(quarry.settings, "story-quarry").reports[quarry.padded.article_id].copying
    assert (copying.original_revision, copying.original_was_revised_since, copying.headline_is_kept) == (1, True, True)
    assert copying.only_in_original == ()
    assert copying.only_in_copy == ("The quarry opened in 1911.", "Its slate roofs half the valley.")
    assert "the original was revised since; compared with its revision 1" in shown(quarry.settings, "story-quarry")


def test_a_revision_says_what_changed_and_that_it_was_owned_up_to(quarry):
    (revised,) = [e for e in read_story(quarry.settings, "story-quarry").timeline if isinstance(e, Revised)]
    assert revised.added_passages == ("Some 90 men stood at the gate by noon.",)  # without the headline
    text = told(quarry.settings, "story-quarry")
    assert "revised: headline changed, 1 passage added, 1 removed, with a correction notice" in text
    assert "correction notice: Correction: the number of men was wrong." in text
    assert "+ Some 90 men stood at the gate by noon." in text
    assert "- Some 60 men stood at the gate by noon." in text


def test_a_revision_without_a_notice_or_without_a_record_says_so(quarry):
    with changing(quarry.settings) as connection:
        connection.execute("UPDATE article_revisions SET correction_notice = NULL WHERE revision = 2")
    assert "no correction notice" in told(quarry.settings, "story-quarry")
    with changing(quarry.settings) as connection:
        connection.execute("UPDATE article_revisions SET added_passages = [], removed_passages = []")
    text = told(quarry.settings, "story-quarry")
    assert "which passages was not recorded" in text
    assert "correction notice" not in text


@pytest.mark.parametrize(
    ("modified_hours", "expected_hours"),
    [(3, 3), (-9, 24), (99, 24), (None, 24)],
    ids=["between the fetches", "before the first text was fetched", "after the second one was", "not said"],
)
def test_a_revision_has_the_time_the_page_says_where_that_can_be(quarry, modified_hours, expected_hours):
    story = read_story(quarry.settings, "story-quarry")
    fetched = story.reports[quarry.padded.article_id].at  # the first night, within seconds
    with changing(quarry.settings) as connection:
        modified = fetched + timedelta(hours=modified_hours) if modified_hours is not None else None
        connection.execute("UPDATE article_revisions SET modified_at = ? WHERE revision = 2", [modified])
    (revised,) = [e for e in read_story(quarry.settings, "story-quarry").timeline if isinstance(e, Revised)]
    assert abs(revised.at - fetched - timedelta(hours=expected_hours)) < timedelta(minutes=1)


def test_shares_that_an_older_version_did_not_record_are_said_to_be_missing(quarry):
    with changing(quarry.settings) as connection:
        connection.execute("UPDATE articles SET own_share = NULL, matched_share = NULL, matched_article_id = NULL")
    text = shown(quarry.settings, "story-quarry")
    assert text.count("copy of Harbour Gazette; how much of it was not recorded") == 2
    assert "- Dr. Hale spoke for them." in text


def test_a_likeness_to_another_copy_is_not_told_as_one_to_the_original(quarry):
    with changing(quarry.settings) as connection:
        connection.execute(
            "UPDATE articles SET matched_article_id = ? WHERE article_id = ?",
            [quarry.cut.article_id, quarry.padded.article_id],
        )
    assert "70 % of this text stands in another copy (Wire Post)" in told(quarry.settings, "story-quarry")


def test_an_original_in_another_story_is_named_all_the_same(quarry):
    with changing(quarry.settings) as connection:
        connection.execute(
            "UPDATE articles SET duplicate_of = ?, own_share = 0.3, matched_share = 1 WHERE article_id = ?",
            [quarry.cut.article_id, quarry.other.article_id],
        )
    text = shown(quarry.settings, "story-fair")
    assert "copy of Wire Post, inside a longer piece" in text
    assert "+ The fair came to Ormby with a wheel." in text


@pytest.mark.parametrize(
    ("own", "matched", "words"),
    [
        (1.0, 1.0, "all of it"),
        (0.97, 0.96, "all of it"),
        (1.0, 0.599, "cut to 59 %"),
        (0.6, 1.0, "padded with own text"),
        (0.2, 0.99, "inside a longer piece"),
        (0.85, 0.9, "nearly all of it, lightly edited"),
        (0.9, 0.5, "cut and edited"),
        (0.6, 0.7, "edited and padded with own text"),
        (0.3, 0.7, "in part, inside a longer piece"),
        (None, None, ""),
    ],
)
def test_the_two_shares_say_which_way_a_text_was_used(own, matched, words):
    copying = Copying(
        original_id="o",
        original_source="O",
        original_revision=1,
        original_was_revised_since=False,
        original_headline=None,
        matched_article_id="o",
        matched_source="O",
        own_share=own,
        matched_share=matched,
        headline_is_kept=True,
        only_in_copy=(),
        only_in_original=(),
    )
    assert copying_in_words(copying).replace("\u00a0", " ") == words


def test_a_story_is_found_by_its_articles_and_their_addresses(quarry):
    for what in (quarry.cut.article_id, quarry.cut.canonical_url, quarry.cut.canonical_url + "?utm_source=x#top"):
        assert read_story(quarry.settings, what).story_id == "story-quarry"


def test_a_merged_story_says_where_it_went_and_merges_and_splits_stand_in_the_head(quarry):
    with changing(quarry.settings) as connection:
        for run, change in (
            ("night-1", StoryChange(story_id="s-a", change="merged", other_story_id="s-b", reason="likeness")),
            ("night-2", StoryChange(story_id="s-b", change="merged", other_story_id="story-quarry", reason="original")),
            (
                "night-2",
                StoryChange(story_id="story-quarry", change="split", other_story_id="story-fair", reason="decision"),
            ),
        ):
            record_change(connection, run, change)
        connection.execute(
            "INSERT INTO story_splits VALUES ('d1', TIMESTAMPTZ '2024-03-05 09:00:00+00', 'story', 'story-quarry', "
            "['x'], ['y'], 'a fair is no strike')"
        )
    text = shown(quarry.settings, "s-a")
    assert "s-a is no more: it went into s-b, in run night-1 (a text belongs to both)." in text
    assert "s-b is no more: it went into story-quarry, in run night-2 (the original they copy is there)." in text
    assert "took in story s-b, in run night-2" in text
    assert "gave articles to story story-fair, in run night-2 (a person decided so)" in text
    assert "d1 of 2024-03-05: 1 article put apart: a fair is no strike" in text
    assert "took articles from story story-quarry, in run night-2" in shown(quarry.settings, "story-fair")


def test_merges_in_a_circle_end(quarry):
    with changing(quarry.settings) as connection:
        for one, other in (("s-a", "s-b"), ("s-b", "s-a")):
            change = StoryChange(story_id=one, change="merged", other_story_id=other, reason="likeness")
            record_change(connection, "night-1", change)
    with pytest.raises(ConfigurationError, match="has no story, no article and no address 's-a'"):
        read_story(quarry.settings, "s-a")


@pytest.mark.parametrize(
    "what", ["nothing", "", "http://", "http://[::1", "https://elsewhere.example/x", "\x1b[2J" * 99]
)
def test_what_nobody_knows_is_one_clear_sentence(quarry, what):
    with pytest.raises(ConfigurationError, match="has no story, no article and no address") as caught:
        read_story(quarry.settings, what)
    assert str(caught.value).isprintable()


def test_without_an_edition_and_with_one_of_an_earlier_version_that_is_said(settings):
    for ask in (lambda: read_story(settings, "x"), lambda: list_stories(settings)):
        with pytest.raises(NoEditionError):
            ask()
    settings.editions_folder.mkdir(parents=True)
    with duckdb.connect(str(settings.current_edition_file)) as connection:
        connection.execute("CREATE TABLE stories (story_id VARCHAR)")
    for ask in (lambda: read_story(settings, "x"), lambda: list_stories(settings)):
        with pytest.raises(PermanentError, match="earlier version"):
            ask()


def test_few_passages_are_shown_shortened_and_all_of_them_on_demand(quarry):
    long = "Ferns grow in the old cuts " + "and ivy " * 40 + "to the end."
    body = f"{PADDED}\n\n{long} Second own line here. Third own line here. Fourth own line here."
    with changing(quarry.settings) as connection:
        connection.execute(
            "UPDATE article_revisions SET body = ? WHERE article_id = ?", [body, quarry.padded.article_id]
        )
    text, full = shown(quarry.settings, "story-quarry"), shown(quarry.settings, "story-quarry", full=True)
    assert "Second own line here." not in text
    assert "(3 passages more; --full shows all)" in text
    assert "to the end." not in text
    for sentence in ("Second own line here.", "Third own line here.", "Fourth own line here.", "to the end."):
        assert sentence in full
    assert "--full" not in full


def test_the_list_shows_the_widest_stories_the_newest_first(quarry):
    stories = list_stories(quarry.settings)
    assert [(s.story_id, s.source_count, s.article_count, s.original_count) for s in stories] == [
        ("story-fair", 1, 1, 1),
        ("story-quarry", 3, 3, 1),
    ]
    assert [s.story_id for s in list_stories(quarry.settings, limit=1)] == ["story-quarry"]
    assert [s.story_id for s in list_stories(quarry.settings, source_id="quiet-times")] == ["story-quarry"]
    late = stories[0].last_published_at + timedelta(days=1)
    assert [s.story_id for s in list_stories(quarry.settings, since=late)] == []
    lines = list(stories_in_lines(stories))
    assert lines[2] == "2024-03-03 18:00  story-quarry      3 sources, 3 articles, 1 original, over 8 h"
    assert lines[3] == " " * 18 + "Harbour Gazette: Ninety quarrymen down tools"


def test_a_source_that_the_edition_does_not_have_is_said(quarry):
    with pytest.raises(ConfigurationError, match="no source 'nobody'"):
        list_stories(quarry.settings, source_id="nobody")


def test_only_the_texts_of_the_story_are_read(quarry, monkeypatch):
    from pipeline.warehouse import story_reading

    asked: list[tuple[str, dict[str, Any]]] = []

    def listening(connection: Any, sql: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        asked.append((sql, parameters))
        return rows(connection, sql, parameters)

    monkeypatch.setattr(story_reading, "rows", listening)
    with changing(quarry.settings) as connection:
        connection.execute(
            "INSERT INTO article_revisions BY NAME SELECT r.* REPLACE (md5(i::VARCHAR) AS article_id, 9 AS revision) "
            "FROM (SELECT * FROM article_revisions LIMIT 1) AS r, range(20000) AS t(i)"
        )
    read_story(quarry.settings, "story-quarry")
    ((sql, parameters),) = [(sql, parameters) for sql, parameters in asked if "body" in sql]
    with changing(quarry.settings) as connection:
        ((_, profile),) = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", parameters).fetchall()
    read = [
        scan["operator_cardinality"]
        for scan in operators(json.loads(profile))
        if scan.get("operator_type") == "TABLE_SCAN" and "body" in str(scan["extra_info"].get("Projections"))
    ]
    assert len(read) == 1
    assert read[0] < 100


def operators(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from operators(child)


HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("\x1b\x07\x08\x9b\r\n\u202e\u2066\u200f\u0301שלוםمرحبا漢字👩‍👩‍👧 .\t"),
    ),
    max_size=300,
)
OBEYED = set(
    map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), 0x2066, 0x2067])
)


@given(texts=st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE))
@hypothesis_settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_hostile_words_never_break_the_page_or_the_terminal(quarry, texts):
    headline, body, other, notice, reason = texts
    with changing(quarry.settings) as connection:
        connection.execute(
            "UPDATE article_revisions SET headline = $headline, body = $body, correction_notice = $notice, "
            "agencies = [$headline], added_passages = [$body, $headline], removed_passages = [$other]",
            {"headline": headline, "body": body, "other": other, "notice": notice},
        )
        connection.execute("UPDATE article_revisions SET body = ? WHERE source_id = 'wire-post'", [other])
        connection.execute("UPDATE sources SET name = ?", [headline])
        connection.execute("DELETE FROM story_splits")
        connection.execute(
            "INSERT INTO story_splits VALUES ('d', now(), 'duplicate', 'story-quarry', ['x'], ['y'], ?)", [reason]
        )
    story = read_story(quarry.settings, "story-quarry")
    for full in (False, True):
        for width_cells in (60, 100):
            check_lines(show_story(story, width_cells=width_cells, full=full), width_cells)
    check_lines(stories_in_lines(list_stories(quarry.settings)), 100)
    encoded = json_for_terminal(json.dumps(story_as_json(story), ensure_ascii=False))
    assert not OBEYED & set(encoded)
    assert json.loads(encoded)["timeline"][0]["headline"] == headline


def check_lines(lines: Iterable[str], width_cells: int) -> None:
    for line in lines:
        assert not OBEYED & set(line), repr(line)
        assert cell_len(line) <= width_cells, repr(line)


def test_text_from_right_to_left_is_isolated_and_marks_do_not_pile_up():
    assert harmless("שלום עולם") == "\u2068שלום עולם\u2069"
    assert harmless("plain – “quoted”") == "plain – “quoted”"
    assert harmless("a" + "\u0301" * 500) == "a" + "\u0301" * 4
    assert harmless("one\x1b[31mtwo\x9b2Jthree\u202e") == "one [31mtwo 2Jthree"


def test_a_word_without_end_is_divided_and_nothing_of_it_lost():
    lines = list(wrapped("see " + "x" * 250, 60, start="> ", indent="  "))
    assert all(cell_len(line) <= 60 for line in lines)
    assert sum(line.count("x") for line in lines) == 250


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 min"), (59, "0 min"), (3600, "1 h"), (12_000, "3 h 20 min"), (187_200, "2 d 4 h"), (86_400, "1 d")],
)
def test_a_spread_is_told_in_two_units(seconds, words):
    assert spread_in_words(seconds) == words


def test_sentences_end_at_their_marks_and_not_at_initials():
    text = 'Dr. A. Hale of the U.S. Embassy spoke. “Go home!” she said. "It is late." 会议结束了。大家回家。\n\nEnd'
    assert list(sentences(text)) == [
        "Dr. A. Hale of the U.S. Embassy spoke.",
        "“Go home!” she said.",
        '"It is late."',
        "会议结束了。",
        "大家回家。",
        "End",
    ]


def test_case_punctuation_and_place_are_no_differences():
    found = differences("B was late.\n\na came\n\nNew here.", "A came! B was late…")
    assert found.only_in_copy == ("New here.",)
    assert found.only_in_original == ()


@given(st.text(max_size=400), st.text(max_size=400))
@hypothesis_settings(max_examples=60, deadline=None)
def test_differences_are_sentences_of_one_text_alone(one, other):
    found = differences(one, other)
    assert set(found.only_in_copy) <= set(sentences(one))
    assert set(found.only_in_original) <= set(sentences(other))
    assert len(differences(one, one)) == 0
    assert differences(other, one).only_in_copy == found.only_in_original
