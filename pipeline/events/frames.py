"""Frames: a verb with its subject, objects, prepositions and complement, as the clause means them, wherever in the
sentence they stand: passive voice, relative clauses, control and joined verbs are undone."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from pipeline.events.extent import stands_alone
from pipeline.events.lexicon import Lexicon, load_lexicon
from pipeline.events.phrases import (
    ACTING_ENTITIES,
    MAX_DEPTH,
    NEVER_ACTING_ENTITIES,
    RELATIVE_PRONOUNS,
    can_act,
    children,
    conjuncts,
    content_head,
    is_infinitive,
    lemma_of,
)
from pipeline.events.speakers import is_speaker, may_be_speaker

_COMPLEMENTS = ("xcomp", "ccomp")
_LAID_ON = frozenset({"impose", "place", "levy", "slap", "put", "bring", "file", "aim", "direct", "target", "reach"})
_OWN_WORDS = frozenset({"warn", "hope", "deny", "promise", "threaten", "vow", "pledge"})
_CLAUSE_LABELS = frozenset({"xcomp", "ccomp", "advcl", "pcomp", "acl", "relcl", "conj"})


@dataclass(slots=True)
class Frame:
    """What stands around one verb (or adjective with "be")."""

    verb: Token
    lemma: str
    passive: bool
    subject: Token | None
    objects: list[Token] = field(default_factory=list)
    dative: Token | None = None
    prepositions: dict[str, list[Token]] = field(default_factory=dict)
    particles: set[str] = field(default_factory=set)
    predicates: set[str] = field(default_factory=set)
    complement: Token | None = None

    @property
    def object_heads(self) -> list[Token]:
        """The nouns that the objects are about."""
        return [content_head(o) for o in self.objects]


def frame_of(verb: Token, lexicon: Lexicon) -> Frame:
    """The frame of a verb."""
    passive = is_passive(verb)
    frame = Frame(verb=verb, lemma=lemma_of(verb), passive=passive, subject=subject_of(verb, lexicon))
    for child in verb.children:
        _take_child(child, frame)
    direct = [o for o in frame.objects if o.dep_ == "dobj"]
    if (
        frame.dative is None
        and len(direct) == 2
        and can_act(direct[0], lexicon)
        and direct[1].left_edge.i == direct[0].i + 1
    ):
        frame.dative, frame.objects = direct[0], direct[1:]
    elif len(direct) == 2 and direct[1].ent_type_ in NEVER_ACTING_ENTITIES:
        frame.objects.remove(direct[1])
    if passive and not frame.objects:
        frame.objects += _passive_gap(verb)
    if not frame.objects and not passive:
        frame.objects += _relative_gap(verb)
    for noun in frame.objects:
        _collect_prepositions(noun, frame.prepositions)
        for clause in children(noun, "acl"):
            if clause.tag_ == "VBN" and lemma_of(clause) in _LAID_ON:  # "lifted the duties imposed on Chad"
                _collect_prepositions(clause, frame.prepositions)
    _collect_prepositions(verb, frame.prepositions)
    for child in children(verb, "acomp", "oprd", "attr"):
        _collect_prepositions(child, frame.prepositions)
    _take_object_of_complement(frame)
    return frame


def _take_child(child: Token, frame: Frame) -> None:
    label = child.dep_
    if label == "dobj" or (label == "nsubjpass" and frame.passive) or (label == "nsubj" and _is_surface(child)):
        frame.objects += _resolved(child)
    elif label == "dative":
        frame.dative = _dative(child)
    elif label == "prt":
        frame.particles.add(child.lower_)
    elif label in {"acomp", "oprd", "attr"}:
        frame.predicates |= {lemma_of(child), lemma_of(content_head(child))}  # "is one of the donors"
    elif label in _COMPLEMENTS and frame.complement is None:
        frame.complement = child
    elif label == "advmod":
        frame.particles.add("~" + child.lower_)  # may be a particle: "pull back", "step down"


def _is_surface(subject: Token) -> bool:
    """Whether the parser took the surface subject of a passive for a doer: "marines remained stationed in Crete"."""
    verb = subject.head
    return verb.tag_ == "VBN" and bool(children(verb, "auxpass")) and not children(verb, "nsubjpass")


def _take_object_of_complement(frame: Frame) -> None:
    """The parser gives "urged Italy to leave" to "leave"; its subject is whom the verb is addressed to."""
    complement = frame.complement
    if complement is None:
        for noun in frame.objects:  # "announced plans to send", "gave an order to leave"
            frame.complement = frame.complement or next((c for c in children(noun, "acl") if is_infinitive(c)), None)
        for child in children(frame.verb, "advcl"):
            if child.tag_ == "VB" and any(c.lower_ == "to" for c in children(child, "aux")):
                frame.complement = child
        return
    subjects = children(complement, "nsubj", "nsubjpass")
    infinitive = any(c.lower_ == "to" for c in children(complement, "aux")) or complement.tag_ in {"VBG", "JJ"}
    if subjects and not frame.objects and infinitive:
        frame.objects += list(subjects)
    if complement.pos_ == "ADJ" or complement.dep_ == "oprd":
        frame.predicates.add(lemma_of(complement))


def _dative(child: Token) -> Token | None:
    if child.pos_ == "ADP":
        inner = children(child, "pobj")
        return inner[0] if inner else None
    return child


def _resolved(noun: Token) -> list[Token]:
    """A relative pronoun stands for the noun its clause describes."""
    if noun.lower_ in RELATIVE_PRONOUNS:
        clause = noun.head
        while clause.dep_ == "conj":
            clause = clause.head
        if clause.dep_ == "relcl":
            return [clause.head]
    return [noun]


def _passive_gap(verb: Token) -> list[Token]:
    """Object of a passive without its own subject: "activists arrested by police", "was tried and jailed"."""
    if verb.dep_ == "acl":
        return [verb.head]
    if verb.dep_ == "conj" and is_passive(verb.head):
        return [n for c in children(verb.head, "nsubjpass") for n in _resolved(c)]
    if verb.dep_ == "xcomp":
        return [n for c in children(verb.head, "nsubj", "nsubjpass") for n in _resolved(c)]
    return []


def _relative_gap(verb: Token) -> list[Token]:
    """Object of "the base (that) rebels attacked"."""
    if verb.dep_ == "relcl" and children(verb, "nsubj"):
        subject = children(verb, "nsubj")[0]
        if subject.lower_ not in RELATIVE_PRONOUNS and not children(verb, "dobj", "prep"):
            return [verb.head]
    return []


def _collect_prepositions(word: Token, found: dict[str, list[Token]], depth: int = 0) -> None:
    """All preposition objects under `word` and under those objects, nearest first.

    Of what stands before a verb ("After a meeting in Oslo, ...") only the phrase itself counts, and last.
    """
    prepositions = children(word, "prep", "agent", "dative")
    for prep in sorted(prepositions, key=lambda p: p.i < word.i):
        if prep.pos_ not in {"ADP", "SCONJ"} and prep.dep_ == "dative":
            continue
        name = prep.lower_
        objects = children(prep, "pobj")
        named = [pobj for pobj in objects if pobj.ent_type_ not in {"DATE", "TIME"}]
        if named or not objects:
            found.setdefault(name, []).extend(named)
        if depth < MAX_DEPTH - 2 and prep.i > word.i:
            for pobj in named:
                _collect_prepositions(pobj, found, depth + 1)
        for inner in children(prep, "prep"):  # "in front of", "out of"
            for pobj in children(inner, "pobj"):
                found.setdefault(inner.lower_, []).append(pobj)
    for joined in children(word, "conj"):
        if joined.pos_ == "NOUN" and depth < 1:
            _collect_prepositions(joined, found, depth + 1)


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive, also without its auxiliary ("a man arrested in May").

    A joined verb takes it from the verbs before it, over MAX_DEPTH of them: "attacked and attacked and ..." has no end.
    """
    for _ in range(MAX_DEPTH + 1):
        if children(verb, "auxpass", "nsubjpass", "agent"):
            return True
        if verb.tag_ != "VBN":
            return False
        if verb.dep_ == "acl":
            return not _is_disguised_main(verb)
        if verb.dep_ != "conj" or children(verb, "nsubj", "aux", "dobj"):
            return False
        verb = verb.head
    return False


