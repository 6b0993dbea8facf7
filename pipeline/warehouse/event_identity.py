"""Which event each mention tells of: the mentions that a run touches, grouped anew with their neighbours.

The grouping itself is `pipeline.events.happenings`; here its mentions are chosen and its answer written. Only stories
that the run touched are grouped, and whatever is bound to them: the other stories of their events, and of mentions
that share a key with theirs. The rest cannot change, so a night costs what it brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.event_decisions import EventSplit
from pipeline.events.happenings import NamedEvents, group_tellings, name_events
from pipeline.events.likeness import Telling
from pipeline.events.parties import Party, describe_party
from pipeline.runs import Run

_CHOOSE = """
CREATE OR REPLACE TEMP TABLE regrouped_stories AS
WITH near AS (
    SELECT story_id FROM touched_stories
    UNION SELECT story_id FROM story_articles SEMI JOIN staged_coded USING (article_id)
    -- Splits decided or taken back since the last run.
    UNION SELECT story_id FROM event_mentions JOIN story_articles USING (article_id)
    WHERE mention_id IN (
        SELECT unnest(moved || apart_from) FROM (
            (FROM event_splits ANTI JOIN staged_event_splits USING (split_id))
            UNION ALL (FROM staged_event_splits ANTI JOIN event_splits USING (split_id))
        )
    )
),
near_mentions AS (
    SELECT m.event_id, m.shared_key FROM event_mentions AS m JOIN story_articles USING (article_id)
    WHERE story_id IN (SELECT story_id FROM near)
),
bound_events AS (
    SELECT event_id FROM near_mentions
    UNION SELECT event_id FROM recoded_events
    UNION SELECT event_id FROM event_mentions WHERE shared_key IN (SELECT shared_key FROM near_mentions)
)
SELECT story_id FROM near
UNION
SELECT story_id FROM event_mentions JOIN story_articles USING (article_id)
WHERE event_id IN (SELECT event_id FROM bound_events)
"""

_COLUMNS = """
    m.mention_id, m.shared_key, m.article_id, m.revision, m.sentence_index,
    m.event_type, m.event_mode, m.modality, m.negated,
    m.actor_text, m.actor_name, m.actor_country_code, m.actor_sector,
    m.recipient_text, m.recipient_name, m.recipient_country_code, m.recipient_sector,
    m.event_date_first AS first_day, m.event_date_last AS last_day,
    m.place_country_code, m.place_geonames_id::VARCHAR AS place_id, m.told_words
"""

# A mention of this run that was not coded before has no event yet.
_TELLINGS = f"""
SELECT {_COLUMNS}, m.own_event_id, s.story_id, coalesce(r.published_at, a.first_seen_at)::DATE AS published_on,
    CASE WHEN m.run_id = getvariable('run_id') THEN c.event_id ELSE m.event_id END AS known_event_id
FROM event_mentions AS m
JOIN story_articles AS s USING (article_id)
JOIN articles AS a USING (article_id)
JOIN article_revisions AS r USING (article_id, revision)
LEFT JOIN recoded_mentions AS c USING (mention_id)
WHERE s.story_id IN (SELECT story_id FROM regrouped_stories)
"""  # noqa: S608  columns of ours

_STAGED_TELLINGS = f"""
SELECT {_COLUMNS}, m.event_id AS own_event_id, v.story_id,
    coalesce(a.published_at, a.fetched_at)::DATE AS published_on
