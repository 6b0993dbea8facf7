"""The command-line verb `read`: a page in a file, or at an address, becomes one answer."""

from __future__ import annotations

import textwrap
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from isal import igzip

from pipeline.errors import DatelineError
from pipeline.read.joined_pages import join_pages
from pipeline.read.learned_furniture import without_learned
from pipeline.read.page_process import lasting_reader
from pipeline.read.page_protocol import PageInput
from pipeline.records import FurnitureLine
from pipeline.settings import load_settings
from pipeline.sources.by_address import SourcesByAddress
from pipeline.sources.facts import facts_of
from pipeline.sources.loader import load_catalogue
from pipeline.sources.model import Feed, Source
from pipeline.statuses import ArticleStatus, FetchStatus

if TYPE_CHECKING:
    from pipeline.gather.answer import Answer
    from pipeline.read.page_reading import PageReading

_MAX_PAGE_BYTES = 200_000_000  # of an unpacked file: a small .gz may hold a page that fills the memory
_LINE_WIDTH = 100


def answer_read(question: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to {"id", "url", "path"}, without `id`.

    An article read alone answers with the status `new`; what is none answers with its own status and no text.
    Where the URL belongs to a source of the catalogue, enabled or not, its site rules and its time zone are used,
    and the furniture that the current edition has learnt of it. All languages are read. A page that takes too long
    or too much memory answers as `quarantined`, with the reason.

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
            with igzip.open(path) as file:  # type: ignore[no-untyped-call]  # isal has no annotations
                raw = file.read(_MAX_PAGE_BYTES + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(_MAX_PAGE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DatelineError(f"cannot read {path}: {error}") from error
    if len(raw) > _MAX_PAGE_BYTES:
        raise DatelineError(f"{path} holds more than {_MAX_PAGE_BYTES} bytes")
    source = _source_of(url)
    return _read(PageInput(raw=raw, url=url, fetched_at=datetime.now(UTC), source=facts_of(source)), source)


def _read_address(url: str) -> PageReading:
    """Fetch a page as gathering does, robots.txt and further pages included, and read it."""
    from pipeline.gather.further_pages import FurtherPages  # noqa: PLC0415  a file needs no HTTP client
    from pipeline.gather.gathering import open_client  # noqa: PLC0415  see above
    from pipeline.gather.pace import HostPace  # noqa: PLC0415  see above
    from pipeline.gather.page_visit import PAGE, judged  # noqa: PLC0415  see above

    source = _source_of(url)
    with open_client(load_settings(), source or _unknown_source(url), HostPace()) as client:
        first = judged(client.ask(url, PAGE))
        if first.status is not FetchStatus.CAPTURED or first.body is None:
            raise DatelineError(f"{url} gave no page: {first.in_words()}")
        pages = [first, *FurtherPages(first, lambda address: judged(client.ask(address, PAGE)))]
    readings = [_read(_input_of(page, source), source) for page in pages]
    return join_pages(readings[0], readings[1:])


def _input_of(answer: Answer, source: Source | None) -> PageInput:
    return PageInput(
        raw=answer.body or b"",
        url=answer.final_url or answer.url,
        fetched_at=answer.requested_at or datetime.now(UTC),
        content_type=answer.content_type,
        source=facts_of(source),
    )


def _read(page: PageInput, source: Source | None) -> PageReading:
    """One page, read in the child process, without the furniture that its source is known for."""
    reading = lasting_reader().read(page)
    keys = _learned_keys().get(source.id) if source else None
    return replace(reading, body=without_learned(reading.body, keys)) if keys and reading.body else reading


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
        "agencies": list(reading.agencies) if is_article else [],
        "published_at": reading.published.as_text() if reading.published else None,
        "modified_at": reading.modified.as_text() if reading.modified else None,
        "section": reading.section,
        "language": reading.language,
        "publisher": reading.publisher,
        "keywords": list(reading.keywords),
        "images": [asdict(image) for image in reading.images] if is_article else [],
        "is_accessible_for_free": reading.is_accessible_for_free,
        "body": reading.body if is_article else None,
        "sources": {
            "headline": reading.headline_source,
            "standfirst": reading.standfirst_source if is_article else None,
            "byline": reading.byline_source if is_article else None,
            "published_at": reading.published_source,
            "modified_at": reading.modified_source,
            "section": reading.section_source,
            "language": reading.language_source,
            "body": reading.extractor if is_article else None,
        },
    }
    if reading.reason:
        answer["error"] = reading.reason
    return answer


def _in_words(reading: PageReading) -> str:
    answer = _answer(reading)
    lines = [f"status         {answer['status']}" + (f" ({answer['error']})" if answer.get("error") else "")]
    for name in ("canonical_url", "headline", "standfirst", "byline", "agencies", "published_at", "modified_at",
                 "section", "language", "keywords", "publisher"):  # fmt: skip
        value = answer[name]
        shown = ", ".join(value) if isinstance(value, list) else value
        source = f" [{answer['sources'][name]}]" if shown and answer["sources"].get(name) else ""
        lines.append(textwrap.fill(f"{name:15}{shown or '-'}{source}", _LINE_WIDTH, subsequent_indent=" " * 15))
    for image in answer["images"]:
        words = " · ".join(text for text in (image["caption"], image["credit"]) if text)
        lines.append(
            textwrap.fill(f"{'image':15}{image['url']} {words}".rstrip(), _LINE_WIDTH, subsequent_indent=" " * 15)
        )
    if answer["is_accessible_for_free"] is not None:
        lines.append(f"{'access':15}{'free' if answer['is_accessible_for_free'] else 'behind a paywall'}")
    if answer["body"]:
        lines.append(f"{'text':15}{len(answer['body'])} characters [{answer['sources']['body']}]")
    for paragraph in (answer["body"] or "").split("\n\n"):
        lines += ["", textwrap.fill(paragraph, _LINE_WIDTH)]
    return "\n".join(lines).rstrip()


def _source_of(url: str) -> Source | None:
    return _sources().find(url)


@lru_cache(maxsize=1)
def _sources() -> SourcesByAddress:
    return SourcesByAddress(load_catalogue(load_settings()).values())


@lru_cache(maxsize=1)
def _learned_keys() -> dict[str, frozenset[str]]:
    """The keys of the furniture lines of every source, as the current edition has them; empty without an edition."""
    from pipeline.known import open_known  # noqa: PLC0415  DuckDB, where there is an edition
    from pipeline.read.learned_furniture import keys_of  # noqa: PLC0415  see above

    edition = load_settings().current_edition_file
    if not edition.exists():
        return {}
    with open_known(edition) as known:
        lines = known.furniture(sorted(known.source_ids()))
    return {source_id: frozenset(keys_of(lines_of)) for source_id, lines_of in _by_source(lines).items()}


def _by_source(lines: Iterable[FurnitureLine]) -> dict[str, list[FurnitureLine]]:
    found: defaultdict[str, list[FurnitureLine]] = defaultdict(list)
    for line in lines:
        found[line.source_id].append(line)
    return found
