from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dedupe.duplicates import MOST_TEXTS_PER_SHINGLE, find_repeats
from pipeline.dedupe.shingles import containment, shingles_of
from pipeline.dedupe.texts import Text

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


def text(name: str, body: str, hours: int = 0, headline: str = "", **more: str) -> Text:
    return Text(
        article_id=name, headline=headline or name, body=body, published_at=DAWN + timedelta(hours=hours), **more
    )


def test_a_text_printed_again_is_a_duplicate_of_the_earlier_one() -> None:
    repeats = find_repeats([], [text("later", REPORT, 3), text("first", REPORT, 1)])
    assert {name: repeat.original_id for name, repeat in repeats.items()} == {"later": "first"}
    assert repeats["later"].shared_share == 1.0


def test_a_copy_cut_to_half_and_one_with_a_tail_are_duplicates() -> None:
    half = ". ".join(REPORT.split(". ")[:3])
    padded = f"GALATI (Wire) - {REPORT} Our own correspondent adds that the cranes were idle on the day. " * 1
    repeats = find_repeats([], [text("first", REPORT), text("half", half, 1), text("padded", padded, 2)])
    assert {repeat.original_id for repeat in repeats.values()} == {"first"}
    assert set(repeats) == {"half", "padded"}


def test_another_report_is_no_duplicate() -> None:
    assert find_repeats([], [text("first", REPORT), text("other", OTHER, 1)]) == {}


def test_a_report_that_quotes_a_third_of_another_is_no_duplicate() -> None:
    update = OTHER + " " + ". ".join(REPORT.split(". ")[:1]) + "."
    assert find_repeats([], [text("first", REPORT), text("update", update, 1)]) == {}


def test_the_edition_s_text_stays_the_original_even_if_a_new_one_claims_to_be_older() -> None:
    repeats = find_repeats([text("known", REPORT, 5)], [text("fresh", REPORT, -50)])
    assert repeats["fresh"].original_id == "known"


def test_a_repeat_of_a_duplicate_names_the_original_and_not_the_duplicate() -> None:
    edited = REPORT.replace("two hundred gauges", "180 gauges").replace("six hours", "half a day")
    known = [text("first", REPORT), text("copy", edited, 1, known_original="first")]
    repeats = find_repeats(known, [text("third", edited, 2)])  # nearer to the copy than to the original
    assert repeats["third"].original_id == "first"


def test_a_revision_is_not_compared_with_what_it_used_to_say() -> None:
    known = [text("first", REPORT)]
    assert find_repeats(known, [text("first", REPORT + " One sentence was added.", 4)]) == {}


def test_an_original_that_was_revised_does_not_become_a_duplicate_of_its_copy() -> None:
    known = [text("first", REPORT), text("copy", REPORT, 1, known_original="first")]
    assert find_repeats(known, [text("first", REPORT + " One sentence was added.", 4)]) == {}


def test_a_disclaimer_that_everybody_prints_joins_nobody() -> None:
    disclaimer = (
        "This material may not be published, broadcast, rewritten or redistributed in any form without leave. " * 3
    )
    count = MOST_TEXTS_PER_SHINGLE + 15
    texts = [
        text(f"t{n}", f"{disclaimer} Number {n} reports on matter {n * 7} and nothing else today.", n)
        for n in range(count)
    ]
    repeats = find_repeats([], texts)
    # The first ones are joined before the words are known to be boilerplate; from then on nobody is.
    assert not {f"t{n}" for n in range(MOST_TEXTS_PER_SHINGLE + 2, count)} & set(repeats)


def test_empty_and_one_word_texts_are_nobody_s_duplicate() -> None:
    assert find_repeats([], [text("a", ""), text("b", "", 1), text("c", "Flood", 2), text("d", "Flood", 3)]) == {}


def test_containment_counts_the_smaller_text() -> None:
    whole, half = shingles_of(REPORT), shingles_of(". ".join(REPORT.split(". ")[:3]))
    assert containment(whole, half) == containment(half, whole) > 0.95


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_input_changes_nothing(order: list[int]) -> None:
    half = ". ".join(REPORT.split(". ")[:3])
    texts = [
        text("first", REPORT),
        text("copy", REPORT, 1),
        text("half", half, 2),
        text("other", OTHER, 3),
        text("other copy", OTHER, 4),
        text("short", "Too short to tell", 5),
    ]
    assert find_repeats([], [texts[n] for n in order]) == find_repeats([], texts)
