"""The verb `read`: one answer for each question."""

import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.errors import DatelineError
from pipeline.jsonl import answer_lines
from pipeline.read.answer import answer_read, read_for_person
from pipeline.sources.by_address import SourcesByAddress

GOLDEN = Path(__file__).parent / "golden"
FIELDS = {
    "status",
    "url",
    "canonical_url",
    "headline",
    "standfirst",
    "byline",
    "published_at",
    "modified_at",
    "section",
    "language",
    "publisher",
    "body",
    "agencies",
    "keywords",
    "images",
    "is_accessible_for_free",
    "sources",
}


@pytest.fixture(autouse=True)
def _no_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    monkeypatch.setattr("pipeline.read.answer._sources", lambda: SourcesByAddress(()))


def test_an_article_read_alone_is_new_and_has_every_field() -> None:
    url = "https://www.marrowbay.example/news/ferry-timetable"
    answer = answer_read({"id": "a", "url": url, "path": str(GOLDEN / "json_ld.html")})
    assert set(answer) == FIELDS
    assert (answer["status"], answer["url"]) == ("new", url)
    assert answer["published_at"] == "2024-10-22T14:05:00+01:00"
    assert answer["byline"] == ["Tomas Reyl", "Anna Brook"]


def test_a_packed_page_reads_as_the_page_itself(tmp_path: Path) -> None:
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress((GOLDEN / "graph.html").read_bytes()))
    assert answer_read({"id": "a", "path": str(packed)}) == answer_read({"id": "a", "path": str(GOLDEN / "graph.html")})


def test_what_is_no_article_has_its_status_and_no_text() -> None:
    answer = answer_read({"id": "a", "path": str(GOLDEN / "soft_404.html")})
    assert (answer["status"], answer["body"]) == ("soft_404", None)
    assert answer["error"]


def test_a_page_that_cannot_be_opened_answers_on_its_own_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.html.gz"
    broken.write_bytes(b"\x1f\x8b no gzip")
    questions = [
        {"id": "missing", "path": str(tmp_path / "none.html")},
        {"id": "broken", "path": str(broken)},
        {"id": "no path"},
        {"id": "good", "path": str(GOLDEN / "graph.html")},
    ]
    answers = [json.loads(line) for line in answer_lines(map(json.dumps, questions), answer_read)]
    assert [a["id"] for a in answers] == ["missing", "broken", "no path", "good"]
    assert [a["status"] for a in answers] == ["quarantined", "quarantined", "quarantined", "new"]


def test_a_person_gets_a_readable_page() -> None:
    shown = read_for_person(str(GOLDEN / "json_ld.html"))
    assert "headline       Ferry company cuts winter timetable by a third" in shown
    assert "byline         Tomas Reyl, Anna Brook" in shown
    assert "The crews’ union said" in shown


def test_a_person_who_names_no_file_hears_so(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="cannot read"):
        read_for_person(str(tmp_path / "none.html"))


class _OnePage(BaseHTTPRequestHandler):
    """The page at /ferry, 404 for everything else."""

    def do_GET(self) -> None:
        found = self.path == "/ferry"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((GOLDEN / "json_ld.html").read_bytes() if found else b"")

    def log_message(self, *_: object) -> None:
        pass


def test_an_address_is_fetched_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DELAY_SECONDS", "0")
    with ThreadingHTTPServer(("127.0.0.1", 0), _OnePage) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://bay.localhost:{server.server_address[1]}"
        try:
            shown = read_for_person(f"{base}/ferry")
            with pytest.raises(DatelineError, match="gave no page: gone"):
                read_for_person(f"{base}/none")
        finally:
            server.shutdown()
    assert "headline       Ferry company cuts winter timetable by a third" in shown
