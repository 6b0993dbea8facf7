"""Articles that look like something else: short ones, ones about error pages, with pictures, tables, lists, verses."""

from datetime import UTC, datetime

import pytest

from pipeline.read.reader import read_page
from pipeline.statuses import ArticleStatus as Status
from tests.read.page_builders import HEADLINES, SENTENCES, SITE, figures, news_article, page, paragraphs, table, teasers

FETCHED_AT = datetime(2025, 6, 1, tzinfo=UTC)
VIDEO = '<div class="player"><video src="/v/1.mp4" poster="/v/1.jpg"></video></div>'
THREE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:3])
ARTICLE = "/news/bridge-over-the-mill-stream-closed-until-spring-10042"
BOX = f"<aside class='related'><h2>Read also</h2>{teasers(12)}</aside>"
THINGS = "".join(
    f"<h2>{n + 1}. {name}</h2><p>{SENTENCES[n]} {SENTENCES[(n + 3) % 8]}</p>"
    for n, name in enumerate(
        ("The mill", "The weir", "The market", "The tower", "The brewery", "The ferry", "The park")
    )
)
VERSES = """The water under the arches<br>has carried the year away,<br>a boot and a boat and a bottle,<br>
a bell that was lost in May.<br>And who shall tell the river<br>to give us the summer back?<br>
The heron stands like a question<br>in stubble burnt and black."""
ENTRIES = "".join(
    f"<p>{name}, {age}, of {street}, died on {day} May. Funeral on Friday at St Anne's, no flowers by request.</p>"
    for name, age, street, day in (
        ("Edith Marlow", 91, "Weir Street", 11),
        ("Tom Aske", 78, "Mill Lane", 12),
        ("Rose Penn", 84, "Church Hill", 14),
    )
)
INTERVIEW = "".join(f"<p><b>Why {n} now?</b></p><p>{SENTENCES[n]} {SENTENCES[n + 1]}</p>" for n in range(6))
TRANSCRIPT = "".join(f"<p>{'HOLM' if n % 2 else 'AMES'}: {SENTENCES[n % 8]}</p>" for n in range(14))
UPDATES = "".join(
    f"<div class='update'><time datetime='2025-05-20T1{n}:00'>1{n}:00</time><h3>Update "
    f"{n}</h3><p>{SENTENCES[n]} {SENTENCES[n + 1]}</p></div>"
    for n in range(6)
)
ABOUT_404 = (
    "<p>The number 404 has its origin in a list of answers that servers give, and not in a room of a "
    "research centre.</p>"
    "<p>“Page not found” is what most people read first when they type an address from a poster, a study says.</p>"
    "<p>Designers of the town's website have now replaced it by a drawing of the old mill.</p>"
)
ABOUT_COOKIES = (
    "<p>The regulator fined a shop because visitors could accept all cookies with a click but not reject "
    "all of them.</p>"
    "<p>Consent must be as easy to refuse as to give, the authority said in its decision on Monday.</p>"
    "<p>The shop's partners had stored personalised ads on the devices of ninety thousand people.</p>"
)
ABOUT_LOGIN = (
    "<p>Pupils of the town's schools can log in to the library from home since Monday, free of charge.</p>"
    "<p>A password and an email address are all it takes, the librarian said, and nobody's data leave the building.</p>"
)
ABOUT_SUBSCRIPTION = (
    "<p>The theatre raises its prices: a subscription for eight evenings costs €96 instead of €84 from autumn on.</p>"
    "<p>Single tickets stay at €14 and €9, and pupils pay €5 as before, the director told the council.</p>"
)
GERMAN = (
    "<p>Die alte Brücke ist seit Montag gesperrt, die Arbeiten dauern bis zum Frühjahr.</p>"
    "<p>Der Bus fährt über die Mühle, was elf Minuten länger dauert.</p>"
)
CHINESE = (
    "<p>旧桥从星期一起关闭维修，工程将持续到明年春天。公交车将绕行磨坊，前往医院的路程会增加十一分钟。</p><p>"
    "居民希望修建一座人行桥。</p>"
)
JAPANESE = (
    "<p>市は月曜日から古い橋を閉鎖し、春まで補修工事を行うと発表した。バスは水車小屋の前を回り、病院までの所"
    "要時間は十一分延びる。</p>"
)
DATA = news_article(HEADLINES[0], url=SITE + ARTICLE)


def article(body: str, headline: str = HEADLINES[0], **how: object) -> bytes:
    return page(f"<article><h1>{headline}</h1>{body}</article>", title=f"{headline} | The Selby Courier", **how)  # type: ignore[arg-type]


