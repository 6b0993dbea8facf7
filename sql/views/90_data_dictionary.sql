CREATE OR REPLACE VIEW data_dictionary AS
SELECT
    CASE WHEN v.view_name IS NULL THEN 'table' ELSE 'view' END AS object_type,
    c.table_name,
    coalesce(t.comment, v.comment) AS table_comment,
    c.column_name,
    c.data_type,
    c.comment AS column_comment,
    c.column_index
FROM duckdb_columns() AS c
LEFT JOIN duckdb_tables() AS t
    ON t.database_oid = c.database_oid AND t.schema_oid = c.schema_oid AND t.table_name = c.table_name
LEFT JOIN duckdb_views() AS v
    ON v.database_oid = c.database_oid AND v.schema_oid = c.schema_oid AND v.view_name = c.table_name
WHERE c.database_name = current_database() AND c.schema_name = 'main' AND NOT c.internal;
COMMENT ON VIEW data_dictionary IS 'What every table, view and column of this file means. Key: table_name, column_name.';
COMMENT ON COLUMN data_dictionary.object_type IS 'table or view.';
COMMENT ON COLUMN data_dictionary.table_name IS 'Name of the table or view.';
COMMENT ON COLUMN data_dictionary.table_comment IS 'What a row of it is.';
COMMENT ON COLUMN data_dictionary.column_name IS 'Name of the column.';
COMMENT ON COLUMN data_dictionary.data_type IS 'DuckDB type.';
COMMENT ON COLUMN data_dictionary.column_comment IS 'What it means: unit, where it comes from, what NULL means.';
COMMENT ON COLUMN data_dictionary.column_index IS 'Position in the table, counted from 1.';
