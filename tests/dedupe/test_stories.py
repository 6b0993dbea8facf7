from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dedupe.stories import find_stories
from pipeline.dedupe.texts import Text
from pipeline.records import stable_id
from tests.dedupe.story_reports import WINDOW, of_story, others, report, running_stories

LEAST_B_CUBED = 0.94


def stories_of(texts: list[Text], original_of: dict[str, str] | None = None) -> dict[str, str]:
    return find_stories([], texts, original_of or {}, window=WINDOW).story_of


def b_cubed(found: dict[str, str], gold: dict[str, str]) -> tuple[float, float]:
    """Precision and recall (Bagga and Baldwin 1998)."""
    by_found, by_gold = defaultdict(set), defaultdict(set)
    for article in gold:
        by_found[found[article]].add(article)
        by_gold[gold[article]].add(article)
    common = {a: len(by_found[found[a]] & by_gold[gold[a]]) for a in gold}
    precision = sum(common[a] / len(by_found[found[a]]) for a in gold) / len(gold)
    recall = sum(common[a] / len(by_gold[gold[a]]) for a in gold) / len(gold)
    return precision, recall


def test_running_stories_hold_together_and_their_topics_stay_apart() -> None:
    texts, gold = running_stories()
    precision, recall = b_cubed(stories_of(texts), gold)
    assert 2 * precision * recall / (precision + recall) >= LEAST_B_CUBED
    assert precision >= 0.98


def test_a_story_is_named_after_its_first_report() -> None:
    texts = [*others("court-orlandi"), *of_story("court-orlandi")]
    stories = stories_of(texts)
    assert stories["c1"] == stories["c2"] == stories["c4"] == stable_id("story", "c1")


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_a_night_is_nothing(chance) -> None:
    texts, _ = running_stories()
    expected = stories_of(texts)
    chance.shuffle(texts)
    assert stories_of(texts) == expected


def test_the_same_words_weeks_apart_are_two_stories() -> None:
    first, second = of_story("ferry-varnholm")[:2]
    assert second.published_at is not None
    later = Text(
        article_id=second.article_id,
        headline=second.headline,
        body=second.body,
        published_at=second.published_at + timedelta(days=30),
    )
    stories = stories_of([first, later, *others("ferry-varnholm")])
    assert stories["f1"] != stories["f2"]


def test_a_duplicate_has_its_original_s_story_whatever_its_own_text_says() -> None:
    texts = others("ferry-varnholm")
    copy = report("copy", "Nothing to do with it", "Chess players met in a hall and drank tea.", 400)
    for original_of in ({"copy": texts[0].article_id}, {"copy": texts[-1].article_id}):
        stories = stories_of([*texts, copy], original_of)
        assert stories["copy"] == stories[original_of["copy"]]


def test_a_duplicate_of_an_article_that_nobody_gave_shares_the_story_of_its_other_copies() -> None:
    copies = [report("one", "Bridge", "It fell."), report("two", "Bridge", "It fell.", 1)]
    stories = stories_of(copies, {"one": "far", "two": "far"})
    assert stories["one"] == stories["two"] == stable_id("story", "far")


@pytest.mark.parametrize(
    "odd",
    [
        ("", ""),
        ("", "Fire"),
        ("Fire", ""),
        ("the and of", "is was were"),
        ("2026 3.14 7", "1 2 3"),
        ("\ud83d\udd25", "\u200b\u00a0"),
        ("洪水淹没老城", "周日河水漫过堤岸,老城三千居民被疏散到山上的学校。"),
        ("فيضان يغمر المدينة", "غمرت مياه النهر المدينة القديمة يوم الأحد ونقل السكان إلى المدارس."),
        ("น้ำท่วมเมืองเก่า", "แม่น้ำล้นตลิ่งเมื่อวันอาทิตย์ ชาวบ้านสามพันคนถูกย้ายไปยังโรงเรียน"),
    ],
)
def test_odd_texts_have_a_story_each_alone_and_among_others(odd: tuple[str, str]) -> None:
    text = report("odd", *odd)
    undated = Text(article_id="undated", headline="", body="", published_at=None)
    assert stories_of([text]) == {"odd": stable_id("story", "odd")}
    stories = stories_of([text, undated, *others()])
    assert stories["odd"] == stable_id("story", "odd")
    assert stories["undated"] == stable_id("story", "undated")


@given(
    st.lists(
        st.tuples(st.text(max_size=40), st.text(max_size=200), st.one_of(st.none(), st.integers(-400, 400))),
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_text_has_one_story_whatever_it_holds(given_texts) -> None:
    texts = [
        Text(
            article_id=str(number),
            headline=headline,
            body=body,
            published_at=None if hours is None else report("x", "", "", hours).published_at,
        )
        for number, (headline, body, hours) in enumerate(given_texts)
    ]
    assert stories_of(texts).keys() == {text.article_id for text in texts}


@pytest.mark.parametrize(
    ("first", "second", "stranger"),
    [
        (
            ("洪水淹没佩拉姆老城", "佩尔河周日漫过佩拉姆的堤岸,三千居民被疏散到山上的学校。"),
            ("佩拉姆开始清理洪水淤泥", "佩拉姆老城三千居民离开山上的学校回家,佩尔河的洪水正在退去。"),
            ("法院驳回足球经纪人案", "法官裁定警方窃听律师电话,经纪人的审判因此终止。"),
        ),
        (
            ("فيضان نهر بيل يغمر بيلام", "غمرت مياه نهر بيل مدينة بيلام القديمة ونقل السكان إلى المدارس."),
            ("سكان بيلام يعودون بعد فيضان النهر", "عاد سكان بيلام القديمة من المدارس بعد انحسار مياه نهر بيل."),
            ("المحكمة ترفض قضية وكيل كرة القدم", "قال القاضي إن الشرطة تنصتت على هاتف المحامي فانتهت المحاكمة."),
        ),
    ],
    ids=["Chinese", "Arabic"],
)
def test_stories_are_found_in_scripts_without_letter_case(
    first: tuple[str, str], second: tuple[str, str], stranger: tuple[str, str]
) -> None:
    texts = [report("a", *first), report("b", *second, 9), report("c", *stranger, 5), *others()]
    stories = stories_of(texts)
    assert stories["a"] == stories["b"] != stories["c"]


def test_the_next_of_a_series_is_another_story_and_an_update_is_not() -> None:
    form = "Reservoirs of the {} held {} million litres on {} March, {} less than a week before, the Orvela board said."
    level = "Orvela reservoirs hold {} million litres"
    first = report("first", level.format("8,412"), form.format("Orvela", "8,412", "2", "117"))
    later = report("later", level.format("8,203"), form.format("Orvela", "8,203", "5", "209"), 72)
    update = report("update", level.format("8,411"), form.format("Orvela", "8,411", "2", "118"), 1)
    stories = stories_of([first, later, *others()])
    assert stories["first"] != stories["later"]
    stories = stories_of([first, update, *others()])
    assert stories["first"] == stories["update"]
