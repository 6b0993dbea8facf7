"""A mistake in a source file is named with file, line, field and what was expected."""

from __future__ import annotations

import re
import types
import typing
from pathlib import Path

import pytest
from pydantic import BaseModel

from pipeline.errors import SourceFileError
from pipeline.records import stable_id
from pipeline.settings import PROJECT_FOLDER
from pipeline.sources.loader import load_source
from pipeline.sources.model import FEED_KINDS, Source

GOOD = r"""id: river-herald
name: River Herald
homepage: https://www.river-herald.example/
country_code: ZAF
language: en
timezone: Africa/Johannesburg
enabled: true
feeds:
  - url: https://www.river-herald.example/rss.xml
    kind: rss
  - url: https://www.river-herald.example/opinion/
    kind: section
    link_pattern: /20\d\d/
politeness:
  delay_seconds: 10
  max_links: 200
site_rules:
  - valid_from: 2013-01-01
    valid_until: 2014-12-31
    headline: "#title"
    remove: [".tools", ".share"]
expected_per_day: {min: 5, max: 120}
"""


def write(folder: Path, text: str = GOOD, source_id: str = "river-herald") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{source_id}.yml"
    path.write_text(text.replace("river-herald", source_id), encoding="utf-8")
    return path


def test_a_good_file_becomes_a_frozen_source(tmp_path):
    source = load_source(write(tmp_path))
    assert source.id == "river-herald"
    assert source.feeds[1].link_pattern == r"/20\d\d/"
    assert source.feeds[0].feed_id(source.id) == stable_id(source.id, source.feeds[0].url)
    assert source.site_rules[0].remove == (".tools", ".share")
    assert source.site_rules[0].valid_from.isoformat() == "2013-01-01"
    with pytest.raises(ValueError, match="frozen"):
        source.name = "Another"


