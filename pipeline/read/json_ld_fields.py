"""The fields of one JSON-LD node: texts, names, pictures, what is free, and where in the site it stands."""

from __future__ import annotations

import html
import re
from functools import cached_property
from typing import Any

from pipeline.read.structured_article import StatedImage, StructuredArticle
from pipeline.read.text import clean_line

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MOST_INDEXED = 50_000
_DEEPEST = 40
_MOST_LISTED = 200  # names, keywords, crumbs
_MOST_IMAGES = 50
_LONGEST_TEXT_CHARACTERS = 20_000

JsonObject = dict[str, Any]


class NodesById:
    """The nodes of a page by their @id, indexed when a reference is first followed."""

    def __init__(self, roots: list[Any]) -> None:
        self._roots = roots

    def followed(self, value: Any) -> Any:
        """`value`, or the node that it refers to where it is nothing but a reference by @id."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.keys() - {"@id", "@type"}:
            return self._index.get(value["@id"], value)
        return value

    @cached_property
    def _index(self) -> dict[str, JsonObject]:
        found: dict[str, JsonObject] = {}
        level: list[Any] = self._roots
        seen = 0
        for _ in range(_DEEPEST):
            below: list[Any] = []
            for value in level:
                if isinstance(value, dict):
                    own_id = value.get("@id")
                    if isinstance(own_id, str) and value.keys() - {"@id", "@type"}:
                        found.setdefault(own_id, value)
                    below += [inner for inner in value.values() if isinstance(inner, dict | list)]
                elif isinstance(value, list):
                    below += [inner for inner in value if isinstance(inner, dict | list)]
            seen += len(level)
            if not below or seen > _MOST_INDEXED:
                break
            level = below
        return found


def article_of(node: JsonObject, by_id: NodesById) -> StructuredArticle:
    """What a node says of the article that it is."""
    publisher = _names(node.get("publisher"), by_id)
    body = node.get("articleBody")
    return StructuredArticle(
        origin="json_ld",
        headline=text_of(node.get("headline")) or text_of(node.get("name")),
        alternative_headline=text_of(node.get("alternativeHeadline")) or text_of(node.get("alternateName")),
        description=text_of(node.get("description")),
        authors=_names(node.get("author") or node.get("creator"), by_id),
        published=text_of(node.get("datePublished"))
        or text_of(node.get("dateCreated"))
        or text_of(node.get("coverageStartTime")),
        modified=text_of(node.get("dateModified")),
        section=text_of(node.get("articleSection")),
        keywords=_words(node.get("keywords")),
        language=text_of(node.get("inLanguage")),
        publisher=publisher[0] if publisher else None,
        body=body if isinstance(body, str) else None,
        images=_images(node.get("image"), by_id),
        is_accessible_for_free=_is_free(node, by_id),
    )


def types_of(node: JsonObject) -> tuple[str, ...]:
    """The schema.org types of a node, without the vocabulary's address."""
    kinds = node.get("@type") or node.get("type")
    if isinstance(kinds, str):
        kinds = (kinds,)
    elif not isinstance(kinds, list):
        return ()
    named = [kind.strip().rstrip("/") for kind in kinds[:20] if isinstance(kind, str) and len(kind) < 100]
    return tuple(re.split(r"[/#:]", kind)[-1] for kind in named if kind)


def text_of(value: Any, depth: int = 0) -> str | None:
    """The text of a JSON value: a string, the first of a list, the @value or name of an object."""
    if isinstance(value, str):
        if len(value) > _LONGEST_TEXT_CHARACTERS:
            value = value[:_LONGEST_TEXT_CHARACTERS]
        if "&" in value:
            value = html.unescape(value)
        return clean_line(_TAG.sub("", value) if "<" in value else value) or None
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return next((text for item in value[:_MOST_LISTED] if (text := text_of(item, depth + 1))), None)
    if isinstance(value, dict):
        return text_of(value.get("@value"), depth + 1) or text_of(value.get("name"), depth + 1)
    return None


def breadcrumbs_of(node: JsonObject) -> list[tuple[str, str | None]]:
    """Name and address of each entry of a BreadcrumbList, by position."""
    found: list[tuple[float, str, str | None]] = []
    entries = node.get("itemListElement")
    for order, entry in enumerate((entries if isinstance(entries, list) else [entries])[:_MOST_LISTED]):
        if not isinstance(entry, dict):
            continue
        item = entry.get("item")
        name = text_of(entry.get("name")) or (text_of(item) if isinstance(item, dict) else None)
        address = item.get("@id") or item.get("url") if isinstance(item, dict) else item
        try:
            position = float(entry.get("position", order))
        except (TypeError, ValueError, OverflowError):
            position = order
        if name:
            found.append((position, name, address if isinstance(address, str) else None))
    found.sort(key=lambda crumb: crumb[0])
    return [(name, address) for _, name, address in found]


def _names(value: Any, by_id: NodesById, depth: int = 0) -> tuple[str, ...]:
    """The names of people or organisations; references by @id are followed."""
    names: dict[str, None] = {}
    for entry in value[:_MOST_LISTED] if isinstance(value, list) else [value]:
        item = by_id.followed(entry)
        if isinstance(item, list) and depth < _DEEPEST:
            names |= dict.fromkeys(_names(item, by_id, depth + 1))
        elif isinstance(item, dict):
            listed = item.get("name")
            for name in listed if isinstance(listed, list) else [listed]:
                if text := text_of(name):
                    names[text] = None
        elif text := text_of(item):
            names[text] = None
    return tuple(names)


def _words(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else []
    return tuple(
        dict.fromkeys(word for item in listed[:_MOST_LISTED] if isinstance(item, str) and (word := clean_line(item)))
    )


def _images(value: Any, by_id: NodesById) -> tuple[StatedImage, ...]:
    """The pictures of a node: an address, an ImageObject, a reference to one, or a list of these."""
    found: dict[str, StatedImage] = {}
    for entry in value[:_MOST_IMAGES] if isinstance(value, list) else [value]:
        item = by_id.followed(entry)
        if isinstance(item, str):
            address, caption, credit = item, None, None
        elif isinstance(item, dict):
            address = next((a for key in ("url", "contentUrl", "@id") if (a := _first(item.get(key)))), "")
            caption = text_of(item.get("caption")) or text_of(item.get("description"))
            names = _names(item.get("creator") or item.get("author") or item.get("copyrightHolder"), by_id)
            credit = text_of(item.get("creditText")) or ", ".join(names) or None
        else:
            continue
        if (address := address.strip()) and not address.startswith("#"):
            found.setdefault(address, StatedImage(address, caption, credit))
    return tuple(found.values())


def _first(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), None)
    return value if isinstance(value, str) else ""


def _is_free(node: JsonObject, by_id: NodesById) -> bool | None:
    """Whether it is free to read; not where one of its parts is not and it says nothing of the whole."""
    is_free = _truth(node.get("isAccessibleForFree"))
    if is_free is not None:
        return is_free
    parts = node.get("hasPart")
    for entry in parts[:_MOST_LISTED] if isinstance(parts, list) else [parts]:
        part = by_id.followed(entry)
        if isinstance(part, dict) and _truth(part.get("isAccessibleForFree")) is False:
            return False
    return None


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    word = str(value).rsplit("/", 1)[-1].strip().lower() if isinstance(value, str | int) else ""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(word)
