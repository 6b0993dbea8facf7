"""Pages that hold no article are named, and pages that do are not taken for one of those."""

from datetime import UTC, datetime

import pytest

from pipeline.read.reader import read_page
from pipeline.statuses import ArticleStatus

FETCHED_AT = datetime(2025, 6, 1, tzinfo=UTC)
TEXT = (
    "<p>The council closed the old bridge on Monday for repairs that will take until spring, officials said.</p>"
    "<p>Buses will go round by the mill, which adds eleven minutes to the trip to the hospital.</p>"
    "<p>Shopkeepers on the far bank asked for a footbridge and were promised an answer by Friday.</p>"
)


def status_of(body: str, head: str = "", url: str = "https://selby.example/news/x") -> ArticleStatus:
    raw = f"<html lang='en'><head>{head}</head><body>{body}</body></html>".encode()
    return read_page(raw, url=url, fetched_at=FETCHED_AT).status


def test_an_article_about_a_404_or_about_cookies_is_an_article() -> None:
    assert status_of(f"<h1>Error 404: the story of a number</h1>{TEXT}" + _more(9)) == ArticleStatus.NEW
    cookies = (
        "<h1>Regulator fines site over cookie consent</h1><p>The site let readers accept all cookies but not "
        "reject all of them, the privacy regulator said.</p>"
    )
    assert status_of(cookies + TEXT + _more(30)) == ArticleStatus.NEW


def test_a_cookie_banner_above_an_article_is_no_wall() -> None:
    banner = "<div id='cb'><p>We and our partners use cookies. Accept all or manage options.</p></div>"
    assert status_of(banner + "<h1>Bridge closed until spring</h1>" + TEXT + _more(40)) == ArticleStatus.NEW


@pytest.mark.parametrize("raw", [b"", b"   ", b"\x00" * 500, b"just words and no markup at all " * 20])
def test_a_page_without_html_is_no_article(raw: bytes) -> None:
    reading = read_page(raw, url="https://selby.example/x", fetched_at=FETCHED_AT)
    assert reading.status == ArticleStatus.NO_ARTICLE
    assert reading.reason


def test_scripts_alone_are_no_article() -> None:
    assert status_of("<script>var a = 'nothing to read';</script>" * 50) == ArticleStatus.NO_ARTICLE


def test_a_page_in_a_language_that_is_not_enabled_says_so() -> None:
    german = (
        "<h1>Brücke bis zum Frühjahr gesperrt</h1><p>Die Stadt hat am Montag die alte Brücke gesperrt, weil das "
        "Geländer seit dem Winter locker ist. Die Busse fahren bis zum Frühjahr über die Mühle, was elf Minuten "
        "länger dauert.</p>"
    )
    raw = f"<html><body>{german}</body></html>".encode()
    kept = read_page(raw, url="https://selby.example/x", fetched_at=FETCHED_AT)
    refused = read_page(raw, url="https://selby.example/x", fetched_at=FETCHED_AT, languages=("en",))
    assert (kept.status, kept.language) == (ArticleStatus.NEW, "de")
    assert refused.status == ArticleStatus.OTHER_LANGUAGE
    assert "de" in (refused.reason or "")


def test_the_words_decide_where_the_declared_language_is_wrong() -> None:
    raw = f"<html lang='fr'><body><h1>Bridge closed until spring</h1>{TEXT}</body></html>".encode()
    assert read_page(raw, url="https://selby.example/x", fetched_at=FETCHED_AT).language == "en"


def _more(count: int) -> str:
    return "".join(
        f"<p>Resident number {number} told the reporter that the detour past the mill costs her {number} minutes.</p>"
        for number in range(2, count + 2)
    )
