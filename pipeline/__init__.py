"""Dateline's product code: from a source's feeds to a published edition.

    source ─gather→ captures ─read→ articles ─dedupe→ duplicates, stories ─code→ mentions ─load→ warehouse
           ─check→ ─publish→ edition

Each folder is one stage with one way in and one way out: a plain function that takes the run and names its
input files, writes Parquet files into the run's own folder, and returns a `StageResult` (paths and counts).
Nothing in here imports Airflow; `dags/` wires these functions, `pipeline.refresh` runs them without a scheduler.
"""

__version__ = "0.1.0"
