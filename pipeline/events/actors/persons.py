"""The persons of one text: the first full mention gives name, country and office, later short ones inherit it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Span, Token

from pipeline.events.actors.description import Description, describe_phrase, places_by_token
from pipeline.events.actors.holders import recall_holder
from pipeline.events.actors.memory import ActorMemory
from pipeline.events.places.gazetteer import load_gazetteer

_PERSONS_KEY = "dateline_persons"
_MEMORY_KEY = "dateline_actor_memory"
_HONORIFICS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "lord", "lady", "miss"})
_NO_TITLE_WORDS = frozenset({"the", "a", "an", "'s", "’s", ",", "his", "her", "its", "their", "our"})
# "her Polish counterpart, Jan Wolski": the country is told, the office is not.
_NO_OFFICE = frozenset({"counterpart", "colleague", "rival", "ally", "predecessor", "successor"})
_OFFICE_ENDS = frozenset({"in", "at", "from", "with", "on", "by", "since", "who", "whose", "which", "that", "(", ";"})
_RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
_LONGEST_OFFICE_CHARACTERS = 80
_LONGEST_OFFICE_TOKENS = 30
_LONGEST_NAME_TOKENS = 5


@dataclass(slots=True)
class Person:
    """A person of the text. `first_token` is where the first mention begins.

    `explained`: the text says somewhere in words who it is, whether or not these tell country and sector.
    `known_from` says how it is known where the text itself does not tell.
    """

    name: str
    country_code: str | None
    sector: str | None
    first_token: int
    office: str | None = None
    explained: bool = False
    known_from: str | None = None
    addressed: bool = False  # somewhere with "Mr" or the like: a person whatever the parser takes the name for

    def learn(self, name: str, title: Title) -> None:
        """Take what a later mention adds; nothing that is known is overridden."""
        if len(name.split()) > len(self.name.split()):
            self.name = name
        self.country_code = self.country_code or title.description.country_code
        self.sector = self.sector or title.description.sector
        self.office = self.office or title.office
        self.explained = self.explained or title.explains

    def recall(self, memory: ActorMemory, day: date | None) -> None:
        """Take from the archive, else from the list of office holders, what the text does not say.

        A person whom the text explains stays as it is; of "President Duval" only the country is missing, and it is
        taken where the sector is the same.
        """
        if self.country_code is not None or (self.explained and self.sector is None):
            return
        found = (memory.recall(self.name, day) if day is not None else None) or recall_holder(self.name, day)
        if found is None or (self.sector is not None and found.sector != self.sector):
            return
        if self.sector is not None and found.country_code is None:
            return
        self.name, self.country_code, self.sector = found.name, found.country_code, found.sector
        self.known_from = found.in_words()


@dataclass(frozen=True, slots=True)
class Title:
    """What the words around one mention of a name say of the person."""

    description: Description
    office: str | None  # the title words without the country, in lower case; None where they tell no sector
    explains: bool


class Persons:
    """The persons of one text, found by full name, last name or office."""

    def __init__(self) -> None:
        self._by_word: dict[str, Person] = {}
        self.all: list[Person] = []
        self.tokens: set[int] = set()  # of all names
        self.by_office: dict[tuple[str | None, str | None], list[Person]] = {}

    def find(self, name: str) -> Person | None:
        """The person that a name stands for: by the whole name or by its last word."""
        words = [word for word in name_words(name) if word]
        if not words:
            return None
        return (
            self._by_word.get(" ".join(words))
            or self._by_word.get(words[-1])
            or (self._by_word.get(words[0]) if len(words) == 1 else None)
        )

    def add(self, name: str, title: Title, first_token: int) -> Person | None:
        """Enter one mention of a person; None where the name has no word."""
        words = name_words(name)
        if not words:
            return None
        known = self.find(name)
        if known is not None and _same_person(name_words(known.name), words):
            known.learn(name, title)
        else:
            said = title.description
            known = Person(name, said.country_code, said.sector, first_token, title.office, title.explains)
            self.all.append(known)
        if known.sector:
            office = self.by_office.setdefault((known.country_code, known.sector), [])
            if known not in office:
                office.append(known)
        # Chinese, Korean and Hungarian names put the family name first: both ends lead to the person.
        for key in {" ".join(words), words[-1], *([words[0]] if len(words) > 1 else [])}:
            self._by_word.setdefault(key, known)
        return known


def persons_of(doc: Doc) -> Persons:
    """The persons of `doc`; found once a text."""
    known: Persons | None = doc.user_data.get(_PERSONS_KEY)
    if known is None:
        known = Persons()
        for name in _names(doc):
            person = known.add(clean_name(name), title_of(name), name.start)
            known.tokens.update(range(name.start, name.end))
            if person is not None and _is_addressed(name):
                person.addressed = True
        memory: tuple[ActorMemory, date] | None = doc.user_data.get(_MEMORY_KEY)
        for person in known.all:
            person.recall(*(memory or (ActorMemory(), None)))
        doc.user_data[_PERSONS_KEY] = known
    return known


def is_person(token: Token) -> bool:
    """Whether `token` belongs to a person's name."""
    return token.i in persons_of(token.doc).tokens


