"""The addresses of pictures: which of several to take, and when two of them are one picture in two sizes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from pipeline.read.page import Page

_SRCSET_ENTRY = re.compile(r"([^\s,]\S*)(?:\s+([\d.]+)([wx]))?\s*(?:,|$)")
_LONGEST_SRCSET_CHARACTERS = 20_000
_LONGEST_ADDRESS_CHARACTERS = 2_000
_ABSOLUTE = re.compile(r"https?://[^/?#\s:@]+(?::\d+)?[/?][^/\s]", re.IGNORECASE)
_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-full-src", "data-image", "data-url",
    "data-hi-res-src", "data-src-large", "data-large-file", "data-actualsrc", "data-runner-src",
)  # fmt: skip
_LAZY_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-sources", "data-original-set")
_NO_PICTURE = re.compile(
    r"^(?:data|blob|about|javascript):|[{}]|\.svg(?:$|[?#])|(?:^|[/_.-])(?:spacer|blank|pixel|transparent|1x1"
    r"|loading|loader|grey|lazy"
    r"|placeholder(?:-image)?|sprite)(?:[_-]?\d+)?(?:[_.-][a-z]+)?\.(?:gif|png|jpe?g|webp)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?:^|[/_.-])(?:logos?|favicon|icons?|avatars?|gravatar|default|fallback|placeholder|no-?image|no-?photo|no-?thumb"
    r"|share|sharing|social"
    r"|opengraph|og-?image|og-?default|site-?image|profile|author|headshot|badge|button|emoji|sprite|pixel"
    r"|spacer|blank)"
    r"(?:[_.@-](?!\w{12})[\w-]*)?\.(?:gif|png|jpe?g|webp|svg)(?:$|[?#])"
    r"|/(?:no-?thumb|logos?|icons?|avatars?|favicons?|emoji|placeholders?|authors?|profile_images|badges)/"
    r"|gravatar\.com|[_-]logo\b|\blogo[_-]",
    re.IGNORECASE,
)
_NESTED = re.compile(r"https?(?::|%3A)(?:/|%2F){1,2}", re.IGNORECASE)
# What a path or a file name says of size and crop alone.
_SIZE = re.compile(
    r"(?:^|[_.,@-])(?:w|h|width|height|q|quality|c|e|g|s|ar|f|t|r|fl|dpr|x|y|z)[_=:-]?\d+[^_.,-]*(?=$|[_.,-])"
    r"|(?:^|[_@.-])\d{2,4}(?:x\d{2,4}|px|w)?(?=$|[_@.-])|@\dx"
    r"|(?:^|[_-])(?:scaled|large|medium|small|thumb(?:nail)?|full|original|landscape|portrait|square|wide"
    r"|crop(?:ped)?|master|xs|sm|md|lg|xl|xxl)(?=$|[_-])",
    re.IGNORECASE,
)
_SIZE_SEGMENT = re.compile(
    r"^(?:\d+x\d+|\d{1,4}|\d+w|(?:[a-z]{1,2}_[^,/]*,?)+|\d+[:_-]\d+|fit-in|resize|crop|smart|w:?\d+|image"
    r"|images|img|original|master"
    r"|large|medium|small|full|thumb(?:nail)?s?|landscape|portrait|square|wide|filters:.*|rs:.*|format:.*"
    r"|quality:.*|_next|t_.*)$",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"(?:\.(?:jpe?g|png|webp|avif|gif|jfif|tiff?))+$", re.IGNORECASE)
_NAME_WORD = re.compile(r"(?<![a-z0-9])[a-z]{4,}(?![a-z0-9])")
_TELLING_WORDS = 3
_PICTURE_FILE = re.compile(
    r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])|/(?:media|image|photo|gallery|foto|bild|file:)", re.IGNORECASE
)
_SMALLEST_PIXELS = 120  # an icon or a portrait is smaller in one of its sides
_TELLING_CHARACTERS = 8  # a file name as long as this is one picture's alone


def addresses_of(image: etree._Element) -> list[str]:
    """Every address an img says it has, the largest of its sets first, then the lazy ones, then its src."""
    sets = [image]
    parent = image.getparent()
    while parent is not None and parent.tag == "source":  # libxml2 does not know that a source has no content
        parent = parent.getparent()
    if parent is not None and parent.tag == "picture":
        sets += parent.iter("source")
    sized: list[tuple[float, str]] = []
    for element in sets:
        for name in _LAZY_SETS:
            if value := element.get(name):
                sized += entries_of(value)
    sized.sort(key=lambda entry: -entry[0])  # stable: among equals the first written
    plain = [value for name in (*_LAZY, "src") if (value := image.get(name))]
    return [address for _, address in sized] + plain


def entries_of(srcset: str) -> list[tuple[float, str]]:
    """(width or density, address) of each entry of a srcset; a comma within an address divides nothing."""
    found = []
    for address, size, _ in _SRCSET_ENTRY.findall(srcset[:_LONGEST_SRCSET_CHARACTERS]):
        found.append((float(size) if size.count(".") <= 1 and size.strip(".") else 1.0, address.rstrip(",")))
    return found


def _side(image: etree._Element, name: str) -> float | None:
    value = (image.get(name) or "").strip().removesuffix("px")
    return float(value) if value.isascii() and value.isdigit() and len(value) < 6 else None


def is_small(image: etree._Element) -> bool:
    """Whether an img states a size that no picture of an article has."""
    sides = [side for side in (_side(image, "width"), _side(image, "height")) if side is not None]
    # 0 and 1 stand in lazily loaded pictures too; with a size of their own they are pixels for counting.
    return any(side < _SMALLEST_PIXELS for side in sides) and not (max(sides) <= 1 and bool(image.get("data-src")))


def width_of(image: etree._Element) -> float:
    """The stated width of an img in pixels, 0 where it states none."""
    return _side(image, "width") or 0.0


def leads_away(image: etree._Element, url: str) -> bool:
    """Whether the picture is a link to another page, and not to a larger version of itself."""
    node = image.getparent()
    for _ in range(5):
        if node is None or node.tag in ("article", "body"):
            return False
        if node.tag == "a":
            address = node.get("href") or ""
            if not address or address.startswith(("#", "javascript:", "data:")) or _PICTURE_FILE.search(address):
                return False
            try:
                return urlsplit(address).path.rstrip("/") not in ("", urlsplit(url).path.rstrip("/"))
            except ValueError:
                return True
        node = node.getparent()
    return False


def absolute_image_url(page: Page, addresses: Iterable[str]) -> str | None:
    """The first of the addresses that can be a picture, absolute; None where none is."""
    for raw in addresses:
        address = raw.strip()
        if not address or len(address) > _LONGEST_ADDRESS_CHARACTERS or _NO_PICTURE.search(address):
            continue
        if _ABSOLUTE.match(address):
            return address.replace(" ", "%20")
        try:
            url = urljoin(_base_of(page), address).replace(" ", "%20")
        except ValueError:
            continue
        if _ABSOLUTE.match(url):
            return url
    return None


def is_placeholder(url: str) -> bool:
    """Whether an address names a logo, an icon, a portrait of the author, or the site's picture for want of one."""
    return _PLACEHOLDER.search(url) is not None


