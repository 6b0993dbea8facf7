"""`dateline sources add`: from the address of a site to a source file that a run can read."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import yaml

from pipeline.errors import ConfigurationError, PermanentError
from pipeline.gather.discover_source import _write_new, add_source
from pipeline.gather.pace import HostPace
from pipeline.sources.loader import find_source, load_source

NOW = datetime.now(UTC).replace(microsecond=0)
FRONT = """<!doctype html><html lang="en-GB"><head><title>River Herald - news from the river</title>
<meta property="og:site_name" content="River Herald">{head}</head><body>{body}</body></html>"""


def front(site, head="", body="", html=FRONT):
    site.answer("/", html.format(head=head, body=body))


def rss(site, path, *links, title="Gazette", language="en"):
    items = "".join(
        f"<item><title>R</title><link>{site.url(link)}</link><pubDate>{NOW:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for link in links
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><language>{language}</language>'
    site.answer(path, f"{text}{items}</channel></rss>", kind="application/rss+xml")


def news_sitemap(site, path, *links):
    pages = "".join(
        f"<url><loc>{site.url(link)}</loc><n:news><n:publication_date>{NOW.isoformat()}</n:publication_date>"
        f"<n:title>R</n:title></n:news></url>"
        for link in links
    )
    text = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{pages}</urlset>'
    )
    site.answer(path, text, kind="application/xml")


def robots(site, *sitemaps):
    lines = "".join(f"Sitemap: {site.url(path)}\n" for path in sitemaps)
    site.answer("/robots.txt", f"User-agent: *\nDisallow: /secret\n{lines}", kind="text/plain")


def articles(count, folder="news"):
    return [f"/{folder}/a-report-of-some-length-{number}" for number in range(count)]


@pytest.fixture
def add(gathering, site):
    def run(path="/", **options):
        return add_source(gathering.settings, site.url(path), pace=HostPace(), **options)

    return run


def undated(text):
    """A day may end while a test runs."""
    return re.sub(r"20\d\d-\d\d-\d\d:", "DAY:", text)


def feeds_of(added, site):
    return [(feed["kind"], feed["url"].removeprefix(site.url(""))) for feed in yaml.safe_load(added.text)["feeds"]]


def test_a_site_becomes_a_file_that_reads_like_one_a_person_wrote(add, site, gathering):
    front(site, head='<link rel="alternate" type="application/rss+xml" href="/rss.xml">')
    robots(site, "/sitemaps/news.xml")
    rss(site, "/rss.xml", *articles(3))
    news_sitemap(site, "/sitemaps/news.xml", *articles(9))
    added = add()
    assert added.written
    assert added.path == gathering.settings.sources_folder / "gb" / "river-herald.yml"
    assert added.path.read_text(encoding="utf-8") == added.text
    assert undated(added.text) == (
        "id: river-herald\nname: River Herald\n"
        f"homepage: {site.url('/')}\ncountry_code: GBR\nlanguage: en\ntimezone: Europe/London\nenabled: true\nfeeds:\n"
        f"  - url: {site.url('/sitemaps/news.xml')}\n    kind: news_sitemap\n"
    ).replace("country_code", "# DAY: its language tag is en-GB, and nothing else says it.\ncountry_code")
    assert load_source(added.path).id == "river-herald"
    assert find_source(gathering.settings.model_copy(update={"publishers": True}), "river-herald").enabled
    assert f"left out: {site.url('/rss.xml')}: lists nothing that" in added.report
    assert "`dateline sources check river-herald` tries it end to end" in added.report
    assert "DATELINE_PUBLISHERS=true" in added.report


def test_a_site_without_anything_waits_for_a_person(add, site):
    front(site, body="<p>Under construction</p>")
    added = add()
    assert yaml.safe_load(added.text)["enabled"] is False
    assert "TO FILL IN in river-herald.yml: feeds: no link on the front page looks like an article's" in added.report


@pytest.mark.parametrize(
    ("tag", "options", "expected"),
    [
        ("en-GB", {}, ("GBR", "Europe/London", True)),
        ("en-US", {}, ("USA", "America/New_York", False)),
        ("en-US", {"timezone": "America/Denver"}, ("USA", "America/Denver", True)),
        ("en-US", {"country": "ZA"}, ("ZAF", "Africa/Johannesburg", True)),
        ("en", {"country": "IRL"}, ("IRL", "Europe/Dublin", True)),
        ("es-ES", {}, ("ESP", "Europe/Madrid", True)),
    ],
)
def test_country_and_time_zone_come_from_the_site_or_from_the_person(add, site, tag, options, expected):
    front(site, html=f'<html lang="{tag}">' + "<head><title>Paper</title></head><body></body></html>")
    rss(site, "/feed", *articles(2))
    added = add(**options)
    found = load_source(added.path)
    assert (found.country_code, found.timezone, found.enabled) == expected
    asks = "# DAY: fill in; the country has others too: America/Chicago"
    assert (asks in undated(added.text)) == (not found.enabled)
    assert ("TO FILL IN in paper.yml: timezone" in added.report) == (not found.enabled)


def test_a_country_that_nothing_tells_is_asked_for(add, site, gathering):
    front(site, html='<html lang="en"><title>Paper</title><body></body></html>')
    with pytest.raises(ConfigurationError, match="say it with --country"):
        add()
    assert not gathering.settings.sources_folder.exists()


@pytest.mark.parametrize(
    ("html", "feed_language", "expected"),
    [
        ('<html lang="nb-NO">', "en", ("no", True)),
        ('<html><head><meta property="og:locale" content="de_AT"></head>', "en", ("de", True)),
        ("<html>", "fr-ca", ("fr", True)),
        ("<html>", "", ("en", False)),
    ],
)
def test_the_language_is_the_tags_or_asked_for(add, site, html, feed_language, expected):
    front(site, html=html + "<title>Paper</title><body></body></html>")
    rss(site, "/feed", *articles(2), language=feed_language)
    added = add(country="IRL")
    found = load_source(added.path)
    assert (found.language, found.enabled) == expected
    assert ("language: neither the tags nor the words" in added.report) == (not found.enabled)


def test_without_a_tag_the_words_of_the_front_page_tell_the_language(add, site):
    words = "Der Stadtrat hat am Montag beschlossen, die Straßen der Altstadt zu sperren. " * 5
    front(site, html="<html><title>Blatt</title><body>{body}</body></html>", body=f'<a href="/x">{words}</a>')
    rss(site, "/feed", *articles(2), language="")
    assert load_source(add(country="DEU").path).language == "de"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta property="og:site_name" content=" The  Herald ">', "The Herald"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Herald"}]}</script>', "Herald"),
        ('<script type="application/ld+json">{not json</script><meta name="application-name" content="App">', "App"),
        ("<title>Latest news, weather and sport | Gazette</title>", "Gazette"),
        ("<title>Gazette: news</title>", "Gazette"),
        ("<title>Today|Gazette Online :</title>", "Gazette Online"),
        ("", "gazette"),
    ],
)
def test_the_name_is_the_one_the_site_gives_itself(add, site, head, name):
    site.answer("/", f'<html lang="en-GB"><head>{head}</head><body></body></html>')
    rss(site, "/feed", *articles(2))
    assert load_source(add().path).name == name


@pytest.mark.parametrize(
    ("name", "source_id"),
    [
        ("Süddeutsche Straßenzeitung", "suddeutsche-strassenzeitung"),
        ("People's Daily & Sons", "peoples-daily-and-sons"),
        ("读卖新闻", "gazette"),  # nothing that is left in ASCII: the site's own label
        ("The very long name of a society that prints a newspaper", "gazette"),
    ],
)
def test_the_id_is_a_slug_of_the_name(add, site, name, source_id):
    site.answer("/", f'<html lang="en-GB"><meta property="og:site_name" content="{name}"></html>')
    rss(site, "/feed", *articles(2))
    assert load_source(add().path).id == source_id


def test_a_moved_site_and_a_moved_feed_are_written_at_their_new_addresses(add, site):
    site.redirect("/", site.url("/home"))
    head = '<link rel="alternate" type="application/rss+xml" href="/old.xml">'
    site.answer("/home", FRONT.format(head=head, body=""))
    site.redirect("/old.xml", site.url("/new.xml"), status=301)
    rss(site, "/new.xml", *articles(4))
    added = add()
    assert yaml.safe_load(added.text)["homepage"] == site.url("/home")
    assert feeds_of(added, site) == [("rss", "/new.xml")]


def test_showing_a_file_writes_none(add, site, gathering):
    front(site)
    rss(site, "/feed", *articles(2))
    added = add(write=False)
    assert not added.written
    assert not gathering.settings.sources_folder.exists()
    assert f"not written; it would be {added.path}" in added.report


def test_nothing_is_ever_overwritten(add, site):
    front(site)
    rss(site, "/feed", *articles(2))
    first = add()
    with pytest.raises(ConfigurationError, match=re.escape(f"{first.path} has gazette.localhost already")):
        add()
    with pytest.raises(ConfigurationError, match="has the id 'river-herald' already"):
        add(source_id="river-herald")
    second = add(source_id="river-herald-two")
    assert first.path.read_text(encoding="utf-8") == first.text
    assert second.path.name == "river-herald-two.yml"


def test_two_sites_of_one_name_need_two_ids(add, site, gathering):
    front(site)
    rss(site, "/feed", *articles(2))
    add()
    with pytest.raises(ConfigurationError, match="has the id 'river-herald' already; say another with --id"):
        add_source(gathering.settings, site.url("/", "other"), country="ZAF", pace=HostPace())
    assert not (gathering.settings.sources_folder / "za").exists()


def test_a_file_that_appears_in_the_meantime_stays_as_it_is(tmp_path):
    path = tmp_path / "gb" / "river-herald.yml"
    _write_new(path, "first")
    with pytest.raises(ConfigurationError, match="is there already"):
        _write_new(path, "second")
    assert path.read_text(encoding="utf-8") == "first"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"source_id": "Not An Id"}, "is no id"),
        ({"source_id": "../../etc/passwd"}, "is no id"),
        ({"country": "Atlantis"}, "no ISO 3166 country code"),
        ({"timezone": "Africa/Atlantis"}, "no IANA time zone"),
        ({"language": "eng"}, "nothing was added: language: expected an ISO 639-1"),
    ],
)
def test_what_a_person_says_wrongly_is_refused(add, site, gathering, options, words):
    front(site)
    rss(site, "/feed", *articles(2))
    with pytest.raises(ConfigurationError, match=re.escape(words)):
        add(**options)
    assert not gathering.settings.sources_folder.exists()


@pytest.mark.parametrize("address", ["ftp://example.org/", "https:///x", "two words", ""])
def test_what_is_no_address_is_refused(gathering, address):
    with pytest.raises(ConfigurationError, match="no address of a web site"):
        add_source(gathering.settings, address)


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda site: site.answer("/", status=404), "gone (404)"),
        (lambda site: site.answer("/", b"", kind="text/html"), "no HTML page"),
        (lambda site: site.answer("/robots.txt", "User-agent: *\nDisallow: /\n", kind="text/plain"), "robots_denied"),
    ],
)
def test_a_front_page_that_cannot_be_read_adds_nothing(add, site, gathering, break_it, words):
    front(site)
    break_it(site)
    with pytest.raises(PermanentError, match=re.escape(words)):
        add()
    assert not gathering.settings.sources_folder.exists()
