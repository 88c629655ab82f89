"""An event mention as the engine builds it, before it becomes rows of tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from corpus_etl.entities import Entity
from corpus_etl.language import Sentence

from .participants import Roles
from .triggers import Candidate


@dataclass(frozen=True, slots=True)
class When:
    """The interval [start, end) of an event and the words that give it."""

    start: date
    end: date
    granularity: str
    basis: str
    text_start: int
    text_end: int


@dataclass(frozen=True, slots=True)
class Source:
    """Who asserts an event, and the words that name him."""

    entity: Entity | None
    start: int
    end: int


@dataclass
class Mention:
    """One trigger of one type in one sentence, with what belongs to it."""

    sentence: Sentence
    candidate: Candidate
    roles: Roles
    start: int
    end: int
    theme: tuple[int, int] | None = None
    place: tuple[int, int, Entity | None] | None = None
    date: When | None = None
    amounts: list[Any] = field(default_factory=list)
    factuality: str = "asserted"
    attribution: Source | None = None
    confidence: float = 0.0
    features: tuple[str, ...] = ()
    """What the confidence was computed from."""

    @property
    def event_type(self) -> str:
        """Type of the event."""
        return self.candidate.entry.group.event_type

    @property
    def rule(self) -> str:
        """The group and the entry that found it: `justice.sue#2: déposer + plainte`."""
        entry = self.candidate.entry
        light = " (light verb)" if entry.verbs is not None else ""
        return f"{entry.group.rule}: {entry.phrase.text}{light}"

    def fillers(self) -> Iterator[tuple[str, Entity | None, int, int, str]]:
        """Role, entity, start, end and resolution of every participant, theme and place."""
        for p in self.roles.participants:
            yield p.role, p.entity, p.start, p.end, p.resolution
        if self.theme:
            yield "theme", None, *self.theme, "none"
        if self.place:
            start, end, entity = self.place
            yield "place", entity, start, end, "name" if entity else "none"

    def entities(self) -> list[Entity]:
        """Entities that take part or are the source, once each."""
        found = {p.entity.key: p.entity for p in self.roles.participants if p.entity}
        if self.place and self.place[2]:
            found.setdefault(self.place[2].key, self.place[2])
        if self.attribution and self.attribution.entity:
            found.setdefault(self.attribution.entity.key, self.attribution.entity)
        return [found[k] for k in sorted(found)]
