"""How much work stories are, counted in comparisons: it grows with the texts, whatever they are about."""

import random

import numpy as np
import pytest

from pipeline.dedupe.story_clustering import find_clusters
from pipeline.dedupe.story_features import vectors_of
from pipeline.dedupe.texts import Text
from tests.dedupe.story_reports import report

WORDS = [f"{a}{b}{c}" for a in ("bra", "kel", "mor", "tis", "vun") for b in ("da", "li", "po", "ru") for c in "nstk"]
DAY = 86_400.0


def one_happening(count: int) -> list[Text]:
    """Reports that share three names and half their words."""
    chance = random.Random(count)
    return [
        report(
            f"r{number:05}",
            "Dam at Orvela bursts",
            "The Orvela dam above Santa Brisa burst. "
            + " ".join(chance.sample(WORDS[:20], 8) + chance.sample(WORDS[20:], 8)),
            number / 500,
        )
        for number in range(count)
    ]


def same_text(count: int) -> list[Text]:
    return [
        report(f"s{number:05}", "Dam bursts", "The Orvela dam burst above Santa Brisa.", number / 500)
        for number in range(count)
    ]


def compared(texts: list[Text], known: int = 0) -> int:
    """Comparisons for these texts, of which the first are in one known story."""
    vectors = vectors_of(texts, [0] * known + [1 + n for n in range(len(texts) - known)])
    instants = np.array([text.published_at.timestamp() for text in texts if text.published_at])
    stories = [0] * known + [-1] * (len(texts) - known)
    found = find_clusters(vectors, instants, stories, {}, 4 * DAY)
    assert len(set(found.cluster_of)) <= len(texts) / 100
    return found.compared


@pytest.mark.parametrize("texts", [one_happening, same_text])
def test_twice_as_many_reports_of_one_happening_are_twice_the_work(texts) -> None:
    few, many = compared(texts(1_000)), compared(texts(2_000))
    assert many <= 2.2 * few


def test_new_reports_of_a_great_known_story_cost_by_the_new_ones() -> None:
    few, many = compared(one_happening(1_050), known=1_000), compared(one_happening(2_050), known=2_000)
    assert many <= 1.2 * few
