"""Fixtures for everything that reads text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from spacy.tokens import Doc

from pipeline.events.parser import load_parser, parse_text

# A Friday.
PUBLISHED_AT = datetime(2013, 11, 15, 1, 13, tzinfo=UTC)


@pytest.fixture(scope="session")
def parser() -> Callable[[str], Doc]:
    """`parse_text`, with the weights loaded once for the whole session."""
    load_parser()
    return parse_text


@pytest.fixture
def published_at() -> datetime:
    return PUBLISHED_AT
