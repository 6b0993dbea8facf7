from datetime import UTC, datetime, timedelta

from pipeline.dedupe.duplicates import Repeat
from pipeline.dedupe.stories import assign_stories
from pipeline.dedupe.texts import Text
from pipeline.records import stable_id

DAWN = datetime(2026, 3, 2, 6, tzinfo=UTC)

BRIDGE_ONE = (
    "A road bridge over the Drina collapsed near Foca on Monday after a barge struck a pillar, police said. "
    "Divers searched for two cars."
)
BRIDGE_TWO = (
    "Divers looked for two cars in the Drina after a bridge at Foca came down. "
    "A barge had struck the pillar, the mayor of Foca said."
)
STRIKE = "Bakers in Lyon walked out over night shifts. Their union asked for a pay rise of six per cent before Easter."


def text(name: str, headline: str, body: str, days: float = 0, story: str | None = None) -> Text:
    return Text(
        article_id=name, headline=headline, body=body, published_at=DAWN + timedelta(days=days), known_story=story
    )


def filler(count: int) -> list[Text]:
    """Unrelated reports, so that rare terms are rare."""
    subjects = ["wheat", "opera", "cycling", "vaccine", "tunnel", "glacier", "tax", "museum", "harbour", "chess"]
    return [
        text(
            f"f{n}", f"{subjects[n % 10]} note {n}", f"Report {n} about {subjects[n % 10]} in district{n} by writer{n}."
        )
        for n in range(count)
    ]


def test_two_reports_of_one_happening_share_a_story() -> None:
    fresh = [
        text("a", "Bridge at Foca collapses", BRIDGE_ONE),
        text("b", "Search for cars after Drina bridge falls", BRIDGE_TWO, 0.2),
        text("c", "Lyon bakers strike", STRIKE, 0.1),
        *filler(20),
    ]
    stories = assign_stories([], fresh, {})
    assert stories["a"] == stories["b"] != stories["c"]
    assert stories["a"] == stable_id("story", "a")


def test_the_same_words_weeks_apart_are_two_stories() -> None:
    fresh = [text("a", "Bridge falls", BRIDGE_ONE), text("b", "Bridge falls", BRIDGE_TWO, 30), *filler(20)]
    stories = assign_stories([], fresh, {})
    assert stories["a"] != stories["b"]


def test_a_duplicate_shares_its_original_s_story() -> None:
    fresh = [text("a", "Bridge falls", BRIDGE_ONE), text("copy", "Elsewhere", BRIDGE_ONE, 1)]
    stories = assign_stories([], fresh, {"copy": Repeat("a", "a", 1.0, 1.0)})
    assert stories["copy"] == stories["a"]


def test_a_new_report_joins_the_edition_s_story() -> None:
    known = [text("k", "Bridge at Foca collapses", BRIDGE_ONE, story="s-known"), *filler(20)]
    stories = assign_stories(known, [text("n", "Drina bridge search", BRIDGE_TWO, 1)], {})
    assert stories == {"n": "s-known"}


def test_a_revised_article_keeps_its_story() -> None:
    known = [text("k", "Bridge falls", BRIDGE_ONE, story="s-known")]
    revised = text("k", "Everything is different now", STRIKE, story="s-known")
    assert assign_stories(known, [revised], {}) == {"k": "s-known"}
