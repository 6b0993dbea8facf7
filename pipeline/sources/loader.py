"""Source files read into the model; every mistake is named with file, line, field and what was expected."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pipeline.errors import ConfigurationError, SourceFileError
from pipeline.settings import Settings
from pipeline.sources.model import Source

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


def load_source(path: Path) -> Source:
    """The source that one YAML file describes.

    Raises:
        SourceFileError: the file is not there, is no YAML, does not fit the model, or is not named by its id.
    """
    root, values = _read_yaml(path)
    try:
        source = Source.model_validate(values)
    except ValidationError as error:
        line, details = _first_problem(root, error)
        field = ".".join(str(part) for part in details["loc"]) or "(whole file)"
        raise SourceFileError(path, line, field, _in_words(details)) from error
    if path.name != f"{source.id}.yml":
        raise SourceFileError(
            path,
            _line_of(root, ("id",)),
            "id",
            f"the file's name without .yml ({path.stem!r}), not {source.id!r}",
        )
    return source


def load_sources(settings: Settings) -> dict[str, Source]:
    """Every enabled source by id; disabled ones are checked all the same.

    Raises:
        SourceFileError: a file is wrong, or two files have the same id.
    """
    return {source.id: source for source in load_catalogue(settings).values() if source.enabled}


def enabled_source_ids(settings: Settings) -> list[str]:
    """The ids of the enabled sources, sorted: whom a run visits.

    Raises:
        ConfigurationError: none is enabled; a run over nothing would look like a quiet night.
        SourceFileError: a file is wrong, or two files have the same id.
    """
    found = sorted(load_sources(settings))
    if not found:
        raise ConfigurationError(
            f"no source is enabled in {settings.sources_folder}"
            + (f", and the newsroom has written none to {settings.newsroom_folder}" if settings.newsroom else "")
            + "; set `enabled: true` in a source file, or say `dateline newsroom`"
        )
    return found


def load_catalogue(settings: Settings) -> dict[str, Source]:
    """Every source by id, enabled or not, sorted by id.

    Raises:
        SourceFileError: a file is wrong, or two files have the same id.
    """
    found: dict[str, tuple[Path, Source]] = {}
    for path in source_files(settings):
        source = load_source(path)
        if source.id in found:
            first = found[source.id][0]
            raise SourceFileError(path, 1, "id", f"an id of its own, but {first} has {source.id!r} too")
        found[source.id] = (path, source)
    return {source_id: found[source_id][1] for source_id in sorted(found)}


def find_source(settings: Settings, source_id: str, *, disabled_too: bool = False) -> Source:
    """One source, without reading the files of all the others.

    Raises:
        ConfigurationError: there is none of that id, or it is not enabled and only enabled ones count.
        SourceFileError: its file is wrong.
    """
    paths = [path for path in source_files(settings) if path.name == f"{source_id}.yml"]
    if not paths:
        raise ConfigurationError(f"no source has the id {source_id!r}; `dateline sources list` shows them all")
    if len(paths) > 1:
        raise SourceFileError(paths[1], 1, "id", f"an id of its own, but {paths[0]} has {source_id!r} too")
    source = load_source(paths[0])
    if not source.enabled and not disabled_too:
        raise ConfigurationError(f"source {source_id!r} is not enabled; set `enabled: true` in {paths[0]}")
    return source


def source_files(settings: Settings) -> list[Path]:
    """The YAML files of all sources: `<country>/<id>.yml`, and the newsroom's where it is switched on."""
    files = sorted(settings.sources_folder.glob("*/*.yml"))
    if settings.newsroom:
        files += sorted((settings.newsroom_folder / "sources").glob("*.yml"))
    return files


def _read_yaml(path: Path) -> tuple[yaml.MappingNode, Any]:
    """The file's top node, which knows lines, and its plain values."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SourceFileError(path, None, "(whole file)", "a file that is there") from error
    except UnicodeDecodeError as error:
        raise SourceFileError(path, None, "(whole file)", f"UTF-8 text ({error.reason})") from error
    try:
        loader = yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
            if not isinstance(node, yaml.MappingNode):
                raise SourceFileError(path, 1, "(whole file)", "a mapping of fields, such as 'id: harbour-gazette'")
            _refuse_repeated_keys(path, node, ())
            return node, loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark is not None else None
        raise SourceFileError(path, line, "(whole file)", f"valid YAML ({problem})") from error


def _refuse_repeated_keys(path: Path, node: yaml.Node, loc: tuple[str | int, ...]) -> None:
    """YAML takes the last of two equal keys without a word; a person should hear of it."""
    seen: set[str] = set()
    for key, line, child in _children(node):
        here = (*loc, key)
        if isinstance(node, yaml.MappingNode):
            if str(key) in seen:
                raise SourceFileError(path, line, ".".join(map(str, here)), "the field once, it stands here twice")
            seen.add(str(key))
        _refuse_repeated_keys(path, child, here)


def _children(node: yaml.Node) -> Iterator[tuple[str | int, int, yaml.Node]]:
    """(key or index, line counted from 1, node) of a node's children."""
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            yield key_node.value, key_node.start_mark.line + 1, value_node
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield index, child.start_mark.line + 1, child


def _line_of(root: yaml.Node, loc: tuple[str | int, ...]) -> int:
    """The line of the field at `loc`, or of the nearest thing around it that the file has."""
    node, line = root, root.start_mark.line + 1
    for part in loc:
        for key, key_line, child in _children(node):
            if key == part:
                node, line = child, key_line
                break
        else:
            break
    return line


def _first_problem(root: yaml.Node, error: ValidationError) -> tuple[int, ErrorDetails]:
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
    lines = [(_line_of(root, cause["loc"]), cause) for cause in causes]
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
