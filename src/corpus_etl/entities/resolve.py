"""From an analysed document to its entity index."""

from __future__ import annotations

from datetime import date

from corpus_etl.language import AnalysedDocument

from .clusters import cluster
from .coreference import Resolver
from .drafts import Draft, Referent
from .gazetteer import Gazetteer
from .model import Entity, EntityIndex, EntityMention
from .names import find_names
from .ranking import Trace
from .scene import Scene


def resolve(
    document: AnalysedDocument, gazetteer: Gazetteer, on: date | None = None, trace: Trace | None = None
) -> EntityIndex:
    """Names, role nouns and pronouns of a document with the entities they stand for.

    `on` is the day by which offices are looked up (« le président américain »): the publication date. Without it
    only offices that are still held, or whose holder the text names, are used. `trace` is told of each choice among candidates.
    """
    names = find_names(document, gazetteer)
    referents = cluster(document, names, gazetteer)
    drafts = Resolver(Scene(document, gazetteer, names, referents, on, trace)).run()
    return _index(document, drafts)


def _index(document: AnalysedDocument, drafts: list[Draft]) -> EntityIndex:
    entities: dict[int, Entity] = {}
    mentions: dict[int, EntityMention] = {}
    tokens: dict[tuple[int, int], EntityMention] = {}
    groups: dict[tuple[int, int], tuple[EntityMention, ...]] = {}
    for draft in sorted(drafts, key=lambda d: (d.sentence, d.first, -d.last)):
        mentions[id(draft)] = _mention(document, draft, draft.referent, entities)
    for draft in sorted(drafts, key=lambda d: (-d.width, d.sentence, d.first)):
        mention = mentions[id(draft)]
        if (
            draft.form != "name"
            and mention.entity is None
            and draft.referent is not None
            and not draft.several
        ):
            founder = draft.referent.founder
            if founder is not None and (
                draft.form != "noun" or founder.end - founder.start > draft.end - draft.start
            ):
                mention = mentions.get(id(founder), mention)
        for i in range(draft.first, draft.last + 1):
            tokens[(draft.sentence, i)] = mention
        if draft.title is not None:
            tokens[(draft.sentence, draft.title)] = mention
        if draft.several:
            parts = tuple(_mention(document, draft, r, entities) for r in draft.several)
            groups[(draft.sentence, draft.head)] = parts
    ordered = tuple(sorted(mentions.values(), key=lambda m: (m.start, m.end, m.head)))
    found = {e.key: e for e in entities.values()}
    return EntityIndex(tuple(found[k] for k in sorted(found)), ordered, tokens, groups)


def _mention(
    document: AnalysedDocument, draft: Draft, referent: Referent | None, entities: dict[int, Entity]
) -> EntityMention:
    entity = None
    if referent is not None and referent.name is not None:
        entity = entities.get(id(referent))
        if entity is None:
            aliases = tuple(sorted(f for f in referent.forms if f != referent.name))
            entity = Entity(
                referent.key, referent.name, referent.kind or "other", aliases, referent.wikidata_id
            )
            entities[id(referent)] = entity
    resolution = draft.resolution if entity is not None else "none"
    if entity is not None and resolution == "none":
        resolution = "pronoun" if draft.form != "noun" else "role_noun"
    return EntityMention(
        draft.sentence,
        draft.first,
        draft.last,
        draft.head,
        draft.start,
        draft.end,
        document.text[draft.start : draft.end],
        entity,
        resolution,
        entity.kind if entity is not None else draft.kind,
    )
