"""The lexicon as data: every entry proves itself, and a mistake stops the load with its place."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from pipeline.events.coder import code_text
from pipeline.events.lexicon import LEXICON_FOLDER, Trigger, load_lexicon
from pipeline.events.plover import EVENT_TYPES

TRIGGERS = load_lexicon().triggers


@pytest.mark.parametrize("trigger", TRIGGERS, ids=[trigger.id for trigger in TRIGGERS])
def test_every_example_codes_to_its_entrys_type(trigger: Trigger) -> None:
    found = code_text(trigger.example)
    assert trigger.event_type in {event.event_type for event in found}, [event.rule for event in found]


def test_every_type_has_several_entries_with_source_and_example() -> None:
    counted = Counter(trigger.event_type for trigger in TRIGGERS)
    assert set(counted) == set(EVENT_TYPES)
    assert min(counted.values()) >= 7
    assert all(trigger.source and trigger.example.endswith(".") for trigger in TRIGGERS)


def test_no_example_is_used_twice() -> None:
    counted = Counter(trigger.example for trigger in TRIGGERS)
    assert [example for example, count in counted.items() if count > 1] == []


def test_on_is_a_word_and_not_a_truth_value() -> None:
    sanction = next(trigger for trigger in TRIGGERS if trigger.id == "impose-sanction")
    assert "on" in sanction.recipient


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "lexicon"
    shutil.copytree(LEXICON_FOLDER, copy, ignore=shutil.ignore_patterns("actors", "places"))
    return copy


def broken(folder: Path, old: str, new: str) -> str:
    path = folder / "triggers_agree.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_lexicon(folder)
    return str(caught.value)


def test_an_unknown_field_is_named_with_file_and_entry(folder: Path) -> None:
    message = broken(folder, "    complement: infinitive\n", "    complemint: infinitive\n")
    assert "triggers_agree.yml" in message
    assert "agree-to" in message
    assert "complemint" in message


def test_an_unknown_type_is_named(folder: Path) -> None:
    assert "BEFRIEND" in broken(folder, "event_type: AGREE", "event_type: BEFRIEND")


def test_an_unknown_noun_class_is_named(folder: Path) -> None:
    assert "agreements_of_all_kinds" in broken(folder, '"@agreement"', '"@agreements_of_all_kinds"')


def test_an_entry_without_example_is_refused(folder: Path) -> None:
    message = broken(folder, "    example: Norway agreed with Denmark to build a ferry terminal.\n", "")
    assert "example" in message


def test_a_field_given_twice_is_refused(folder: Path) -> None:
    assert "twice" in broken(folder, "    mutual: true\n", "    mutual: true\n    mutual: false\n")


def test_an_id_used_twice_is_refused(folder: Path) -> None:
    assert "promise-to" in broken(folder, "- id: agree-to\n", "- id: promise-to\n")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "agents.yml").unlink()
    with pytest.raises(ConfigurationError, match=r"agents\.yml"):
        load_lexicon(folder)
