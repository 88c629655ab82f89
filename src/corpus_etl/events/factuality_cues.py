"""The words that tell factuality, read from `packs/<language>/discourse/factuality.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

from corpus_etl.errors import ConfigurationError

Factuality = Literal["asserted", "negated", "planned", "possible"]


@dataclass(frozen=True)
class FactualityCues:
    """The words of `factuality.yaml` as sets and maps."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    adjectives: dict[str, str]
    occurrence: frozenset[str]
    support: frozenset[str]
    modifiers: dict[str, str]
    adverbs: dict[str, Factuality]
    markers: dict[str, str]
    negators: frozenset[str]
    particles: frozenset[str]
    determiners: frozenset[str]
    double: frozenset[str]
    not_only: frozenset[str]
    restriction: frozenset[str]
    proposing: frozenset[str]
    performed: frozenset[str]
    left_open: frozenset[str]
    plans: frozenset[str]
    polite: frozenset[str]
    infinitive_marks: frozenset[str]
    before_nouns: dict[str, Factuality]
    launching: frozenset[str]
    alternatives: frozenset[str]

    @cached_property
    def known(self) -> frozenset[str]:
        """All verbs that tell something."""
        return frozenset(self.verbs) | self.support | self.occurrence

    @classmethod
    def load(cls, language: str = "fr") -> FactualityCues:
        """The cues of a language pack, read once per process; raises ConfigurationError where they are missing."""
        return _load(language)


def _invert(table: dict[str, list[str]]) -> dict[str, Any]:
    """{value: words} as {word: value}; the first value a word is listed under counts."""
    inverted: dict[str, Any] = {}
    for value, words in table.items():
        for word in words:
            inverted.setdefault(word, value)
    return inverted


@cache
def _load(language: str) -> FactualityCues:
    path = Path(__file__).resolve().parents[1] / "packs" / language / "discourse" / "factuality.yaml"
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        governors = data["governors"]
        return FactualityCues(
            _invert(governors["verbs"]),
            _invert(governors["nouns"]),
            _invert(governors["adjectives"]),
            frozenset(data["occurrence_verbs"]),
            frozenset(data["support_verbs"]),
            _invert(data["modifiers"]),
            _invert(data["adverbs"]),
            _invert(data["markers"]),
            frozenset(data["negators"]),
            frozenset(data["negative_particles"]),
            frozenset(data["negative_determiners"]),
            frozenset(data["double_negatives"]),
            frozenset(data["not_only"]),
            frozenset(data["restriction"]),
            frozenset(data["proposing_verbs"]),
            frozenset(data["performed_verbs"]),
            frozenset(data["left_open_verbs"]),
            frozenset(data["announced_plans"]),
            frozenset(data["polite_verbs"]),
            frozenset(data["infinitive_marks"]),
            _invert(data["before_nouns"]),
            frozenset(data["launching_verbs"]),
            frozenset(data["alternatives"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{path}: factuality cues cannot be read: {error!r}") from error
