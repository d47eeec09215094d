"""A comparison as one self-contained page for the browser."""

import difflib
import re
from collections.abc import Iterator, Sequence

from reader.export import page
from reader.export.comparison_columns import anchor, columns
from reader.export.outline import (
    LEGEND,
    MEANINGS,
    SIGNS,
    Outline,
    SharedClaim,
    Wording,
    about,
    outline,
    part_text,
    wordings,
)
from reader.model import Comparison, Difference, Quote

STYLE = """
nav { display: flex; flex-wrap: wrap; gap: .3rem 1rem; margin: 1rem 0; }
.columns { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(17rem, 1fr);
  gap: 1rem; overflow-x: auto; scroll-snap-type: x proximity; }
.column { max-height: 80vh; overflow-y: auto; padding: 0 .8rem .8rem; background: var(--pane);
  scroll-snap-align: start; }
.column header { position: sticky; top: 0; background: var(--pane); padding-top: .5rem; }
.column h3 { margin: 0 0 .5rem; } .column .about { margin: 0; }
.column p { margin: .45rem 0; } .column .heading { font-weight: 700; font-size: 1.1rem;
  margin-top: 1rem; }
.column .list::before { content: "• "; } .caption { font-style: italic; }
.shared { color: var(--dim); } .shared a { color: inherit; text-decoration: none; }
.shared a:hover { text-decoration: underline; }
.only { font-weight: 600; border-left: 3px solid var(--accent); padding-left: .5rem; }
.dots { font-size: .7rem; letter-spacing: .1em; white-space: nowrap; }
.lit { background: var(--mark); color: var(--ink); outline: 2px solid var(--accent); }
.alarm { color: var(--alarm); font-weight: 700; } .matrix td { text-align: center; }
.matrix tbody th { font-weight: 400; min-width: 18rem; }
.matrix thead th { overflow-wrap: break-word; } .matrix .name { display: none; }
.matrix td a { text-decoration: none; display: block; min-width: 2rem; white-space: nowrap; }
tr:target, li:target { background: var(--mark); }
.differences { list-style: none; padding: 0; } .differences > li { margin: 1rem 0; max-width: 60rem;
  border-left: 3px solid var(--rule); padding-left: .8rem; }
.differences .odds { border-color: var(--alarm); } .differences h4 { margin: 0 0 .3rem; }
.differences dl, .differences dd { margin: 0; }
.differences dt { margin-top: .3rem; font-weight: 700; } .differences dd { padding-left: 1.3rem; }
@media (max-width: 45rem) {
  body { padding: .6rem; } .columns { grid-auto-columns: 88%; }
  .matrix, .matrix tbody, .matrix tr { display: block; } .matrix thead, .silent { display: none; }
  .matrix tbody th { display: block; min-width: 0; border: 0; padding: 0; }
  .matrix tr { border-top: 1px solid var(--rule); padding: .6rem 0; }
  .matrix td { display: inline-block; border: 0; padding: .2rem .8rem .2rem 0; text-align: left; }
  .matrix td.silent { display: none; } .matrix .name { display: inline; }
  .matrix td a { display: inline; white-space: normal; }
}
"""

SCRIPT = """
"use strict";
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const light = (claim) => {
    all(".lit").forEach((element) => element.classList.remove("lit"));
    if (claim === null) return;
    all('[data-claim="' + claim + '"]').forEach((element) => element.classList.add("lit"));
  };
  let pinned = null;
  const claimOf = (event) => {
    const found = event.target instanceof Element && event.target.closest("[data-claim]");
    return found ? found.dataset.claim : null;
  };
  const pin = (claim) => {
    pinned = claim;
    light(claim);
    if (claim === null) return;
    all(".column").forEach((column) => {
      const member = column.querySelector('[data-claim="' + claim + '"]');
      if (member) column.scrollTop = member.offsetTop - column.offsetTop - column.clientHeight / 3;
    });
  };
  document.addEventListener("mouseover", (event) => light(claimOf(event) ?? pinned));
  document.addEventListener("focusin", (event) => light(claimOf(event) ?? pinned));
  document.addEventListener("click", (event) => {
    const claim = claimOf(event);
    if (claim === null || !event.target.closest(".column")) return;
    event.preventDefault();
    pin(claim === pinned ? null : claim);
  });
  const rows = all("[data-difference]");
  let row = -1;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") pin(null);
    if (rows.length && (event.key === "n" || event.key === "p")) {
      row = (row + (event.key === "n" ? 1 : rows.length - 1) + rows.length) % rows.length;
      rows[row].focus();
      rows[row].scrollIntoView({ block: "center" });
    }
  });
  const follow = () => {
    const found = /^#claim-(\\d+)$/.exec(location.hash);
    if (found) pin(found[1]);
  };
  window.addEventListener("hashchange", follow);
  follow();
})();
"""


