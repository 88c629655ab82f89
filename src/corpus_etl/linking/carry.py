"""Carrying ids forward from the previous release through shared items (mentions, participants)."""

import polars as pl


def carry(new: pl.DataFrame, old: pl.DataFrame, age: pl.DataFrame) -> pl.DataFrame:
    """Which old id each new group keeps.

    `new` has item, group, rank (a stable order of groups); `old` has item, id; `age` has id, age (smaller is older).
    An old id is offered to the group that holds most of its items (then to the group of lowest rank); a group that is
    offered several ids takes the oldest. Returns group, id: groups that keep one, each id at most once.
    """
    shared = (
        new.join(old, on="item")
        .group_by("id", "group")
        .agg(pl.len().alias("n"), pl.col("rank").min())
        .join(age, on="id", how="left")
    )
    offered = shared.sort("n", "rank", "group", descending=[True, False, False]).unique(
        "id", keep="first", maintain_order=True
    )
    taken = offered.sort("age", "n", "id", descending=[False, True, False], nulls_last=True)
    return taken.unique("group", keep="first", maintain_order=True).select("group", "id")


def release_age(events: pl.DataFrame) -> pl.DataFrame:
    """Ages of events by first_release, then first_published: columns id, age."""
    version = pl.col("first_release").cast(pl.String).str.extract_all(r"\d+")
    parts = [version.list.get(n, null_on_oob=True).cast(pl.Int64).fill_null(0) for n in range(3)]
    order = parts[0] * 10**12 + parts[1] * 10**6 + parts[2]
    if "first_release" not in events.columns:
        order = pl.lit(0)
    published = pl.col("first_published") if "first_published" in events.columns else pl.lit(None, pl.Date)
    ranked = events.select(id="event_id", order=order, published=published).sort(
        "order", "published", "id", nulls_last=True
    )
    return ranked.with_row_index("age").select("id", "age")
