"""A news reader for the terminal that puts several outlets' reports of one story side by side."""

__version__ = "0.1.0"
