"""Writes docs/tables.md from the comments in sql/: `python -m pipeline.warehouse.table_docs`."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.settings import PROJECT_FOLDER
from pipeline.warehouse.migrate import SQL_FOLDER, migrate

TABLE_DOCS_FILE = PROJECT_FOLDER / "docs" / "tables.md"

_HEAD = """\
# Tables and views

Generated from the comments in `sql/` by `make docs`; change them there. The same text is in every edition, in the view
`data_dictionary`. All instants are TIMESTAMPTZ in UTC; days are calendar days; NULL means what the column says.
"""


def render_table_docs(sql_folder: Path = SQL_FOLDER) -> str:
    """The page in Markdown: the views first, because that is where an analyst begins, then the tables."""
    with duckdb.connect() as connection:
        migrate(connection, sql_folder)
        rows = connection.execute(
            """
            SELECT object_type, table_name, table_comment, column_name, data_type, column_comment
            FROM data_dictionary ORDER BY object_type DESC, table_name, column_index
            """
        ).fetchall()
    parts = [_HEAD]
    last_type, last_table = None, None
    for object_type, table, table_comment, column, data_type, column_comment in rows:
        if object_type != last_type:
            parts.append(f"\n## {object_type.capitalize()}s\n")
        if table != last_table:
            parts.append(f"\n### {table}\n\n{table_comment}\n\n| column | type | meaning |\n|---|---|---|\n")
        parts.append(f"| `{column}` | {data_type} | {column_comment} |\n")
        last_type, last_table = object_type, table
    return "".join(parts)


def write_table_docs(path: Path = TABLE_DOCS_FILE) -> None:
    """Write the page where it belongs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render_table_docs(), encoding="utf-8")


if __name__ == "__main__":
    write_table_docs()
