"""Duplicates over nights: what a person would say of the groups, whatever the order in which the texts came."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dedupe.archive import EmptyArchive
from pipeline.dedupe.candidates import MOST_TEXTS
from pipeline.dedupe.duplicates import Repeat, find_duplicates
from pipeline.dedupe.texts import Text
from pipeline.records import SplitDecision
from tests.dedupe.remembered import RememberedArchive

DAWN = datetime(2026, 3, 2, 6, tzinfo=UTC)
REPORT = (
    "Delegates from five river states agreed on Monday to open a shared flood warning centre in the port of Galati. "
    "The centre will collect readings from two hundred gauges and publish them every ten minutes. "
    "Engineers said the old exchange by fax had cost six hours during the flood of 2006. "
    "The first staff are to move in before the snow melts, the hosts said, and the costs are shared by length of bank. "
    "A dispute over who may open the upper sluices was left to a later round of talks in the autumn. "
    "Farmers along the lower river welcomed the plan but asked who would pay for meadows that are flooded on purpose."
)
OTHER = (
    "A ferry with ninety people on board lost power off the island of Hvar on Sunday evening and drifted for an hour. "
    "Two fishing boats reached it first and held it off the rocks until a tug arrived from Split. "
    "Nobody was hurt, the coast guard said, although several passengers were treated for shock. "
    "The operator blamed a fuel filter that had been changed the day before and promised refunds to everyone aboard."
)


SENTENCES = REPORT.split(". ")
# Sentences that no other text has: number and trade differ in each.
TRADES = ("baker", "fisher", "miner", "weaver", "printer", "potter", "roofer", "tailor", "cooper", "smith", "glazier")


def own(number: int, count: int = 5) -> str:
    """A text of its own, whatever the number."""
    return " ".join(
        f"Entry {number}-{line} tells how {TRADES[(number + line) % 11]} number {number * 31 + line} from district "
        f"{number * 17 + line * 3} went on with work {number * 13 + line * 7} before noon."
        for line in range(count)
    )


def text(name: str, body: str, hours: float = 0, *, is_agency: bool = False) -> Text:
    return Text(
        article_id=name, headline=name, body=body, published_at=DAWN + timedelta(hours=hours), is_agency=is_agency
    )


def repeats_of(*texts: Text) -> dict[str, Repeat]:
    return find_duplicates(texts, EmptyArchive()).repeats


def apart(moved: str, apart_from: str) -> SplitDecision:
    return SplitDecision(
        split_id="s",
        decided_at=DAWN,
        scope="duplicate",
        story_id="x",
        moved=(moved,),
        apart_from=(apart_from,),
        reason=None,
    )


def test_a_text_printed_again_is_a_duplicate_of_the_earlier_one() -> None:
    assert repeats_of(text("later", REPORT, 3), text("first", REPORT, 1)) == {
        "later": Repeat("first", "first", 1.0, 1.0)
    }


def test_the_evidence_says_which_way_the_containment_runs() -> None:
    half = ". ".join(SENTENCES[:3])
    padded = f"GALATI (Wire) - {REPORT} Our own correspondent adds that the cranes were idle on the day."
    repeats = repeats_of(text("first", REPORT), text("half", half, 1), text("padded", padded, 2))
    assert {repeat.original_id for repeat in repeats.values()} == {"first"}
    assert repeats["half"].own_share > 0.95
    assert repeats["half"].matched_share < 0.7
    assert repeats["padded"].matched_share == 1.0 > repeats["padded"].own_share


def test_another_report_is_no_duplicate() -> None:
    assert repeats_of(text("first", REPORT), text("other", OTHER, 1)) == {}


def test_a_report_that_quotes_a_sixth_of_another_is_no_duplicate() -> None:
    assert repeats_of(text("first", REPORT), text("update", f"{OTHER} {SENTENCES[0]}.", 1)) == {}


def test_an_agencys_article_is_the_original_even_if_a_paper_gives_an_earlier_time() -> None:
    repeats = repeats_of(text("paper", REPORT, 1), text("wire", REPORT, 2, is_agency=True), text("late", REPORT, 3))
    assert {name: repeat.original_id for name, repeat in repeats.items()} == {"paper": "wire", "late": "wire"}


def test_of_texts_of_one_instant_the_fullest_is_the_original() -> None:
    repeats = repeats_of(text("a", ". ".join(SENTENCES[:4]), 1), text("b", REPORT, 1))
    assert {name: repeat.original_id for name, repeat in repeats.items()} == {"a": "b"}


def test_a_repeat_of_a_duplicate_names_the_original_and_not_the_duplicate() -> None:
    nights = RememberedArchive()
    edited = REPORT.replace("two hundred gauges", "180 gauges").replace("six hours", "half a day")
    nights.night([text("first", REPORT), text("copy", edited, 1)])
    nights.night([text("third", edited, 2)])  # nearer to the copy than to the original
    assert nights.originals_of() == {"copy": "first", "third": "first"}


def test_an_earlier_text_that_comes_later_becomes_the_original_and_the_known_ones_follow() -> None:
    nights = RememberedArchive()
    nights.night([text("b", REPORT, 5), text("c", REPORT, 6)])
    found = nights.night([text("a", REPORT, 1)])
    assert nights.originals_of() == {"b": "a", "c": "a"}
    assert {t.article_id for t in found.judged} >= {"a", "b"}  # the old original gets a new verdict


def test_an_original_that_was_rewritten_lets_its_copies_go_and_one_of_them_is_the_original_again() -> None:
    nights = RememberedArchive()
    nights.night([text("first", REPORT), text("copy", REPORT, 1), text("other copy", REPORT, 2)])
    found = nights.night([text("first", OTHER)])
    assert nights.originals_of() == {"other copy": "copy"}
    assert found.originals_again == ("copy",)


def test_an_original_that_gained_a_sentence_keeps_its_copies() -> None:
    nights = RememberedArchive()
    nights.night([text("first", REPORT), text("copy", REPORT, 1)])
    nights.night([text("first", REPORT + " One sentence was added.")])
    assert nights.originals_of() == {"copy": "first"}


def test_what_people_split_stays_split_and_newcomers_join_the_nearer_side() -> None:
    nights = RememberedArchive()
    half = ". ".join(SENTENCES[:4])
    nights.night([text("whole", REPORT), text("half", half, 1)])
    assert nights.originals_of() == {"half": "whole"}
    nights.splits.append(apart("half", "whole"))
    nights.night([])
    assert nights.originals_of() == {}
    nights.night([text("like half", half, 2), text("like whole", REPORT, 3)])
    assert nights.originals_of() == {"like half": "half", "like whole": "whole"}
    nights.night([text("whole", REPORT + " One sentence was added.")])
    assert nights.originals_of() == {"like half": "half", "like whole": "whole"}


def test_a_split_that_is_taken_back_lets_the_texts_decide_again() -> None:
    nights = RememberedArchive()
    nights.night([text("first", REPORT), text("copy", REPORT, 1)])
    nights.splits.append(apart("copy", "first"))
    assert nights.night([]).originals_again == ("copy",)
    nights.splits.clear()
    nights.night([])
    assert nights.originals_of() == {"copy": "first"}


def test_a_report_that_very_many_print_is_one_group() -> None:
    count = MOST_TEXTS * 2
    texts = [text(f"t{n:03}", f"{REPORT} Printed for readers in town number {n}.", n) for n in range(count)]
    repeats = repeats_of(*texts)
    assert set(repeats) == {t.article_id for t in texts[1:]}
    assert {repeat.original_id for repeat in repeats.values()} == {"t000"}


DISCLAIMER = (
    "This material may not be published, broadcast, rewritten or redistributed in any form without prior leave, and "
    "whoever reads it does so at a personal risk that the house declines in every court of the land and of the sea. "
    "Prices shown may be late by a quarter of an hour, and past gains are no promise of gains that are still to come. "
    "Write to the editors by post or call at the counter on working days between nine and five to report an error."
)


def test_a_disclaimer_that_everybody_prints_joins_nobody_not_even_the_first() -> None:
    texts = [text(f"t{n:03}", f"{own(n, 3)} {DISCLAIMER}", n) for n in range(MOST_TEXTS + 15)]
    assert repeats_of(*texts) == {}


def test_links_by_words_that_turn_out_to_be_boilerplate_are_taken_back() -> None:
    nights = RememberedArchive()
    texts = [text(f"t{n:03}", f"{own(n, 3)} {DISCLAIMER}", n) for n in range(MOST_TEXTS + 15)]
    for one, other in pairwise(range(0, len(texts) + 1, 11)):
        nights.night(texts[one:other])
    assert nights.groups() == set()


def test_empty_and_one_word_texts_are_nobodys_duplicate() -> None:
    assert repeats_of(text("a", ""), text("b", "", 1), text("c", "Flood", 2), text("d", "Flood", 3)) == {}


def test_ten_thousand_equal_bodies_are_one_group_and_are_compared_with_nobody() -> None:
    found = find_duplicates([text(f"t{n:05}", REPORT, n) for n in range(10_000)], EmptyArchive())
    assert len(found.repeats) == 9_999
    assert {repeat.original_id for repeat in found.repeats.values()} == {"t00000"}
    assert found.indexed == {"t00000"}


def several() -> list[Text]:
    """Copies of many kinds of a few reports, boilerplate that becomes common, and a widely printed report."""
    half = ". ".join(SENTENCES[:3])
    tail = ". ".join(SENTENCES[2:])
    texts = [
        text("first", REPORT, 5),
        text("copy", REPORT, 1),
        text("half", half, 2),
        text("tail", tail, 9),
        text("padded", f"{OTHER[:120]} {REPORT}", 3),
        text("other", OTHER, 3),
        text("other copy", OTHER.replace("ninety", "eighty"), 4),
        text("short", "Too short to tell", 5),
        text("short too", "Too short to tell", 6),
        text("wire", own(900), 4, is_agency=True),
        text("wire printed", f"{own(900)} {own(901, 2)}", 1),
    ]
    texts += [text(f"d{n}", f"{own(n, 2)} {DISCLAIMER}", n) for n in range(MOST_TEXTS + 4)]
    texts += [text(f"w{n}", f"{own(950, 6)} Read here in town {n}.", n / 10) for n in range(MOST_TEXTS + 6)]
    return texts


@settings(max_examples=25, deadline=None)
@given(order=st.randoms(use_true_random=False), cuts=st.sets(st.integers(0, 105), max_size=9))
def test_neither_order_nor_nights_change_the_groups_or_the_originals(order, cuts) -> None:
    texts = several()
    at_once = RememberedArchive()
    at_once.night(texts)
    assert at_once.groups()

    order.shuffle(texts)
    nights = RememberedArchive()
    for start, end in pairwise([0, *sorted(cuts), len(texts)]):
        nights.night(texts[start:end])
    assert nights.groups() == at_once.groups()
    assert nights.originals_of() == at_once.originals_of()
