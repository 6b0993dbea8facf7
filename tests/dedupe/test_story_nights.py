"""Stories over several nights: ids that stay, merges, splits."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dedupe.stories import find_stories
from pipeline.dedupe.texts import Text
from pipeline.records import StoryChange, stable_id
from tests.dedupe.story_reports import WINDOW, RememberedStories, of_story, others, report, running_stories, split

FERRY = "ferry-varnholm"

# Nothing says that the first two are one happening, until the third does.
SMOKE = ("Smoke over the Ardal chemical works", "Black smoke rose above the Ardal works at Lower Bray before sunrise.")
FISH = ("Dead trout in the Wenlow stream", "Anglers counted four thousand dead trout below Wenlow weir at noon.")
BOTH = (
    "Ardal chemical works smoke and dead trout in Wenlow stream",
    "Black smoke rose above the Ardal works at Lower Bray, and anglers counted four thousand dead trout below Wenlow.",
)


@pytest.fixture
def nights() -> RememberedStories:
    return RememberedStories()


def test_a_new_report_joins_the_known_story_whose_id_stays(nights: RememberedStories) -> None:
    first, second, *_ = of_story(FERRY)
    nights.night([first, *others(FERRY)])
    before = nights.stories()
    found = nights.night([second])
    assert found.story_of["f2"] == before["f1"]
    assert {a: s for a, s in nights.stories().items() if a != "f2"} == before
    assert found.changes == ()


def test_the_same_night_again_gives_the_same(nights: RememberedStories) -> None:
    texts, _ = running_stories()
    nights.night(texts[:30])
    known = list(nights.texts.values())
    once = find_stories(known, texts[30:], {}, window=WINDOW)
    assert find_stories(reversed(known), reversed(texts[30:]), {}, window=WINDOW) == once


def test_a_revised_article_keeps_its_story(nights: RememberedStories) -> None:
    nights.night(others())
    before = nights.stories()
    court = next(t for t in others() if t.article_id == "c1")
    nights.night([replace(court, headline="Everything is different", body="Bakers in Lyon walked out.")])
    assert nights.stories() == before


def test_a_story_whose_last_report_lies_behind_the_window_takes_no_more(nights: RememberedStories) -> None:
    first, second, *_ = of_story(FERRY)
    nights.night([first, *others(FERRY)])
    late = report("late", second.headline, second.body, 2 + 24 * 4 + 1)
    assert nights.night([late]).story_of["late"] == stable_id("story", "late")


def merged(nights: RememberedStories) -> tuple[StoryChange, ...]:
    nights.night([report("smoke", *SMOKE), report("fish", *FISH, 6), *others()])
    stories = nights.stories()
    assert stories["smoke"] != stories["fish"]
    return nights.night([report("both", *BOTH, 20)]).changes


def test_a_report_that_belongs_to_two_stories_makes_them_one_under_the_older_id(nights: RememberedStories) -> None:
    changes = merged(nights)
    older, gone = stable_id("story", "smoke"), stable_id("story", "fish")
    assert changes == (StoryChange(story_id=gone, change="merged", other_story_id=older, reason="likeness"),)
    assert {nights.stories()[name] for name in ("smoke", "fish", "both")} == {older}


def test_of_two_stories_the_one_with_more_articles_takes_in_the_other(nights: RememberedStories) -> None:
    nights.night([report("smoke", *SMOKE), report("fish", *FISH, 6), *others()])
    copy = report("copy", "Elsewhere", FISH[1], 7)
    nights.night([copy], {"copy": "fish"})
    changes = nights.night([report("both", *BOTH, 20)]).changes
    assert [(c.story_id, c.other_story_id) for c in changes] == [
        (stable_id("story", "smoke"), nights.stories()["copy"])
    ]


def test_known_stories_become_one_only_through_a_new_report(nights: RememberedStories) -> None:
    merged(nights)
    before = nights.stories()
    assert nights.night([]).changes == ()
    assert nights.stories() == before


def test_a_copy_whose_original_is_in_another_story_follows_it(nights: RememberedStories) -> None:
    lone = report("lone", "Trout and smoke", "A column of opinion about trout and smoke and nothing else.", 8)
    nights.night([report("smoke", *SMOKE), lone, *others()])
    before = nights.stories()
    assert before["lone"] != before["smoke"]
    found = nights.night([lone], {"lone": "smoke"})
    assert nights.stories()["lone"] == before["smoke"]
    assert found.changes == (
        StoryChange(story_id=before["lone"], change="merged", other_story_id=before["smoke"], reason="original"),
    )


def test_a_story_that_keeps_articles_is_split_and_not_merged_when_an_original_becomes_a_copy(
    nights: RememberedStories,
) -> None:
    ferry = of_story(FERRY)
    nights.night([*ferry[:2], *others(FERRY)])
    before = nights.stories()
    found = nights.night([ferry[1]], {"f2": "c1"})
    assert found.changes == (
        StoryChange(story_id=before["f1"], change="split", other_story_id=before["c1"], reason="original"),
    )
    assert nights.stories()["f1"] == before["f1"]


def test_a_person_s_split_is_carried_out_and_holds_for_ever(nights: RememberedStories) -> None:
    ferry = of_story(FERRY)
    nights.night([*ferry[:2], *others(FERRY)])
    before = nights.stories()
    nights.splits = [split(["f2"], ["f1"])]
    found = nights.night([])
    moved = stable_id("story", "f2")
    assert found.changes == (
        StoryChange(story_id=before["f1"], change="split", other_story_id=moved, reason="decision"),
    )
    for number, text in enumerate(ferry[2:]):
        # Each of them is like both sides.
        found = nights.night([text, report(f"again-{number}", ferry[0].headline, ferry[0].body, 12 + 20 * number)])
        assert found.changes == ()
        assert nights.stories()["f1"] == before["f1"] != nights.stories()["f2"] == moved


def test_a_split_is_honoured_where_its_articles_lie_behind_the_window(nights: RememberedStories) -> None:
    nights.night([*of_story(FERRY)[:2], *others(FERRY)])
    nights.splits = [split(["f1"], ["f2"])]
    found = nights.night([report("new", "Carnival in Rio", "Samba schools paraded in the rain.", 24 * 90)])
    assert nights.stories()["f1"] != nights.stories()["f2"]
    assert [change.reason for change in found.changes] == ["decision"]


def test_the_id_of_the_story_it_founded_is_not_used_again_for_an_article_that_leaves_it(
    nights: RememberedStories,
) -> None:
    nights.night([*of_story(FERRY)[:2], *others(FERRY)])
    founded = nights.stories()["f1"]
    nights.splits = [split(["f1"], ["f2"])]
    nights.night([])
    assert nights.stories()["f2"] == founded
    assert nights.stories()["f1"] not in {founded, ""}
    # Only the ids that are wanted are asked for.
    assert set(nights.asked) <= {stable_id("story", text.article_id) for text in nights.texts.values()} | {
        nights.stories()["f1"]
    }


def test_copies_follow_an_original_that_a_person_moved(nights: RememberedStories) -> None:
    copy = report("copy", "As others wrote", "The same text.", 12)
    nights.night([*of_story(FERRY)[:2], copy, *others(FERRY)], {"copy": "f2"})
    nights.splits = [split(["f2"], ["f1"])]
    found = nights.night([])
    assert nights.stories()["copy"] == nights.stories()["f2"] != nights.stories()["f1"]
    assert [(c.change, c.reason) for c in found.changes] == [("split", "decision")]


def test_a_split_of_duplicates_leaves_the_story_whole(nights: RememberedStories) -> None:
    nights.night([*of_story(FERRY)[:2], *others(FERRY)])
    before = nights.stories()
    nights.splits = [split(["f2"], ["f1"], scope="duplicate")]
    assert nights.night([]).changes == ()
    assert nights.stories() == before


def test_after_a_split_was_taken_back_the_texts_alone_decide_again(nights: RememberedStories) -> None:
    nights.night([*of_story(FERRY)[:2], *others(FERRY)])
    before = nights.stories()
    nights.splits = [split(["f2"], ["f1"])]
    nights.night([])
    nights.splits = []
    found = nights.night([])
    assert nights.stories()["f1"] == nights.stories()["f2"]
    assert [change.change for change in found.changes] == ["merged"]
    assert {a: s for a, s in nights.stories().items() if a[0] != "f"} == {
        a: s for a, s in before.items() if a[0] != "f"
    }


@given(st.randoms(use_true_random=False), st.integers(1, 6))
@settings(max_examples=12, deadline=None)
def test_over_any_nights_no_id_comes_back_and_every_lost_article_is_accounted_for(chance, count: int) -> None:
    texts, _ = running_stories()
    texts.sort(key=lambda text: (text.published_at, text.article_id))
    cuts = sorted(chance.sample(range(1, len(texts)), count))
    nights = RememberedStories()
    gone: set[str] = set()
    for begin, end in zip([0, *cuts], [*cuts, len(texts)], strict=True):
        before = nights.stories()
        found = nights.night(texts[begin:end])
        after = nights.stories()
        moved = {(before[a], after[a]) for a in before if before[a] != after[a]}
        assert moved == {(change.story_id, change.other_story_id) for change in found.changes}
        gone |= {change.story_id for change in found.changes if change.change == "merged"}
        assert not gone & set(after.values())


def undated(name: str, text: tuple[str, str]) -> Text:
    return Text(article_id=name, headline=text[0], body=text[1], published_at=None)


def test_an_undated_report_is_near_everything(nights: RememberedStories) -> None:
    nights.night([report("both", *BOTH), *others()])
    assert nights.night([undated("smoke", SMOKE)]).story_of["smoke"] == nights.stories()["both"]
