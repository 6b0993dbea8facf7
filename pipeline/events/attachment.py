"""When and where: the date expression and the place that a sentence ties to an event.

Both must hang on the event's own words in the tree: "said on Tuesday that rebels attacked" dates the saying, and a
city elsewhere in the sentence is no place of the event. Nothing tied means None, never the publication date.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from pipeline.events.lexicon import Lexicon, load_lexicon
from pipeline.events.phrases import children, conjuncts, lemma_of
from pipeline.events.reading import Candidate
from pipeline.events.spans import DateExpression, Place

_CALENDAR = frozenset({"day", "time", "week", "month", "quarter", "year", "decade"})
_PLACE_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "around",
        "across",
        "off",
        "within",
        "throughout",
        "through",
        "on",
        "along",
    }
)
_LAST_RANK = 3
_MOST_OF_PHRASES = 3
_SHARED_LINKS = frozenset({"conj", "xcomp", "advcl", "pcomp"})
_DURING = frozenset({"during", "on"})
_TIME_MARKS = frozenset({"when", "as", "after", "while", "before"})


def date_of(
    candidate: Candidate, sentence: SpacySpan, dates: Sequence[DateExpression], lexicon: Lexicon
) -> DateExpression | None:
    """The date expression that the event's own words carry; None where they carry none.

    Tried in order: what hangs on the trigger, on the clauses that share its subject, on a clause of time beside it.
    """
    usable = [
        (date, token)
        for date in dates
        if date.value is not None
        and date.precision in _CALENDAR
        and date.first_day is not None
        and sentence.start_char <= date.start < sentence.end_char
        and (token := _token_at(sentence.doc, date.start, date.end)) is not None
    ]
    if not usable:
        return None
    own = {candidate.head.i, candidate.trigger.i}
    for holders in (own, _sharing(candidate, lexicon), _time_clauses(candidate)):
        held = [
            (hops, abs(token.i - candidate.trigger.i), date)
            for date, token in usable
            if (hops := _hops(token, holders)) is not None
        ]
        if held:
            return min(held, key=lambda item: item[:2])[2]
    around = _verb_around(candidate)
    behind = [d for d, t in usable if _hops(t, around) is not None and _follows(t, candidate.trigger)]
    return behind[0] if behind else None


def place_of(candidate: Candidate, sentence: SpacySpan, places: Sequence[Place]) -> Place | None:
    """The place where the event's words say it happened; a visit's place is what was visited."""
    inside = [
        (place, token)
        for place in places
        if sentence.start_char <= place.start < sentence.end_char
        and (token := _token_at(sentence.doc, place.start, place.end)) is not None
    ]
    if candidate.event_mode == "visit" and candidate.recipient is not None:
        for place, token in inside:
            if token.i == candidate.recipient.i:
                return place
    where = _relative_place(candidate)
    for place, token in inside:
        if where is not None and token.i == where.i:
            return place
    own = {candidate.head.i, candidate.trigger.i}
    nouns = {n.i for n in candidate.trigger_words if n.pos_ == "NOUN"} | {n.i for n in candidate.carried}
    persons = {t.i for t in (candidate.actor, candidate.recipient) if t is not None}
    best: list[tuple[int, int, Place]] = []
    for holders, first_rank in ((own, 0), (_sharing(candidate, load_lexicon()), _LAST_RANK)):
        for place, token in inside:
            prep = _place_preposition(token)
            if prep is None:
                continue
            rank = _rank_of_place(prep, holders, nouns, candidate, persons if first_rank == 0 else set())
            if rank < _LAST_RANK:
                best.append((first_rank + rank, abs(token.i - candidate.trigger.i), place))
    return min(best, key=lambda item: item[:2])[2] if best else _visited(candidate, inside)


def _rank_of_place(prep: Token, own: set[int], nouns: set[int], candidate: Candidate, persons: set[int]) -> int:
    """How near a place stands to an event's words: 0 beside them; `_LAST_RANK` where it is no place of the event."""
    holder = prep.head
    if holder.i not in own | nouns and _holder(prep, persons):
        holder = next(t for t in (candidate.actor, candidate.recipient) if t is not None)
    rank = 0 if holder.i in own else 1 if holder.i in nouns else 2 if holder.i in persons else _LAST_RANK
    if rank == _LAST_RANK and _holder(prep, own):
        rank = 2 if prep.head.pos_ == "NOUN" or prep.head.dep_ == "prep" else 1
    return rank