@lru_cache(maxsize=4_096)
def picture_key(url: str) -> str:
    """What two addresses of one picture in two sizes have in common.

    The file's name without what says its size, where that name is telling; else the path without the parts that say
    a size. An address within the address (image services) counts instead of the service's own.
    """
    nested = list(_NESTED.finditer(url))
    inner = unquote(url[nested[-1].start() :]) if len(nested) > 1 else url
    parts = urlsplit(inner.split("&", 1)[0] if inner is not url else inner)
    segments = [segment for segment in unquote(parts.path).lower().split("/") if segment]
    if not segments:
        return f"{parts.netloc}?{parts.query}"
    name = _EXTENSION.sub("", segments[-1])
    bare = _SIZE.sub("", name).strip("_-.,@") or name
    if len(bare) >= _TELLING_CHARACTERS:
        return bare
    telling = [segment for segment in segments[:-1] if not _SIZE_SEGMENT.match(segment)]
    key = "/".join((*telling[-3:], bare if not _SIZE_SEGMENT.match(name) else ""))
    return key if len(key) >= _TELLING_CHARACTERS else f"{parts.netloc}/{key}?{parts.query}"


def are_surely_two(one: str, other: str) -> bool:
    """Whether two addresses have names of several words each, and share none: then they show different things.

    Names that are numbers or hashes say nothing: many systems give every crop a name of its own.
    """
    words = [set(_NAME_WORD.findall(picture_key(url))) for url in (one, other)]
    return all(len(found) >= _TELLING_WORDS for found in words) and not words[0] & words[1]


def _base_of(page: Page) -> str:
    """What relative addresses start from: the base element counts, itself from the page's address."""
    for base in page.tree.iterfind("head/base"):
        if address := base.get("href"):
            return urljoin(page.url, address.strip())
    return page.url
