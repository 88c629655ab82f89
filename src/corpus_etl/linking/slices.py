"""Cutting tables where nothing belongs together, so that the memory that a step takes does not grow with their length."""

from collections.abc import Iterator

import polars as pl


def whole_groups(rows: pl.DataFrame, key: str, size: int) -> Iterator[pl.DataFrame]:
    """The rows of all groups of a key, about `size` rows at a time, in their order; at least one frame."""
    place = rows.select(key, part=(pl.col(key).rank("ordinal") - 1) // size)
    part = place.select(pl.col("part").min().over(key))["part"]
    for number in part.unique().sort().to_list() or [0]:
        yield rows.filter(part == number)
