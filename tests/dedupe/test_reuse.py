"""When one text is another one re-used, and what tells reports of one form apart."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.reuse import least_containment, reuse_of, shape_of
from pipeline.dedupe.slots import MOST_SLOTS, Agreement, Slots, agreement_of

HARBOUR = (
    "The council of Port Elvey voted late on Tuesday to close the old harbour bridge to lorries after divers found "
    "cracks in two of its five piers. Engineer Ruth Aldane told members that the piers had been weakened by the flood "
    "of 2019 and would not carry a loaded truck much longer. Drivers will have to go round by Sallow Lock, which adds "
    "eleven miles to the way to the fish market. Traders said the decision would cost them 400 crowns a week each and "
    "asked for a ferry. A new bridge has been planned for years, but the county has set no money aside, and a fund of "
    "the coast ministry is open to towns with more than 20,000 people only. Port Elvey has 18,300."
)
MARKET = (
    "Wheat for {month} delivery closed {one} cents {way} at {two} crowns a bushel on the {city} exchange on {day}. "
    "Turnover was {three} lots against {four} lots in the previous session. Maize ended at {five} crowns after {six} "
    "crowns. Dealers said trading was quiet, with most participants waiting for the monthly crop report. Stocks in "
    "licensed warehouses stood at {seven} tonnes, compared with {eight} tonnes a week earlier. The exchange sets the "
    "price by an auction at noon, to which members send their clerks, and publishes it on a board in the hall and on "
    "its pages at once. Prices are free at the quay and leave out the duty that the province takes on grain."
)
OBITUARY = (
    "The actor {name}, who was known to a wide public from the series {series}, is dead. {short} died on Sunday night "
    "in a hospital in {place} after a long illness, the family told this paper. The funeral will take place in the "
    "closest circle. {short} was born in {born} and came to the theatre of {town} after drama school in {school}. "
    "For many years {short} taught young players there. Colleagues remembered a generous person with a dry humour."
)


def market(**changed: str) -> str:
    """A market report."""
    given_values = {
        "month": "May",
        "one": "3",
        "way": "higher",
        "two": "4.12",
        "city": "Norrby",
        "day": "Monday",
        "three": "8,210",
        "four": "7,950",
        "five": "3.05",
        "six": "3.01",
        "seven": "41,200",
        "eight": "42,850",
    }
    return MARKET.format(**{**given_values, **changed})


OTHER_DAY = {
    "one": "7",
    "way": "lower",
    "two": "4.05",
    "day": "Tuesday",
    "three": "9,377",
    "four": "8,210",
    "five": "2.98",
    "six": "3.05",
    "seven": "40,700",
    "eight": "41,200",
}


def test_a_cut_copy_stands_wholly_in_its_original_and_fills_a_part_of_it():
    cut = " ".join(HARBOUR.split()[:70])
    found = reuse_of(shape_of(cut), shape_of(HARBOUR))
    assert found is not None
    assert found.own_share == 1.0
    assert 0.4 < found.matched_share < 0.8


def test_the_next_report_of_a_form_is_another_text():
    assert reuse_of(shape_of(market()), shape_of(market(**OTHER_DAY))) is None


def test_the_same_report_in_another_house_style_is_the_same_text():
    style = market(seven="41 200", eight="42.850", three="8210", four="7950").replace("Dealers said", "Traders said")
    assert reuse_of(shape_of(market()), shape_of(style)) is not None


def test_a_few_corrected_figures_of_many_make_no_other_report():
    assert reuse_of(shape_of(market()), shape_of(market(two="4.21", three="8,120"))) is not None


def test_many_figures_updated_in_a_long_report_leave_it_the_same_text():
    long = (
        HARBOUR
        + " "
        + " ".join(
            f"In the {w} quarter people came to the {w} meeting and spoke about their {w} worries at length."
            for w in ("northern", "eastern", "southern", "western", "inner", "outer", "upper", "lower", "old", "new")
        )
    )
    updated = long.replace("18,300", "18,900").replace("400 crowns", "450 crowns").replace("eleven", "twelve")
    assert reuse_of(shape_of(long), shape_of(updated)) is not None


def test_obituaries_of_one_form_are_of_different_people():
    one = OBITUARY.format(
        name="Ilse Marten",
        short="Marten",
        series="Harbour Lights",
        place="Korsund",
        born="Elby",
        town="Vik",
        school="Tarn",
    )
    other = OBITUARY.format(
        name="Pavel Dorin",
        short="Dorin",
        series="The Ninth Floor",
        place="Zelin",
        born="Ostra",
        town="Hradna",
        school="Lubin",
    )
    assert reuse_of(shape_of(one), shape_of(other)) is None


def test_an_item_of_a_round_up_is_no_repeat_of_it():
    rest = " ".join(
        f"Item {n} tells of the {n * 7} things that happened to person {n} in hamlet {n}." for n in range(60)
    )
    brief = " ".join(HARBOUR.split()[:60])
    assert reuse_of(shape_of(brief), shape_of(rest + " " + brief)) is None


@pytest.mark.parametrize(("first", "second"), [(market(), market(**OTHER_DAY)), (HARBOUR, HARBOUR[:400])])
def test_the_question_has_no_direction(first, second):
    one, other = shape_of(first), shape_of(second)
    there, back = reuse_of(one, other), reuse_of(other, one)
    assert (there is None) == (back is None)
    if there and back:
        assert (there.own_share, there.matched_share) == (back.matched_share, back.own_share)


def test_more_of_a_short_text_has_to_be_shared():
    assert least_containment(16) > least_containment(40) > least_containment(64) == least_containment(10_000)


def test_a_text_of_few_words_repeats_nothing():
    few = shape_of("Fire in Port Elvey.")
    assert few.is_too_short
    assert reuse_of(few, few) is None


def test_without_its_boilerplate_a_text_keeps_only_the_rest():
    shape = shape_of(HARBOUR)
    assert reuse_of(shape.without(np.ones(len(shape.in_order), dtype=np.bool_)), shape) is None


def test_slots_count_what_stands_between_the_same_words():
    one = Slots("The bank lent 40 million crowns at 3 percent to Arvid Holm, a builder.")
    other = Slots("The bank lent 55 million crowns at 3 percent to Peder Lie, a builder.")
    assert agreement_of(one, other) == Agreement(same_figures=1, other_figures=1, same_names=0, other_names=2)


def test_numbers_in_words_and_days_in_any_language_fill_slots():
    assert agreement_of(Slots("a toll of twelve people was"), Slots("a toll of 12 people was")).same_figures == 1
    assert agreement_of(Slots("elle a dit lundi à la presse"), Slots("elle a dit mardi à la presse")).other_figures == 1


def test_capitals_are_no_names_in_a_text_of_capitals():
    assert agreement_of(Slots("THE SHIP HIT A ROCK OFF ELBY"), Slots("THE SHIP HIT A WALL OFF ELBY")).other_names == 0


def test_an_endless_table_has_a_bounded_number_of_slots():
    figures, _ = Slots("lot sold at 17 in row " * 5 * MOST_SLOTS).fillers
    assert sum(map(len, figures.values())) <= MOST_SLOTS


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(one, other):
    agreement_of(Slots(one), Slots(other))
    reuse_of(shape_of(one), shape_of(other))


@given(st.integers(0, 2**32))
def test_pieces_of_a_text_in_another_order_are_that_text(seed):
    sentences = HARBOUR.split(". ")
    random.Random(seed).shuffle(sentences)
    assert reuse_of(shape_of(". ".join(sentences)), shape_of(HARBOUR)) is not None


def test_a_standing_end_makes_no_repeat():
    standing = (
        " The commission was set up by both houses after the floods of 2002 and reports once a year. Its members are "
        "chosen for six years and may not hold another office. It has spent 310 million crowns on dykes so far, most "
        "of it in the lower valley. Anyone who lives behind a dyke can ask it for an inspection, which is free."
    )
    first = (
        "A farmer near Brel pulled three children from a ditch on Sunday when ice gave way under them. All were well "
        "enough to go home. The dyke warden blamed missing fences and said that new ones had been ordered in spring."
    )
    second = (
        "Walkers may use the path along the eastern bank again from next week. It was closed in autumn when badgers "
        "dug under it. Masons have laid a wire mesh and sown grass, and a plank leads over the wettest place at Tull."
    )
    one, other = shape_of(first + standing), shape_of(second + standing)
    assert len(np.intersect1d(one.distinct, other.distinct)) > 0.5 * len(one.distinct)
    assert reuse_of(one, other) is None
    # The same report of which a paper kept the end alone is found where it begins with no report of its own.
    assert reuse_of(shape_of(standing), one) is not None
