"""Reading is at least as accurate as it has been: the floors in floors.json can only be raised.

The pages are evaluation data beside the project; where they are absent these tests are reported as skipped.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def floors() -> ModuleType:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module("read_floors")
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def shared_pages(floors: ModuleType) -> Path:
    scores = importlib.import_module("read_scores")
    if not scores.ARTICLES.is_dir():
        pytest.skip("the evaluation data is not beside the project: no ../shared/data/articles")
    return Path(scores.ARTICLES)


def test_no_floor_is_below_what_is_demanded(floors: ModuleType) -> None:
    kept = floors.read_floors()
    for name, demands in floors.DEMANDED.items():
        for what, demanded in demands.items():
            assert kept[name][what] >= (demanded or 0), f"{name} {what}"


@pytest.mark.real_pages
def test_reading_is_at_least_as_accurate_as_it_was(floors: ModuleType, shared_pages: Path) -> None:
    assert floors.below(floors.measure(), floors.read_floors()) == []


def test_what_fell_is_named(floors: ModuleType) -> None:
    kept = {"set": {"body f1": 0.97, "headline exact": 0.86}}
    assert floors.below({"set": {"body f1": 0.9699, "headline exact": 0.9}}, kept) == [
        "set body f1: 0.9699, and 0.970 was reached before"
    ]


def test_a_floor_is_raised_and_never_lowered(floors: ModuleType) -> None:
    kept = {"set": {"body f1": 0.97, "headline exact": 0.86}}
    assert floors.raised({"set": {"body f1": 0.9789, "headline exact": 0.7}}, kept) == {
        "set": {"body f1": 0.978, "headline exact": 0.86}
    }
