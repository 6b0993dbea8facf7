"""How `dateline events` tells of events: the act in a line, and each mention with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.warehouse.events_found import Event, FoundEvent, FoundMention
from pipeline.warehouse.story_shown import WIDTH_CELLS, counted
from pipeline.warehouse.terminal_text import harmless, shortened, wrapped

_NAME_CELLS = 40
_MOST_SHOWN = 1500  # characters of a sentence
# What stands behind the words in brackets.
_PARTS = {"trigger": "act", "actor": "actor", "recipient": "recipient", "date": "date", "place": "place"}


def events_in_lines(events: Iterable[Event]) -> Iterator[str]:
    """Two lines for each event: what happened; how widely it is reported, with its id."""
    for event in events:
        yield shortened(_act(event), WIDTH_CELLS)
        yield f"    {event.event_id}  {_reports(event)}"


def show_event(found: FoundEvent) -> Iterator[str]:
    """The event, then every mention of it in current texts, in order of publication."""
    event = found.event
    for merged in found.merged_from:
        yield f"Event {merged} is no more: it is one with {event.event_id}."
    yield f"Event {event.event_id}"
    yield from wrapped(_act(event), WIDTH_CELLS, start="    ", indent="    ")
    yield f"    {_reports(event)}; confidence {event.confidence:.2f}"
    if event.disagreements:
        yield f"    its reports disagree about: {', '.join(event.disagreements)}"
    if not found.mentions:
        yield "    No current text reports it any more: it is withdrawn."
    for mention in found.mentions:
        yield ""
        yield from _mention(mention)


def mention_in_line(mention: FoundMention) -> str:
    """A mention as `dateline events split` names it."""
    words = f"{shortened(mention.source, _NAME_CELLS)}: {marked_evidence(mention)}"
    return f"{mention.mention_id}  {shortened(words, WIDTH_CELLS - 20)}"


def marked_evidence(mention: FoundMention) -> str:
    """The sentence, its parts in brackets: `[Police](actor) [arrested](act) nine men`. Overlapping ones give way."""
    text, pieces, past = mention.evidence, [], 0
    for part, (start, end) in sorted(mention.marks.items(), key=lambda mark: (mark[1][0], mark[0] != "trigger")):
        if start < past or any(
            part != "trigger" and name == "trigger" and first < end and start < last
            for name, (first, last) in mention.marks.items()
        ):
            continue
        pieces += [text[past:start], f"[{text[start:end]}]({_PARTS[part]})"]
        past = end
    return harmless("".join([*pieces, text[past:]])[:_MOST_SHOWN])


def _mention(mention: FoundMention) -> Iterator[str]:
    when = f"{mention.published_at:%Y-%m-%d %H:%M}" if mention.published_at else "(no time given)"
    headline = shortened(mention.headline, WIDTH_CELLS) or "(no headline)"
    yield shortened(f"{when}  {shortened(mention.source, _NAME_CELLS)}: {headline}", WIDTH_CELLS)
    yield f"    mention {mention.mention_id} of article {mention.article_id}, revision {mention.revision}"
    yield from wrapped(marked_evidence(mention), WIDTH_CELLS, start="    ", indent="    ")
    said = [f"{'not ' if mention.negated else ''}{mention.modality}"]
    # Words that stand elsewhere in the article, or that the brackets leave out.
    for part in ("actor", "recipient", "date", "place"):
        words = getattr(mention, f"{part}_text")
        if words is not None and part not in mention.marks:
            said.append(f"{part} from elsewhere in the text: {shortened(words, _NAME_CELLS)}")
    if mention.event_date_value:
        said.append(f"on {mention.event_date_value}")
    said.append(f"{mention.coder} {mention.coder_version}, {mention.confidence:.2f}")
    yield from wrapped("; ".join(said), WIDTH_CELLS, start="    ", indent="    ")
    if mention.copy_count:
        yield f"    also in {counted(mention.copy_count, 'copy', 'copies')} of this article"


def _act(event: Event) -> str:
    who = _party(event.actor_name, event.actor_country_code, event.actor_sector) or "somebody"
    whom = _party(event.recipient_name, event.recipient_country_code, event.recipient_sector)
    act = f"{event.event_type} {event.event_mode}" if event.event_mode else event.event_type
    parties = f"{who} → {whom}" if whom else who
    where = ", ".join(
        shortened(words, _NAME_CELLS)
        for words in dict.fromkeys((event.place_name, event.place_region, event.place_country_code))
        if words
    )
    how = f"{'not ' if event.negated else ''}{event.modality}" if event.negated or event.modality != "actual" else None
    when = event.event_date_value or "(no date)"
    return f"{when} {act}: {parties}{where and f', in {where}'}{f' ({how})' if how else ''}"


def _party(name: str | None, country_code: str | None, sector: str | None) -> str | None:
    if name is None:
        return None
    codes = " ".join(code for code in (country_code, sector) if code)
    return f"{shortened(name, _NAME_CELLS)}{f' ({codes})' if codes else ''}"


def _reports(event: Event) -> str:
    return ", ".join(
        (
            counted(event.source_count, "source"),
            counted(event.article_count, "article"),
            counted(event.original_count, "original"),
            counted(event.mention_count, "mention"),
        )
    )
