"""Which of the dates on a page are the article's, and in whose time."""

from datetime import UTC, datetime

import pytest

from pipeline.read.dates import Dates, day_first_of, read_dates
from pipeline.read.page import Page, parse_page
from pipeline.read.structured import read_json_ld, read_microdata

URL = "https://www.selby.example/news/grain"
LATEST = datetime(2025, 6, 1, tzinfo=UTC)
HEADLINE = "<h1>Grain ships queue at Selby</h1>"


def page_of(head: str = "", body: str = HEADLINE, url: str = URL, lang: str = "en-GB") -> Page:
    page = parse_page(f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>', url)
    assert page is not None
    return page


def dates_of(page: Page, *, day_first: bool = True) -> Dates:
    structured = [item for item in (read_json_ld(page), read_microdata(page)) if item]
    return read_dates(page, structured, latest=LATEST, day_first=day_first)


def published(head: str = "", body: str = HEADLINE, url: str = URL, lang: str = "en-GB") -> str | None:
    found = dates_of(page_of(head, body, url, lang)).published
    return found.moment.as_text() if found else None


def modified(head: str = "", body: str = HEADLINE) -> str | None:
    found = dates_of(page_of(head, body)).modified
    return found.moment.as_text() if found else None


def ld(**fields: str) -> str:
    stated = "".join(f',"{name}":"{value}"' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"x"{stated}}}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta property="article:{name}_time" content="{value}">'


@pytest.mark.parametrize(
    "wrong",
    [
        "0000-00-00", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00", "2099-01-01", "9999-12-31T23:59:59Z",
        "2024-13-03", "2024-02-31T10:00:00Z", "0", "null", "Invalid date", "1985-05-03", "2025-06-04T10:00:00Z",
    ],
)  # fmt: skip
def test_what_cannot_be_the_date_gives_way_to_the_next_source(wrong: str) -> None:
    assert published(ld(datePublished=wrong) + meta("published", "2024-05-03T10:15:00+02:00")) == (
        "2024-05-03T10:15:00+02:00"
    )


def test_a_time_without_a_zone_stays_without_one() -> None:
    assert published(ld(datePublished="2024-05-03T10:15:00")) == "2024-05-03T10:15:00"
    assert published(ld(datePublished="2024-05-03T10:15:00Z")) == "2024-05-03T10:15:00+00:00"


def test_an_instant_is_written_in_the_offset_that_the_page_states_for_it() -> None:
    in_utc = ld(datePublished="2024-05-02T22:15:30Z")
    assert published(in_utc + meta("published", "2024-05-03T00:15:30+02:00")) == "2024-05-03T00:15:30+02:00"
    assert published(in_utc + '<meta name="published_at" content="2024-05-03 00:15:30">') == "2024-05-03T00:15:30+02:00"
    shown = f'{HEADLINE}<ul><li><time datetime="2024-05-03T00:15:30+02:00">today</time></li></ul>'
    assert published(in_utc, shown) == "2024-05-03T00:15:30+02:00"
    other = f'{HEADLINE}<ul><li><time datetime="2024-05-03T09:15:30+02:00">today</time></li></ul>'
    assert published(in_utc, other) == "2024-05-02T22:15:30+00:00"


def test_a_local_time_with_a_z_put_to_it_gives_way_to_the_same_time_with_its_offset() -> None:
    head = ld(datePublished="2024-05-03T10:15:30Z") + meta("published", "2024-05-03T10:15:30+02:00")
    assert published(head) == "2024-05-03T10:15:30+02:00"
    head = ld(datePublished="2024-05-03T10:15:30+02:00") + meta("published", "2024-05-03T10:15:30Z")
    assert published(head) == "2024-05-03T10:15:30+02:00"


def test_a_local_time_and_its_instant_together_tell_the_offset() -> None:
    head = ld(datePublished="2024-05-03T10:15:00") + meta("published", "2024-05-03T08:15:00Z")
    assert published(head) == "2024-05-03T10:15:00+02:00"
    head = ld(datePublished="2024-05-03T10:15:00") + meta("published", "2024-05-03T08:21:00Z")
    assert published(head) == "2024-05-03T10:15:00"


