"""The fingerprint of what a model is trained from: the sentences, and the code that turns them into features."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.events.model.sentences import TRAINING_FOLDER

_FEATURE_FILES = (
    "features.py",
    "party_features.py",
    "ranking.py",
    "rule_features.py",
    "scene.py",
    "sentences.py",
    "tree_features.py",
    "word_features.py",
)


def training_fingerprint(sentences: Path = TRAINING_FOLDER, code: Path = Path(__file__).parent) -> str:
    """SHA-256 over the training files and the feature files, names included; line ends of any kind count the same."""
    digest = hashlib.sha256()
    for path in (*sorted(sentences.glob("*.txt")), *(code / name for name in _FEATURE_FILES)):
        content = "\n".join(path.read_text(encoding="utf-8").splitlines())
        digest.update(f"{path.name}\0{content}\0".encode())
    return digest.hexdigest()
