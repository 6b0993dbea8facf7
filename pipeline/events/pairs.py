"""One event for a given pair: actor and recipient are known, the question is only what happened between them.

The model (`model/`) decides the type; it has heard the rules. Trigger, mode, modality, date and place come from the
rules' candidate that fits the pair best among those of that type, else from the best candidate of any type, else
from the word of the lexicon that stands nearest to both.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from spacy.tokens import Doc, Token

from pipeline.events import plover
from pipeline.events.actors import describe_actor
from pipeline.events.coder import CODER_VERSION, Annotations, all_candidates, annotate, coded, evidence_of
from pipeline.events.lexicon import Lexicon, load_lexicon
from pipeline.events.modality import ACTUAL
from pipeline.events.model import NO_EVENT, TypeOpinion, type_opinion
from pipeline.events.model.ranking import ranked
from pipeline.events.parser import parse_text
from pipeline.events.phrases import lemma_of
from pipeline.events.reading import Candidate
from pipeline.events.spans import Actor, CodedEvent, Span

CharSpan = tuple[int, int]
# How much worse a candidate of the model's type may fit the pair than the best one, to be taken for its trigger.
_TOLERATED_MISFIT = 2.0


def code_pair(
    text: str,
    *,
    actor_span: CharSpan | None,
    recipient_span: CharSpan | None,
    published_at: datetime | None = None,
    country_hint: str | None = None,
) -> CodedEvent:
    """The best guess of what the actor in `actor_span` does to the recipient in `recipient_span`.

    Exactly one event, its type never open; one of the two spans is enough. Its confidence is the model's calibrated
    probability of the type. The other arguments: see `code_text`.
    """
    annotations = annotate(parse_text(text), published_at, country_hint)
    doc = annotations.doc
    lexicon = load_lexicon()
    indexed = [(candidate, index) for index, _, candidate in all_candidates(doc, lexicon)]
    candidates = [candidate for candidate, _ in indexed]
    opinion = type_opinion(doc, candidates, actor_span, recipient_span)
    event_type = max(
        (name for name in opinion.probabilities if name != NO_EVENT), key=lambda name: opinion.probabilities[name]
    )
    chosen = _candidate_for(event_type, ranked(candidates, actor_span, recipient_span))
    if chosen is not None:
        index = next(index for candidate, index in indexed if candidate is chosen)
        event = _by_candidate(chosen, index, event_type, annotations, lexicon)
    else:
        event = _by_bare_word(doc, text, actor_span, recipient_span, event_type)
    actor = _given(doc, text, actor_span)
    recipient = _given(doc, text, recipient_span)
    return replace(
        event,
        actor=actor if actor is not None else event.actor,
        recipient=recipient if recipient is not None else event.recipient,
        confidence=round(opinion.probabilities[event_type], 2),
        rule=f"{event.rule}; {_told(opinion, event_type)}",
    )


def _candidate_for(event_type: str, best: list[tuple[float, Candidate]]) -> Candidate | None:
    """The best-fitting candidate of the type, where it does not fit the pair much worse than the best of all."""
    for fit, candidate in best:
        if candidate.event_type == event_type and fit > best[0][0] - _TOLERATED_MISFIT:
            return candidate
    return best[0][1] if best else None


def _by_candidate(
    candidate: Candidate, index: int, event_type: str, annotations: Annotations, lexicon: Lexicon
) -> CodedEvent:
    """The candidate as an event of `event_type`; a mode of another type does not pass over."""
    sentence = candidate.trigger.sent
    event = coded(candidate, index, sentence, annotations, lexicon)
    if candidate.event_type == event_type:
        return event
    return replace(
        event,
        event_type=event_type,
        event_mode=None,
        quad_class=plover.quad_class_of(event_type),
        cameo_root=plover.cameo_root_of(event_type, None),
        intensity=plover.intensity_of(event_type, None),
    )


def _told(opinion: TypeOpinion, event_type: str) -> str:
    told = f"model {event_type} {opinion.probabilities[event_type]:.2f}"
    reasons = opinion.why(event_type)
    return f"{told} for {', '.join(reasons)}" if reasons else told


def _given(doc: Doc, text: str, span: CharSpan | None) -> Actor | None:
    if span is None:
        return None
    start, end = span
    known = describe_actor(doc, start, end) if end <= len(doc.text) else None
    return Actor(
        start,
        end,
        text[start:end],
        known.country_code if known else None,
        known.sector if known else None,
        known.name if known else None,
    )


def _by_bare_word(
    doc: Doc,
    text: str,
    actor_span: CharSpan | None,
    recipient_span: CharSpan | None,
    event_type: str,
) -> CodedEvent:
    """An event of `event_type` at the lexicon word nearest to both spans, one of that type before others."""
    spans = [span for span in (actor_span, recipient_span) if span is not None]
    lexicon = load_lexicon()
    best: tuple[tuple[bool, int], Token, str] | None = None
    for token in doc:
        entry = _bare_entry(token, lexicon)
        if entry is None or any(start <= token.idx < end for start, end in spans):
            continue
        word_type, entry_id = entry
        distance = sum(abs(token.idx - start) for start, _ in spans) - (30 if token.pos_ == "VERB" else 0)
        rank = (word_type != event_type, distance)
        if best is None or rank < best[0]:
            best = (rank, token, f"bare word, entry {word_type}/{entry_id}")
    if best is not None:
        return _bare_event(doc, text, best[1], event_type, best[2])
    root = next(iter(doc.sents)).root if len(doc) else None
    return _bare_event(doc, text, root, event_type, "no word of the lexicon")


def _bare_entry(token: Token, lexicon: Lexicon) -> tuple[str, str] | None:
    lemma = lemma_of(token)
    plain = [t for t, second in lexicon.verbs.get(lemma, ()) if second is None and not t.prepositions]
    for trigger in (*plain, *lexicon.nouns.get(lemma, ())):
        if lemma not in lexicon.control["light"] or token.pos_ == "NOUN":
            return trigger.event_type, trigger.id
    return None


def _bare_event(doc: Doc, text: str, token: Token | None, event_type: str, why: str) -> CodedEvent:
    sentence = token.sent if token is not None else None
    evidence = evidence_of(sentence) if sentence is not None else Span(0, len(text), text)
    trigger = Span(token.idx, token.idx + len(token), token.text) if token is not None else Span(0, 0, "")
    index = 0
    if sentence is not None:
        index = next(i for i, s in enumerate(doc.sents) if s.start == sentence.start)
    return CodedEvent(
        event_type=event_type,
        event_mode=None,
        quad_class=plover.quad_class_of(event_type),
        actor=None,
        recipient=None,
        event_date=None,
        place=None,
        evidence=evidence,
        trigger=trigger,
        sentence_index=index,
        negated=False,
        modality=ACTUAL,
        confidence=0.0,
        cameo_root=plover.cameo_root_of(event_type, None),
        intensity=plover.intensity_of(event_type, None),
        rule=f"{CODER_VERSION}: {why}",
    )
