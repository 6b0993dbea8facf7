"""Texts that nobody should print: right verdicts or an explicit `too_short`, and work that grows as the texts do."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pipeline.dedupe import duplicates, search
from pipeline.dedupe.answer import answer_dedupe
from pipeline.dedupe.archive import EmptyArchive
from pipeline.dedupe.candidates import MOST_CANDIDATES, MOST_TEXTS
from pipeline.dedupe.duplicates import find_duplicates
from pipeline.dedupe.shingles import LEAST_WORDS, words_of
from pipeline.dedupe.texts import Text

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
TOO_SHORT = {
    "empty": "",
    "white space": " \t\n\u2003\u200b ",
    "one word": "Fire",
    "marks only": "... !!! --- ??? \u2014\u2014 \u201c\u201d" * 50,
    "pictures only": "\U0001f600\U0001f525\U0001f1e9\U0001f1ea " * 100,
    "marks of no letter": "\u0301\u0302" * 500,
    "one word of two megabytes": "a" * 2_000_000,
    "NUL": "\x00" * 100,
    "a sentence": "The bridge is closed until further notice, the town said.",
}
LONG_ENOUGH = {
    "lone surrogates": "\ud800 broke \udfff " * 30,
    "one word again and again": "news " * 400_000,
    "one line of two megabytes": " ".join(f"word{n}" for n in range(180_000)),
    "two megabytes without a space in Chinese": "".join(chr(0x4E00 + n * 7 % 20_000) for n in range(700_000)),
    "a table": "17 4 0 22 9 1 " * 2_000,
    "marks upon marks": "Za\u0316\u0301lgo " * 50 + "a" + "\u0316\u0301" * 100_000,
    "right to left": "\u200f\u202e" + "قال رئيس البلدية إن الجسر سيغلق يوم الاثنين أمام الشاحنات حتى إشعار آخر " * 5,
}


def ask(bodies: dict[str, str]) -> dict[str, dict[str, object]]:
    """What the command answers on these bodies, by id."""
    lines = [json.dumps({"id": name, "headline": "", "body": body}) for name, body in bodies.items()]
    return {answer["id"]: answer for answer in map(json.loads, answer_dedupe(lines))}


def test_what_is_no_text_is_too_short_and_nobodys_duplicate():
    twice = TOO_SHORT | {f"{name} again": body for name, body in TOO_SHORT.items()}
    answers = ask(twice)
    assert {answer["status"] for answer in answers.values()} == {"too_short"}
    assert {answer["duplicate_of"] for answer in answers.values()} == {None}
    assert all(answer["story_id"] for answer in answers.values())


@pytest.mark.parametrize("name", LONG_ENOUGH)
def test_a_hostile_text_is_a_duplicate_of_its_copy_and_of_nothing_else(name: str):
    body = LONG_ENOUGH[name]
    innocent = " ".join(f"The {n}th boat landed {n * 3} crates of herring at the quay." for n in range(20))
    answers = ask({"one": body, "copy": body, "innocent": innocent})
    assert {answer["status"] for answer in answers.values()} == {"ok"}
    assert [answers[who]["duplicate_of"] is not None for who in ("one", "copy")].count(True) == 1
    assert answers["innocent"]["duplicate_of"] is None


def test_ten_thousand_equal_bodies_are_one_group_of_one_original():
    body = " ".join(f"Gate {n} of the lock was closed at {n} o'clock on Friday." for n in range(12))
    answers = ask({f"{n:05}": body for n in range(10_000)})
    assert answers["00000"]["duplicate_of"] is None
    assert {answer["duplicate_of"] for name, answer in answers.items() if name != "00000"} == {"00000"}
    assert len({answer["story_id"] for answer in answers.values()}) == 1


def test_texts_that_are_all_boilerplate_and_differ_are_no_duplicates():
    """Every sentence is printed by more texts than a report can have; no two texts have many of them in common."""
    chance = random.Random(5)
    sentences = [f"Subscribe to our {n}th letter and read {n * 7} more of it for {n + 1} crowns." for n in range(60)]
    bodies = {f"{n:04}": " ".join(chance.sample(sentences, 6)) for n in range(1_500)}
    sets = {name: frozenset(body.split(". ")) for name, body in bodies.items()}
    wrong = [
        name
        for name, answer in ask(bodies).items()
        if (original := answer["duplicate_of"]) and len(sets[name] & sets[str(original)]) < 2
    ]
    assert wrong == []


WORDS = [f"word{n}" for n in range(3_000)]


def _nearly_equal(count: int) -> list[str]:
    """One report, in each copy another word changed."""
    words = WORDS[:200]
    return [" ".join([*words[: n % 200], f"changed{n}", *words[n % 200 + 1 :]]) for n in range(count)]


def _of_shared_paragraphs(count: int) -> list[str]:
    """Four paragraphs, each of which stands in about thirty other texts: just too few for boilerplate."""
    chance = random.Random(7)
    paragraphs = [" ".join(chance.sample(WORDS, 20)) for _ in range(count * 4 // 30)]
    return [" ".join(chance.sample(paragraphs, 4)) for _ in range(count)]


def _of_one_form(count: int) -> list[str]:
    form = "On {} the price of wheat was {} and that of maize {} while {} lots of rye changed hands at {} crowns each"
    return [" ".join(form.format(*(f"{n}{k}" for k in range(5))) for _ in range(4)) for n in range(count)]


def _with_one_end(count: int) -> list[str]:
    chance = random.Random(9)
    return [" ".join([*chance.sample(WORDS, 60), *WORDS[:60]]) for _ in range(count)]


@pytest.mark.parametrize("make", [_nearly_equal, _of_shared_paragraphs, _of_one_form, _with_one_end])
def test_the_work_for_a_text_does_not_grow_with_the_number_of_texts(make: Callable[[int], list[str]], monkeypatch):
    compared = looked_at = 0

    def reuse_of(one, other):
        nonlocal compared
        compared += 1
        return real_reuse_of(one, other)

    def most_shared(ones, others):
        nonlocal looked_at
        looked_at += len(ones)
        return real_most_shared(ones, others)

    real_reuse_of, real_most_shared = duplicates.reuse_of, search.most_shared
    monkeypatch.setattr(duplicates, "reuse_of", reuse_of)
    monkeypatch.setattr(search, "most_shared", most_shared)
    for count in (600, 1_200, 2_400):
        bodies = make(count)
        assert all(len(words_of(body)) >= LEAST_WORDS for body in bodies)
        compared = looked_at = 0
        texts = [Text(article_id=f"{n:05}", headline="", body=b, published_at=NOON) for n, b in enumerate(bodies)]
        find_duplicates(texts, EmptyArchive())
        # Each text with its best earlier and later candidates, and once more with its original.
        assert compared <= (2 * MOST_CANDIDATES + 1) * count
        # A fingerprint that is not common has at most so many texts; these texts have under 200 fingerprints.
        assert looked_at <= 200 * MOST_TEXTS * count
