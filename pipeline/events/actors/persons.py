"""The persons of one text: the first full mention gives name, country and office, later short ones inherit it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.events.actors.description import Description, describe_phrase

_PERSONS_KEY = "dateline_persons"
_HONORIFICS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "lord", "lady", "miss"})


@dataclass(slots=True)
class Person:
    """A person of the text. `first_token` is where the first mention begins."""

    name: str
    country_code: str | None
    sector: str | None
    first_token: int

    def learn(self, name: str, description: Description) -> None:
        """Take what a later mention adds; nothing that is known is overridden."""
        if len(name.split()) > len(self.name.split()):
            self.name = name
        self.country_code = self.country_code or description.country_code
        self.sector = self.sector or description.sector


class Persons:
    """The persons of one text, found by full name, last name or office."""

    def __init__(self) -> None:
        self._by_word: dict[str, Person] = {}
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

    def add(self, name: str, description: Description, first_token: int) -> None:
        """Enter one mention of a person."""
        words = name_words(name)
        if not words:
            return
        known = self.find(name)
        if known is not None and _same_person(name_words(known.name), words):
            known.learn(name, description)
        else:
            known = Person(name, description.country_code, description.sector, first_token)
        if known.sector:
            office = self.by_office.setdefault((known.country_code, known.sector), [])
            if known not in office:
                office.append(known)
        # Chinese, Korean and Hungarian names put the family name first: both ends lead to the person.
        for key in {" ".join(words), words[-1], *([words[0]] if len(words) > 1 else [])}:
            self._by_word.setdefault(key, known)


def persons_of(doc: Doc) -> Persons:
    """The persons of `doc`; found once a text."""
    known: Persons | None = doc.user_data.get(_PERSONS_KEY)
    if known is None:
        known = Persons()
        for entity in doc.ents:
            if entity.label_ == "PERSON":
                name = clean_name(entity)
                known.add(name, office_of(entity), entity.start)
        doc.user_data[_PERSONS_KEY] = known
    return known


def office_of(entity: Span) -> Description:
    """What the words around a name say: the title before it and the apposition after it."""
    root = entity.root
    before = entity.doc[root.left_edge.i : entity.start]
    found = Description()
    if len(before) and _is_title(before[-1]):
        found = describe_phrase(entity.doc[_title_start(before) : entity.start])
    for child in root.rights:
        if child.dep_ == "appos":
            found = found.or_else(describe_phrase(entity.doc[child.left_edge.i : child.right_edge.i + 1]))
            break
    if root.dep_ == "appos" and root.head.i < entity.start and root.head.pos_ in {"NOUN", "PROPN"}:
        apposed = entity.doc[root.head.left_edge.i : root.head.i + 1]
        found = found.or_else(describe_phrase(apposed))
    return found


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
    while start > before.start and before.doc[start - 1].pos_ in {"NOUN", "PROPN", "ADJ", "PUNCT", "PART"}:
        if before.doc[start - 1].text in {",", ";", "(", '"', "“", ")"}:
            break
        start -= 1
    return start


def _same_person(known: list[str], mention: list[str]) -> bool:
    """Whether two names may be one person's: the shorter's words are all words of the longer."""
    shorter, longer = sorted((known, mention), key=len)
    return set(shorter) <= set(longer)
