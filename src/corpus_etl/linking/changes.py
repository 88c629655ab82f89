"""Table `changes`: what differs between two releases of a dataset, with the lineage of events."""

import polars as pl

from corpus_etl import schemas

_NOT_COMPARED = ("event_id", "first_release", "last_changed")


def changes(
    previous_events: pl.DataFrame,
    events: pl.DataFrame,
    previous_mentions: pl.DataFrame,
    mentions: pl.DataFrame,
) -> pl.DataFrame:
    """The contract's `changes` between any two releases, sorted.

    added, withdrawn: no mention shared with an event of the other release. changed: one row per column that differs, old
    and new as JSON. merged_into: the event is gone, most of its mentions are in `other_event_id` now. split_from: the
    event is new, most of its mentions that existed were in `other_event_id` before.
    """
    moved = (
        previous_mentions.select("mention_id", old="event_id")
        .join(mentions.select("mention_id", new="event_id"), on="mention_id")
        .group_by("old", "new")
        .len()
        .sort("len", "old", "new", descending=[True, False, False])
    )
    gone = previous_events.select("event_id").join(events.select("event_id"), on="event_id", how="anti")
    fresh = events.select("event_id").join(previous_events.select("event_id"), on="event_id", how="anti")
    into = moved.unique("old", keep="first", maintain_order=True).select(event_id="old", other_event_id="new")
    origin = moved.unique("new", keep="first", maintain_order=True).select(
        event_id="new", other_event_id="old"
    )
    # Both name events that the release holds: a merged event's heir is after, a split one's origin before.
    lost = gone.join(into, on="event_id", how="left").with_columns(
        change=pl.when(pl.col("other_event_id").is_null())
        .then(pl.lit("withdrawn"))
        .otherwise(pl.lit("merged_into"))
    )
    found = fresh.join(origin, on="event_id", how="left").with_columns(
        change=pl.when(pl.col("other_event_id").is_null())
        .then(pl.lit("added"))
        .otherwise(pl.lit("split_from"))
    )
    nothing = [pl.lit(None, pl.String).alias(c) for c in ("column", "old", "new")]
    whole = pl.concat(
        [frame.select("event_id", "change", "other_event_id", *nothing) for frame in (lost, found)]
    )
    dtypes = schemas.TABLES["changes"].dtypes
    rows = pl.concat([whole.select(list(dtypes)), _changed(previous_events, events).select(list(dtypes))])
    return rows.select(pl.col(c).cast(t) for c, t in dtypes.items()).sort(
        schemas.TABLES["changes"].sort, nulls_last=True
    )


def _changed(previous: pl.DataFrame, current: pl.DataFrame) -> pl.DataFrame:
    """One row per event in both releases and column whose value differs."""
    columns = [c for c in current.columns if c in previous.columns and c not in _NOT_COMPARED]
    old, new = (
        frame.select("event_id", *(_json(frame, c) for c in columns)) for frame in (previous, current)
    )
    joined = old.join(new, on="event_id", suffix="_new")
    parts = [
        joined.filter(pl.col(c).ne_missing(pl.col(f"{c}_new"))).select(
            "event_id",
            change=pl.lit("changed"),
            column=pl.lit(c),
            old=pl.col(c),
            new=pl.col(f"{c}_new"),
            other_event_id=pl.lit(None, pl.String),
        )
        for c in columns
    ]
    return pl.concat(parts)


def _json(frame: pl.DataFrame, column: str) -> pl.Expr:
    """The value as JSON; null stays null."""
    value = pl.col(column)
    dtype = frame.schema[column]
    if isinstance(dtype, pl.Enum | pl.Categorical) or dtype == pl.Date:
        value = value.cast(pl.String)
    encoded = pl.struct(value.alias("v")).struct.json_encode()
    bare = encoded.str.slice(len('{"v":'), encoded.str.len_chars() - len('{"v":}'))
    return pl.when(pl.col(column).is_not_null()).then(bare).alias(column)