def comparison_html(comparison: Comparison) -> str:
    """Return a comparison as one HTML document: columns, matrix, tables; no part from elsewhere.

    All text is escaped. Without its script the page still shows everything: sentences then link to
    their points in the matrix, and the points back to the sentences.
    """
    view = outline(comparison)
    sections = [
        ("side", "Side by side", columns(view)),
        ("matrix", "Who says what", _matrix(view)),
        ("differences", "Differences", _differences(view)),
        ("quotes", "Quotes", "\n".join(_quotes(view))),
        ("only", "Only here, among these reports", "\n".join(_only(view))),
        ("left-out", "In all other reports, not here", "\n".join(_left_out(view))),
        ("timeline", "Dates mentioned", _timeline(view)),
    ]
    shown = [(name, title, body) for name, title, body in sections if body]
    links = "\n".join(f'<a href="#{name}">{title}</a>' for name, title, _ in shown)
    keys = (
        "Point at or step to a sentence to light up its point in all reports; Enter holds it, "
        "Esc lets go; n and p step through the differences."
    )
    parts = [
        f"<header><h1>{page.text(_title(view))}</h1>",
        f'<p class="about">{page.text(_counts(view))}</p>',
        *(f'<p class="about">{page.text(note)}</p>' for note in comparison.notes),
        f'<nav aria-label="Parts of this page">{links}</nav></header><main>',
        *(
            f'<section id="{name}" aria-label="{title}"><h2>{title}</h2>\n{body}</section>'
            for name, title, body in shown
        ),
        f'</main><footer class="dim"><p>{keys}</p></footer>',
    ]
    return page.page(_title(view), "\n".join(parts), style=STYLE, script=SCRIPT)


def _title(view: Outline) -> str:
    return next((a.title for a in view.comparison.articles if a.title), "Comparison")


def _counts(view: Outline) -> str:
    points = len(view.by_all) + len(view.by_some)
    return (
        f"{len(view.names)} reports ({', '.join(view.names)}), {points} points in common, "
        f"{len(view.by_all)} in all reports, {len(view.comparison.differences)} differences"
    )


def _table(heads: Sequence[str], rows: Sequence[str], kind: str = "") -> str:
    """Return a table; the heads are text, the rows are HTML."""
    cells = "".join(f'<th scope="col">{page.text(head)}</th>' for head in heads)
    return (
        f'<div class="scroll" tabindex="0"><table class="{kind}"><thead><tr>{cells}</tr></thead>'
        f"<tbody>\n{chr(10).join(rows)}\n</tbody></table></div>"
    )


def _matrix(view: Outline) -> str:
    claims = (*view.by_all, *view.by_some)
    rows = [_matrix_row(view, shared) for shared in claims]
    legend = f'<p class="about">{LEGEND}</p>'
    return legend + _table(["Point in common", *view.names], rows, "matrix") if rows else ""


def _matrix_row(view: Outline, shared: SharedClaim) -> str:
    claim = shared.claim
    first = {member.article: member.sentence for member in reversed(claim.members)}
    cells = []
    for number, article in enumerate(view.comparison.articles):
        state = shared.states[number]
        said = MEANINGS[state]
        inner = (
            f'<span role="img" aria-label="{said}" title="{said}">{SIGNS[state]}</span>'
            f'{shared.marks[number]}<span class="name"> {page.text(view.names[number])}</span>'
        )
        if article.id in first:
            inner = f'<a href="#{anchor(view, article.id, first[article.id])}">{inner}</a>'
        cells.append(f'<td class="{state}">{inner}</td>')
    return (
        f'<tr id="claim-{claim.id}" data-claim="{claim.id}"><th scope="row">'
        f"{page.text(shared.text)}</th>{''.join(cells)}</tr>"
    )


