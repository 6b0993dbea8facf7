"""Source files read into the model, and which of them are read from.

Every mistake is named with file, line, field and what was expected. Two settings say whom we read at all: `newsroom`
the built-in sample sites, `publishers` the enabled publishers of `sources_folder`. A publisher whose file says
`enabled: true` is not enabled in what this module returns as long as `publishers` is off.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pipeline.errors import ConfigurationError, SourceFileError
from pipeline.settings import Settings
from pipeline.sources.model import Source
from pipeline.sources.yaml_file import YamlFile, read_yaml_file

# What a pydantic error type means to the person who writes the file; others show pydantic's own words.
EXPECTED_IN_WORDS = {
    "missing": "a value, the field is required",
    "string_type": "text (put it in quotes if YAML takes it for something else)",
    "string_too_short": "text that is not empty",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "date_type": "a day such as 2013-01-31",
    "tuple_type": "a list",
    "too_short": "a list with at least one entry",
    "model_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
}
SWITCH_ON_PUBLISHERS = "DATELINE_PUBLISHERS=true"
SWITCH_ON_NEWSROOM = "DATELINE_NEWSROOM=true"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the catalogue."""

    path: Path
    source: Source  # as the file says, whatever the settings say
    switched_on: bool  # whether the settings let us read this kind of source

    @property
    def effective(self) -> Source:
        """The source, enabled only if the settings let us read it."""
        if self.switched_on or not self.source.enabled:
            return self.source
        return self.source.model_copy(update={"enabled": False})


def load_source(path: Path) -> Source:
    """The source that one YAML file describes.

    Raises:
        SourceFileError: the file is not there, is no YAML, does not fit the model, or is not named by its id.
    """
    file = read_yaml_file(path)
    try:
        source = Source.model_validate(file.values)
    except ValidationError as error:
        line, details = _first_problem(file, error)
        field = ".".join(str(part) for part in details["loc"]) or "(whole file)"
        raise SourceFileError(path, line, field, _in_words(details)) from error
    if path.name != f"{source.id}.yml":
        expected = f"the file's name without .yml ({path.stem!r}), not {source.id!r}"
        raise SourceFileError(path, file.line_of(("id",)), "id", expected)
    return source


def load_sources(settings: Settings) -> dict[str, Source]:
    """Every source that is read, by id; the others are checked all the same.

    Raises:
        SourceFileError: a file is wrong, or two files have the same id.
    """
    return {source.id: source for source in load_catalogue(settings).values() if source.enabled}


def enabled_source_ids(settings: Settings) -> list[str]:
    """The ids of the sources that are read, sorted: whom a run visits.

    Raises:
        ConfigurationError: there is none; a run over nothing would look like a quiet night.
        SourceFileError: a file is wrong, or two files have the same id.
    """
    files = read_catalogue(settings)
    found = [file.source.id for file in files if file.effective.enabled]
    if not found:
        raise ConfigurationError(f"there is no source to read: {_why_none(settings, files)}")
    return sorted(found)


def load_catalogue(settings: Settings) -> dict[str, Source]:
    """Every source by id, sorted by id. `enabled` says whether it is read: the file's word and the setting's.

    Raises:
        SourceFileError: a file is wrong, or two files have the same id.
    """
    return {file.source.id: file.effective for file in read_catalogue(settings)}


def read_catalogue(settings: Settings) -> list[SourceFile]:
    """Every source file, sorted by id, with what it says and whether the settings let us read it.

    Raises:
        SourceFileError: a file is wrong, or two files have the same id.
    """
    found: dict[str, SourceFile] = {}
    for path, switched_on in source_files(settings):
        source = load_source(path)
        if source.id in found:
            first = found[source.id].path
            raise SourceFileError(path, 1, "id", f"an id of its own, but {first} has {source.id!r} too")
        found[source.id] = SourceFile(path, source, switched_on)
    return [found[source_id] for source_id in sorted(found)]


