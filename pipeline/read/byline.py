"""The byline: the people who wrote the article, one by one, without "By" and without their roles.

Structured data first, where it names someone other than the publisher; then meta elements; then what a reader
sees. A desk or an agency stands where no person is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.read.page import Page, texts_in
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import clean_line, folded

_META = (
    "author",
    "article:author",
    "article:author_name",
    "article:byline",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.name",
    "byl",
    "byline",
    "articleauthor",
    "article_author",
    "article-author",
    "cxenseparse:author",
    "citation_author",
    "shareaholic:article_author_name",
)
_LEAD = re.compile(
    r"^\W*(?:(?:written|posted|story|text|words|report(?:ing|ed)?|article|published|authored|compiled"
    r"|edited|photos?)\s+(?:and \w+ )?by"
    r"|by|von|par|por|di|da|door|av|af|от|автор|текст|autor(?:in|en)?|auteur|author|authors|text|tekst"
    r"|texte|写|记者|責任編集|責編)\b[\s:：|]*",
    re.IGNORECASE,
)
_JOINED_LEAD = re.compile(r"^By(?=[A-Z][a-z])")
_TAIL = re.compile(
    r"\s*(?:\([^)]*\)|\[[^\]]*\]|\s[|•·–—-]\s.*|\s기자(?: 외 \d+명)?|記者|记者|\bon \w+ \d.*|@\S+|\S+@\S+\.\S+"
    r"|\b(?:updated|published|posted)\b.*|\d{1,2}[:./]\d{2}.*|,?\s*(?:MD|PhD|Ph\.D\.?|RN|CPA|MBA)"
    r"|\s(?:in|for) [\w'’. -]{3,40})\s*$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:;|\||/|&|•|\+|\band\b|\bund\b|\bet\b|\by\b|\bog\b|\boch\b|\bi\b(?=\s+[A-ZŁŚŻ])|、|・)\s*")
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|staff|contributor|columnist|journalist|producer|analyst"
    r"|professor|chief|head of"
    r"|director|manager|expert|specialist|dietitian|redakteur\w*|reporter\w*|korrespondent\w*|rédact\w+"
    r"|journaliste|redactor\w*"
    r"|corresponsal|giornalista|redaktør|journalist\w*|корреспондент|редактор|bureau|desk|team lead"
    r"|founder|ceo|author)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|\.(?:com|org|net|php|html?)\b|^\W*$|^\d+$|^(?:admin\w*|author|editor|staff|guest"
    r"|unknown|none|null|undefined"
    r"|by|on|follow|share|comments?|name|email|website|about the authors?|redaktion|image|photo|foto"
    r"|read more|view profile|all posts)$"
    r"|\b(?:getty images|shutterstock|image|photo|foto|picture|updated|published|subscribe|newsletter"
    r"|min read|ago)\b",
    re.IGNORECASE,
)
_NO_BYLINE = re.compile(
    r"://|^www\.|^\S+@\S+$|^@|^\(?(?:image|photo|picture|foto|credit|bild)s?\b ?[:(]|\{\{|^\w+(?:\.\w+){2,}$",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|author-?(?:names?|link|title)|writer|reporter|autor\w*"
    r"|post-author|author-?(?:line|short|info|block)|submitted-by|journalist)(?:$|[\s_-])|[a-z](?:Author"
    r"|Byline)|Author(?:Name)?(?:$|[\s_])|authorname",
    re.IGNORECASE,
)
_OUTSIDE_MARK = re.compile(
    r"comment|related|footer|sidebar|bio\b|about-?author|author-?(?:bio|box|card|desc)|credit|recommend"
    r"|teaser|avatar|caption|testimonial|card(?:$|[\s_-])|quote",
    re.IGNORECASE,
)
_OUTSIDE = frozenset({"nav", "footer", "aside", "form", "figcaption", "figure", "blockquote"})
_BYLINE_MAX_CHARACTERS = 220
_NAME_MAX_WORDS = 7
_BY_LINE = re.compile(r"^(?:written by|posted by|words by|story by|by|von|par|por)\b", re.IGNORECASE)
_BY_LINE_MAX_CHARACTERS = 100
_PARTICLE_WORDS = "de la le van von der den du da di dos das del el al bin ibn ben ter ten zu zur af av y e und"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_MAX_PLACES = 12


def read_byline(page: Page, structured: Sequence[StructuredArticle]) -> tuple[str, ...]:
    """The names of the page's byline, in order; empty where none is given."""
    publishers = {folded(item.publisher) for item in structured if item.publisher}
    publishers |= {folded(n) for n in (page.first_meta("og:site_name"),) if n}
    publishers.discard("")
    institution: tuple[str, ...] = ()
    for names in _candidates(page, structured):
        people = tuple(name for name in names if not _is_publisher(name, publishers))
        if people:
            return people
        institution = institution or names
    return institution


def clean_names(texts: Sequence[str]) -> tuple[str, ...]:
    """Names out of byline texts: several in one text divided, roles and dates dropped, each name once."""
    names: dict[str, str] = {}
    for text in texts:
        for name in _names_in(text):
            names.setdefault(folded(name), name)
    return tuple(names.values())


def _candidates(page: Page, structured: Sequence[StructuredArticle]) -> Iterator[tuple[str, ...]]:
    for item in structured:
        if item.authors and (names := clean_names(item.authors)):
            yield names
    for key in _META:
        if (values := page.meta.get(key)) and (names := clean_names(values)):
            yield names
    yield from _marked(page)
    yield from _by_lines(page)


