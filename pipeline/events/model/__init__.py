"""The model: how likely each event type is for a pair, learnt from sentences that we wrote ourselves.

A small multinomial linear model over masked features: the words between and around the two parties, the dependency
tree, what the rules and the lexicon think, and who the parties are (never their names). `type_probabilities` is the
way in for other rooms. `training` (`make train-coder`) makes the weights from `../training/*.txt`; it alone needs
scikit-learn.

What may not enter: evaluation data, names of real parties as features, anything that needs more than numpy at run
time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.events.model.explanation import reasons
from pipeline.events.model.features import features_of
from pipeline.events.model.scene import CharSpan
from pipeline.events.model.sentences import NO_EVENT
from pipeline.events.model.weights import load_weights
from pipeline.events.reading import Candidate

__all__ = ["NO_EVENT", "TypeOpinion", "type_opinion", "type_probabilities"]


@dataclass(frozen=True, slots=True)
class TypeOpinion:
    """Probabilities by type, NONE included, and what is needed to say why."""

    probabilities: Mapping[str, float]
    features: Mapping[str, float]

    def why(self, event_type: str) -> list[str]:
        """Up to three reasons for a type, strongest first, in plain words."""
        return reasons(load_weights(), self.features, event_type)


def type_probabilities(
    doc: Doc,
    candidates: Iterable[Candidate],
    actor_span: CharSpan | None,
    recipient_span: CharSpan | None,
) -> Mapping[str, float]:
    """The calibrated probability of each PLOVER type, and of NONE, for what the actor does to the recipient.

    Args:
        doc: from `parser.parse_text`.
        candidates: the rules' candidates of the sentences that hold the pair, dropped ones included
            (`coder.sentence_candidates`). Pass them all: which of them fits the pair is part of the question.
        actor_span: the actor's characters in the text; None where nobody is named. At least one of the two is given.
        recipient_span: the same of the recipient.
    """
    return type_opinion(doc, candidates, actor_span, recipient_span).probabilities


def type_opinion(
    doc: Doc,
    candidates: Iterable[Candidate],
    actor_span: CharSpan | None,
    recipient_span: CharSpan | None,
) -> TypeOpinion:
    """What `type_probabilities` gives, with the reasons."""
    weights = load_weights()
    features = features_of(doc, candidates, actor_span, recipient_span)
    found = weights.probabilities(features)
    return TypeOpinion(dict(zip(weights.labels, map(float, found), strict=True)), features)
