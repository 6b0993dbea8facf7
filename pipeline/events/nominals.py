"""Event nouns: "X's visit to Y", "an attack by X on Y", "talks between X and Y", "X launched an attack on Y"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.events import plover
from pipeline.events.frames import Frame, frame_of, subject_of
from pipeline.events.joined_parties import pairs
from pipeline.events.lexicon import Lexicon, Trigger
from pipeline.events.matching import modifiers_fit
from pipeline.events.modality import Context, context_of, shift_by_modality
from pipeline.events.phrases import children, lemma_of, own_doer
from pipeline.events.reading import Candidate
from pipeline.events.roles import OWNER, Party, is_actor, recipient_of

_UNREAL_DETERMINERS = frozenset({"any", "no", "such", "every", "possible", "potential", "future", "further", "planned"})
_ENDS_BADLY = frozenset({"collapse", "fail", "founder", "stall"})
_SCORE_LIGHT, _SCORE_ALONE = 3.0, 1.5


def nominal_candidates(noun: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    """The candidates of an event noun that no verb's own entry has claimed."""
    for trigger in lexicon.nouns[lemma_of(noun)]:
        if not modifiers_fit(trigger, [noun]):
            continue
        carrier = _carrier(noun, lexicon)
        light = carrier is not None and _is_light(carrier, noun, lexicon)
        if carrier is not None and light:
            made = list(_carried(trigger, noun, carrier, lexicon))
        else:
            made = list(_alone(trigger, noun, carrier, lexicon))
        yield from made
        if any(c.dropped is None for c in made):
            return


def _carrier(noun: Token, lexicon: Lexicon) -> Token | None:
    """The verb that a noun is object or passive subject of, quantity nouns and joined nouns skipped."""
    token = noun
    for _ in range(4):
        if token.dep_ == "conj" and token.head.pos_ == "NOUN":
            token = token.head
        elif (
            token.dep_ == "pobj"
            and token.head.lower_ == "of"
            and lexicon.is_control("quantity_nouns", lemma_of(token.head.head))
        ):
            token = token.head.head
        elif token.dep_ == "compound" and lemma_of(token.head) in {"effort", "campaign", "mission", "operation"}:
            token = token.head
        else:
            break
    verb = token.head
    if verb.pos_ not in {"VERB", "AUX"} or token.dep_ not in {"dobj", "nsubjpass"}:
        return None
    return None if children(verb, "xcomp") and token.dep_ == "nsubjpass" else verb


def _is_light(verb: Token, noun: Token, lexicon: Lexicon) -> bool:
    light = lexicon.control["light"]
    lemma = lemma_of(verb)
    return lemma in light or any(f"{lemma} {c.lower_}" in light for c in children(verb, "prt"))


