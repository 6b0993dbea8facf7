"""Event identity, from one mention alone: what it would be called on its own, and what it shares with other stories.

A mention belongs to the event that its neighbours say it does (`happenings`); nothing here looks at a second one.

- Its own event id names the event that it founds where it joins none: article, type, who, whom, date. The revisions
  of an article share it, whatever else changed in the text.
- Its shared key is the same in every story that tells of the same happening, where the words alone identify it: both
  parties known by country or name, and a date. For the news of the day that is the exact day, and not for what people
  say, since two statements of one day are two; for background it is the month or year. NULL where the words are not
  enough: "police arrested two men in October" is one event within its story and nowhere else.
- Its words are what else the passage says, for comparing two tellings (`likeness`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.events.parties import STATE, Party, party_of
from pipeline.events.plover import SYMMETRIC_TYPES
from pipeline.events.spans import CodedEvent
from pipeline.records import stable_id

# A happening told this many days around the publication is the article's own news.
OWN_DAYS = timedelta(days=10)
# Types that are told by their words: two of one day between the same two need not be one.
STATEMENTS = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
REALISED = frozenset({"actual", "ongoing", "historical"})
MOST_WORDS = 40
_SHORT_PHRASE = 3  # words
_LONGEST_PASSAGE = 4000  # characters
_STEM = 5  # letters of a word that count: "expelled" and "expels" are one
_WORD = re.compile(r"\d[\d,.]*|[^\W\d_]{3,}")
_COMMON_WORDS = (
    "the and for that with from was were are has have had been which who whom whose this these those they their his "
    "her its him she not but also after before into over about than when where while would will could should said "
    "says say told according more most some any all out off per "
    # Who people are and when it was: in every report of a story.
    "minis presi gover offic leade spoke depar count peopl monda tuesd wedne thurs frida satur sunda week month year "
    "today yeste earli late morni eveni"
)
_COMMON = frozenset(_COMMON_WORDS.split(" "))


def own_event_id(event: CodedEvent, article_id: str) -> str:
    """The id of the event that this mention founds where it reports none that is known."""
    when = event.event_date
    return stable_id(
        "event",
        article_id,
        event.event_type,
        event.event_mode or "",
        _full_key(party_of(event.actor)),
        _full_key(party_of(event.recipient)),
        (when.value or "") if when else "",
        "negated" if event.negated else "",
    )


def shared_key(event: CodedEvent, published_on: date | None) -> str | None:
    """What every story's mentions of this happening have in common; None where the words do not identify it."""
    actor, recipient = party_of(event.actor), party_of(event.recipient)
    if actor is None or recipient is None or not (actor.identified and recipient.identified):
        return None
    when = _shared_time(event, published_on)
    if when is None:
        return None
    sides = [party_key(actor), party_key(recipient)]
    visit = event.event_type == "CONSULT" and event.event_mode == "visit"
    if event.event_type in SYMMETRIC_TYPES and not visit:
        sides.sort()
    place = event.place.geonames_id if event.place and event.quad_class == 4 else None
    realised = "realised" if event.modality in REALISED else event.modality
    negated = "negated" if event.negated else ""
    visit_or_mode = (event.event_mode or "") if event.event_type in {"CONSULT", "YIELD"} else ""
    return stable_id("happening", event.event_type, visit_or_mode, realised, negated, *sides, *when, str(place or ""))


def party_key(party: Party | None) -> str:
    """What tells one party from another: country and sector, else the name, else the sector, else the words."""
    if party is None:
        return "-"
    if party.country_code:
        return f"{party.country_code}:{'' if party.sector in STATE else party.sector or ''}"
    return party.name or (f":{party.sector}" if party.sector else party.words)


def told_words(passage: str, event: CodedEvent) -> tuple[str, ...]:
    """Stems of what the passage says beside its parts (trigger, parties, date, place), sorted; at most `MOST_WORDS`."""
    known = {stem for part in (event.trigger, event.event_date, event.place) if part for stem in _stems(part.text)}
    for side in (event.actor, event.recipient):
        if side:
            known |= _stems(side.name or "") | _stems(_who(side.text))
    return tuple(sorted(_stems(passage[:_LONGEST_PASSAGE]) - known)[:MOST_WORDS])


def _who(words: str) -> str:
    """Who is meant, of a phrase that may go on about what: its names, and all of a short one."""
    every = words.split()
    return words if len(every) <= _SHORT_PHRASE else " ".join(word for word in every if word[:1].isupper())


def _stems(text: str) -> set[str]:
    found = (match.group().lower().rstrip(".,") for match in _WORD.finditer(text))
    return {stem for word in found if word not in _COMMON and (stem := word[:_STEM]) not in _COMMON}


def _full_key(party: Party | None) -> str:
    if party is None:
        return "-"
    return "\x1e".join((party.country_code or "", party.sector or "", party.name or party.words))


def _shared_time(event: CodedEvent, published_on: date | None) -> tuple[str, str] | None:
    when = event.event_date
    if when is None or when.first_day is None or when.last_day is None or published_on is None:
        return None
    if when.first_day <= published_on + OWN_DAYS and when.last_day >= published_on - OWN_DAYS:
        exact = when.first_day == when.last_day and event.event_type not in STATEMENTS
        return ("day", when.first_day.isoformat()) if exact else None
    span = (when.last_day - when.first_day).days
    if span <= 31:  # a month at most
        return ("month", f"{when.first_day:%Y-%m}")
    return ("from", f"{when.first_day.isoformat()}/{when.last_day.isoformat()}")
