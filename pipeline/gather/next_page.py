"""Which address is the next page of an article that its site divides into pages.

`rel=next` leads to the next *article* on many sites, and the numbers under a text often turn the pages of comments,
galleries and lists. So an address counts only where it is the article's own one with the number of the page in it,
which is one more than that of the page at hand, and where the page offers it as what comes next: with `rel=next`, in
an element that says it is for turning pages, or as a link that is just the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from lxml import etree
from w3lib.encoding import html_to_unicode

from pipeline.gather.urls import normalise_url

# What sites call a page in their addresses.
WORD = (
    r"(?:(?:current|cur|article|story|content)?[-_]?page(?:s|[-_]?n(?:um(?:ber)?|[or])?)?|paged|pg|pag|p|pagina|p%c3%a1gina|página"
    r"|seite|sida|side|sivu|strona|stranka|stranica|strana|oldal|sayfa|halaman|hal|trang|puslapis|lapa|leht)"
)
PAGE_PARAMETER = re.compile(rf"_?{WORD}=(\d{{1,3}})", re.IGNORECASE)
# What stands between an article's address and the end of that of its second page: /2, /page/2, /seite-2, -2, _2, -p2.
PATH_SUFFIX = re.compile(rf"([/_,-])({WORD}[-_/=,]?)?(\d{{1,3}})", re.IGNORECASE)
FIRST_PAGE_SUFFIX = re.compile(rf"[/_,-]{WORD}[-_/=,]?1$", re.IGNORECASE)
EXTENSION = re.compile(r"\.[a-z]{2,5}\d?$", re.IGNORECASE)
TELLING = re.compile(r"[-_%]|\d{3}|.{20}|[^\x00-\x7f]", re.DOTALL)
HAS_DIGIT = re.compile(r"\d")
# Lists of articles have pages too.
_LISTING_WORDS = """
    tag tags topic topics category categories author authors autor autoren thema themen rubrik section search suche
    archive archives archiv latest page
"""
LISTING = frozenset(_LISTING_WORDS.split())
COMMENTS = re.compile(
    r"comment|kommentar|coment[aá]rio|commento|reacties|reactions|respond\b|disqus|forum", re.IGNORECASE
)
TURNING = re.compile(
    r"pagin|pager|paging|(?:^|[\s_-])pages?(?:$|\s|[_-]?(?:nav|link|num|list|bar|break|turn|select|switch))|multi-?page"
    r"|(?:next|prev|post)[_-]?page|seiten|bl(?:ae|ä)tter|wp-?link-?pages|content-?nav|table-of-contents|inhalts?verz",
    re.IGNORECASE,
)
OTHER_PAGES = re.compile(
    rf"{COMMENTS.pattern}|galler|galer|slide|carousel|lightbox|related|recommend|teaser|archive|(?<!re)search",
    re.IGNORECASE,
)
MOST_LEVELS = 6  # up from a link to the element that says what it is for
MOST_PLACES = 5_000  # in a page's bytes where one kind of hint is looked for; a large page has a few hundred
QUOTES = frozenset(b"\"'=")
RELATIVE_QUERY = re.compile(
    rb"\?(?:[^\"'\s<>]{0,200}?[&;])?_?" + WORD.encode() + rb"=(\d{1,3})(?![\d\w])", re.IGNORECASE
)
AFTER_SLUG = re.compile(
    rb"(?:\.[a-z]{2,5}\d?)?/?(?:\?(?:[^\"'\s<>]{0,200}?[&;])?_?"
    + WORD.encode()
    + rb"=|[/_,-](?:"
    + WORD.encode()
    + rb"[-_/=,]?)?)(\d{1,3})(?![\d\w%])",
    re.IGNORECASE,
)


def next_page_of(
    body: bytes, url: str, content_type: str | None, *, first_url: str | None = None, number: int = 1
) -> str | None:
    """The address of the page that follows in the same article; None where the page offers none.

    Args:
        body: of the page at hand.
        url: of the page at hand, the one that answered.
        content_type: its header, whole.
        first_url: of the article's first page; None: it is the page at hand.
        number: of the page at hand, counted from 1.
    """
    article = _Article.at(first_url or url)
    if article is None or not _may_offer(body, article.slug, number + 1):
        return None
    _, text = html_to_unicode(content_type, body)
    try:
        root = etree.fromstring(
            text.replace("\x00", "").encode(), etree.HTMLParser(encoding="utf-8", collect_ids=False)
        )
    except (etree.LxmlError, ValueError):
        return None
    if root is None:
        return None
    for element, address in _links(root, url):
        form = article.form_of(address, number + 1)
        if form is not None and _is_offered(element, number + 1, is_bare=form.is_bare):
            return address
    return None


def is_page_of(first_url: str, url: str, number: int) -> bool:
    """Whether `url` is the address of the article's page of that number, from 2 on."""
    article = _Article.at(first_url)
    return article is not None and article.form_of(url, number) is not None


class _Form(NamedTuple):
    """How an address says which page it is."""

    is_bare: bool  # by `-2` alone, which may as well be part of another article's name


