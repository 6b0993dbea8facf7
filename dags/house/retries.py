"""Which errors are worth another try. Exceptions are named by path: the worker, not the DAG file, has them at hand."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

RETRIES = 3
RETRY_DELAY = timedelta(seconds=30)

RETRY_POLICY = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception="pipeline.errors.WarehouseBusyError",
            action=RetryAction.RETRY,
            retry_delay=timedelta(seconds=10),
            reason="another process holds the working DuckDB file; it will let go",
        ),
        RetryRule(
            exception="pipeline.errors.SourceBusyError",
            action=RetryAction.RETRY,
            retry_delay=timedelta(minutes=5),
            reason="another run gathers the source; it will be done",
        ),
        RetryRule(
            exception=["pipeline.errors.PermanentError", "pipeline.errors.ConfigurationError"],
            action=RetryAction.FAIL,
            reason="the same input gives the same answer; a person has to look",
        ),
        RetryRule(
            exception=["pipeline.errors.TransientError", "builtins.OSError"],
            action=RetryAction.RETRY,
            retry_delay=RETRY_DELAY,
            reason="network, disk or another process: likely to pass",
        ),
        RetryRule(
            exception=[
                "builtins.TypeError",
                "builtins.KeyError",
                "builtins.AttributeError",
                "builtins.ImportError",
            ],
            action=RetryAction.FAIL,
            reason="a defect in the code; a person has to look",
        ),
    ]
)

DEFAULT_ARGS = {"owner": "dateline", "retries": RETRIES, "retry_delay": RETRY_DELAY, "retry_policy": RETRY_POLICY}