def _is_disguised_main(verb: Token) -> bool:
    """Whether the parser took a sentence's past tense for a participle: "Danish investors called for sanctions".

    Its noun is then the root, and the verb has an object, or the preposition that an entry of the lexicon asks for.
    """
    if verb.head.dep_ != "ROOT" or verb.head.pos_ not in {"NOUN", "PROPN"} or children(verb, "agent"):
        return False
    if children(verb, "dobj"):
        return True
    prepositions = {p.lower_ for p in children(verb, "prep")}
    return any(second in prepositions for _, second in load_lexicon().verbs.get(lemma_of(verb), ()))


def subject_of(verb: Token, lexicon: Lexicon, depth: int = 0) -> Token | None:
    """Who does what `verb` says; None where the sentence does not tell."""
    if depth > MAX_DEPTH:
        return None
    if is_passive(verb):
        agents = [p for a in children(verb, "agent") for p in children(a, "pobj")]
        if not agents:
            agents = [p for a in children(verb, "prep") if a.lower_ == "by" for p in children(a, "pobj")]
        return agents[0] if agents else None
    own = [t for c in children(verb, "nsubj", "csubj") for t in _resolved(c)]
    if own:
        return _speaker_meant(own[0], verb, lexicon, depth)
    return _mistagged_name(verb) or _inherited_subject(verb, lexicon, depth)