def _names(doc: Doc) -> list[Span]:
    """The names of persons by their place: those that the parser finds, and what follows "Mr" and the like."""
    entities = [entity for entity in doc.ents if entity.label_ == "PERSON"]
    of_several_words = {word.lower_ for entity in entities if len(entity) > 1 for word in entity}
    found = {e.end: e for e in entities if e[0].lower_ in of_several_words or not _is_place(e)}
    for token in doc:
        if token.lower_ not in _HONORIFICS or token.i + 1 >= len(doc) or not doc[token.i + 1].text[:1].isupper():
            continue
        end = token.i + 1
        while end < min(len(doc), token.i + 1 + _LONGEST_NAME_TOKENS) and doc[end].pos_ == "PROPN":
            end += 1
        if end > token.i + 1:
            found.setdefault(end, doc[token.i + 1 : end])
    return [found[end] for end in sorted(found)]


def _is_place(entity: Span) -> bool:
    """ "Burkina Faso promised Niger help": a country that the parser takes for a person."""
    place = places_by_token(entity.doc).get(entity.end - 1)
    return place is not None and place.country_code is not None and place.start <= entity.start_char


def _is_addressed(name: Span) -> bool:
    return name[0].lower_ in _HONORIFICS or (name.start > 0 and name.doc[name.start - 1].lower_ in _HONORIFICS)


def set_memory(doc: Doc, memory: ActorMemory, day: date) -> None:
    """Let the persons of `doc` that it does not explain be known from the archive, as of `day`; before any is found."""
    doc.user_data[_MEMORY_KEY] = (memory, day)


def title_of(entity: Span) -> Title:
    """What the words around a name say: the title before it and the apposition after it."""
    found, office, explains = Description(), None, False
    for phrase in _title_phrases(entity):
        said = describe_phrase(phrase)
        found = found.or_else(said)
        office = office or (_office_words(phrase) if said.sector is not None else None)
        explains = explains or not _is_honorific(phrase)
    return Title(found, office, explains)


def _title_phrases(entity: Span) -> Iterator[Span]:
    root, doc = entity.root, entity.doc
    before = doc[root.left_edge.i : entity.start]
    if len(before) and _is_title(before[-1]):
        yield doc[_title_start(before) : entity.start]
    for child in root.rights:
        if child.dep_ == "appos":
            yield doc[child.left_edge.i : child.right_edge.i + 1]
            break
    for child in root.rights:
        # "Colonel Ahmed Bahar of the Sudanese army", "Angela Holm of Norway"
        if child.lower_ == "of" and child.i == entity.end:
            yield from (doc[noun.left_edge.i : noun.right_edge.i + 1] for noun in child.children if noun.dep_ == "pobj")
    if root.dep_ == "appos" and root.head.i < entity.start and root.head.pos_ in {"NOUN", "PROPN"}:
        yield doc[root.head.left_edge.i : root.head.i + 1]


def _is_honorific(phrase: Span) -> bool:
    return all(token.lower_ in _HONORIFICS or not token.is_alpha for token in phrase)


def _office_words(phrase: Span) -> str | None:
    """The title without the country, which the sighting has anyway, and without articles: "foreign minister"."""
    phrase = phrase[:_LONGEST_OFFICE_TOKENS]
    places = places_by_token(phrase.doc)
    taken = {
        token.i
        for index in range(phrase.start, phrase.end)
        if (place := places.get(index)) is not None
        for token in phrase
        if place.start <= token.idx < place.end
    }
    words = []
    for token in phrase:
        if token.pos_ in {"VERB", "AUX"} or token.tag_ in _RELATIVE_TAGS or token.lower_ in _OFFICE_ENDS:
            break  # "epidemiologist in Basel", "a shipowner whose tankers": what follows is no title
        people = load_gazetteer().country_of_nationality(token.text) if token.text[:1].isupper() else None
        if token.i not in taken and people is None and token.text.strip() and token.lower_ not in _NO_TITLE_WORDS:
            words.append(token.lower_)
    while words and words[-1] in {"of", "for", "to"}:
        words.pop()
    office = " ".join(words)[:_LONGEST_OFFICE_CHARACTERS].strip()
    return office if office and office not in _NO_OFFICE else None


def clean_name(entity: Span) -> str:
    """The name without honorifics, possessive and line ends."""
    words = [token.text for token in entity if not token.is_space and token.text not in {"'s", "’s"}]
    while words and words[0].lower() in _HONORIFICS:
        words = words[1:]
    return " ".join(words).replace(" - ", "-").replace(" .", ".")


def name_words(name: str) -> list[str]:
    """The words of a name as keys, in lower case."""
    return [word for word in name.lower().removesuffix("'s").removesuffix("’s").split() if word not in _HONORIFICS]


def _is_title(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN", "ADJ"}


def _title_start(before: Span) -> int:
    start = before.end
    while start > max(before.start, before.end - _LONGEST_OFFICE_TOKENS) and before.doc[start - 1].pos_ in {
        "NOUN",
        "PROPN",
        "ADJ",
        "PUNCT",
        "PART",
    }:
        if before.doc[start - 1].text in {",", ";", "(", '"', "“", ")"}:
            break
        start -= 1
    return start


def _same_person(known: list[str], mention: list[str]) -> bool:
    """Whether two names may be one person's: the shorter's words are all words of the longer."""
    shorter, longer = sorted((known, mention), key=len)
    return set(shorter) <= set(longer)
