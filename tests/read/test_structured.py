"""Which node of a page's structured data is its article, and what is read from it."""

import json
from typing import Any

import pytest

from pipeline.read.page import Page, parse_page
from pipeline.read.structured import StatedImage, StructuredArticle, read_json_ld, read_microdata

URL = "https://www.selby.example/news/grain"
HEADLINE = "Grain ships queue at Selby"


def page_of(*scripts: Any, head: str = "", body: str = f"<h1>{HEADLINE}</h1>", url: str = URL) -> Page:
    blocks = "".join(
        f'<script type="application/ld+json">{s if isinstance(s, str) else json.dumps(s)}</script>' for s in scripts
    )
    page = parse_page(f"<html><head>{head}{blocks}</head><body>{body}</body></html>", url)
    assert page is not None
    return page


def json_ld(*scripts: Any, **options: str) -> StructuredArticle:
    found = read_json_ld(page_of(*scripts, **options))
    assert found is not None
    return found


def microdata(body: str) -> StructuredArticle:
    found = read_microdata(page_of(body=body))
    assert found is not None
    return found


def article(headline: str = HEADLINE, **fields: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": headline, **fields}


@pytest.mark.parametrize(
    "kind",
    ["NewsArticle", ["NewsArticle", "ReportageNewsArticle"], "https://schema.org/NewsArticle", "schema:NewsArticle"],
)
def test_a_type_counts_however_it_is_written(kind: Any) -> None:
    found = json_ld({"@type": kind, "headline": HEADLINE})
    assert (found.headline, found.kind) == (HEADLINE, "NewsArticle")


def test_the_article_is_found_in_a_graph_in_a_list_in_a_page() -> None:
    found = json_ld({"@graph": [{"@type": "WebPage", "mainEntity": [[article(datePublished="2024-05-03")]]}]})
    assert (found.headline, found.published) == (HEADLINE, "2024-05-03")


def test_references_by_id_are_followed_wherever_their_node_stands() -> None:
    graph = [
        article(author={"@id": "#reyl"}, publisher={"@id": "#star"}, image={"@id": "#picture"}),
        {"@type": "WebSite", "publisher": {"@type": "NewsMediaOrganization", "@id": "#star", "name": "Selby Star"}},
        {"@type": "Person", "@id": "#reyl", "name": "Tomas Reyl"},
        {"@type": "ImageObject", "@id": "#picture", "url": "/p.jpg", "caption": "Ships", "creditText": "Ida Rau"},
    ]
    found = json_ld({"@graph": graph})
    assert (found.authors, found.publisher) == (("Tomas Reyl",), "Selby Star")
    assert found.images == (StatedImage("/p.jpg", "Ships", "Ida Rau"),)


def test_a_reference_that_points_at_itself_ends() -> None:
    assert json_ld(article(author={"@id": "#a"}), {"@id": "#a", "author": {"@id": "#a"}}).authors == ()


def test_teasers_beside_the_article_are_not_the_article() -> None:
    teasers = [article(f"Story {n}", url=f"https://www.selby.example/news/{n}", author="Other") for n in range(5)]
    found = json_ld([*teasers, article("Grain", url=URL + "/", author="Tomas Reyl")])
    assert found.authors == ("Tomas Reyl",)


def test_several_articles_without_a_sign_of_this_page_are_a_list_of_others() -> None:
    found = json_ld([article("Story one"), article("Story two")], {"@type": "CollectionPage"})
    assert (found.headline, found.kind) == (None, "CollectionPage")


def test_what_stands_in_a_list_is_the_page_only_where_it_says_so() -> None:
    listed = [{"@type": "ListItem", "item": article("Another story", datePublished="2024-05-01")}]
    assert json_ld({"@type": "ItemList", "itemListElement": listed}).published is None
    listed.append({"@type": "ListItem", "item": article(datePublished="2024-05-03")})
    assert json_ld({"@type": "ItemList", "itemListElement": listed}).published == "2024-05-03"


def test_the_posts_of_a_live_blog_are_not_the_live_blog() -> None:
    posts = [{"@type": "BlogPosting", "headline": "14:05 First ship", "datePublished": "2024-05-03T14:05:00Z"}]
    blog = {"@type": "LiveBlogPosting", "coverageStartTime": "2024-05-03T06:00:00Z", "liveBlogUpdate": posts}
    found = json_ld(blog)
    assert (found.kind, found.published) == ("LiveBlogPosting", "2024-05-03T06:00:00Z")


def test_a_page_with_the_fields_of_an_article_is_one_and_any_other_lends_its_dates_only() -> None:
    page = {"@type": "WebPage", "name": f"{HEADLINE} | Star", "datePublished": "2024-05-03", "author": {"name": "Star"}}
    found = json_ld(page)
    assert (found.headline, found.published, found.page_published) == (None, None, "2024-05-03")
    assert (found.kind, found.authors) == ("WebPage", ())
    found = json_ld({**page, "headline": HEADLINE})
    assert (found.headline, found.published) == (HEADLINE, "2024-05-03")


def test_a_video_beside_the_article_is_not_the_article() -> None:
    video = {"@type": "VideoObject", "name": HEADLINE, "uploadDate": "2024-05-02"}
    found = json_ld(video, article())
    assert (found.kind, found.published, found.page_published) == ("NewsArticle", None, "2024-05-02")
    assert found.page_kinds == ("VideoObject", "NewsArticle")
    assert json_ld(video).kind == "VideoObject"


def test_what_one_node_leaves_open_another_of_the_same_article_fills() -> None:
    found = json_ld(article(url=URL, author="Tomas Reyl"), article(keywords="port, grain", author="Star Desk"))
    assert (found.authors, found.keywords) == (("Tomas Reyl",), ("port", "grain"))


@pytest.mark.parametrize(
    ("image", "images"),
    [
        ("/p.jpg", (StatedImage("/p.jpg"),)),
        (["/p.jpg", "/p.jpg", "/q.jpg"], (StatedImage("/p.jpg"), StatedImage("/q.jpg"))),
        ({"contentUrl": "/p.jpg", "creator": [{"name": "Ida Rau"}]}, (StatedImage("/p.jpg", None, "Ida Rau"),)),
        ({"url": ["/p.jpg"], "caption": "<b>Ships</b> &amp; cranes"}, (StatedImage("/p.jpg", "Ships & cranes"),)),
        ({"@id": "#nowhere"}, ()),
        ([None, 3, {}, [], ""], ()),
    ],
)
def test_pictures_are_read_in_every_form(image: Any, images: tuple[StatedImage, ...]) -> None:
    assert json_ld(article(image=image)).images == images


@pytest.mark.parametrize(
    ("stated", "is_free"),
    [(True, True), (False, False), ("False", False), ("true", True), ("http://schema.org/False", False), ("?", None)],
)
def test_whether_it_is_free_is_read_in_every_form(stated: Any, is_free: bool | None) -> None:
    assert json_ld(article(isAccessibleForFree=stated)).is_accessible_for_free is is_free


def test_an_article_with_a_part_behind_the_paywall_is_not_free_unless_it_says_so() -> None:
    parts = [
        {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paid"},
        {"@type": "WebPageElement", "isAccessibleForFree": True, "cssSelector": ".lead"},
        {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": [".paid", "#rest"]},
    ]
    assert json_ld(article(hasPart=parts)).is_accessible_for_free is False
    assert json_ld(article(hasPart=parts[1:2])).is_accessible_for_free is None
    assert json_ld(article(hasPart=parts, isAccessibleForFree=True)).is_accessible_for_free is True


def test_breadcrumbs_are_in_order_and_without_the_page_itself() -> None:
    entries = [
        {"@type": "ListItem", "position": "2", "item": {"@id": "/port", "name": "Port"}},
        {"@type": "ListItem", "position": 1, "name": "Home", "item": "/"},
        {"@type": "ListItem", "position": 3, "name": HEADLINE, "item": URL},
    ]
    assert json_ld(article(), {"@type": "BreadcrumbList", "itemListElement": entries}).breadcrumbs == ("Home", "Port")


def test_a_script_in_a_meta_element_is_read_where_there_is_no_other() -> None:
    stated = json.dumps(article(datePublished="2024-05-03")).replace('"', "&quot;")
    assert json_ld(head=f'<meta name="script:ld+json" content="{stated}">').published == "2024-05-03"


def test_without_json_ld_there_is_nothing() -> None:
    assert read_json_ld(page_of()) is None
    assert read_json_ld(page_of("nonsense")) is None


@pytest.mark.parametrize(
    "filler", [article("Other", url="https://selby.example/o"), {"@id": "#x", "author": {"@id": "#x"}}]
)
def test_the_article_is_found_among_many_nodes(filler: dict[str, Any]) -> None:
    nodes = [filler] * 2_000 + [article(url=URL, author={"@id": "#x"})] + [filler] * 12_000
    page = page_of(nodes)
    found = read_json_ld(page)
    assert found is not None
    assert found.headline == HEADLINE


ARTICLE_ITEM = '<div itemscope itemtype="https://schema.org/NewsArticle">'


def test_a_property_belongs_to_the_nearest_item_only() -> None:
    found = microdata(
        ARTICLE_ITEM
        + f"""<h1 itemprop="headline">{HEADLINE}</h1>
        <div itemprop="comment" itemscope itemtype="https://schema.org/Comment">
          <span itemprop="author">Angry Reader</span>
          <time itemprop="datePublished" datetime="2024-05-09">9 May</time></div>
        <div itemscope itemtype="https://schema.org/Article"><a itemprop="headline">Another story</a>
          <meta itemprop="datePublished" content="2024-05-08"></div>
        <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Tomas Reyl</b>
          <i itemprop="jobTitle">Reporter</i></span>
        <time itemprop="datePublished" datetime="2024-05-03T10:15+02:00">3 May</time></div>"""
    )
    assert found.authors == ("Tomas Reyl",)
    assert (found.headline, found.published) == (HEADLINE, "2024-05-03T10:15+02:00")


def test_a_date_that_stands_within_the_author_is_the_articles() -> None:
    found = microdata(
        ARTICLE_ITEM
        + """<p itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">
        Tomas Reyl</span><meta itemprop="datePublished" content="2024-05-03"></p></div>"""
    )
    assert (found.authors, found.published) == (("Tomas Reyl",), "2024-05-03")


def test_teasers_in_microdata_are_not_the_article() -> None:
    teaser = (
        ARTICLE_ITEM
        + '<h3 itemprop="headline">Story {0}</h3><meta itemprop="datePublished" content="2024-05-0{0}"></div>'
    )
    assert read_microdata(page_of(body=f"<h1>{HEADLINE}</h1>" + teaser.format(1) + teaser.format(2))) is None
    own = (
        ARTICLE_ITEM
        + f'<h1 itemprop="headline">{HEADLINE}</h1><meta itemprop="datePublished" content="2024-05-03"></div>'
    )
    assert microdata(teaser.format(1) + own + teaser.format(2)).published == "2024-05-03"


def test_a_date_outside_any_item_is_the_pages_where_there_is_only_one() -> None:
    date = '<time itemprop="datePublished" datetime="2024-05-0{}">a day in May</time>'
    found = microdata(date.format(3))
    assert (found.published, found.page_published) == (None, "2024-05-03")
    assert read_microdata(page_of(body=date.format(3) + date.format(4))) is None


def test_rdfa_is_read_like_microdata() -> None:
    found = microdata(
        f"""<article class="a" vocab="https://schema.org/" typeof="NewsArticle"><h1 property="headline">{HEADLINE}</h1>
        <span property="author" typeof="Person"><span property="name">Tomas Reyl</span></span>
        <span property="schema:datePublished" content="2024-05-03T10:15:00+02:00">3 May</span></article>"""
    )
    assert (found.headline, found.authors) == (HEADLINE, ("Tomas Reyl",))
    assert found.published == "2024-05-03T10:15:00+02:00"
