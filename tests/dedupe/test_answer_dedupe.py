import json

from pipeline.dedupe.answer import answer_dedupe

BODY = " ".join(
    f"The council of ward {n} voted on the drainage plan after hearing {n * 3} residents." for n in range(12)
)


def ask(*questions: object) -> list[dict[str, object]]:
    lines = [question if isinstance(question, str) else json.dumps(question) for question in questions]
    return [json.loads(line) for line in answer_dedupe(lines)]


def test_one_answer_a_line_in_the_order_of_the_lines() -> None:
    answers = ask(
        {"id": "b", "headline": "x", "body": BODY, "published_at": "2026-03-02T10:00:00+01:00"},
        {"id": "a", "headline": "y", "body": BODY, "published_at": "2026-03-02T08:00:00Z"},
    )
    assert [a["id"] for a in answers] == ["b", "a"]
    assert answers[0]["duplicate_of"] == "a"
    assert answers[1]["duplicate_of"] is None
    assert answers[0]["story_id"] == answers[1]["story_id"]


def test_bad_lines_answer_with_a_status_and_end_nothing() -> None:
    answers = ask(
        "{not json",
        {"id": "a", "headline": "x", "body": BODY, "published_at": None},
        {"id": "a", "headline": "x", "body": BODY, "published_at": None},
        {"id": "n", "headline": "x", "body": 7, "published_at": None},
        {"id": "d", "headline": "x", "body": BODY, "published_at": "yesterday"},
        {"id": "s", "headline": "x", "body": "Too short", "published_at": None},
    )
    assert [a["status"] for a in answers] == ["bad_input", "ok", "bad_input", "bad_input", "bad_input", "too_short"]
