"""Noun phrases: where one begins and ends, who in it can act, and what its head really is.

Everything works on the dependency tree of spaCy's English models (ClearNLP labels).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc, Token

from pipeline.events.actors.description import places_by_token
from pipeline.events.lexicon import Lexicon, load_lexicon
from pipeline.events.places.gazetteer import load_gazetteer

ACTING_ENTITIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
NEVER_ACTING_ENTITIES = frozenset(
    {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "LAW", "LANGUAGE", "WORK_OF_ART", "EVENT"}
)
_DOER_ENDINGS = ("er", "or", "ist", "ee", "ian", "crat", "folk", "guard", "person", "man", "woman", "men", "women")
_AMOUNTS = frozenset({"MONEY", "PERCENT", "QUANTITY"})
PERSONAL_PRONOUNS = frozenset({"he", "she", "they", "we", "i", "him", "her", "them", "us", "me"})
POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my"})
RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that"})
_INNER_PREPOSITIONS = frozenset(
    {"of", "by", "from", "in", "against", "with", "on", "for", "to", "at", "into", "between"}
)
MAX_DEPTH = 4
_CHILDREN_KEY = "dateline_children"
_STATES = frozenset({"emergency", "siege", "alert"})


def pronoun(token: Token) -> str:
    """The pronoun that a word is, in lower case; empty where it is none. "US" is a country, "us" is not."""
    word: str = token.lower_
    if token.text.isupper() and len(token) > 1:
        return ""
    return word if token.pos_ in {"PRON", "DET"} or word in PERSONAL_PRONOUNS | POSSESSIVES else ""


def children(token: Token, *labels: str) -> list[Token]:
    """The children of `token` with one of the dependency labels, in text order."""
    doc = token.doc
    known: list[list[tuple[str, int]]] | None = doc.user_data.get(_CHILDREN_KEY)
    if known is None:
        if not doc.has_annotation("DEP"):
            return []
        known = doc.user_data[_CHILDREN_KEY] = _all_children(doc)
    return [doc[index] for label, index in known[token.i] if label in labels]


def _all_children(doc: Doc) -> list[list[tuple[str, int]]]:
    """Of each token its children, as label and place: looking for them in spaCy's tree takes five times as long."""
    found: list[list[tuple[str, int]]] = [[] for _ in range(len(doc))]
    strings = doc.vocab.strings
    for index, (head, label) in enumerate(doc.to_array([HEAD, DEP]).astype(np.int64).tolist()):
        if head:
            found[index + head].append((strings[label % 2**64], index))
    return found


def conjuncts(token: Token) -> Iterator[Token]:
    """`token` and every noun joined to it by "and" or a comma."""
    waiting = [token]
    while waiting:  # no recursion: a list of a thousand names is a chain of a thousand
        noun = waiting.pop(0)
        yield noun
        waiting += children(noun, "conj")
        for name in children(noun, "appos"):  # "the spokesman Jan Kees and the mayor"
            waiting += children(name, "conj")


def content_head(token: Token) -> Token:
    """The noun that a phrase is about: behind "a series of documents" stand the documents."""
    for _ in range(MAX_DEPTH):
        inner = [pobj for prep in children(token, "prep") if prep.lower_ == "of" for pobj in children(prep, "pobj")]
        if not inner or not (_counts(token) or (token.lower_ == "state" and lemma_of(inner[0]) in _STATES)):
            return token
        token = inner[0]
    return token


def _counts(token: Token) -> bool:
    if {token.lower_, lemma_of(token)} & load_lexicon().control["quantity_nouns"]:
        return True
    return token.pos_ in {"NUM", "SYM"} or token.ent_type_ in {"PERCENT", "QUANTITY"}


def can_act(token: Token, lexicon: Lexicon) -> bool:
    """Whether the phrase headed by `token` names somebody who can act: a name, a role, a group, a country."""
    if token.pos_ == "PRON" or token.tag_ in {"PRP", "WP"}:
        if token.lower_ in {"those", "others", "everyone", "anyone"}:  # "those who fled"
            return token.lower_ != "those" or bool(children(token, "acl", "relcl", "prep"))
        return token.lower_ in PERSONAL_PRONOUNS
    lemma = lemma_of(token)
    if token.ent_type_ in _AMOUNTS and not _counts_people(token, lexicon):
        return False
    if token.ent_type_ in NEVER_ACTING_ENTITIES - _AMOUNTS and lemma not in lexicon.all_agents:
        return _is_abbreviation(token) and token.ent_type_ in {"LAW", "WORK_OF_ART", "EVENT"}
    if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "VERB", "X"}:
        return token.pos_ == "ADV" and token.ent_type_ in {"ORG", "GPE", "PERSON"}
    if {lemma, token.lower_, lemma.rsplit("-", 1)[-1]} & lexicon.all_agents:
        return not (lemma == "state" and content_head(token).i != token.i)
    if token.pos_ == "NOUN" and not token.ent_type_ and _names_a_doer(lemma, lexicon):
        return True
    inner = content_head(token)
    if inner.i != token.i and token.ent_type_ not in ACTING_ENTITIES:
        return can_act(inner, lexicon)
    return _is_name_of_doer(token)


