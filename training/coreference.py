"""Fit the weights by which descriptions are resolved: python -m training.coreference [FOLDER …] [--install]

A folder holds articles (`texts/*.txt`), `anaphors.jsonl` (who is meant by every pronoun, possessive and description) and,
if known, `events.jsonl` (document dates). Multinomial logistic regression over candidates and nobody, ridge, Newton's method. Printed is how the weights do on
articles that they were not fitted on (ten folds); thresholds are set there, so that right minus wrong is largest.
"""

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from corpus_etl import entities, language
from corpus_etl.entities.drafts import Referent
from corpus_etl.entities.ranking import Anaphor, Features, Model
from corpus_etl.evaluation.names import same_name

_FOLDS = 10
_RIDGE = 1.0
_DATA = Path(__file__).parent / "data"
_FOLDERS = [_DATA / "articles", _DATA / "anaphors"]
_TARGET = Path(__file__).resolve().parents[1] / "src/corpus_etl/packs/fr/entities/coreference.yaml"


@dataclass(frozen=True)
class Choice:
    """An anaphor with its candidates' features, nobody's last; `right` is the place of the right one."""

    document: str
    form: str
    rows: list[Features]
    right: int
    named: bool
    """Whether the text names who is meant, among the candidates or not."""


class _Collector:
    """Is told of the choices in a document and labels them by the annotation."""

    def __init__(self, name: str, text: str, marks: list[dict[str, Any]]) -> None:
        self.name, self.text, self.marks = name, text, marks
        self.choices: list[Choice] = []

    def __call__(
        self, anaphor: Anaphor, candidates: list[Referent], features: list[Features], nobody: Features
    ) -> None:
        mark = self._mark(anaphor)
        if mark is None or "&" in mark["name"]:
            return
        right = [k for k, r in enumerate(candidates) if self._means(r, mark["name"])]
        place = max(right, key=lambda k: candidates[k].seen[-1][:2]) if right else len(candidates)
        self.choices.append(Choice(self.name, anaphor.form, [*features, nobody], place, mark["name"] != "-"))

    def _mark(self, anaphor: Anaphor) -> dict[str, Any] | None:
        """The smallest mark around the head of the description."""
        around = [m for m in self.marks if m["start"] < anaphor.draft.start < m["end"]]
        return min(around, key=lambda m: m["end"] - m["start"], default=None)

    def _means(self, referent: Referent, name: str) -> bool:
        if referent.thing or name == "-":
            return False
        told = {referent.name, *referent.forms} if referent.name else set()
        if referent.founder is not None:
            told.add(self.text[referent.founder.start : referent.founder.end])
        return any(same_name(name, t) for t in told if t)


def choices(folders: list[Path], model: Model) -> list[Choice]:
    """The labelled choices of all articles, as the resolver meets them with the weights of `model`."""
    gazetteer = entities.Gazetteer.load("fr")
    gazetteer.coreference = model
    found = []
    for folder in folders:
        dated = folder / "events.jsonl"
        dates = {d["doc"]: d["document_date"] for d in _lines(dated)} if dated.exists() else {}
        for row in _lines(folder / "anaphors.jsonl"):
            text = (folder / "texts" / f"{row['doc']}.txt").read_text(encoding="utf-8")
            document = next(iter(language.load("fr").analyse([("d" * 17, text)])))
            collector = _Collector(f"{folder.name}/{row['doc']}", text, row["anaphors"])
            known = dates.get(row["doc"])
            entities.resolve(
                document, gazetteer, date.fromisoformat(known["start"]) if known else None, collector
            )
            found += collector.choices
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fit(rows: list[Choice]) -> dict[str, float]:
    """Weights that make the right choices most probable."""
    names = sorted({n for c in rows for f in c.rows for n in f})
    column = {n: k for k, n in enumerate(names)}
    tables = []
    for choice in rows:
        table = np.zeros((len(choice.rows), len(names)))
        for k, features in enumerate(choice.rows):
            for name, value in features.items():
                table[k, column[name]] = value
        tables.append((table, choice.right))
    weights = np.zeros(len(names))
    for _ in range(25):
        gradient, curvature = -_RIDGE * weights, _RIDGE * np.eye(len(names))
        for table, right in tables:
            scores = table @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            mean = share @ table
            gradient += table[right] - mean
            curvature += (table * share[:, None]).T @ table - np.outer(mean, mean)
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-4:
            break
    return {n: round(float(w), 3) for n, w in zip(names, weights, strict=True) if abs(w) >= 0.02}


def judged(rows: list[Choice]) -> dict[str, list[tuple[float, bool, bool]]]:
    """By form: probability of the best candidate, whether it is right, whether one was to be found; weights of other folds."""
    documents = sorted({c.document for c in rows})
    fold = {d: k % _FOLDS for k, d in enumerate(documents)}
    found: dict[str, list[tuple[float, bool, bool]]] = defaultdict(list)
    for k in range(_FOLDS):
        weights = fit([c for c in rows if fold[c.document] != k])
        for choice in (c for c in rows if fold[c.document] == k):
            scores = np.array([sum(v * weights.get(n, 0.0) for n, v in f.items()) for f in choice.rows])
            share = np.exp(scores - scores.max())
            share /= share.sum()
            best = int(share[:-1].argmax()) if len(share) > 1 else -1
            found[choice.form].append(
                (float(share[best]) if best >= 0 else 0.0, best == choice.right, choice.named)
            )
    return found


def thresholds(results: dict[str, list[tuple[float, bool, bool]]]) -> dict[str, float]:
    """For each form the bound at which right minus wrong resolutions is largest; prints the outcome."""
    bounds = {}
    for form, rows in sorted(results.items()):
        gain = {t: sum((1 if ok else -1) for p, ok, _ in rows if p >= t) for t in np.arange(0.3, 0.81, 0.05)}
        bound = round(float(max(gain, key=lambda t: (gain[t], t))), 2)
        right = sum(ok for p, ok, _ in rows if p >= bound)
        given = sum(p >= bound for p, _, _ in rows)
        named = sum(n for _, _, n in rows)
        print(
            f"{form:14} {len(rows):5} anaphors, {named:4} named; at {bound:.2f}: right {right} of {given} given"
        )
        bounds[form] = bound
    return bounds


def main() -> None:
    """Fit, report and, if asked, install."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=_FOLDERS)
    parser.add_argument("--install", action="store_true")
    args = parser.parse_args()
    # Met with no weights, not with the installed ones: the outcome is the same wherever it is run.
    rows = choices(args.folders, Model())
    print(f"{len(rows)} choices")
    bounds = thresholds(judged(rows))
    weights = fit(rows)
    if args.install:
        data = {"thresholds": bounds, "weights": weights}
        head = "# Weights of the choice among referents. Made by training/coreference.py, not by hand.\n"
        _TARGET.write_text(head + yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
