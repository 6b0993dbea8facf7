"""The exceptions of Dateline. What is raised says what happened, where, and what to do.

DatelineError                    anything we raise on purpose; the command line prints it in one sentence
├── ConfigurationError           a setting is wrong: the run stops at once
│   └── SourceFileError          a source's YAML is wrong: file, line, field, what was expected
├── TransientError               the same call may work later: Airflow retries it
│   ├── WarehouseBusyError       another process holds the working DuckDB file
│   └── SourceBusyError          another process gathers the source
├── PermanentError               trying again cannot help: Airflow fails at once
│   ├── AccountingError          counts in are not counts out: something was lost or doubled
│   ├── CheckFailedError         the warehouse failed a quality check: the edition is held
│   ├── MigrationError           the schema in the file and the migrations in sql/ disagree
│   └── NoEditionError           nothing has been published yet
└── QuarantineError              one record cannot be processed; it gets a status and the run goes on
"""

from __future__ import annotations

from pathlib import Path


class DatelineError(Exception):
    """Base of everything Dateline raises on purpose; its text is one clear sentence for a person."""


class ConfigurationError(DatelineError):
    """A setting or a file that the operator wrote is wrong."""


class SourceFileError(ConfigurationError):
    """A source's YAML file is wrong.

    Args:
        path: the file.
        line: line counted from 1, None where the whole file is meant.
        field: dotted path of the field, for example `feeds.0.kind`.
        expected: what should stand there, in words.
    """

    def __init__(self, path: Path, line: int | None, field: str, expected: str) -> None:
        self.path = path
        self.line = line
        self.field = field
        self.expected = expected
        where = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{where}: field '{field}': expected {expected}")

    def __reduce__(self) -> tuple[type[SourceFileError], tuple[Path, int | None, str, str]]:
        """So that it comes whole out of another process."""
        return type(self), (self.path, self.line, self.field, self.expected)


class TransientError(DatelineError):
    """The same call may work later."""


class WarehouseBusyError(TransientError):
    """Another process holds the working DuckDB file."""


class SourceBusyError(TransientError):
    """Another process gathers the source."""


class PermanentError(DatelineError):
    """Trying again cannot help."""


class AccountingError(PermanentError):
    """Counts in are not counts out."""


class CheckFailedError(PermanentError):
    """At least one quality check of severity `error` failed; the edition is held."""


class MigrationError(PermanentError):
    """The schema in the file and the numbered migrations disagree."""


class NoEditionError(PermanentError):
    """Nothing has been published yet."""


class QuarantineError(DatelineError):
    """One record cannot be processed, now or later; it is set aside with this reason."""
