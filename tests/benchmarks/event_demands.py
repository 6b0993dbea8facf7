"""What is demanded of event records: floors, aims, and the best that is known on the same data.

Published figures come with the evaluation data (`../shared/data/README-events.md`, `../shared/notes/events.md`): ZSP is
Hu and others' zero-shot coder with a model of 355M weights, 134 passes a pair; PETRARCH-2 the dictionary coder of the
Open Event Data Alliance on derived trees; HeidelTime's figure is published on its own set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Demand:
    """One measure of the shared scorer.

    Args:
        path: the keys that lead to it in the scorer's answer.
        floor: it must be reached; None: the figure is only shown.
        aim: it is wished for.
        known: the best that is known, and whose.
        peer: whether the peer of the same run can be judged by it.
        most: whether less is better, and floor and aim are upper bounds.
    """

    task: str
    what: str
    path: tuple[str, ...]
    floor: float | None = None
    aim: float | None = None
    known: str = "-"
    peer: bool = True
    most: bool = False

    def value(self, figures: Mapping[str, Any]) -> float | None:
        """The figure in the scorer's answer."""
        found: Any = figures
        for key in self.path:
            found = found[key]
        return None if found is None else float(found)

    def meets(self, value: float | None, bound: float | None) -> bool:
        """Whether a value is at the bound or better; True where there is no bound."""
        if bound is None:
            return True
        if value is None:
            return False
        return value <= bound if self.most else value >= bound


DEMANDS = (
    Demand("roots", "type accuracy, spans given", ("accuracy",), 0.84, 0.88, "ZSP .760, PETRARCH-2 .358", peer=False),
    Demand("roots", "type macro-F1", ("macro_f1",), 0.82, 0.86, "ZSP .743, PETRARCH-2 .430", peer=False),
    Demand("roots", "quad class accuracy", ("quad_accuracy",), 0.92, 0.95, "ZSP .871", peer=False),
    Demand("roots", "one event a pair", ("one_event_per_pair",), 1.0, 1.0, peer=False),
    Demand("actors", "actor F1, half match", ("union_actor_half", "f1"), 0.85, 0.90, "spaCy rules .761"),
    Demand("actors", "recipient F1, half match", ("union_recipient_half", "f1"), 0.60, 0.72, "spaCy rules .322"),
    Demand("actors", "both right, of all sentences", ("union_both_right", "of_all"), 0.48, 0.60, "spaCy rules .241"),
    Demand("actors", "actor F1, exact", ("union_actor_exact", "f1"), known="spaCy rules .512"),
    Demand("actors", "recipient F1, exact", ("union_recipient_exact", "f1"), known="spaCy rules .201"),
    Demand("relevance", "false alarms", ("false_alarms",), 0.25, 0.10, "any subject .954", most=True),
    Demand("relevance", "misses", ("misses",), 0.15, 0.10, "any subject .075", most=True),
    Demand("relevance", "quad class where coded", ("quad_accuracy_where_coded", "top"), peer=False),
    Demand("dates", "span F1, overlap", ("span_overlap", "f1"), 0.90, 0.94, "spaCy .857"),
    Demand("dates", "value F1", ("value_f1", "f1"), 0.76, 0.84, "HeidelTime about .78 elsewhere"),
    Demand("dates", "span F1, exact", ("span_exact", "f1"), known="spaCy .716"),
    Demand("dates", "value accuracy", ("value_accuracy",), known="spaCy .213"),
    Demand("places", "span F1, overlap", ("span_overlap", "f1"), 0.85, 0.90, "spaCy .773, with NORP .805"),
    Demand("places", "within 161 km", ("accuracy_161km",), 0.85, 0.93, peer=False),
    Demand("places", "end to end F1", ("end_to_end_f1", "f1"), 0.70, 0.82, peer=False),
    Demand("places", "span F1, exact", ("span_exact", "f1"), known="spaCy .726, with NORP .761"),
    Demand("places", "median error, km", ("median_error_km",), peer=False, most=True),
    Demand("fivew", "who, top event (proxy)", ("proxy_top", "who"), known="first subject .474"),
    Demand("fivew", "what, top event (proxy)", ("proxy_top", "what"), known="first subject .168"),
    Demand("fivew", "where, top event (proxy)", ("proxy_top", "where"), known="first GPE .404"),
    Demand("fivew", "when, top event (proxy)", ("proxy_top", "when"), known="publication day .610"),
    Demand("fivew", "rows with an event", ("rows_with_an_event",)),
)
MOST_EXTRA_OF_SEED = 2
LEAST_SPEED = 12.0
LEAST_SPEED_RATIO, AIMED_SPEED_RATIO = 2.7, 5.0
KNOWN_SPEED = "spaCy alone 4.4 on full texts"
MOST_MEMORY_BYTES = 1_000_000_000
