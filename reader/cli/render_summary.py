"""A summary as text for the terminal."""

from collections.abc import Mapping
from typing import Any

import click

from reader.cli.layout import counted, label, wrapped
from reader.cli.terminal import width
from reader.export.json_forms import summary_form
from reader.model import Summary
from reader.text.hygiene import shown, shown_line


def summary_text(summary: Summary) -> str:
    """Return a summary as readable lines."""
    return form_text(summary_form(summary))


def form_text(form: Mapping[str, Any]) -> str:
    """Return a summary's JSON form as readable lines.

    The sentences of one article are preceded by its title; those of several carry their outlets.
    """
    articles = form["articles"]
    names = {a["id"]: label(a["source"], n) for n, a in enumerate(articles, start=1)}
    lines = [click.style(_heading(articles, names), bold=True), ""]
    for sentence in form["sentences"]:
        text = shown(sentence["text"]).replace("\n", " ")
        lines.append(wrapped(text, width(), indent="  ", first="• "))
        if len(articles) > 1:
            told = [names[sentence["article"]], *filter(None, map(shown_line, sentence["also_in"]))]
            lines.append(click.style(wrapped(", ".join(told), width(), indent="  "), dim=True))
    lines += ["", click.style(_footer(form), dim=True)]
    lines += [click.style(shown_line(note), dim=True) for note in form["notes"]]
    return "\n".join(lines)


def _heading(articles: list[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    if len(articles) == 1:
        return shown_line(articles[0]["title"]) or names[articles[0]["id"]]
    return f"{len(articles)} reports: {', '.join(names.values())}"


def _footer(form: Mapping[str, Any]) -> str:
    of = counted(sum(article["sentences"] for article in form["articles"]), "sentence")
    return f"{len(form['sentences'])} of {of}, method {shown_line(form['method'] or '')}"
