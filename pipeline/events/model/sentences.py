"""The training sentences: `training/*.txt`, one a line, `TYPE<TAB>text with {A:actor} and {R:recipient}`.

All are our own, written from the PLOVER and CAMEO code books. `#` begins a comment line. A line has one actor, one
recipient or both; NONE says that nothing happens between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.events.model.scene import CharSpan
from pipeline.events.plover import EVENT_TYPES

TRAINING_FOLDER = Path(__file__).parent.parent / "training"
NO_EVENT = "NONE"
LABELS = (*EVENT_TYPES, NO_EVENT)
_MARK = re.compile(r"\{([AR]):([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class TrainingSentence:
    """A sentence with its label, and where its parties stand in `text`."""

    label: str
    text: str
    actor_span: CharSpan | None
    recipient_span: CharSpan | None


def read_sentences(folder: Path = TRAINING_FOLDER) -> list[TrainingSentence]:
    """All training sentences, by file name and line.

    Raises:
        ConfigurationError: a line has an unknown type, wrong marks or a text that was there before.
    """
    found: list[TrainingSentence] = []
    seen: set[tuple[str, CharSpan | None, CharSpan | None]] = set()
    for path in sorted(folder.glob("*.txt")):
        for number, line in _lines(path):
            where = f"{path.name}:{number}"
            sentence = parse_line(line, where)
            key = (sentence.text, sentence.actor_span, sentence.recipient_span)
            if key in seen:
                raise ConfigurationError(f"{where}: this sentence with these parties is there already")
            seen.add(key)
            found.append(sentence)
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def parse_line(line: str, where: str = "line") -> TrainingSentence:
    """One line as a sentence. `where` names it in errors.

    Raises:
        ConfigurationError: the line is none of the form.
    """
    label, tab, marked = line.partition("\t")
    if not tab or label not in LABELS:
        raise ConfigurationError(f"{where}: expected a PLOVER type or NONE and a tab, found {line[:30]!r}")
    text = ""
    spans: dict[str, CharSpan] = {}
    end = 0
    marked = marked.strip()
    for mark in _MARK.finditer(marked):
        role, words = mark.groups()
        if role in spans:
            raise ConfigurationError(f"{where}: '{{{role}:' twice")
        text += marked[end : mark.start()]
        spans[role] = (len(text), len(text) + len(words))
        text += words
        end = mark.end()
    text += marked[end:]
    if not spans or "{" in text or "}" in text:
        raise ConfigurationError(f"{where}: expected {{A:...}} or {{R:...}}, each closed")
    return TrainingSentence(label, text, spans.get("A"), spans.get("R"))