# what is changed, into what; the line and field that the error names, and words of what it expects
MISTAKES = {
    "unknown field": ("timezone: Africa", "timezon: Africa", 6, "timezon", "did you mean 'timezone'"),
    "unknown field inside": ("delay_seconds", "delay_minutes", 15, "politeness.delay_minutes", "known fields"),
    "missing field": ("name: River Herald\n", "", 1, "name", "required"),
    "missing field inside": ("    kind: rss\n", "", 9, "feeds.0.kind", "required"),
    "wrong type": ("max_links: 200", "max_links: lots", 16, "politeness.max_links", "whole number"),
    "number as text": ("delay_seconds: 10", "delay_seconds: '10'", 15, "politeness.delay_seconds", "number"),
    "text as a truth value": ("language: en", "language: no", 5, "language", "quotes"),
    "truth value as text": ("enabled: true", "enabled: 'yes'", 7, "enabled", "true or false"),
    "negative": ("delay_seconds: 10", "delay_seconds: -1", 15, "politeness.delay_seconds", "0"),
    "no mapping": ("politeness:\n  delay_seconds: 10\n  max_links: 200", "politeness: 5", 14, "politeness", "mapping"),
    "no list": ('[".tools", ".share"]', ".tools", 21, "site_rules.0.remove", "a list"),
    "bad time zone": ("Africa/Johannesburg", "Africa/Atlantis", 6, "timezone", "IANA time zone"),
    "zone that is a folder": ("Africa/Johannesburg", "Africa", 6, "timezone", "IANA time zone"),
    "zone outside": ("Africa/Johannesburg", "../../etc/passwd", 6, "timezone", "IANA time zone"),
    "unknown country": ("ZAF", "UKX", 4, "country_code", "alpha-3"),
    "two-letter country": ("ZAF", "ZA", 4, "country_code", "alpha-3"),
    "unknown language": ("language: en", "language: eng", 5, "language", "ISO 639-1"),
    "unknown kind": ("kind: rss", "kind: rssx", 10, "feeds.0.kind", "'json_feed'"),
    "bad pattern": (r"/20\d\d/", r"/20(\d/", 13, "feeds.1.link_pattern", "regular expression"),
    "pattern without section": ("kind: section", "kind: rss", 11, "feeds.1", "only where kind is section"),
    "bad selector": ('"#title"', '"#ti((tle"', 20, "site_rules.0.headline", "CSS selector"),
    "bad selector in a list": ('".share"', '"..share"', 21, "site_rules.0.remove.1", "CSS selector"),
    "empty selector": ('"#title"', '""', 20, "site_rules.0.headline", "not empty"),
    "no URL": ("url: https://www", "url: ftp://www", 9, "feeds.0.url", "http"),
    "relative URL": ("https://www.river-herald.example/rss.xml", "/rss.xml", 9, "feeds.0.url", "http"),
    "URL with a space": ("herald.example/rss", "herald.example/r ss", 9, "feeds.0.url", "http"),
    "URL with a bad port": ("herald.example/rss", "herald.example:99999/rss", 9, "feeds.0.url", "http"),
    "same feed twice": ("/opinion/\n", "/rss.xml\n", 1, "(whole file)", "each feed address once"),
    "bad day": ("2013-01-01", "January", 18, "site_rules.0.valid_from", "a day"),
    "days in the wrong order": ("2013-01-01", "2015-01-01", 18, "site_rules.0", "on or before"),
    "volume in the wrong order": ("min: 5", "min: 500", 22, "expected_per_day", "min not above max"),
    "id not a slug": ("id: river-herald", "id: River_Herald", 1, "id", "slug"),
    "id not the file's name": ("id: river-herald", "id: river", 1, "id", "the file's name"),
    "field twice": ("enabled: true", "name: Again", 7, "name", "once"),
    "not YAML": ("enabled: true", "enabled: [true", 8, "(whole file)", "valid YAML"),
    "tab": ("  delay_seconds", "\tdelay_seconds", 15, "(whole file)", "valid YAML"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_named_with_line_field_and_expectation(tmp_path, name):
    old, new, line, field, words = MISTAKES[name]
    assert old in GOOD
    path = tmp_path / "river-herald.yml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceFileError) as caught:
        load_source(path)
    error = caught.value
    assert (error.path, error.line, error.field) == (path, line, field)
    assert words in error.expected
    assert str(error).startswith(f"{path}:{line}: field '{field}': expected ")


@pytest.mark.parametrize(
    "content", [b"", b"- a\n- b\n", b"just words", b"\xff\xfe\x00", b"!!python/object:os.system {}"]
)
def test_a_file_that_is_no_source_at_all_is_said_so(tmp_path, content):
    path = tmp_path / "river-herald.yml"
    path.write_bytes(content)
    with pytest.raises(SourceFileError, match="whole file"):
        load_source(path)


def test_a_missing_file_is_said_so(tmp_path):
    with pytest.raises(SourceFileError, match="a file that is there"):
        load_source(tmp_path / "nothing.yml")


def test_a_section_may_leave_its_pattern_to_be_learned(tmp_path):
    source = load_source(write(tmp_path, GOOD.replace("    link_pattern: /20\\d\\d/\n", "")))
    assert (source.feeds[1].kind, source.feeds[1].link_pattern) == ("section", None)


# The page that explains a source file.

PAGE = PROJECT_FOLDER / "docs" / "adding-a-source.md"


def fields_of(model: type[BaseModel], prefix: str = "") -> dict[str, bool]:
    """Dotted path of every field, and whether it must be there."""
    found = {}
    for name, info in model.model_fields.items():
        found[prefix + name] = info.is_required()
        hints = [info.annotation]
        while hints:
            hint = hints.pop()
            if isinstance(hint, type) and not isinstance(hint, types.GenericAlias) and issubclass(hint, BaseModel):
                listed = typing.get_origin(info.annotation) is tuple
                found |= fields_of(hint, f"{prefix}{name}{'[]' if listed else ''}.")
            hints += typing.get_args(hint)
    return found


def test_the_page_explains_exactly_the_fields_of_the_model():
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [field for field, _ in rows] == list(fields_of(Source))
    # "in x" and "with x": needed where x is.
    says_required = {field: not said.startswith(("no", "with ")) for field, said in rows}
    assert says_required == fields_of(Source)
    assert all(f"`{kind}`" in PAGE.read_text(encoding="utf-8") for kind in FEED_KINDS)


def test_the_files_on_the_page_are_valid(tmp_path):
    examples = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        lines = example.splitlines()
        indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
        text = "\n".join(line[indent:] for line in lines)
        source_id = re.match(r"id: (\S+)", text)[1]
        path = tmp_path / f"{source_id}.yml"
        path.write_text(text, encoding="utf-8")
        assert load_source(path).id == source_id
