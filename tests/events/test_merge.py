"""Event identity: tellings of one happening come together, and two happenings stay apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.events.coder import code_text
from pipeline.events.happenings import group_tellings
from pipeline.events.likeness import ENOUGH, Telling, likeness
from pipeline.events.merge import own_event_id, shared_key, told_words
from pipeline.events.parties import Party, describe_party, party_of, relation
from pipeline.events.spans import CodedEvent

DAY = date(2013, 11, 15)


def event(sentence: str) -> CodedEvent:
    found = code_text(sentence, published_at=datetime(2013, 11, 15, 12, tzinfo=UTC))
    assert len(found) == 1, [e.rule for e in found]
    return found[0]


def telling(sentence: str, article: str, *, story: str = "s", published_on: date = DAY) -> Telling:
    """The sentence as the only one of an article."""
    e = event(sentence)
    when, place = e.event_date, e.place
    return Telling(
        mention_id=article,
        own_event_id=own_event_id(e, article),
        shared_key=shared_key(e, published_on),
        article_id=article,
        revision=1,
        sentence_index=0,
        story_id=story,
        event_type=e.event_type,
        event_mode=e.event_mode,
        modality=e.modality,
        negated=e.negated,
        actor=party_of(e.actor),
        recipient=party_of(e.recipient),
        first_day=when.first_day if when else None,
        last_day=when.last_day if when else None,
        published_on=published_on,
        place_country_code=place.country_code if place else None,
        place_id=str(place.geonames_id) if place else None,
        words=frozenset(told_words(e.evidence.text, e)),
    )


def one_event(*sentences: str, stories: tuple[str, str] = ("s", "s")) -> bool:
    """Whether two sentences, each from another article, end in one event."""
    told = [telling(s, f"a{n}", story=story) for n, (s, story) in enumerate(zip(sentences, stories, strict=True))]
    return len(group_tellings(told)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Dates: a day, a longer span, none; the next day in another time zone.
        ("Poland expelled two Russian diplomats on Tuesday.", "The Polish government expelled two Russian envoys."),
        ("Poland expelled two Russian diplomats on Tuesday.", "Poland expelled two Russian diplomats this week."),
        ("Kenyan police arrested nine smugglers on Wednesday.", "Kenyan police arrested nine smugglers on Thursday."),
        # Parties: with and without country, an arm of the state, one side left out.
        ("Kenyan police arrested nine smugglers on Thursday.", "Police arrested nine smugglers on Thursday."),
        ("The Peruvian navy seized a Chilean trawler on Monday.", "Peru seized a Chilean ship on Monday."),
        ("Gunmen killed nine villagers on Monday.", "Unidentified gunmen killed nine people."),
        # Order of the two where both act.
        ("Kenya and Uganda signed a treaty on fishing.", "Uganda and Kenya signed a treaty on fishing."),
    ],
)
def test_two_articles_of_a_story_tell_of_one_happening(one: str, other: str) -> None:
    assert one_event(one, other)
    assert one_event(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Poland expelled two Russian diplomats on Tuesday.", "Poland arrested two Russian diplomats on Tuesday."),
        ("Poland expelled two Russian diplomats on Tuesday.", "Poland expelled two Belarusian diplomats on Tuesday."),
        ("Poland expelled two Russian diplomats on Tuesday.", "Latvia expelled two Russian diplomats on Tuesday."),
        ("Poland expelled two Russian diplomats on Tuesday.", "Poland expelled two Russian diplomats in March."),
        ("Kenyan police arrested two smugglers on Monday.", "Kenyan police arrested two smugglers on Thursday."),
        ("Kenya accused Uganda of spying.", "Uganda accused Kenya of spying."),
        ("The Kenyan president visited Uganda.", "The Ugandan president visited Kenya."),
        ("The Chinese minister visited Kenya on Monday.", "The Chinese minister met Kenyan officials on Monday."),
        # Two statements by the same to the same that have nothing in common.
        ("Kenya accused Uganda of shelling a village.", "Kenya accused Uganda of forging banknotes."),
        # Whether it happened.
        ("Police arrested nine smugglers.", "Police did not arrest nine smugglers."),
    ],
)
def test_two_happenings_of_a_story_stay_apart(one: str, other: str) -> None:
    assert not one_event(one, other)


def test_a_vague_report_joins_the_happening_it_is_most_like_and_joins_no_two() -> None:
    kenyan = telling("Kenyan police arrested nine smugglers on Thursday.", "a1")
    ugandan = telling("Ugandan police arrested four poachers on Thursday.", "a2")
    vague = telling("Police arrested nine smugglers.", "a3")
    groups = group_tellings([vague, ugandan, kenyan])
    assert sorted(sorted(t.article_id for t in group) for group in groups) == [["a1", "a3"], ["a2"]]


def test_one_article_that_counts_differently_tells_of_two_arrests() -> None:
    first = telling("Kenyan police arrested nine smugglers.", "a")
    second = replace(telling("Kenyan police arrested four smugglers.", "a"), mention_id="a-3", sentence_index=3)
    assert likeness(first, second) is None
    assert likeness(first, replace(second, article_id="b")) is not None, "two articles may have two figures"


def test_the_revisions_of_an_article_tell_of_one_happening_though_the_figures_change() -> None:
    first = telling("Gunmen killed nine villagers on Monday.", "a")
    second = replace(telling("Gunmen killed eleven villagers on Monday.", "a"), revision=2, mention_id="a-rev-2")
    assert len(group_tellings([first, second])) == 1


def test_a_plan_is_the_deed_only_where_both_name_the_day() -> None:
    deed = telling("Egypt attacked Chad on Friday.", "b")
    plan = replace(deed, mention_id="a", article_id="a", modality="future")
    assert likeness(plan, deed) is not None
    assert likeness(replace(plan, first_day=None, last_day=None), deed) is None
    assert likeness(replace(plan, modality="conditional"), deed) is None
    assert likeness(replace(plan, modality="denied"), deed) is not None, "what one side denies the other reports"


def test_a_promise_is_one_whether_it_is_told_as_promised_or_as_to_come() -> None:
    promised = telling("Norway promised Malta 40 engineers.", "a")
    to_come = replace(promised, mention_id="b", article_id="b", modality="future")
    assert (likeness(promised, to_come) or 0) >= ENOUGH


def test_likeness_is_the_same_from_both_sides() -> None:
    one = telling("Kenyan police arrested nine smugglers on Thursday.", "a1")
    other = telling("Police arrested nine smugglers.", "a2")
    assert likeness(one, other) == likeness(other, one)
    assert (likeness(one, other) or 0) >= ENOUGH


@pytest.mark.parametrize(
    ("sentence", "other", "same"),
    [
        # Background, dated to the month.
        (
            "Poland expelled two Russian diplomats in March.",
            "Warsaw expelled Russian envoys in March.",
            True,
        ),
        # News of one exact day between identified parties.
        (
            "Poland expelled two Russian diplomats on Tuesday.",
            "Warsaw expelled Russian envoys on Tuesday.",
            True,
        ),
        # No day.
        ("Poland expelled two Russian diplomats.", "Poland expelled two Russian diplomats.", False),
        # Nobody knows which police, nor whom.
        ("Police arrested two smugglers in March.", "Police arrested two smugglers in March.", False),
        # Two statements of a day need not be one.
        ("Kenya accused Uganda of spying on Tuesday.", "Kenya accused Uganda of shelling on Tuesday.", False),
    ],
)
def test_across_stories_only_what_the_words_identify_is_one(sentence: str, other: str, same: bool) -> None:
    assert one_event(sentence, other, stories=("s1", "s2")) == same


def test_the_own_id_does_not_depend_on_how_sure_the_coder_is_nor_on_where_it_stands() -> None:
    one = event("Poland expelled two Russian diplomats on Tuesday.")
    other = replace(one, confidence=0.1, sentence_index=9, rule="another", modality="ongoing")
    assert own_event_id(one, "a") == own_event_id(other, "a")
    assert own_event_id(one, "a") != own_event_id(one, "b")


def party(text: str, country: str | None = None, sector: str | None = None, name: str | None = None) -> Party:
    return describe_party(text, name, country, sector)


NORWAY = party("Norway", "NOR", None, "Norway")
ANN_BAY = party("Ann Bay", "NOR", "GOV", "Ann Bay")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NORWAY, party("the rebels", "NOR", "REB")),
        (NORWAY, party("Malta", "MLT", None, "Malta")),
        (ANN_BAY, party("Tom Fell", "NOR", "GOV", "Tom Fell")),
        (party("police", "KEN", "COP"), party("judges", "KEN", "JUD")),
        (party("Lantern Group", None, "BUS", "Lantern Group"), NORWAY),
    ],
)
def test_parties_that_cannot_be_one(one: Party, other: Party) -> None:
    assert relation(one, other) is None
    assert relation(other, one) is None


@pytest.mark.parametrize(
    ("vague", "exact"),
    [
        (party("police", None, "COP"), party("Kenyan police", "KEN", "COP")),
        (NORWAY, party("the Norwegian navy", "NOR", "MIL")),
        (party("the minister", None, "GOV"), ANN_BAY),
        (party("Bay", None, None, "Bay"), ANN_BAY),
        (party("nine people", None, "CVL"), party("nine nurses", None, "HLH")),
    ],
)
def test_a_vague_name_goes_with_an_exact_one(vague: Party, exact: Party) -> None:
    assert (relation(vague, exact) or 0) > 0
    assert relation(vague, exact) == relation(exact, vague)


def test_an_unknown_side_says_nothing() -> None:
    assert relation(None, party("police", None, "COP")) == 0
    assert relation(party("the company"), party("the ship")) == 0


def test_a_number_of_a_million_digits_is_read() -> None:
    assert relation(party("9" * 1_000_000 + " men"), party("nine men")) is not None
