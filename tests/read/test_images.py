"""The article's own pictures: its figures with captions and credits, and nothing of what stands around it."""

import pytest

from pipeline.read.captions import split_credit
from pipeline.read.image_urls import entries_of, picture_key
from pipeline.read.images import read_images
from pipeline.read.page import Page, parse_page
from pipeline.read.structured import read_json_ld
from pipeline.records import Image

URL = "https://selby.example/news/crane"
WORDS = "The harbour board met on Tuesday and put off its decision about the new crane until the autumn. " * 2
TEXT = f"<p>{WORDS}</p><p>{WORDS}</p>"


def images_of(body: str, head: str = "") -> tuple[Image, ...]:
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>", URL)
    assert isinstance(page, Page)
    stated = read_json_ld(page)
    return read_images(page, [stated] if stated else [], "Crane put off")


def article(inside: str, around: str = "") -> str:
    return f"<h1>Crane put off</h1><article><p>{WORDS}</p>{inside}{TEXT}</article>{around}"


def figure(address: str, caption: str = "", more: str = "") -> str:
    return f'<figure {more}><img src="{address}">{f"<figcaption>{caption}</figcaption>" if caption else ""}</figure>'


def test_a_figure_of_the_article_comes_with_caption_and_credit() -> None:
    (image,) = images_of(article(figure("/a/old-crane.jpg", "The old crane. Photo: Ann Lee/AP")))
    assert image == Image(url="https://selby.example/a/old-crane.jpg", caption="The old crane.", credit="Ann Lee/AP")


def test_a_marked_credit_leaves_the_caption() -> None:
    body = article(
        figure("/a/b.jpg", 'The old crane<span class="image-credit">© Ann Lee</span><button>Enlarge</button>')
    )
    assert [(image.caption, image.credit) for image in images_of(body)] == [("The old crane", "Ann Lee")]


def test_a_line_of_credits_alone_is_no_caption() -> None:
    body = article(figure("/a/b.jpg", '<span class="credit">Photo by Ann Lee</span> /<span>Getty Images</span>'))
    assert [(image.caption, image.credit) for image in images_of(body)] == [(None, "Ann Lee / Getty Images")]


@pytest.mark.parametrize(
    "around",
    [
        f'<div class="related-articles">{figure("/x.jpg", "Another story")}</div>',
        f"<aside>{figure('/x.jpg', 'Another story')}</aside>",
        f"<nav>{figure('/x.jpg')}</nav>",
        f'<a href="/news/another">{figure("/x.jpg", "Another story")}</a>',
        f"<article><h3>Another story</h3>{figure('/x.jpg')}</article>",
        '<div class="author-box"><img src="/people/ann-lee.jpg"></div>',
        '<figure><a href="/news/another"><img src="/x.jpg"></a><h3>Another story</h3></figure>',
        '<p><img src="/count.gif" width="1" height="1"></p>',
        '<p><img src="/static/logo.png"></p>',
        '<p><img src="data:image/gif;base64,R0lGOD"></p>',
        '<p><img src="/a/{width}/b.jpg"></p>',
    ],
)
def test_what_is_not_of_the_article_is_left_out(around: str) -> None:
    assert images_of(article(around)) == ()


def test_teasers_below_the_article_are_not_its_pictures() -> None:
    body = article(figure("/a/b.jpg"), f"<section>{figure('/x.jpg')}{figure('/y.jpg')}</section>")
    assert [image.url for image in images_of(body)] == ["https://selby.example/a/b.jpg"]


def test_the_largest_of_a_set_is_taken_and_a_placeholder_is_not() -> None:
    body = article(
        '<figure><img src="/spacer.gif" data-src="/a/crane-300.jpg" data-srcset="/a/crane-640.jpg 640w, '
        '/a/f_auto,q_80/crane-1280.jpg 1280w"></figure>'
    )
    assert [image.url for image in images_of(body)] == ["https://selby.example/a/f_auto,q_80/crane-1280.jpg"]


def test_a_source_of_the_picture_element_counts() -> None:
    body = article('<figure><picture><source srcset="/a/b.webp 900w"><img src="/a/b.jpg"></picture></figure>')
    assert [image.url for image in images_of(body)] == ["https://selby.example/a/b.webp"]


def test_a_picture_without_a_figure_counts_among_the_paragraphs() -> None:
    body = article('<p><img src="/a/crane-at-work.jpg" width="800"></p>')
    assert [image.url for image in images_of(body)] == ["https://selby.example/a/crane-at-work.jpg"]


