"""Which links of a section page lead to articles, learned from the addresses of articles the source is known by.

An address is reduced to its shape (`url_shape`): /politics/2026/mar/01/dock-strike-ends is word, year, month, day,
slug. A link leads to an article where
- enough of the examples have its shape, and the shape says more than words: a date, a long number, an id, a slug;
- its words are those of the examples at the same places: /news/articles/c0ffee42 is no example for
  /news/topics/c0ffee42. Where the examples have many different words at a place, any word will do: those are sections;
- its slug is about as long as theirs: /business/banking-and-insurance is no headline;
- it names no tag, author, search or the like, unless the examples do.
A shape that no example has counts where it can hardly be anything else: a date and a slug of four words, or a slug
of six.

With fewer than `FEWEST_EXAMPLES` there is nothing to learn from, and what most sites do has to do: the date in
the path, or at its end a slug of four words and more, a slug with an id, an id or a long number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from pipeline.gather.url_shape import Shape, shape_of

FEWEST_EXAMPLES = 10
FEWEST_OF_A_SHAPE = 2
SMALLEST_SHARE_OF_A_SHAPE = 0.01
FREE_WORDS = 3  # so many different words at one place: any word may stand there
SHORTEST_SLUGS_LEFT_OUT = 0.03  # of a shape's examples: odd ones, which section names would pass by
SHORTER_BY_CHANCE_WORDS = 1  # the shortest slug is seldom among the examples
LONG_SLUG_WORDS = 4
VERY_LONG_SLUG_WORDS = 6
LONGEST_NUMBERED_SECTION_DIGITS = 5
TELLING = frozenset({"date", "number", "id", "slug", "slug_id", "pair"})
SLUGS = frozenset({"slug", "slug_id", "pair"})
BARE_SLUGS = frozenset({"slug", "pair"})  # nothing but their length tells them from the names of sections
ID_PARAMETER = re.compile(r"(?:article|story|news|post|content|doc|item)?_?(?:id|no|nr|p)|p|aid|nid|sid", re.IGNORECASE)
FILES = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m4[av]|zip|xml|json|rss|css|js|ics|docx?|xlsx?|apk)$")
# Parts of a path that lead to lists, people and services, in the languages of the catalogue.
NO_ARTICLE_WORDS = """
about about-us account accounts advertise advertising all-topics app apps archive archives archiv auteur auteurs
author authors autor autoren autores autori byline calendar categoria categories category contact contact-us
contributor contributors cookie cookie-policy cookies crossword crosswords editorial-guidelines etiqueta etiquetas
faq feed feeds games help horoscope horoscopes hashtag impressum issue issues jobs journalist journalists
kategorie keyword keywords kontakt label legal live-tv login logout mot-cle my-account newsletter newsletters page
pages people person persons podcasts privacy privacy-policy profil profile profiles programme programmes puzzles
recherche register registration reporter reporters rss schedule schlagwort search section sections series services
settings shop sign-in signin signup sitemap staff store subscribe subscription subscriptions suche sujet sujets
tag tags tema temas team terms terms-and-conditions terms-of-service terms-of-use thema themen theme themes topic
topics tv-guide user users videos-playlist weather wetter writer writers
"""
NO_ARTICLES = frozenset(NO_ARTICLE_WORDS.split())
SERVICE_SLUG = re.compile(
    r"(?:privacy|cookies?|terms|advertis\w*|subscri\w*|about|contact|how-to-(?:contact|complain)|editorial|"
    r"accessibility|copyright|complaints?|modern-slavery|code-of|do-not-sell|your-|my-|sign-)\b"
)


@dataclass(slots=True)
class _Examples:
    """The examples of one shape."""

    count: int = 0
    words_at: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    slug_words: list[int] = field(default_factory=list)  # of the last part

    def add(self, shape: Shape) -> None:
        self.count += 1
        for place, word in shape.words.items():
            self.words_at[place].add(word)
        if shape.parts and shape.parts[-1].kind in BARE_SLUGS:
            self.slug_words.append(shape.parts[-1].words)

    @property
    def shortest_slug(self) -> int:
        lengths = sorted(self.slug_words)
        return lengths[int(len(lengths) * SHORTEST_SLUGS_LEFT_OUT)] - SHORTER_BY_CHANCE_WORDS if lengths else 0


class UrlShapes:
    """What the article addresses of one source look like."""

    def __init__(self, examples: dict[object, _Examples], count: int) -> None:
        self._examples = examples
        self._learned = count >= FEWEST_EXAMPLES
        self._fewest = max(FEWEST_OF_A_SHAPE, count * SMALLEST_SHARE_OF_A_SHAPE)

    @classmethod
    def learn(cls, urls: Iterable[str]) -> Self:
        """The shapes of `urls`: normalised addresses of articles, each once; only http(s) ones count."""
        examples: dict[object, _Examples] = defaultdict(_Examples)
        shapes = [shape_of(url) for url in dict.fromkeys(urls) if url.startswith(("http://", "https://"))]
        for shape in shapes:
            examples[shape.key].add(shape)
        return cls(dict(examples), len(shapes))

    def is_article(self, url: str) -> bool:
        """Whether a normalised http(s) URL looks like the address of an article."""
        shape = shape_of(url)
        if not (shape.parts or shape.numbered) or FILES.search(url.lower()):
            return False
        if not self._learned:
            return _like_most_articles(shape)
        return self._like_the_examples(shape) or (shape.key not in self._examples and _hardly_anything_else(shape))

    def _like_the_examples(self, shape: Shape) -> bool:
        examples = self._examples.get(shape.key)
        if examples is None or examples.count < self._fewest or not _is_telling(shape):
            return False
        words = shape.words
        for place, word in words.items():
            if word not in examples.words_at[place] and len(examples.words_at[place]) < FREE_WORDS:
                return False
        named = {word for place, word in words.items() if word in examples.words_at[place]}
        if any(part.text in NO_ARTICLES and part.text not in named for part in shape.parts):
            return False
        if shape.parts and shape.parts[-1].kind in BARE_SLUGS and shape.parts[-1].words < examples.shortest_slug:
            return False
        return not _is_service(shape)


def _is_telling(shape: Shape) -> bool:
    """Whether a shape tells articles from lists: more than words and counts, or a page of its own."""
    return bool(shape.numbered) or shape.is_file or shape.dated or any(part.kind in TELLING for part in shape.parts)


def _like_most_articles(shape: Shape) -> bool:
    if any(part.text in NO_ARTICLES for part in shape.parts) or _is_service(shape):
        return False
    if any(ID_PARAMETER.fullmatch(name) for name in shape.numbered):
        return True
    if not shape.parts:
        return False
    last = shape.parts[-1]
    if shape.dated and last.kind not in {"month", "day", "count"}:
        return True
    if last.kind == "number":
        return len(shape.parts) > 1 and len(last.text) > LONGEST_NUMBERED_SECTION_DIGITS
    if last.kind == "id":
        return len(shape.parts) > 1
    return last.kind == "slug_id" or (last.kind == "slug" and last.words >= LONG_SLUG_WORDS)


def _hardly_anything_else(shape: Shape) -> bool:
    """Whether a shape without an example is an article's: a date and a headline, or a very long headline."""
    words = shape.parts[-1].words if shape.parts and shape.parts[-1].kind in SLUGS else 0
    return words >= (LONG_SLUG_WORDS if shape.dated else VERY_LONG_SLUG_WORDS) and _like_most_articles(shape)


def _is_service(shape: Shape) -> bool:
    """Whether it is a page about the site itself, which lie at the top."""
    return len(shape.parts) == 1 and SERVICE_SLUG.match(shape.parts[0].text) is not None