def _differences(view: Outline) -> str:
    parts = []
    for title, meaning, differences in view.by_class():
        parts.append(f'<h3>{page.text(title)}</h3><p class="about">{page.text(meaning)}</p>')
        items = (_difference(view, difference) for difference in differences)
        parts += ['<ul class="differences">', *items, "</ul>"]
    return "\n".join(parts)


def _difference(view: Outline, difference: Difference) -> str:
    """Return a difference as an item of a list: its values, who gives which, their sentences."""
    claim = "" if difference.claim is None else f' data-claim="{difference.claim}"'
    odds = ' class="odds"' if difference.alarm else ""
    sign = '<span class="alarm">!</span>' if difference.alarm else "≠"
    values = "".join(_value(view, wording) for wording in wordings(difference))
    return (
        f'<li data-difference tabindex="0"{odds}{claim}>'
        f"<h4>{sign} {page.text(about(difference))}</h4><dl>{values}</dl></li>"
    )


def _value(view: Outline, wording: Wording) -> str:
    """Return a value, and each report that gives it with its sentence."""
    givers = {v.article: v for v in reversed(wording.variants)}
    lines = (
        f'<dd><a href="#{anchor(view, v.article, v.sentence)}">{page.text(view.name(v.article))}'
        f'</a> <span class="dim">{page.text(view.sentence(v.article, v.sentence))}</span></dd>'
        for v in wording.variants
        if givers[v.article] is v
    )
    return f"<dt>{wording.mark} {page.text(wording.value)}</dt>{''.join(lines)}"


def _quotes(view: Outline) -> Iterator[str]:
    for quote in view.quotes:
        yield f"<h3>{page.text(view.speaker(quote) or 'Speaker not named')}</h3>"
        rows = [
            f'<tr><th scope="row">{page.text(view.name(span.article))}</th>'
            f'<td><a href="#{anchor(view, span.article, span.sentence)}">“{worded}”</a></td></tr>'
            for span, worded in zip(quote.variants, _worded(quote), strict=True)
        ]
        yield _table(["Outlet", "Wording"], rows)


def _worded(quote: Quote) -> Iterator[str]:
    """Yield the wordings, the words marked in which one differs from the first."""
    base = re.findall(r"\S+|\s+", quote.variants[0].text)
    for number, span in enumerate(quote.variants):
        other = re.findall(r"\S+|\s+", (quote.variants[number or 1]).text)
        one, two = (base, other) if number == 0 else (other, base)
        matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
        pieces = []
        for kind, start, end, _, _ in matcher.get_opcodes():
            text = page.block("".join(one[start:end]))
            pieces.append(text if kind == "equal" or not text.strip() else f"<mark>{text}</mark>")
        yield "".join(pieces) if span.text else ""


def _only(view: Outline) -> Iterator[str]:
    for only in view.only:
        if not only.sentences and not only.parts:
            continue
        article = view.comparison.articles[only.number].id
        yield f"<h3>{page.text(view.names[only.number])}</h3><ul>"
        for sentence in only.sentences:
            target = anchor(view, article, sentence.index)
            yield f'<li><a href="#{target}">{page.text(sentence.text)}</a></li>'
        for part in only.parts:
            target = anchor(view, article, part.sentence)
            yield f'<li><a href="#{target}">{page.text(part_text(part))}</a></li>'
        yield "</ul>"


def _left_out(view: Outline) -> Iterator[str]:
    for name, points in zip(view.names, view.left_out, strict=True):
        if points:
            yield f"<h3>{page.text(name)}</h3><ul>"
            for point in points:
                yield f'<li><a href="#claim-{point.claim.id}">{page.text(point.text)}</a></li>'
            yield "</ul>"


def _timeline(view: Outline) -> str:
    rows = []
    for event in view.comparison.timeline:
        where = ", ".join(
            f'<a href="#{anchor(view, span.article, span.sentence)}" '
            f'title="{page.text(view.sentence(span.article, span.sentence))}">'
            f"{page.text(view.name(span.article))}</a>"
            for span in event.members
        )
        rows.append(f'<tr><th scope="row">{page.text(event.date)}</th><td>{where}</td></tr>')
    return _table(["Date", "Outlets"], rows) if rows else ""
