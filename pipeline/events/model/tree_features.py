"""Features of the dependency tree: the path from actor to recipient, the verbs on it, and what hangs on those."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.events.model.scene import PairScene, Scene

_MAX_CLIMB = 12
_TOLD_CHILDREN = frozenset(
    {"dobj", "attr", "acomp", "oprd", "xcomp", "ccomp", "prt", "neg", "aux", "auxpass", "prep", "dative", "agent",
     "advmod", "amod", "compound", "nsubj", "nsubjpass", "acl", "conj", "pobj", "pcomp", "poss", "advcl", "det"}
)  # fmt: skip
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "pcomp", "acl", "conj"})
_VERBAL = frozenset({"VERB", "AUX"})
_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV", "PROPN"})


def tree_features(pair: PairScene) -> Iterator[tuple[str, str]]:
    """(group, feature); groups are path, verb and frame."""
    scene = pair.scene
    up = _ancestors(scene, pair.actor_head) if pair.actor_head is not None else []
    down = _ancestors(scene, pair.recipient_head) if pair.recipient_head is not None else []
    meet = next((index for index in up if index in down), None)
    if meet is not None:
        up, down = up[: up.index(meet) + 1], down[: down.index(meet) + 1]
        yield from _path_features(pair, up, down, meet)
    spine = list(dict.fromkeys(i for i in (*up, *down) if not pair.is_party(i)))
    actor_verb = next((i for i in up[:-1] + up[-1:] if scene.kinds[i] in _VERBAL and not pair.is_party(i)), None)
    recipient_verb = next((i for i in down if scene.kinds[i] in _VERBAL and not pair.is_party(i)), None)
    yield from _governor_features(pair, "a", pair.actor_head)
    yield from _governor_features(pair, "r", pair.recipient_head)
    for role, verb in (("av", actor_verb), ("rv", recipient_verb)):
        if verb is not None:
            yield "verb", f"{role}={_phrasal(scene, verb)}"
            yield from (("verb", f"{role}.{f}") for f in _frame_features(pair, verb))
    if actor_verb is not None and recipient_verb is not None and actor_verb != recipient_verb:
        yield "verb", f"avrv={scene.lemmas[actor_verb]}>{scene.lemmas[recipient_verb]}"
    for index in spine[:8]:
        yield from (("frame", f"sp.{f}") for f in _frame_features(pair, index))
    if actor_verb is not None:
        yield from (("path", f"chain={chain}") for chain in _chains(scene, actor_verb))


def spine_of(pair: PairScene) -> list[int]:
    """The words on the way from the actor up the tree and down to the recipient, the parties left out."""
    scene = pair.scene
    up = _ancestors(scene, pair.actor_head) if pair.actor_head is not None else []
    down = _ancestors(scene, pair.recipient_head) if pair.recipient_head is not None else []
    meet = next((index for index in up if index in down), None)
    if meet is not None:
        up, down = up[: up.index(meet) + 1], down[: down.index(meet) + 1]
    return list(dict.fromkeys(i for i in (*up, *down) if not pair.is_party(i)))


def _ancestors(scene: Scene, index: int) -> list[int]:
    found = [index]
    while scene.heads[index] != index and len(found) < _MAX_CLIMB:
        index = scene.heads[index]
        found.append(index)
    return found


def _path_features(pair: PairScene, up: list[int], down: list[int], meet: int) -> Iterator[tuple[str, str]]:
    scene, words = pair.scene, pair.words
    rising = [scene.labels[i] for i in up[:-1]]
    falling = [_step(scene, i) for i in reversed(down[:-1])]
    yield "path", f"labels={'>'.join(rising)}|{scene.kinds[meet]}|{'<'.join(falling)}"
    yield "path", f"rise={'>'.join(rising)}|{words[meet]}"
    yield "path", f"fall={words[meet]}|{'<'.join(falling)}"
    yield "path", f"meet={_phrasal(scene, meet)}|{scene.kinds[meet]}"
    between = [i for i in (*up[1:], *reversed(down[1:-1])) if not pair.is_party(i)]
    between = list(dict.fromkeys(between))
    told = [words[i] for i in between]
    for word in told:
        yield "path", f"on={word}"
    for one, other in pairwise(told):
        yield "path", f"on2={one} {other}"
    content = [words[i] for i in between if scene.kinds[i] in _CONTENT]
    for one, other in pairwise(content):
        yield "path", f"onc={one} {other}"
    if len(content) < 5:
        yield "path", f"all={' '.join(content)}"


def _step(scene: Scene, index: int) -> str:
    label = scene.labels[index]
    return f"{label}:{scene.lemmas[index]}" if label in {"prep", "agent", "dative", "mark"} else label


def _phrasal(scene: Scene, index: int) -> str:
    """A verb with its particle: "carry out"."""
    particle = next((scene.lemmas[c] for c in scene.children[index] if scene.labels[c] == "prt"), None)
    return f"{scene.lemmas[index]} {particle}" if particle else scene.lemmas[index]


def _governor_features(pair: PairScene, role: str, head: int | None) -> Iterator[tuple[str, str]]:
    """What a party hangs on, prepositions and owners passed through: "with" of "talk", object of "arrest"."""
    if head is None:
        return
    scene, words = pair.scene, pair.words
    label = scene.labels[head]
    index = scene.heads[head]
    yield "path", f"{role}g={label}"
    yield "path", f"{role}g={label}:{words[index]}"
    climbed = 0
    while scene.kinds[index] in {"ADP", "SCONJ", "PART"} and scene.heads[index] != index and climbed < 3:
        above = scene.heads[index]
        yield "path", f"{role}gp={scene.lemmas[index]}:{words[above]}"
        index, climbed = above, climbed + 1
    above = scene.heads[index]
    if above != index:
        yield "path", f"{role}gg={words[index]}:{scene.labels[index]}:{words[above]}"


def _frame_features(pair: PairScene, index: int) -> Iterator[str]:
    """What stands around one word of the spine: its form, and each child with its label, alone and with the word."""
    scene, words = pair.scene, pair.words
    own = words[index]
    yield f"t={scene.tags[index]}"
    for child in scene.children[index]:
        label = scene.labels[child]
        if label not in _TOLD_CHILDREN:
            continue
        word = words[child]
        yield f"{label}={word}"
        yield f"{own}.{label}={word}"
        if label in {"prep", "agent", "dative"}:
            for inner in scene.children[child]:
                if scene.labels[inner] in {"pobj", "pcomp"}:
                    yield f"{own}.{scene.lemmas[child]}={words[inner]}"
                    yield f"{scene.lemmas[child]}={words[inner]}"
        elif label in {"dobj", "xcomp", "attr", "nsubjpass"}:
            for inner in scene.children[child]:
                if scene.labels[inner] in {"amod", "compound", "dobj", "prep", "neg"}:
                    yield f"{label}.{word}.{words[inner]}"


def _chains(scene: Scene, verb: int) -> Iterator[str]:
    """The complements of a verb, verb by verb: "refuse sign", "agree begin deliver"."""
    chain = [scene.lemmas[verb]]
    index = verb
    for _ in range(4):
        inner = next((c for c in scene.children[index] if scene.labels[c] in {"xcomp", "ccomp"}), None)
        if inner is None:
            break
        chain.append(scene.lemmas[inner])
        yield " ".join(chain[-2:])
        yield f"*{scene.labels[inner]} {chain[-1]}"
        yield f"{chain[-2]} {scene.labels[inner]}"
        index = inner