def test_the_same_picture_in_two_sizes_is_one_and_the_lead_comes_first() -> None:
    head = '<meta property="og:image" content="https://cdn.example/w1200/lead-picture-42-1200x630.jpg">'
    body = article(figure("/a/second.jpg", "Second") + figure("/a/lead-picture-42-640x360.jpg", "Lead"))
    assert [image.caption for image in images_of(body, head)] == ["Lead", "Second"]


def test_what_the_head_names_counts_where_the_page_shows_no_picture() -> None:
    head = '<meta property="og:image" content="/a/lead.jpg">'
    assert [image.url for image in images_of(article(""), head)] == ["https://selby.example/a/lead.jpg"]


def test_another_crop_of_the_shown_lead_is_not_a_second_picture() -> None:
    head = '<meta property="og:image" content="https://cdn.example/5fd81cc02a.jpg">'
    body = f"<h1>Crane put off</h1><article>{figure('/img/77ab03de91.jpg', 'The crane')}{TEXT}</article>"
    assert [image.caption for image in images_of(body, head)] == ["The crane"]


def test_a_lead_that_surely_shows_something_else_is_a_picture_of_its_own() -> None:
    head = '<meta property="og:image" content="https://cdn.example/mayor-opens-bridge-river.jpg">'
    body = f"<h1>Crane put off</h1><article>{figure('/img/crane-harbour-dock-workers.jpg')}{TEXT}</article>"
    assert len(images_of(body, head)) == 2


def test_a_sites_logo_in_the_head_is_no_picture() -> None:
    assert images_of(article(""), '<meta property="og:image" content="/static/logo-share.png">') == ()


def test_the_caption_of_structured_data_helps_a_figure_without_one() -> None:
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Crane put off","image":'
        '{"@type":"ImageObject","url":"/a/old-crane-42.jpg","caption":"The old crane"}}</script>'
    )
    assert [image.caption for image in images_of(article(figure("/b/old-crane-42_640.jpg")), head)] == ["The old crane"]


def test_there_are_thirty_at_most() -> None:
    body = article("".join(figure(f"/a/crane-picture-{chr(97 + n // 26)}{chr(97 + n % 26)}.jpg") for n in range(50)))
    assert len(images_of(body)) == 30


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("The old crane. Photo: Ann Lee", "The old crane.", "Ann Lee"),
        ("Der alte Kran. Foto: Ann Lee/dpa", "Der alte Kran.", "Ann Lee/dpa"),
        ("Der alte Kran | Bild: dpa", "Der alte Kran", "dpa"),
        ("The old crane © Ann Lee", "The old crane", "Ann Lee"),
        ("The old crane on Tuesday. (AP Photo/Ann Lee)", "The old crane on Tuesday.", "AP Photo/Ann Lee"),
        ("The old crane. Getty Images", "The old crane.", "Getty Images"),
        ("The old crane. (Photo by Ann Lee/Getty Images)", "The old crane.", "Ann Lee/Getty Images"),
        ("La vieille grue. Crédit : Ann Lee", "La vieille grue.", "Ann Lee"),
        ("Ann Lee/Reuters", None, "Ann Lee/Reuters"),
        ("The old crane. Ann Lee, AFP via Getty Images", "The old crane.", "Ann Lee, AFP via Getty Images"),
        ("Old Matt", "Old Matt", None),
        ("A meeting at Bloomberg", "A meeting at Bloomberg", None),
        ("The old crane (left) and the new one (right)", "The old crane (left) and the new one (right)", None),
        ("The photo shows the crane: it is old.", "The photo shows the crane: it is old.", None),
        ("", None, None),
    ],
)
def test_a_credit_is_divided_from_its_caption(line: str, caption: str | None, credit: str | None) -> None:
    assert split_credit(line) == (caption, credit)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/u/crane-dock-1200x800.jpg", "https://b.example/v/crane-dock-300x200.jpg?w=3"),
        ("https://a.example/img/w_1200,h_600/v1/abcdef12.jpg", "https://a.example/img/w_300,c_fill/v1/abcdef12.webp"),
        ("https://p.example/r=1/https%3A%2F%2Fo.example%2Fabcdef12.jpg", "https://o.example/abcdef12.jpg"),
    ],
)
def test_sizes_and_services_do_not_make_another_picture(one: str, other: str) -> None:
    assert picture_key(one) == picture_key(other)


def test_numbered_pictures_are_different_ones() -> None:
    assert picture_key("https://a.example/u/crane-dock-a1.jpg") != picture_key("https://a.example/u/crane-dock-a2.jpg")


def test_a_srcset_with_commas_in_its_addresses_is_read_whole() -> None:
    assert entries_of("/a,b/c.jpg 1x, /d,e.jpg 2x") == [(1.0, "/a,b/c.jpg"), (2.0, "/d,e.jpg")]
