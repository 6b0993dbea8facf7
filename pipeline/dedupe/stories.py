"""Which articles are about the same happening, beyond copied text.

Each text is a vector of its headline's and opening's terms, weighted by how rare they are (tf-idf; Sparck Jones
1972). A text joins the story of the most similar earlier text within the time window, where the cosine is high
enough; otherwise it opens a story of its own. That is single-pass clustering as in topic detection and tracking
(Allan, Papka and Lavrenko, "On-line new event detection and tracking", 1998). Duplicates share their original's
story by definition.

A story's id is made of its first article's id and stays with the story.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.dedupe.duplicates import Repeat
from pipeline.dedupe.shingles import words_of
from pipeline.dedupe.texts import Text, publication_order
from pipeline.records import stable_id

STORY_WINDOW = timedelta(days=4)
LEAST_COSINE = 0.34
# The opening tells what happened; the rest of a report is background that strangers share.
OPENING_WORDS = 120
HEADLINE_WEIGHT = 2
# A term in a larger share of the texts says nothing about which story it is.
LARGEST_TEXT_SHARE = 0.12
LEAST_TERM_LETTERS = 3

# Function words and the words of reporting: they are in every story. Names and acts tell stories apart.
_STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split())


def assign_stories(known: Iterable[Text], fresh: Iterable[Text], repeats: Mapping[str, Repeat]) -> dict[str, str]:
    """The story_id of every fresh text, by article_id; a text that has a story already keeps it."""
    fresh = sorted(fresh, key=publication_order)
    fresh_ids = {text.article_id for text in fresh}
    story_of: dict[str, str] = {t.article_id: t.known_story for t in known if t.known_story is not None}
    story_of |= {t.article_id: t.known_story for t in fresh if t.known_story is not None}
    earlier = [t for t in known if t.article_id not in fresh_ids and t.known_original is None]
    originals = [t for t in fresh if t.article_id not in repeats]
    vectors = _weighted_terms([*earlier, *originals])
    index: defaultdict[str, list[tuple[str, float, datetime | None]]] = defaultdict(list)
    for text in [*earlier, *originals]:
        vector = vectors[text.article_id]
        if text.article_id not in story_of:
            nearest = _nearest(text, vector, index)
            story_of[text.article_id] = story_of[nearest] if nearest else stable_id("story", text.article_id)
        for term, weight in vector.items():
            index[term].append((text.article_id, weight, text.published_at))
    for text in fresh:
        if text.article_id in repeats and text.article_id not in story_of:
            original_id = repeats[text.article_id].original_id
            story_of[text.article_id] = story_of.get(original_id) or stable_id("story", original_id)
    return {text.article_id: story_of[text.article_id] for text in fresh}


def _weighted_terms(texts: list[Text]) -> dict[str, dict[str, float]]:
    """Unit-length tf-idf vectors by article_id."""
    counts = {text.article_id: _terms(text) for text in texts}
    text_count = max(1, len(counts))
    texts_with: Counter[str] = Counter()
    for terms in counts.values():
        texts_with.update(terms.keys())
    ceiling = max(3.0, LARGEST_TEXT_SHARE * text_count)
    vectors = {}
    for article_id, terms in counts.items():
        weights = {
            term: (1 + math.log(count)) * math.log(1 + text_count / texts_with[term])
            for term, count in terms.items()
            if texts_with[term] <= ceiling
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors[article_id] = {term: weight / length for term, weight in weights.items()}
    return vectors


def _terms(text: Text) -> Counter[str]:
    terms = Counter(words_of(text.body)[:OPENING_WORDS])
    for word in words_of(text.headline):
        terms[word] += HEADLINE_WEIGHT
    return Counter(
        {
            term: count
            for term, count in terms.items()
            if len(term) >= LEAST_TERM_LETTERS and term not in _STOP_WORDS and not term.isdigit()
        }
    )


def _nearest(
    text: Text, vector: Mapping[str, float], index: Mapping[str, list[tuple[str, float, datetime | None]]]
) -> str | None:
    """The most similar earlier text inside the time window, or None."""
    cosines: defaultdict[str, float] = defaultdict(float)
    for term, weight in vector.items():
        for article_id, other_weight, published_at in index.get(term, ()):
            if _near_in_time(text.published_at, published_at):
                cosines[article_id] += weight * other_weight
    if not cosines:
        return None
    article_id, cosine = max(cosines.items(), key=lambda item: (item[1], item[0]))
    return article_id if cosine >= LEAST_COSINE else None


def _near_in_time(one: datetime | None, other: datetime | None) -> bool:
    return one is None or other is None or abs(one - other) <= STORY_WINDOW
