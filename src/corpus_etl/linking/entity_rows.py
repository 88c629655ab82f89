"""The entity table, after events are known: full names for partial ones, canonical names, counts."""

import polars as pl

from corpus_etl import schemas

from .inputs import Previous

_PARTIES = ("actors", "recipients", "places", "claimed_by", "denied_by")


def adopt_full_names(
    resolved: pl.DataFrame, participants: pl.DataFrame, mentions: pl.DataFrame
) -> pl.DataFrame:
    """`resolved` with partial names given the identity of the one bearer of that name in the events they share.

    `participants` has mention_id, entity_id (keys); `mentions` has mention_id, event_id. A partial name that meets
    two different bearers stays by itself.
    """
    seen = participants.join(mentions.select("mention_id", "event_id"), on="mention_id").join(
        resolved.select("key", "entity_id", "family", "partial"),
        left_on="entity_id",
        right_on="key",
        suffix="_global",
    )
    partial = seen.filter("partial").select("event_id", "family", key="entity_id")
    full = seen.filter(~pl.col("partial")).select("event_id", "family", bearer="entity_id_global").unique()
    found = (
        partial.join(full, on=["event_id", "family"])
        .group_by("key")
        .agg(pl.col("bearer").unique())
        .filter(pl.col("bearer").list.len() == 1)
        .select("key", bearer=pl.col("bearer").list.first())
    )
    return (
        resolved.join(found, on="key", how="left", maintain_order="left")
        .with_columns(entity_id=pl.coalesce("bearer", "entity_id"))
        .drop("bearer")
    )


def known_names(previous: Previous | None) -> pl.DataFrame:
    """entity_id, name as events of the previous release show them: a name once given stays."""
    empty = pl.DataFrame(schema={"entity_id": pl.String, "name": pl.String})
    if previous is None:
        return empty
    columns = [c for c in _PARTIES if c in previous.events.columns]
    shown = [previous.events.select(pl.col(c).explode(empty_as_null=False).alias("party")) for c in columns]
    rows = pl.concat(
        [empty, *(frame.filter(pl.col("party").is_not_null()).unnest("party") for frame in shown)]
    )
    return rows.drop_nulls().sort("entity_id", "name").unique("entity_id", keep="first", maintain_order=True)


def entity_table(
    resolved: pl.DataFrame,
    participants: pl.DataFrame,
    mentions: pl.DataFrame,
    documents: pl.DataFrame,
    names: pl.DataFrame,
) -> pl.DataFrame:
    """The `entities` table of the contract; participants and mentions already carry global ids.

    `names` (entity_id, name) are canonical names to keep; else the longest spelling is the name.
    """
    best = resolved.sort(
        "entity_id",
        "partial",
        ~pl.col("gazetteer"),
        pl.col("name").str.len_chars(),
        "name",
        "key",
        descending=[False, False, False, True, False, False],
    )
    best = best.join(names, on="entity_id", how="left", suffix="_kept", maintain_order="left")
    described = best.group_by("entity_id", maintain_order=True).agg(
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
    in_mentions = pl.concat(
        [
            participants.select("mention_id", "entity_id"),
            mentions.select("mention_id", entity_id="attribution_entity_id"),
        ]
    ).filter(pl.col("entity_id").is_not_null())
    counts = (
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
    return (
        described.join(counts, on="entity_id")
        .with_columns(
            pl.col("kind").fill_null("other"),
            pl.col("aliases").list.set_difference(pl.concat_list("name")).list.sort(),
        )
        .select(pl.col(c).cast(t) for c, t in schemas.TABLES["entities"].dtypes.items())
        .sort("entity_id")
    )
