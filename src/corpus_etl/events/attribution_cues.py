"""The words that tell sources, read from `packs/<language>/discourse/attribution.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus_etl.errors import ConfigurationError


@dataclass(frozen=True, kw_only=True)
class AttributionCues:
    """The words of `attribution.yaml`."""

    statement: frozenset[str]
    commissive: frozenset[str]
    object: frozenset[str]
    accusing: frozenset[str]
    infinitive: frozenset[str]
    quoting: frozenset[str]
    carriers: frozenset[str]
    nouns: frozenset[str]
    markers: tuple[str, ...]
    fronted: tuple[str, ...]
    comparison: frozenset[str]
    object_control: frozenset[str]
    light: frozenset[str]
    that: frozenset[str]
    with_pour: frozenset[str]
    but: frozenset[str]
    temporal: frozenset[str]
    commissive_nouns: frozenset[str]
    demonstratives: frozenset[str]
    agent_prepositions: frozenset[str]
    gerund_marks: frozenset[str]
    reflexives: frozenset[str]
    no_subjects: frozenset[str]
    euphonic: frozenset[str]
    purposes: frozenset[str]
    adverbial_marks: frozenset[str]
    charge_prepositions: frozenset[str]
    noun_clause_marks: frozenset[str]
    without_infinitive: frozenset[str]
    ambiguous_markers: frozenset[str]
    sure_markers: frozenset[str]
    relatives: frozenset[str]

    @classmethod
    def load(cls, language: str = "fr") -> AttributionCues:
        """The cues of a language pack, read once per process; raises ConfigurationError where they are missing."""
        return _load(language)

    @property
    def reporting(self) -> frozenset[str]:
        """All verbs of speech."""
        return self.statement | self.commissive


@cache
def _load(language: str) -> AttributionCues:
    path = Path(__file__).resolve().parents[1] / "packs" / language / "discourse" / "attribution.yaml"
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        verbs = data["verbs"]
        statement, commissive = frozenset(verbs["statement"]), frozenset(verbs["commissive"])
        named_alike = {f.name for f in fields(AttributionCues)} & data.keys() - {"markers"}
        alike: dict[str, Any] = {name: frozenset(data[name]) for name in named_alike}
        return AttributionCues(
            statement=statement,
            commissive=commissive,
            object=frozenset(verbs["object"]),
            accusing=frozenset(verbs["accusing"]),
            infinitive=frozenset(verbs["infinitive"]),
            quoting=statement | commissive | frozenset(data["quoting_extra"]),
            nouns=frozenset(data["speech_nouns"]),
            markers=tuple(sorted(data["markers"], key=len, reverse=True)),
            fronted=tuple(data["fronted_markers"]),
            light=frozenset(data["light_verbs"]),
            **alike,
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{path}: attribution cues cannot be read: {error!r}") from error
