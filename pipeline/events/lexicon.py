"""The lexicon as data: triggers with their frames, noun classes, agents, control verbs, domains.

The YAML files in `lexicon/` are read once per process and checked: an unknown field, type, mode or class, an entry
without an example, or two entries with the same id stop the load with the file and the entry's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import ConfigurationError
from pipeline.events.plover import EVENT_TYPES, MODES

LEXICON_FOLDER = Path(__file__).parent / "lexicon"

ANY = "any"
ACTOR = "actor"
PARTY = "party"
OPTIONAL = "optional"

Words = tuple[str, ...]
SubjectKind = Literal["any", "can-act", "force", "crowd"]
Shift = Literal["conflict", "negated"]


class _WordLoader(yaml.SafeLoader):
    """YAML in which `on`, `off`, `yes` and `no` stay words, and a key given twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"'{key_node.value}' twice", key_node.start_mark)
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


_WordLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_WordLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


class Trigger(BaseModel):
    """One entry: the words that report an event of one type, and the frame they stand in.

    `verbs` may be phrasal ("carry out", "call on"): the second word is a particle, a preposition or an object.
    `object` lists lemmas, or `actor` (somebody who can act), `party` (the verb
    itself makes its object somebody: "arrest", "sue") or `any`; with `optional` there may be no object.
    `actor` and `recipient` are slots, tried in order: subject, object, dative, a preposition, inner (a role of the
    complement), inner-subject.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    event_type: str
    mode: str | None = None
    source: str
    example: str
    verbs: Words = ()
    nouns: Words = ()
    adjectives: Words = ()
    object: Words = ()
    object_not: Words = ()
    object_modifier: Words = ()
    object_modifier_not: Words = ()
    subject: Words = ()
    subject_kind: SubjectKind = "can-act"
    prepositions: Mapping[str, Words] = Field(default_factory=dict)
    without_prepositions: Words = ()
    predicate: Words = ()
    complement: Literal["required", "optional", "infinitive"] | None = None
    complement_verbs: Words = ()
    complement_verbs_not: Words = ()
    complement_modal: Words = ()
    followed_by: Words = ()
    inner: Mapping[Shift, str] = Field(default_factory=dict)
    inner_only: tuple[Shift, ...] = ()
    needs_inner: bool = False
    of_others: bool = False
    planned: bool = False
    no_predicate: bool = False
    active: bool = False
    passive_only: bool = False
    future_only: bool = False
    past_only: bool = False
    actor: Words = ("subject",)
    recipient: Words = ("object",)
    mutual: bool = False
    needs_actor: bool = False
    needs_recipient: bool = False
    light_only: bool = False

    @model_validator(mode="after")
    def _check(self) -> Trigger:
        if not (self.verbs or self.nouns or self.adjectives):
            raise ValueError("expected one of verbs, nouns, adjectives")
        for name in (self.event_type, *self.inner.values()):
            if name not in EVENT_TYPES:
                raise ValueError(f"{name} is no PLOVER type")
        if self.mode is not None and self.mode not in MODES:
            raise ValueError(f"{self.mode} is no mode")
        return self


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: what is derived from one is kept for it
class Lexicon:
    """All lexicon data, indexed by lemma. Index values keep the order of the files."""

    triggers: tuple[Trigger, ...]
    verbs: Mapping[str, tuple[tuple[Trigger, str | None], ...]]  # lemma -> (entry, second word)
    nouns: Mapping[str, tuple[Trigger, ...]]
    adjectives: Mapping[str, tuple[Trigger, ...]]
    agents: Mapping[str, frozenset[str]]
    control: Mapping[str, frozenset[str]]
    domains: Mapping[str, Mapping[str, frozenset[str]]]
    noun_classes: Mapping[str, frozenset[str]]  # what entries name as "@class"
    lemma_corrections: Mapping[str, str]  # word form -> lemma, where the parser's rules go wrong

    @property
    def all_agents(self) -> frozenset[str]:
        """Every common noun that names somebody who can act."""
        return self.agents["all"]

    def is_control(self, kind: str, lemma: str) -> bool:
        """Whether `lemma` is a control word of `kind` (transparent, reporting, hypothetical, ...)."""
        return lemma in self.control[kind]


@cache
def load_lexicon(folder: Path = LEXICON_FOLDER) -> Lexicon:
    """The lexicon of `folder`.

    Raises:
        ConfigurationError: a file is missing or wrong; the text says which file and entry.
    """
    classes = {name: frozenset(words) for name, words in _read(folder / "noun_classes.yml").items()}
    triggers: list[Trigger] = []
    for path in sorted(folder.glob("triggers_*.yml")):
        triggers += _read_triggers(path, classes)
    if not triggers:
        raise ConfigurationError(f"{folder}: expected files named triggers_*.yml")
    repeated = sorted({t.id for t in triggers if sum(o.id == t.id for o in triggers) > 1})
    if repeated:
        raise ConfigurationError(f"{folder}: entry ids are used twice: {', '.join(repeated)}")
    agents = {name: frozenset(words) for name, words in _read(folder / "agents.yml").items()}
    agents["all"] = frozenset().union(*(words for name, words in agents.items() if name != "things"))
    control = {name: frozenset(words) for name, words in _read(folder / "control_words.yml").items()}
    domains = {
        name: {strength: frozenset(words) for strength, words in parts.items()}
        for name, parts in _read(folder / "domains.yml").items()
    }
    verbs: dict[str, list[tuple[Trigger, str | None]]] = {}
    for trigger in triggers:
        for phrase in trigger.verbs:
            lemma, _, second = phrase.partition(" ")
            verbs.setdefault(lemma, []).append((trigger, second or None))
    return Lexicon(
        triggers=tuple(triggers),
        verbs={lemma: tuple(entries) for lemma, entries in verbs.items()},
        nouns=_by_word(triggers, "nouns"),
        adjectives=_by_word(triggers, "adjectives"),
        agents=agents,
        control=control,
        domains=domains,
        noun_classes=classes,
        lemma_corrections=_read(folder / "lemma_corrections.yml"),
    )


def _by_word(triggers: list[Trigger], field: str) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        for word in getattr(trigger, field):
            found.setdefault(word, []).append(trigger)
    return {word: tuple(entries) for word, entries in found.items()}


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_WordLoader)  # noqa: S506  a SafeLoader
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path}: is not YAML: {error}") from error
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path}: expected a mapping")
    return content


def _read_triggers(path: Path, classes: Mapping[str, frozenset[str]]) -> list[Trigger]:
    content = _read(path)
    found = []
    for fields in content.get("entries", ()):
        name = f"{path}: entry '{fields.get('id')}'"
        try:
            expanded = {key: _expand(value, classes) for key, value in fields.items()}
            expanded.setdefault("source", content["source"])
            expanded["event_type"] = content["event_type"]
            found.append(Trigger(**expanded))
        except KeyError as error:
            raise ConfigurationError(f"{name}: {error} is no known noun class or field") from error
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise ConfigurationError(f"{name}: {field or 'entry'}: {first['msg']}") from error
    return found


def _expand(value: Any, classes: Mapping[str, frozenset[str]]) -> Any:
    """`value` with every "@class" replaced by the words of that class."""
    if isinstance(value, dict):
        return {key: _expand(inner, classes) for key, inner in value.items()}
    if isinstance(value, list):
        words: list[str] = []
        for word in value:
            words += sorted(classes[word[1:]]) if isinstance(word, str) and word.startswith("@") else [word]
        return tuple(words)
    return value
