"""A coded text for a person to read: sentence by sentence, and below each one its events with what proves them.

Shown of each event: its type and measures; who, to whom, when and where with the words and their offsets; the rule, the
entry of the lexicon with its source and example, and the score; what is known from the archive; and of every trigger
that became no event why not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.events.actors.memory import ActorMemory
from pipeline.events.coder import all_candidates
from pipeline.events.coders import Coder, Publication, RememberingCoder
from pipeline.events.explanation_layout import Painter, labelled, marked_text, painter
from pipeline.events.lexicon import Trigger, load_lexicon
from pipeline.events.parser import is_truncated, parse_text
from pipeline.events.plover import EVENT_TYPES
from pipeline.events.reading import Candidate
from pipeline.events.spans import Actor, CodedEvent, DateExpression, Place, Span

_QUAD_CLASSES = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
_LONGEST_REASON = 100


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what was found in it."""

    span: Span
    events: list[CodedEvent]
    candidates: list[Candidate]  # of the rule coder, dropped ones too; none of another


def explain_text(
    text: str,
    *,
    coder: Coder,
    published_at: datetime | None = None,
    memory: ActorMemory | None = None,
    width: int = 100,
    colour: bool = False,
) -> Iterator[str]:
    """The lines that explain how `coder` codes `text`.

    Args:
        text: the text; offsets in the explanation count its code points.
        coder: what codes it. Entries and dropped triggers are shown for the rule coder.
        published_at: what "today" is; None: relative dates stay open, and the archive is not asked.
        memory: what the archive knows; None: nothing.
        width: columns of the terminal.
        colour: whether the lines carry ANSI colours.
    """
    if not text.strip():
        yield "There is no text to code."
        return
    paint = painter(colour=colour)
    events = _coded(text, coder, published_at, memory)
    number = 0
    for sentence in _sentences(text, events, with_candidates=coder.name == "rules"):
        yield from marked_text(sentence.span, _marks(sentence.events), width, paint)
        for event in sentence.events:
            number += 1
            yield from _event_lines(number, event, sentence.candidates, width, paint)
        for candidate in sentence.candidates:
            if candidate.dropped is not None:
                yield from _dropped_lines(candidate, width, paint)
        yield ""
    yield _total(events)
    if is_truncated(text):
        yield "The text is longer than the parser's limit: only its beginning was read."
    if published_at is None:
        yield "Without --published-at no relative date is resolved, and the archive is not asked about names."


def _coded(text: str, coder: Coder, published_at: datetime | None, memory: ActorMemory | None) -> Sequence[CodedEvent]:
    publication = Publication(published_at=published_at)
    if isinstance(coder, RememberingCoder):
        return coder.code_with_memory(text, publication, memory or ActorMemory()).events
    return coder.code(text, publication)


def _sentences(text: str, events: Sequence[CodedEvent], *, with_candidates: bool) -> Iterator[_Sentence]:
    doc = parse_text(text)
    candidates: dict[int, list[Candidate]] = {}
    if with_candidates:
        for index, _, candidate in all_candidates(doc, load_lexicon()):
            candidates.setdefault(index, []).append(candidate)
    for index, sentence in enumerate(doc.sents):
        inside = [e for e in events if sentence.start_char <= e.trigger.start < sentence.end_char]
        span = Span(sentence.start_char, sentence.end_char, text[sentence.start_char : sentence.end_char])
        if span.text.strip():
            yield _Sentence(span, inside, candidates.get(index, []))


def _marks(events: Sequence[CodedEvent]) -> list[tuple[int, int, str]]:
    """Which characters of the text are what; the trigger last, so that it shows."""
    marks = []
    for event in events:
        for kind, span in (
            ("actor", event.actor),
            ("recipient", event.recipient),
            ("date", event.event_date),
            ("place", event.place),
            ("trigger", event.trigger),
        ):
            if span is not None:
                marks.append((span.start, span.end, kind))
    return marks


def _event_lines(
    number: int, event: CodedEvent, candidates: Sequence[Candidate], width: int, paint: Painter
) -> Iterator[str]:
    kind = event.event_type + (f"/{event.event_mode}" if event.event_mode else "")
    denial = ", negated" if event.negated else ""
    yield f"  {number}. {paint('type', kind)}  {event.modality}{denial}, confidence {event.confidence:.2f}"
    facts = [
        ("who", _party(event.actor)),
        ("to whom", _party(event.recipient)),
        ("when", _date(event.event_date)),
        ("where", _place(event.place)),
        ("trigger", f"'{event.trigger.text}' {_offsets(event.trigger)}"),
        ("evidence", f"characters {event.evidence.start} to {event.evidence.end}"),
        ("measures", _measures(event)),
        ("rule", event.rule),
    ]
    entry = _entry_of(event, candidates)
    if entry is not None:
        facts.append(("lexicon", f"{entry.event_type}/{entry.id} after {entry.source}, as in: {entry.example}"))
    for label, words in facts:
        yield from labelled(label, words, width, paint)


def _party(actor: Actor | None) -> str:
    if actor is None:
        return "nobody named"
    known = ", ".join(part for part in (actor.name, actor.country_code, actor.sector) if part and part != actor.text)
    words = f"{actor.text} {_offsets(actor)}: {known or 'country and sector not known'}"
    return f"{words}; {actor.known_from}" if actor.known_from else words


def _date(date: DateExpression | None) -> str:
    if date is None:
        return "no date"
    value = f"{date.value} ({date.precision})" if date.value else "not resolved"
    return f"{date.text} {_offsets(date)}: {value}"


def _place(place: Place | None) -> str:
    if place is None:
        return "no place"
    parts = [part for part in (place.name, place.country_code) if part]
    if place.latitude is not None and place.longitude is not None:
        parts.append(f"{place.latitude:.3f}, {place.longitude:.3f}")
    if place.geonames_id is not None:
        parts.append(f"GeoNames {place.geonames_id}")
    return f"{place.text} {_offsets(place)}: {', '.join(parts) or 'not geocoded'}"


def _measures(event: CodedEvent) -> str:
    known = [f"quad class {event.quad_class} ({_QUAD_CLASSES[event.quad_class]})"]
    known += [f"CAMEO root {event.cameo_root}"] if event.cameo_root else []
    known += [f"intensity {event.intensity:+.1f}"] if event.intensity is not None else []
    return ", ".join(known)


def _offsets(span: Span) -> str:
    return f"[{span.start}:{span.end}]"


def _entry_of(event: CodedEvent, candidates: Sequence[Candidate]) -> Trigger | None:
    """The lexicon's entry behind an event of the rule coder."""
    for candidate in candidates:
        inside = any(event.trigger.start <= word.idx < event.trigger.end for word in candidate.trigger_words)
        if candidate.dropped is None and inside and candidate.event_type == event.event_type:
            return candidate.entry
    return None


def _dropped_lines(candidate: Candidate, width: int, paint: Painter) -> Iterator[str]:
    reason = (candidate.dropped or "")[:_LONGEST_REASON]
    what = candidate.event_type if candidate.event_type in EVENT_TYPES else "an event"
    yield from labelled("no event", f"'{candidate.trigger.text}' is not {what}: {reason}", width, paint, faint=True)


def _total(events: Sequence[CodedEvent]) -> str:
    return "1 event" if len(events) == 1 else f"{len(events)} events"
