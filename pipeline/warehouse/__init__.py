"""The warehouse: what the stages found becomes tables, is checked, and is published as an edition.

Way in: `load_run`, `check_run`, `publish_run`, in this order, each with the run whose Parquet files lie ready.
Way out: the published editions, through `query_edition`, `list_editions` and `headlines_with_events`, or any DuckDB
client that opens `editions/current.duckdb`.

One writer, many readers. Only load, check and publish open the working file, one process at a time; everybody else
reads an edition, which never changes. The working file always starts from the current edition: what a held or killed
run left in it is thrown away before the next one loads, because no stage has seen it either.

What may not enter: fetching, reading or judging of text. Rows come in as records of `pipeline.records`; the SQL that
shapes them lies in `sql/` (schema, load, views, checks, examples), not here.
"""

from pipeline.warehouse.check import check_run
from pipeline.warehouse.editions import Edition, list_editions
from pipeline.warehouse.headlines import Headline, headlines_with_events
from pipeline.warehouse.load import load_run
from pipeline.warehouse.notes import is_empty, run_note, stages_in_words
from pipeline.warehouse.publish import publish_run
from pipeline.warehouse.query import QueryResult, example_queries, format_result, query_edition

__all__ = [
    "Edition",
    "Headline",
    "QueryResult",
    "check_run",
    "example_queries",
    "format_result",
    "headlines_with_events",
    "is_empty",
    "list_editions",
    "load_run",
    "publish_run",
    "query_edition",
    "run_note",
    "stages_in_words",
]