def _carried(trigger: Trigger, noun: Token, verb: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    frame = frame_of(verb, lexicon)
    frame.objects = [noun]
    # "repeated its demand that Chad leave": what a noun demands is its clause.
    wanted = [clause for clause in children(noun, "acl") if children(clause, "mark")]
    frame.complement = frame.complement or next(iter(wanted), None)
    actor = frame.subject if frame.subject is not None and is_actor(frame.subject, lexicon) else None
    if actor is None:
        actor = _doer_of(trigger, noun, lexicon)
    blocked = None
    if frame.subject is not None and actor is None:
        blocked = "the subject cannot act"
    yield from _make(
        trigger,
        noun,
        head=verb,
        frame=frame,
        actor=actor,
        context=context_of(verb, lexicon),
        blocked=blocked,
        lexicon=lexicon,
    )


def _doer_of(trigger: Trigger, noun: Token, lexicon: Lexicon) -> Token | None:
    """Who does what an event noun says. "His arrest" was done to him, "Chad's arrest of two priests" by Chad."""
    doer = own_doer(noun, lexicon)
    suffers = doer is not None and doer.dep_ == "poss" and OWNER in trigger.recipient
    return None if suffers and all(prep.lower_ != "of" for prep in children(noun, "prep")) else doer


def _alone(trigger: Trigger, noun: Token, carrier: Token | None, lexicon: Lexicon) -> Iterator[Candidate]:
    frame = Frame(verb=noun, lemma=lemma_of(noun), passive=False, subject=None, objects=[noun])
    frame.prepositions = frame_of(noun, lexicon).prepositions
    context = Context()
    blocked = "only spoken of" if trigger.light_only else _unreal(noun, carrier, lexicon)
    if carrier is None:
        above = _clause_verb(noun)
        if above is not None:
            outer = context_of(above, lexicon)
            context.speaker = outer.speaker
            blocked = blocked or (outer.dropped if outer.dropped and noun.dep_ == "nsubj" else None)
    actor = _doer_of(trigger, noun, lexicon)
    if actor is None and trigger.mode == "visit" and noun.dep_ == "pobj" and noun.head.lower_ == "on":
        traveller = noun.head.head  # "left on a visit to Peru", "is on a visit to Peru"
        if traveller.pos_ in {"VERB", "AUX"}:
            actor = subject_of(traveller, lexicon)
            context = context_of(traveller, lexicon)
    yield from _make(
        trigger, noun, head=noun, frame=frame, actor=actor, context=context, blocked=blocked, lexicon=lexicon
    )


def _unreal(noun: Token, carrier: Token | None, lexicon: Lexicon) -> str | None:
    """Why a noun speaks of no event that happened; None where it does."""
    words = {lemma_of(c) for c in children(noun, "det", "amod")}
    if words & _UNREAL_DETERMINERS:
        return f"'{noun.text}' is only spoken of"
    if noun.dep_ == "compound":
        return f"'{noun.text}' describes another noun"
    if carrier is not None:
        return f"object of '{carrier.text}'"
    if noun.dep_ == "pobj":
        above = noun.head.head
        if lemma_of(above) in lexicon.control["possibility_nouns"]:
            return f"behind '{above.text}'"
        if noun.head.lower_ in {"for", "against", "without", "about", "over"} and noun.head.lower_ != "over":
            return f"behind '{noun.head.text}'"
    return None


def _clause_verb(noun: Token) -> Token | None:
    token = noun
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    return None


def _make(
    trigger: Trigger,
    noun: Token,
    *,
    head: Token,
    frame: Frame,
    actor: Token | None,
    context: Context,
    blocked: str | None,
    lexicon: Lexicon,
) -> Iterator[Candidate]:
    recipient = recipient_of(trigger, frame, lexicon, actor)
    if recipient is not None and recipient.words.i == noun.i:
        recipient = None if recipient.who.i == noun.i else Party(recipient.who, recipient.who)
    light = head.i != noun.i
    base_type = trigger.event_type
    if noun.dep_ == "nsubj" and lemma_of(noun.head) in _ENDS_BADLY and plover.quad_class_of(base_type) <= 2:
        base_type = "REJECT"
    event_type, negated, modality = shift_by_modality(base_type, context, context.negated, context.modality)
    words = (noun,) if not light else tuple(sorted((head, noun), key=lambda t: t.i))
    for one, other in pairs(trigger, Party(actor, actor) if actor is not None else None, recipient, lexicon):
        dropped = context.dropped or blocked
        if trigger.needs_actor and one is None:
            dropped = dropped or "no actor"
        if (trigger.needs_recipient or (not light and noun.dep_ != "nsubj")) and other is None:
            dropped = dropped or "no recipient"
        if not light and one is None:
            dropped = dropped or "no actor"
        yield Candidate(
            entry=trigger,
            event_type=event_type,
            event_mode=trigger.mode if event_type == trigger.event_type else None,
            actor=one.who if one is not None else None,
            recipient=other.who if other is not None else None,
            actor_words=one.words if one is not None else None,
            recipient_words=other.words if other is not None else None,
            trigger=noun,
            trigger_words=words,
            head=head,
            modality=modality,
            negated=negated,
            dropped=dropped,
            score=_SCORE_LIGHT if light else _SCORE_ALONE,
            speaker=context.speaker,
            shifted=event_type != trigger.event_type,
            nominal=True,
        )
