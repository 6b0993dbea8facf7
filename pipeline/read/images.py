"""The article's own pictures: what its part of the page shows, with caption and credit, and what its head names.

The page's own figures come first in trust: only they carry the caption a reader saw. The pictures that JSON-LD and
og:image name are mostly other crops of the lead picture; they join it where the file is recognisably the same, and
count as a picture of their own only where the page shows none at its head.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.read.article_part import pictures_in_article
from pipeline.read.captions import Caption, split_credit
from pipeline.read.image_urls import absolute_image_url, are_surely_two, is_placeholder, picture_key
from pipeline.read.page import Page
from pipeline.read.structured import StructuredArticle
from pipeline.records import Image

_MOST_IMAGES = 30
_MOST_STATED = 60


class _Picture(NamedTuple):
    url: str
    caption: Caption
    is_lead: bool


def read_images(page: Page, structured: Sequence[StructuredArticle], headline: str | None) -> tuple[Image, ...]:
    """The pictures of the article, the lead picture first, each once, at most 30.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say.
        headline: the chosen one; it tells where the article begins.
    """
    shown = [
        _Picture(url, picture.caption, picture.is_lead)
        for picture in pictures_in_article(page, headline)
        if (url := absolute_image_url(page, picture.addresses))
    ]
    stated = list(_stated(page, structured))
    pictures = [*_lead_of(shown, stated), *shown]
    captions = {picture_key(picture.url): picture.caption for picture in stated if picture.caption.text}
    found: dict[str, Image] = {}
    for picture in pictures:
        key = picture_key(picture.url)
        caption = picture.caption.or_else(captions.get(key))
        before = found.get(key)
        if before is None:
            if len(found) < _MOST_IMAGES:
                found[key] = Image(url=picture.url, caption=caption.text, credit=caption.credit)
        elif before.caption is None and caption.text:
            found[key] = Image(url=before.url, caption=caption.text, credit=before.credit or caption.credit)
    return tuple(found.values())


def _stated(page: Page, structured: Sequence[StructuredArticle]) -> Iterable[_Picture]:
    """What JSON-LD, microdata and og:image name, without logos and placeholders."""
    for item in structured:
        for image in tuple(getattr(item, "images", ()))[:_MOST_STATED]:
            url = absolute_image_url(page, [image.url])
            if url and not is_placeholder(url):
                text, credit = split_credit(image.caption)
                yield _Picture(url, Caption(text, image.credit or credit), is_lead=True)
    for name in ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"):
        for address in page.meta.get(name, ())[:1]:
            url = absolute_image_url(page, [address])
            if url and not is_placeholder(url):
                yield _Picture(url, Caption(None, None), is_lead=True)


def _lead_of(shown: Sequence[_Picture], stated: Sequence[_Picture]) -> list[_Picture]:
    """The lead picture, where the head of the page knows it and its article part does not show it first.

    The same file among the shown ones, wherever it stands, is the lead. Else the page's own picture at the head of
    the article is it, and what is stated is taken for another crop of it, unless the names say that they show two
    different things. Else the first stated one is.
    """
    if not stated:
        return []
    keys = {picture_key(picture.url): picture for picture in reversed(shown)}
    for picture in stated:
        if same := keys.get(picture_key(picture.url)):
            return [same]
    if shown and shown[0].is_lead and not are_surely_two(shown[0].url, stated[0].url):
        if shown[0].caption.text is None and stated[0].caption.text:
            return [shown[0]._replace(caption=shown[0].caption.or_else(stated[0].caption))]
        return []
    others = [picture for picture in stated[1:] if picture.caption.text and picture.caption != stated[0].caption]
    return [stated[0], *others]
