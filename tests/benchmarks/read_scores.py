"""Runs a reader over the shared sets of real pages with known answers, and scores it with the shared script."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared"
ARTICLES = SHARED / "data" / "articles"
SEED = SHARED / "data" / "seed"
SETS = ("scrapinghub", "fundus", "wcxb")


@functools.cache
def scorer() -> ModuleType:
    """The shared scoring script, as a module.

    Raises:
        FileNotFoundError: it is not beside the project.
    """
    path = SHARED / "score" / "score_articles.py"
    if not path.is_file():
        raise FileNotFoundError(f"no {path.name} in ../shared/score: the evaluation data is not beside the project")
    spec = importlib.util.spec_from_file_location("score_articles", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def score_set(name: str, command: str) -> dict[str, Any]:
    """The measures of one command on one set: {field: {measure: number}}, its speed among them.

    Raises:
        RuntimeError: the command did not answer every page exactly once.
    """
    result: dict[str, Any] = scorer().run(ARTICLES / name, command)
    if not result["answers"]["complete"]:
        raise RuntimeError(f"{command} on {name}: {result['answers']}")
    return result
