"""One event for a given pair: actor and recipient are known, the question is only what happened between them.

All candidates of the text compete, dropped ones at a discount; those whose roles lie in the given spans win. Where
no trigger fits, the words themselves decide: the nearest word of the lexicon, whatever its frame.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from spacy.tokens import Doc, Token

from pipeline.events import plover
from pipeline.events.actors import describe_actor
from pipeline.events.coder import CODER_VERSION, all_candidates, annotate, coded, evidence_of
from pipeline.events.lexicon import Lexicon, load_lexicon
from pipeline.events.modality import ACTUAL
from pipeline.events.parser import parse_text
from pipeline.events.phrases import lemma_of
from pipeline.events.reading import Candidate
from pipeline.events.spans import Actor, CodedEvent, Span

CharSpan = tuple[int, int]
# What a plain statement that joins two parties most often is, where no word tells.
_FALLBACK_TYPE = "CONSULT"
_FALLBACK_CONFIDENCE = 0.05
_BARE_WORD_CONFIDENCE = 0.15


def code_pair(
    text: str,
    *,
    actor_span: CharSpan | None,
    recipient_span: CharSpan | None,
    published_at: datetime | None = None,
    country_hint: str | None = None,
) -> CodedEvent:
    """The best guess of what the actor in `actor_span` does to the recipient in `recipient_span`.

    Exactly one event, its type never open; one of the two spans is enough. The other arguments: see `code_text`.
    """
    annotations = annotate(parse_text(text), published_at, country_hint)
    doc = annotations.doc
    lexicon = load_lexicon()
    actor = _given(doc, text, actor_span)
    recipient = _given(doc, text, recipient_span)
    ranked = sorted(
        (
            (_fit(candidate, actor_span, recipient_span), -candidate.trigger.i, index, candidate)
            for index, _, candidate in all_candidates(doc, lexicon)
        ),
        key=lambda item: item[:2],
    )
    if ranked:
        fit, _, index, candidate = ranked[-1]
        sentence = candidate.trigger.sent
        event = coded(candidate, index, sentence, annotations, lexicon)
        confidence = event.confidence if candidate.dropped is None and fit > 1 else round(event.confidence * 0.7, 2)
    else:
        event = _by_bare_word(doc, text, actor_span, recipient_span, lexicon)
        confidence = event.confidence
    return replace(
        event,
        actor=actor if actor is not None else event.actor,
        recipient=recipient if recipient is not None else event.recipient,
        confidence=confidence,
    )


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


def _fit(candidate: Candidate, actor_span: CharSpan | None, recipient_span: CharSpan | None) -> float:
    """How well a candidate answers for the pair: roles in the spans, nearness in the tree, the entry's own score."""
    fit = min(candidate.score, 6.0) / 6.0
    fit += 1.5 if _within(candidate.actor, actor_span) else 0.0
    fit += 1.5 if _within(candidate.recipient, recipient_span) else 0.0
    fit += 0.4 if _within(candidate.actor, recipient_span) and _within(candidate.recipient, actor_span) else 0.0
    for span in (actor_span, recipient_span):
        if span is not None and span[0] <= candidate.trigger.idx < span[1]:
            fit -= 1.0
    subtree = candidate.head.subtree
    covered = {t.idx for t in subtree}
    for span in (actor_span, recipient_span):
        if span is not None and any(span[0] <= idx < span[1] for idx in covered):
            fit += 0.3
    fit -= 0.1 * _depth(candidate.head)
    if candidate.dropped is not None:
        fit -= 0.8 if candidate.dropped.startswith(("governed", "a purpose", "an accusation")) else 0.3
    return fit - (0.2 if candidate.nominal else 0.0)


def _within(token: Token | None, span: CharSpan | None) -> bool:
    return token is not None and span is not None and span[0] <= token.idx < span[1]


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i and depth < 10:
        token = token.head
        depth += 1
    return depth


def _by_bare_word(
    doc: Doc, text: str, actor_span: CharSpan | None, recipient_span: CharSpan | None, lexicon: Lexicon
) -> CodedEvent:
    """The event of the lexicon word that stands nearest to both spans, its frame ignored."""
    anchors = [span[0] for span in (actor_span, recipient_span) if span is not None]
    best: tuple[float, Token, str, str] | None = None
    for token in doc:
        entry = _bare_entry(token, lexicon)
        if entry is None or any(s is not None and s[0] <= token.idx < s[1] for s in (actor_span, recipient_span)):
            continue
        distance = sum(abs(token.idx - anchor) for anchor in anchors) - (30 if token.pos_ == "VERB" else 0)
        if best is None or distance < best[0]:
            best = (distance, token, *entry)
    if best is None:
        root = next(iter(doc.sents)).root if len(doc) else None
        return _bare_event(
            doc,
            text,
            root,
            event_type=_FALLBACK_TYPE,
            confidence=_FALLBACK_CONFIDENCE,
            why="no word of the lexicon",
        )
    _, token, event_type, entry_id = best
    return _bare_event(
        doc,
        text,
        token,
        event_type=event_type,
        confidence=_BARE_WORD_CONFIDENCE,
        why=f"bare word, entry {event_type}/{entry_id}",
    )


def _bare_entry(token: Token, lexicon: Lexicon) -> tuple[str, str] | None:
    lemma = lemma_of(token)
    plain = [t for t, second in lexicon.verbs.get(lemma, ()) if second is None and not t.prepositions]
    for trigger in (*plain, *lexicon.nouns.get(lemma, ())):
        if lemma not in lexicon.control["light"] or token.pos_ == "NOUN":
            return trigger.event_type, trigger.id
    return None


def _bare_event(
    doc: Doc, text: str, token: Token | None, *, event_type: str, confidence: float, why: str
) -> CodedEvent:
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
        confidence=confidence,
        cameo_root=plover.cameo_root_of(event_type, None),
        intensity=plover.intensity_of(event_type, None),
        rule=f"{CODER_VERSION}: {why}",
    )
