"""How well repeats were found: the shared scorer on real texts, and counts of our own where the truth was generated."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from generated_tonight import Expected

SHARED = Path(__file__).resolve().parents[3] / "shared"
REAL_TEXTS = SHARED / "data" / "dedupe" / "dev.jsonl.gz"
_SCORER = SHARED / "score" / "score_dedupe.py"


def real_texts_are_there() -> bool:
    """Whether the evaluation data lies beside the project."""
    return REAL_TEXTS.is_file() and _SCORER.is_file()


def score_real_texts(command: str) -> dict[str, Any]:
    """The measures of one command on the shared set of real texts: {group of measures: {measure: number}}.

    Raises:
        RuntimeError: the command did not answer every text exactly once.
    """
    result: dict[str, Any] = _scorer().run(REAL_TEXTS, command)
    if not result["answers"]["complete"]:
        raise RuntimeError(f"{command}: {result['answers']}")
    return result


def pair_scores(groups: Mapping[str, str], duplicate_of: Mapping[str, str]) -> dict[str, float]:
    """Precision, recall and F1 over the pairs of texts that were put together.

    Args:
        groups: the true group of each text.
        duplicate_of: the original that texts were said to re-use; an original is said to re-use nobody's.
    """
    said = {name: duplicate_of.get(name, name) for name in groups}
    together = _pairs(Counter((groups[name], said[name]) for name in groups))
    true, put = _pairs(Counter(groups.values())), _pairs(Counter(said.values()))
    precision, recall = together / put if put else 1.0, together / true if true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def night_scores(expected: Mapping[str, Expected], duplicate_of: Mapping[str, str]) -> dict[str, Any]:
    """What came of the articles of a night whose truth is known.

    Args:
        expected: by article_id.
        duplicate_of: by article_id the original; no entry for articles that are none.

    Returns:
        `precision`: of the articles that were called duplicates those that are, and whose original is of their group;
        `found`: of the copies the share that was found so, by where their text was before.
    """
    right: dict[str, bool] = {}
    for article_id, original_id in duplicate_of.items():
        # An original that is not of tonight is known: it is the one its group is named by.
        group = expected[original_id].group if original_id in expected else original_id
        if article_id in expected and not expected[article_id].is_revision:
            right[article_id] = group == expected[article_id].group
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for article_id, known in expected.items():
        if known.re_uses:
            found[known.re_uses].append(right.get(article_id, False))
    return {
        "precision": sum(right.values()) / len(right) if right else 1.0,
        "found": {where: sum(hits) / len(hits) for where, hits in found.items()},
    }


def _pairs(counts: Counter[Any]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def _scorer() -> ModuleType:
    sys.path.insert(0, str(_SCORER.parent))
    try:
        spec = importlib.util.spec_from_file_location("score_dedupe", _SCORER)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(_SCORER.parent))
