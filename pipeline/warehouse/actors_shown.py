"""What `dateline actors show` and `list` print: the actor memory of the current edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.errors import ConfigurationError, PermanentError
from pipeline.events.actors.memory import STALE_AFTER, ActorMemory, Remembered, name_key, persons_in
from pipeline.records import ActorOffice
from pipeline.settings import Settings
from pipeline.warehouse.query import open_current
from pipeline.warehouse.terminal_text import shortened

_NAME_CELLS, _OFFICE_CELLS, _HEADLINE_CELLS = 40, 60, 90
_ARTICLES_SHOWN = 3
_COLUMNS = "name_key, name, short_name, office, country_code, sector, first_seen_on, last_seen_on, article_count"


@dataclass(frozen=True, slots=True)
class NamingArticle:
    """An article that names somebody with an office."""

    name_key: str
    seen_on: date
    source_id: str
    headline: str | None


@dataclass(frozen=True, slots=True)
class FoundActor:
    """What the edition remembers under a name."""

    asked: str
    edition_day: date  # the day of the edition's newest run
    offices: list[ActorOffice]  # of everybody whose name fits
    recalled: Remembered | None  # what an article of that day with this name alone would get
    articles: list[NamingArticle]


def find_actor(settings: Settings, name: str) -> FoundActor:
    """Everybody of that name, or with it as the last word.

    Raises:
        NoEditionError: nothing has been published yet.
        PermanentError: an earlier version published the current edition.
        ConfigurationError: nobody of that name is remembered, or it is no name.
    """
    words = name_key(name).split()
    if not words:
        raise ConfigurationError(f"{shortened(name, _NAME_CELLS)!r} is no name")
    with open_current(settings) as connection:
        _expect_memory(connection)
        rows = _rows(
            connection,
            f"SELECT {_COLUMNS} FROM actor_offices WHERE short_name IN (?, ?) ORDER BY ALL",  # noqa: S608  columns of ours
            [words[0], words[-1]],
        )
        same_short_name = [ActorOffice(**row) for row in rows]
        offices = [o for o in same_short_name if set(words) <= set(o.name_key.split())]
        if not offices:
            raise ConfigurationError(
                f"the archive remembers nobody called {shortened(name, _NAME_CELLS)!r}; "
                "a person is found by the whole name or by its last word"
            )
        days = _rows(connection, "SELECT max(started_at)::DATE AS day FROM runs WHERE is_loaded", [])
        articles = _rows(
            connection,
            """
            SELECT s.name_key, s.seen_on, a.source_id, r.headline
            FROM actor_sightings AS s
            JOIN articles AS a ON a.article_id = s.article_id AND a.current_revision = s.revision
            JOIN article_revisions AS r ON r.article_id = s.article_id AND r.revision = s.revision
            WHERE a.duplicate_of IS NULL AND s.name_key IN (SELECT unnest(?))
            QUALIFY row_number() OVER (PARTITION BY s.name_key ORDER BY s.seen_on DESC, s.article_id) <= ?
            ORDER BY s.name_key, s.seen_on DESC, s.article_id
            """,
            [sorted({o.name_key for o in offices}), _ARTICLES_SHOWN],
        )
    day: date = days[0]["day"]
    recalled = ActorMemory(lambda word: [o for o in same_short_name if o.short_name == word]).recall(name, day)
    return FoundActor(name, day, offices, recalled, [NamingArticle(**row) for row in articles])


def list_offices(
    settings: Settings,
    *,
    country_code: str | None = None,
    sector: str | None = None,
    since: date | None = None,
    limit: int = 50,
) -> list[ActorOffice]:
    """The offices that most articles name, then by name. Raises as `find_actor` where there is no edition."""
    with open_current(settings) as connection:
        _expect_memory(connection)
        rows = _rows(
            connection,
            f"""
            SELECT {_COLUMNS} FROM actor_offices
            WHERE (? IS NULL OR country_code = upper(?)) AND (? IS NULL OR sector = upper(?))
              AND (?::DATE IS NULL OR last_seen_on >= ?)
            ORDER BY article_count DESC, name_key, office, country_code, sector
            LIMIT ?
            """,  # noqa: S608  columns of ours
            [country_code, country_code, sector, sector, since, since, limit],
        )
    return [ActorOffice(**row) for row in rows]


def actor_in_lines(found: FoundActor) -> Iterator[str]:
    """Person by person: offices with their days, some of the articles; then what the name alone would get."""
    for person in persons_in(found.offices):
        yield shortened(max((o.name for o in person), key=lambda name: (len(name.split()), name)), _NAME_CELLS)
        for office in sorted(person, key=lambda o: (o.first_seen_on, o.last_seen_on, o.office or "")):
            yield f"    {_office_words(office)}: {_days(office)}"
        keys = {o.name_key for o in person}
        for article in found.articles:
            if article.name_key in keys:
                headline = shortened(article.headline, _HEADLINE_CELLS) or "(no headline)"
                yield f"        {article.seen_on} {article.source_id}: {headline}"
    yield ""
    yield from _verdict(found)


def _verdict(found: FoundActor) -> Iterator[str]:
    asked = shortened(found.asked, _NAME_CELLS)
    if found.recalled is not None:
        country = found.recalled.country_code or "no country"
        yield (
            f"In an article of {found.edition_day} that does not say who {asked} is, the name means "
            f"{shortened(found.recalled.name, _NAME_CELLS)} ({country}, {found.recalled.sector}): "
            f"{found.recalled.in_words()}."
        )
        return
    yield f"In an article of {found.edition_day} that does not say who {asked} is, the name means nobody:"
    fresh = [o for o in found.offices if found.edition_day - o.last_seen_on <= STALE_AFTER]
    if not fresh:
        yield f"    the last article that gives an office is older than {STALE_AFTER.days} days."
    elif len(persons_in(fresh)) > 1:
        yield "    several persons of that name were in the news."
    else:
        yield "    articles disagree about country or sector, or are all of later days."


def office_in_line(office: ActorOffice) -> str:
    """One line of `dateline actors list`."""
    return f"{shortened(office.name, _NAME_CELLS):<28} {_office_words(office)}: {_days(office)}"


def _office_words(office: ActorOffice) -> str:
    words = shortened(office.office, _OFFICE_CELLS) or "(office not told apart)"
    return f"{office.country_code or '---'} {office.sector} {words}"


def _days(office: ActorOffice) -> str:
    articles = "1 article" if office.article_count == 1 else f"{office.article_count} articles"
    if office.first_seen_on == office.last_seen_on:
        return f"{office.first_seen_on}, {articles}"
    return f"{office.first_seen_on} to {office.last_seen_on}, {articles}"


def _expect_memory(connection: Any) -> None:
    if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'actor_offices'").fetchall():
        raise PermanentError("the current edition was published by an earlier version, which kept no actor memory")


def _rows(connection: Any, sql: str, parameters: Sequence[Any]) -> list[dict[str, Any]]:
    result = connection.execute(sql, list(parameters))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
