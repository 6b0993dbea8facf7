"""Annotation: the dates, places and actors of one text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pipeline.events.actors import find_actors
from pipeline.events.dates import resolve_dates
from pipeline.events.parser import is_truncated, parse_text
from pipeline.events.places import find_places
from pipeline.events.spans import Actor, DateExpression, Place
from pipeline.jsonl import Answer, Question


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a text says of times, places and people, each by its place in the text."""

    dates: tuple[DateExpression, ...]
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]


def annotate_text(text: str, published_at: datetime | None, *, country_hint: str | None = None) -> Annotation:
    """Annotate `text`.

    Args:
        text: news text in English; at most `parser.MAX_PARSED_CHARACTERS` of it are read.
        published_at: the publication instant with its own offset, which decides what "today" is. None: relative
            dates have the value None.
        country_hint: ISO 3166 alpha-3 code of the source's country, a weak argument for a place there.
    """
    doc = parse_text(text)
    places = find_places(doc, country_hint=country_hint, nationality_words=True)
    return Annotation(
        dates=tuple(resolve_dates(doc, published_at)),
        places=tuple(places),
        actors=tuple(find_actors(doc, places)),
    )


def answer_annotate(question: Question) -> Answer:
    """Answer one line of `dateline annotate`.

    The status is `annotated`; `annotated_in_part` where the text is longer than the parser's limit and only its
    beginning was read; `bad_input`, with an `error`, where the question is not in the contract's form.
    """
    text, instant = question.get("text"), question.get("published_at")
    if not isinstance(text, str):
        return {"status": "bad_input", "error": "'text' is no string", "dates": [], "places": [], "actors": []}
    published_at = None
    error = None
    if instant is not None:
        try:
            published_at = datetime.fromisoformat(instant)
        except (TypeError, ValueError):
            error = "'published_at' is no ISO 8601 instant"
    annotation = annotate_text(text, published_at)
    answer: dict[str, Any] = {
        "status": "bad_input" if error else "annotated_in_part" if is_truncated(text) else "annotated",
        "dates": [_fields(date, "value", "precision") for date in annotation.dates],
        "places": [
            _fields(place, "name", "latitude", "longitude", "country_code", "geonames_id", "region", "region_code")
            for place in annotation.places
        ],
        "actors": [_fields(actor, "country_code", "sector", "name") for actor in annotation.actors],
    }
    return answer | ({"error": error} if error else {})


def _fields(found: DateExpression | Place | Actor, *names: str) -> dict[str, Any]:
    everything = asdict(found)
    return {name: everything[name] for name in ("start", "end", "text", *names)}
