"""`dateline sources check`: a source tried end to end, in words that say what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import ConfigurationError
from pipeline.gather.pace import HostPace
from pipeline.source_check import check_sources
from pipeline.sources.loader import find_source

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR_AGO = NOW - timedelta(hours=1)
HOUR_AGO_TEXT = HOUR_AGO.isoformat()
WORDS = "The council of the old town met on Monday evening and spoke for three hours about the bridge over the river. "
HEAD = '<html lang="{language}"><head><title>{headline}</title>{meta}</head>'
ARTICLE = HEAD + "<body><article><h1>{headline}</h1><p>{body}</p><p>{body}</p><p>{body}</p></article></body></html>"


def rss(site, *links, path="/rss.xml", at=HOUR_AGO, urls=()):
    items = "".join(
        f"<item><title>Report</title><link>{url}</link><pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for url in [*map(site.url, links), *urls]
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>G</title>{items}</channel></rss>'
    site.answer(path, text, kind="application/rss+xml")


def article(site, path="/a", *, published=HOUR_AGO_TEXT, language="en", body=WORDS * 3, headline="Bridge"):
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    meta += '<meta name="author" content="Ada Byron">'
    text = ARTICLE.format(language=language, headline=headline, meta=meta, body=body)
    site.answer(path, text)


def check(gathering, **changes):
    gathering.set(link_window_days=14)
    gathering.write_source()
    path = gathering.settings.newsroom_folder / "sources" / "gazette.yml"
    text = path.read_text(encoding="utf-8")
    for name, value in changes.items():
        text = "\n".join(f"{name}: {value}" if line.startswith(f"{name}:") else line for line in text.splitlines())
    path.write_text(text, encoding="utf-8")
    [report] = check_sources(gathering.settings, "gazette", pace=HostPace())
    return report


def test_a_good_source_is_well_and_nothing_is_kept(gathering, site):
    site.answer("/robots.txt", "User-agent: *\nCrawl-delay: 0\nDisallow: /x\n", kind="text/plain")
    rss(site, "/x/1", "/a")
    article(site)
    report = check(gathering)
    assert report.ok, report.text
    assert report.text.startswith("gazette: all well")
    assert "robots.txt: allows the front page" in report.text
    assert f"2 links, all with a time of publication, the newest of {HOUR_AGO:%Y-%m-%d %H:%M} UTC" in report.text
    assert f"{site.url('/a')}: 'Bridge', by Ada Byron, published {HOUR_AGO.isoformat()}, " in report.text
    assert " characters in en" in report.text
    assert not gathering.settings.captures_folder.exists()
    assert not (gathering.settings.home / "gather").exists()


def test_a_crawl_delay_is_said(gathering, site):
    site.answer("/robots.txt", "User-agent: *\nCrawl-delay: 90\n", kind="text/plain")
    gathering.set(max_crawl_delay_seconds=0)
    rss(site, "/a")
    article(site)
    assert "crawl-delay 90 s, of which 0 s are kept (DATELINE_MAX_CRAWL_DELAY_SECONDS)" in check(gathering).text


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda site: site.answer("/rss.xml", status=404), "gone (404)"),
        (lambda site: site.answer("/rss.xml", "<html>Sorry</html>"), "no readable rss feed"),
        (rss, "lists no links; take it out if it stays so"),
        (lambda site: site.answer("/a", status=403), "forbidden (403)"),
        (lambda site: site.answer("/robots.txt", "User-agent: *\nDisallow: /\n"), "robots.txt forbids"),
        (lambda site: site.answer("/robots.txt", status=503), "server_error (503)"),
        (lambda site: site.redirect("/a", "/consent"), "consent"),
        (lambda site: rss(site, "/a", at=NOW - timedelta(days=40)), "its newest link is 40 days old"),
        (lambda site: rss(site, "/a", at=NOW + timedelta(hours=3)), "is yet to come"),
        (lambda site: rss(site, "/a", urls=["http://a.example/1", "http://a.example/2"]), "lead to other sites than"),
        (lambda site: rss(site, "/a", urls=["http://a:b@x.example/"]), "no usable URLs, such as 'http://a:b@x"),
        (lambda site: article(site, published=None), "no time of publication; name its element in site_rules"),
        (lambda site: article(site, body="Subscribe."), "no article was found on it"),
        (lambda site: article(site, published=f"{NOW + timedelta(hours=5):%Y-%m-%dT%H:%M:%S}+00:00"), "yet to come"),
        (lambda site: article(site, body="Der Rat der Stadt hat am Montag lange beraten. " * 9, language="de"),
         "the page is in de, and the source file says language: en"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words(gathering, site, break_it, words):
    rss(site, "/a")
    article(site)
    break_it(site)
    report = check(gathering)
    assert not report.ok, report.text
    assert any(words in line.words and not line.ok for line in report.lines), report.text
    assert report.text.startswith("gazette: something is wrong")


def test_a_language_that_is_not_kept_names_the_setting(gathering, site):
    rss(site, "/a")
    article(site, body="Der Rat der Stadt hat am Montag lange beraten. " * 9, language="de")
    report = check(gathering, language="de")
    assert "articles in de are not kept: DATELINE_LANGUAGES keeps en only" in report.text
    gathering.set(languages=("en", "de"))
    assert check(gathering, language="de").ok


def test_a_time_zone_that_is_not_the_sites_shows_in_the_difference_to_the_feed(gathering, site):
    rss(site, "/a", at=HOUR_AGO)
    article(site, published=f"{HOUR_AGO:%Y-%m-%dT%H:%M:%S}")  # UTC, and the page does not say so
    report = check(gathering, timezone="Asia/Tokyo")
    assert "off by just the offset of Asia/Tokyo" in report.text
    assert check(gathering, timezone="Atlantic/Reykjavik").ok


def test_one_odd_page_is_no_verdict_on_a_source(gathering, site):
    rss(site, "/video", "/gone", "/a")
    site.page("/video", text="Video")
    article(site)
    report = check(gathering)
    assert report.ok, report.text
    assert site.paths() == ["/rss.xml", "/video", "/gone", "/a"]


def test_no_more_than_three_pages_of_a_feed_are_asked_for(gathering, site):
    rss(site, *(f"/{number}" for number in range(9)))
    report = check(gathering)
    assert not report.ok
    assert site.paths() == ["/rss.xml", "/0", "/1", "/2"]
    assert report.text.count("gone (404)") == 1


def test_an_index_is_tried_through_its_newest_sitemap(gathering, site):
    gathering.feed("/index.xml", "sitemap")
    names = (("old", HOUR_AGO - timedelta(days=300)), ("new", HOUR_AGO))
    children = "".join(
        f"<sitemap><loc>{site.url(f'/{name}.xml')}</loc><lastmod>{at.isoformat()}</lastmod></sitemap>"
        for name, at in names
    )
    site.answer("/index.xml", f"<sitemapindex>{children}</sitemapindex>", kind="application/xml")
    urls = f"<url><loc>{site.url('/a')}</loc><lastmod>{HOUR_AGO.isoformat()}</lastmod></url>"
    site.answer("/new.xml", f"<urlset>{urls}</urlset>", kind="application/xml")
    article(site)
    report = check(gathering)
    assert report.ok, report.text
    assert f"an index of 2 sitemaps; its newest, {site.url('/new.xml')}, lists 1 link," in report.text
    assert "/old.xml" not in site.paths()
    site.answer("/new.xml", status=500)
    assert "of its newest sitemap" in check(gathering).text


def test_an_index_of_old_sitemaps_only_is_said_so(gathering, site):
    gathering.feed("/index.xml", "sitemap")
    children = "".join(f"<sitemap><loc>{site.url(f'/{year}-01.xml')}</loc></sitemap>" for year in (2001, 2002))
    site.answer("/index.xml", f"<sitemapindex>{children}</sitemapindex>", kind="application/xml")
    report = check(gathering)
    assert "an index of 2 sitemaps, none of the last 14 days" in report.text
    assert site.paths() == ["/index.xml"]


def test_an_index_that_lists_itself_ends(gathering, site):
    gathering.feed("/index.xml", "sitemap")
    body = f"<sitemapindex><sitemap><loc>{site.url('/index.xml')}</loc></sitemap></sitemapindex>"
    site.answer("/index.xml", body, kind="application/xml")
    report = check(gathering)
    assert "a sitemap index 3 indexes deep" in report.text
    assert len(site.paths()) == 4


def test_a_section_without_a_pattern_learns_from_the_feeds_before_it(gathering, site):
    paths = [f"/reports/{number}" for number in range(12000, 12012)]
    gathering.feed("/rss.xml")
    gathering.feed("/front", "section")
    rss(site, *paths)
    anchors = "".join(f'<a href="{path}">Bridge</a>' for path in [*paths[:4], "/about", "/tags/12001"])
    site.answer("/front", f"<html><body>{anchors}</body></html>")
    for path in paths:
        article(site, path)
    report = check(gathering)
    assert report.ok, report.text
    assert f"{site.url('/front')}: 4 links, without times of publication" in report.text


def test_a_section_whose_pattern_fits_nothing_says_which(gathering, site):
    gathering.feed("/front", "section", ", link_pattern: '/20[0-9]{2}/'")
    site.answer("/front", '<html><body><a href="/a-report-of-some-length">Bridge</a></body></html>')
    assert "lists no links; none matches link_pattern /20[0-9]{2}/" in check(gathering).text


def test_all_that_are_read_or_one_by_name(gathering, site):
    rss(site, "/a")
    article(site)
    gathering.write_source()
    assert [report.source_id for report in check_sources(gathering.settings, pace=HostPace())] == ["gazette"]
    assert find_source(gathering.settings, "gazette").enabled
    with pytest.raises(ConfigurationError, match="no source has the id"):
        next(check_sources(gathering.settings, "nobody"))


def test_nothing_to_try_is_an_error_and_no_silence(gathering):
    gathering.set(newsroom=False)
    with pytest.raises(ConfigurationError, match="there is no source to read"):
        list(check_sources(gathering.settings))
