"""Files, pages and feeds become articles."""
