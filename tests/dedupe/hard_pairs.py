"""Pairs of news texts with the right verdict, and stories that run on, read from `pairs/*.yml`.

All texts are written for these tests; places, people and companies are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from pipeline.dedupe.texts import Text
from tests.dedupe.edited_copies import EDITS, inside_longer_piece

PAIRS_FOLDER = Path(__file__).parent / "pairs"


@dataclass(frozen=True, slots=True)
class HardPair:
    """Two texts, and whether one is the other re-used."""

    name: str  # readable and unique: the id of a test
    kind: str  # form, standing, quotation, update, copy, short, script
    one: str
    other: str
    is_duplicate: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Reports of one form."""

    name: str
    kind: str  # form, standing, quotation
    form: str  # with {} where reports differ
    texts: tuple[str, ...]

    def shared_shares(self) -> Iterator[float]:
        """Of each text the share of its words that the form gives, 0..1."""
        form_words = len(self.form.replace("{}", " ").split())
        return (form_words / len(text.split()) for text in self.texts)


def _read(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((PAIRS_FOLDER / name).read_text(encoding="utf-8"))
    return entries


def families() -> Iterator[Family]:
    """Every family of reports of one form, with its standing paragraph or its quotation."""
    for path in sorted(PAIRS_FOLDER.glob("forms_*.yml")):
        yield from _families_of(path.name, "form")
    yield from _families_of("standing.yml", "standing")
    yield from _families_of("quotations.yml", "quotation")


def _families_of(file_name: str, kind: str) -> Iterator[Family]:
    for entry in _read(file_name):
        form = entry["form"]
        texts = []
        for filling in entry["fillings"]:
            values = [value.strip() for value in filling.split("|")]
            if len(values) != form.count("{}"):
                raise ValueError(f"{entry['family']}: {len(values)} values for {form.count('{}')} slots")
            # An empty slot leaves two spaces, or one before a comma.
            text = " ".join(form.format(*values).split())
            texts.append(text.replace(" ,", ",").replace(" .", "."))
        yield Family(entry["family"], kind, form, tuple(texts))


def _pairs_of_families() -> Iterator[HardPair]:
    for family in families():
        for (m, one), (n, other) in combinations(enumerate(family.texts, 1), 2):
            yield HardPair(f"{family.kind}-{family.name}-{m}-{n}", family.kind, one, other, is_duplicate=False)


def _updates() -> Iterator[HardPair]:
    for chain in _read("chains.yml"):
        for (m, one), (n, other) in combinations(enumerate(chain["reports"], 1), 2):
            name = f"update-{chain['story']}-{m}-{n}"
            yield HardPair(name, "update", one["body"], other["body"], is_duplicate=False)


def _copies_by_hand() -> Iterator[HardPair]:
    for entry in _read("copies.yml"):
        for how, copy in entry["copies"].items():
            yield HardPair(f"copy-{entry['original']}-{how}", "copy", entry["body"], copy, is_duplicate=True)
        for how, text in entry.get("different", {}).items():
            yield HardPair(f"copy-{entry['original']}-{how}", "copy", entry["body"], text, is_duplicate=False)


def _pairs_as_written(file_name: str, kind: str) -> Iterator[HardPair]:
    for entry in _read(file_name):
        yield HardPair(
            f"{kind}-{entry['name']}", kind, entry["one"], entry["other"], is_duplicate=entry["verdict"] == "duplicate"
        )


def _edited_copies() -> Iterator[HardPair]:
    """Features in every edit; of each third family one report, with the edits by turns."""
    features = {entry["original"]: entry["body"] for entry in _read("copies.yml")}
    features |= {chain["story"]: chain["reports"][0]["body"] for chain in _read("chains.yml")}
    hosts = list(features.values())
    for number, (name, body) in enumerate(features.items()):
        for edit in EDITS:
            yield HardPair(f"edited-{name}-{edit.__name__}", "edited", body, edit(body), is_duplicate=True)
        embedded = inside_longer_piece(body, hosts[number - 1])
        yield HardPair(f"edited-{name}-inside_longer_piece", "edited", body, embedded, is_duplicate=True)
    reports = [family for family in families() if family.kind == "form"][::3]
    for number, family in enumerate(reports):
        edit = EDITS[number % len(EDITS)]
        body = family.texts[-1]
        yield HardPair(f"edited-{family.name}-{edit.__name__}", "edited", body, edit(body), is_duplicate=True)


def hard_pairs() -> list[HardPair]:
    """Every pair."""
    return [
        *_pairs_of_families(),
        *_updates(),
        *_copies_by_hand(),
        *_pairs_as_written("short.yml", "short"),
        *_pairs_as_written("scripts.yml", "script"),
        *_edited_copies(),
    ]


def story_chains() -> dict[str, list[Text]]:
    """Stories that run on: the reports of each in order of time. None is a duplicate of another."""
    return {
        chain["story"]: [
            Text(
                article_id=f"{chain['story']}-{number}",
                headline=report["headline"],
                body=report["body"],
                published_at=_instant(report["at"]),
                source_id=report["source"],
            )
            for number, report in enumerate(chain["reports"], 1)
        ]
        for chain in _read("chains.yml")
    }


def _instant(value: datetime | str) -> datetime:
    instant = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant
