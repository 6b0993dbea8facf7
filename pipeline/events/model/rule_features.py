"""Features of what the rules and the lexicon think: the best candidates for the pair, lexicon words, noun classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pipeline.events.lexicon import load_lexicon
from pipeline.events.model.ranking import ranked, within
from pipeline.events.model.scene import CharSpan, PairScene
from pipeline.events.model.tree_features import spine_of
from pipeline.events.reading import Candidate

_RANKS = 3
_NEAR_TOKENS = 40


def candidate_features(
    candidates: Iterable[Candidate],
    actor_span: CharSpan | None,
    recipient_span: CharSpan | None,
) -> Iterator[tuple[str, str]]:
    """(group, feature) of the candidates that fit the pair best; groups are rules and entries."""
    best = ranked(candidates, actor_span, recipient_span)[:_RANKS]
    if not best:
        yield "rules", "c=none"
    for rank, (fit, candidate) in enumerate(best):
        kind = candidate.event_type
        both = _roles(candidate, actor_span, recipient_span)
        yield "rules", f"c{rank}={kind}"
        yield "rules", f"c{rank}={kind}/{both}"
        if rank == 0:
            yield "rules", f"c0.fit={int(max(fit, -1.0) * 2)}"
            yield "rules", f"c0.{kind}.fit={int(max(fit, -1.0))}"
            yield "entries", f"c0.{kind}.{candidate.modality}"
            yield "entries", f"c0.{kind}.neg" if candidate.negated else f"c0.{kind}.pos"
            yield "entries", f"c0.{kind}.{'noun' if candidate.nominal else 'verb'}"
            yield "entries", f"c0.own={candidate.entry.event_type}>{kind}"
        if candidate.dropped is not None:
            yield "rules", f"c{rank}.{kind}.dropped"
            yield "entries", f"c{rank}.why={candidate.dropped.split(chr(39))[0].strip()}"
        yield "entries", f"c{rank}.e={candidate.entry.id}"
        if candidate.event_mode:
            yield "entries", f"c{rank}.m={kind}/{candidate.event_mode}"
    for _, candidate in best:
        if _roles(candidate, actor_span, recipient_span) == "ar":
            yield "rules", f"ar={candidate.event_type}" + ("" if candidate.dropped is None else ".dropped")


def _roles(candidate: Candidate, actor_span: CharSpan | None, recipient_span: CharSpan | None) -> str:
    """Which of the parties a candidate has in its own roles: "ar", "a", "r", "swapped" or ""."""
    both = ("a" if within(candidate.actor, actor_span) else "") + (
        "r" if within(candidate.recipient, recipient_span) else ""
    )
    if not both and within(candidate.actor, recipient_span) and within(candidate.recipient, actor_span):
        return "swapped"
    return both


def lexicon_features(pair: PairScene) -> Iterator[tuple[str, str]]:
    """(group, feature) for the types that the words themselves have in the lexicon, and their noun classes."""
    scene = pair.scene
    spine = set(spine_of(pair))
    verbs, nouns = _types_of_words()
    classes = _classes_of_words()
    edges = [i for span in (pair.actor, pair.recipient) if span for i in (span.start, span.stop - 1)]
    low, high = (min(edges), max(edges)) if edges else (0, len(scene.lemmas))
    for index in range(max(low - _NEAR_TOKENS // 4, 0), min(high + _NEAR_TOKENS // 4, len(scene.lemmas))):
        lemma, kind = scene.lemmas[index], scene.kinds[index]
        if kind not in {"VERB", "NOUN", "ADJ", "AUX", "PROPN"}:
            continue
        where = "party" if pair.is_party(index) else "on" if index in spine else _side(scene.heads[index], spine)
        for name in (verbs if kind in {"VERB", "AUX"} else nouns).get(lemma, ()):
            yield "lexicon", f"lx.{where}={name}"
            if where == "on":
                yield "lexicon", f"lx.{where}.{kind}={name}"
        for name in classes.get(lemma, ()) if kind != "VERB" else ():
            yield "classes", f"nc.{where}={name}"
            if where in {"on", "child"}:
                head = scene.heads[index]
                yield "classes", f"nc.{scene.labels[index]}={name}<{scene.lemmas[head]}"


def _side(head: int, spine: set[int]) -> str:
    return "child" if head in spine else "near"


@cache
def _types_of_words() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Types of each verb and noun of the lexicon, phrasal verbs left out."""
    lexicon = load_lexicon()
    verbs = {
        lemma: tuple(sorted({trigger.event_type for trigger, second in entries if second is None}))
        for lemma, entries in lexicon.verbs.items()
    }
    nouns = {lemma: tuple(sorted({t.event_type for t in entries})) for lemma, entries in lexicon.nouns.items()}
    return verbs, nouns


@cache
def _classes_of_words() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, words in sorted(load_lexicon().noun_classes.items()):
        for word in words:
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}
