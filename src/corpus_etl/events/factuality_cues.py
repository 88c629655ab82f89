"""The words that tell factuality, read from `packs/<language>/discourse/factuality.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

from corpus_etl.errors import ConfigurationError

Factuality = Literal["asserted", "negated", "planned", "possible"]


@dataclass(frozen=True, kw_only=True)
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
    before_nouns: dict[str, Factuality]

    negators: frozenset[str]
    particles: frozenset[str]
    determiners: frozenset[str]
    double: frozenset[str]
    not_only: frozenset[str]
    restriction: frozenset[str]
    restricted_negators: frozenset[str]
    negative_pronouns: frozenset[str]
    bare_negators: frozenset[str]
    negators_before: frozenset[str]
    negators_before_verbs: frozenset[str]
    lacking: frozenset[str]
    nothing: frozenset[str]

    proposing: frozenset[str]
    performed: frozenset[str]
    left_open: frozenset[str]
    plans: frozenset[str]
    polite: frozenset[str]
    launching: frozenset[str]
    rejecting: frozenset[str]
    agreeing: frozenset[str]
    announcing: frozenset[str]
    participle_verbs: frozenset[str]
    with_infinitive: frozenset[str]
    not_with_nouns: frozenset[str]
    auxiliaries: frozenset[str]
    modals: frozenset[str]
    going: frozenset[str]

    alternatives: frozenset[str]
    conditions: frozenset[str]
    purposes: frozenset[str]
    needing: frozenset[str]
    infinitive_marks: frozenset[str]
    complement_prepositions: frozenset[str]
    dative_prepositions: frozenset[str]
    state_prepositions: frozenset[str]
    partitive: frozenset[str]
    definite: frozenset[str]
    masculine_singular: dict[str, str]

    @cached_property
    def known(self) -> frozenset[str]:
        """All verbs that tell something."""
        return frozenset(self.verbs) | self.support | self.occurrence

    def masculine(self, word: str) -> str:
        """Masculine singular of a participle or adjective."""
        ending = next((e for e in self.masculine_singular if word.endswith(e)), None)
        return word if ending is None else word[: -len(ending)] + self.masculine_singular[ending]

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
        named_alike = {f.name for f in fields(FactualityCues)} & {k for k, v in data.items() if isinstance(v, list)}
        alike: dict[str, Any] = {name: frozenset(data[name]) for name in named_alike}
        return FactualityCues(
            verbs=_invert(governors["verbs"]),
            nouns=_invert(governors["nouns"]),
            adjectives=_invert(governors["adjectives"]),
            occurrence=frozenset(data["occurrence_verbs"]),
            support=frozenset(data["support_verbs"]),
            modifiers=_invert(data["modifiers"]),
            adverbs=_invert(data["adverbs"]),
            markers=_invert(data["markers"]),
            before_nouns=_invert(data["before_nouns"]),
            particles=frozenset(data["negative_particles"]),
            determiners=frozenset(data["negative_determiners"]),
            double=frozenset(data["double_negatives"]),
            proposing=frozenset(data["proposing_verbs"]),
            performed=frozenset(data["performed_verbs"]),
            left_open=frozenset(data["left_open_verbs"]),
            plans=frozenset(data["announced_plans"]),
            polite=frozenset(data["polite_verbs"]),
            needing=frozenset(data["needing_verbs"]),
            launching=frozenset(data["launching_verbs"]),
            rejecting=frozenset(data["rejecting_verbs"]),
            agreeing=frozenset(data["agreeing_verbs"]),
            announcing=frozenset(data["announcing_verbs"]),
            masculine_singular=dict(data["masculine_singular"]),
            **alike,
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{path}: factuality cues cannot be read: {error!r}") from error
