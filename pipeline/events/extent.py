"""Extent: where the words for a party begin and end in the text.

A code book marks the whole noun phrase: title and name, "of" and place phrases, an apposition, a name in brackets.
Relative clauses, dates and joined parties of their own stay outside. Works on spaCy's English trees (ClearNLP labels).
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.events.document import entity_around
from pipeline.events.lexicon import load_lexicon
from pipeline.events.phrases import MAX_DEPTH, children, lemma_of

_LEFT_LABELS = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "predet", "punct"})
# Prepositions that go on with a common noun: "a court in Lima", "talks with Oslo", "a visitor from Chad".
_NOUN_PREPOSITIONS = frozenset(
    {"of", "in", "from", "for", "against", "near", "along", "like", "between", "within", "to", "at", "on", "with", "by"}
)
_INNER_PUNCTUATION = frozenset({"-", "'", '"', "“", "‘"})


def core_bounds(head: Token) -> tuple[int, int]:
    """First and last token index of the head noun with its modifiers and "of" phrases: enough to say who it is."""
    return _start(head), _end_of_core(head, 0)


def words_bounds(head: Token, *, with_clause: bool = False) -> tuple[int, int]:
    """First and last token index of all words for the party that `head` names.

    `with_clause`: a clause without a finite verb behind the noun belongs to it: "the plan put forward by Chad".
    """
    end = _end(head, 0)
    if with_clause or head.lower_ in {"those", "others"}:
        for clause in children(head, "acl"):
            if clause.left_edge.i == end + 1 and clause.tag_ == "VBN" and children(clause, "agent"):
                end = clause.right_edge.i
    return _with_other_half(head, _start(head), end)


def text_bounds(bounds: tuple[int, int], head: Token) -> tuple[int, int]:
    """Character offsets, end exclusive, of token bounds in the text of `head`."""
    first, last = head.doc[bounds[0]], head.doc[bounds[1]]
    return first.idx, last.idx + len(last)


def stands_alone(noun: Token) -> bool:
    """Whether a joined noun is a party of its own: a name, joined to a name, or with its own article or owner."""
    joined_to_name = noun.dep_ == "conj" and noun.head.pos_ == "PROPN"
    own = noun.pos_ == "PROPN" or bool(noun.ent_type_) or bool(children(noun, "det", "poss", "nummod", "relcl"))
    return own or joined_to_name


def _with_other_half(head: Token, start: int, end: int) -> tuple[int, int]:
    """The parser cuts "The rebel Green Valley Front" into two subjects."""
    if head.dep_ != "nsubj" or head.pos_ not in {"NOUN", "PROPN"}:
        return start, end
    for other in children(head.head, "nsubj"):
        if other.i == head.i or other.pos_ not in {"NOUN", "PROPN"}:
            continue
        first, last = _start(other), _end(other, 0)
        if first <= end + 1 and start <= last + 1:
            return min(start, first), max(end, last)
    return start, end


def _start(head: Token) -> int:
    start = head.i
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if child.dep_ not in _LEFT_LABELS or (child.dep_ == "punct" and child.text not in _INNER_PUNCTUATION):
            break
        if child.lower_ in {"neither", "both", "either", "earlier", "later", "ago"}:  # "Days later Okello ..."
            break
        start = min(start, child.left_edge.i)
    if head.doc[start].dep_ == "punct" and start < head.i:
        start += 1
    return start


def _end_of_core(head: Token, depth: int) -> int:
    end = head.i
    for child in head.rights if depth < MAX_DEPTH else ():
        if child.dep_ == "prep" and child.i == end + 1 and (child.lower_ == "of" or _is_place_phrase(child)):
            end = max([end, *(_end_of_core(p, depth + 1) for p in children(child, "pobj"))])
    return max(end, _end_of_name(head))


def _end_of_name(head: Token) -> int:
    """The last token of the name that `head` is in, where the parser cuts it: "the Ministry for Rural Development"."""
    if head.ent_type_ not in {"ORG", "PERSON"}:
        return head.i
    entity = entity_around(head)
    if entity is None:
        return head.i
    last: int = entity.end - 1
    return last - 1 if head.doc[last].tag_ == "POS" and last > head.i else last


def _is_place_phrase(prep: Token) -> bool:
    """Whether a preposition right behind a common noun leads to a place name: "a court in Argentina"."""
    if prep.lower_ not in {"in", "for"} or prep.head.pos_ != "NOUN":
        return False
    return any(pobj.ent_type_ in {"GPE", "LOC"} for pobj in children(prep, "pobj"))


def _end(head: Token, depth: int) -> int:
    end = _end_of_name(head)
    if depth >= MAX_DEPTH:
        return end
    named = head.ent_type_ == "PERSON"  # "met the premier Ann Lee at the airport": a person's name ends the phrase
    for child in head.rights:
        if child.i <= end:
            continue
        gap = child.left_edge.i - end
        if child.dep_ in {"punct", "cc"}:
            continue
        if gap > 2 or (gap == 2 and head.doc[end + 1].lower_ not in {",", "(", "-", "and", "or", "&"}):
            break
        reached = _end_of_child(child, head, gap, depth)
        if reached is None or (named and child.dep_ == "prep"):
            break
        named = child.dep_ == "appos" and child.ent_type_ == "PERSON"
        end = max(end, reached)
    return _with_bracket(head, end)


def _end_of_child(child: Token, head: Token, gap: int, depth: int) -> int | None:
    """Where the phrase ends if `child` belongs to it; None where the phrase ends before it."""
    if child.dep_ == "prep" and gap == 1:
        objects = children(child, "pobj")
        if child.lower_ == "of" and head.dep_ == "dobj" and lemma_of(head.head) in load_lexicon().control["of_verbs"]:
            return None
        allowed = child.lower_ == "of" or (child.lower_ in _NOUN_PREPOSITIONS and head.pos_ == "NOUN")
        if not allowed or not objects or any(o.ent_type_ in {"DATE", "TIME"} for o in objects):
            return None
        return max(_end(o, depth + 1) for o in objects)
    if child.dep_ == "appos" and (gap == 1 or _names(child, head)):
        return _end(child, depth + 1)
    if child.dep_ == "conj" and not stands_alone(child):
        return _end(child, depth + 1)
    if child.dep_ in {"nummod", "compound", "nmod", "amod"} and gap == 1:
        return child.right_edge.i  # "rebels loyal to the general"
    return None


def _names(apposition: Token, head: Token) -> bool:
    """Whether an apposition gives the name of whom a title or role announced: "the mayor, Jan Kees"."""
    if head.ent_type_ == "PERSON":
        return True
    return apposition.pos_ == "PROPN" and head.ent_type_ != "GPE"


def _with_bracket(head: Token, end: int) -> int:
    """A closing bracket belongs to what it closes."""
    doc = head.doc
    if end + 1 < len(doc) and doc[end + 1].text == ")":
        opened = [t for t in doc[max(head.left_edge.i, end - 12) : end + 1] if t.text in {"(", ")"}]
        if opened and opened[-1].text == "(":
            return end + 1
    return end
