"""How well stories are found: on the newsroom's gold, and on real texts of which readers judged pairs.

    python story_scores.py       prints both

**Newsroom**: the articles as they were written, with their gold stories (`pipeline/newsroom`). B-cubed (Bagga and
Baldwin, "Algorithms for scoring coreference chains", 1998): of each article the share of its found story that belongs
there, and of its true story that was found; means over articles. Once with all articles in one night, once night by
night.

**Real texts**: `story_pairs.yml` says how pairs were drawn and judged. Each judged pair counts for all pairs of its
cell (stratified estimate), so that the figures are those of all pairs of texts with a cosine from .08 on. Half A chose
thresholds, half B only measures. The texts' own times are unknown, so that time helps nowhere and all texts of twenty
years count as one night: worse than any night. `series` are instalments of regular reports (weekly rates, daily lists):
in life most lie further apart than the window.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from dedupe_scores import REAL_TEXTS, real_texts_are_there

from pipeline import newsroom
from pipeline.dedupe.archive import EmptyArchive
from pipeline.dedupe.duplicates import find_duplicates
from pipeline.dedupe.stories import find_stories
from pipeline.dedupe.texts import Text
from pipeline.newsroom.edition import open_newsroom, written_articles
from pipeline.newsroom.gold import gold_records

WINDOW = timedelta(days=4)
_PAIRS = Path(__file__).with_name("story_pairs.yml")
_REAL_KINDS = {"original", "natural", "related", "single", "template"}
_DATE = date(2026, 11, 20)


def newsroom_figures() -> dict[str, float | int]:
    """B-cubed on the newsroom's gold: precision, recall, F1 of one night of all articles, and the F1 night by night."""
    written = written_articles(Path(newsroom.__file__).parent / "articles")
    gold = gold_records(open_newsroom(seed=1, date=_DATE, visit=2, written=written), port=80)["articles"]
    texts = [
        Text(
            article_id=record["url"],
            headline=record["headline"],
            body=record["body"],
            published_at=datetime.fromisoformat(record["published_at"]),
        )
        for record in gold
    ]
    true = {record["url"]: record["story"] or record["url"] for record in gold}
    repeats = find_duplicates(texts, EmptyArchive()).repeats
    original_of = {article_id: repeat.original_id for article_id, repeat in repeats.items()}
    precision, recall, f1 = b_cubed(find_stories([], texts, original_of, window=WINDOW).story_of, true)
    return {
        "articles": len(texts),
        "stories": len(set(true.values())),
        "b_cubed_precision": precision,
        "b_cubed_recall": recall,
        "b_cubed_f1": f1,
        "b_cubed_f1_night_by_night": b_cubed(_night_by_night(texts, original_of), true)[2],
    }


def real_text_figures() -> dict[str, float | int]:
    """Of half B the estimated precision, recall and F1 over pairs, with and without series; of half A the F1."""
    judged = yaml.safe_load(_PAIRS.read_text(encoding="utf-8"))
    found = {half: _stories_of_half(half) for half in "AB"}
    figures: dict[str, float | int] = {"judged_pairs": sum(pair[0][0] == "B" for pair in judged["pairs"])}
    for half, without, name in (("B", (), ""), ("B", ("series",), "_without_series"), ("A", (), "_half_a")):
        of_half = [pair for pair in judged["pairs"] if pair[0][0] == half]
        figures |= {
            f"pair_{key}{name}": value
            for key, value in _estimate(of_half, judged["cells"], found[half], without).items()
        }
    for verdict in ("same", "other", "series"):
        pairs = [(one, other) for cell, one, other, said in judged["pairs"] if cell[0] == "B" and said == verdict]
        figures[f"judged_{verdict}"] = len(pairs)
        figures[f"together_{verdict}"] = sum(found["B"][one] == found["B"][other] for one, other in pairs)
    figures["largest_story"] = Counter(found["B"].values()).most_common(1)[0][1]
    return figures


def b_cubed(found: Mapping[str, str], true: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    by_found, by_true = _members(found, true), _members(true, true)
    common = {item: len(by_found[found[item]] & by_true[true[item]]) for item in true}
    precision = sum(common[item] / len(by_found[found[item]]) for item in true) / len(true)
    recall = sum(common[item] / len(by_true[true[item]]) for item in true) / len(true)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _members(groups: Mapping[str, str], items: Iterable[str]) -> dict[str, set[str]]:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        members[groups[item]].add(item)
    return members


def _night_by_night(texts: list[Text], original_of: Mapping[str, str]) -> dict[str, str]:
    """The stories when every night brings what was published since the one before."""
    known: dict[str, Text] = {}
    nights: defaultdict[date, list[Text]] = defaultdict(list)
    for text in texts:
        if text.published_at is not None:
            nights[text.published_at.date()].append(text)
    for _, fresh in sorted(nights.items()):
        story_of = find_stories(known.values(), fresh, original_of, window=WINDOW).story_of
        for text in (*known.values(), *fresh):
            known[text.article_id] = Text(
                article_id=text.article_id,
                headline=text.headline,
                body=text.body,
                published_at=text.published_at,
                known_revision=1,
                known_original=original_of.get(text.article_id),
                known_story=story_of[text.article_id],
            )
    return {article_id: text.known_story or "" for article_id, text in known.items()}


def _stories_of_half(half: str) -> dict[str, str]:
    texts: dict[str, Text] = {}
    with gzip.open(REAL_TEXTS, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            if record["kind"] in _REAL_KINDS and _half(record["group"]) == half:
                text = Text(
                    article_id=record["id"], headline=record["headline"], body=record["body"], published_at=None
                )
                texts.setdefault(record["group"], text)
    return find_stories([], texts.values(), {}, window=WINDOW).story_of


def _half(group: str) -> str:
    return "AB"[int(hashlib.sha256(group.encode()).hexdigest(), 16) % 2]


def _estimate(
    pairs: list[list[str]], cells: Mapping[str, int], found: Mapping[str, str], without: tuple[str, ...]
) -> dict[str, float]:
    judged = Counter(pair[0] for pair in pairs)
    together = {True: 0.0, False: 0.0}  # by whether the pair is of one happening
    missed = 0.0
    for cell, one, other, verdict in pairs:
        if verdict in without:
            continue
        weight = cells[cell] / judged[cell]
        if found[one] == found[other]:
            together[verdict == "same"] += weight
        elif verdict == "same":
            missed += weight
    said, true = sum(together.values()), together[True] + missed
    precision, recall = together[True] / said if said else 1.0, together[True] / true if true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def _print(title: str, figures: Mapping[str, Any]) -> None:
    print(title)
    for name, value in figures.items():
        print(f"  {name:34}{value:8.4f}" if isinstance(value, float) else f"  {name:34}{value:8}")


if __name__ == "__main__":
    _print("newsroom", newsroom_figures())
    if real_texts_are_there():
        _print("real texts", real_text_figures())
