"""The article files: what they hold, and what the loader says of a bad one."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError, SourceFileError
from pipeline.newsroom import RunningNewsroom
from pipeline.newsroom.articles import ARTICLES_FOLDER, load_articles
from pipeline.newsroom.edition import open_newsroom, written_articles
from pipeline.newsroom.placeholders import resolve_placeholders
from pipeline.newsroom.section_slugs import section_slug
from pipeline.newsroom.sites import SITES


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("on {weekday:-1}", "on Thursday"),
        ("{day_month:-9}", "11 November"),
        ("{month:-40}", "October"),
        ("{iso:+2}", "2026-11-22"),
        ("{iso_week:0}", "2026-W47"),
        ("{iso_month:-30}", "2026-10"),
        ("{iso_year:-400}", "2025"),
        ("nothing to do", "nothing to do"),
    ],
)
def test_placeholders_become_dates_relative_to_the_newsrooms(text: str, resolved: str) -> None:
    assert resolve_placeholders(text, date(2026, 11, 20)) == resolved


@pytest.mark.parametrize("text", ["{weekdy:-1}", "{weekday}", "a {brace"])
def test_an_unknown_placeholder_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"placeholder"):
        resolve_placeholders(text, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("change", "line", "field", "expected"),
    [
        (("site: harbour-gazette", "site: harbor-gazette"), 1, "site", "'harbour-gazette'"),
        (("slug: quiet-market", "slug: ferry-pact"), 29, "articles.1.slug", "no other article"),
        (("byline: []", "byline: nobody"), 32, "articles.1.byline", "a list"),
        (("    section: Local\n", ""), 29, "articles.1.section", "a value"),
        (('time: "06:30"', 'time: "6.30"'), 34, "articles.1.published.time", "pattern"),
        (('{day: 0, time: "06:30"}', "{day: 0}"), 34, "articles.1.published", "either day"),
        (("event_type: SUPPORT", "event_type: SIGN"), 18, "articles.0.events.0.event_type", "PLOVER"),
        (("quad_class: 1", "quad_class: 2"), 20, "articles.0.events.0.quad_class", "1 for SUPPORT"),
        (("trigger: signed", "trigger: initialled"), 27, "articles.0.events.0.trigger", "in the evidence"),
        (("{text: Oslo,", "{text: Bergen,"), 24, "articles.0.events.0.place", "in the evidence"),
        (("sector: GOV", "sector: KING"), 21, "articles.0.events.0.actor.sector", "'GOV'"),
        (('date: "{iso:-1}"', 'date: "Tuesday"'), 23, "articles.0.events.0.date", "date value"),
        (('evidence: "Norway', 'evidence: "Sweden'), 28, "articles.0.events.0.evidence", "in one paragraph"),
        (("Oslo on {weekday:-1}.\n\n", "Oslo on {day:-1}.\n\n"), 13, "articles.0.body", "{day:-1}"),
        (("summer.\n", "summer.\n      And again.\n"), 13, "articles.0.body", "empty line"),
        (("keywords: [ferries]", "page_count: 3"), 9, "articles.0.page_count", "each of the 2 paragraphs"),
        (("story: quiet-market", "page_count: 2\n    story: quiet-market"), 35, "articles.1.page_count", "the 1 par"),
        (("keywords: [ferries]", "page_count: 0"), 9, "articles.0.page_count", "greater than or equal to 1"),
        (("keywords: [ferries]", "tags: [ferries]"), 9, "articles.0.tags", "not permitted"),
        (("keywords: [ferries]", "keywords: [ferries"), 10, "(whole file)", "valid YAML"),
    ],
)
def test_a_mistake_is_named_with_file_line_field_and_what_was_expected(
    articles_folder: Path, change: tuple[str, str], line: int, field: str, expected: str
) -> None:
    path = articles_folder / "harbour-gazette.yml"
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(SourceFileError) as caught:
        load_articles(articles_folder, tuple(SITES))
    assert (caught.value.path, caught.value.line, caught.value.field) == (path, line, field)
    assert expected in caught.value.expected


def test_an_article_of_several_pages_on_a_site_that_divides_none_is_an_error(articles_folder: Path) -> None:
    path = articles_folder / "harbour-gazette.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("keywords: [ferries]", "page_count: 2", 1), encoding="utf-8")
    written = written_articles(articles_folder)
    with pytest.raises(ConfigurationError, match="Harbour Gazette divides no article into pages, and ferry-pact has"):
        open_newsroom(seed=7, date=date(2026, 11, 20), visit=1, written=written)


def test_a_file_of_no_site_is_an_error(articles_folder: Path) -> None:
    (articles_folder / "evening-star.yml").write_text("site: evening-star\narticles: []\n")
    with pytest.raises(SourceFileError, match=r"evening-star\.yml.*harbour-gazette"):
        load_articles(articles_folder, tuple(SITES))


def test_section_names_make_addresses() -> None:
    assert section_slug("Arts & Culture") == "arts-culture"
    assert section_slug("Общество") == "obshchestvo"
    with pytest.raises(ConfigurationError, match="视频"):
        section_slug("视频")


def test_the_newsroom_has_120_articles_on_every_one_of_its_14_sites() -> None:
    written = load_articles(ARTICLES_FOLDER, tuple(SITES))
    assert set(written) == set(SITES)
    assert len(SITES) == 14
    assert sum(len(articles) for articles in written.values()) >= 120


def test_one_wire_report_is_printed_by_five_sites_under_different_headlines(newsroom: RunningNewsroom) -> None:
    articles = newsroom.gold()["articles"]
    groups = Counter(a["duplicate_group"] for a in articles if a["duplicate_group"])
    largest, count = groups.most_common(1)[0]
    copies = [a for a in articles if a["duplicate_group"] == largest]
    assert count >= 5
    assert len({a["site"] for a in copies}) >= 5
    assert len({a["headline"] for a in copies}) >= 5


def test_a_page_of_2013_is_among_them(newsroom: RunningNewsroom) -> None:
    assert [a["published_at"] for a in newsroom.gold()["articles"] if a["published_at"] < "2014"] == [
        "2013-11-15T01:13:00+08:00"
    ]


@pytest.mark.parametrize("visit", [1, 2])
def test_the_gold_of_every_event_stands_in_its_text(newsroom: RunningNewsroom, visit: int) -> None:
    assert newsroom.newsroom is not None
    from pipeline.newsroom.gold import gold_records

    records = gold_records(newsroom.newsroom.at_visit(visit), newsroom.port)["articles"]
    events = [(record, event) for record in records for event in record["events"]]
    assert len(events) >= 120
    for record, event in events:
        assert event["evidence"] in record["body"]
        for name in ("actor", "recipient", "place"):
            assert event[name] is None or event[name]["text"] in event["evidence"]
        assert event["trigger"] in event["evidence"]
        assert event["date"] is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?|-W\d\d|-Q\d)?", event["date"])


def test_gold_instants_carry_the_offset_of_the_site(newsroom: RunningNewsroom) -> None:
    offsets = {a["site"]: a["published_at"][-6:] for a in newsroom.gold()["articles"] if a["published_at"] > "2026"}
    assert offsets["harbour-gazette"] == "+00:00"
    assert offsets["southern-cross-post"] == "+11:00"
    assert offsets["capital-post"] == "-05:00"