class _Article(NamedTuple):
    """The address of an article's first page, taken apart."""

    host: str
    path: str  # without percent-encoding, without the closing slash, without the number of the first page
    parameters: frozenset[str]  # without the number of the first page
    slug: str  # what every address of the article has in its path

    @classmethod
    def at(cls, url: str) -> _Article | None:
        """The article at `url`; None where it rather is a list of articles, or a page of it amid the others."""
        parts = _parts(url)
        if parts is None:
            return None
        path = _path(parts)
        extension = EXTENSION.search(path)
        stem = path[: extension.start()] if extension else path
        stem = FIRST_PAGE_SUFFIX.sub("", stem)
        names = [name for name in stem.split("/") if name]
        if names and names[-1].lower() in {"index", "default"} and len(names) > 1:
            telling = names[-2]
        else:
            telling = names[-1] if names else ""
        parameters = _parameters(parts.query)
        if any(int(found[1]) != 1 for found in _page_parameters(parts.query)):
            return None
        if any(name.lower() in LISTING for name in names[-2:]):
            return None
        if not names or not (TELLING.search(telling) or any(map(HAS_DIGIT.search, parameters))):
            return None
        whole = stem + (extension[0] if extension else "")
        return cls(_bare_host(parts), whole, frozenset(parameters), names[-1])

    def form_of(self, url: str, number: int) -> _Form | None:
        """How `url` says that it is page `number` of this article; None where it is not."""
        parts = _parts(url)
        if parts is None or _bare_host(parts) != self.host:
            return None
        path, pages = _path(parts), [found[1] for found in _page_parameters(parts.query)]
        others = frozenset(_parameters(parts.query))
        if others != self.parameters and (others or self._is_told_by_parameters):
            return None
        if path == self.path:
            return _Form(is_bare=False) if [int(page) for page in pages] == [number] else None
        if pages:
            return None
        suffix = self._suffix(path)
        if suffix is None or int(suffix[3]) != number:
            return None
        return _Form(is_bare=suffix[1] != "/" and not suffix[2])

    @property
    def _is_told_by_parameters(self) -> bool:
        return any(HAS_DIGIT.search(parameter) for parameter in self.parameters)

    def _suffix(self, path: str) -> re.Match[str] | None:
        """What `path` has more than the article's, before its extension or after it."""
        if path.startswith(self.path):
            return PATH_SUFFIX.fullmatch(path, len(self.path))
        extension = EXTENSION.search(self.path)
        if extension is None or not path.endswith(extension[0]):
            return None
        stem = self.path[: extension.start()]
        return PATH_SUFFIX.fullmatch(path, len(stem), len(path) - len(extension[0])) if path.startswith(stem) else None


def _may_offer(body: bytes, slug: str, number: int) -> bool:
    """Whether something like the address of that page stands in the bytes: most pages need not be parsed."""
    wanted = str(number).encode()
    for at in _places(body, b"?"):
        if at and body[at - 1] in QUOTES and (found := RELATIVE_QUERY.match(body, at)) and found[1] == wanted:
            return True
    needles = {slug.encode()} if slug.isascii() else {slug.encode(), _percent_encoded(slug)}
    return any(
        (found := AFTER_SLUG.match(body, at + len(needle))) and found[1] == wanted
        for needle in needles
        for at in _places(body, needle)
    )


def _places(body: bytes, needle: bytes) -> Iterator[int]:
    """Where a needle stands: a bounded number of places, for a hostile page may be made of nothing else."""
    at = body.find(needle)
    for _ in range(MOST_PLACES):
        if at < 0:
            return
        yield at
        at = body.find(needle, at + len(needle))


def _links(root: etree._Element, url: str) -> Iterator[tuple[etree._Element, str]]:
    """Every link with its absolute address: those of the head first, as they stand there."""
    base = root.find(".//base[@href]")
    base_url = _joined(url, base.get("href") or "") if base is not None else url
    for element in root.iter("link", "a"):
        href = element.get("href")
        if not href or not any(character.isdigit() for character in href):
            continue
        try:
            address = normalise_url(href, base_url)
        except ValueError:
            continue
        if address.startswith(("http://", "https://")) and not COMMENTS.search(urlsplit(href).fragment):
            yield element, address


def _is_offered(element: etree._Element, number: int, *, is_bare: bool) -> bool:
    """Whether the page offers a link as its next page, and not as a page of its comments or pictures."""
    is_next = "next" in (element.get("rel") or "").lower().split()
    if element.tag == "link":
        return is_next and not is_bare
    turns = False
    node: etree._Element | None = element
    for _ in range(MOST_LEVELS):
        if node is None or node.tag in {"body", "main", "article", "html"}:
            break
        marks = " ".join(node.get(name) or "" for name in ("class", "id", "aria-label"))
        if OTHER_PAGES.search(marks):
            return False
        turns = turns or node.tag == "nav" or TURNING.search(marks) is not None
        node = node.getparent()
    if turns or "".join(map(str, element.itertext())).strip() == str(number):
        return True
    return is_next and not is_bare


def _joined(url: str, href: str) -> str:
    try:
        return urljoin(url, href)
    except ValueError:
        return url


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        port = parts.port  # the part that is only looked at, and may be nonsense, when it is asked for
    except ValueError:
        return None
    return parts if parts.scheme in {"http", "https"} and parts.hostname and port != 0 else None


def _bare_host(parts: SplitResult) -> str:
    default = 443 if parts.scheme == "https" else 80
    port = parts.port if parts.port not in {None, default} else ""
    return f"{(parts.hostname or '').removeprefix('www.')}:{port}"


def _path(parts: SplitResult) -> str:
    return unquote(parts.path).rstrip("/")


def _parameters(query: str) -> list[str]:
    """The parameters but the number of the page."""
    return [unquote(one) for one in query.split("&") if one and not PAGE_PARAMETER.fullmatch(one)]


def _page_parameters(query: str) -> list[re.Match[str]]:
    return [found for one in query.split("&") if (found := PAGE_PARAMETER.fullmatch(one))]


def _percent_encoded(slug: str) -> bytes:
    return "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode()) for c in slug).encode()
