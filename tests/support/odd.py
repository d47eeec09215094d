"""Odd input for the tests that try much of it: the strategies, and how many examples."""

import os
import re

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "25"))
"""`make fuzz` tries many, always others; the tests try few, always the same."""
fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

WORDS = st.sampled_from(
    ["It rained.", "Dr. Brix said “no”.", "漢字。", "سلام", "", " ", "\n\n", "\x1b]0;x\x07", "\x00",
     "\x9b2J", "\u202e", "\ud7ff", "\U0010ffff", "é\u0301\u0301", "[/b]", "a" * 300, "\ud800",
     "On Monday 3 people were killed, ", "12 May 2021", "“", "”", "(AP) - ", "By Ann Cole\n",
     "Mayor Ann Cole said: ", "two years ago", "$3 million", "1,000.5", "Read more: ", "\u2028",
     "\u200d", "👩\u200d💻", "\ufe0f", "e" + "\u0301" * 9, "\t", "It\x92s", "\x93a\x94"]
)  # fmt: skip
MARKUP = st.sampled_from(
    ["<p>", "</p>", "<div", ">", "<table><tr><td>", "</table>", "<script>", "<!--", "]]>", "&#27;",
     "&#x110000;", "<title>", "<article>", "<pre>", "<a href='javascript:x'>", "<base href=//x>",
     "---\n", "title: [", "# ", "\n- ", "\n1. ", "```\n", "> ", "![a](b)", "|a|b|\n|-|-|\n", "\t",
     "<rss><channel><item>", "<guid>", "</item>", "<feed xmlns='http://www.w3.org/2005/Atom'>",
     "<entry>", "<!DOCTYPE x [<!ENTITY a '&b;'>]>", "&a;", "<?xml version='1.0' encoding='utf-7'?>",
     "<opml><body><outline xmlUrl='", "'/>", '{"title": ', '"text": "', '"', "}", "[", "]", ",",
     "null", "1e999", "\\ud800", '"published": "', "0000-00-00", "</script>", "--", "@", "http://"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.one_of(WORDS, MARKUP), max_size=30).map("".join))
PROSE = st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=30).map("".join)
BYTES = st.one_of(
    st.binary(max_size=300),
    TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")),
    TEXTS.map(lambda text: text.encode("utf-16", "surrogatepass")),
)
LANGUAGES = st.sampled_from([None, "en", "de", "fr", "zh", "ja", "th", "ar", "xx"])
BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
