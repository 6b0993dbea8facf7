"""All features of a pair as one mapping from name to value.

A group's features share one weight, whatever their number: a long sentence does not outshout a short one. The shares
are set by hand; halving or doubling one moves accuracy by less than a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from math import sqrt

from spacy.tokens import Doc

from pipeline.events.model.party_features import party_features
from pipeline.events.model.rule_features import candidate_features, lexicon_features
from pipeline.events.model.scene import CharSpan, pair_scene
from pipeline.events.model.tree_features import tree_features
from pipeline.events.model.word_features import word_features
from pipeline.events.reading import Candidate

GROUP_SHARES: Mapping[str, float] = {
    "between": 2.0,
    "around": 0.7,
    "bag": 1.2,
    "path": 2.5,
    "verb": 2.0,
    "frame": 1.5,
    "rules": 4.0,
    "entries": 2.0,
    "lexicon": 1.5,
    "classes": 1.0,
    "parties": 1.0,
}
# Features that stand outside training: the type of the rules' best candidate, see `training.RULES_TRUST`.
TRUST_PREFIX = "trust="


def features_of(
    doc: Doc,
    candidates: Iterable[Candidate],
    actor_span: CharSpan | None,
    recipient_span: CharSpan | None,
) -> dict[str, float]:
    """The features of a pair: name to value, 0 or more. An empty text has none.

    Args:
        doc: from `parser.parse_text`.
        candidates: what the rules find in the sentences of the pair, dropped ones included; may be empty.
        actor_span: characters of the actor; None where nobody is named.
        recipient_span: the same of the recipient.
    """
    pair = pair_scene(doc, actor_span, recipient_span)
    if pair is None:
        return {}
    groups: dict[str, dict[str, None]] = {name: {} for name in GROUP_SHARES}
    for group, name in chain(
        word_features(pair),
        tree_features(pair),
        candidate_features(candidates, actor_span, recipient_span),
        lexicon_features(pair),
        party_features(pair, actor_span, recipient_span),
    ):
        groups[group][name] = None
    found = {f"{TRUST_PREFIX}{name[3:]}": 1.0 for name in groups["rules"] if name.startswith("c0=") and "/" not in name}
    for group, names in groups.items():
        if names:
            share = GROUP_SHARES[group] / sqrt(len(names))
            for name in names:
                found[name] = found.get(name, 0.0) + share
    return found
