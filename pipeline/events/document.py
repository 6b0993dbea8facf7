"""What is asked of a parsed text again and again, at a cost that does not grow with its length.

spaCy's own `Doc.text` joins all tokens at each call, and `Span.ents` walks over all entities of the text.
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Span, Token

_TEXT_KEY = "dateline_text"
_CAPITALS_KEY = "dateline_capitals"
_LEMMAS_KEY = "dateline_lemmas"


def keep_text(doc: Doc, text: str, lemmas: Collection[str]) -> None:
    """Note the text that `doc` stands for and the lemmas of its words, where parts of it were not read."""
    doc.user_data[_TEXT_KEY] = text
    doc.user_data[_LEMMAS_KEY] = frozenset(lemmas)


def lemmas_of(doc: Doc) -> Collection[str]:
    """The distinct lemmas of the words of a text, those of parts that were not read included."""
    found: Collection[str] | None = doc.user_data.get(_LEMMAS_KEY)
    return {token.lemma_.lower() for token in doc} if found is None else found


def text_of(doc: Doc) -> str:
    """The text of `doc`, joined once."""
    if _TEXT_KEY not in doc.user_data:
        doc.user_data[_TEXT_KEY] = doc.text
    text: str = doc.user_data[_TEXT_KEY]
    return text


def words_of(span: Span) -> str:
    """The text of `span`, cut out of the joined text: spaCy's own `Span.text` joins the tokens at each call."""
    return text_of(span.doc)[span.start_char : span.end_char]


def capitalised_tokens(doc: Doc) -> list[Token]:
    """The tokens that begin with a capital, looked for once."""
    if _CAPITALS_KEY not in doc.user_data:
        doc.user_data[_CAPITALS_KEY] = [token for token in doc if token.text[:1].isupper()]
    tokens: list[Token] = doc.user_data[_CAPITALS_KEY]
    return tokens


def entity_around(token: Token) -> Span | None:
    """The named entity that `token` belongs to."""
    if token.ent_iob_ not in {"B", "I"}:
        return None
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return Span(doc, start, end, label=token.ent_type_)


def is_whole_entity(span: Span) -> bool:
    """Whether `span` is a named entity, no more and no less."""
    ends = span.end >= len(span.doc) or span.doc[span.end].ent_iob_ != "I"
    return span[0].ent_iob_ == "B" and ends and all(token.ent_iob_ == "I" for token in span[1:])
