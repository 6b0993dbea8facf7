"""The seed page: one saved page whose every field and paragraph is known."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from read_floors import DATELINE
from read_scores import SEED

FIELDS = ("headline", "standfirst", "byline", "publisher", "published_at", "modified_at", "section", "language")


def seed_differences() -> list[str]:
    """Where our answer for the seed page differs from the known one, in words; empty where it does not."""
    known = json.loads((SEED / "truth.json").read_text(encoding="utf-8"))["article"]
    answer = _answer(known["url"])
    found = [
        f"{name}: {answer.get(name)!r} instead of {known[name]!r}" for name in FIELDS if answer.get(name) != known[name]
    ]
    paragraphs = (answer.get("body") or "").split("\n\n")
    found += [f"a paragraph too many: {text!r}" for text in paragraphs if text not in known["body_paragraphs"]]
    found += [f"a paragraph missing: {text!r}" for text in known["body_paragraphs"] if text not in paragraphs]
    if not found and paragraphs != known["body_paragraphs"]:
        found.append("the paragraphs are in another order, or one is repeated")
    return found


def _answer(url: str) -> dict[str, Any]:
    question = json.dumps({"id": "seed", "url": url, "path": str(SEED / "article.html")})
    command = subprocess.run(DATELINE.split(), input=question, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(command.stdout)
    return answer
