"""The weights' file: compact, without pickle, the same bytes for the same model; and what the model answers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ConfigurationError
from pipeline.events import pairs
from pipeline.events.coder import all_candidates
from pipeline.events.lexicon import load_lexicon
from pipeline.events.model import NO_EVENT, TypeOpinion, type_probabilities
from pipeline.events.model.explanation import in_words, reasons
from pipeline.events.model.weights import WEIGHTS_FILE, load_weights, write_weights
from pipeline.events.parser import parse_text
from pipeline.events.plover import EVENT_TYPES


def small_model(path: Path) -> None:
    write_weights(
        path,
        labels=["AID", "ACCUSE"],
        names=["on=give", "on=blame"],
        weights=np.array([[2.0, -2.0], [-1.0, 1.0]]),
        bias=np.array([0.1, -0.1]),
        temperature=2.0,
        fingerprint="abc",
    )


def test_a_written_model_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    small_model(path)
    model = load_weights(path)
    assert (model.labels, model.fingerprint, model.temperature) == (("AID", "ACCUSE"), "abc", 2.0)
    assert model.scores({"on=give": 1.0, "unknown": 5.0}) == pytest.approx([2.1, -2.1], abs=0.02)
    assert model.probabilities({"on=give": 1.0}) == pytest.approx([0.891, 0.109], abs=0.005)
    assert model.probabilities({}).sum() == pytest.approx(1.0)


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    small_model(tmp_path / "one.npz")
    small_model(tmp_path / "other.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x03\x04 cut off"])
def test_a_damaged_file_says_how_to_make_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="make train-coder"):
        load_weights(path)


def test_the_committed_file_is_small_and_holds_no_objects() -> None:
    assert WEIGHTS_FILE.stat().st_size < 1_000_000
    with np.load(WEIGHTS_FILE, allow_pickle=False) as stored:
        assert all(stored[name].dtype != object for name in stored.files)
    assert set(load_weights().labels) == {*EVENT_TYPES, NO_EVENT}


def test_coding_needs_no_scikit_learn() -> None:
    program = "import sys, pipeline.events.pairs; sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def asked(text: str, actor: str, recipient: str) -> dict[str, float]:
    doc = parse_text(text)
    spans = [(text.index(words), text.index(words) + len(words)) for words in (actor, recipient)]
    candidates = [candidate for _, _, candidate in all_candidates(doc, load_lexicon())]
    return dict(type_probabilities(doc, candidates, spans[0], spans[1]))


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "expected"),
    [
        ("Ghana's president accused Togo of arming smugglers.", "Ghana's president", "Togo", "ACCUSE"),
        ("Police arrested four beekeepers in Tartu on Monday.", "Police", "four beekeepers", "COERCE"),
        ("Rebels shelled an army post near the lake, killing six.", "Rebels", "an army post", "ASSAULT"),
        ("Iceland will send 200 tonnes of fish to Sudan.", "Iceland", "Sudan", "AGREE"),
        ("Iceland sent 200 tonnes of fish to Sudan.", "Iceland", "Sudan", "AID"),
        ("Iceland refused to send fish to Sudan.", "Iceland", "Sudan", "REJECT"),
        ("Peru's foreign minister met his Thai colleague.", "Peru's foreign minister", "his Thai colleague", "CONSULT"),
        ("Gabon urged Chad to free the fishermen.", "Gabon", "Chad", "REQUEST"),
        ("Gabon is north of the border and smaller than Chad.", "Gabon", "Chad", NO_EVENT),
    ],
)  # fmt: skip
def test_plain_sentences_get_their_type(text: str, actor: str, recipient: str, expected: str) -> None:
    found = asked(text, actor, recipient)
    assert max(found, key=lambda name: found[name]) == expected
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-4)
    assert set(found) == {*EVENT_TYPES, NO_EVENT}


def test_reasons_are_the_strongest_features_in_plain_words_one_of_a_kind(tmp_path: Path) -> None:
    small_model(tmp_path / "model.npz")
    model = load_weights(tmp_path / "model.npz")
    features = {"on=give": 1.0, "on=blame": 1.0, "unknown": 9.0}
    assert reasons(model, features, "AID") == ["'give' joins the pair"]
    assert reasons(model, features, "ACCUSE") == ["'blame' joins the pair"]
    assert reasons(model, {}, "AID") == []
    assert in_words("rv=carry out") == "the recipient's verb 'carry out'"


def test_the_answer_for_a_pair_says_what_the_model_saw() -> None:
    event = pairs.code_pair("Ghana condemned Togo.", actor_span=(0, 5), recipient_span=(16, 20))
    assert (event.event_type, event.quad_class) == ("ACCUSE", 3)
    assert re.search(r"model ACCUSE [01]\.\d\d for ", event.rule)
    assert "entry ACCUSE/" in event.rule


def test_a_type_of_the_model_alone_keeps_no_mode_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the model outvotes the rules, mode, quad class and CAMEO root follow the type; trigger, evidence stay."""
    opinion = TypeOpinion({name: float(name == "ACCUSE") for name in EVENT_TYPES}, {})
    monkeypatch.setattr(pairs, "type_opinion", lambda *_: opinion)
    event = pairs.code_pair("Poland expelled two envoys.", actor_span=(0, 6), recipient_span=(16, 26))
    assert (event.event_type, event.event_mode, event.quad_class, event.cameo_root) == ("ACCUSE", None, 3, "11")
    assert event.trigger.text.startswith("expelled")
    assert event.evidence.text == "Poland expelled two envoys."


def test_nothing_at_all_still_has_probabilities() -> None:
    found = type_probabilities(parse_text(""), [], None, None)
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-4)
