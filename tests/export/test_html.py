"""Pages for the browser: self-contained, escaped, with everything in it."""

import functools
import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html as parser

from reader import resources
from reader.compare import compare
from reader.export.comparison_html import comparison_html
from reader.export.html import article_page, articles_page
from reader.export.jsonld import Own
from reader.intake import read_paths
from reader.model import (
    Annotation,
    Article,
    Block,
    Comparison,
    DatedEvent,
    Difference,
    Link,
    Marks,
    Quote,
    Selector,
    Span,
    Variant,
    article_id,
)

NOW = datetime(2024, 3, 5, tzinfo=UTC)
EVIL = "<script>alert(1)</script>\"' onload=x & \x1b[2J\u202e"


def article(text: str, source: str = "Herald", title: str = "Rain") -> Article:
    identity = f"id:{title}{source}"
    return Article(article_id(identity), identity, source, title, text, NOW, language="en",
                   published=NOW, blocks=(Block(0, len(text)),))  # fmt: skip


def compared() -> Comparison:
    """Return a comparison with something in every part of it, hostile names included."""
    one = article("The dam held all night. Four men were hurt. “We were lucky today,” he said.")
    two = article("The dam held all night, they say. Five men were hurt. A bridge is closed.",
                  source=EVIL, title=EVIL)  # fmt: skip
    found = compare([one, two])
    a, b = (x.id for x in found.articles)
    differs = Difference("number", True, EVIL, None, 0.9, (
        Variant("Four men", "4", a, 1, 24, 32), Variant(EVIL, None, b, 1, 34, 42)))  # fmt: skip
    quote = Quote(
        EVIL, (Span(a, 2, 44, 66, "We were lucky today"), Span(b, 2, 54, 60, "We were lucky"))
    )
    dated = DatedEvent("2024-03-05", (Span(a, 0, 0, 3, "The"), Span(b, 0, 0, 3, "The")))
    return replace(found, differences=(differs,), quotes=(quote,), timeline=(dated,), notes=(EVIL,))


def harmless(page: str) -> None:
    """Check that nothing is loaded or run from elsewhere, whatever the texts are."""
    tree = parser.document_fromstring(page)
    assert not tree.xpath("//@onload | //@onclick | //@src | //link | //iframe | //img | //form")
    scripts = tree.xpath("//script")
    assert len(scripts) <= 1
    assert all("alert" not in script.text for script in scripts)
    for href in tree.xpath("//@href"):
        assert href.startswith(("#", "https://", "http://"))
    assert not [c for c in page if c != "\n" and ord(c) < 32]
    assert "\u202e" not in page
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]


def test_an_article_page_has_its_links_and_marks() -> None:
    text = "It rained hard in Orrin. It snowed."
    one = replace(article(text), links=(Link(3, 9, "https://example.org/?a=1&b=2"),
                                        Link(10, 14, "javascript:alert(1)")))  # fmt: skip
    note = Annotation(7, one.id, "note", NOW, NOW, EVIL, Selector(6, 14, "ned hard"))
    page = article_page(one, Marks(tags=(EVIL,)), [note])
    harmless(page)
    tree = parser.document_fromstring(page)
    assert "".join(tree.xpath("//mark//text()")) == "ned hard"
    assert set(tree.xpath("//article//p//a/@href")) == {"https://example.org/?a=1&b=2"}
    assert tree.xpath("//article/p[2]")[0].text_content() == text


def test_the_blocks_keep_their_kinds() -> None:
    text = "Head\n\none\ntwo\n\nthree\n\n<b>x</b>"
    kinds = (Block(0, 4, "heading"), Block(6, 9, "list"), Block(10, 13, "list"),
             Block(15, 20, "list"), Block(22, 30, "code"))  # fmt: skip
    page = article_page(replace(article(text), blocks=kinds), Marks(), [])
    tree = parser.document_fromstring(page)
    assert [len(ul) for ul in tree.xpath("//ul")] == [2, 1]
    assert tree.xpath("//pre")[0].text == "<b>x</b>"


def test_a_page_of_several_articles_leads_to_each() -> None:
    own = [(Own(x, (), ()), x) for x in (article("It rained."), article("Sun.", title=EVIL))]
    page = articles_page(own, "Articles")
    harmless(page)
    tree = parser.document_fromstring(page)
    targets = [href[1:] for href in tree.xpath("//nav//a/@href")]
    assert targets == tree.xpath("//article/@id")


def test_a_comparison_page_is_harmless_and_whole() -> None:
    page = comparison_html(compared())
    harmless(page)
    tree = parser.document_fromstring(page)
    ids = tree.xpath("//section/@id")
    assert ids == ["side", "matrix", "differences", "quotes", "only", "timeline"]
    text = tree.text_content()
    assert "A bridge is closed." in text
    assert EVIL.split(" &", maxsplit=1)[0] in text


def test_every_link_of_a_comparison_page_leads_somewhere() -> None:
    tree = parser.document_fromstring(comparison_html(compared()))
    targets = {href[1:] for href in tree.xpath("//@href")}
    assert targets
    assert targets <= set(tree.xpath("//@id"))
    assert len(tree.xpath("//@id")) == len(set(tree.xpath("//@id")))


