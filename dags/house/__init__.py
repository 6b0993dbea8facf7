"""What every DAG of the house shares: tags, assets, pools, retries. Wiring only; nothing heavy is imported here."""
