"""Read the tables of `lexicon/`: tab-separated with a heading, or one entry a line. `#` begins a comment line.

A lexicon file that does not parse stops the program (ConfigurationError): coding on with half a lexicon would
write wrong data.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ConfigurationError

LEXICON_FOLDER = Path(__file__).resolve().parent / "lexicon"


def read_lines(name: str) -> list[str]:
    """The entries of a file with one entry a line, in order."""
    path = LEXICON_FOLDER / name
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table by column name; cells that are missing at the end of a row are empty."""
    path = LEXICON_FOLDER / name
    numbered = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    rows = [(number, line.split("\t")) for number, line in numbered if line.strip() and not line.startswith("#")]
    if not rows:
        raise ConfigurationError(f"{path}: expected a table with a heading, found nothing")
    (_, heading), *body = rows
    for number, cells in body:
        if len(cells) > len(heading):
            raise ConfigurationError(f"{path}:{number}: expected at most {len(heading)} cells, found {len(cells)}")
    return [dict(zip(heading, [*cells, *[""] * len(heading)], strict=False)) for _, cells in body]
