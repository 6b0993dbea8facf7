"""Pairs of texts that a newsroom would call copies, and pairs that look like copies and are none."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from pipeline.dedupe.archive import EmptyArchive
from pipeline.dedupe.duplicates import find_duplicates
from pipeline.dedupe.shingles import LEAST_WORDS, words_of
from pipeline.dedupe.texts import Text
from tests.dedupe.hard_pairs import HardPair, families, hard_pairs, story_chains

PAIRS = hard_pairs()
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


def text(article_id: str, body: str) -> Text:
    """A text without anything else that could tell."""
    return Text(article_id=article_id, headline="", body=body, published_at=NOON)


def test_there_are_pairs_enough_of_each_kind():
    different = Counter(pair.kind for pair in PAIRS if not pair.is_duplicate)
    copies = Counter(pair.kind for pair in PAIRS if pair.is_duplicate)
    assert different.total() >= 300
    assert different["form"] >= 200
    assert different["update"] >= 20
    assert copies.total() >= 100
    assert copies["copy"] >= 20
    assert len({pair.name for pair in PAIRS}) == len(PAIRS)


def test_reports_of_one_form_really_share_it():
    shares = [share for family in families() for share in family.shared_shares()]
    assert sum(shares) / len(shares) > 0.5


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_copy_is_found_and_what_only_looks_like_one_is_not(pair: HardPair):
    found = find_duplicates([text("one", pair.one), text("other", pair.other)], EmptyArchive())
    assert bool(found.repeats) == pair.is_duplicate


def test_hard_pairs_are_no_duplicates_in_a_night_of_them_all_either():
    """What few texts share is not what many share: a night with every form, standing end and quotation."""
    bodies = {f"{family.kind}-{family.name}-{n}": body for family in families() for n, body in enumerate(family.texts)}
    found = find_duplicates([text(name, body) for name, body in bodies.items()], EmptyArchive())
    assert {name: repeat.original_id for name, repeat in found.repeats.items()} == {}


def test_an_end_that_very_many_print_joins_none_of_them():
    end = next(family for family in families() if family.name == "wire-rights-notice").form.replace("{}", "")
    words = (
        "stone",
        "river",
        "lamp",
        "cart",
        "field",
        "oxen",
        "mill",
        "smoke",
        "rope",
        "bell",
        "tower",
        "hinge",
        "salt",
    )
    bodies = [
        " ".join(f"{words[(n * 7 + k * k * 3) % len(words)]}{(n * 31 + k) % 97}" for k in range(40)) + end
        for n in range(60)
    ]
    found = find_duplicates([text(f"{n}", body) for n, body in enumerate(bodies)], EmptyArchive())
    assert found.repeats == {}


@pytest.mark.parametrize("chain", story_chains().values(), ids=story_chains().keys())
def test_updates_of_a_running_story_are_no_duplicates(chain: list[Text]):
    assert all(len(words_of(report.body)) >= LEAST_WORDS for report in chain)
    assert find_duplicates(chain, EmptyArchive()).repeats == {}
