"""Calibrate the confidence of mentions on annotated articles: python -m training.confidence TEXTS GOLD [TEXTS GOLD …]

Fits the logistic weights of `packs/fr/frames/_confidence.yaml` (ridge, Newton's method) to « the annotation has this
mention », prints the reliability of confidences that were fitted without the article they are tested on (leave one
article out), and with `--install` writes the weights.
"""

import argparse
import itertools
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import orjson

from corpus_etl import events, language, time
from corpus_etl.evaluation.gold import Mention, read_gold
from corpus_etl.evaluation.matching import match
from corpus_etl.events import confidence

_RIDGE = 4.0
_BINS = (0.0, 0.6, 0.75, 0.85, 0.9, 0.95, 1.0001)
_TARGET = Path(__file__).resolve().parents[1] / "src/corpus_etl/packs/fr/frames/_confidence.yaml"

Example = tuple[str, tuple[str, ...], bool, float]
"""Article, features, whether the annotation has the mention, confidence by the weights in force."""


def examples(texts: Path, gold: Path) -> list[Example]:
    """The mentions found in the annotated articles of a folder."""
    annotated = read_gold([gold])
    dates = {d["doc"]: d.get("document_date") for d in map(orjson.loads, gold.read_bytes().splitlines())}
    resources = events.resources("fr")
    found: list[Example] = []
    for name, wanted in annotated.items():
        path = texts / f"{name}.txt"
        document = next(iter(language.load("fr").analyse([("d" * 17, path.read_text(encoding="utf-8"))])))
        known = dates.get(name)
        published = (
            time.Interval(date.fromisoformat(known["start"][:10]), date.fromisoformat(known["end"][:10]))
            if known
            else None
        )
        mentions = events.find_mentions(document, published, resources)
        predicted = [
            Mention(m.event_type, (m.start, m.end), "", [], [], None, [], m.factuality, None, "") for m in mentions
        ]
        right = {j for _, j in match(wanted, predicted, lambda t: t)}
        found += [(name, m.features, j in right, m.confidence) for j, m in enumerate(mentions)]
    return found


def fit(rows: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """Ridge logistic regression; the intercept is not shrunk."""
    x = np.array([[1.0, *(float(n in features) for n in names)] for _, features, _, _ in rows])
    y = np.array([float(right) for _, _, right, _ in rows])
    w = np.zeros(x.shape[1])
    shrink = np.diag([0.0] + [_RIDGE] * len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + shrink, x.T @ (y - p) - shrink @ w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return {n: round(float(v), 3) for n, v in zip(("intercept", *names), w, strict=True)}


def reliability(pairs: Sequence[tuple[float, bool]]) -> str:
    """A table: confidence, mentions, mean confidence, share that is right; and the expected calibration error."""
    lines, error = ["| confidence | mentions | mean confidence | right |", "|---|---:|---:|---:|"], 0.0
    for low, high in itertools.pairwise(_BINS):
        inside = [(c, r) for c, r in pairs if low <= c < high]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            right = sum(r for _, r in inside) / len(inside)
            error += abs(mean - right) * len(inside) / len(pairs)
            lines.append(f"| {low:.2f} to {min(high, 1):.2f} | {len(inside)} | {mean:.3f} | {right:.3f} |")
    return "\n".join([*lines, "", f"Expected calibration error {error:.3f} on {len(pairs)} mentions."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path, metavar="TEXTS GOLD", help="folder of texts, annotations")
    parser.add_argument("--install", action="store_true", help="write the weights into the language pack")
    args = parser.parse_args()
    if len(args.pairs) % 2:
        parser.error("give a folder of texts and a file of annotations each time")
    rows = [e for texts, gold in zip(args.pairs[::2], args.pairs[1::2], strict=True) for e in examples(texts, gold)]
    names = sorted({n for _, features, _, _ in rows for n in features})
    left_out = []
    for article in sorted({r[0] for r in rows}):
        weights = fit([r for r in rows if r[0] != article], names)
        left_out += [(confidence.score(r[1], weights), r[2]) for r in rows if r[0] == article]
    print("Weights in force\n\n" + reliability([(r[3], r[2]) for r in rows]))
    print("\nWeights fitted without the article\n\n" + reliability(left_out))
    if args.install:
        weights = fit(rows, names)
        body = "\n".join(f"  {n}: {v}" for n, v in weights.items())
        _TARGET.write_text(
            "# Logistic weights of the features of a mention (corpus_etl.events.confidence), fitted by training/confidence.py.\n"
            f"weights:\n{body}\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
