"""The file of decisions: what was decided is there after a crash, and nothing else is taken for a decision."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.decisions import (
    DUPLICATE_SCOPE,
    STORY_SCOPE,
    STORY_SPLITS,
    new_split,
)
from pipeline.errors import ConfigurationError, TransientError
from pipeline.records import SplitDecision
from pipeline.settings import Settings

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "var", newsroom=False)


def split(moved: str = "a", stays: str = "bc", *, scope: str = STORY_SCOPE, minutes: int = 0) -> SplitDecision:
    return new_split(
        decided_at=NOON + timedelta(minutes=minutes),
        scope=scope,
        story_id="s1",
        moved=moved,
        apart_from=stays,
        reason="another fire, naïve “words”\nin two lines",
    )


def test_where_nothing_was_decided_nothing_holds(settings):
    assert STORY_SPLITS.in_force(settings) == []
    assert not settings.decisions_folder.exists()


def test_a_decision_comes_back_as_it_was_made(settings):
    decisions = [split(), split(scope=DUPLICATE_SCOPE), split("d", minutes=1)]
    assert [STORY_SPLITS.record(settings, decision) for decision in decisions] == decisions
    assert STORY_SPLITS.in_force(settings) == decisions


def test_the_order_of_articles_and_the_zone_of_the_clock_do_not_make_another_decision():
    east = timezone(timedelta(hours=5))
    again = new_split(
        decided_at=NOON.astimezone(east), scope=STORY_SCOPE, story_id="s1", moved="a", apart_from="cbb", reason=None
    )
    assert again.split_id == split().split_id
    assert again.decided_at.utcoffset() == timedelta(0)


def test_the_same_split_again_is_the_decision_there_is(settings):
    first = STORY_SPLITS.record(settings, split())
    assert STORY_SPLITS.record(settings, split(minutes=9)) == first
    assert STORY_SPLITS.in_force(settings) == [first]


def test_a_split_that_was_taken_back_no_longer_holds_and_is_still_told(settings):
    decision = STORY_SPLITS.record(settings, split())
    other = STORY_SPLITS.record(settings, split("d"))
    assert STORY_SPLITS.take_back(settings, decision.split_id).taken_back_at is None
    assert STORY_SPLITS.in_force(settings) == [other]
    history = {s.decision: s.taken_back_at for s in STORY_SPLITS.history(settings)}
    assert history[decision] is not None
    assert history[other] is None


def test_taking_back_twice_changes_nothing(settings):
    decision = STORY_SPLITS.record(settings, split())
    STORY_SPLITS.take_back(settings, decision.split_id)
    content = STORY_SPLITS.file(settings).read_bytes()
    assert STORY_SPLITS.take_back(settings, decision.split_id).taken_back_at is not None
    assert STORY_SPLITS.file(settings).read_bytes() == content


def test_what_was_taken_back_can_be_decided_anew(settings):
    STORY_SPLITS.take_back(settings, STORY_SPLITS.record(settings, split()).split_id)
    again = STORY_SPLITS.record(settings, split(minutes=5))
    assert STORY_SPLITS.in_force(settings) == [again]


def test_nobody_can_take_back_what_was_not_decided(settings):
    for ask in (STORY_SPLITS.take_back, STORY_SPLITS.find):
        with pytest.raises(ConfigurationError, match="there is no split 'x1'"):
            ask(settings, "x1")


def test_a_torn_last_line_does_not_hold_and_is_said(settings, caplog):
    kept = STORY_SPLITS.record(settings, split())
    STORY_SPLITS.record(settings, split("d"))
    path = STORY_SPLITS.file(settings)
    path.write_bytes(path.read_bytes()[:-40])
    with caplog.at_level(logging.WARNING):
        assert STORY_SPLITS.in_force(settings) == [kept]
    assert "line 2 is torn" in caplog.text
    assert str(path) in caplog.text


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_the_next_decision_after_a_crash_stands_on_a_line_of_its_own(settings, cut):
    kept = STORY_SPLITS.record(settings, split())
    STORY_SPLITS.record(settings, split("d"))
    path = STORY_SPLITS.file(settings)
    torn = path.read_bytes()[:-1].rpartition(b"\n")[2][:-cut]
    path.write_bytes(path.read_bytes()[: -cut - 1])
    after = STORY_SPLITS.record(settings, split("e"))
    assert STORY_SPLITS.in_force(settings) == [kept, after]
    assert path.with_suffix(".torn").read_bytes() == torn + b"\n"


def test_a_decision_that_only_lacks_its_line_end_holds(settings):
    decision = STORY_SPLITS.record(settings, split())
    path = STORY_SPLITS.file(settings)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert STORY_SPLITS.in_force(settings) == [decision]
    other = STORY_SPLITS.record(settings, split("d"))
    assert STORY_SPLITS.in_force(settings) == [decision, other]


def changed(decision: SplitDecision, **fields: object) -> str:
    line = {
        "decision": "split",
        "split_id": decision.split_id,
        "decided_at": decision.decided_at.isoformat(),
        "scope": decision.scope,
        "story_id": decision.story_id,
        "moved": list(decision.moved),
        "apart_from": list(decision.apart_from),
        "reason": decision.reason,
    }
    return json.dumps({name: value for name, value in (line | fields).items() if value != "absent"})


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("not json", "Expecting value"),
        ("[1, 2]", "no JSON object"),
        ("{}", "'decision' is not split or take_back"),
        ('{"decision": ["split"]}', "'decision' is not"),
        (changed(split(), reason="absent"), "its fields are not"),
        (changed(split(), note="x"), "its fields are not"),
        (changed(split(), scope="page"), "scope is not story or duplicate"),
        (changed(split(), moved="a"), "moved"),
        (changed(split(), moved=[1]), "moved: 0"),
        (changed(split(), moved=[]), "keeps nothing apart"),
        (changed(split(), moved=["a", "b"]), "keeps nothing apart"),
        (changed(split(), moved=["z"]), "split_id is not that of"),
        (changed(split(), decided_at="2026-03-01T12:00:00"), "timezone"),
        ('{"decision": "take_back", "split_id": "x1", "decided_at": "2026-03-01T12:00:00Z"}', "takes back 'x1'"),
        ("[" * 100_000, "is no decision"),
        ("\udcff", "utf-8"),
    ],
)
def test_a_whole_line_that_is_no_decision_stops_and_says_where(settings, line, why):
    STORY_SPLITS.record(settings, split("d"))
    path = STORY_SPLITS.file(settings)
    with path.open("ab") as file:
        file.write(line.encode("utf-8", "surrogateescape") + b"\n")
    content = path.read_bytes()
    with pytest.raises(ConfigurationError, match="line 2 is no decision") as caught:
        STORY_SPLITS.in_force(settings)
    assert why in str(caught.value)
    assert str(path) in str(caught.value)
    with pytest.raises(ConfigurationError):
        STORY_SPLITS.record(settings, split("e"))
    assert path.read_bytes() == content


@given(rubbish=st.binary(max_size=200))
@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_rubbish_is_taken_for_a_decision(settings, rubbish):
    path = STORY_SPLITS.file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(rubbish)
    try:
        assert STORY_SPLITS.in_force(settings) == []
    except ConfigurationError as error:
        assert "is no decision" in str(error)  # noqa: PT017  either of two ends is right


def test_where_the_disk_is_full_the_decision_is_refused_and_leaves_no_trace(settings, monkeypatch):
    kept = STORY_SPLITS.record(settings, split())
    content = STORY_SPLITS.file(settings).read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:20]))
    with pytest.raises(TransientError, match="No space left"):
        STORY_SPLITS.record(settings, split("d"))
    assert STORY_SPLITS.file(settings).read_bytes() == content
    assert STORY_SPLITS.in_force(settings) == [kept]


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline.decisions import STORY_SPLITS, new_split
from pipeline.settings import Settings
settings = Settings(home=Path(sys.argv[1]), newsroom=False)
for number in range(25):
    split = new_split(decided_at=datetime.now(UTC), scope="story", story_id="s", reason="r" * 5000,
                      moved=[f"{sys.argv[2]}-{number}"], apart_from=["z"])
    STORY_SPLITS.record(settings, split)
"""


def test_two_processes_that_decide_at_once_lose_nothing(settings):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(settings.home), name]) for name in ("p", "q")]
    seen = 0
    while any(writer.poll() is None for writer in writers):
        now = len(STORY_SPLITS.in_force(settings))  # never half a line, which would be said as torn or stop the reader
        assert now >= seen
        seen = now
    assert [writer.returncode for writer in writers] == [0, 0]
    moved = {article for decision in STORY_SPLITS.in_force(settings) for article in decision.moved}
    assert moved == {f"{name}-{number}" for name in ("p", "q") for number in range(25)}


def test_two_processes_that_decide_the_same_decide_once(settings):
    same = WRITER.replace("{sys.argv[2]}-", "")
    writers = [subprocess.Popen([sys.executable, "-c", same, str(settings.home), name]) for name in ("p", "q")]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert len(STORY_SPLITS.in_force(settings)) == 25
