"""The evaluation verbs' way in and out: JSON Lines on stdin, one answer line for each input line.

A line that cannot be processed answers with a `status` that says why; it never ends the run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Question = Mapping[str, Any]
Answer = dict[str, Any]


def parse_questions(lines: Iterable[str]) -> Iterator[tuple[Any, Question | None, str | None]]:
    """(id, question, problem) for each line that is not blank; question is None where there is a problem."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield None, None, f"line {number} is not JSON: {error}"
            continue
        if not isinstance(question, dict) or not isinstance(question.get("id"), str):
            yield None, None, f"line {number} is no object with a string 'id'"
            continue
        yield question["id"], question, None


def answer_lines(lines: Iterable[str], answer: Callable[[Question], Answer]) -> Iterator[str]:
    """One JSON answer for each question. `answer` gets the parsed question and returns the answer without `id`."""
    for question_id, question, problem in parse_questions(lines):
        if question is None:
            yield encode_answer({"id": question_id, "status": "bad_input", "error": problem})
            continue
        try:
            found = answer(question)
        except Exception as error:  # noqa: BLE001  the contract: one bad line never ends the run
            found = {"status": "quarantined", "error": f"{type(error).__name__}: {error}"}
        yield encode_answer({"id": question_id, **found})


def encode_answer(answer: Answer) -> str:
    """One line of JSON that UTF-8 can carry; NaN is an error, it is no JSON.

    A question may hold half of a surrogate pair, which no encoding has; its answer is written with escapes, so that an
    id comes back as it was.
    """
    line = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    return line if _can_be_encoded(line) else json.dumps(answer, allow_nan=False)


def _can_be_encoded(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
