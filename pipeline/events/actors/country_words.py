"""The country that the words of a phrase give: nationality words, countries, towns, peoples before its head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Span, Token

from pipeline.events.places import find_places
from pipeline.events.places.gazetteer import TOWN, Gazetteer, fold, load_gazetteer
from pipeline.events.spans import Place

_PLACES_KEY = "dateline_places"
# "pro-Russian", "anti-American": about a country, not of it. "Pan-American", "Trans-Iranian": wider than one.
_ABOUT = frozenset({"pro", "anti", "non", "counter", "pan", "trans", "inter"})
# "US-backed", "Israeli-born": the country has a hand in it, and it belongs elsewhere. "Saudi-led" belongs.
_NOT_OF = frozenset(
    """backed born trained supported funded financed linked allied aligned educated speaking style friendly brokered
    sponsored armed equipped mediated occupied proposed imposed""".split()  # noqa: SIM905  a list of words
)
_TOWN_IN_NAME_POPULATION = 100_000
_TIMES_LARGER = 3


def places_by_token(doc: Doc) -> dict[int, Place]:
    """The places of `doc` by the index of their last token, nationality words included; found once a text."""
    if _PLACES_KEY not in doc.user_data:
        set_places(doc, find_places(doc, nationality_words=True))
    known: dict[int, Place] = doc.user_data[_PLACES_KEY]
    return known


def set_places(doc: Doc, places: Sequence[Place]) -> None:
    """Keep the places of `doc` for the descriptions to come, instead of finding them again."""
    known: dict[int, Place] = {}
    for place in places:
        span = doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is not None and len(span):
            known[span.end - 1] = place
    doc.user_data[_PLACES_KEY] = known


def country_before_head(core: Span, gazetteer: Gazetteer, peoples: Mapping[str, str | None]) -> str | None:
    """The country of a nationality word, country or town in `core`; the one nearest its end wins."""
    places = places_by_token(core.doc)
    for index in range(core.end - 1, core.start - 1, -1):
        token = core.doc[index]
        if _is_about(token):
            continue
        place = places.get(index)
        if place is not None and place.country_code:
            return place.country_code
        if not token.text[:1].isupper():
            continue
        found = _by_name(token, core, gazetteer, peoples)
        if found:
            return found
    return None


def _by_name(token: Token, core: Span, gazetteer: Gazetteer, peoples: Mapping[str, str | None]) -> str | None:
    word = token.text
    two_words = core.doc[max(token.i - 1, core.start) : token.i + 1].text
    named = gazetteer.country_named(two_words) or gazetteer.country_named(word)
    nationality = gazetteer.country_of_nationality(two_words) or gazetteer.country_of_nationality(word)
    return (
        (named.country_code if named else None)
        or gazetteer.by_seat.get(fold(word))
        or peoples.get(two_words.lower())
        or peoples.get(word.lower())
        or (nationality.country_code if nationality else None)
        or _country_of_town(token, core)
    )


def _country_of_town(token: Token, core: Span) -> str | None:
    """ "Oxford University", "Nairobi police": the country of a large town that has no rival of its size."""
    if token.i == core.end - 1 or token.pos_ != "PROPN" or token.ent_type_ == "PERSON":
        return None
    towns = [entry for entry in load_gazetteer().by_name.get(fold(token.text), ()) if entry.kind == TOWN]
    towns.sort(key=lambda entry: -entry.population)
    if not towns or towns[0].population < _TOWN_IN_NAME_POPULATION:
        return None
    rivals = [entry for entry in towns if entry.country_code != towns[0].country_code]
    if rivals and rivals[0].population * _TIMES_LARGER > towns[0].population:
        return None
    return towns[0].country_code


def _is_about(token: Token) -> bool:
    doc = token.doc
    if token.i >= 2 and doc[token.i - 1].text == "-" and doc[token.i - 2].lower_ in _ABOUT:
        return True
    return token.i + 2 < len(doc) and doc[token.i + 1].text == "-" and doc[token.i + 2].lower_ in _NOT_OF
