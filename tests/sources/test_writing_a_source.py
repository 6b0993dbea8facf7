"""A source file that the machine writes reads like one that a person wrote, and means the same to YAML."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.loader import load_source
from pipeline.sources.writer import FeedLines, SourceDraft, scalar, source_text

DRAFT = SourceDraft(
    id="river-herald",
    name="River Herald",
    homepage="https://www.river-herald.example/",
    country_code="ZAF",
    language="en",
    timezone="Africa/Johannesburg",
    enabled=True,
    feeds=(
        FeedLines(url="https://www.river-herald.example/rss.xml", kind="rss"),
        FeedLines(url="https://www.river-herald.example/o?a=1&b=#x", kind="section", comment="2026-11-23: in no feed."),
    ),
    expected_per_day={"min": 5, "max": 120},
    comments={"timezone": "2026-11-23: of most of the country."},
)
TEXT = """\
id: river-herald
name: River Herald
homepage: https://www.river-herald.example/
country_code: ZAF
language: en
# 2026-11-23: of most of the country.
timezone: Africa/Johannesburg
enabled: true
feeds:
  - url: https://www.river-herald.example/rss.xml
    kind: rss
  # 2026-11-23: in no feed.
  - url: https://www.river-herald.example/o?a=1&b=#x
    kind: section
expected_per_day: {min: 5, max: 120}
"""


def test_fields_stand_in_their_usual_order_without_needless_quotes(tmp_path):
    assert source_text(DRAFT) == TEXT
    path = tmp_path / "river-herald.yml"
    path.write_text(TEXT, encoding="utf-8")
    assert load_source(path).feeds[1].url.endswith("#x")


def test_a_long_comment_is_folded_and_its_addresses_are_not():
    text = source_text(SourceDraft(**{**_fields(DRAFT), "comments": {"feeds": "2026-11-23: " + "many words " * 30}}))
    assert all(len(line) <= 120 for line in text.splitlines())
    assert yaml.safe_load(text)["feeds"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("no", '"no"'),  # else YAML's word for false
        ("20 Minuten", "20 Minuten"),
        ("2013", '"2013"'),
        ("News: the site", '"News: the site"'),
        ("# 1 News", '"# 1 News"'),
        ("Neue Zürcher Zeitung", "Neue Zürcher Zeitung"),
        ("", '""'),
        ("People's Daily", "People's Daily"),
    ],
)
def test_quotes_stand_where_yaml_needs_them(value, written):
    assert scalar(value) == written


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_name_is_read_back_as_it_was(value):
    assert yaml.safe_load(f"field: {scalar(value)}\n") == {"field": value}


def _fields(draft):
    return {name: getattr(draft, name) for name in draft.__slots__}