def test_the_sentences_of_a_claim_and_its_row_carry_its_number() -> None:
    tree = parser.document_fromstring(comparison_html(compared()))
    (row,) = tree.xpath("//section[@id='matrix']//tr[@data-claim='0']")
    assert len(tree.xpath("//*[@class='columns']//a[@data-claim='0']")) == 2
    assert [cell.text_content()[:1] for cell in row.xpath("td")] == ["●", "●"]
    names = [cell.xpath("string(.//*[@class='name'])") for cell in row.xpath("td")]
    assert [name.split()[0] for name in names] == ["Herald", EVIL.split(maxsplit=1)[0]]


def test_what_differs_is_marked_in_the_sentence() -> None:
    tree = parser.document_fromstring(comparison_html(compared()))
    assert "Four men" in tree.xpath("//*[@class='columns']//mark/text()")


def test_the_words_that_differ_in_a_quotation_are_marked() -> None:
    tree = parser.document_fromstring(comparison_html(compared()))
    cells = tree.xpath("//section[@id='quotes']//td")
    assert "".join(cells[0].xpath(".//mark//text()")).strip() == "today"


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# a page of the test's own that holds the exported one, acts on it and writes down what it sees
PROBE = """<!doctype html><iframe src="comparison.html" width="1200" height="900"></iframe>
<pre></pre><script>
const frame = document.querySelector("iframe");
frame.onload = () => {
  const page = frame.contentDocument;
  const member = page.querySelector(".column [data-claim]");
  const lit = () => Array.from(page.querySelectorAll(".lit")).map((e) => e.dataset.claim);
  const key = (name) => page.activeElement.dispatchEvent(
    new frame.contentWindow.KeyboardEvent("keydown", { key: name, bubbles: true }));
  const seen = { at_first: lit() };
  member.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  seen.under_the_mouse = lit();
  page.body.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  seen.mouse_gone = lit();
  member.focus();
  member.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  seen.in_focus = lit();
  member.click();
  page.body.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  seen.held = lit();
  key("Escape");
  seen.let_go = lit();
  key("n");
  seen.difference = page.activeElement.hasAttribute("data-difference");
  document.querySelector("pre").textContent = JSON.stringify(seen);
};
</script>"""

# the page of seven reports on a phone: how wide it is, and the words of its first point
PHONE = """<!doctype html><iframe src="many.html" width="360" height="700"></iframe>
<pre></pre><script>
const frame = document.querySelector("iframe");
frame.onload = () => {
  const page = frame.contentDocument;
  const wide = (selector) => page.querySelector(selector).getBoundingClientRect().width;
  document.querySelector("pre").textContent = JSON.stringify({
    page: page.documentElement.scrollWidth,
    point: wide(".matrix tbody th"),
    value: wide(".differences dd"),
    names: Array.from(page.querySelector(".matrix tbody tr").children)
      .filter((cell) => cell.getBoundingClientRect().width > 0).length - 1,
  });
};
</script>"""


def many() -> Comparison:
    """Return the comparison of seven reports: five of one event, two of another one."""
    paths = [str(p) for p in resources.seeds() if "recognition" in p.name or "0-mara" in p.name]
    paths += [str(p) for p in resources.seeds() if p.name.startswith("09-")]
    return compare([found for found in read_paths(paths) if isinstance(found, Article)])


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve the exported page and the probe on the loopback."""
    (tmp_path / "comparison.html").write_text(comparison_html(compared()), encoding="utf-8")
    (tmp_path / "probe.html").write_text(PROBE, encoding="utf-8")
    (tmp_path / "many.html").write_text(comparison_html(many()), encoding="utf-8")
    (tmp_path / "phone.html").write_text(PHONE, encoding="utf-8")
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def browsed(address: str, profile: Path) -> parser.HtmlElement:
    """Return the page as a real browser has it after running its script."""
    run = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
         "--virtual-time-budget=3000", f"--user-data-dir={profile}", address],
        capture_output=True, text=True, check=True, timeout=90,
    )  # fmt: skip
    assert "Refused to" not in run.stderr
    return parser.document_fromstring(run.stdout)


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here")
def test_a_real_browser_lights_up_the_claim_that_the_address_names(
    address: str, tmp_path: Path
) -> None:
    tree = browsed(f"{address}/comparison.html#claim-0", tmp_path / "profile")
    lit = tree.xpath("//*[contains(concat(' ', @class, ' '), ' lit ')]/@data-claim")
    assert lit == ["0", "0", "0"]


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here")
def test_claims_light_up_under_the_mouse_and_in_focus_and_are_held_and_let_go(
    address: str, tmp_path: Path
) -> None:
    seen = json.loads(browsed(f"{address}/probe.html", tmp_path / "profile").xpath("//pre")[0].text)
    assert seen == {
        "at_first": [],
        "under_the_mouse": ["0", "0", "0"],
        "mouse_gone": [],
        "in_focus": ["0", "0", "0"],
        "held": ["0", "0", "0"],
        "let_go": [],
        "difference": True,
    }


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here")
def test_seven_reports_are_readable_on_a_phone(address: str, tmp_path: Path) -> None:
    seen = json.loads(browsed(f"{address}/phone.html", tmp_path / "profile").xpath("//pre")[0].text)
    assert seen["page"] <= 360, "nothing has to be scrolled sideways"
    assert seen["point"] >= 280
    assert seen["value"] >= 250
    assert seen["names"] == 5, "those that are silent on the point are not named"