def find_source(settings: Settings, source_id: str, *, disabled_too: bool = False) -> Source:
    """One source, without reading the files of all the others. `enabled` is as in `load_catalogue`.

    Raises:
        ConfigurationError: there is none of that id, or it is not read and only such sources count.
        SourceFileError: its file is wrong.
    """
    files = [file for file in source_files(settings) if file[0].name == f"{source_id}.yml"]
    if not files:
        hint = "`dateline sources list` shows them all"
        if not settings.newsroom and (_newsroom_sources(settings) / f"{source_id}.yml").exists():
            hint = f"it is one of the newsroom's, which is switched off: set {SWITCH_ON_NEWSROOM}"
        raise ConfigurationError(f"no source has the id {source_id!r}; {hint}")
    if len(files) > 1:
        raise SourceFileError(files[1][0], 1, "id", f"an id of its own, but {files[0][0]} has {source_id!r} too")
    path, switched_on = files[0]
    found = SourceFile(path, load_source(path), switched_on)
    if not found.effective.enabled and not disabled_too:
        todo = f"set `enabled: true` in {path}" if not found.source.enabled else f"set {SWITCH_ON_PUBLISHERS}"
        why = "is not enabled" if not found.source.enabled else "is enabled, but real publishers are switched off"
        raise ConfigurationError(f"source {source_id!r} {why}; {todo}")
    return found.effective


def source_files(settings: Settings) -> list[tuple[Path, bool]]:
    """The files of all sources, each with whether the settings let us read it.

    `<country>/<id>.yml` of the publishers, and the newsroom's where it is switched on: where it is not, its files
    are what some earlier start left behind.
    """
    files = [(path, settings.publishers) for path in sorted(settings.sources_folder.glob("*/*.yml"))]
    if settings.newsroom:
        files += [(path, True) for path in sorted(_newsroom_sources(settings).glob("*.yml"))]
    return files


def _newsroom_sources(settings: Settings) -> Path:
    return settings.newsroom_folder / "sources"


def _why_none(settings: Settings, files: list[SourceFile]) -> str:
    """For each kind of source, why none of it is read, and what to do."""
    enabled = sum(file.source.enabled for file in files if not file.switched_on)
    if settings.newsroom:
        newsroom = f"the newsroom has written none to {_newsroom_sources(settings)} (say `dateline newsroom`)"
    else:
        newsroom = f"the newsroom is switched off ({SWITCH_ON_NEWSROOM} reads it)"
    if settings.publishers:
        publishers = f"no file in {settings.sources_folder} says `enabled: true`"
    else:
        publishers = f"real publishers are switched off ({SWITCH_ON_PUBLISHERS} reads the {enabled} enabled ones)"
    return f"{newsroom}, and {publishers}"


def _first_problem(file: YamlFile, error: ValidationError) -> tuple[int, ErrorDetails]:
    """One problem at a time, with its line: the first in the file that is not a consequence of another one.

    A list with a wrong entry is reported as too short as well, and a misspelt field as missing as well.
    """
    problems = error.errors()
    places = [problem["loc"] for problem in problems]
    causes = [
        problem
        for problem in problems
        if not any(
            len(place) > len(problem["loc"]) and place[: len(problem["loc"])] == problem["loc"] for place in places
        )
    ]
    lines = [(file.line_of(cause["loc"]), cause) for cause in causes]
    return min(lines, key=lambda found: (found[1]["type"] == "missing", found[0]))


def _in_words(details: ErrorDetails) -> str:
    kind, value = details["type"], details["input"]
    if kind == "extra_forbidden":
        return _unknown_field(details["loc"])
    if kind == "expectation":
        return details["msg"]
    if kind == "literal_error":
        return f"one of {details['ctx']['expected']}, not {value!r}"
    if kind == "string_pattern_mismatch":
        return f"a slug of lower-case letters, digits and single hyphens, not {value!r}"
    if kind == "missing":
        return EXPECTED_IN_WORDS[kind]
    words = EXPECTED_IN_WORDS.get(kind)
    if words is None:
        message = details["msg"]
        words = message.removeprefix("Input should be ")
    return f"{words}, not {value!r}"


def _unknown_field(loc: tuple[str | int, ...]) -> str:
    model: type[BaseModel] = Source
    for part in loc[:-1]:
        if isinstance(part, str):
            model = _model_within(model.model_fields[part].annotation) or model
    name = str(loc[-1])
    near = difflib.get_close_matches(name, model.model_fields, n=1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    return f"one of the known fields {', '.join(model.model_fields)}; {name!r} is unknown{hint}"


def _model_within(annotation: Any) -> type[BaseModel] | None:
    """The model inside `tuple[Feed, ...]` or `ExpectedPerDay | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        model = _model_within(inner)
        if model is not None:
            return model
    return None
