"""Runs written by hand, as the stages would leave them: two nights of three small publishers."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from dataclasses import fields as fields_of
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.handover import write_records
from pipeline.records import Article, DedupeVerdict, FeedVisit, Fetch, Image, Mention, stable_id
from pipeline.runs import Run, write_run
from pipeline.settings import Settings
from pipeline.warehouse import check_run, load_run, publish_run

FIRST_NIGHT = datetime(2024, 3, 4, 2, 0, tzinfo=UTC)
STRIKE = "e1e1e1e1e1e1e1e1"
TALKS = "e2e2e2e2e2e2e2e2"

DOCK_TEXT = (
    "Dock workers protested against the Ministry of Transport in Dublin on Sunday.\n\n"
    "About 400 people marched to the ministry, the union said. The café owners “stood by” them."
)
DOCK_TEXT_REVISED = "A march in Dublin was called off, the union said on Monday.\n\nNobody came to the ministry."
HARBOUR_TEXT = (
    "Dockers marched against the Ministry of Transport in the Irish capital on Sunday, witnesses said.\n\n"
    "The prime minister met union leaders in Cork on Monday."
)

CODES = ("event_type", "event_mode", "quad_class", "cameo_root", "intensity", "actor_sector", "recipient_sector")
DATES = ("event_date_value", "event_date_first", "event_date_last", "event_date_precision")
STRIKE_CODES = {
    **dict(zip(CODES, ("PROTEST", "demo", 4, "14", -6.5, "LAB", "GOV"), strict=True)),
    **dict(zip(DATES, ("2024-03-03", date(2024, 3, 3), date(2024, 3, 3), "day"), strict=True)),
}
TALKS_CODES = {
    **dict(zip(CODES, ("CONSULT", "meet", 1, "04", 1.5, "GOV", "LAB"), strict=True)),
    **dict(zip(DATES, ("2024-W10", date(2024, 3, 4), date(2024, 3, 10), "week"), strict=True)),
}

SOURCE = """\
id: {source_id}
name: {name}
homepage: http://{source_id}.example/
country_code: IRL
language: en
timezone: Europe/Dublin
feeds:
  - url: http://{source_id}.example/rss.xml
    kind: rss
