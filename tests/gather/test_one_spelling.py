"""Normalised URLs: one spelling for one page, and no page lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gather.urls import host_key, normalise_url, origin

SAME = {
    "HTTP://News.Example:80/a": "http://news.example/a",
    "https://news.example:443/a#top": "https://news.example/a",
    "https://news.example:8443/a": "https://news.example:8443/a",
    "https://news.example": "https://news.example/",
    " https://news.example/a\n": "https://news.example/a",
    "https://news.example/a?utm_source=rss&id=5&fbclid=x": "https://news.example/a?id=5",
    "https://news.example/a?UTM_Campaign=x": "https://news.example/a",
    "https://news.example/a?b=2&a=1": "https://news.example/a?b=2&a=1",
    "https://news.example/a?flag": "https://news.example/a?flag",
    "https://news.example/a?empty=": "https://news.example/a?empty=",
    "https://news.example/a?gallery=3&cid=7&reference=9": "https://news.example/a?gallery=3&cid=7&reference=9",
    "https://news.example/ü/x y": "https://news.example/%C3%BC/x%20y",
    "https://news.example/a%2Fb?q=%e4": "https://news.example/a%2Fb?q=%e4",
    "https://bücher.example/a": "https://xn--bcher-kva.example/a",
    "https://www.google.com/url?rct=j&sa=t&url=https://news.example/a%3Fid%3D5%26utm_source%3Dx&ct=ga": (
        "https://news.example/a?id=5"
    ),
    "https://www.google.co.uk/url?q=https://news.example/a": "https://news.example/a",
    "https://www.google.com/amp/s/news.example/a.amp?id=5": "https://news.example/a.amp?id=5",
    "https://news-example.cdn.ampproject.org/c/s/News.Example/a": "https://news.example/a",
    "https://news-example.cdn.ampproject.org/v/news.example/a": "http://news.example/a",
    "https://www.google.com/url?url=javascript:alert(1)": "https://www.google.com/url?url=javascript:alert(1)",
    "https://www.google.com/search?q=https://news.example/a": "https://www.google.com/search?q=https://news.example/a",
    "https://news.example/url?url=https://other.example/": "https://news.example/url?url=https://other.example/",
    "https://news.example/amp/s/a.b/c": "https://news.example/amp/s/a.b/c",
    "mailto:desk@news.example": "mailto:desk@news.example",
}


@pytest.mark.parametrize(("given_url", "expected"), SAME.items())
def test_one_spelling(given_url, expected):
    assert normalise_url(given_url) == expected


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        ("b", "https://news.example/x/b"),
        ("/b", "https://news.example/b"),
        ("//other.example/b", "https://other.example/b"),
        ("?p=2", "https://news.example/x/a?p=2"),
        ("../b", "https://news.example/b"),
    ],
)
def test_relative_links_are_resolved(relative, expected):
    assert normalise_url(relative, "https://news.example/x/a") == expected


@pytest.mark.parametrize(
    "url",
    [
        *("/a", "http://", "http://[::1/a", "http://a:b@news.example/", "http://news.example:x/"),
        "https://google.com/url?q=" * 2_000 + "https://news.example/",
        "https://www.google.com/url?q=http://a:b@news.example/",
    ],
)
def test_what_cannot_be_asked_for_is_said_so(url):
    with pytest.raises(ValueError, match=r"."):
        normalise_url(url)


@given(st.text(max_size=40), st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(path, query):
    once = normalise_url(f"https://news.example/{path}?{query}")
    assert normalise_url(once) == once


def test_hosts_and_origins_carry_the_port_where_it_is_not_the_default():
    assert host_key("http://news.example:8642/a") == "news.example:8642"
    assert host_key("https://news.example:443/a") == "news.example"
    assert origin("http://news.example:8642/a?b") == "http://news.example:8642"
