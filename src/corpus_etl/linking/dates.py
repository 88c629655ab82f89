"""The best date of an event from the dates of its mentions."""

import polars as pl

_BASIS = ("explicit", "relative", "carried")


def best_dates(mentions: pl.DataFrame) -> pl.DataFrame:
    """Per event with a dated mention: event_id, date_start, date_end, date_granularity, conflict.

    The shortest interval wins (then explicit before relative before carried, then the one most documents give, then the
    earliest); it is narrowed to what it has in common with all intervals that overlap it. `conflict` lists the
    intervals that have no day in common with the result, with the winner first; null where there are none.
    """
    dated = mentions.filter(pl.col("date_start").is_not_null()).with_columns(
        date_end=pl.coalesce("date_end", pl.col("date_start").dt.offset_by("1d"))
    )
    given = dated.group_by("event_id", "date_start", "date_end").agg(
        pl.col("date_granularity").drop_nulls().mode().sort().first(),
        basis=pl.col("date_basis").replace_strict(_BASIS, range(3), default=3, return_dtype=pl.Int8).min(),
        n=pl.col("kept").n_unique(),
    )
    days = (pl.col("date_end") - pl.col("date_start")).dt.total_days()
    ranked = given.sort(
        "event_id", days, "basis", "n", "date_start", descending=[False, False, False, True, False]
    )
    best = ranked.unique("event_id", keep="first", maintain_order=True).select(
        "event_id", low="date_start", high="date_end", finest="date_granularity"
    )
    joined = ranked.join(best, on="event_id", maintain_order="left")
    overlapping = (pl.col("date_start") < pl.col("high")) & (pl.col("date_end") > pl.col("low"))
    common = (
        joined.filter(overlapping)
        .group_by("event_id")
        .agg(start=pl.col("date_start").max(), end=pl.col("date_end").min())
    )
    result = best.join(common, on="event_id").with_columns(usable=pl.col("start") < pl.col("end"))
    narrowed = (pl.col("start") != pl.col("low")) | (pl.col("end") != pl.col("high"))
    result = result.select(
        "event_id",
        date_start=pl.when("usable").then("start").otherwise("low"),
        date_end=pl.when("usable").then("end").otherwise("high"),
        date_granularity=pl.when(pl.col("usable") & narrowed).then(pl.lit("approx")).otherwise("finest"),
    )
    return result.join(_conflicts(ranked, result), on="event_id", how="left").sort("event_id")


def _conflicts(ranked: pl.DataFrame, result: pl.DataFrame) -> pl.DataFrame:
    text = pl.concat_str(
        pl.col("date_start").dt.to_string("%Y-%m-%d"),
        pl.lit(".."),
        pl.col("date_end").dt.to_string("%Y-%m-%d"),
    )
    joined = ranked.join(
        result.select("event_id", low="date_start", high="date_end"), on="event_id", maintain_order="left"
    )
    apart = (pl.col("date_start") >= pl.col("high")) | (pl.col("date_end") <= pl.col("low"))
    winner = (
        joined.select("event_id", "low", "high")
        .unique()
        .select(
            "event_id",
            best=pl.concat_str(
                pl.col("low").dt.to_string("%Y-%m-%d"), pl.lit(".."), pl.col("high").dt.to_string("%Y-%m-%d")
            ),
        )
    )
    others = joined.filter(apart).group_by("event_id").agg(others=text.sort())
    return others.join(winner, on="event_id").select("event_id", conflict=pl.concat_list("best", "others"))
