"""The command-line verb `read`: a page in a file, or at an address, becomes one answer."""

from __future__ import annotations

import gzip
import textwrap
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import DatelineError
from pipeline.read.canonical import site_of
from pipeline.read.reader import PageReading, read_page
from pipeline.settings import load_settings
from pipeline.sources.loader import load_sources
from pipeline.sources.model import Feed, Source
from pipeline.statuses import ArticleStatus, FetchStatus

_MAX_PAGE_BYTES = 200_000_000  # of an unpacked file: a small .gz may hold a page that fills the memory
_LINE_WIDTH = 100


def answer_read(question: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to {"id", "url", "path"}, without `id`.

    An article read alone answers with the status `new`; what is none answers with its own status and no text.
    Where the URL belongs to a source we know, its site rules and its time zone are used. All languages are read.

    Raises:
        DatelineError: the path is missing, or the file cannot be read; the caller answers with its reason.
    """
    path = question.get("path")
    if not isinstance(path, str) or not path:
        raise DatelineError("the question has no 'path' of a .html or .html.gz file")
    url = question.get("url")
    return _answer(_read_file(Path(path), url if isinstance(url, str) else ""))


def read_for_person(path_or_url: str) -> str:
    """A page from a file or an address, as a readable text.

    Raises:
        DatelineError: the file cannot be read, or the address gave no page.
    """
    if urlsplit(path_or_url).scheme in ("http", "https"):
        reading = _read_address(path_or_url)
    else:
        reading = _read_file(Path(path_or_url), "")
    return _in_words(reading)


def _read_file(path: Path, url: str) -> PageReading:
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as file:
                raw = file.read(_MAX_PAGE_BYTES + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(_MAX_PAGE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DatelineError(f"cannot read {path}: {error}") from error
    if len(raw) > _MAX_PAGE_BYTES:
        raise DatelineError(f"{path} holds more than {_MAX_PAGE_BYTES} bytes")
    return read_page(raw, url=url, fetched_at=datetime.now(UTC), source=_source_of(url))


def _read_address(url: str) -> PageReading:
    """Fetch a page as gathering does, robots.txt included, and read it."""
    from pipeline.gather.gathering import open_client  # noqa: PLC0415  a file needs no HTTP client
    from pipeline.gather.pace import HostPace  # noqa: PLC0415  only a URL needs the gatherer
    from pipeline.gather.page_visit import PAGE, judged  # noqa: PLC0415  only a URL needs the gatherer

    source = _source_of(url)
    with open_client(load_settings(), source or _unknown_source(url), HostPace()) as client:
        answer = judged(client.ask(url, PAGE))
    if answer.status is not FetchStatus.CAPTURED or answer.body is None:
        raise DatelineError(f"{url} gave no page: {answer.in_words()}")
    return read_page(
        answer.body,
        url=answer.final_url or url,
        fetched_at=answer.requested_at or datetime.now(UTC),
        content_type=answer.content_type,
        source=source,
    )


def _unknown_source(url: str) -> Source:
    """Whoever is behind `url`, to be asked once with our usual politeness; nothing of it reaches the reading."""
    return Source(
        id="unknown",
        name=urlsplit(url).hostname or "unknown",
        homepage=url,
        country_code="USA",
        language="en",
        timezone="UTC",
        feeds=(Feed(url=url, kind="rss"),),
    )


def _answer(reading: PageReading) -> dict[str, Any]:
    is_article = reading.status is ArticleStatus.NEW
    answer: dict[str, Any] = {
        "status": reading.status.value,
        "url": reading.url or None,
        "canonical_url": reading.canonical_url or None,
        "headline": reading.headline,
        "standfirst": reading.standfirst if is_article else None,
        "byline": list(reading.byline) if is_article else [],
        "published_at": reading.published.as_text() if reading.published else None,
        "modified_at": reading.modified.as_text() if reading.modified else None,
        "section": reading.section,
        "language": reading.language,
        "publisher": reading.publisher,
        "body": reading.body if is_article else None,
    }
    if reading.reason:
        answer["error"] = reading.reason
    return answer


def _in_words(reading: PageReading) -> str:
    answer = _answer(reading)
    lines = [f"status         {answer['status']}" + (f" ({answer['error']})" if answer.get("error") else "")]
    for name in ("canonical_url", "headline", "standfirst", "byline", "published_at", "modified_at", "section",
                 "language", "publisher"):  # fmt: skip
        value = answer[name]
        shown = ", ".join(value) if isinstance(value, list) else value
        lines.append(textwrap.fill(f"{name:15}{shown or '-'}", _LINE_WIDTH, subsequent_indent=" " * 15))
    for paragraph in (answer["body"] or "").split("\n\n"):
        lines += ["", textwrap.fill(paragraph, _LINE_WIDTH)]
    return "\n".join(lines).rstrip()


def _source_of(url: str) -> Source | None:
    host = urlsplit(url).hostname
    return _sources_by_site().get(site_of(host)) if host else None


@lru_cache(maxsize=1)
def _sources_by_site() -> dict[str, Source]:
    sources = load_sources(load_settings())
    return {site_of(urlsplit(source.homepage).hostname or ""): source for source in sources.values()}