FROM read_parquet($mentions) AS m
JOIN read_parquet($verdicts) AS v USING (article_id, revision)
JOIN read_parquet($articles) AS a USING (article_id, revision)
"""  # noqa: S608  columns of ours

# An id is not given twice, also one that is no more.
_TAKEN = """
WITH own AS (
    SELECT DISTINCT own_event_id AS event_id FROM event_mentions SEMI JOIN (
        SELECT article_id FROM story_articles SEMI JOIN regrouped_stories USING (story_id)
    ) USING (article_id)
)
SELECT event_id FROM events SEMI JOIN own USING (event_id)
UNION SELECT event_id FROM event_changes SEMI JOIN own USING (event_id)
"""

_WRITE = (
    """
    CREATE OR REPLACE TEMP TABLE regrouped_events AS
    SELECT event_id FROM named_mentions UNION SELECT event_id FROM moved_mentions
    UNION SELECT other_event_id FROM moved_mentions
    """,
    """
    UPDATE event_mentions SET event_id = n.event_id FROM named_mentions AS n
    WHERE n.mention_id = event_mentions.mention_id AND n.event_id <> event_mentions.event_id
    """,
    """
    INSERT INTO event_changes BY NAME
    SELECT getvariable('run_id') AS run_id, event_id,
        CASE WHEN event_id IN (SELECT event_id FROM event_mentions) THEN 'split' ELSE 'merged' END AS change,
        other_event_id, mention_count
    FROM moved_mentions ORDER BY event_id, other_event_id
    """,
    """
    DELETE FROM events WHERE event_id IN (
        SELECT event_id FROM event_changes WHERE run_id = getvariable('run_id') AND change = 'merged')
    """,
)


def identify_events(connection: duckdb.DuckDBPyConnection, splits: Sequence[EventSplit] = ()) -> None:
    """Give every mention that the run touches its event, and note which known events became one or fell apart.

    `splits` are people's decisions, all that are in force; the stories that new ones and no longer valid ones concern
    are grouped anew.

    Comes after the mentions of the run were inserted and before events are put together; leaves the temporary table
    `regrouped_events`, the events whose mentions may have changed.
    """
    _stage_splits(connection, splits)
    connection.execute(_CHOOSE)
    found = _rows(connection.execute(_TELLINGS))
    known = {row["mention_id"]: row["known_event_id"] for row in found if row["known_event_id"] is not None}
    taken = {event_id for (event_id,) in connection.execute(_TAKEN).fetchall()}
    named = name_events(group_tellings((_telling(row) for row in found), splits), known, taken)
    _write(connection, named, known)


def _stage_splits(connection: duckdb.DuckDBPyConnection, splits: Sequence[EventSplit]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE staged_event_splits AS SELECT * FROM event_splits LIMIT 0")
    for split in splits:
        row = [
            split.split_id,
            split.decided_at,
            split.event_id,
            list(split.moved),
            list(split.apart_from),
            split.reason,
        ]
        connection.execute("INSERT INTO staged_event_splits VALUES (?, ?, ?, ?, ?, ?)", row)


def count_events(run: Run) -> int:
    """How many events the mentions of a run are among themselves, by its own files: before a load, or without one."""
    files = {
        "mentions": run.stage_files("code", "batch-*.out"),
        "verdicts": run.stage_files("dedupe", "verdicts"),
        "articles": run.stage_files("code", "batch-*.in"),
    }
    if not all(files.values()):
        return 0
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        given = {name: [str(path) for path in paths] for name, paths in files.items()}
        return len(group_tellings(_telling(row) for row in _rows(connection.execute(_STAGED_TELLINGS, given))))


def _rows(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _write(connection: duckdb.DuckDBPyConnection, named: NamedEvents, known: dict[str, str]) -> None:
    counts = dict.fromkeys(named.moves, 0)
    for mention_id, event_id in known.items():
        move = (event_id, named.event_of[mention_id])
        if move in counts:
            counts[move] += 1
    mentions = {"mention_id": list(named.event_of), "event_id": list(named.event_of.values())}
    moves = {
        "event_id": [event_id for event_id, _ in named.moves],
        "other_event_id": [other for _, other in named.moves],
    }
    text = pa.string()
    tables = {
        "named_mentions": pa.table({name: pa.array(values, text) for name, values in mentions.items()}),
        "moved_mentions": pa.table(
            {name: pa.array(values, text) for name, values in moves.items()}
            | {"mention_count": pa.array(counts.values(), pa.int64())}
        ),
    }
    for name, table in tables.items():
        connection.register(name, table)
    for step in _WRITE:
        connection.execute(step)
    for name in tables:
        connection.unregister(name)


def _telling(row: dict[str, Any]) -> Telling:
    first_day: date | None = row["first_day"]
    return Telling(
        mention_id=row["mention_id"],
        own_event_id=row["own_event_id"],
        shared_key=row["shared_key"],
        article_id=row["article_id"],
        revision=row["revision"],
        sentence_index=row["sentence_index"],
        story_id=row["story_id"],
        event_type=row["event_type"],
        event_mode=row["event_mode"],
        modality=row["modality"],
        negated=row["negated"],
        actor=_party(row, "actor"),
        recipient=_party(row, "recipient"),
        first_day=first_day,
        last_day=row["last_day"],
        published_on=row["published_on"],
        place_country_code=row["place_country_code"],
        place_id=row["place_id"],
        words=frozenset(row["told_words"] or ()),
    )


def _party(row: dict[str, Any], role: str) -> Party | None:
    name, text = row[f"{role}_name"], row[f"{role}_text"]
    if name is None and text is None:
        return None
    return describe_party(text or name, name, row[f"{role}_country_code"], row[f"{role}_sector"])
