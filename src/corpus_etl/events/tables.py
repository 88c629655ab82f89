"""Events of a document as frames in the columns of the data contract (`mentions`, `participants`, `entities`).

Entity ids are local to the document or of the gazetteer (`ids.entity_id` of the entity's key); linking makes them global.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from corpus_etl import __version__
from corpus_etl.ids import entity_id, event_id, mention_id
from corpus_etl.language import AnalysedDocument
from corpus_etl.schemas import TABLES

from .mention import Mention

EXTRACTOR = f"corpus-etl {__version__}"


@dataclass(frozen=True)
class Extraction:
    """What a document yields: three frames, which share the ids of mentions and entities."""

    mentions: pl.DataFrame
    participants: pl.DataFrame
    entities: pl.DataFrame


def empty_frames() -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Mentions, participants and entities without rows."""
    return TABLES["mentions"].empty(), TABLES["participants"].empty(), TABLES["entities"].empty()


def concat_frames(results: Sequence[Extraction]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The frames of several documents, in order; entities once each, with their counts added up."""
    empty = empty_frames()
    if not results:
        return empty
    entities = pl.concat([empty[2], *(r.entities for r in results)])
    merged = entities.group_by("entity_id", maintain_order=True).agg(
        pl.col("name").first(),
        pl.col("kind").first(),
        pl.col("aliases").explode(empty_as_null=False).unique().sort(),
        pl.col("wikidata_id").first(ignore_nulls=True),
        pl.col("n_mentions").sum(),
        pl.col("n_documents").sum(),
        pl.col("first_published").min(),
        pl.col("last_published").max(),
    )
    return (
        pl.concat([empty[0], *(r.mentions for r in results)]),
        pl.concat([empty[1], *(r.participants for r in results)]),
        merged.select(empty[2].columns).cast(empty[2].schema),
    )


def to_frames(document: AnalysedDocument, mentions: Sequence[Mention], published: Any) -> Extraction:
    """The frames of one document; `published` is the interval of its publication or null."""
    empty = empty_frames()
    rows, people = [], []
    seen: dict[str, dict[str, Any]] = {}
    for mention in mentions:
        key = mention_id(document.doc_id, mention.start, mention.end, mention.event_type)
        rows.append(_mention_row(document, mention, key))
        used = set()
        for role, entity, start, end, resolution in mention.fillers():
            identity = entity_id(entity.key) if entity else None
            if (role, identity, start, end) in used:
                continue
            used.add((role, identity, start, end))
            people.append(
                {
                    "mention_id": key,
                    "role": role,
                    "entity_id": identity,
                    "text": document.text[start:end],
                    "start": start,
                    "end": end,
                    "resolution": resolution,
                }
            )
        for entity in mention.entities():
            row = seen.setdefault(entity_id(entity.key), _entity_row(entity, published))
            row["n_mentions"] += 1
    return Extraction(
        pl.DataFrame(rows, schema=empty[0].schema, orient="row"),
        pl.DataFrame(people, schema=empty[1].schema, orient="row"),
        pl.DataFrame([seen[k] for k in sorted(seen)], schema=empty[2].schema, orient="row"),
    )


def _mention_row(document: AnalysedDocument, mention: Mention, key: str) -> dict[str, Any]:
    text, source, when = document.text, mention.attribution, mention.date
    return {
        "mention_id": key,
        "event_id": event_id(key),
        "doc_id": document.doc_id,
        "sentence_start": mention.sentence.start,
        "sentence_end": mention.sentence.end,
        "sentence": text[mention.sentence.start : mention.sentence.end],
        "trigger_start": mention.start,
        "trigger_end": mention.end,
        "trigger": text[mention.start : mention.end],
        "event_type": mention.event_type,
        "factuality": mention.factuality,
        "attribution_entity_id": entity_id(source.entity.key) if source and source.entity else None,
        "attribution_start": source.start if source else None,
        "attribution_end": source.end if source else None,
        "attribution": text[source.start : source.end] if source else None,
        "date_start": when.start if when else None,
        "date_end": when.end if when else None,
        "date_granularity": when.granularity if when else None,
        "date_basis": when.basis if when else "none",
        "date_text": text[when.text_start : when.text_end] if when else None,
        "date_text_start": when.text_start if when else None,
        "date_text_end": when.text_end if when else None,
        "amounts": [
            {
                "value": a.value,
                "low": a.low,
                "high": a.high,
                "currency": a.currency,
                "unit": a.unit,
                "text": text[a.start : a.end],
                "start": a.start,
                "end": a.end,
            }
            for a in mention.amounts
        ],
        "confidence": mention.confidence,
        "extractor": EXTRACTOR,
        "rule": mention.rule,
        "link_rule": None,
        "link_score": None,
        "linked_to": None,
    }


def _entity_row(entity: Any, published: Any) -> dict[str, Any]:
    return {
        "entity_id": entity_id(entity.key),
        "name": entity.name,
        "kind": entity.kind,
        "aliases": sorted(entity.aliases),
        "wikidata_id": entity.wikidata_id,
        "n_mentions": 0,
        "n_documents": 1,
        "first_published": published.start if published else None,
        "last_published": published.start if published else None,
    }


def unique(mentions: Iterable[Mention]) -> list[Mention]:
    """In text order; one mention for each place and type."""
    found: dict[tuple[int, int, str], Mention] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end, m.event_type)):
        found.setdefault((mention.start, mention.end, mention.event_type), mention)
    return list(found.values())
