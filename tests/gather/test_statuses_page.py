"""docs/statuses.md explains every status, in the words and with the points of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.gather.failure_points import HARD, POINTS, POINTS_OF_CODE, SOFT, TEMPORARY
from pipeline.statuses import ArticleStatus, FetchStatus

PAGE = Path(__file__).resolve().parents[2] / "docs" / "statuses.md"
WORD_OF_POINTS = {0.0: "0", HARD: "hard", SOFT: "soft", TEMPORARY: "temporary"}


def rows(heading):
    """The rows of the table under a heading, each as its cells; the first is the status."""
    section = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def points_in_words(status):
    """Such as "soft; 410 hard": the points, then the codes that differ."""
    codes = {}
    for (of_status, code), points in POINTS_OF_CODE.items():
        if of_status is status:
            codes.setdefault(points, []).append(str(code))
    exceptions = [f"{', '.join(sorted(listed))} {WORD_OF_POINTS[points]}" for points, listed in codes.items()]
    return "; ".join([WORD_OF_POINTS[POINTS[status]], *exceptions])


@pytest.mark.parametrize(("heading", "statuses"), [("How asking", FetchStatus), ("How a capture", ArticleStatus)])
def test_every_status_has_one_row_and_every_row_a_status(heading, statuses):
    assert sorted(cells[0] for cells in rows(heading)) == sorted(status.value for status in statuses)


@pytest.mark.parametrize("status", FetchStatus)
def test_the_points_on_the_page_are_those_of_the_code(status):
    said = {cells[0]: cells[2] for cells in rows("How asking")}
    assert said[status.value] == points_in_words(status)


@pytest.mark.parametrize(("heading", "columns"), [("How asking", 4), ("How a capture", 3)])
def test_every_row_is_whole_and_says_what_its_status_means(heading, columns):
    assert {len(cells) for cells in rows(heading)} == {columns}
    assert all(len(cells[1]) > 10 for cells in rows(heading))


def test_every_failure_has_advice():
    advice = {cells[0]: cells[3] for cells in rows("How asking")}
    assert all(advice[status.value] for status, points in POINTS.items() if points > 0)
