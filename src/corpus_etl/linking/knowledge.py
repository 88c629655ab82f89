"""What the gazetteer of a language pack knows of entities: identity, kind, and for whom a person stands."""

from functools import cache

import polars as pl

from corpus_etl import ids
from corpus_etl.entities import Gazetteer

from .names import folded_name
from .words import load_words

_SCHEMA = {
    "gazetteer_key": pl.String,
    "known_name": pl.String,
    "known_kind": pl.String,
    "known_wikidata": pl.String,
}


@cache
def gazetteer_keys(language: str = "fr") -> pl.DataFrame:
    """Gazetteer entities by key and by hashed id: columns key, gazetteer_key, known_name, known_kind, known_wikidata."""
    rows = [
        (key, e.key, e.name, e.kind, e.wikidata_id)
        for e in Gazetteer.load(language).entries.values()
        for key in (e.key, ids.entity_id(e.key))
    ]
    return pl.DataFrame(rows, schema={"key": pl.String, **_SCHEMA}, orient="row")


@cache
def gazetteer_names(language: str = "fr") -> pl.DataFrame:
    """Gazetteer entities by folded name or certain alias that only one has: folded and the columns of `gazetteer_keys`."""
    rows = [
        (name, e.key, e.name, e.kind, e.wikidata_id)
        for e in Gazetteer.load(language).entries.values()
        for name in (e.name, *e.aliases)
    ]
    frame = pl.DataFrame(rows, schema={"alias": pl.String, **_SCHEMA}, orient="row")
    frame = frame.select(
        folded_name(pl.col("alias"), load_words(language)).alias("folded"), *_SCHEMA
    ).unique()
    return frame.filter(pl.col("gazetteer_key").n_unique().over("folded") == 1).unique(
        "folded", maintain_order=True
    )


@cache
def first_names(language: str = "fr") -> tuple[str, ...]:
    """First names; a name of several words that begins with one is a person's."""
    return tuple(sorted(Gazetteer.load(language).lexicon.first_names))


@cache
def affiliations(language: str = "fr") -> pl.DataFrame:
    """The organisations and states for which people stand while in office: entity_id, affiliated (entity ids), since, until.

    Founders and others without dates hold no office. Null dates are open ends; `until` is the day after the last.
    """
    rows = sorted(
        {
            (ids.entity_id(r.person), ids.entity_id(r.of), r.start, r.end)
            for r in Gazetteer.load(language).roles
            if r.of and (r.start or r.end)
        },
        key=str,
    )
    schema = {"entity_id": pl.String, "affiliated": pl.String, "since": pl.Date, "until": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")
