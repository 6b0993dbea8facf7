"""A folder of saved pages, served as sites at their own paths."""

import gzip
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest

from pipeline.errors import ConfigurationError
from pipeline.newsroom import RunningNewsroom, running_newsroom
from pipeline.settings import Settings
from pipeline.sources.loader import load_source

EVALUATION_DATA = Path(__file__).parents[3] / "shared" / "data"


def saved(folder: Path, pages: dict[str, tuple[dict[str, Any] | None, bytes]]) -> Path:
    (folder / "html").mkdir(parents=True)
    for page_id, (_, body) in pages.items():
        (folder / "html" / f"{page_id}.html.gz").write_bytes(gzip.compress(body))
    truth = {page_id: truth for page_id, (truth, _) in pages.items() if truth is not None}
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


def url_of(running: RunningNewsroom, host: str, target: str) -> str:
    return f"http://{host}.localhost:{running.port}{target}"


PAGES: dict[str, tuple[dict[str, Any] | None, bytes]] = {
    "secure": ({"url": "https://www.Paper.example/a/one?id=4&ref=x", "country": "at", "language": "de"}, b"<p>1"),
    "meta": ({"url": "http://www.paper.example:8080/a/two"}, b"<meta charset='iso-8859-1'><p>\xfc"),
    "twice": ({"url": "http://www.paper.example/a/two"}, b"<p>again"),
    "umlaut": ({"url": "https://other.example.de/f%C3%BCr/pl\u00e4tze"}, b"<?xml version='1.0' encoding='utf-8'?><p>"),
    "homeless": ({"headline": "No address"}, b"<p>homeless"),
    "mail": ({"url": "mailto:someone@paper.example"}, b"<p>mail"),
    "unknown": (None, b"<p>unknown"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return saved(tmp_path / "pages", PAGES)


def test_every_page_is_served_as_it_was_saved(settings: Settings, folder: Path, get: Any) -> None:
    with running_newsroom(settings, port=0, pages=folder) as running:
        assert running.page_urls.keys() == PAGES.keys()
        for page_id, url in running.page_urls.items():
            answer = get(url)
            assert (answer.status, answer.body) == (200, PAGES[page_id][1]), page_id


def test_pages_stand_at_their_own_path_and_query_under_their_host(settings: Settings, folder: Path, get: Any) -> None:
    with running_newsroom(settings, port=0, pages=folder) as running:
        assert running.page_urls["secure"] == url_of(running, "www.paper.example", "/a/one?id=4&ref=x")
        assert running.page_urls["twice"] == url_of(running, "www.paper.example", "/a/two?dateline_copy=twice")
        for spelling in ("/a/one?ref=x&id=4", "/a/one?id=4", "/a/one", "/a/one?id=4&utm_source=feed"):
            assert get(url_of(running, "www.paper.example", spelling)).body == b"<p>1", spelling
        assert get(url_of(running, "other.example.de", "/f%c3%bcr/pl%C3%A4tze")).status == 200
        assert get(url_of(running, "www.paper.example", "/a/three")).status == 404
        assert "no-url.invalid" in running.page_urls["homeless"]


def test_a_charset_is_sent_only_where_the_page_declares_none(settings: Settings, folder: Path, get: Any) -> None:
    with running_newsroom(settings, port=0, pages=folder) as running:
        sent = {page_id: get(url).headers.get_content_charset() for page_id, url in running.page_urls.items()}
    assert sent.pop("meta") is None
    assert sent.pop("umlaut") is None
    assert set(sent.values()) == {"utf-8"}


def test_each_host_is_a_source_whose_feed_lists_links_only(settings: Settings, folder: Path, get: Any) -> None:
    with running_newsroom(settings, port=0, pages=folder) as running:
        sources = {path.stem: load_source(path) for path in running.sources_folder.glob("*.yml")}
        assert set(sources) == {"www-paper-example", "other-example-de", "no-url-invalid"}
        paper = sources["www-paper-example"]
        assert (paper.country_code, paper.language, paper.timezone) == ("AUT", "de", "UTC")
        assert (sources["other-example-de"].country_code, sources["other-example-de"].language) == ("DEU", "en")
        listed = []
        for source in sources.values():
            parsed = feedparser.parse(get(source.feeds[0].url).body)
            assert all("title" not in entry for entry in parsed.entries)
            listed += [entry.link for entry in parsed.entries]
        assert sorted(listed) == sorted(running.page_urls.values())


def test_what_was_odd_is_remarked(settings: Settings, folder: Path) -> None:
    with running_newsroom(settings, port=0, pages=folder) as running:
        remarks = " ".join(running.remarks)
    assert "3 without a usable address" in remarks
    assert "1 not in truth.json" in remarks
    assert "1 at an address that another page has" in remarks


def test_hosts_that_would_share_a_source_id_get_their_own(settings: Settings, tmp_path: Path) -> None:
    two = saved(
        tmp_path / "pages",
        {"a": ({"url": "http://a-b.example/"}, b"<p>"), "b": ({"url": "http://a.b.example/"}, b"<p>")},
    )
    with running_newsroom(settings, port=0, pages=two) as running:
        assert {path.stem for path in running.sources_folder.glob("*.yml")} == {"a-b-example", "a-b-example-2"}


def test_a_single_article_is_a_folder_too(settings: Settings, tmp_path: Path, get: Any) -> None:
    (tmp_path / "article.html").write_bytes(b"<p>single")
    truth = {"article": {"url": "http://paper.example/one.htm", "publisher": "The Paper", "language": "en"}}
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    with running_newsroom(settings, port=0, pages=tmp_path) as running:
        assert running.page_urls == {"article": url_of(running, "paper.example", "/one.htm")}
        assert get(running.page_urls["article"]).body == b"<p>single"
        assert load_source(running.sources_folder / "paper-example.yml").name == "The Paper"


@pytest.mark.parametrize(
    ("truth", "sentence"), [(None, "is missing"), ("{", "is not JSON"), ("[]", "not a JSON object"), ("{}", "no pages")]
)
def test_a_folder_that_holds_no_pages_is_said_so(
    settings: Settings, tmp_path: Path, truth: str | None, sentence: str
) -> None:
    if truth is not None:
        (tmp_path / "truth.json").write_text(truth)
    with pytest.raises(ConfigurationError, match=sentence), running_newsroom(settings, port=0, pages=tmp_path):
        pytest.fail("it started")


@pytest.mark.real_pages
@pytest.mark.parametrize("name", ["articles/fundus", "seed"])
def test_real_pages_are_all_served(settings: Settings, get: Any, name: str) -> None:
    folder = EVALUATION_DATA / name
    if not folder.is_dir():
        pytest.skip("the evaluation data is not beside the project")
    with running_newsroom(settings, port=0, pages=folder) as running:
        files = [*folder.glob("html/*"), *folder.glob("article.html")]
        assert len(running.page_urls) == len(files)
        assert all(get(url).status == 200 for url in running.page_urls.values())
        assert all(urlsplit(url).netloc.endswith(f".localhost:{running.port}") for url in running.page_urls.values())
        for path in running.sources_folder.glob("*.yml"):
            load_source(path)
