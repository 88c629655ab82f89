"""Which of the referents told before a description takes up: a log-linear model over all of them and « nobody ».

Mention ranking (Denis and Baldridge 2008) with the factors of Lappin and Leass (1994) as features: distance, grammatical
function, how often somebody is named, agreement, kind, fit of the noun. The weights are data of the language pack
(`entities/coreference.yaml`), fitted by `training/coreference.py`. « Nobody » has features of its own; below the threshold
nothing is decided.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from corpus_etl.errors import ConfigurationError

from .drafts import Draft, Referent
from .salience import prominence

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature, and the least probability at which an anaphor of a form is resolved."""

    weights: Mapping[str, float] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Model:
        """Read the weights; raises ConfigurationError where the file is missing or is not of the form."""
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            return cls(dict(data["weights"]), dict(data["thresholds"]))
        except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
            raise ConfigurationError(f"{path}: coreference weights cannot be read: {error}") from error

    def choose(
        self, form: str, candidates: Sequence[Referent], features: Sequence[Features], nobody: Features
    ) -> Referent | None:
        """The most probable candidate, where it is probable enough and nobody is not more so."""
        if not candidates:
            return None
        scores = [self._score(f) for f in features]
        none = self._score(nobody)
        top = max(*scores, none)
        total = sum(math.exp(s - top) for s in (*scores, none))
        best = max(range(len(scores)), key=lambda k: (scores[k], -k))
        share = math.exp(scores[best] - top) / total
        return candidates[best] if share >= self.thresholds.get(form, 0.5) else None

    def _score(self, features: Features) -> float:
        weights = self.weights
        return sum(value * weights.get(name, 0.0) for name, value in features.items())


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What is to be resolved: where it stands, its form and what its noun tells.

    `form`: definite or demonstrative. `before`: only what is told before this token of the sentence is a candidate.
    """

    draft: Draft
    form: str
    sentence: int
    before: int
    extra: Callable[[Referent], Features]
    """Further features of a candidate."""
    nobody: Features


Trace = Callable[[Anaphor, Sequence[Referent], Sequence[Features], Features], None]
"""Told of an anaphor, its candidates, their features and those of nobody: how training sees them."""


def describe(anaphor: Anaphor, candidates: Sequence[Referent]) -> tuple[list[Features], Features]:
    """Features of the candidates, and of nobody."""
    places = [_last(r, anaphor.sentence, anaphor.before) for r in candidates]
    order = sorted((p for p in places if p is not None), key=lambda p: (p[0], p[1]), reverse=True)
    fields: list[Features] = []
    most = max((len(r.seen) for r in candidates), default=1)
    for referent, place in zip(candidates, places, strict=True):
        shared = _own(anaphor, referent)
        if place is not None:
            shared |= _place(anaphor, place)
            rank = order.index(place)
            if rank < 2:
                shared[("nearest", "second")[rank]] = 1.0
        shared["count"] = math.log1p(len(referent.seen)) - math.log1p(most)
        shared |= anaphor.extra(referent)
        fields.append(shared)
    nobody = {"nobody": 1.0, "nobody few": 1.0 / (1 + len(candidates)), **anaphor.nobody}
    return fields, nobody


def _last(referent: Referent, sentence: int, before: int) -> tuple[int, int, float] | None:
    return next((s for s in reversed(referent.seen) if (s[0], s[1]) < (sentence, before)), None)


def _place(anaphor: Anaphor, place: tuple[int, int, float]) -> Features:
    number, _, weight = place
    distance = anaphor.sentence - number
    found: Features = {"function": weight, "distance": math.log1p(distance)}
    found[("same sentence", "sentence before", "two back")[distance] if distance < 3 else "further back"] = (
        1.0
    )
    if weight >= 1.0:
        found["main subject" if distance else "main subject here"] = 1.0
    return found


def _own(anaphor: Anaphor, referent: Referent) -> Features:
    draft = anaphor.draft
    near = prominence(referent, anaphor.sentence, anaphor.before, 6)
    kind = "thing" if referent.thing else referent.kind or "unknown"
    found: Features = {"salience": math.log(near) if near > 0 else -4.0, f"kind {kind}": 1.0}
    if referent.name:
        found["named"] = 1.0
        found["frequent"] = referent.frequency
        found["headline"] = float(any(s < 2 for s, _, _ in referent.seen))
    if draft.gender and referent.gender:
        found["gender" if draft.gender == referent.gender else "other gender"] = 1.0
    elif draft.gender:
        found["gender unknown"] = 1.0
    return found
