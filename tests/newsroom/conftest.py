"""What the newsroom's tests share: a running newsroom, a client, small article files."""

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline.newsroom import RunningNewsroom, running_newsroom
from pipeline.settings import Settings

DATE = date(2026, 11, 20)


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


Get = Callable[..., Answer]


def ask(url: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=10)
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request(method, target, headers={"Host": parts.netloc, **(headers or {})})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="session")
def get() -> Get:
    return ask


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNewsroom]:
    """All sites at the first visit. Tests that change the visit start one of their own."""
    settings = Settings(home=tmp_path_factory.mktemp("newsroom"))
    with running_newsroom(settings, port=0, visit=1, date=DATE, slow_seconds=0.1) as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def base(newsroom: RunningNewsroom) -> Callable[[str], str]:
    return lambda site_id: f"http://{site_id}.localhost:{newsroom.port}"


ARTICLES = """\
site: harbour-gazette
articles:
  - slug: ferry-pact
    headline: Norway and Portugal sign ferry pact
    standfirst: Boats to sail from {month:40}
    byline: [Ingrid Haugen, Rui Matos]
    agency: null
    section: World
    keywords: [ferries]
    published: {day: -1, time: "14:05"}
    story: ferry-pact
    duplicate_group: null
    body: |
      Norway's transport minister, Ola Brekke, signed a pact with Portugal in Oslo on {weekday:-1}.

      Boats will sail "twice a week" & more often in summer.
    events:
      - event_type: SUPPORT
        event_mode: null
        quad_class: 1
        actor: {text: "Ola Brekke", country_code: NOR, sector: GOV}
        recipient: {text: Portugal, country_code: PRT, sector: null}
        date: "{iso:-1}"
        place: {text: Oslo, country_code: NOR}
        modality: actual
        negated: false
        trigger: signed
        evidence: "Norway's transport minister, Ola Brekke, signed a pact with Portugal in Oslo on {weekday:-1}."
  - slug: quiet-market
    headline: Quiet day at the fish market
    standfirst: null
    byline: []
    section: Local
    published: {day: 0, time: "06:30"}
    story: quiet-market
    body: |
      Hardly anybody came.
    events: []
    second_version:
      headline: Quiet day at the fish market ends with a rush
      body: |
        Hardly anybody came until noon.
      modified: {day: 0, time: "13:00"}
      events: []
"""


@pytest.fixture
def articles_folder(tmp_path: Path) -> Path:
    """Two articles on one site."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour-gazette.yml").write_text(ARTICLES, encoding="utf-8")
    return folder
