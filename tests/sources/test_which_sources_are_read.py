"""Two settings and each file's own word say whom we read; what is wrong with them says which of them to change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError, SourceFileError
from pipeline.settings import Settings
from pipeline.sources import yaml_file
from pipeline.sources.listing import list_sources
from pipeline.sources.loader import (
    enabled_source_ids,
    find_source,
    load_catalogue,
    load_source,
    load_sources,
)

SOURCE = """id: {source_id}
name: River Herald
homepage: https://www.river-herald.example/
country_code: {country_code}
language: en
timezone: Africa/Johannesburg
enabled: {enabled}
feeds:
  - url: https://www.river-herald.example/rss.xml
    kind: rss
  - url: https://www.river-herald.example/opinion/
    kind: section
"""


def write(folder: Path, source_id: str = "river-herald", *, enabled: str = "true", country_code: str = "ZAF") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{source_id}.yml"
    path.write_text(
        SOURCE.format(source_id=source_id, enabled=enabled, country_code=country_code),
        encoding="utf-8",
    )
    return path


def settings(tmp_path: Path, *, publishers: bool = True, newsroom: bool = True) -> Settings:
    return Settings(
        home=tmp_path / "home",
        sources_folder=tmp_path / "sources",
        publishers=publishers,
        newsroom=newsroom,
    )


def three_sources(tmp_path: Path, **switches: bool) -> Settings:
    """Publishers a-post (enabled) and b-post (not), and c-post of the newsroom."""
    chosen = settings(tmp_path, **switches)
    write(tmp_path / "sources" / "za", "a-post")
    write(tmp_path / "sources" / "gb", "b-post", enabled="false", country_code="GBR")
    write(chosen.newsroom_folder / "sources", "c-post")
    return chosen


@pytest.mark.parametrize(
    ("publishers", "newsroom", "read"),
    [
        (True, True, ["a-post", "c-post"]),
        (True, False, ["a-post"]),
        (False, True, ["c-post"]),
    ],
)
def test_each_kind_of_source_is_read_where_its_setting_is_on(tmp_path, publishers, newsroom, read):
    chosen = three_sources(tmp_path, publishers=publishers, newsroom=newsroom)
    assert list(load_sources(chosen)) == read
    assert enabled_source_ids(chosen) == read
    assert [source.id for source in load_catalogue(chosen).values() if source.enabled] == read


def test_the_catalogue_holds_publishers_that_are_switched_off(tmp_path):
    catalogue = load_catalogue(three_sources(tmp_path, publishers=False))
    assert {source.id: source.enabled for source in catalogue.values()} == {
        "a-post": False,
        "b-post": False,
        "c-post": True,
    }


def test_by_default_only_the_newsroom_is_read(tmp_path):
    chosen = Settings(home=tmp_path / "home", sources_folder=tmp_path / "sources")
    three_sources(tmp_path)
    assert enabled_source_ids(chosen) == ["c-post"]


def test_a_mistake_in_a_source_that_is_not_read_is_found_all_the_same(tmp_path):
    chosen = three_sources(tmp_path, publishers=False)
    write(tmp_path / "sources" / "gb", "b-post", country_code="XXX")
    with pytest.raises(SourceFileError, match="b-post"):
        load_sources(chosen)


def test_nothing_to_read_names_the_settings_that_change_it(tmp_path):
    with pytest.raises(ConfigurationError) as caught:
        enabled_source_ids(settings(tmp_path))
    assert "say `dateline newsroom`" in str(caught.value)
    assert "says `enabled: true`" in str(caught.value)
    write(tmp_path / "sources" / "za", "a-post")
    with pytest.raises(ConfigurationError) as caught:
        enabled_source_ids(settings(tmp_path, publishers=False, newsroom=False))
    assert "DATELINE_NEWSROOM=true" in str(caught.value)
    assert "DATELINE_PUBLISHERS=true reads the 1 enabled ones" in str(caught.value)


def test_one_source_is_found_by_its_id(tmp_path):
    chosen = three_sources(tmp_path)
    assert find_source(chosen, "a-post").id == "a-post"
    assert find_source(chosen, "c-post").id == "c-post"
    assert find_source(chosen, "b-post", disabled_too=True).enabled is False


@pytest.mark.parametrize(
    ("source_id", "switches", "words"),
    [
        ("lake-herald", {}, "no source has the id 'lake-herald'; `dateline sources list`"),
        ("b-post", {}, "is not enabled; set `enabled: true` in"),
        ("a-post", {"publishers": False}, "real publishers are switched off; set DATELINE_PUBLISHERS=true"),
        ("c-post", {"newsroom": False}, "one of the newsroom's, which is switched off: set DATELINE_NEWSROOM=true"),
    ],
)
def test_a_source_that_is_not_read_says_why(tmp_path, source_id, switches, words):
    chosen = three_sources(tmp_path, **switches)
    with pytest.raises(ConfigurationError, match=re.escape(words)):
        find_source(chosen, source_id)


def test_a_publisher_that_is_switched_off_can_still_be_looked_at(tmp_path):
    found = find_source(three_sources(tmp_path, publishers=False), "a-post", disabled_too=True)
    assert (found.id, found.enabled) == ("a-post", False)


def test_one_source_is_found_without_reading_the_others(tmp_path, monkeypatch):
    chosen = three_sources(tmp_path)
    read = []
    monkeypatch.setattr(
        "pipeline.sources.loader.read_yaml_file", lambda path: read.append(path.stem) or yaml_file.read_yaml_file(path)
    )
    find_source(chosen, "a-post")
    assert read == ["a-post"]


def test_an_id_in_two_countries_is_refused(tmp_path):
    chosen = settings(tmp_path)
    first, second = write(tmp_path / "sources" / "gb"), write(tmp_path / "sources" / "za")
    with pytest.raises(SourceFileError, match=re.escape(str(first))) as caught:
        load_sources(chosen)
    assert (caught.value.path, caught.value.line, caught.value.field) == (second, 1, "id")
    with pytest.raises(SourceFileError, match="an id of its own"):
        find_source(chosen, "river-herald")


def test_the_list_shows_each_files_own_word_and_what_is_read(tmp_path):
    head, first, second, third, gap, last = list_sources(three_sources(tmp_path, publishers=False))
    assert head.split()[:2] == ["id", "name"]
    assert (first[:6], second[:6], third[:6]) == ("a-post", "c-post", "b-post")
    assert "1 rss, 1 section" in first
    assert " yes " in first
    assert " no " in third
    assert gap == ""
    assert last == (
        "read from: newsroom: yes, 1 sites (DATELINE_NEWSROOM=false leaves them out); "
        "publishers: no (DATELINE_PUBLISHERS=true reads the 1 enabled of 2)"
    )
    *_, last = list_sources(settings(tmp_path, newsroom=False))
    assert "newsroom: no (DATELINE_NEWSROOM=true reads it)" in last
    assert "publishers: yes, 1 of 2 (DATELINE_PUBLISHERS=false leaves them out)" in last


@pytest.mark.parametrize("loader_name", ["CSafeLoader", "SafeLoader"])
def test_both_yaml_parsers_find_the_same_lines(tmp_path, monkeypatch, loader_name):
    import yaml

    if not hasattr(yaml, loader_name):
        pytest.skip("this PyYAML was built without libyaml")
    monkeypatch.setattr(yaml_file, "FAST_LOADER", getattr(yaml, loader_name))
    path = write(tmp_path)
    path.write_text(path.read_text().replace("kind: section", "kind: page"), encoding="utf-8")
    with pytest.raises(SourceFileError) as caught:
        load_source(path)
    assert (caught.value.line, caught.value.field) == (12, "feeds.1.kind")
