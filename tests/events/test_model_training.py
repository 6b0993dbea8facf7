"""What training makes of the rules' reading: how much a sentence counts."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.events.model import training
from pipeline.events.model.sentences import LABELS


def test_a_sentence_of_which_the_rules_are_right_counts_more() -> None:
    rows = [{"trust=AID": 1.0, "bgive": 0.5}, {"trust=AID": 1.0}, {"bgive": 0.5}]
    labels = np.array([LABELS.index(name) for name in ("AID", "YIELD", "AID")])
    importance = training.importance_of(rows, labels)
    assert importance[0] / importance[1] == pytest.approx(training.RULES_RIGHT_WEIGHT)
    assert importance[1] == pytest.approx(importance[2])
    assert importance.mean() == pytest.approx(1.0)
