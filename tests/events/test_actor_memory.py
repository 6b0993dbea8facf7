"""What the archive remembers of persons is used for names that an article does not explain, and for nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from pipeline.events.actors.holders import recall_holder
from pipeline.events.actors.memory import ActorMemory, name_key, persons_in
from pipeline.events.coders import Publication
from pipeline.events.coders.rules import RuleCoder
from pipeline.records import ActorOffice

DAY = date(2026, 3, 12)
PUBLISHED_AT = datetime(2026, 3, 12, 9, tzinfo=UTC)


def office(name: str = "Marc Duval", **fields: object) -> ActorOffice:
    given = {
        "name_key": name_key(name),
        "name": name,
        "short_name": name_key(name).split()[-1],
        "office": "finance minister",
        "country_code": "FRA",
        "sector": "GOV",
        "first_seen_on": date(2026, 3, 2),
        "last_seen_on": date(2026, 3, 9),
        "article_count": 4,
    }
    return ActorOffice(**{**given, **fields})  # type: ignore[arg-type]  # the fields of the record


def memory_of(*offices: ActorOffice) -> ActorMemory:
    return ActorMemory(lambda word: [one for one in offices if one.short_name == word])


def coded(text: str, memory: ActorMemory, published_at: datetime | None = PUBLISHED_AT):
    return RuleCoder().code_with_memory(text, Publication(published_at=published_at, language="en"), memory)


def test_a_name_without_a_title_is_known_from_the_archive_and_says_so():
    (event,) = coded("Mr Duval condemned Poland on Tuesday.", memory_of(office())).events
    assert (event.actor.name, event.actor.country_code, event.actor.sector) == ("Marc Duval", "FRA", "GOV")
    assert event.actor.known_from == "known from the archive as finance minister since 2026-03-02, 4 articles"
    assert event.recipient.known_from is None


def test_a_pronoun_inherits_what_the_archive_says_of_its_name():
    text = "Mr Duval condemned Poland on Tuesday. He met Polish officials."
    _, meeting = coded(text, memory_of(office())).events
    assert (meeting.actor.text, meeting.actor.country_code) == ("He", "FRA")
    assert "known from the archive" in meeting.actor.known_from


@pytest.mark.parametrize(
    ("text", "country_code"),
    [
        ("Canadian Trade Minister Marc Duval condemned Poland.", "CAN"),
        ("Canadian Trade Minister Marc Duval flew home on Monday. Mr Duval condemned Poland.", "CAN"),
        ("Goalkeeper Marc Duval condemned Poland.", None),
        ("The goalkeeper Marc Duval condemned Poland on Monday.", None),
        ("Poland was condemned by Marc Duval, a retired goalkeeper, on Monday.", None),
        ("Jean Duval condemned Poland.", None),
    ],
)
def test_what_the_article_says_itself_is_never_overridden(text, country_code):
    event = coded(text, memory_of(office())).events[-1]
    assert event.actor.country_code == country_code
    assert event.actor.known_from is None


def test_nothing_is_remembered_without_a_day():
    (event,) = coded("Mr Duval condemned Poland on Tuesday.", memory_of(office()), published_at=None).events
    assert event.actor.country_code is None


@pytest.mark.parametrize(
    "offices",
    [
        pytest.param([office(), office("Anne Duval", country_code="CHE")], id="two persons"),
        pytest.param([office(), office("Anne Duval")], id="two persons of one country"),
        pytest.param([office(first_seen_on=date(2026, 3, 13), last_seen_on=date(2026, 4, 1))], id="only later"),
        pytest.param([office(first_seen_on=date(2024, 1, 1), last_seen_on=date(2024, 2, 1))], id="long ago"),
        pytest.param([office(), office(country_code="BEL", article_count=3)], id="articles disagree about the country"),
        pytest.param([office(), office(sector="BUS", article_count=3)], id="articles disagree about the sector"),
        pytest.param([], id="nobody"),
    ],
)
def test_where_there_is_doubt_nothing_is_known(offices):
    assert memory_of(*offices).recall("Duval", DAY) is None


def test_the_whole_name_tells_two_persons_apart():
    memory = memory_of(office(), office("Anne Duval", country_code="CHE"))
    assert memory.recall("Anne Duval", DAY).country_code == "CHE"
    assert memory.recall("Mr Marc Duval", DAY).country_code == "FRA"


def test_a_longer_spelling_is_the_same_person():
    found = memory_of(office(), office("Marc A. Duval", article_count=1)).recall("Duval", DAY)
    assert (found.name, found.article_count) == ("Marc A. Duval", 5)


def test_the_office_is_the_one_of_the_articles_day():
    spells = [
        office(office="budget minister", first_seen_on=date(2025, 5, 1), last_seen_on=date(2025, 12, 1)),
        office(first_seen_on=date(2026, 3, 2), last_seen_on=date(2026, 3, 9)),
        office(
            office="prime minister",
            sector="GOV",
            first_seen_on=date(2026, 6, 1),
            last_seen_on=date(2026, 9, 1),
        ),
    ]
    memory = memory_of(*spells)
    held = {day: memory.recall("Duval", day).office for day in (date(2025, 6, 1), DAY, date(2026, 7, 1))}
    assert held == {date(2025, 6, 1): "budget minister", DAY: "finance minister", date(2026, 7, 1): "prime minister"}


def test_the_order_of_rows_never_decides():
    rows = [office(), office("Marc A. Duval", office="minister"), office(office="economy minister")]
    answers = {memory_of(*order).recall("Duval", DAY) for order in permutations(rows)}
    assert len(answers) == 1


def test_persons_of_one_short_name_are_told_apart():
    rows = [office("Ann Blake"), office("Ann M. Blake"), office("John Blake")]
    assert [{o.name for o in person} for person in persons_in(rows)] == [{"Ann M. Blake", "Ann Blake"}, {"John Blake"}]


def test_a_text_tells_whom_it_names_with_an_office():
    text = (
        "French Finance Minister Marc Duval condemned Poland. Li Wen, the Chinese foreign minister, met UN envoy Sara "
        "Holm. Colonel Ahmed Bahar of the Sudanese army resigned. Former Kenyan president Daniel Otieno accused Togo. "
        "Mr Smith left. Taxi driver Joe Brown saw it."
    )
    seen = {(s.name, s.office, s.country_code, s.sector) for s in coded(text, ActorMemory()).sightings}
    assert {
        ("Marc Duval", "finance minister", "FRA", "GOV"),
        ("Li Wen", "foreign minister", "CHN", "GOV"),
        ("Sara Holm", "un envoy", None, "IGO"),
        ("Ahmed Bahar", "colonel", "SDN", "MIL"),
        ("Daniel Otieno", "former president", "KEN", "ELI"),
    } <= seen
    assert not {"Smith", "Mr Smith", "Joe Brown"} & {name for name, *_ in seen}


def test_the_memory_does_not_feed_on_itself():
    assert coded("Mr Marc Duval condemned Poland on Tuesday.", memory_of(office())).sightings == []


def test_a_family_name_that_comes_first_is_the_short_name():
    text = "Chinese Trade Minister Li Wen met UN envoy Bo Ki-nam. Bo praised Li."
    assert {s.name: s.short_name for s in coded(text, ActorMemory()).sightings} == {"Li Wen": "li", "Bo Ki-nam": "bo"}
    known = office("Li Wen", country_code="CHN", short_name="li")
    for name in ("Li", "Mr Li", "Li Wen"):
        assert memory_of(known).recall(name, DAY).name == "Li Wen"
    assert memory_of(known).recall("Wen", DAY) is None


@pytest.mark.parametrize(
    ("name", "day", "known"),
    [
        ("Merkel", date(2013, 11, 15), ("DEU", "GOV")),
        ("Angela Merkel", date(2023, 1, 1), ("DEU", "ELI")),
        ("Merkel", None, ("DEU", "GOV")),
        ("Merkel", date(2001, 1, 1), None),
        ("Bush", date(2003, 3, 20), ("USA", "GOV")),
        ("Bush", date(2012, 3, 20), ("USA", "ELI")),
        ("Annan", date(2004, 1, 1), (None, "IGO")),
        ("Ocalan", date(2004, 1, 1), ("TUR", "REB")),
        ("Brown", date(2008, 1, 1), None),
        ("Gordon Brown", date(2008, 1, 1), ("GBR", "GOV")),
        ("Peter Merkel", date(2013, 11, 15), None),
    ],
)
def test_office_holders_of_the_first_rank_are_known_in_their_time(name, day, known):
    found = recall_holder(name, day)
    assert (found and (found.country_code, found.sector)) == known


def test_the_archive_comes_before_the_list_of_office_holders():
    later = office("Angela Merkel", office="mediator", country_code=None, sector="IGO")
    event = coded("Ms Merkel condemned Poland on Tuesday.", memory_of(later)).events[0]
    assert (event.actor.sector, "known from the archive as mediator" in event.actor.known_from) == ("IGO", True)
    event = coded("Ms Merkel condemned Poland on Tuesday.", ActorMemory()).events[0]
    assert (event.actor.country_code, event.actor.sector) == ("DEU", "ELI")
    assert event.actor.known_from == "known from the list of office holders as chancellor"


def test_a_title_without_a_country_is_given_the_country_of_the_same_sector():
    (event,) = coded("Minister Duval condemned Poland on Tuesday.", memory_of(office())).events
    assert (event.actor.country_code, event.actor.sector) == ("FRA", "GOV")
    (event,) = coded("The bishop, Marc Duval, condemned Poland on Tuesday.", memory_of(office())).events
    assert (event.actor.country_code, event.actor.sector, event.actor.known_from) == (None, "REL", None)
