"""The sites' pages: text verbatim, metadata in each site's own way, charsets declared in each site's own place."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pytest

from pipeline.newsroom import RunningNewsroom
from pipeline.newsroom.sites import SITES

JSON_LD_SITES = {
    "harbour-gazette", "meridian-wire", "pacific-herald", "andes-tribune", "gulf-business-journal",
    "southern-cross-post",
}  # fmt: skip
MICRODATA_SITES = {"northern-ledger", "river-valley-news", "sahel-dispatch"}
Base = Callable[[str], str]


def articles_of(newsroom: RunningNewsroom, site_id: str) -> list[dict[str, Any]]:
    return [a for a in newsroom.gold()["articles"] if a["site"] == site_id]


def tree_of(body: bytes, site_id: str) -> Any:
    return lxml.html.document_fromstring(body, parser=lxml.html.HTMLParser(encoding=SITES[site_id].encoding))


def json_ld_of(tree: Any) -> list[Any]:
    return [json.loads(block) for block in tree.xpath("//script[@type='application/ld+json']/text()")]


@pytest.mark.parametrize("site_id", SITES)
def test_every_article_page_shows_its_text_word_for_word(newsroom: RunningNewsroom, get: Any, site_id: str) -> None:
    articles = articles_of(newsroom, site_id)
    assert articles
    for article in articles:
        answer = get(article["url"])
        assert answer.status == 200
        tree = tree_of(answer.body, site_id)
        further = [tree_of(get(url).body, site_id) for url in article["further_urls"]]
        shown = [p.text_content() for page in (tree, *further) for p in page.xpath("//p")]
        position = -1
        for paragraph in article["body"].split("\n\n"):
            position = shown.index(paragraph, position + 1)
        assert article["headline"] in [h.text_content() for h in tree.xpath("//h1")]
        assert tree.xpath("string(//link[@rel='canonical']/@href)") == article["url"]
        text = tree.text_content()
        assert article["standfirst"] is None or article["standfirst"] in text
        assert all(name in text for name in article["byline"])


def test_one_site_divides_a_long_article_into_three_pages_as_its_kind_of_site_does(
    newsroom: RunningNewsroom, get: Any
) -> None:
    (article,) = [a for a in newsroom.gold()["articles"] if a["further_urls"]]
    addresses = [article["url"], *article["further_urls"]]
    assert article["site"] == "danube-review"
    assert addresses[1:] == [f"{article['url']}/2/", f"{article['url']}/3/"]
    pages = [tree_of(get(url).body, article["site"]) for url in addresses]
    texts = [[p.text_content() for p in page.xpath("//div[@class='entry-content']/p")] for page in pages]
    assert "\n\n".join(paragraph for text in texts for paragraph in text) == article["body"]
    assert all(texts)
    assert [page.xpath("string(//link[@rel='canonical']/@href)") for page in pages] == addresses
    assert [page.xpath("string(//link[@rel='next']/@href)") for page in pages] == [*addresses[1:], ""]
    assert [page.xpath("string(//link[@rel='prev']/@href)") for page in pages] == ["", *addresses[:-1]]
    for number, page in enumerate(pages):
        numbers = page.xpath("//div[@class='page-links']//a/@href")
        assert numbers == [url for place, url in enumerate(addresses) if place != number]
        assert [h.text_content() for h in page.xpath("//h1")] == [article["headline"]]


@pytest.mark.parametrize("site_id", SITES)
def test_every_link_within_a_site_leads_to_a_page(
    newsroom: RunningNewsroom, get: Any, base: Base, site_id: str
) -> None:
    odd = {link["url"] for link in newsroom.gold()["odd_links"]}
    seen, waiting = set(), [base(site_id) + "/"]
    while waiting:
        url = waiting.pop()
        if url in seen or url in odd:
            continue
        seen.add(url)
        answer = get(url)
        assert answer.status == 200, url
        if answer.headers.get_content_type() == "text/html":
            tree = tree_of(answer.body, site_id)
            found = [*tree.xpath("//a/@href"), *tree.xpath("//img/@src"), *tree.xpath("//link/@href")]
            absolute = [urljoin(url, link).split("#")[0] for link in found]
            waiting += [link for link in absolute if urlsplit(link).netloc == urlsplit(url).netloc]
    assert {a["url"] for a in articles_of(newsroom, site_id)} <= seen


@pytest.mark.parametrize("site_id", sorted(JSON_LD_SITES - {"pacific-herald"}))
def test_json_ld_names_headline_time_and_authors(newsroom: RunningNewsroom, get: Any, site_id: str) -> None:
    for article in articles_of(newsroom, site_id):
        blocks = json_ld_of(tree_of(get(article["url"]).body, site_id))
        text = json.dumps(blocks, ensure_ascii=False)
        assert json.dumps(article["headline"], ensure_ascii=False) in text
        assert '"datePublished"' in text
        assert all(f'"{name}"' in text for name in article["byline"])


def test_one_site_has_a_list_of_nodes_beside_a_broken_block(newsroom: RunningNewsroom, get: Any) -> None:
    article = articles_of(newsroom, "pacific-herald")[0]
    tree = tree_of(get(article["url"]).body, "pacific-herald")
    broken, nodes = tree.xpath("//script[@type='application/ld+json']/text()")
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken)
    assert [node["@type"] for node in json.loads(nodes)] == ["WebSite", "BreadcrumbList", "NewsArticle"]


def test_the_shapes_of_json_ld_differ(newsroom: RunningNewsroom, get: Any) -> None:
    def blocks(site_id: str) -> list[Any]:
        articles = articles_of(newsroom, site_id)
        article = next((a for a in articles if a["byline"]), articles[0])
        return json_ld_of(tree_of(get(article["url"]).body, site_id))

    assert [b["@type"] for b in blocks("harbour-gazette")] == ["NewsArticle"]
    assert "@graph" in blocks("meridian-wire")[0]
    assert isinstance(blocks("andes-tribune")[0]["author"], str | list)
    assert blocks("gulf-business-journal")[0]["datePublished"].endswith("Z")
    assert blocks("southern-cross-post")[1]["author"][0]["jobTitle"] == "Reporter"


@pytest.mark.parametrize("site_id", sorted(MICRODATA_SITES))
def test_microdata_names_headline_and_time(newsroom: RunningNewsroom, get: Any, site_id: str) -> None:
    for article in articles_of(newsroom, site_id):
        tree = tree_of(get(article["url"]).body, site_id)
        assert tree.xpath("//*[@itemprop='headline']")[0].text_content() == article["headline"]
        (published,) = tree.xpath("//*[@itemprop='datePublished']")
        assert (published.get("datetime") or published.get("content")) == article["published_at"]
        assert not json_ld_of(tree)


@pytest.mark.parametrize("site_id", ["capital-post", "danube-review", "baltic-courier"])
def test_meta_elements_name_the_time_where_nothing_else_does(newsroom: RunningNewsroom, get: Any, site_id: str) -> None:
    for article in articles_of(newsroom, site_id):
        tree = tree_of(get(article["url"]).body, site_id)
        assert tree.xpath("string(//meta[@property='article:published_time']/@content)") == article["published_at"]
        assert tree.xpath("string(//meta[@property='og:title']/@content)") == article["headline"]
        assert not json_ld_of(tree)


def test_the_old_portal_has_no_structured_data_and_share_words(newsroom: RunningNewsroom, get: Any) -> None:
    article = next(a for a in articles_of(newsroom, "asia-monitor") if a["published_at"].startswith("2013"))
    tree = tree_of(get(article["url"]).body, "asia-monitor")
    text = " ".join(tree.text_content().split())
    assert "Updated: 2013-11-15 01:13" in text
    assert "Print Mail Large Medium Small 分享按钮 0" in text
    assert not tree.xpath("//meta[@property] | //*[@itemprop] | //script | //time")
    assert tree.xpath("count(//table)") >= 4


def test_the_rules_of_the_old_portal_find_its_fields(newsroom: RunningNewsroom, get: Any) -> None:
    from bs4 import BeautifulSoup

    rule: Any = SITES["asia-monitor"].site_rules[0]
    for article in articles_of(newsroom, "asia-monitor"):
        soup = BeautifulSoup(get(article["url"]).body, "lxml", from_encoding="gb18030")
        text = {
            field: found.get_text(strip=True)
            for field in ("headline", "standfirst", "byline", "published_at")
            if (found := soup.select_one(rule[field]))
        }
        assert text["headline"] == article["headline"]
        assert text.get("standfirst") == article["standfirst"]
        assert text["published_at"] == f"Updated: {article['published_at'][:16].replace('T', ' ')}"
        assert text.get("byline", "By ").removeprefix("By ") == " and ".join(article["byline"])
        (body,) = soup.select(rule["body"])
        for selector in rule["remove"]:
            for element in body.select(selector):
                element.decompose()
        assert "\n\n".join(p.get_text() for p in body.find_all("p")) == article["body"]
        assert body.get_text(strip=True).startswith(article["body"][:40])


def test_one_site_shows_its_time_only_to_readers(newsroom: RunningNewsroom, get: Any) -> None:
    article = articles_of(newsroom, "cape-chronicle")[0]
    body = get(article["url"]).body.decode()
    assert article["published_at"] not in body
    assert re.search(r'publish-date">\d+ \w+ 2026 - \d\d:\d\d<', body)


@pytest.mark.parametrize(
    ("site_id", "in_header", "in_document"),
    [
        ("harbour-gazette", "utf-8", b'charset="utf-8"'),
        ("asia-monitor", None, b'charset=gb18030"'),
        ("baltic-courier", "windows-1251", None),
    ],
)
def test_charsets_are_declared_where_the_site_declares_them(
    newsroom: RunningNewsroom, get: Any, site_id: str, in_header: str | None, in_document: bytes | None
) -> None:
    answer = get(articles_of(newsroom, site_id)[0]["url"])
    assert answer.headers.get_content_charset() == in_header
    declared = re.search(rb'charset="?[\w-]+"?', answer.body)
    assert (declared[0] if declared else None) == in_document
    with pytest.raises(UnicodeDecodeError) if site_id != "harbour-gazette" else _no_error():
        answer.body.decode("utf-8")


def _no_error() -> Any:
    from contextlib import nullcontext

    return nullcontext()


def test_what_windows_1251_lacks_comes_as_character_references(get: Any, base: Base) -> None:
    body = get(base("baltic-courier") + "/").body
    assert b"Gda&#324;sk" in body
    assert "Главная".encode("windows-1251") in body


def test_an_article_in_another_language_says_so(newsroom: RunningNewsroom, get: Any) -> None:
    russian = [a for a in newsroom.gold()["articles"] if a["language"] == "ru"]
    assert russian
    for article in russian:
        assert b'<html lang="ru">' in get(article["url"]).body


def test_addresses_are_ascii(newsroom: RunningNewsroom) -> None:
    for article in newsroom.gold()["articles"]:
        assert article["url"].isascii()
        assert unquote(article["url"]) == article["url"]


def test_the_index_lists_every_site(newsroom: RunningNewsroom, get: Any) -> None:
    answer = get(newsroom.address)
    assert answer.status == 200
    links = set(lxml.html.document_fromstring(answer.body).xpath("//a/@href"))
    assert {f"http://{site_id}.localhost:{newsroom.port}/" for site_id in SITES} <= links