expected_per_day: {{min: 0, max: 200}}
"""


def blank(record_type: Any, given: dict[str, Any]) -> Any:
    """A record with what is given, and None in every other field."""
    return record_type(**{f.name: given.get(f.name) for f in fields_of(record_type)})


@dataclass
class Night:
    """One run and the records its stages leave."""

    run: Run
    fetches: list[Fetch] = field(default_factory=list)
    visits: list[FeedVisit] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    verdicts: list[DedupeVerdict] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def visit(
        self,
        source_id: str,
        status: str = "read_feed",
        *,
        feed: str = "rss.xml",
        at: datetime | None = None,
        **fields: Any,
    ) -> FeedVisit:
        url = f"http://{source_id}.example/{feed}"
        at = at or self.run.started_at
        answered = {"http_status": 200, "etag": f'"{self.run.run_id}"', "content_sha256": "f" * 64, "link_count": 2}
        failed = {"link_count": 0, "error": "connection refused", "failure_points": 0.25}
        unchanged = {"http_status": 304, "link_count": 0}
        ids = {"visit_id": stable_id(source_id, url, at.isoformat()), "feed_id": stable_id(source_id, url)}
        counts = {"new_link_count": 0, "old_link_count": 0, "failure_points": 0.0, "given_up": False}
        due = {"poll_interval_seconds": 3600.0, "next_visit_at": at + timedelta(hours=1)}
        asked = {"source_id": source_id, "gather_run_id": self.run.run_id, "kind": "rss", "url": url}
        given = {"visited_at": at, "status": status} | ids | counts | due | asked
        given |= {"read_feed": answered, "unchanged": unchanged}.get(status, failed)
        self.visits.append(blank(FeedVisit, given | fields))
        return self.visits[-1]

    def fetch(
        self, source_id: str, page: str, status: str = "captured", *, at: datetime | None = None, **fields: Any
    ) -> Fetch:
        url = f"http://{source_id}.example/{page}"
        at = at or self.run.started_at + timedelta(seconds=len(self.fetches) + 1)
        feed_id = stable_id(source_id, f"http://{source_id}.example/rss.xml")
        given = {"fetch_id": stable_id(source_id, url, at.isoformat()), "gather_run_id": self.run.run_id}
        given |= {"source_id": source_id, "feed_id": feed_id, "url": url, "visited_at": at, "status": status}
        given |= {"redirects": (), "further_pages": (), "will_be_asked_again": status == "left_over"}
        if status not in ("robots_denied", "unsafe_address", "left_over"):
            given |= {"requested_at": at}
        if status == "captured":
            given |= {"http_status": 200, "capture_id": stable_id(url, at.isoformat()), "warc_offset": 512}
        self.fetches.append(blank(Fetch, given | fields))
        return self.fetches[-1]

    def article(
        self,
        source_id: str,
        page: str,
        body: str | None,
        *,
        status: str = "new",
        revision: int = 1,
        duplicate_of: str | None = None,
        story_id: str = "story-dock",
        at: datetime | None = None,
        **fields: Any,
    ) -> Article:
        fetch = self.fetch(source_id, page, at=at)
        given = {
            "article_id": stable_id(fetch.url),
            "revision": revision if body else 0,
            "capture_id": fetch.capture_id,
            "fetch_id": fetch.fetch_id,
            "source_id": source_id,
            "status": status,
            "url": fetch.url,
            "canonical_url": fetch.url,
            "headline": f"Headline of {page}",
            "byline": ("Ann Byrne", "Tom Daly"),
            "keywords": (),
            "agencies": (),
            "images": (Image(url="http://example.test/1.jpg", caption="The bridge", credit=None),),
            "page_count": 1,
            "published_at": self.run.started_at - timedelta(hours=3),
            "language": "en",
            "body": body,
            "text_sha256": stable_id(body or ""),
            "changed_fields": ("body",) if revision > 1 else (),
            "fetched_at": fetch.requested_at,
            "extractor_version": "1",
        }
        article = blank(Article, given | fields)
        self.articles.append(article)
        if status in ("new", "revised", "duplicate"):
            verdict = {"article_id": article.article_id, "revision": article.revision, "story_id": story_id}
            if duplicate_of:
                verdict |= {
                    "duplicate_of": duplicate_of,
                    "matched_article_id": duplicate_of,
                    "own_share": 0.97,
                    "matched_share": 0.9,
                }
            self.verdicts.append(blank(DedupeVerdict, verdict))
        return article

    def mention(self, article: Article, event_id: str, trigger: str, sentence_index: int = 0, **fields: Any) -> Mention:
        """A mention whose words are found in the article's text; `actor`, `recipient`, `date`, `place` are words."""
        body = article.body or ""
        start = body.index(trigger)
        given: dict[str, Any] = {
            "mention_id": stable_id(article.article_id, str(article.revision), str(start), event_id),
            "event_id": event_id,
            "article_id": article.article_id,
            "revision": article.revision,
            "sentence_index": sentence_index,
            "evidence_start": body.rfind("\n", 0, start) + 1,
            "evidence_end": body.index(".", start) + 1,
            "trigger_start": start,
            "trigger_end": start + len(trigger),
            "coder": "rules",
            "coder_version": "1",
            "confidence": 0.8,
            "modality": "actual",
            "negated": False,
            "actor_country_code": "IRL",
            "recipient_country_code": "IRL",
            **STRIKE_CODES,
        }
        for part in ("actor", "recipient", "date", "place"):
            words = fields.pop(part, None)
            if words:
                found = body.index(words)
                given |= {f"{part}_text": words, f"{part}_start": found, f"{part}_end": found + len(words)}
        if given.get("place_text") == "Dublin":
            given |= {"place_name": "Dublin", "place_latitude": 53.33306, "place_longitude": -6.24889}
            given |= {"place_country_code": "IRL", "place_geonames_id": 2964574}
            given |= {"place_region": "Leinster", "place_region_code": "IE-L"}
        self.mentions.append(blank(Mention, given | fields))
        return self.mentions[-1]

    def write(self) -> Run:
        """Write the files as the stages would."""
        run = self.run
        write_run(run)
        write_records(run.stage_file("gather", "collected.fetches"), Fetch, self.fetches)
        write_records(run.stage_file("gather", "collected.feeds"), FeedVisit, self.visits)
        write_records(
            run.stage_file("read", "batch-000.out"),
            Article,
            [replace(a, status="new") if a.status == "duplicate" else a for a in self.articles],
        )
        write_records(run.stage_file("dedupe", "articles"), Article, self.articles)
        write_records(run.stage_file("dedupe", "verdicts"), DedupeVerdict, self.verdicts)
        originals = [a for a in self.articles if a.status in ("new", "revised")]
        if originals:
            write_records(run.stage_file("code", "batch-000.in"), Article, originals)
            write_records(run.stage_file("code", "batch-000.out"), Mention, self.mentions)
        return run


