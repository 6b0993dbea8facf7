"""`dateline sources show`: what a person reads of one source."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import ConfigurationError
from pipeline.settings import Settings
from pipeline.source_shown import show_source
from pipeline.warehouse.migrate import migrate

SOURCE = """\
id: selby
name: Selby Star
homepage: https://selby.example/
country_code: GBR
language: en
timezone: Europe/London
feeds:
  - {url: "https://selby.example/rss", kind: rss}
  - {url: "https://selby.example/town", kind: section, link_pattern: "/town/[0-9]+"}
politeness: {delay_seconds: 12}
site_rules:
  - {valid_from: 2024-05-01, headline: h1.title, body: div.text, remove: [p.promo]}
expected_per_day: {min: 2, max: 40}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "sources" / "gb"
    folder.mkdir(parents=True)
    (folder / "selby.yml").write_text(SOURCE, encoding="utf-8")
    return Settings(home=tmp_path / "var", sources_folder=tmp_path / "sources", newsroom=False, publishers=True)


def publish(settings: Settings, *, articles: int, furniture: list[tuple[str, int, int]]) -> None:
    settings.editions_folder.mkdir(parents=True)
    with duckdb.connect(str(settings.current_edition_file)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection)
        connection.execute(
            "INSERT INTO sources BY NAME SELECT 'selby' AS source_id, 'Selby Star' AS name, 'h' AS homepage, "
            "'GBR' AS country_code, 'en' AS language, 'Europe/London' AS timezone, true AS enabled"
        )
        for number in range(articles):
            connection.execute(
                "INSERT INTO articles VALUES (?, 'selby', 'u', ?, ?, 'r', 'r', ?, ?, NULL, NULL, NULL, NULL, NULL)",
                [
                    f"a{number}",
                    datetime(2026, 11, 2 + number, 6, 30, tzinfo=UTC),
                    datetime(2026, 11, 9, 7, 45, tzinfo=UTC),
                    2 if number == 0 else 1,
                    "a0" if number == 1 else None,
                ],
            )
        for line, found, compared in furniture:
            connection.execute(
                "INSERT INTO source_furniture VALUES ('selby', ?, ?, ?, ?, '2026-11-02 06:00:00+00', now(), 'r')",
                [line, line, found, compared],
            )


def test_the_file_is_told_in_words(settings: Settings) -> None:
    text = show_source(settings, "selby")
    assert text.startswith("Selby Star (selby)\n  homepage    https://selby.example/\n  country     GBR\n")
    for words in (
        "  language    en\n",
        "  time zone   Europe/London\n",
        "  visited     yes\n",
        "  pace        12 seconds between two requests, 500 links a pass, none dated over 14 days ago\n",
        "  expected    2 to 40 articles a day\n",
        "  feed        rss https://selby.example/rss\n",
        "  feed        section https://selby.example/town, articles match /town/[0-9]+\n",
        "  site rule   2024-05-01 to today: headline at `h1.title`, body at `div.text`, without `p.promo`\n",
    ):
        assert words in text
    assert text.endswith("Nothing has been published yet: what its pages hold is not known.")


def test_the_edition_says_how_many_articles_and_what_recurs(settings: Settings) -> None:
    long_line = "Here you read who we are and what we want. " * 9
    publish(
        settings,
        articles=3,
        furniture=[(long_line, 5, 1200), ("Print Mail Large Medium Small", 38, 41)],
    )
    lines = show_source(settings, "selby").splitlines()
    at = lines.index("In the edition")
    assert lines[at + 1 : at + 6] == [
        "  articles    3 (repeats of another's text: 1)",
        "  revisions   4",
        "  first seen  2026-11-02 06:30 UTC",
        "  last seen   2026-11-09 07:45 UTC",
        "",
    ]
    assert lines[at + 6].startswith("Furniture: lines that recur across its articles")
    assert lines[at + 7] == "  in 38 of 41 articles, since 2026-11-02: Print Mail Large Medium Small"
    assert lines[at + 8].startswith("  in 5 of 1,200 articles, since 2026-11-02: Here you read who we are")
    assert lines[at + 8].endswith(" ...")
    assert len(lines) == at + 9


def test_a_source_without_articles_and_furniture_says_so(settings: Settings) -> None:
    publish(settings, articles=0, furniture=[])
    text = show_source(settings, "selby")
    assert "  articles    none\n" in text
    assert text.endswith("Furniture: no line was found to recur across its articles")


def test_a_source_whose_file_is_gone_is_shown_from_the_edition(settings: Settings) -> None:
    publish(settings, articles=1, furniture=[])
    (settings.sources_folder / "gb" / "selby.yml").unlink()
    assert show_source(settings, "selby").startswith("selby: its file is gone; what was read of it stays\n\nIn the")


def test_an_id_that_nothing_knows_is_an_error(settings: Settings) -> None:
    with pytest.raises(ConfigurationError, match="no source has the id 'nobody'"):
        show_source(settings, "nobody")
