"""Whole articles per CPU second, in a process of its own: our coder, or spaCy alone on the same full texts.

    python event_speed.py dateline | spacy < texts

A text is one JSON line {"set", "text", "published_at"}. Start-up is excluded: models, lexicon and gazetteer are loaded
by a text that does not count. Prints one line of JSON: by set `articles`, `cpu_seconds` and, of ours, `events`,
`dated` and `placed` (that the work was done); and `peak_bytes` of the whole process.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from process_memory import peak_rss_bytes

# Has an actor, a recipient, a date and a place, so that everything is loaded that articles need.
WARM_UP = "Norwegian Foreign Minister Ingrid Solheim met the Portuguese president in Lisbon on Tuesday."
WARM_UP_INSTANT = datetime(2026, 1, 2, 12, tzinfo=UTC)

Work = Callable[[str, datetime | None], Counter[str]]


def dateline() -> Work:
    """Our coder, with the dates, places and actors of what it finds."""
    from pipeline.events.coder import code_text

    def work(text: str, published_at: datetime | None) -> Counter[str]:
        events = code_text(text, published_at=published_at)
        dated, placed = (sum(bool(getattr(event, part)) for event in events) for part in ("event_date", "place"))
        return Counter(events=len(events), dated=dated, placed=placed)

    return work


def spacy() -> Work:
    """The whole pipeline of spaCy, and nothing else."""
    from event_peers import spacy_parser

    parser = spacy_parser()

    def work(text: str, _published_at: datetime | None) -> Counter[str]:
        return Counter(tokens=len(parser(text)))

    return work


CODERS: dict[str, Callable[[], Work]] = {"dateline": dateline, "spacy": spacy}


def main() -> None:
    """Read the texts, work, and say what it cost."""
    articles = [json.loads(line) for line in sys.stdin]
    work = CODERS[sys.argv[1]]()
    work(WARM_UP, WARM_UP_INSTANT)
    figures: defaultdict[str, Counter[Any]] = defaultdict(Counter)
    for article in articles:
        instant = datetime.fromisoformat(said) if (said := article["published_at"]) else None
        began = time.process_time()
        found = work(article["text"], instant)
        figures[article["set"]] += Counter(found | {"articles": 1, "cpu_seconds": time.process_time() - began})
    print(json.dumps({"sets": figures, "peak_bytes": peak_rss_bytes()}))


if __name__ == "__main__":
    main()
