"""Who can act: countries and their seats, nationalities, organisations, roles, persons.

In: a parsed text. Out: `Actor`s with country and sector (PLOVER's words), and the fullest name that the text gives.
What is found once for a text (places, persons, actors) is kept in the `Doc`. The words stand in `lexicon/actors/`.
What the text does not say of a person is asked of the archive (`memory`) and of the list of office holders (`holders`),
and marked. What may not enter: verbs and events.
"""

from __future__ import annotations

from pipeline.events.actors.recognition import describe_actor, find_actors
from pipeline.events.actors.reference import resolve_reference

__all__ = ["describe_actor", "find_actors", "resolve_reference"]