def settings_in(folder: Path) -> Settings:
    sources = folder / "sources" / "irl"
    sources.mkdir(parents=True)
    for name in ("Harbour Gazette", "Wire Post", "Quiet Times"):
        source_id = name.lower().replace(" ", "-")
        (sources / f"{source_id}.yml").write_text(SOURCE.format(source_id=source_id, name=name))
    return Settings(home=folder / "var", sources_folder=folder / "sources", newsroom=False, publishers=True)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation that has done nothing yet."""
    return settings_in(tmp_path)


@pytest.fixture(scope="session")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation that has published the first night; for reading only."""
    made = settings_in(tmp_path_factory.mktemp("first_edition"))
    publish_night(first_night(made))
    return made


@pytest.fixture
def published(first_edition: Settings, settings: Settings) -> Settings:
    """An installation of the test's own that has published the first night."""
    shutil.copytree(first_edition.home, settings.home)
    settings.current_edition_file.unlink()
    settings.current_edition_file.hardlink_to(settings.editions_folder / "edition-000001.duckdb")
    return settings


def night(settings: Settings, number: int) -> Night:
    started_at = FIRST_NIGHT + timedelta(days=number - 1)
    return Night(Run(run_id=f"night-{number}", settings=settings, started_at=started_at))


def first_night(settings: Settings) -> Night:
    """Two originals report the same strike, a third article copies the first; one link is denied, one is no article."""
    first = night(settings, 1)
    first.visit("harbour-gazette")
    first.visit("wire-post")
    first.visit("quiet-times", "unreachable")
    dock = first.article("harbour-gazette", "dock", DOCK_TEXT)
    first.article("wire-post", "dock-copy", DOCK_TEXT, status="duplicate", duplicate_of=dock.article_id)
    harbour = first.article("wire-post", "harbour", HARBOUR_TEXT, published_at=FIRST_NIGHT - timedelta(hours=1))
    first.fetch("harbour-gazette", "private", "robots_denied")
    first.article("harbour-gazette", "gallery", None, status="no_article", headline=None, text_sha256=None)
    report = {"recipient": "the Ministry of Transport", "date": "on Sunday"}
    first.mention(dock, STRIKE, "protested", actor="Dock workers", place="Dublin", **report)
    first.mention(harbour, STRIKE, "marched", actor="Dockers", confidence=0.6, event_mode=None, **report)
    sides = {"actor": "The prime minister", "recipient": "union leaders", "date": "on Monday"}
    first.mention(harbour, TALKS, "met", sentence_index=1, confidence=0.7, **sides, **TALKS_CODES)
    return first


def second_night(settings: Settings) -> Night:
    """The first article is edited and takes its report back; another is unchanged; a feed answers 304."""
    second = night(settings, 2)
    second.visit("harbour-gazette")
    second.visit("wire-post", "unchanged", http_status=304, error=None)
    second.visit("quiet-times", "unreachable")
    second.article(
        "harbour-gazette", "dock", DOCK_TEXT_REVISED, status="revised", revision=2, changed_fields=("body", "headline")
    )
    second.fetch("wire-post", "harbour", "unchanged", http_status=304)
    second.fetch("wire-post", "lost", "gone", http_status=404)
    return second


def publish_night(of: Night) -> Any:
    run = of.write()
    load_run(run)
    check_run(run)
    return publish_run(run)


@pytest.fixture(scope="session")
def nights() -> SimpleNamespace:
    return SimpleNamespace(
        first=first_night,
        second=second_night,
        make=night,
        publish=publish_night,
        settings_in=settings_in,
        strike=STRIKE,
        talks=TALKS,
        dock_text=DOCK_TEXT,
    )