def _is_name_of_doer(token: Token) -> bool:
    """Whether a token is (the head of) a name of the kinds that act; a nationality before a noun only describes."""
    if token.ent_type_ in ACTING_ENTITIES:
        return not (token.ent_type_ == "NORP" and token.dep_ == "amod")
    if token.ent_type_ == "LOC":
        return token.pos_ == "PROPN" and _is_country(token)
    if _is_abbreviation(token):
        return True
    if token.pos_ == "NOUN" and token.dep_ == "nsubj" and token.text[:1].isupper() and _names_a_country(token.text):
        return True  # "Suriname banned ...": the parser takes a rare name at the start for a common noun
    if token.pos_ == "NOUN" and token.i > token.sent.start and token.text[:1].isupper():
        return any(c.pos_ == "PROPN" for c in children(token, "compound"))  # a name that ends in a noun: "Red Aid"
    return token.pos_ == "PROPN" and token.ent_type_ in {"", "FAC", "PRODUCT"} and token.text[:1].isupper()


def _names_a_country(word: str) -> bool:
    return load_gazetteer().country_named(word) is not None


def _is_abbreviation(token: Token) -> bool:
    """Whether a word is an abbreviation in capitals, as organisations have: ICE, ELN."""
    word = token.text.removesuffix("s")  # also in the plural: MPs, NGOs
    return word.isupper() and word.isalpha() and 2 <= len(word) <= 6


def _counts_people(token: Token, lexicon: Lexicon) -> bool:
    """Whether an amount is one of people: "thousands of workers", not "1.2 million dollars"."""
    if token.ent_type_ in {"MONEY", "PERCENT"}:
        return False
    inner = content_head(token)
    return can_act(inner, lexicon) if inner.i != token.i else token.pos_ == "NOUN" and token.tag_ == "NNS"


def _names_a_doer(lemma: str, lexicon: Lexicon) -> bool:
    """English names doers with -er, -or, -ist, -ee, -ian, -man; the nouns of that form that are things are listed."""
    return len(lemma) > 4 and lemma.endswith(_DOER_ENDINGS) and lemma not in lexicon.agents["things"]


def _is_country(token: Token) -> bool:
    place = places_by_token(token.doc).get(token.i)
    return place is not None and place.country_code is not None


def actor_inside(token: Token, lexicon: Lexicon, depth: int = 0, *, scenes: bool = True) -> Token | None:
    """Somebody who can act, named inside the phrase headed by `token`; None where nobody is.

    Tried in order: the possessor, those behind "of", "by", "from" and the like, a nationality or name before the noun.
    Without `scenes`, what stands behind "in" and "at" is only where it was.
    """
    if depth > MAX_DEPTH:
        return None
    for owner in children(token, "poss"):
        if can_act(owner, lexicon):
            return owner
    for prep in children(token, "prep", "agent", "dative"):
        if prep.lower_ in _INNER_PREPOSITIONS and (scenes or prep.lower_ not in {"in", "at"}):
            for pobj in children(prep, "pobj"):
                if can_act(pobj, lexicon):
                    return pobj
                found = actor_inside(pobj, lexicon, depth + 1, scenes=scenes)
                if found is not None:
                    return found
    for child in children(token, "amod", "compound", "nmod"):
        if child.ent_type_ in ACTING_ENTITIES and child.ent_type_ != "PERSON":
            return child
        if child.lemma_.lower() in lexicon.all_agents and child.pos_ == "NOUN":
            return child
    return None


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands with "to"."""
    return verb.tag_ == "VB" and any(c.lower_ == "to" for c in children(verb, "aux"))


def own_doer(noun: Token, lexicon: Lexicon) -> Token | None:
    """Who does what an event noun says, by its possessor, "by", "between" or a name before it."""
    for owner in children(noun, "poss"):
        if owner.lower_ in POSSESSIVES or can_act(owner, lexicon):
            return owner
    for prep in children(noun, "prep"):
        if prep.lower_ in {"by", "between"}:
            for pobj in children(prep, "pobj"):
                if can_act(pobj, lexicon):
                    return pobj
    for child in children(noun, "amod", "compound", "nmod"):
        if child.ent_type_ in ACTING_ENTITIES or (child.pos_ == "NOUN" and can_act(child, lexicon)):
            return child
    return None


def sender_of(noun: Token, lexicon: Lexicon) -> Token | None:
    """Who stands behind a thing that acts, by its participle: "missiles fired by the army", "a law passed by Chad"."""
    agents = [pobj for c in children(noun, "acl") for a in children(c, "agent") for pobj in children(a, "pobj")]
    return next((agent for agent in agents if can_act(agent, lexicon)), None)


def lemma_of(token: Token) -> str:
    """The lower-case lemma, corrected where the parser's rules are known to go wrong."""
    form = (token.lower, token.lemma)
    found = _lemmas.get(form)
    if found is None:
        if len(_lemmas) > _MOST_LEMMAS:
            _lemmas.clear()
        found = load_lexicon().lemma_corrections.get(token.lower_) or str(token.lemma_).lower()
        _lemmas[form] = found
    return found


_MOST_LEMMAS = 200_000
_lemmas: dict[tuple[int, int], str] = {}  # asked for ten times a word


def modifiers(token: Token) -> set[str]:
    """Lemmas of the words before a noun that describe it, joined nouns included."""
    found = {lemma_of(c) for c in children(token, "amod", "compound", "nmod", "poss", "det")}
    for child in children(token, "amod", "compound"):
        found |= {lemma_of(c) for c in children(child, "amod", "compound", "conj")}
    return found
