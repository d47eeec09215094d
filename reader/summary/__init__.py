"""Extractive summaries: values in, values out."""
