"""Comparison of several reports: values in, values out."""
