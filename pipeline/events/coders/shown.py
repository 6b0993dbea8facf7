"""What `dateline coders list` and `compare` print, and the rows that `compare` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigurationError
from pipeline.events.answer import instant_of
from pipeline.events.coders.comparison import Agreement, Row, Tally
from pipeline.events.coders.registry import Offer, find_coder

_TYPES_SHOWN = 15


def offers_in_lines(offers: Iterable[Offer], chosen: str) -> Iterator[str]:
    """A line for each coder: name, version, languages, where it comes from; one that does not load says why."""
    for offer in offers:
        mark = "*" if offer.name == chosen else " "
        source = f"package {offer.package}" if offer.package else "Dateline's own"
        try:
            coder = find_coder(offer.name)
        except ConfigurationError as error:
            yield f"{mark} {offer.name:<20} {source}: {error}"
            continue
        languages = ", ".join(sorted(coder.languages)) or "none"
        yield f"{mark} {offer.name:<20} version {coder.version}; languages: {languages}; {source}"
    yield "* is the one that codes the nights (DATELINE_CODER)"


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON Lines file.

    Raises:
        ConfigurationError: the file cannot be read, or a line is no row, with its number.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append(_row(json.loads(line)))
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise ConfigurationError(f"{path}, line {number}: {error}") from error
    if not rows:
        raise ConfigurationError(f"{path}: expected JSON Lines with a text in each, found none")
    return rows


def _row(given: Any) -> Row:
    if not isinstance(given, dict) or not isinstance(given.get("text"), str) or not given["text"].strip():
        raise ValueError("expected an object with a 'text'")
    gold = given.get("gold") or {}
    if not isinstance(gold, dict) or not isinstance(gold.get("events", []), list):
        raise ValueError("expected 'gold' to be an object, and its 'events' a list")  # noqa: TRY004  a wrong file
    for event in gold.get("events", []):
        if not isinstance(event, dict) or not isinstance(event.get("event_type"), str):
            raise ValueError("expected each event of gold to have an 'event_type'")  # noqa: TRY004  likewise
    return Row(
        text=given["text"],
        published_at=instant_of(given.get("published_at")),
        headline=given.get("headline"),
        language=given.get("language"),
        country_hint=given.get("country_hint"),
        actor_span=_span(given, "actor_span"),
        recipient_span=_span(given, "recipient_span"),
        gold=gold,
    )


def _span(given: Mapping[str, Any], name: str) -> tuple[int, int] | None:
    value = given.get(name)
    if value is None:
        return None
    start, end = value
    if not 0 <= int(start) < int(end) <= len(given["text"]):
        raise ValueError(f"'{name}' does not lie within the text")
    return int(start), int(end)


def comparison_in_lines(tallies: Sequence[Tally], agreements: Sequence[Agreement]) -> Iterator[str]:
    """The comparison as a table for each coder, and one line for each pair of coders."""
    for tally in tallies:
        per_second = f", {tally.rows / tally.cpu_seconds:.0f} texts a second" if tally.cpu_seconds else ""
        yield f"{tally.coder} (version {tally.version})"
        yield f"  texts       {tally.rows}"
        if tally.other_language:
            yield f"              {tally.other_language} in a language that it does not know"
        if tally.failed:
            yield f"              {tally.failed} failed; the first: {tally.first_failure}"
        yield f"  events      {tally.events}, in {sum(top is not None for top in tally.tops)} of the texts"
        counts = [f"{name} {count}" for name, count in sorted(tally.types.items(), key=lambda i: (-i[1], i[0]))]
        yield f"  types       {', '.join(counts[:_TYPES_SHOWN]) or 'none'}"
        yield from _accuracy(tally)
        yield f"  CPU         {tally.cpu_seconds:.2f} s{per_second}, without loading"
        yield ""
    for pair in agreements:
        kappa = f"kappa {pair.kappa:.2f}" if pair.kappa is not None else "kappa is not defined"
        yield f"{pair.first} and {pair.second} agree on the main type of {pair.share:.1%} of the texts ({kappa})"
    if len(tallies) == 1:
        yield "one coder alone: name others, or install some (docs/coders.md), to see how far they agree"


def _accuracy(tally: Tally) -> Iterator[str]:
    counted = (("type", tally.type_right, tally.type_asked), ("quad class", tally.quad_right, tally.quad_asked))
    for what, right, asked in counted:
        if asked:
            yield f"  {what:<10}  {right} of {asked} right ({right / asked:.1%})"
    if tally.gold_events or tally.found_events:
        precision = tally.matched_events / tally.found_events if tally.found_events else 0.0
        recall = tally.matched_events / tally.gold_events if tally.gold_events else 0.0
        yield (
            f"  records     type and both countries: precision {precision:.1%}, recall {recall:.1%} "
            f"({tally.matched_events} matched, {tally.found_events} found, {tally.gold_events} in gold)"
        )


def comparison_as_json(tallies: Sequence[Tally], agreements: Sequence[Agreement]) -> dict[str, Any]:
    """The same as one object."""
    return {
        "coders": [_as_plain(tally) for tally in tallies],
        "agreement": [asdict(pair) for pair in agreements],
    }


def _as_plain(tally: Tally) -> dict[str, Any]:
    # asdict would make a Counter of a Counter's items anew.
    plain = {field.name: getattr(tally, field.name) for field in fields(tally) if field.name != "tops"}
    return plain | {"types": dict(sorted(tally.types.items()))}
