"""The words that tell sources, read from `packs/<language>/discourse/attribution.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from corpus_etl.errors import ConfigurationError


@dataclass(frozen=True)
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
        return AttributionCues(
            statement,
            commissive,
            frozenset(verbs["object"]),
            frozenset(verbs["accusing"]),
            frozenset(verbs["infinitive"]),
            statement | commissive | frozenset(data["quoting_extra"]),
            frozenset(data["carriers"]),
            frozenset(data["speech_nouns"]),
            tuple(sorted(data["markers"], key=len, reverse=True)),
            tuple(data["fronted_markers"]),
            frozenset(data["comparison"]),
            frozenset(data["object_control"]),
            frozenset(data["light_verbs"]),
            frozenset(data["that"]),
            frozenset(data["with_pour"]),
            frozenset(data["but"]),
            frozenset(data["temporal"]),
            frozenset(data["commissive_nouns"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{path}: attribution cues cannot be read: {error!r}") from error
