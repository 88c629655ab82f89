"""The whole of linking: entities, candidate pairs, scores, clusters, ids, event rows."""

from dataclasses import dataclass

import polars as pl

from corpus_etl import schemas

from . import entities as entity_resolution
from . import entity_rows
from .features import build_features
from .identity import event_ids, founding_order, link_reasons
from .inputs import Inputs, Previous, conform
from .knowledge import affiliations
from .parts import PART, cluster
from .rows import event_rows
from .words import Words, load_words

_SORT = {name: list(schemas.TABLES[name].sort) for name in ("mentions", "participants")}


@dataclass(frozen=True)
class Linked:
    """The linked tables, in the columns of the contract (further columns of the input are kept)."""

    events: pl.DataFrame
    mentions: pl.DataFrame
    participants: pl.DataFrame
    entities: pl.DataFrame


def link(
    mentions: pl.DataFrame,
    participants: pl.DataFrame,
    documents: pl.DataFrame,
    entities: pl.DataFrame | None = None,
    *,
    previous: Previous | None = None,
    event_types: pl.DataFrame | None = None,
    language: str = "fr",
    part: int = PART,
) -> Linked:
    """Link mentions into events and their participants into entities.

    Columns are those of the contract; of `mentions` only mention_id, doc_id and event_type are required, of
    `participants` mention_id and role, of `documents` doc_id. `participants.entity_id` (and `attribution_entity_id`) may be
    gazetteer keys, document-local keys `doc_id:start`, global ids or null; `entities` describes them. Without
    `entities`, keys are taken for names, and so are capitalised fillers without a key. At most `part` mentions are compared
    at a time: it bounds the memory, not the result.

    `mentions` of the result has event_id, link_rule, link_score (0 to 1) and linked_to. Raises ConfigurationError
    where a required column is missing or a mention occurs twice.
    """
    inputs = conform(mentions, participants, documents, entities)
    words = load_words(language)
    named = entity_resolution.fill_names(inputs, words)
    resolved = entity_resolution.resolve(inputs, named, words, previous, language)
    linked_mentions = _events_of_mentions(inputs, named, resolved, words, previous, language, part)
    names = entity_rows.known_names(previous)
    return _tables(inputs, named, resolved, linked_mentions, names, event_types, part)


def _events_of_mentions(
    inputs: Inputs,
    named: pl.DataFrame,
    resolved: pl.DataFrame,
    words: Words,
    previous: Previous | None,
    language: str,
    part: int,
) -> pl.DataFrame:
    """Mentions with event_id and the reasons of their links."""
    features = build_features(inputs, named, resolved, words, affiliations(language), part)
    clusters = cluster(features, part)
    rank = founding_order(inputs.mentions, inputs.documents)
    event = event_ids(inputs.mentions, clusters.roots, rank, previous)
    reasons = link_reasons(features, clusters, rank, inputs.mentions["mention_id"])
    return inputs.mentions.with_columns(event, *reasons.get_columns())


def _tables(
    inputs: Inputs,
    named: pl.DataFrame,
    resolved: pl.DataFrame,
    mentions: pl.DataFrame,
    names: pl.DataFrame,
    event_types: pl.DataFrame | None,
    part: int,
) -> Linked:
    resolved = entity_rows.adopt_full_names(resolved, named, mentions)
    to_global = resolved.select("key", "entity_id")
    participants = _translate(named, to_global, "entity_id")
    mentions = _translate(mentions, to_global, "attribution_entity_id")
    entities = entity_rows.entity_table(resolved, participants, mentions, inputs.documents, names)
    types = event_types if event_types is not None else schemas.event_types()
    events = event_rows(mentions, participants, inputs.documents, entities, types, part)
    return Linked(events, _order(mentions, "mentions"), _order(participants, "participants"), entities)


def _translate(frame: pl.DataFrame, to_global: pl.DataFrame, column: str) -> pl.DataFrame:
    keys = to_global.rename({"key": column, "entity_id": "_global"})
    joined = frame.join(keys, on=column, how="left", maintain_order="left")
    return joined.with_columns(pl.col("_global").alias(column)).drop("_global")


def _order(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Columns of the contract first, in its order and dtypes; rows in its order."""
    dtypes = schemas.TABLES[name].dtypes
    others = [c for c in frame.columns if c not in dtypes]
    return frame.select(*(pl.col(c).cast(t, strict=False) for c, t in dtypes.items()), *others).sort(
        _SORT[name], nulls_last=True
    )