ARTICLES = {
    "three sentences": (article(THREE), ARTICLE),
    "two sentences": (article("".join(f"<p>{s}</p>" for s in SENTENCES[:2])), ARTICLE),
    "two German sentences": (
        article(GERMAN, "Alte Brücke gesperrt", lang="de"),
        "/lokales/alte-bruecke-gesperrt-id123456.html",
    ),
    "two Chinese sentences": (article(CHINESE, "旧桥关闭至明年春天", lang="zh"), "/2025/0520/c1001-402117.html"),
    "one long Japanese sentence": (article(JAPANESE, "古い橋、春まで閉鎖", lang="ja"), "/articles/2025052001"),
    "many teasers beside it": (article(paragraphs(5)).replace(b"</main>", f"{BOX}</main>".encode()), ARTICLE),
    "three sentences and many teasers": (article(THREE).replace(b"</main>", f"{BOX}</main>".encode()), ARTICLE),
    "its type is website": (article(paragraphs(4), og_type="website"), ARTICLE),
    "on the front's address, by number": (article(paragraphs(4), og_type="article"), "/?p=7741"),
    "about a 404": (article(ABOUT_404, "Error 404: the story of a number"), "/tech/error-404-the-story-of-a-number"),
    "about a 404 with data": (
        article(ABOUT_404, "Page not found", ld=news_article("Page not found: why we read it so often")),
        ARTICLE,
    ),
    "about cookies": (
        article(ABOUT_COOKIES, "Regulator fines shop over cookie consent"),
        "/tech/regulator-fines-shop-over-cookies",
    ),
    "about logging in": (article(ABOUT_LOGIN, "Library opens its shelves online"), ARTICLE),
    "about a subscription": (article(ABOUT_SUBSCRIPTION, "Theatre subscription gets dearer"), ARTICLE),
    "its subject is a redirect": (article(THREE, "Traffic redirected for a year"), ARTICLE),
    "with a gallery": (article(paragraphs(4) + figures(9)), ARTICLE),
    "a gallery with a report": (article(figures(6) + paragraphs(5), "In pictures: the flood"), "/gallery/the-flood"),
    "a short one with pictures": (article(THREE + figures(5), ld=DATA), ARTICLE),
    "a video with a report": (
        article(VIDEO + paragraphs(4), og_type="video.other"),
        "/video/lorry-pulled-out-of-stream-1",
    ),
    "a short one with a video": (article(VIDEO + THREE, og_type="article"), ARTICLE),
    "read out by a machine": (article("<audio src='/read.mp3'></audio>" + THREE), ARTICLE),
    "ten things": (
        article(THINGS, "Seven things to see in the lower town"),
        "/travel/seven-things-to-see-in-the-lower-town",
    ),
    "results with a report": (
        article(paragraphs(3) + table(12), "Selby stays up"),
        "/sport/results/selby-stays-up-on-last-day-8812",
    ),
    "prices with a report": (
        article(paragraphs(2) + table(20), "Milk gets dearer"),
        "/markets/milk-gets-dearer-again-in-may-5512",
    ),
    "press release": (
        article(
            f"<p>Selby, 20 May 2025. {SENTENCES[0]}</p>{paragraphs(2)}<p>Press contact: Ida Holm, +44 1234 5678</p>",
            og_type="website",
        ),
        "/press/releases/2025/bridge",
    ),
    "live blog with text": (
        article(
            UPDATES, ld={"@type": "LiveBlogPosting", "headline": HEADLINES[0], "datePublished": "2025-05-20T10:00:00Z"}
        ),
        "/live/bridge-closed-live",
    ),
    "live blog without data": (article(UPDATES), "/live/bridge-over-the-mill-stream-closed-live"),
    "poem": (article(f"<p>{VERSES}</p>", "The river in June"), "/culture/poems/the-river-in-june"),
    "deaths": (article(ENTRIES, "Deaths in the parish"), "/notices/deaths-in-the-parish-20-may-2025"),
    "interview": (article(INTERVIEW, "“The pillar would not survive another flood”"), ARTICLE),
    "transcript": (
        article(TRANSCRIPT, "Transcript: the mayor on the bridge"),
        "/podcast/transcript-the-mayor-on-the-bridge",
    ),
    "filed under a topic": (article(paragraphs(4)), "/topics/roads/bridge-over-the-mill-stream-closed-until-spring"),
    "filed under an author": (article(paragraphs(4)), "/author/ida-holm/2025/05/bridge-over-the-mill-stream-closed"),
    "a teaser before a wall": (
        article(
            f"<p>{SENTENCES[0]} {SENTENCES[1]}</p><div class='wall'><p>Subscribe to continue reading</p></div>", ld=DATA
        ),
        ARTICLE,
    ),
    "a word for a slug": (article(paragraphs(4)), "/news/bridge"),
    "a headline of two words": (article(paragraphs(4), "Bridge closed"), "/news/2025/05/20/bridge"),
    "with the next one below": (
        page(
            f"<article><h1>{HEADLINES[0]}</h1>{paragraphs(4)}</article><article><h2><a href='/news/next-on"
            f"e-of-the-day-2'>"
            f"{HEADLINES[1]}</a></h2>{paragraphs(4, start=3)}</article>",
            ld=DATA,
        ),
        ARTICLE,
    ),
    "with scripts asked for": (
        article(paragraphs(2) + "<noscript>Please enable JavaScript to see the comments.</noscript>"),
        ARTICLE,
    ),
    "under a consent banner": (
        article(paragraphs(3)).replace(
            b"<main>", b"<div><p>We and our partners use cookies. Accept all or manage your options.</p></div><main>"
        ),
        ARTICLE,
    ),
}


@pytest.mark.parametrize("case", ARTICLES)
def test_an_article_that_looks_like_something_else_stays_one(case: str) -> None:
    raw, path = ARTICLES[case]
    reading = read_page(raw, url=SITE + path, fetched_at=FETCHED_AT)
    assert (reading.status, reading.reason) == (Status.NEW, None)
