"""Features: names are masked, a text of any kind has a bounded number of them, and the rules are heard."""

from __future__ import annotations

import pytest

from pipeline.events.coder import all_candidates
from pipeline.events.lexicon import load_lexicon
from pipeline.events.model.features import features_of
from pipeline.events.model.ranking import ranked
from pipeline.events.model.scene import MAX_SCENE_TOKENS, CharSpan, pair_scene
from pipeline.events.model.tree_features import spine_of
from pipeline.events.parser import parse_text


def span(text: str, words: str) -> CharSpan:
    start = text.index(words)
    return start, start + len(words)


def features(text: str, actor: str | None, recipient: str | None) -> dict[str, float]:
    doc = parse_text(text)
    candidates = [candidate for _, _, candidate in all_candidates(doc, load_lexicon())]
    return features_of(
        doc,
        candidates,
        span(text, actor) if actor is not None else None,
        span(text, recipient) if recipient is not None else None,
    )


def test_no_name_of_a_party_or_of_a_third_becomes_a_feature() -> None:
    text = "Norway and Prime Minister Lars Dahl praised Bolivia for helping Denmark with Acme Corporation's pumps."
    names = {"norway", "lars", "dahl", "bolivia", "denmark", "acme"}
    for name in features(text, "Norway", "Bolivia"):
        assert not names & set(name.lower().replace("=", " ").replace(".", " ").replace("<", " ").split()), name


def test_the_same_act_of_other_parties_has_the_same_features_of_words_and_tree() -> None:
    one = features("Norway condemned Bolivia for the raid.", "Norway", "Bolivia")
    other = features("Kenya condemned Portugal for the raid.", "Kenya", "Portugal")
    assert one == other


def test_who_does_it_to_whom_makes_a_difference() -> None:
    text = "Norway condemned Bolivia for the raid."
    assert features(text, "Norway", "Bolivia") != features(text, "Bolivia", "Norway")


def test_the_words_that_join_the_pair_are_found_in_the_tree() -> None:
    text = "Peru, which had been silent for weeks, refused on Monday to hand the ship over to Chile."
    pair = pair_scene(parse_text(text), span(text, "Peru"), span(text, "Chile"))
    assert pair is not None
    words = [pair.scene.lemmas[index] for index in spine_of(pair)]
    assert words[0] == "refuse"
    assert "hand" in words
    assert "silent" not in words


def test_the_rules_best_candidate_and_its_fit_are_features() -> None:
    found = features("Poland expelled two Belarusian diplomats.", "Poland", "two Belarusian diplomats")
    assert "c0=SANCTION" in found
    assert "ar=SANCTION" in found


def test_a_candidate_with_both_parties_in_its_roles_ranks_above_a_nearer_one() -> None:
    text = "Kenya condemned Uganda after bandits attacked a village in Sudan."
    doc = parse_text(text)
    candidates = [candidate for _, _, candidate in all_candidates(doc, load_lexicon())]
    best = ranked(candidates, span(text, "Kenya"), span(text, "Uganda"))
    assert best[0][1].event_type == "ACCUSE"
    assert [fit for fit, _ in best] == sorted((fit for fit, _ in best), reverse=True)


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("", None, None),
        ("?", "?", None),
        ("Chile", "Chile", "Chile"),
        ("A B", "A", "B"),
        ("Kenya. Uganda.", "Kenya", "Uganda"),
        ("الجيش قصف المدينة أمس", "الجيش", "المدينة"),
        ("КИЇВ ЗАСУДИВ МОСКВУ", "КИЇВ", "МОСКВУ"),
        ("KENYA CONDEMNS UGANDA", "KENYA", "UGANDA"),
    ],
)
def test_odd_texts_have_features_or_none_and_raise_nothing(text: str, actor: str | None, recipient: str | None) -> None:
    assert all(value > 0 for value in features(text, actor, recipient).values())


def test_a_very_long_sentence_is_looked_at_around_the_pair_only() -> None:
    text = "Kenya praised Uganda " + "and the committee of the union and the board " * 3000 + "."
    doc = parse_text(text)
    pair = pair_scene(doc, (0, 5), (14, 20))
    assert pair is not None
    assert len(pair.scene.lemmas) <= MAX_SCENE_TOKENS
    assert len(features_of(doc, [], (0, 5), (14, 20))) < 2000


def test_a_pair_far_apart_keeps_both_ends_in_bounds() -> None:
    text = "Kenya praised " + "the committee and " * 400 + "Uganda."
    doc = parse_text(text)
    start = text.index("Uganda")
    assert features_of(doc, [], (0, 5), (start, start + 6))
    assert features_of(doc, [], (start, start + 6), (0, 5))


def test_a_span_behind_the_parsed_text_is_like_a_party_not_named() -> None:
    doc = parse_text("Kenya praised Uganda.")
    assert "r.missing" in features_of(doc, [], (0, 5), (500, 510))
