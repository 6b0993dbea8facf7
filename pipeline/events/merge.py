"""Event identity: which mentions report the same happening.

An event's id is a hash of the fewest fields that its mentions share, taken from each mention alone, so that no
order of articles, batches or nights can change it:

- type, actor key, recipient key (sorted where neither side is the doer: consult, support, cooperate);
- for a happening of the article's own days: its story, because a story is one happening, and articles disagree in
  whether they say "on Tuesday", "this week" or nothing;
- for anything dated outside those days (background, history, plans): its date to the month, and no story, so that
  the same background in two stories is one event;
- without a story (a text on its own): the week of the event, else of the publication, else nothing.

An actor's key is country and sector where either is known, else the name; a party that cannot be told apart from
another in these terms ("a man", "police") is kept apart by the story. Mentions of one type between one pair inside
one story count as one event: over-merging within a story is the price of not counting one happening many times.
"""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.events.plover import SYMMETRIC_TYPES
from pipeline.events.spans import Actor, CodedEvent
from pipeline.records import stable_id

# A happening told this many days around the publication is the article's own news.
OWN_DAYS = timedelta(days=10)
_NOBODY = "-"


def event_id_of(event: CodedEvent, *, published_on: date | None, story_id: str | None) -> str:
    """The id of the event that a mention reports."""
    parties = [party_key(event.actor), party_key(event.recipient)]
    if event.event_type in SYMMETRIC_TYPES and event.event_mode != "visit":
        parties.sort()
    return stable_id("event", event.event_type, *parties, *_time_key(event, published_on, story_id))


def party_key(actor: Actor | None) -> str:
    """What tells one party from another: country and sector, else the name in lower case."""
    if actor is None:
        return _NOBODY
    if actor.country_code or actor.sector:
        return f"{actor.country_code or ''}:{_broad(actor)}"
    name = actor.name or actor.text
    words = [w for w in name.lower().split() if w not in {"the", "a", "an", "some", "several"}]
    return " ".join(words) or _NOBODY


def _broad(actor: Actor) -> str:
    """A bare country and its government are the same party: "Norway signed", "the Norwegian minister signed"."""
    sector = actor.sector or ""
    return "" if actor.country_code and sector == "GOV" else sector


def _time_key(event: CodedEvent, published_on: date | None, story_id: str | None) -> tuple[str, ...]:
    when = event.event_date
    if when is not None and when.first_day is not None and when.last_day is not None:
        near = published_on is None or (
            when.last_day >= published_on - OWN_DAYS and when.first_day <= published_on + OWN_DAYS
        )
        if not near:
            return ("month", f"{when.first_day:%Y-%m}")
        if story_id is None:
            return ("week", _week(when.first_day))
    if story_id is not None:
        return ("story", story_id)
    return ("week", _week(published_on)) if published_on is not None else ("undated",)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
