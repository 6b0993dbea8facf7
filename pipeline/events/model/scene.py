"""The scene: the sentences in which a pair stands, as plain lists that are read once and asked many times.

Names are masked, so that a model learns what is done and not who usually does it: a word inside the actor's span is
ACTOR, inside the recipient's RECIPIENT, a name its entity class, a number NUMBER. Other words are lower-case lemmas.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.events.lexicon import load_lexicon
from pipeline.events.phrases import lemma_of

ACTOR_MASK, RECIPIENT_MASK, NUMBER_MASK, NAME_MASK = "ACTOR", "RECIPIENT", "NUMBER", "NAME"
MASKS = frozenset({ACTOR_MASK, RECIPIENT_MASK, NUMBER_MASK, NAME_MASK})
# A pair that stands farther apart than this shares no clause; the bound keeps a sentence of 2 MB cheap.
MAX_SCENE_TOKENS = 160
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART", "LANGUAGE"})
_NUMERIC = frozenset({"CARDINAL", "ORDINAL", "QUANTITY", "PERCENT", "MONEY"})
_TIMES = frozenset({"DATE", "TIME"})
_SCENES_KEY = "dateline_scenes"

CharSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scene:
    """Tokens `first` to `first + len(lemmas)` of a text. All indices here count from `first`; the root is its own head.

    `masked` are the lemmas with names masked, before the parties are known.
    """

    doc: Doc
    first: int
    lemmas: list[str]
    masked: list[str]
    tags: list[str]
    kinds: list[str]
    labels: list[str]
    heads: list[int]
    children: list[list[int]]
    starts: list[int]


@dataclass(frozen=True, slots=True)
class PairScene:
    """A scene with its two parties: their tokens, the head of each (None: not named), and the words as masked."""

    scene: Scene
    actor: range
    recipient: range
    actor_head: int | None
    recipient_head: int | None
    words: list[str]

    def is_party(self, index: int) -> bool:
        """Whether a token lies in one of the spans."""
        return index in self.actor or index in self.recipient


def pair_scene(doc: Doc, actor_span: CharSpan | None, recipient_span: CharSpan | None) -> PairScene | None:
    """The scene of a pair; None for a text without words. Offsets count characters of the text."""
    if not len(doc):
        return None
    actor, recipient = _tokens(doc, actor_span), _tokens(doc, recipient_span)
    scene = _scene_around(doc, actor, recipient)
    first, size = scene.first, len(scene.lemmas)
    actor = _within(actor, first, size)
    recipient = _within(recipient, first, size)
    words = list(scene.masked)
    for index in recipient:
        words[index] = RECIPIENT_MASK
    for index in actor:
        words[index] = ACTOR_MASK
    return PairScene(scene, actor, recipient, _head_of(scene, actor), _head_of(scene, recipient), words)


def _tokens(doc: Doc, span: CharSpan | None) -> range:
    found = doc.char_span(*span, alignment_mode="expand") if span is not None else None
    return range(found.start, found.end) if found is not None else range(0)


def _scene_around(doc: Doc, actor: range, recipient: range) -> Scene:
    """The sentences from one party to the other, no more than `MAX_SCENE_TOKENS` around them."""
    ends = [i for span in (actor, recipient) if span for i in (span.start, span.stop - 1)] or [0]
    first, last = doc[min(ends)].sent.start, doc[max(ends)].sent.end
    if last - first > MAX_SCENE_TOKENS:
        first = max(first, min(ends) - MAX_SCENE_TOKENS // 4)
        last = min(last, first + MAX_SCENE_TOKENS)
    known: dict[tuple[int, int], Scene] = doc.user_data.setdefault(_SCENES_KEY, {})
    if (first, last) not in known:
        known[(first, last)] = _read(doc, first, last)
    return known[(first, last)]


def _read(doc: Doc, first: int, last: int) -> Scene:
    tokens = list(doc[first:last])
    lemmas = [lemma_of(token) for token in tokens]
    heads = [t.head.i - first if first <= t.head.i < last else i for i, t in enumerate(tokens)]
    children: list[list[int]] = [[] for _ in tokens]
    for index, head in enumerate(heads):
        if head != index:
            children[head].append(index)
    tags = [t.tag_ for t in tokens]
    masked = [_mask(lemma, t.ent_type_, t.pos_, t.text) for lemma, t in zip(lemmas, tokens, strict=True)]
    return Scene(
        doc,
        first,
        lemmas,
        masked,
        tags,
        [t.pos_ for t in tokens],
        [t.dep_ for t in tokens],
        heads,
        children,
        [t.idx for t in tokens],
    )


def _mask(lemma: str, entity: str, pos: str, text: str) -> str:
    if entity in _TIMES:
        return "DATE"
    if entity in _NUMERIC or pos == "NUM":
        return NUMBER_MASK
    lexicon = load_lexicon()
    if entity in _NAMED and (pos == "PROPN" or entity in {"GPE", "NORP", "PERSON"}):
        return entity
    if pos == "PROPN" and text[:1].isupper():
        known = lemma in lexicon.verbs or lemma in lexicon.nouns or lemma in lexicon.all_agents
        return lemma if known else NAME_MASK
    return lemma


def _within(tokens: range, first: int, size: int) -> range:
    return range(max(tokens.start - first, 0), min(max(tokens.stop - first, 0), size)) if tokens else range(0)


def _head_of(scene: Scene, span: range) -> int | None:
    """The token of a span that hangs on a word outside it; the last such token, as names end in their head."""
    if not span:
        return None
    outer = [i for i in span if scene.heads[i] not in span or scene.heads[i] == i]
    nouns = [i for i in outer if scene.kinds[i] in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}]
    return (nouns or outer or [span.stop - 1])[0]
