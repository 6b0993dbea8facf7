"""Options of the reading tests.

After a wanted change in output, write the golden records anew and look at the difference before it is committed:

    python -m pytest tests/read --regenerate-golden
    git diff tests/read/golden
"""

import pytest


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
