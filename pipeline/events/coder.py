"""The coder: a text becomes the events that it reports, each with the words that prove it.

Rules over dependency trees and the lexicon, no model of its own: `CODER` and `CODER_VERSION` name what coded a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from pipeline.events import plover
from pipeline.events.actors import describe_actor, resolve_reference
from pipeline.events.actors.country_words import set_places
from pipeline.events.actors.memory import ActorMemory
from pipeline.events.actors.persons import set_memory
from pipeline.events.attachment import date_of, place_of
from pipeline.events.background import without_background
from pipeline.events.candidates import candidates_of
from pipeline.events.confidence import confidence_of
from pipeline.events.dates import resolve_dates
from pipeline.events.document import text_of, words_of
from pipeline.events.event_reading import parse_for_events
from pipeline.events.extent import core_bounds, text_bounds, words_bounds
from pipeline.events.inference import with_inferred_countries
from pipeline.events.lexicon import Lexicon, load_lexicon
from pipeline.events.modality import ACTUAL, HISTORICAL, ONGOING
from pipeline.events.mutual import is_reciprocal, joined_bounds
from pipeline.events.phrases import POSSESSIVES, lemma_of, pronoun
from pipeline.events.places import find_places_and_nationalities
from pipeline.events.reading import Candidate
from pipeline.events.spans import Actor, CodedEvent, DateExpression, Place, Span
from pipeline.events.traps import domain_of_text, without_traps

CODER = "rules"
CODER_VERSION = "rules-2"
# The languages that the parser and the lexicon know; texts in others are stored and not coded.
CODED_LANGUAGES = frozenset({"en"})

# An event this long before the publication is told as history.
_HISTORY = timedelta(days=366)
# Bodies that belong to where they act: an arrest in Vilnius is made by Lithuanian police.
_LOCAL_SECTORS = frozenset({"COP", "JUD", "LAB"})
_PRIVATE = frozenset({"i", "me", "my", "us", "you", "myself"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "him", "her", "them", "us", "who", "which", "that"})


@dataclass(frozen=True, slots=True)
class Annotations:
    """What the coder needs of a text besides the tree."""

    doc: Doc
    dates: Sequence[DateExpression]
    places: Sequence[Place]
    published_at: datetime | None


def code_text(
    text: str,
    *,
    published_at: datetime | None = None,
    headline: str | None = None,
    country_hint: str | None = None,
) -> list[CodedEvent]:
    """The events that `text` reports, by their place in it.

    Args:
        text: plain text, paragraphs divided by an empty line; offsets count its code points.
        published_at: instant that relative dates count from, UTC-aware; None: they stay unresolved.
        headline: not coded itself.
        country_hint: ISO 3166 alpha-3 code of the source, for places of one name.

    An empty text has no events. The coder abstains where the words do not carry an event; what happened between two
    given parties is asked of `pairs.code_pair`.
    """
    del headline  # the interface has it for coders that read it
    return code_doc(parse_for_events(text), published_at=published_at, country_hint=country_hint)


def code_doc(
    doc: Doc,
    *,
    published_at: datetime | None = None,
    country_hint: str | None = None,
    memory: ActorMemory | None = None,
) -> list[CodedEvent]:
    """`code_text` for a text that is parsed. `memory` explains names that the text does not; without a publication
    instant nobody knows what was so then, and it is not asked.
    """
    if published_at is not None:
        set_memory(doc, memory or ActorMemory(), published_at.date())
    lexicon = load_lexicon()
    annotations: Annotations | None = None
    found: list[CodedEvent] = []
    domain = domain_of_text(doc, lexicon)
    for index, sentence in enumerate(doc.sents):
        candidates = [c for c in sentence_candidates(sentence, lexicon, domain) if c.dropped is None]
        if candidates and annotations is None:
            annotations = annotate(doc, published_at, country_hint)
        if annotations is not None:
            made = [(coded(candidate, index, sentence, annotations, lexicon), candidate) for candidate in candidates]
            found += with_inferred_countries([event for event, candidate in made if _stands(event, candidate, lexicon)])
    return found


def _stands(event: CodedEvent, candidate: Candidate, lexicon: Lexicon) -> bool:
    """What only the described parties can tell: "it" must mean somebody, and a scholar's "must" is an opinion.

    So is that of a speaker of whom the text says neither country nor office.
    """
    for head, party in ((candidate.actor, event.actor), (candidate.recipient, event.recipient)):
        if head is None or party is None:
            continue
        if pronoun(head) in _PRIVATE:
            return False
        if head.lower_ in {"it", "we"} and party.name is None and party.country_code is None and party.sector is None:
            return False
    # What is said or given within a family is private; what is done to it by force is not.
    kin = lexicon.noun_classes["kin"]
    if event.quad_class <= 2 and any(
        head is not None and lemma_of(head) in kin for head in (candidate.actor, candidate.recipient)
    ):
        return False
    # One party alone, of which the text says neither country, office nor name, is nobody that a record is about.
    parties = [party for party in (event.actor, event.recipient) if party is not None]
    if len(parties) == 1 and not any((parties[0].country_code, parties[0].sector, parties[0].name)):
        return False
    speaker = event.actor
    if candidate.entry.id != "say-must" or speaker is None:
        return True
    return speaker.sector not in {"EDU", "MED"} and bool(speaker.sector or speaker.country_code)


def annotate(doc: Doc, published_at: datetime | None, country_hint: str | None) -> Annotations:
    """Dates and places of a parsed text; done only where a sentence holds an event, and actors where one is asked."""
    places, with_nationalities = find_places_and_nationalities(doc, country_hint=country_hint)
    if with_nationalities:
        set_places(doc, with_nationalities)
    return Annotations(doc, resolve_dates(doc, published_at), places, published_at)


def sentence_candidates(sentence: SpacySpan, lexicon: Lexicon, domain: str | None = None) -> list[Candidate]:
    """Every candidate of a sentence, dropped ones with their reason. `domain`: see `traps.domain_of_text`."""
    return without_background(without_traps(candidates_of(sentence, lexicon), sentence, lexicon, domain), lexicon)


def coded(
    candidate: Candidate, index: int, sentence: SpacySpan, annotations: Annotations, lexicon: Lexicon
) -> CodedEvent:
    """A candidate with its actor, recipient, date and place described."""
    actor = described(candidate.actor, candidate.actor_words, annotations.doc, with_clause=True)
    recipient = described(candidate.recipient, candidate.recipient_words, annotations.doc, with_clause=True)
    joined = joined_bounds(candidate)
    if joined is not None and actor is not None and recipient is not None and candidate.actor is not None:
        start, end = text_bounds(joined, candidate.actor)
        if actor.country_code == recipient.country_code and candidate.recipient is not None:
            # "Estonian and Finnish officials": the phrase as a whole is of its last country, the actor of the first.
            first = candidate.recipient.head
            own = describe_actor(annotations.doc, first.idx, first.idx + len(first))
            actor = replace(actor, country_code=own.country_code or actor.country_code)
        actor, recipient = (_in_words(party, start, end, annotations.doc) for party in (actor, recipient))
    elif _is_pronoun_for(candidate.recipient, recipient, actor):
        recipient = _unresolved(candidate.recipient, annotations.doc)
    date = date_of(candidate, sentence, annotations.dates, lexicon)
    place = place_of(candidate, sentence, annotations.places)
    actor = _of_the_place(actor, place)
    modality = candidate.modality
    if modality in {ACTUAL, ONGOING} and _is_history(date, annotations.published_at):
        modality = HISTORICAL
    return CodedEvent(
        event_type=candidate.event_type,
        event_mode=candidate.event_mode,
        quad_class=plover.quad_class_of(candidate.event_type),
        actor=actor,
        recipient=recipient,
        event_date=date,
        place=place,
        evidence=evidence_of(sentence),
        trigger=_trigger_span(candidate),
        sentence_index=index,
        negated=candidate.negated,
        modality=modality,
        confidence=confidence_of(candidate, actor, recipient, index),
        cameo_root=plover.cameo_root_of(candidate.event_type, candidate.event_mode),
        intensity=plover.intensity_of(candidate.event_type, candidate.event_mode),
        rule=rule_of(candidate),
        reciprocal=is_reciprocal(candidate),
    )


def described(who: Token | None, words: Token | None, doc: Doc, *, with_clause: bool = False) -> Actor | None:
    """The party `who` with country, sector and fullest name, in the words of the phrase that `words` heads."""
    if who is None or words is None:
        return None
    if pronoun(who) in _PRONOUNS | POSSESSIVES:
        start, end = who.idx, who.idx + len(who)
        meant = resolve_reference(doc, who)
        known = meant if meant is not None else describe_actor(doc, start, end)
        if meant is not None and who.sent.start_char <= meant.start < who.sent.end_char:
            # The words of the same sentence that name the party prove more than the pronoun.
            named = doc.char_span(meant.start, meant.end, alignment_mode="expand")
            if named is not None:
                start, end = text_bounds(words_bounds(named.root), named.root)
    else:
        start, end = text_bounds(core_bounds(who), who)
        known = describe_actor(doc, start, end)
        start, end = text_bounds(words_bounds(words, with_clause=with_clause), words)
    name = (known.name or (known.text if known.start != start else None)) if known is not None else None
    return Actor(
        start,
        end,
        text_of(doc)[start:end],
        known.country_code if known is not None else None,
        known.sector if known is not None else None,
        name,
        known.known_from if known is not None else None,
    )


def _in_words(party: Actor, start: int, end: int, doc: Doc) -> Actor:
    """The party, named by its own words, with the offsets of the phrase in which it stands with the other."""
    return replace(party, start=start, end=end, text=text_of(doc)[start:end], name=party.name or party.text)


def _is_pronoun_for(who: Token | None, recipient: Actor | None, actor: Actor | None) -> bool:
    """ "The party will boycott them": a pronoun that is not reflexive never means the actor (binding, principle B)."""
    if who is None or recipient is None or actor is None or pronoun(who) not in _PRONOUNS:
        return False
    same_words = (recipient.start, recipient.end) == (actor.start, actor.end)
    return same_words or (recipient.name is not None and recipient.name == actor.name)


def _unresolved(who: Token | None, doc: Doc) -> Actor | None:
    """The pronoun in its own words, of which nobody knows whom it means."""
    if who is None:
        return None
    return Actor(who.idx, who.idx + len(who), text_of(doc)[who.idx : who.idx + len(who)], None, None)


def _of_the_place(actor: Actor | None, place: Place | None) -> Actor | None:
    if actor is None or place is None or actor.country_code is not None or actor.sector not in _LOCAL_SECTORS:
        return actor
    return replace(actor, country_code=place.country_code)


def evidence_of(sentence: SpacySpan) -> Span:
    """The sentence without the white space around it."""
    text = words_of(sentence)
    start = sentence.start_char + len(text) - len(text.lstrip())
    stripped = text.strip()
    return Span(start, start + len(stripped), stripped)


def _trigger_span(candidate: Candidate) -> Span:
    """From the first to the last trigger word where they stand together, else the trigger alone."""
    words = candidate.trigger_words
    first, last = words[0], words[-1]
    if last.i - first.i > _MAX_TRIGGER_TOKENS or candidate.trigger not in words:
        first = last = candidate.trigger
    start, end = first.idx, last.idx + len(last)
    return Span(start, end, text_of(first.doc)[start:end])


_MAX_TRIGGER_TOKENS = 6


def _is_history(date: DateExpression | None, published_at: datetime | None) -> bool:
    if date is None or date.last_day is None or published_at is None:
        return False
    return published_at.date() - date.last_day > _HISTORY


def rule_of(candidate: Candidate) -> str:
    """The rule and the lexicon entry, for a person who asks why."""
    kind = "event noun" if candidate.nominal else candidate.trigger.pos_.lower()
    parts = [f"{kind} '{candidate.trigger.text}'", f"entry {candidate.entry.event_type}/{candidate.entry.id}"]
    if candidate.shifted:
        parts.append(f"shifted to {candidate.event_type}")
    if candidate.speaker is not None:
        parts.append(f"told by '{candidate.speaker.text}'")
    parts.append(f"score {candidate.score:.1f}")
    return "; ".join(parts)


def all_candidates(doc: Doc, lexicon: Lexicon) -> Iterator[tuple[int, SpacySpan, Candidate]]:
    """(sentence index, sentence, candidate) for a whole text, dropped candidates included."""
    domain = domain_of_text(doc, lexicon)
    for index, sentence in enumerate(doc.sents):
        for candidate in sentence_candidates(sentence, lexicon, domain):
            yield index, sentence, candidate
