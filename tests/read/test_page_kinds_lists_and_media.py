"""Pages among the links of real feeds whose matter is no text, or many texts: lists, players, pictures, tables."""

from datetime import UTC, datetime

import pytest

from pipeline.read.reader import read_page
from pipeline.statuses import ArticleStatus as Status
from tests.read.page_builders import HEADLINES, SENTENCES, SITE, figures, news_article, page, paragraphs, table, teasers

FETCHED_AT = datetime(2025, 6, 1, tzinfo=UTC)
PLAYER = '<div class="player"><video src="/v/1.mp4" poster="/v/1.jpg"></video></div>'
LONG_TEASERS = "".join(
    f'<div class="item"><h2><a href="/2025/05/{n}/{n}-long-story-of-the-day">{HEADLINES[n]}</a></h2>'
    f"{paragraphs(4, start=n)}</div>"
    for n in range(5)
)
COLLECTION = {"@context": "https://schema.org", "@type": "CollectionPage", "name": "Politics"}
ITEM_LIST = {
    "@context": "https://schema.org",
    "@type": "ItemList",
    "itemListElement": [
        {"@type": "ListItem", "position": n, "item": news_article(HEADLINES[n], url=f"{SITE}/news/{n}")}
        for n in range(6)
    ],
}
SEARCH_FORM = "<form><input type='search' name='q'><button>Search</button></form>"
HEADLINE_LIST = "<ul>" + "".join(f"<li><a href='/news/{n}'>{HEADLINES[n]}</a></li>" for n in range(12)) + "</ul>"

LISTINGS = {
    "front page with teasers": (page(teasers(12)), "/", Status.SECTION_FRONT),
    "front page with its list as data": (page(teasers(12), ld=ITEM_LIST, og_type="website"), "/", Status.SECTION_FRONT),
    "front page of a language": (page(teasers(12), og_type="website"), "/en/", Status.SECTION_FRONT),
    "front page by file name": (page(teasers(12)), "/index.html", Status.SECTION_FRONT),
    "section with its type": (
        page(f"<h1>Politics</h1>{teasers(10)}", ld=COLLECTION),
        "/politics",
        Status.SECTION_FRONT,
    ),
    "section with its list as data": (
        page(f"<h1>Sport</h1>{teasers(10)}", ld=ITEM_LIST, og_type="website"),
        "/sport/",
        Status.SECTION_FRONT,
    ),
    "section of headlines alone": (
        page(f"<h1>Business</h1>{HEADLINE_LIST}"),
        "/category/business",
        Status.SECTION_FRONT,
    ),
    "section with linked cards": (
        page(
            "<h1>Culture</h1>"
            + "".join(
                f'<a class="card" href="/c/{n}"><h3>{HEADLINES[n]}</h3><p>{SENTENCES[n % 8]}</p></a>' for n in range(9)
            ),
            og_type="website",
        ),
        "/culture",
        Status.SECTION_FRONT,
    ),
    "category of a blog": (
        page(
            f"<h1>Category: Local</h1>{teasers(8, heading='h2')}",
            head='<link rel="next" href="/category/local/page/2">',
        ),
        "/category/local/",
        Status.SECTION_FRONT,
    ),
    "section of long teasers and nothing else": (
        page(
            "<h1>Politics</h1>"
            + "".join(
                f'<div class="t"><h3><a href="/n/{n}-{n}">{HEADLINES[n]}</a></h3><p>{SENTENCES[n % 8]} '
                f"{SENTENCES[n % 7]} {SENTENCES[n % 5]}</p></div>"
                for n in range(12)
            )
        ),
        "/politics",
        Status.SECTION_FRONT,
    ),
    "archive of a month": (page(f"<h1>May 2025</h1>{teasers(10, heading='h2')}"), "/2025/05/", Status.SECTION_FRONT),
    "archive of whole articles": (page(LONG_TEASERS, og_type="website"), "/archive/2025/05", Status.SECTION_FRONT),
    "today's print edition": (page(f"<h1>Today's paper</h1>{HEADLINE_LIST}"), "/todays-paper/", Status.SECTION_FRONT),
    "tag": (page(f"<h1>Bridges</h1>{teasers(9)}"), "/tag/bridges", Status.TAG_PAGE),
    "tag with a type": (page(f"<h1>#Bridges</h1>{teasers(9)}", ld=COLLECTION), "/tag/bridges/", Status.TAG_PAGE),
    "German topic": (page(f"<h1>Thema: Brücken</h1>{teasers(9)}", lang="de"), "/thema/bruecken", Status.TAG_PAGE),
    "Spanish topic": (
        page(f"<h1>Puentes</h1>{teasers(9)}", lang="es", og_type="website"),
        "/temas/puentes/",
        Status.TAG_PAGE,
    ),
    "author with a profile": (
        page(
            f"<h1>Ida Holm</h1><p>Ida Holm reports from the lower town since 2011.</p>{teasers(9)}", og_type="profile"
        ),
        "/author/ida-holm",
        Status.TAG_PAGE,
    ),
    "French author": (
        page(f"<h1>Ida Holm</h1>{teasers(9)}", ld={"@type": "ProfilePage", "name": "Ida Holm"}),
        "/auteur/ida-holm",
        Status.TAG_PAGE,
    ),
    "search": (page(f"<h1>Results for bridge</h1>{SEARCH_FORM}{teasers(9)}"), "/search?q=bridge", Status.TAG_PAGE),
    "search on the front's address": (page(f"<h1>Results for: bridge</h1>{teasers(9)}"), "/?s=bridge", Status.TAG_PAGE),
    "second page of a tag": (
        page(f"<h1>Bridges</h1>{teasers(9)}", head='<link rel="next" href="/tag/bridges/page/3">'),
        "/tag/bridges/page/2",
        Status.TAG_PAGE,
    ),
}