def _relative_place(candidate: Candidate) -> Token | None:
    """The noun that "where" stands for: "in Ambo, where the consulate was attacked"."""
    clause = candidate.head
    if clause.dep_ != "relcl" or all(word.lower_ != "where" for word in children(clause, "advmod")):
        return None
    noun = clause.head
    for _ in range(_MOST_OF_PHRASES):  # "the north of Chad, where ..."
        inner = [pobj for prep in children(noun, "prep") if prep.lower_ == "of" for pobj in children(prep, "pobj")]
        if not inner:
            break
        noun = inner[0]
    return noun


def _token_at(doc: Doc, start: int, end: int) -> Token | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _hops(token: Token, holders: set[int]) -> int | None:
    """Steps from `token` up to one of `holders`; None where another verb, or the clause's doer, lies in between."""
    for hops in range(1, 9):
        above = token.head
        if token.dep_ in {"nsubj", "nsubjpass"} and above.i in holders:
            return None
        if above.i in holders:
            return hops
        if above.i == token.i or above.pos_ in {"VERB", "AUX"}:
            return None
        token = above
    return None


def _holder(token: Token, holders: set[int]) -> bool:
    return _hops(token, holders) is not None


def _sharing(candidate: Candidate, lexicon: Lexicon) -> set[int]:
    """Verbs that share the event's time: joined to it, or carrying it ("began to withdraw", ", killing three")."""
    found: set[int] = set()
    token = candidate.head
    if candidate.nominal and token.pos_ == "NOUN":
        return found
    for _ in range(4):
        above = token.head
        if above.i == token.i or token.dep_ not in _SHARED_LINKS or above.pos_ not in {"VERB", "AUX"}:
            break
        if token.dep_ == "xcomp" and not lexicon.is_control("transparent", lemma_of(above)):
            break
        if token.dep_ == "advcl" and (children(token, "mark", "advmod") or token.tag_ not in {"VBG", "VBN"}):
            break
        found.add(above.i)
        token = above
    for child in children(candidate.head, "conj", "xcomp"):
        if child.pos_ == "VERB" and not children(child, "nsubj", "nsubjpass"):
            found.add(child.i)
    return found


def _time_clauses(candidate: Candidate) -> set[int]:
    """Clauses of time beside the event, also where the parser hangs them on a gerund within it."""
    found = set()
    waiting = [candidate.head]
    while waiting:
        token = waiting.pop()
        waiting += children(token, "prep", "pcomp", "dobj")
        for clause in children(token, "advcl"):
            if any(m.lower_ in _TIME_MARKS - {"after", "before"} for m in children(clause, "mark", "advmod")):
                found.add(clause.i)
    return found


def _verb_around(candidate: Candidate) -> set[int]:
    """The verb that an event noun is the time of: "During his visit to Chad this week, he signed ..."."""
    noun = candidate.trigger
    if candidate.head.i != noun.i or noun.dep_ != "pobj" or noun.head.lower_ not in _DURING:
        return set()
    return {noun.head.head.i}


def _follows(token: Token, noun: Token) -> bool:
    """Whether a date stands right behind the phrase of `noun`, so that it may date the noun."""
    return 0 < token.left_edge.i - noun.right_edge.i <= 1


def _visited(candidate: Candidate, inside: Sequence[tuple[Place, Token]]) -> Place | None:
    """Where somebody is on a visit: what he does with his hosts, he does there.

    Of several destinations it is the one in the recipient's country, named as the recipient is.
    """
    own = {token.i: place for place, token in inside}
    nouns = load_lexicon().nouns
    visits = [
        noun
        for prep in children(candidate.head, "prep")
        if prep.lower_ in _DURING
        for noun in children(prep, "pobj")
        if any(entry.mode == "visit" for entry in nouns.get(lemma_of(noun), ()))
    ]
    towards = [pobj for noun in visits for prep in children(noun, "prep") for pobj in children(prep, "pobj")]
    destinations = [own[t.i] for first in towards for t in conjuncts(first) if t.i in own]
    host = own.get(candidate.recipient.i) if candidate.recipient is not None else None
    if host is not None and any(host.country_code == place.country_code for place in destinations):
        return host
    return destinations[0] if len(destinations) == 1 else None


def _place_preposition(token: Token) -> Token | None:
    for _ in range(4):
        if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.pos_ == "NOUN":
            token = token.head.head  # "in the city of Ambo"
            continue
        if token.dep_ == "pobj":
            return token.head if token.head.lower_ in _PLACE_PREPOSITIONS else None
        if token.dep_ not in {"appos", "compound", "nmod", "conj", "poss"}:
            return None
        token = token.head
    return None
