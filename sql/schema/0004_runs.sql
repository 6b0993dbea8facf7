-- The book of runs: how each ended, what it counted, which checks it passed.

CREATE TABLE runs (
    run_id VARCHAR PRIMARY KEY,
    dag_id VARCHAR,
    airflow_run_id VARCHAR,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    verdict VARCHAR CHECK (verdict IN ('published', 'held', 'empty', 'failed')),
    edition BIGINT,
    note VARCHAR,
    is_loaded BOOLEAN NOT NULL
);
COMMENT ON TABLE runs IS 'Every run, also those that published nothing.';
COMMENT ON COLUMN runs.run_id IS 'Id of the run: the name of its folder. Key.';
COMMENT ON COLUMN runs.dag_id IS 'Airflow DAG. NULL: run without a scheduler.';
COMMENT ON COLUMN runs.airflow_run_id IS 'Airflow run id. NULL: run without a scheduler.';
COMMENT ON COLUMN runs.started_at IS 'When it began; the clock all its stages decide by (UTC instant).';
COMMENT ON COLUMN runs.finished_at IS 'When its verdict was given (UTC instant). NULL: it was not over when this edition was made.';
COMMENT ON COLUMN runs.verdict IS 'published, held, empty or failed. NULL: it was not over, or it was killed.';
COMMENT ON COLUMN runs.edition IS 'Number of the edition it published. NULL: it published none.';
COMMENT ON COLUMN runs.note IS 'One line of what it did. NULL: none was written.';
COMMENT ON COLUMN runs.is_loaded IS 'True: its fetches, articles and mentions are in this warehouse. Only a published run''s are.';

CREATE TABLE run_counts (
    run_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL CHECK (stage IN ('feeds', 'gather', 'read', 'dedupe', 'code', 'load')),
    status VARCHAR NOT NULL,
    count BIGINT NOT NULL CHECK (count >= 0)
);
COMMENT ON TABLE run_counts IS 'What every run counted, by source, stage and status, also for runs that published nothing. Key: run_id, source_id, stage, status.';
COMMENT ON COLUMN run_counts.run_id IS 'The run.';
COMMENT ON COLUMN run_counts.source_id IS 'The source.';
COMMENT ON COLUMN run_counts.stage IS 'feeds: feed visits. gather: links as gather left them. read: captures as read left them. dedupe: captures as dedupe left them. code: articles coded, quarantined or not_coded; sentences stored (mention) or folded into another (same_sentence). load: links by their final status.';
COMMENT ON COLUMN run_counts.status IS 'The status word.';
COMMENT ON COLUMN run_counts.count IS 'How many ended so.';

CREATE TABLE quality_checks (
    run_id VARCHAR NOT NULL,
    check_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warn')),
    says VARCHAR NOT NULL,
    passed BOOLEAN NOT NULL,
    wrong_rows BIGINT NOT NULL,
    first_wrong_row VARCHAR
);
COMMENT ON TABLE quality_checks IS 'What every quality check said of every run that came to be checked. Key: run_id, check_name.';
COMMENT ON COLUMN quality_checks.run_id IS 'The run.';
COMMENT ON COLUMN quality_checks.check_name IS 'Name of the file in sql/checks/.';
COMMENT ON COLUMN quality_checks.severity IS 'error: the edition is held. warn: it is published and somebody should look.';
COMMENT ON COLUMN quality_checks.says IS 'What the check demands, in one sentence.';
COMMENT ON COLUMN quality_checks.passed IS 'True: no row was wrong.';
COMMENT ON COLUMN quality_checks.wrong_rows IS 'How many rows were wrong.';
COMMENT ON COLUMN quality_checks.first_wrong_row IS 'The first wrong row as JSON. NULL: none was wrong.';