VIDEO_OBJECT = {"@type": "VideoObject", "name": "Bridge closed", "uploadDate": "2025-05-20"}
LINE = (
    "<p>See how the lorry was pulled out of the stream on Monday morning, two days after the storm in the valley.</p>"
)
MEDIA = {
    "video": (
        page(f"<h1>Lorry pulled out of stream</h1>{PLAYER}{LINE}", og_type="video.other"),
        "/video/lorry-pulled-out-of-stream-1",
        Status.VIDEO_PAGE,
    ),
    "video with a type": (
        page(f"<h1>Lorry pulled out of stream</h1>{PLAYER}{LINE}", ld=VIDEO_OBJECT),
        "/watch/77123",
        Status.VIDEO_PAGE,
    ),
    "video in a frame": (
        page(f'<h1>Lorry in the stream</h1><iframe src="https://www.youtube.com/embed/x1"></iframe>{LINE}'),
        "/videos/lorry-in-the-stream",
        Status.VIDEO_PAGE,
    ),
    "video without any text": (page(f"<h1>Lorry in the stream</h1>{PLAYER}"), "/news/lorry", Status.VIDEO_PAGE),
    "podcast": (
        page(
            f"<h1>The morning: bridges</h1><audio src='/a.mp3'></audio>{LINE}",
            ld={"@type": "PodcastEpisode", "name": "Bridges"},
        ),
        "/podcast/the-morning/bridges",
        Status.VIDEO_PAGE,
    ),
    "French video": (
        page(f"<h1>Le camion dans le ruisseau</h1>{PLAYER}{LINE}", lang="fr"),
        "/videos/le-camion",
        Status.VIDEO_PAGE,
    ),
    "gallery": (page(f"<h1>In pictures: the flood</h1>{figures(8)}"), "/gallery/the-flood", Status.GALLERY_PAGE),
    "gallery with a type": (
        page(f"<h1>The flood day by day</h1>{figures(8)}", ld={"@type": "ImageGallery", "name": "Flood"}),
        "/news/the-flood",
        Status.GALLERY_PAGE,
    ),
    "German gallery": (
        page(f"<h1>Die Flut in Bildern</h1>{figures(8)}", lang="de"),
        "/fotostrecke/die-flut",
        Status.GALLERY_PAGE,
    ),
    "gallery with a line": (
        page(f"<h1>Photos: the flood</h1>{LINE}{figures(8)}"),
        "/2025/05/photos-flood",
        Status.GALLERY_PAGE,
    ),
    "league table": (
        page(f"<h1>Second division</h1>{table(18)}"),
        "/sport/standings/second-division",
        Status.LIVE_TICKER,
    ),
    "market prices": (page(f"<h1>Prices</h1>{table(30, 7)}"), "/markets/stocks", Status.LIVE_TICKER),
    "election results": (
        page(f"<h1>Results by ward</h1>{table(24)}<p>Source: town.</p>"),
        "/wahlergebnisse/selby",
        Status.LIVE_TICKER,
    ),
    "scoreboard of divisions": (
        page(
            "<h1>Live scores</h1>"
            + "".join(f"<div class='m'><p>Selby {n} : {n + 1} Tadcaster</p></div>" for n in range(14))
        ),
        "/livescores",
        Status.LIVE_TICKER,
    ),
}


@pytest.mark.parametrize("case", LISTINGS)
def test_a_list_of_articles_is_a_front_or_a_tag_page(case: str) -> None:
    raw, path, status = LISTINGS[case]
    assert told(raw, path)[0] == status


@pytest.mark.parametrize("case", MEDIA)
def test_players_pictures_and_tables_without_a_report_are_named(case: str) -> None:
    raw, path, status = MEDIA[case]
    assert told(raw, path)[0] == status


def told(raw: bytes, path: str) -> tuple[Status, str]:
    reading = read_page(raw, url=SITE + path, fetched_at=FETCHED_AT)
    return reading.status, reading.reason or ""
