"""When an article is another text than the one we have, and when only its page is another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.revisions import settle_revisions
from pipeline.known_records import KnownArticle
from pipeline.read.learned_furniture import keys_of
from pipeline.read.page_reading import text_sha256
from pipeline.read.passing_lines import without_passing
from pipeline.read.revision import as_known, as_revision
from pipeline.read.typography import plain_type
from pipeline.records import Article, FurnitureLine, stable_id

SEEN_AT = datetime(2025, 3, 1, 6, 0, tzinfo=UTC)
HEADLINE = "Harbour crane falls on ferry"
FIRST = 'A crane fell on a ferry in the harbour of Tarvik on Monday, killing 12 people, police said. "It was loud."'
SECOND = "The mayor, Anna Lund, opened the school as a shelter – the storm was expected to last until Friday."
THIRD = "The ferry had left the yard two hours before. Its owner did not answer calls."
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def capture(body: str = BODY, *, headline: str | None = HEADLINE, hours: int = 24, **other: Any) -> Article:
    given: dict[str, Any] = {
        "article_id": "tarvik",
        "revision": 0,
        "capture_id": f"c{hours}",
        "fetch_id": f"f{hours}",
        "source_id": "tarvik-post",
        "status": "new",
        "url": "http://post.example/crane",
        "canonical_url": "http://post.example/crane",
        "headline": headline,
        "headline_source": "page",
        "standfirst": None,
        "byline": ("Ola Berg",),
        "published_at": None,
        "published_at_source": None,
        "modified_at": None,
        "section": None,
        "language": "en",
        "keywords": (),
        "publisher": None,
        "body": body,
        "text_sha256": text_sha256(headline, body),
        "changed_fields": (),
        "fetched_at": SEEN_AT + timedelta(hours=hours),
        "extractor": "main_text",
        "extractor_version": "3",
        "error": None,
    }
    return Article(**(given | other))


STORED = as_known(replace(capture(hours=0), revision=1))


def status_of(body: str, headline: str | None = HEADLINE, before: KnownArticle = STORED) -> str:
    return as_revision(capture(body, headline=headline), before).status


@pytest.mark.parametrize(
    "line",
    [
        "1,234 views",
        "Views: 1234",
        "12 comments",
        "Comments (12)",
        "No comments",
        "1.2K shares",
        "Read by 5,021 people",
        "5,021 people are reading this",
        "3 min read",
        "Lesezeit: 3 Minuten",
        "5 minutes ago",
        "an hour ago",
        "Updated 2 hours ago",
        "vor 3 Stunden",
        "Aktualisiert vor 3 Stunden",
        "il y a 5 minutes",
        "hace 20 minutos",
        "há 2 horas",
        "2 ore fa",
        "3 uur geleden",
        "för 5 minuter sedan",
        "for 2 timer siden",
        "5 minut temu",
        "5 минут назад",
        "10 dakika önce",
        "5分前",
        "3시간 전",
        "Updated 10:45",
        "Last updated at 10.45am GMT",
        "Updated: 12 May 2025, 10:45",
        "Stand: 12.05.2025, 10:45 Uhr",
        "Mis à jour le 12 mai 2025 à 10h45",
        "Обновлено: 12 мая 2025, 10:45",
        "12 Kommentare",
        "8 commentaires",
        "34 просмотра",
        "コメント 12",
        "댓글 5",
        "Updated 2 hours ago | 12 comments · 1,234 views",
        "\N{EYE} 1,234 views",
        "Updated 5 min. ago",
        "2 hrs. ago",
        "Yesterday at 10:45",
        "Today, 14:30",
        "Gestern, 10:45 Uhr",
        "1,2 тыс. просмотров",
        "34 mil visualizações",
        "1 234 vues",
        "View all 12 comments",
        "Facebook 12",
        "Compartido 56 veces",
        "Gefällt 12 Mal",
        "Temps de lecture : 3 min",
        "読了時間 3分",
        "Actualizado el 24 de noviembre de 2026 a las 10:45",
        "Ostatnia aktualizacja: 24 listopada 2026, 10:45",
        "2026年11月24日 10:45 更新",
        "更新于5分钟前",
        "5分钟前更新",
        "浏览量:1234",
        "1234 次观看",
        "تم التحديث منذ 5 دقائق",
        "منذ ٣ ساعات",
        "عدد التعليقات 12",
        "12 σχόλια",
        "34 προβολές",
    ],
)
def test_a_line_that_changes_by_itself_makes_no_revision(line: str) -> None:
    assert without_passing(line) == ""
    assert status_of(f"{line}\n\n{BODY}") == "unchanged"
    counted_on = "".join("7" if character.isdigit() else character for character in line)
    with_line = as_known(replace(capture(f"{FIRST}\n\n{line}\n\n{SECOND}\n\n{THIRD}", hours=0), revision=1))
    assert status_of(f"{FIRST}\n\n{counted_on}\n\n{SECOND}\n\n{THIRD}", before=with_line) == "unchanged"


def test_a_counter_beside_a_name_leaves_the_name() -> None:
    assert without_passing("By Ola Berg | 3 min read | 12 comments") == "By Ola Berg"


@pytest.mark.parametrize(
    "line",
    [
        "12 people",
        "12 killed",
        "14 votes",
        "Shares | 1,200",
        "2 hours ago.",
        "The blast two hours ago killed 12",
        "5 minutes ago the dam broke",
        "Updated 10:45 with 14 dead",
        "Updated plan for 2026",
        "10:45",
        "12 May 2025",
        "Two comments killed the plan",
        "The video had 12 million views, the court heard",
        "12 comments led to a trial",
        "Stand by 3",
        "Posted to Kabul in 2009",
        "Published 300 novels",
        "Published in 12 languages",
        "Edited volume, 300 pages",
        "12 Comments: A Novel",
        "Yesterday at 10:45 the dam broke",
        "Today, 14:30, hall 2: the choir",
        "Facebook 12 millionen schuldig",
        "Facebook was fined 12 million",
        "Read 12 times in court.",
        "Visitas a 12 enfermos",
        "5分前に出発した列車",
        "记者3小时前抵达现场",
        "更新计划12项",
        "",
    ],
)
def test_a_line_that_says_something_stays(line: str) -> None:
    assert without_passing(line) == line


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace(" ", "\u00a0").replace("\n\n", " "),
        BODY.replace('"', "”").replace("–", "—"),
        BODY.replace('"', "«").replace(" – ", "—"),
        BODY.replace("–", "--"),
        BODY.replace("ff", "\ufb00").replace("fi", "\ufb01"),
        BODY.replace("harbour", "har\u00adbour").replace("ferry", "fer\u200bry"),
        BODY.replace("Monday,", "Monday ,"),
        "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in BODY.replace("-", "\N{EN DASH}")),
        f"  {BODY}\n\n",
    ],
)
def test_how_a_text_is_set_makes_no_revision(other: str) -> None:
    assert status_of(other) == "unchanged"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("killing 12 people", "killing 14 people"),
        ("Anna Lund", "Anne Lund"),
        ("two hours before", "three hours before"),
        ("did not answer", "did answer"),
        ("Friday.", "Friday?"),
        ('"It was loud."', "It was loud."),
        ("12 people", "1 2 people"),
        ("Monday", "monday"),
    ],
)
def test_the_smallest_change_of_what_is_said_is_a_revision(old: str, new: str) -> None:
    assert old in BODY
    revised = as_revision(capture(BODY.replace(old, new)), STORED)
    assert (revised.status, revised.revision, revised.changed_fields) == ("revised", 2, ("body",))
    assert len(revised.added_passages) == len(revised.removed_passages) == 1
    assert new in revised.added_passages[0]
    assert old in revised.removed_passages[0]


def test_a_figure_in_the_headline_alone_is_a_revision() -> None:
    before = replace(STORED, headline="Crane kills 12", text_sha256="")
    revised = as_revision(capture(headline="Crane kills 14"), before)
    assert revised.changed_fields == ("headline",)
    assert (revised.removed_passages, revised.added_passages) == (("Crane kills 12",), ("Crane kills 14",))


def test_a_change_beside_a_counter_that_changed_too_says_only_what_was_said() -> None:
    before = as_known(replace(capture(f"12 comments\n\n{BODY}", hours=0), revision=1))
    revised = as_revision(capture(f"31 comments\n\n{BODY} The port stays closed."), before)
    assert (revised.added_passages, revised.removed_passages) == (("The port stays closed.",), ())


def test_fields_whose_setting_alone_differs_are_not_named_as_changed() -> None:
    before = replace(STORED, headline="The mayor's crane", standfirst="What “we” know", text_sha256="")
    revised = as_revision(capture(SECOND, headline="The mayor’s crane", standfirst='What "we" know'), before)
    assert revised.changed_fields == ("body",)


def test_standfirst_and_byline_make_no_revision_alone_and_are_named_beside_others() -> None:
    other = capture(standfirst="New", byline=("Kari Moe",))
    assert as_revision(other, STORED).status == "unchanged"
    assert as_revision(replace(other, body=SECOND, text_sha256="x"), STORED).changed_fields == (
        "standfirst",
        "byline",
        "body",
    )


def test_an_unchanged_text_has_the_stored_form() -> None:
    same = as_revision(capture(f"12 comments\n\n{BODY}", headline=f" {HEADLINE}"), STORED)
    assert (same.headline, same.body, same.text_sha256) == (HEADLINE, BODY, STORED.text_sha256)
    assert (same.revision, same.changed_fields, same.added_passages, same.removed_passages) == (1, (), (), ())


def test_a_moved_paragraph_is_a_revision_that_adds_and_removes_nothing() -> None:
    revised = as_revision(capture(f"{SECOND}\n\n{FIRST}\n\n{THIRD}"), STORED)
    assert (revised.status, revised.changed_fields) == ("revised", ("body",))
    assert (revised.added_passages, revised.removed_passages) == ((), ())


# ---------------------------------------------------------------- pages that went behind a wall

LONG = as_known(replace(capture(f"{BODY}\n\n{BODY.replace('ferry', 'barge')}", hours=0), revision=1))


@pytest.mark.parametrize("shown", [FIRST, f"{FIRST} The mayor, Anna L…", f"{FIRST}\n\nThe mayor, Anna ...", FIRST[:40]])
def test_the_beginning_of_our_text_behind_a_paywall_is_unchanged_and_keeps_our_text(shown: str) -> None:
    same = as_revision(capture(shown, is_accessible_for_free=False), LONG)
    assert (same.status, same.revision, same.body) == ("unchanged", 1, LONG.body)


@pytest.mark.parametrize("is_free", [None, True])
def test_a_text_that_lost_its_end_and_no_paywall_is_a_revision(is_free: bool | None) -> None:
    revised = as_revision(capture(FIRST, is_accessible_for_free=is_free), LONG)
    assert revised.status == "revised"
    assert SECOND in revised.removed_passages


def test_a_beginning_behind_a_paywall_that_says_something_else_is_a_revision() -> None:
    assert as_revision(capture(FIRST.replace("12", "14"), is_accessible_for_free=False), LONG).status == "revised"
    assert as_revision(capture(FIRST, headline="Other", is_accessible_for_free=False), LONG).status == "revised"


def test_most_of_a_text_is_no_stub() -> None:
    shown = LONG.body[: int(len(LONG.body) * 0.8)]
    assert as_revision(capture(shown, is_accessible_for_free=False), LONG).status == "revised"


# ---------------------------------------------------------------- several captures, furniture, older texts


def test_learnt_furniture_in_the_stored_text_is_not_called_removed() -> None:
    widget = "Follow the Tarvik Post wherever you read your news and never miss a storm"
    seen = {"first_seen_at": SEEN_AT, "last_seen_at": SEEN_AT}
    line = FurnitureLine(
        source_id="tarvik-post", line_key=stable_id(widget), line=widget, article_count=9, compared_count=9, **seen
    )
    before = as_known(replace(capture(f"{BODY}\n\n{widget}", hours=0), revision=1))
    text = BODY.replace("12", "14")
    read = [as_revision(capture(text, hours=hours), before, keys_of([line])) for hours in (1, 2)]
    settled = settle_revisions(read, {"tarvik": before})
    assert [(a.status, a.revision) for a in settled] == [("revised", 2), ("unchanged", 2)]
    assert [len(a.removed_passages) for a in settled] == [1, 0]
    assert widget not in settled[0].removed_passages


def test_each_capture_of_a_run_says_what_changed_since_the_one_before_it() -> None:
    texts = [BODY, BODY.replace("12", "14"), BODY.replace("12", "15")]
    read = [as_revision(capture(text, hours=hours), None) for hours, text in enumerate(texts)]
    settled = settle_revisions(read, {})
    assert [a.revision for a in settled] == [1, 2, 3]
    assert "14 people" in settled[1].added_passages[0]
    assert "14 people" in settled[2].removed_passages[0]


def test_an_older_text_is_outdated_and_an_older_counter_is_not() -> None:
    later = replace(STORED, last_seen_at=SEEN_AT + timedelta(days=9))
    assert status_of(BODY.replace("12", "14"), before=later) == "outdated"
    assert status_of(f"3 comments\n\n{BODY}", before=later) == "unchanged"


def test_forms_of_letters_that_look_alike_are_one_text_and_other_signs_are_not() -> None:
    assert plain_type("cafe\u0301 ﻣﺮﺣﺒﺎ ｶﾞ ＡＢ１２，") == plain_type("café مرحبا ガ AB12,")
    assert plain_type("مـــرحبا") == plain_type("مرحبا")
    assert plain_type("10²") != plain_type("102")
    assert plain_type("½") != plain_type("12")
    assert plain_type("é") != plain_type("e")


TEXTS = st.text(st.sampled_from("ab12 .,-–—'\"“”«»\u00a0\u00ad\u200b\n|…A!"), max_size=60)


@given(one=TEXTS, other=TEXTS)
def test_what_counts_as_the_same_text_is_an_equivalence_that_keeps_letters_and_figures(one: str, other: str) -> None:
    assert plain_type(plain_type(one)) == plain_type(one)
    if plain_type(one) == plain_type(other):
        assert [c for c in one if c.isalnum()] == [c for c in other if c.isalnum()]


@given(text=st.text(max_size=200))
def test_hostile_lines_come_back_whole_or_go_whole_or_lose_parts_between_bars(text: str) -> None:
    line = " ".join(text.split())
    kept = without_passing(line)
    assert kept in ("", line) or all(part in line for part in kept.split(" | "))
    assert without_passing(kept) == kept


@given(text=st.text(max_size=80) | st.text(st.sampled_from("ae\u0301\u0316\u00ad'\u0344"), max_size=200))
def test_any_text_in_plain_type_is_in_plain_type(text: str) -> None:
    assert plain_type(plain_type(text)) == plain_type(text)


@pytest.mark.parametrize("between", ["", "\u00ad"])
def test_marks_heaped_on_one_letter_by_the_hundred_thousand_are_compared(between: str) -> None:
    heap = "a" + between.join(["\u0301\u0316"] * 300_000)
    assert len(plain_type(heap)) <= 32
