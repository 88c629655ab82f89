"""Speed of the analysis: of everything, prefiltered, and plain `nlp.pipe`, in one run; load time and memory.

    python -m benchmarks.language --shared ../shared [--repeat 20]

Words are counted in the whole text in every case: the prefiltered figure says how fast a corpus is worked off. The sentences
that the prefilter keeps must have the same analysis as without it; the others hold no stem of a trigger.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from corpus_etl import language
from corpus_etl.language import AnalysedDocument, Analyser, Prefilter


def event_prefilter() -> Prefilter:
    """The prefilter of the pipeline: the stems of the triggers of the event lexicon."""
    from corpus_etl import events

    return events.prefilter("fr")


def timed(run: Callable[[], Iterable[object]]) -> tuple[float, list[object]]:
    """Seconds, and what came out."""
    start = time.perf_counter()
    result = list(run())
    return time.perf_counter() - start, result


def main() -> None:
    """Print the figures, one per line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument(
        "--repeat", type=int, default=3, help="times the corpus is worked off, under new names"
    )
    args = parser.parse_args()
    lines = (args.shared / "corpora" / "est-republicain.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    pairs = [(f"{d['id']}-{k}", d["text"]) for k in range(args.repeat) for d in articles]
    words = sum(len(text.split()) for _, text in pairs)
    prefilter = event_prefilter()

    start = time.perf_counter()
    analyser: Analyser = language.load("fr")
    list(analyser.analyse([("", "Bonjour.")]))
    print(f"load: {time.perf_counter() - start:.2f} s")
    # Word vectors are kept by form: a first pass makes the runs alike.
    list(analyser.analyse(pairs[: len(articles)]))
    full, full_docs = timed(lambda: analyser.analyse(pairs))
    fast, fast_docs = timed(lambda: analyser.analyse(pairs, prefilter))
    # The analyser does without spaCy: what a worker needs is measured before the pipeline is loaded.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    nlp = analyser.pipeline
    list(nlp.pipe([text for _, text in pairs[: len(articles)]]))
    plain, _ = timed(lambda: nlp.pipe([text for _, text in pairs]))
    for name, seconds in (("plain nlp.pipe", plain), ("full analysis", full), ("prefiltered", fast)):
        print(f"{name}: {words / seconds:,.0f} words/s ({plain / seconds:.2f} times plain)")
    parsed = [s.parsed for d in fast_docs if isinstance(d, AnalysedDocument) for s in d.sentences]
    print(f"sentences parsed: {sum(parsed)} of {len(parsed)}")
    same = [
        a.sentences[k] == s
        for a, b in zip(full_docs, fast_docs, strict=True)
        if isinstance(a, AnalysedDocument) and isinstance(b, AnalysedDocument)
        for k, s in enumerate(b.sentences)
        if s.parsed
    ]
    print(f"parsed sentences with the same analysis: {sum(same)} of {len(same)}")
    print(f"peak memory of the analyser, with all its results held: {peak:.0f} MB")


if __name__ == "__main__":
    main()
