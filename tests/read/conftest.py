"""Options of the reading tests.

After a wanted change in output, write the golden records anew and look at the difference before it is committed:

    python -m pytest tests/read --regenerate-golden
    git diff tests/read/golden
"""

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

PAGE_LIMIT_SECONDS = 8  # as the page process enforces it on a whole page


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-golden",
        action="store_true",
        help="Write the expected records of tests/read/golden anew; the tests that did so fail once.",
    )


@pytest.fixture
def regenerate_golden(request: pytest.FixtureRequest) -> bool:
    # Where the whole tree is run, this file is loaded too late to add its option.
    return bool(request.config.getoption("--regenerate-golden", default=False))


@pytest.fixture
def page_limit() -> Iterator[None]:
    """Ends a test that takes longer than the page process lets a page take: no measure, but no hang either."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than the {PAGE_LIMIT_SECONDS} seconds that a page has")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(PAGE_LIMIT_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
