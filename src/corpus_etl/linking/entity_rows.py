"""The entity table, after events are known: full names for partial ones, canonical names, counts."""

import polars as pl

from corpus_etl import schemas

from .entities import Resolved
from .inputs import PARTIES, Previous
from .shelves import Shelf, slots
from .tables import Tables


def adopted_names(tables: Tables, resolved: Resolved, events: pl.DataFrame) -> pl.DataFrame:
    """key, bearer: the entity whose identity a partial name takes, the one bearer of that name in the events they share.

    `events` has event_part of each mention and its event_id. A partial name that meets two different bearers stays
    by itself.
    """
    seen = tables.shelf("seen")
    for number in tables.parts:
        fillers = resolved.uses.take(number)
        reported = pl.concat([fillers.select("key"), events[fillers["i"]]], how="horizontal").unique()
        keys = resolved.part(number).select("key", "entity_id", "family", "partial")
        seen.spread(reported.join(keys, on="key"), "event_part")
    found = [_bearers(seen.take(number)) for number in seen.numbers()]
    return (
        pl.concat(found)
        .group_by("key")
        .agg(pl.col("bearer").unique())
        .filter(pl.col("bearer").list.len() == 1)
        .select("key", bearer=pl.col("bearer").list.first())
    )


def _bearers(seen: pl.DataFrame) -> pl.DataFrame:
    """key, bearer: partial names and who has that name in the same event."""
    partial = seen.filter("partial").select("event_id", "family", "key")
    full = seen.filter(~pl.col("partial")).select("event_id", "family", bearer="entity_id").unique()
    return partial.join(full, on=["event_id", "family"]).select("key", "bearer").unique()


def adopt(keys: pl.DataFrame, adopted: pl.DataFrame) -> pl.DataFrame:
    """Keys with the entity_id of the bearer of a partial name."""
    return (
        keys.join(adopted, on="key", how="left", maintain_order="left")
        .with_columns(entity_id=pl.coalesce("bearer", "entity_id"))
        .drop("bearer")
    )


def known_names(previous: Previous | None) -> pl.DataFrame:
    """entity_id, name as events of the previous release show them: a name once given stays."""
    empty = pl.DataFrame(schema={"entity_id": pl.String, "name": pl.String})
    if previous is None:
        return empty
    columns = [c for c in PARTIES if c in previous.events.columns]
    shown = [previous.events.select(pl.col(c).explode(empty_as_null=False).alias("party")) for c in columns]
    rows = pl.concat(
        [empty, *(frame.filter(pl.col("party").is_not_null()).unnest("party") for frame in shown)]
    )
    return rows.drop_nulls().sort("entity_id", "name").unique("entity_id", keep="first", maintain_order=True)


def counted(participants: pl.DataFrame, mentions: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Per entity of the mentions of whole documents, with global ids: entity_id, n_mentions, n_documents, first_published,
    last_published."""
    in_mentions = pl.concat(
        [
            participants.select("mention_id", "entity_id"),
            mentions.select("mention_id", entity_id="attribution_entity_id"),
        ]
    ).filter(pl.col("entity_id").is_not_null())
    return (
        in_mentions.unique()
        .join(mentions.select("mention_id", "doc_id"), on="mention_id")
        .join(documents.select("doc_id", "published_start"), on="doc_id", how="left")
        .group_by("entity_id")
        .agg(
            n_mentions=pl.len().cast(pl.Int32),
            n_documents=pl.col("doc_id").n_unique().cast(pl.Int32),
            first_published=pl.col("published_start").min(),
            last_published=pl.col("published_start").max(),
        )
    )


def entity_table(
    tables: Tables, resolved: Resolved, adopted: pl.DataFrame, counts: Shelf, names: pl.DataFrame
) -> pl.DataFrame:
    """The `entities` table of the contract, made a slot at a time.

    `counts` has what `counted` tells of the parts, by the slot of the entity. `names` (entity_id, name) are canonical
    names to keep; else the longest spelling is the name.
    """
    spelled = tables.shelf("spelled")
    for slot in resolved.slots.numbers():
        rows = adopt(resolved.slots.take(slot), adopted)
        spelled.spread(rows.with_columns(slot=slots(pl.col("entity_id"), tables.slots)), "slot")
    made = [
        _entities(spelled.take(slot), counts.take(slot), names) for slot in spelled.numbers()
    ]
    return pl.concat(made).sort("entity_id")


def _entities(spelled: pl.DataFrame, counts: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    total = counts.group_by("entity_id").agg(
        pl.col("n_mentions", "n_documents").sum(),
        pl.col("first_published").min(),
        pl.col("last_published").max(),
    )
    return (
        _described(spelled, names)
        .join(total, on="entity_id")
        .with_columns(
            pl.col("kind").fill_null("other"),
            pl.col("aliases").list.set_difference(pl.concat_list("name")).list.sort(),
        )
        .select(pl.col(c).cast(t) for c, t in schemas.TABLES["entities"].dtypes.items())
    )


def _described(spelled: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Name, kind, aliases, wikidata_id of entities from what their keys say."""
    best = spelled.sort(
        "entity_id",
        "partial",
        ~pl.col("gazetteer"),
        pl.col("name").str.len_chars(),
        "name",
        "key",
        descending=[False, False, False, True, False, False],
    )
    best = best.join(names, on="entity_id", how="left", suffix="_kept", maintain_order="left")
    return best.group_by("entity_id", maintain_order=True).agg(
        pl.coalesce("name_kept", "name").first().alias("name"),
        pl.col("kind").filter(pl.col("kind") != "other").first(),
        aliases=pl.concat_list(
            pl.col("aliases").fill_null([]), pl.concat_list("name", "spelled").list.drop_nulls()
        )
        .explode(empty_as_null=False)
        .drop_nulls()
        .unique()
        .sort(),
        wikidata_id=pl.col("wikidata_id").drop_nulls().first(),
    )
