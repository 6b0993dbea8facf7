"""The peers of `make bench-read`: each reads pages as its users call it, with the contract of `dateline read`.

    python peer_readers.py NAME < questions > answers

A question is one JSON line {"id", "url", "path"}, an answer {"id", "headline", "byline", "published_at", "body"}; what
a peer does not give is null. A peer that fails on a page answers with its error, and goes on.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from typing import Any

Answer = dict[str, Any]
Reader = Callable[[bytes, str | None], Answer]


def trafilatura(**options: bool) -> Reader:
    """trafilatura with its metadata, comments left out."""
    from trafilatura import bare_extraction

    def read(raw: bytes, url: str | None) -> Answer:
        document = bare_extraction(raw, url=url, with_metadata=True, include_comments=False, **options)
        if document is None:
            return {}
        return {
            "headline": document.title,
            "byline": document.author,
            "published_at": document.date,
            "body": document.text,
        }

    return read


def newspaper4k() -> Reader:
    """newspaper4k, told the page; it asks nobody."""
    import newspaper

    def read(raw: bytes, url: str | None) -> Answer:
        config = newspaper.Config()
        config.fetch_images = False
        article = newspaper.Article(url or "http://page.example/", config=config)
        article.download(input_html=raw.decode("utf-8", "replace"))
        article.parse()
        published = article.publish_date
        return {
            "headline": article.title,
            "byline": list(article.authors),
            "published_at": published.isoformat() if published else None,
            "body": article.text,
        }

    return read


def readability_lxml() -> Reader:
    """readability-lxml; the text of its summary, one line for each block."""
    from lxml import html
    from readability import Document

    def read(raw: bytes, url: str | None) -> Answer:
        document = Document(raw, url=url)
        tree = html.fragment_fromstring(document.summary(html_partial=True), create_parent="div")
        for block in tree.iter("p", "div", "li", "h1", "h2", "h3", "h4", "br", "td"):
            block.tail = "\n" + (block.tail or "")
        return {"headline": document.short_title(), "body": tree.text_content()}

    return read


PEERS: dict[str, Callable[[], Reader]] = {
    "trafilatura": trafilatura,
    "trafilatura, favor_precision": lambda: trafilatura(favor_precision=True),
    "trafilatura, fast": lambda: trafilatura(fast=True),
    "newspaper4k": newspaper4k,
    "readability-lxml": readability_lxml,
}


def main() -> None:
    read = PEERS[sys.argv[1]]()
    for line in sys.stdin:
        question = json.loads(line)
        with gzip.open(question["path"]) as file:
            raw = file.read()
        try:
            answer = read(raw, question["url"])
        except Exception as error:  # noqa: BLE001  whatever a peer fails with, the next page is read
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps({"id": question["id"], **answer}))


if __name__ == "__main__":
    main()