def test_a_sharp_midnight_gives_way_to_a_time_of_the_same_day() -> None:
    head = ld(datePublished="2024-05-03T00:00:00+02:00") + meta("published", "2024-05-03T10:15:00+02:00")
    assert published(head) == "2024-05-03T10:15:00+02:00"
    assert published(ld(datePublished="2024-05-03T00:00:00+02:00")) == "2024-05-03T00:00:00+02:00"


def test_a_last_change_is_never_before_the_first_publication() -> None:
    first = ld(datePublished="2024-05-03T10:15:00Z", dateModified="2024-05-03T06:15:00Z")
    assert modified(first) is None
    assert modified(first + meta("modified", "2024-05-03T11:00:00Z")) == "2024-05-03T11:00:00+00:00"
    assert modified(ld(datePublished="2024-05-03T10:15:00Z", dateModified="2024-05-03T10:15:00Z")) is not None
    assert modified(ld(datePublished="2024-05-03", dateModified="2024-05-02")) is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Published 3 May 2024, 10:15. Updated 4 May 2024, 11:00", "2024-05-03T10:15:00", "2024-05-04T11:00:00"),
        ("Updated 4 May 2024, 11:00. First published 3 May 2024", "2024-05-03", "2024-05-04T11:00:00"),
        ("3. Mai 2024, 10:15 Uhr, aktualisiert 4. Mai 2024", "2024-05-03T10:15:00", "2024-05-04"),
        ("Publié le 3 mai 2024 à 10h15, mis à jour le 4 mai 2024", "2024-05-03T10:15:00", "2024-05-04"),
        ("Опубликовано: 03.05.2024 10:15 Обновлено: 04.05.2024", "2024-05-03T10:15:00", "2024-05-04"),
        ("入力 2024.05.03 更新 2024.05.04", "2024-05-03", "2024-05-04"),
        ("3 May 2024", "2024-05-03", None),
        ("Last updated: 4 May 2024", "2024-05-04", "2024-05-04"),
    ],
)
def test_words_tell_the_first_date_from_the_last(words: str, first: str, last: str | None) -> None:
    body = f"{HEADLINE}<p>{words}</p>"
    assert (published("", body), modified("", body)) == (first, last)


def test_a_label_in_the_element_before_or_in_the_class_counts() -> None:
    body = HEADLINE + "<div><b>Updated</b> <span>4 May 2024</span></div><div>Published <span>3 May 2024</span></div>"
    assert (published("", body), modified("", body)) == ("2024-05-03", "2024-05-04")
    body = HEADLINE + (
        '<time class="updated" datetime="2024-05-04T09:00:00Z"></time>'
        '<time class="entry-date published" datetime="2024-05-03T09:00:00Z"></time>'
    )
    assert (published("", body), modified("", body)) == ("2024-05-03T09:00:00+00:00", "2024-05-04T09:00:00+00:00")


@pytest.mark.parametrize(
    "elsewhere",
    [
        '<nav><time datetime="2024-04-01">1 April</time></nav>',
        "<footer>© 2024, 1 April 2024</footer>",
        '<div class="comments"><p>1 April 2024</p></div>',
        '<a href="/other"><h4>A long headline of some other story, teased here</h4><span>1 April 2024</span></a>',
        "<aside><p>1 April 2024</p><p>2 April 2024</p></aside>",
    ],
)
def test_dates_of_other_things_on_the_page_are_not_the_articles(elsewhere: str) -> None:
    assert published("", HEADLINE + elsewhere) is None


@pytest.mark.parametrize(
    "own",
    [
        "<article><footer><span>3 May 2024</span></footer></article>",
        '<div class="post-sidebar"><div class="post-date">3 May 2024</div></div>',
        '<abbr class="date" title="2024-05-03">some time ago</abbr>',
        '<relative-time datetime="2024-05-03">a year ago</relative-time>',
    ],
)
def test_the_articles_own_date_is_found_where_sites_put_it(own: str) -> None:
    assert published(
        "", f"<article>{HEADLINE}{own.removeprefix('<article>').removesuffix('</article>')}</article>"
    ) == ("2024-05-03")


