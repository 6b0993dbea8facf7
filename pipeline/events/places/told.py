"""What the text itself decides: the town in "Paris, Texas", and where a place lies that the gazetteer does not hold."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.places.containment import lies_inside
from pipeline.events.places.gazetteer import AREA, COUNTRY, DISTRICT, REGION, TOWN, Entry, Gazetteer
from pipeline.events.places.names import fold
from pipeline.events.places.names_in_text import NamesInText
from pipeline.events.places.size import METROPOLIS, size_of

_LONGEST_FIRST_WORDS = 8


def by_container(names: NamesInText) -> dict[int, Entry]:
    """What the region or country beside a name decides, by number of the toponym.

    In "Rome, Georgia" that is two things: which Rome, and that Georgia is the state.
    """
    candidates = names.candidates
    forced: dict[int, Entry] = {}
    for index, relation in enumerate(names.relations):
        if relation is None or not relation.inside:
            continue
        holders = [e for e in candidates[relation.other] if e.kind in {COUNTRY, REGION, DISTRICT}]
        for holder in sorted(holders, key=lambda e: not e.is_listed):
            inside = [entry for entry in candidates[index] if lies_inside(entry, holder)]
            if inside:
                forced[index] = max(inside, key=size_of)
                if len(candidates[relation.other]) > 1:
                    forced.setdefault(relation.other, holder)
                break
    return forced


def place_the_unknown(
    names: NamesInText, chosen: list[Entry | None], senses: dict[str, Entry], gazetteer: Gazetteer
) -> None:
    """Put what the gazetteer does not hold where the text puts it; a name keeps the place it got once."""
    told: dict[str, Entry] = {}
    for index, relation in enumerate(names.relations):
        key = names.keys[index]
        holder = chosen[relation.other] if relation is not None else None
        if relation is None or key in told or holder is None or holder.kind == AREA:
            continue
        is_elsewhere = relation.inside and _is_elsewhere(
            names.candidates[index], names.candidates[relation.other], holder
        )
        if chosen[index] is None or is_elsewhere:  # "Springfield, Yukon" is none of the Springfields that we know
            told[key] = holder
    for index, key in enumerate(names.keys):
        if key in told:
            chosen[index] = told[key]
        elif chosen[index] is None and not names.candidates[index]:
            chosen[index] = _by_first_words(names.toponyms[index].text, senses, gazetteer)


def _is_elsewhere(entries: Sequence[Entry], holder_entries: Sequence[Entry], holder: Entry) -> bool:
    """Whether all that we know of a name lies outside the region beside it. "Boston, New York" may be a list."""
    is_town_too = any(entry.kind == TOWN and entry.population > METROPOLIS for entry in holder_entries)
    only_towns = bool(entries) and not any(entry.is_listed for entry in entries)
    return (
        holder.kind == REGION
        and holder.is_listed
        and only_towns
        and not is_town_too
        and not any(lies_inside(entry, holder) for entry in entries)
    )


def _by_first_words(name: str, senses: dict[str, Entry], gazetteer: Gazetteer) -> Entry | None:
    """ "Karak Castle" lies in the Karak that the article speaks of, "Laurel County Jail" in the county."""
    words = name.split()
    for end in range(min(len(words), _LONGEST_FIRST_WORDS) - 1, 0, -1):
        first = " ".join(words[:end]).removesuffix("'s").removesuffix("’s")
        found = senses.get(fold(first))
        if found is not None:
            return found
        listed = [e for e in gazetteer.entries(first) if e.is_listed and e.kind in {COUNTRY, REGION}]
        if len(listed) == 1:
            return listed[0]
    return None
