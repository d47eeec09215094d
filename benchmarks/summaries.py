"""How long summaries take, after the imports: the project's methods beside sumy's own.

    python benchmarks/summaries.py [--repeat 5]

Generated articles of 40 sentences, stories of five reports of 60 sentences each. Each figure is the
best of several, each on texts that were not seen before (sentences and stems are cached). sumy's
own methods get the same sentences, already split and stemmed, and are given up after `PATIENCE`.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import islice

from generate import articles
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from reader.model import Article
from reader.summary import METHODS, summarize
from reader.summary.document import Document
from reader.summary.material import STOP, prepare

WORDS = 17
"""Words of a generated sentence."""
LIMITS = {"article of 40": 0.050, "story of 5 × 60": 0.150}
TIMES_FASTER = 3.0
PATIENCE = 10.0
SUMY = {
    "lexrank": LexRankSummarizer,
    "textrank": TextRankSummarizer,
    "lsa": LsaSummarizer,
    "luhn": LuhnSummarizer,
    "sumbasic": SumBasicSummarizer,
    "reduction": ReductionSummarizer,
    "kl": KLSummarizer,
}


def stories(reports: int, sentences: int) -> Iterator[list[Article]]:
    """Yield stories of so many reports of so many sentences, never the same one twice."""
    # paragraphs of 60 words hold three sentences of 17 words and one of 9
    source = articles(100_000, words=sentences * 15)
    while True:
        yield list(islice(source, reports))


def best(work: Callable[[list[Article]], object], texts: Iterator[list[Article]], n: int) -> float:
    """Return the shortest of n times that it takes to do a piece of work, in seconds."""
    times = []
    for story in islice(texts, n):
        begin = time.perf_counter()
        work(story)
        times.append(time.perf_counter() - begin)
    return min(times)


def sumys(method: str, story: list[Article]) -> float:
    """Return how long sumy's own method takes, without splitting and stemming, in seconds."""
    document = Document(prepare(story))
    summarizer = SUMY[method]()
    summarizer.stop_words = frozenset([STOP])
    begin = time.perf_counter()
    summarizer(document, 5)
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    for warm in (1, 2):
        summarize(next(stories(warm, 10)))  # imports sumy, numpy, nltk's stemmer
    one = best(summarize, stories(1, 40), repeat)
    several = best(summarize, stories(5, 60), repeat)
    own = min(sumys("lexrank", story) for story in islice(stories(5, 60), 2))
    for (name, limit), value in zip(LIMITS.items(), (one, several), strict=True):
        print(f"{name} sentences: {value * 1000:.0f} ms (to be under {limit * 1000:.0f})")
    print(
        f"the story is {own / several:.1f} times as fast as sumy's own LexRank, which takes"
        f" {own * 1000:.0f} ms (to be {TIMES_FASTER:.0f})"
    )
    print("\nmethod      40 sentences   5 × 60 sentences   sumy's own on these")
    for method in METHODS:
        short = best(lambda story, m=method: summarize(story, method=m), stories(1, 40), repeat)
        long = best(lambda story, m=method: summarize(story, method=m), stories(5, 60), repeat)
        line = f"{method:10} {short * 1000:9.0f} ms {long * 1000:15.0f} ms"
        if method in SUMY:
            line += f" {_patiently(method):18}"
        print(line, flush=True)


def _patiently(method: str) -> str:
    """Return sumy's time, or what a story of a fifth of the length says of it."""
    fifth = sumys(method, next(stories(1, 60)))
    expected = fifth * 5**3 if method == "kl" else fifth * 5**2
    if expected > PATIENCE:
        return f"about {expected:.0f} s"
    return f"{sumys(method, next(stories(5, 60))) * 1000:.0f} ms"


if __name__ == "__main__":
    main()
