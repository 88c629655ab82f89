"""The whole of linking: entities, candidate pairs, scores, clusters, ids, event rows.

Every step takes the mentions a part at a time. Between the steps, what is wide lies on shelves (`shelves.py`); in memory for
all mentions are only their ids, the order of their founding, and their events.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from corpus_etl import schemas

from .entities import Resolved, resolve
from .entity_rows import known_names
from .features import build_features
from .identity import event_ids, link_reasons
from .inputs import Given, Previous
from .knowledge import affiliations
from .making import Made, make_tables
from .parts import PART, cluster, kin_parts
from .shelves import Shelf, part_numbers
from .tables import Tables, cut
from .words import Words, load_words


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
    frames = (mentions, participants, documents, entities)
    given = Given(*(None if frame is None else frame.lazy() for frame in frames))  # type: ignore[arg-type]
    made = link_tables(given, previous, event_types, language, part, None)
    return Linked(*(t.collect() for t in (made.events, made.mentions, made.participants, made.entities)))


def link_tables(
    given: Given,
    previous: Previous | None,
    event_types: pl.DataFrame | None,
    language: str,
    part: int,
    folder: Path | None,
) -> Made:
    """What `link` does, with the tables in files of `folder` between the steps, or in memory where it is null."""
    words = load_words(language)
    tables = cut(given, part, folder, words)
    resolved = resolve(tables, words, previous, language)
    reasons, events = _events_of_mentions(tables, resolved, words, previous, language)
    types = event_types if event_types is not None else schemas.event_types()
    return make_tables(tables, resolved, reasons, events, known_names(previous), types)


def _events_of_mentions(
    tables: Tables, resolved: Resolved, words: Words, previous: Previous | None, language: str
) -> tuple[Shelf, pl.DataFrame]:
    """The reasons of the links of each part, and the event_id of all mentions with the part of the events (event_part)."""
    register = tables.register
    kin = kin_parts(register["kin_code"], tables.size)
    features = build_features(tables, resolved, words, affiliations(language), kin)
    reasons = tables.shelf("reasons")
    roots = np.arange(register.height, dtype=np.int64)
    for rows, clusters in cluster(features, tables.size):
        number = rows["i"].to_numpy()
        roots[number] = number[clusters.roots]
        why = link_reasons(rows.select("i", "doc"), clusters, register["rank"][rows["i"]])
        reasons.spread(why.with_columns(part=register["part"][why["i"]]), "part")
    event = event_ids(register, roots, previous)
    return reasons, pl.DataFrame({"event_id": event, "event_part": part_numbers(event, tables.size)})
