"""Training sentences: their form is checked line by line, and the committed weights belong to the committed ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from pipeline.events.model.fingerprint import training_fingerprint
from pipeline.events.model.sentences import LABELS, TRAINING_FOLDER, parse_line, read_sentences
from pipeline.events.model.weights import load_weights


def test_a_line_gives_label_text_and_spans() -> None:
    sentence = parse_line("AID\tOn Friday {A:Oman} sent rice to {R:the camps}.")
    assert (sentence.label, sentence.text) == ("AID", "On Friday Oman sent rice to the camps.")
    assert sentence.actor_span is not None
    assert sentence.recipient_span is not None
    assert sentence.text[slice(*sentence.actor_span)] == "Oman"
    assert sentence.text[slice(*sentence.recipient_span)] == "the camps"


def test_one_party_is_enough() -> None:
    assert parse_line("COERCE\t{R:Two men} were arrested.").actor_span is None
    assert parse_line("PROTEST\t{A:Nurses} marched.").recipient_span is None


@pytest.mark.parametrize(
    "line",
    [
        "AID {A:Oman} sent rice to {R:the camps}.",
        "HELP\t{A:Oman} sent rice to {R:the camps}.",
        "AID\tOman sent rice to the camps.",
        "AID\t{A:Oman sent rice to {R:the camps}.",
        "AID\t{A:Oman} and {A:Qatar} sent rice.",
        "AID\t{B:Oman} sent rice to {R:the camps}.",
    ],
)
def test_a_wrong_line_is_named(line: str) -> None:
    with pytest.raises(ConfigurationError, match=r"aid\.txt:7: "):
        parse_line(line, "aid.txt:7")


def test_a_sentence_given_twice_is_named(tmp_path: Path) -> None:
    (tmp_path / "aid.txt").write_text(
        "# relief\nAID\t{A:Oman} fed {R:Fiji}.\nAID\t{A:Oman} fed {R:Fiji}.\n", encoding="utf-8"
    )
    with pytest.raises(ConfigurationError, match=r"aid\.txt:3"):
        read_sentences(tmp_path)


def test_every_label_has_its_share_of_sentences() -> None:
    counts = Counter(sentence.label for sentence in read_sentences())
    assert set(counts) == set(LABELS)
    assert min(counts.values()) >= 150, counts


def test_the_committed_weights_are_those_of_the_committed_sentences_and_features() -> None:
    assert load_weights().fingerprint == training_fingerprint(), (
        f"sentences of {TRAINING_FOLDER.name}/ or feature code have changed since the weights were trained: "
        "run `make train-coder` and commit pipeline/events/model/weights.npz"
    )


def test_a_changed_sentence_or_feature_file_changes_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "aid.txt").write_text("AID\t{A:Oman} fed {R:Fiji}.\n", encoding="utf-8")
    before = training_fingerprint(tmp_path)
    (tmp_path / "aid.txt").write_text("AID\t{A:Oman} fed {R:Peru}.\n", encoding="utf-8")
    assert training_fingerprint(tmp_path) != before
    (tmp_path / "aid.txt").write_bytes(b"AID\t{A:Oman} fed {R:Fiji}.\r\n")
    assert training_fingerprint(tmp_path) == before
