"""Comparison of several reports: values in, values out."""

from reader.compare.compare import compare

__all__ = ["compare"]
