"""Keeps articles (SQLite) and the reader's own work (TinyDB); answers queries."""