def _marked(page: Page) -> Iterator[tuple[str, ...]]:
    """What is marked as author or byline on the page, the marked link or property first."""
    sure: list[etree._Element] = []
    marked: list[etree._Element] = []
    for element in page.tree.iter(
        "a",
        "span",
        "div",
        "p",
        "address",
        "li",
        "ul",
        "h3",
        "h4",
        "h5",
        "h6",
        "strong",
        "em",
        "cite",
        "small",
        "td",
        "section",
    ):
        if len(sure) + len(marked) >= _MAX_PLACES:
            break
        is_sure = "author" in (element.get("rel") or "").split() or "author" in (element.get("itemprop") or "").split()
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
        if not is_sure and not (len(marks) > 2 and _MARK.search(marks)):
            continue
        if _is_outside(element):
            continue
        (sure if is_sure else marked).append(element)
    for element in (*sure, *marked):
        pieces = [piece for text in texts_in(element) if (piece := clean_line(text))]
        if not pieces or sum(map(len, pieces)) > _BYLINE_MAX_CHARACTERS:
            continue
        links = [clean_line("".join(texts_in(a))) for a in element.iter("a") if a is not element]
        names = clean_names([link for link in links if link]) or clean_names(_first_names(pieces))
        if element not in sure:
            names = tuple(name for name in names if _looks_personal(name))
        if names:
            yield names


def _by_lines(page: Page) -> Iterator[tuple[str, ...]]:
    """Short lines that say "By" and a name, though nothing marks them."""
    for element in page.tree.iter(
        "p", "span", "div", "a", "em", "strong", "td", "li", "small", "h4", "h5", "h6", "font"
    ):
        own = (element.text or "").strip()
        if not 2 <= len(own) <= _BY_LINE_MAX_CHARACTERS or not _BY_LINE.match(own) or _is_outside(element):
            continue
        pieces = [piece for text in texts_in(element) if (piece := clean_line(text))]
        if sum(map(len, pieces)) > _BYLINE_MAX_CHARACTERS:
            continue
        if len(pieces) == 1 and not _LEAD.sub("", pieces[0]):
            after = element.getnext()
            pieces += [clean_line("".join(texts_in(after)))] if after is not None else []
        if names := tuple(name for name in clean_names(_first_names(pieces)) if _looks_personal(name)):
            yield names


def _looks_personal(name: str) -> bool:
    """Two to five capitalised words (or particles), or a name in a script without capitals."""
    words = name.split()
    if not any(c.isupper() or c.islower() for c in name):
        return 2 <= len(name.replace(" ", "")) <= 20
    if not 2 <= len(words) <= 5 or _ROLE.search(name):
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES for word in words) and words[0][0].isupper()


def _first_names(pieces: Sequence[str]) -> list[str]:
    """The piece after a "By" that stands alone, else the pieces up to the first that is no name."""
    for index, piece in enumerate(pieces[:-1]):
        if not _LEAD.sub("", piece):
            return [pieces[index + 1]]
    found: list[str] = []
    for piece in pieces:
        names = list(_names_in(piece))
        if names and (not found or all(_looks_personal(name) for name in names)):
            found.append(piece)
        elif found and piece.strip(" ,;&|•") and folded(piece) not in {"and", "und", "et", "y", "og"}:
            break
    return found


def _is_outside(element: etree._Element) -> bool:
    for around in (element, *element.iterancestors()):
        if around.tag in _OUTSIDE:
            return True
        if around.tag in ("body", "html", "main", "article"):
            return False
        marks = f"{around.get('class') or ''} {around.get('id') or ''}"
        if _OUTSIDE_MARK.search(marks):
            return True
    return False


def _is_publisher(name: str, publishers: set[str]) -> bool:
    own = folded(name)
    return any(own == p or (len(own) > 3 and (own in p.split() or p in own)) for p in publishers)


def _names_in(text: str) -> Iterator[str]:
    text = clean_line(text)
    if _NO_BYLINE.search(text):
        return
    text = _JOINED_LEAD.sub("", text)
    text = _LEAD.sub("", text)
    for _ in range(3):  # tails may stand behind each other
        shorter = _TAIL.sub("", text)
        if not shorter or shorter == text:
            break
        text = shorter
    for part in _SPLIT.split(text):
        yield from _between_commas(part)


def _between_commas(part: str) -> Iterator[str]:
    """Names in a text with commas: what follows a comma is a role, a place or another name."""
    pieces = [piece.strip(" .,:–—-") for piece in part.split(",")]
    if len(pieces) == 2 and all(len(p.split()) == 1 for p in pieces) and pieces[1].istitle():
        pieces = [f"{pieces[1]} {pieces[0]}"]  # "Family, Given" of a library record
    for index, piece in enumerate(pieces):
        name = _LEAD.sub("", piece).strip()
        if not _may_be_name(name):
            continue
        if index and (_ROLE.search(name) or len(name.split()) < 2):
            continue
        yield name


def _may_be_name(name: str) -> bool:
    words = name.split()
    if not 2 <= len(name) <= 80 or len(words) > _NAME_MAX_WORDS or _NO_NAME.search(name):
        return False
    if re.search(r"(?:^|\s)\d", name):
        return False
    if len(words) == 1 and name.islower() and "-" in name:
        return False  # a slug
    return not (len(words) > 2 and sum(w[0].islower() for w in words) > len(words) / 2)