def _mistagged_name(verb: Token) -> Token | None:
    """A name before the verb that the parser took for an adverb: "USAID had announced"."""
    names = [c for c in children(verb, "advmod", "npadvmod", "dep") if c.i < verb.i and c.ent_type_ in ACTING_ENTITIES]
    return names[-1] if names else None


def _speaker_meant(subject: Token, verb: Token, lexicon: Lexicon, depth: int) -> Token:
    """In "Hungary says it will ..." the pronoun is the speaker: see `speakers`."""
    if not may_be_speaker(subject, verb, lexicon):
        return subject
    governor = verb.head
    if not lexicon.is_control("reporting", lemma_of(governor)) and lemma_of(governor) not in _OWN_WORDS:
        return subject
    speaker = subject_of(governor, lexicon, depth + 1)
    if speaker is None or speaker.pos_ == "PRON" or not can_act(speaker, lexicon):
        return subject
    return speaker if is_speaker(subject, speaker) else subject


def _inherited_subject(verb: Token, lexicon: Lexicon, depth: int) -> Token | None:
    """The subject that a clause without one of its own takes from what governs it."""
    governor = verb.head
    if verb.dep_ not in _CLAUSE_LABELS or governor.i == verb.i or depth > MAX_DEPTH:
        return None
    if verb.dep_ == "conj":
        surface = _passive_surface(governor)
        if surface is not None or is_passive(governor):
            return surface or _inherited_subject(governor, lexicon, depth + 1)
        return subject_of(governor, lexicon, depth + 1)
    if verb.dep_ == "pcomp":
        governor = governor.head
    if governor.pos_ == "ADJ":
        surfaces = children(governor.head, "nsubj", "nsubjpass")
        return surfaces[0] if surfaces else None
    if governor.pos_ not in {"VERB", "AUX"}:
        return governor if can_act(governor, lexicon) else _owner_of(governor, lexicon, depth)
    if verb.dep_ == "xcomp" and children(governor, "dobj"):
        return children(governor, "dobj")[0]
    return _passive_surface(governor) or subject_of(governor, lexicon, depth + 1)


def _passive_surface(verb: Token) -> Token | None:
    """The surface subject of a passive verb; None where it is active or has none."""
    if verb.pos_ not in {"VERB", "AUX"} or not is_passive(verb):
        return None
    surface = [t for c in children(verb, "nsubjpass") for t in _resolved(c)]
    return surface[0] if surface else None


def _owner_of(noun: Token, lexicon: Lexicon, depth: int) -> Token | None:
    """Who stands behind a report, a plan or a decision: its possessor, or the subject of the verb it belongs to."""
    if owners := children(noun, "poss"):
        return owners[0]
    carrier = noun.head
    if carrier.pos_ in {"VERB", "AUX"} and noun.dep_ in {"dobj", "attr"}:
        return subject_of(carrier, lexicon, depth + 1)
    return None


def acting_conjuncts(head: Token, lexicon: Lexicon) -> list[Token]:
    """`head` and the names joined to it; joined common nouns stay one phrase with their head."""
    joined = list(conjuncts(head))[1:]
    return [head, *(t for t in joined if can_act(t, lexicon) and t.pos_ != "VERB" and stands_alone(t))]
