"""Selectors and anchoring: values in, values out."""
