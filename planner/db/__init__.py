"""Rows: engine, tables, migrations, and sessions that see one owner only."""
