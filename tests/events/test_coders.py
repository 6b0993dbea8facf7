"""Coders behind one interface: found as entry points, chosen by the settings, compared on the same texts."""

from __future__ import annotations

import importlib
import json
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import AccountingError, ConfigurationError
from pipeline.events import code_batch, plan_code
from pipeline.events.coders import Coder, Publication, available_coders, find_coder
from pipeline.events.coders.comparison import Row, compare_coders
from pipeline.events.coders.proof import proved_events
from pipeline.events.coders.rules import RuleCoder
from pipeline.events.coders.shown import read_rows
from pipeline.handover import read_records
from pipeline.records import Article, Mention
from pipeline.runs import Run

from .test_code_stage import article, make_run  # noqa: F401  the fixture

SHOUTING = '''
from pipeline.events.spans import Actor, CodedEvent, Span


class Shouting:
    """Finds an accusation wherever somebody shouts."""

    name = "shouting"
    version = "3"
    languages = frozenset({"en", "eo"})

    def code(self, text, publication):
        at = text.find("!")
        if at < 0:
            return []
        if "POISON" in text:
            raise RuntimeError("too loud")
        return [
            CodedEvent(
                event_type="ACCUSE", event_mode=None, quad_class=3, actor=None, recipient=None, event_date=None,
                place=None, evidence=Span(0, len(text), text), trigger=Span(at, at + 1, "!"), sentence_index=0,
                negated=False, modality="actual", confidence=0.5, cameo_root=None, intensity=None, rule="a shout",
            )
        ]


class Nameless:
    version = "1"
'''


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Installs a package with entry points, as pip would leave it, for the time of a test."""
    site = tmp_path / "site"

    def make(package: str, points: dict[str, str], code: str = SHOUTING) -> None:
        info = site / f"{package}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        lines = "".join(f"{name} = {value}\n" for name, value in points.items())
        (info / "entry_points.txt").write_text(f"[dateline.coders]\n{lines}")
        (site / f"{package}.py").write_text(textwrap.dedent(code))
        importlib.invalidate_caches()
        find_coder.cache_clear()

    monkeypatch.syspath_prepend(str(site))
    yield make
    find_coder.cache_clear()
    for name in ("loudness", "second"):
        sys.modules.pop(name, None)


def test_the_rule_coder_is_always_there_and_first() -> None:
    assert available_coders()[0].name == "rules"
    coder = find_coder("rules")
    assert isinstance(coder, Coder)
    assert coder.languages == {"en"}


def test_an_installed_package_offers_a_coder(install: Callable[..., None]) -> None:
    install("loudness", {"shouting": "loudness:Shouting"})
    assert [(o.name, o.package) for o in available_coders()][:1] == [("rules", None)]
    assert ("shouting", "loudness") in [(o.name, o.package) for o in available_coders()]
    assert find_coder("shouting").version == "3"


@pytest.mark.parametrize(
    ("points", "asked", "says"),
    [
        ({"shouting": "loudness:Shouting"}, "whispering", "there is no coder 'whispering'; there are: rules, shouting"),
        ({"shouting": "loudness:Missing"}, "shouting", "cannot be loaded: AttributeError"),
        ({"nameless": "loudness:Nameless"}, "nameless", "is no coder: it needs name, version, languages and code"),
        ({"yelling": "loudness:Shouting"}, "yelling", "calls itself 'shouting'"),
        ({"rules": "loudness:Shouting"}, "rules", "which is the name of one of Dateline itself"),
    ],
)
def test_what_is_no_coder_says_why(install: Callable[..., None], points: dict[str, str], asked: str, says: str) -> None:
    install("loudness", points)
    with pytest.raises(ConfigurationError, match=says):
        find_coder(asked)


def test_two_packages_with_one_name_are_refused(install: Callable[..., None]) -> None:
    install("loudness", {"shouting": "loudness:Shouting"})
    install("second", {"shouting": "second:Shouting"})
    with pytest.raises(ConfigurationError, match="uninstall one"):
        available_coders()


def test_the_chosen_coder_codes_the_night_and_signs_its_mentions(
    install: Callable[..., None],
    make_run: Callable[..., Run],  # noqa: F811  the fixture
) -> None:
    install("loudness", {"shouting": "loudness:Shouting"})
    articles = [
        article("a", "You did it!"),
        replace(article("b", "Vi faris tion!"), language="eo"),
        replace(article("c", "Du warst es!"), language="de"),
        article("d", "POISON!"),
    ]
    run = make_run(articles, batch_size=9)
    run = replace(run, settings=run.settings.model_copy(update={"coder": "shouting"}))
    assert plan_code(run) == ["000"]
    planned = [a.article_id for a in read_records(run.stage_file("code", "batch-000.in"), Article)]
    assert planned == ["a", "b", "d"]
    counts = code_batch(run, "000").counts
    assert (counts["coded"], counts["quarantined"]) == (2, 1)
    mentions = list(read_records(run.stage_file("code", "batch-000.out"), Mention))
    assert {(m.article_id, m.coder, m.coder_version) for m in mentions} == {
        ("a", "shouting", "3"),
        ("b", "shouting", "3"),
    }


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"event_type": "SHOUT"}, "'SHOUT' is no event type"),
        ({"quad_class": 1}, "is not of quad class 1"),
        ({"modality": "loud"}, "no modality"),
        ({"confidence": 1.5}, "expected 0 to 1"),
    ],
)
def test_events_that_break_the_rules_are_refused(change: dict[str, object], says: str) -> None:
    text = "Poland expelled two Belarusian diplomats on Tuesday."
    (event,) = RuleCoder().code(text, Publication())
    assert proved_events([event], text) == [event]
    with pytest.raises(AccountingError, match=says):
        proved_events([replace(event, **change)], text)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(AccountingError, match="are not 'expelled"):
        proved_events([replace(event, trigger=replace(event.trigger, start=0))], text)


ROWS = [
    {"text": "Poland expelled two Belarusian diplomats.", "gold": {"event_type": "SANCTION", "quad_class": 4}},
    {"text": "The lake is deep.", "gold": {"event_type": None, "class": 0}},
    {"text": "What a day!", "gold": {"event_type": None}},
    {
        "text": "Norwegian troops arrested a Swedish journalist.",
        "gold": {
            "events": [
                {"event_type": "COERCE", "actor": {"country_code": "NOR"}, "recipient": {"country_code": "SWE"}},
                {"event_type": "AID", "actor": None, "recipient": None},
            ]
        },
    },
]


def test_coders_are_compared_on_the_same_texts(install: Callable[..., None]) -> None:
    install("loudness", {"shouting": "loudness:Shouting"})
    rows = [Row(text=str(row["text"]), gold=row["gold"]) for row in ROWS]  # type: ignore[arg-type]  # written above
    (rules, shouting), (agreement,) = compare_coders([find_coder("rules"), find_coder("shouting")], rows)
    assert (rules.type_right, rules.type_asked, rules.quad_right, rules.quad_asked) == (3, 3, 2, 2)
    assert (shouting.type_right, shouting.type_asked) == (1, 3)
    assert (rules.matched_events, rules.gold_events) == (1, 2)
    assert rules.types["SANCTION"] == 1
    assert shouting.types == {"ACCUSE": 1}
    assert agreement.share == 0.25
    assert agreement.kappa is not None
    assert agreement.kappa < 0.25


def test_the_command_line_lists_and_compares(install: Callable[..., None], tmp_path: Path) -> None:
    install("loudness", {"shouting": "loudness:Shouting"})
    data = tmp_path / "rows.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in [*ROWS, {"text": "POISON!"}]))
    listed = CliRunner().invoke(app, ["coders", "list"])
    assert "* rules" in listed.stdout
    assert "shouting             version 3; languages: en, eo; package loudness" in listed.stdout
    compared = CliRunner().invoke(app, ["coders", "compare", str(data), "rules", "shouting"])
    assert compared.exit_code == 0
    assert "type        3 of 3 right (100.0%)" in compared.stdout
    assert "1 failed; the first: RuntimeError: too loud" in compared.stdout
    assert "rules and shouting agree on the main type of" in compared.stdout
    as_json = json.loads(CliRunner().invoke(app, ["coders", "compare", str(data), "--json"]).stdout)
    assert {coder["coder"] for coder in as_json["coders"]} >= {"rules", "shouting"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "expected JSON Lines"),
        ("{}\n", "line 1: expected an object with a 'text'"),
        ('{"text": "a"}\nnot json\n', "line 2"),
        ('{"text": "a", "gold": {"events": 3}}\n', "line 1: expected 'gold'"),
        ('{"text": "a", "actor_span": [0, 9]}\n', "'actor_span' does not lie within the text"),
        ('{"text": "a", "actor_span": 5}\n', "line 1"),
        ('{"text": "a", "published_at": "soon"}\n', "published_at"),
    ],
)
def test_data_that_cannot_be_compared_says_which_line(tmp_path: Path, content: str, says: str) -> None:
    data = tmp_path / "rows.jsonl"
    data.write_text(content)
    with pytest.raises(ConfigurationError, match=says):
        read_rows(data)
