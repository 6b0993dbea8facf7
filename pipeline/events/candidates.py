"""Candidates: everything in a sentence that may report an event, with the reason where it does not.

A candidate comes from a verb's frame, from an adjective with a complement ("is ready to send"), or from an event
noun, alone ("talks between X and Y") or carried by a light verb ("launched an attack on X").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from pipeline.events import plover
from pipeline.events.entry_needs import are_met, needs_of_verbs
from pipeline.events.frames import Frame, frame_of
from pipeline.events.joined_parties import pairs
from pipeline.events.lexicon import Lexicon, Trigger
from pipeline.events.matching import Match, adjective_entries, match_adjective, match_verb
from pipeline.events.modality import ACTUAL, FUTURE, Context, context_of, shift_by_modality
from pipeline.events.nominals import nominal_candidates
from pipeline.events.phrases import children, content_head, lemma_of
from pipeline.events.reading import Candidate, trigger_tokens
from pipeline.events.roles import actor_of, recipient_of


def candidates_of(sentence: SpacySpan, lexicon: Lexicon) -> list[Candidate]:
    """All candidates of a sentence, dropped ones included, in text order."""
    found: list[Candidate] = []
    carried: set[int] = set()
    tokens = [(token, lemma_of(token)) for token in sentence]
    words = {lemma for _, lemma in tokens} | {token.lower_ for token, _ in tokens}
    needs = needs_of_verbs(lexicon)
    for token, lemma in tokens:
        if lemma in needs and are_met(needs[lemma], words) and token.dep_ != "amod" and _is_verb(token):
            for candidate in _verb_candidates(token, lexicon):
                found.append(candidate)
                if candidate.dropped is None:
                    carried |= {n.i for n in candidate.carried}
        if token.pos_ in {"ADJ", "VERB"} and adjective_entries(token, lexicon):
            found += _adjective_candidates(token, lexicon)
    for token, lemma in tokens:
        if lemma in lexicon.nouns and token.pos_ in {"NOUN", "PROPN", "VERB"} and token.i not in carried:
            if token.pos_ == "VERB" and token.dep_ not in {"pobj", "dobj", "nsubj", "nsubjpass", "compound"}:
                continue
            found += nominal_candidates(token, lexicon)
    return sorted(_without_parts(_without_repeats(found)), key=lambda c: c.trigger.i)


def _is_verb(token: Token) -> bool:
    """Whether a word is a verb, or the head of a clause that the tagger took for a noun ("Chad and Mali swap data")."""
    if token.pos_ in {"VERB", "AUX"}:
        return True
    return token.pos_ == "NOUN" and token.dep_ in {"ROOT", "ccomp"} and bool(children(token, "nsubj", "dobj"))


def _without_parts(found: list[Candidate]) -> list[Candidate]:
    """Drop what only says how an event of the same type went: "attacked a post, killing three".

    Where the event itself names no recipient, its part does: "carried out a raid, targeting rebels".
    """
    made = {(c.trigger.i, c.event_type) for c in found if c.dropped is None} | {
        (c.head.i, c.event_type) for c in found if c.dropped is None
    }
    parts = {
        id(c): (c.head.head.i, c.event_type)
        for c in found
        if c.dropped is None
        and c.head.dep_ == "advcl"
        and c.head.tag_ == "VBG"
        and (c.head.head.i, c.event_type) in made
    }
    parts |= {id(c): (verb.i, c.event_type) for c in found if (verb := _verb_of_doer(c)) is not None}
    parts = {known: of for known, of in parts.items() if of in made}
    targets = {parts[id(c)]: c for c in found if id(c) in parts and c.recipient is not None}
    kept = []
    for c in found:
        target = targets.get((c.head.i, c.event_type))
        if id(c) in parts:
            kept.append(replace(c, dropped=f"part of '{c.head.head.text}'"))
        elif target is not None and c.dropped is None and c.recipient is None:
            kept.append(replace(c, recipient=target.recipient, recipient_words=target.recipient_words))
        else:
            kept.append(c)
    return kept


def _verb_of_doer(candidate: Candidate) -> Token | None:
    """The verb whose subject an act is: "missiles fired by the army struck a bridge" tells of one attack."""
    act = candidate.head
    if candidate.dropped is not None or act.i != candidate.trigger.i:
        return None
    noun = act if candidate.nominal else act.head if act.dep_ == "acl" else None
    return noun.head if noun is not None and noun.dep_ == "nsubj" else None


def _verb_candidates(verb: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    frame = frame_of(verb, lexicon)
    matches = match_verb(frame, lexicon)
    context = context_of(verb, lexicon)
    yield from _first_that_stands(matches, frame, context, lexicon)


def _adjective_candidates(adjective: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    """ "X is ready to ...": the frame is the copula's, the complement the adjective's."""
    copula = adjective.head if adjective.dep_ in {"acomp", "oprd", "conj"} else adjective
    frame = frame_of(copula, lexicon)
    own = frame_of(adjective, lexicon)
    subject = frame.subject or (frame.objects[0] if frame.objects else None)
    complement = own.complement or frame.complement
    if subject is None or complement is None or complement.i == adjective.i:
        return
    joined = replace(frame, verb=adjective, subject=subject, objects=[], complement=complement)
    context = context_of(copula, lexicon)
    yield from _first_that_stands(match_adjective(adjective, joined, lexicon), joined, context, lexicon)


def _first_that_stands(matches: list[Match], frame: Frame, context: Context, lexicon: Lexicon) -> Iterator[Candidate]:
    """The candidates of the best entry whose needs are met; else those of the best entry, marked as dropped."""
    rejected: list[Candidate] = []
    for match in matches:
        made = list(_candidates_of_match(match, frame, context, lexicon))
        if any(c.dropped is None for c in made):
            yield from made
            return
        rejected += made
    yield from rejected[:1]


def _candidates_of_match(match: Match, frame: Frame, context: Context, lexicon: Lexicon) -> Iterator[Candidate]:
    trigger = match.trigger
    actor, stands = actor_of(trigger, frame, lexicon)
    recipient = recipient_of(trigger, frame, lexicon, actor.who if actor is not None else None)
    dropped = context.dropped
    if not stands:
        dropped = dropped or "the subject cannot act"
    negated = context.negated
    event_type, unfit = _typed_by_complement(trigger, frame, lexicon)
    dropped = dropped or unfit
    modality = context.modality
    shifted, negated, modality = shift_by_modality(event_type, context, negated, modality)
    if trigger.planned and modality == ACTUAL:
        modality = FUTURE
    found = pairs(trigger, actor, recipient, lexicon)
    for one, other in found:
        reason = dropped
        if trigger.needs_recipient and other is None and not (trigger.mutual and one is not None and _plural(one.who)):
            reason = reason or "no recipient"
        if other is None and negated and frame.objects and frame.objects[0].lower_ in {"nobody", "nothing", "none"}:
            reason = reason or "done to nobody"
        if trigger.needs_actor and one is None:
            reason = reason or "no actor"
        if one is None and other is None:
            reason = reason or "neither actor nor recipient"
        yield Candidate(
            entry=trigger,
            event_type=shifted,
            event_mode=trigger.mode if shifted == trigger.event_type else None,
            actor=one.who if one is not None else None,
            recipient=other.who if other is not None else None,
            actor_words=one.words if one is not None else None,
            recipient_words=other.words if other is not None else None,
            trigger=frame.verb,
            trigger_words=trigger_tokens(trigger, frame),
            head=frame.verb,
            modality=modality,
            negated=negated,
            dropped=reason,
            score=match.score,
            speaker=context.speaker,
            carried=tuple(frame.object_heads),
            shifted=shifted != trigger.event_type,
        )


def _typed_by_complement(trigger: Trigger, frame: Frame, lexicon: Lexicon) -> tuple[str, str | None]:
    """The type that the entry takes with this complement, and why the complement does not fit, if it does not."""
    if not (trigger.inner or trigger.needs_inner):
        return trigger.event_type, None
    inner_type, inner_negated = inner_reading(frame.complement, lexicon)
    unfit = None
    if trigger.needs_inner and inner_type is None:
        unfit = "nothing that the complement says is an event"
    elif trigger.inner_only and not _inner_allowed(trigger, inner_type, inner_negated):
        unfit = "the complement is no conflict"
    elif trigger.of_others and _of_oneself(frame):
        unfit = "the speaker's own act"
    if inner_type is not None and plover.quad_class_of(inner_type) == 4 and not inner_negated:
        return trigger.inner.get("conflict", trigger.event_type), unfit
    if inner_negated and not (inner_type is not None and plover.is_conflict(inner_type)):
        return trigger.inner.get("negated", trigger.event_type), unfit
    return trigger.event_type, unfit


def _of_oneself(frame: Frame) -> bool:
    """Whether what somebody says is of himself: "the rebels claimed that they had attacked"."""
    if frame.complement is None:
        return False
    return any(s.lower_ in {"they", "he", "she", "it", "we"} for s in children(frame.complement, "nsubj"))


def _plural(token: Token) -> bool:
    """Whether several act together ("both leaders met"), so that the recipient is among them."""
    return content_head(token).tag_ in {"NNS", "NNPS"}


def _inner_allowed(trigger: Trigger, inner_type: str | None, inner_negated: bool) -> bool:
    conflict = inner_type is not None and plover.quad_class_of(inner_type) == 4
    return ("conflict" in trigger.inner_only and conflict) or ("negated" in trigger.inner_only and inner_negated)


def inner_reading(complement: Token | None, lexicon: Lexicon) -> tuple[str | None, bool]:
    """Type of the event that a complement speaks of, None where it speaks of none, and whether it is negated."""
    if complement is None:
        return None, False
    negated = any(c.dep_ == "neg" for c in complement.children)
    frame = frame_of(complement, lexicon)
    matches = match_verb(frame, lexicon)
    if matches:
        return matches[0].trigger.event_type, negated
    if lexicon.is_control("transparent", lemma_of(complement)) and frame.complement is not None:
        return inner_reading(frame.complement, lexicon)[0], negated
    for noun in frame.object_heads:
        for trigger in lexicon.nouns.get(lemma_of(noun), ()):
            return trigger.event_type, negated
    return None, negated


def _without_repeats(found: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each type and pair in a sentence: the best one that is not dropped."""
    best: dict[tuple[str, int | None, int | None], Candidate] = {}
    for candidate in found:
        key = (
            candidate.event_type,
            candidate.actor.i if candidate.actor is not None else None,
            candidate.recipient.i if candidate.recipient is not None else None,
        )
        other = best.get(key)
        if other is None or (candidate.dropped is None, candidate.score) > (other.dropped is None, other.score):
            best[key] = candidate
    return list(best.values())
