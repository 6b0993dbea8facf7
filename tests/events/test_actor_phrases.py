"""What noun phrases say of an actor, phrase by phrase: the table stands in actor_phrases.tsv."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.events.actors import describe_actor

TABLE = Path(__file__).parent / "actor_phrases.tsv"


def phrases() -> list[tuple[str, str, str]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(row["country"], row["sector"], row["sentence"]) for row in csv.DictReader(lines, delimiter="\t")]


@pytest.mark.parametrize(("country_code", "sector", "marked"), phrases())
def test_a_phrase_tells_country_and_sector(parser, country_code, sector, marked):
    start, end = marked.index("["), marked.index("]") - 1
    actor = describe_actor(parser(marked.replace("[", "").replace("]", "")), start, end)
    assert (actor.country_code or "-", actor.sector or "-") == (country_code, sector), actor


def test_there_are_many_phrases_and_none_twice():
    sentences = [sentence for _, _, sentence in phrases()]
    assert len(sentences) == len(set(sentences)) >= 150
