"""Which words that look like a place are none: people of that name, seats that stand for their government.

A parser of entities takes surnames for towns ("Burton said"), and there is a town for most surnames. A name that is
not known by itself counts as a place only where the article somewhere treats it as one.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

from pipeline.events.places.gazetteer import AREA, COUNTRY, Gazetteer
from pipeline.events.places.name_parts import kind_asked
from pipeline.events.places.names import fold
from pipeline.events.places.overlooked import LOCATIVE, is_kind_word

# A town of this size is known by its name alone.
_KNOWN_POPULATION = 100_000
_SPEAKING = frozenset({"say", "add", "tell", "note", "explain", "write", "continue", "recall", "agree", "ask"})
_TITLES = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "apostle", "saint", "king", "sir", "judge"})
_STREETS = frozenset(
    {
        "avenue", "boulevard", "bridge", "church", "drive", "highway", "hospital", "lane", "park", "rd", "rd.", "road",
        "square", "st", "street",
    }
)  # fmt: skip
_MODIFIERS = frozenset({"the", "town", "city", "village", "of", "central", "downtown", "nearby", "neighbouring"})


def people_named(doc: Doc) -> frozenset[str]:
    """Every word of the persons' full names in the text."""
    return frozenset(
        token.text
        for entity in doc.ents
        if entity.label_ == "PERSON" and len(entity) > 1
        for token in entity
        if token.text[:1].isupper() and len(token.text) > 2
    )


def is_doubtful(span: Span, gazetteer: Gazetteer) -> bool:
    """Whether nobody would take the name for a place without being told."""
    return not any(
        entry.is_listed or (not entry.is_other_name and entry.population >= _KNOWN_POPULATION)
        for entry in gazetteer.entries(span.text)
    )


def is_treated_as_place(span: Span) -> bool:
    """Whether the words around say that this is a place: "in X", "the X district", "X, Ohio" is for the caller."""
    doc = span.doc
    if kind_asked(span.text) is not None or (len(span) > 1 and span[-1].lower_ in _STREETS):
        return True
    if span.end < len(doc) and is_kind_word(doc[span.end]):
        return True
    before = span.start - 1
    while before >= 0 and doc[before].lower_ in _MODIFIERS and span.start - before <= 4:
        if doc[before].lower_ == "of" and before and is_kind_word(doc[before - 1]):
            return True
        before -= 1
    return before >= 0 and doc[before].lower_ in LOCATIVE


def is_person(span: Span, people: frozenset[str]) -> bool:
    """Whether the words name a person: part of a full name in the article, or after a title."""
    if len(span) == 1 and span.text in people:
        return True
    return span[0].lower_ in _TITLES or (span.start > 0 and span.doc[span.start - 1].lower_ in _TITLES)


def speaks(span: Span) -> bool:
    """ "Burton said": as towns do not."""
    root = span.root
    return root.dep_ == "nsubj" and root.head.lemma_ in _SPEAKING


def stands_for_government(span: Span, gazetteer: Gazetteer) -> bool:
    """ "The White House denied it" names no place, "outside the White House" does: of buildings, not of capitals."""
    if fold(span.text) not in gazetteer.by_seat or any(e.kind == COUNTRY for e in gazetteer.entries(span.text)):
        return False
    if not any(e.is_listed for e in gazetteer.entries(span.text)):
        return False
    doc, before = span.doc, span.start - 1
    while before >= 0 and doc[before].lower_ in {"the", "'s", "’s"}:
        before -= 1
    return before < 0 or doc[before].lower_ not in LOCATIVE | {"at", "to", "from", "of", "behind", "toward", "towards"}


def is_namesake_of_area(span: Span, gazetteer: Gazetteer) -> bool:
    """Whether a river's or sea's short name stands without "the": Amazon sells books; and "The Atlantic" prints."""
    entries = gazetteer.entries(span.text)
    if not any(e.kind == AREA and fold(e.name) != fold(span.text) and len(span) == 1 for e in entries):
        return False
    before = span.doc[span.start - 1] if span.start else None
    return before is None or before.lower_ != "the" or (before.text == "The" and not before.is_sent_start)
