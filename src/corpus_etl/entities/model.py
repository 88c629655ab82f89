"""What entity resolution hands out: entities, their mentions in one document, and the index over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "organization", "place", "product", "group", "other"]
Resolution = Literal["name", "alias", "role_noun", "pronoun", "none"]


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something with a name.

    `key` is the gazetteer key (`person/elon-musk`) or `doc_id:start` of the founding mention; `aliases` are the
    other forms met in the document, sorted; `wikidata_id` is null unless the gazetteer is certain of it.
    """

    key: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    wikidata_id: str | None = None


@dataclass(frozen=True, slots=True)
class EntityMention:
    """One place of a document where somebody is spoken of; `document text[start:end] == text`.

    `first`, `last` (inclusive) and `head` are token indices in the sentence. `entity` is null for participants
    without a name (« les salariés ») and for anaphors whose referent is not certain; `resolution` is then `none`.
    `kind` is the kind of the entity, or what a common noun tells about its referent (null: unknown).
    """

    sentence: int
    first: int
    last: int
    head: int
    start: int
    end: int
    text: str
    entity: Entity | None
    resolution: Resolution
    kind: Kind | None = None


@dataclass(frozen=True)
class EntityIndex:
    """The entities of one document and where they are mentioned."""

    entities: tuple[Entity, ...]
    mentions: tuple[EntityMention, ...]
    tokens: Mapping[tuple[int, int], EntityMention] = field(repr=False)
    groups: Mapping[tuple[int, int], tuple[EntityMention, ...]] = field(default_factory=dict, repr=False)

    def at(self, sentence: int, token: int) -> EntityMention | None:
        """The innermost mention that covers a token, or null.

        For an anaphor whose antecedent has no name (« un homme …, qui … ») it is the antecedent's mention. An
        impersonal pronoun, or one whose referent is uncertain, gives a mention without entity or null.
        """
        return self.tokens.get((sentence, token))

    def all_at(self, sentence: int, token: int) -> tuple[EntityMention, ...]:
        """Like `at`, for plural anaphors that stand for several (« X et Y … ils »): all of them."""
        several = self.groups.get((sentence, token))
        if several:
            return several
        one = self.at(sentence, token)
        return (one,) if one else ()

    def named(self) -> Iterable[EntityMention]:
        """Mentions whose entity is known."""
        return (m for m in self.mentions if m.entity is not None)