def test_a_masthead_that_is_a_heading_is_not_the_headline() -> None:
    head = "<title>Grain ships queue at Selby | The Star</title>"
    story = '<h2>Grain ships queue at Selby</h2><span class="time">3 May 2024</span>'
    body = f'<header><h1>The Star</h1></header><div class="main template-sidebar">{story}</div>'
    assert published(head, body) == "2024-05-03"


def test_relative_times_are_no_dates_for_a_page_may_be_old() -> None:
    assert published("", HEADLINE + "<time>3 hours ago</time><span class='date'>gestern, 10:15 Uhr</span>") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://selby.example/2024/05/03/grain", "2024-05-03"),
        ("https://selby.example/2024/5/3/grain", "2024-05-03"),
        ("https://selby.example/world/2024/may/03/grain", "2024-05-03"),
        ("https://selby.example/grain-20240503.html", "2024-05-03"),
        ("https://selby.example/grain-2024-05-03", "2024-05-03"),
        ("https://selby.example/2024/xyz/03/grain", None),
        ("https://selby.example/grain-20241399.html", None),
        ("https://selby.example/2031/05/03/grain", None),
    ],
)
def test_the_address_tells_the_day_where_nothing_else_does(url: str, day: str | None) -> None:
    assert published(url=url) == day


def test_the_dates_of_the_page_around_it_stand_in_for_the_articles() -> None:
    head = '<script type="application/ld+json">{"@type":"WebPage","datePublished":"2024-05-03T10:15:00Z"}</script>'
    assert published(head) == "2024-05-03T10:15:00+00:00"


def test_a_teasers_meta_element_is_not_the_pages() -> None:
    item = '<div itemscope itemtype="https://schema.org/Article">{}</div>'
    teasers = [item.format(f'<meta itemprop="datePublished" content="2024-04-0{day}">') for day in (1, 2)]
    assert published("", HEADLINE + "".join(teasers)) is None
    assert published('<meta name="datePublished" content="2024-05-03">') == "2024-05-03"


def test_a_thai_and_a_persian_page_are_read_in_their_calendars() -> None:
    assert published("", HEADLINE + "<p>3 พฤษภาคม 2567 14:05 น.</p>", lang="th") == "2024-05-03T14:05:00"
    assert published("", HEADLINE + "<p>۱۴۰۳/۰۲/۱۴ - ۱۴:۰۵</p>", lang="fa-IR") == "2024-05-03T14:05:00"


@pytest.mark.parametrize(
    ("language", "country", "url", "day_first"),
    [
        ("en-US", None, None, False),
        ("en", None, None, False),
        ("en", None, "https://selby.example.co.uk/x", True),
        ("en-GB", None, None, True),
        ("de", None, None, True),
        (None, None, None, True),
        ("en-US", "GBR", None, True),
        ("en-GB", "USA", None, False),
    ],
)
def test_the_order_of_numbers_follows_country_language_and_domain(
    language: str | None, country: str | None, url: str | None, day_first: bool
) -> None:
    assert day_first_of(language, country, url) is day_first


@pytest.mark.usefixtures("page_limit")
def test_a_page_of_nothing_but_dates_is_read_within_the_limit_of_a_page() -> None:
    page = page_of("", HEADLINE + '<p class="date">3 May 2024</p>' * 20_000)
    assert dates_of(page).published is not None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://gazette.example/news/article/A2024030914320005196", "2024-03-09"),
        ("https://gazette.example/news/20240309143200", "2024-03-09"),
        ("https://gazette.example/news/2024139914320005196", None),
        ("https://gazette.example/news/1706500000000", None),
    ],
)
def test_an_articles_number_that_begins_with_its_day_tells_it(url: str, day: str | None) -> None:
    assert published(url=url) == day


def test_dates_for_scripts_count_where_they_agree_and_nothing_else_is_said() -> None:
    own = f'{HEADLINE}<div data-publish-dt="2024.03.09 18:40" data-re-publish-dt="2024.03.11 09:00"></div>'
    assert published(body=own) == "2024-03-09T18:40:00"
    teasers = '<i data-publish-dt="2024-03-01">a</i><i data-publish-dt="2024-03-02">b</i>'
    assert published(body=HEADLINE + teasers) is None
    assert published(head=meta("published", "2024-03-07"), body=own) == "2024-03-07"
