"""The assets of the house. Their events carry counts, so that the Assets page reads as a ledger."""

from __future__ import annotations

from airflow.sdk import Asset

captures = Asset(name="captures", uri="dateline://captures", group="dateline")
articles = Asset(name="articles", uri="dateline://articles", group="dateline")
events = Asset(name="events", uri="dateline://events", group="dateline")
edition = Asset(name="edition", uri="dateline://edition", group="dateline")
