"""Write `data/frequencies/<language>.txt`: how many articles a word's stem is expected to stand in.

Run by hand, when the stemming or the word rules of `reader.text.words` change:

    pip install wordfreq && python scripts/document_frequencies.py

Source: the word lists of the `wordfreq` package (Robyn Speer, 2022; data under CC BY-SA 4.0), which
were counted on Wikipedia, subtitles, news, books and the web. A list gives a word's frequency f
per token; the frequencies of the words with one stem are added; an article of 400 words then holds
the stem with probability p = 1 - exp(-400 f) (Poisson). What is written is the inverse document
frequency -ln p in tenths, as one line a value: the value, then the stems. Stems rarer than the last
line are not listed.
"""

import math
from collections import defaultdict

import wordfreq

from reader import resources
from reader.text.words import stem, stop_words, words

ARTICLE_WORDS = 400
STEMS = 12_000
LANGUAGES = (
    *("ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hu", "it"),
    *("ja", "ko", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "zh"),
)
# Names in capitals that read like a stop word, as `reader.text.words` marks them, and a word that
# is about as common in news: lists in lower case do not tell the two apart.
NAMES = {"en": {"us.": "american", "un.": "nato", "who.": "nato", "it.": "software"}}
HEAD = """\
# Expected inverse document frequency of stems ({language}), in tenths of -ln p; one line a value.
# Made by scripts/document_frequencies.py from the word lists of wordfreq {version} (Robyn Speer),
# https://github.com/rspeer/wordfreq, data under CC BY-SA 4.0; this table is under the same licence.
"""


def frequencies(language: str) -> dict[str, float]:
    """Return the frequency per token of each stem of a language, stop words aside."""
    stop = stop_words(language)
    found: defaultdict[str, float] = defaultdict(float)
    for word, frequency in wordfreq.get_frequency_dict(language, "best").items():
        for part in words(word, language):
            if part not in stop:
                found[stem(part, language)] += frequency
    for name, alike in NAMES.get(language, {}).items():
        found[name] = found[stem(alike, language)]
    return dict(found)


def table(language: str) -> str:
    """Return the text of a language's file."""
    commonest = sorted(frequencies(language).items(), key=lambda item: (-item[1], item[0]))[:STEMS]
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for term, frequency in commonest:
        share = 1 - math.exp(-ARTICLE_WORDS * frequency)
        lines[round(-10 * math.log(share))].append(term)
    head = HEAD.format(language=language, version="3.1")
    return head + "".join(f"{value} {' '.join(sorted(lines[value]))}\n" for value in sorted(lines))


def main() -> None:
    """Write the file of every language that both wordfreq and the stemmer know."""
    folder = resources.data("frequencies")
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        folder.joinpath(f"{language}.txt").write_text(table(language), encoding="utf-8")


if __name__ == "__main__":
    main()
