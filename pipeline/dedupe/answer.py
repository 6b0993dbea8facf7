"""`dateline dedupe`: JSON Lines in, one verdict a line out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from pipeline.dedupe.archive import EmptyArchive
from pipeline.dedupe.duplicates import find_duplicates
from pipeline.dedupe.stories import find_stories
from pipeline.dedupe.texts import Text
from pipeline.jsonl import Answer, Question, encode_answer, parse_questions

STORY_WINDOW = timedelta(days=4)


def answer_dedupe(lines: Iterable[str], *, story_window: timedelta = STORY_WINDOW) -> Iterator[str]:
    """One answer for each line {"id", "headline", "body", "published_at"}, in the order of the lines.

    The verdict on a line depends on all lines, so that the first answer comes after the last question.
    A text of under 20 words answers with status `too_short`: it is nobody's duplicate.
    """
    answers: list[Answer] = []
    texts: dict[str, Text] = {}
    for question_id, question, problem in parse_questions(lines):
        answer: Answer = {"id": question_id}
        answers.append(answer)
        if question is None:
            answer |= {"status": "bad_input", "error": problem}
            continue
        if question_id in texts:
            answer |= {"status": "bad_input", "error": f"id {question_id!r} was given before"}
            continue
        try:
            texts[question_id] = _text(question)
        except (TypeError, ValueError) as error:
            answer |= {"status": "bad_input", "error": str(error)}
            continue
        answer["status"] = "ok"
    found = find_duplicates(texts.values(), EmptyArchive())
    too_short = {placed.text.article_id for placed in found.placed if placed.shape.is_too_short}
    original_of = {article_id: repeat.original_id for article_id, repeat in found.repeats.items()}
    stories = find_stories([], texts.values(), original_of, window=story_window).story_of
    for answer in answers:
        if answer["status"] == "ok":
            answer["status"] = "too_short" if answer["id"] in too_short else "ok"
            answer["duplicate_of"] = original_of.get(answer["id"])
            answer["story_id"] = stories[answer["id"]]
        yield encode_answer(answer)


def _text(question: Question) -> Text:
    for name in ("headline", "body", "published_at"):
        if not isinstance(question.get(name), str | None):
            raise TypeError(f"'{name}' is no string")
    instant = None
    if question.get("published_at"):
        instant = datetime.fromisoformat(question["published_at"])
        instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return Text(
        article_id=question["id"],
        headline=question.get("headline") or "",
        body=question.get("body") or "",
        published_at=instant,
    )
