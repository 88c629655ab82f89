"""Mentions that say the same are compared once: equal type, parties, day, amounts, places, factuality and theme.

Most reports of a well covered event agree in all of these. One of them stands for the others in the comparison of
pairs, which keeps the number of pairs small where many documents report the same.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from .clustering import Clusters
from .scoring import EVIDENCE

_SAME_SCORE = 4.0


@dataclass(frozen=True)
class Groups:
    """`features` of one row per group (its first); `rows`: the row of each; `of`: the group of every row."""

    features: pl.DataFrame
    rows: np.ndarray
    of: np.ndarray

    def expand(self, clusters: Clusters) -> Clusters:
        """Clusters of groups as clusters of rows, with a link from each further row of a group to its first."""
        roots = self.rows[clusters.roots][self.of]
        links = clusters.links.with_columns(
            i=pl.Series(self.rows[clusters.links["i"].to_numpy()].astype(np.uint32)),
            j=pl.Series(self.rows[clusters.links["j"].to_numpy()].astype(np.uint32)),
        )
        every = np.arange(len(self.of))
        first = self.rows[self.of]
        further = every != first
        rule = sum(1 << EVIDENCE.index(name) for name in ("actor", "recipient", "date"))
        same = pl.DataFrame(
            {
                "i": first[further].astype(np.uint32),
                "j": every[further].astype(np.uint32),
                "score": np.full(int(further.sum()), _SAME_SCORE, np.float32),
                "rule": np.full(int(further.sum()), rule, np.uint16),
            }
        )
        return Clusters(roots, pl.concat([links.select("i", "j", "score", "rule"), same]))


def collapse(features: pl.DataFrame) -> Groups:
    """Groups of rows that say the same: exactly dated, both parties known; of recurring types the same theme."""
    exact = (
        (pl.col("de") - pl.col("ds") == 1)
        & (pl.col("a_known") > 0)
        & ((pl.col("r_known") > 0) | pl.col("symmetric"))
        & ((pl.col("recurs") < 2) | (pl.col("theme").list.len() > 0))
    ).fill_null(False)
    theme = pl.when(pl.col("recurs") == 2).then("theme").otherwise(pl.lit([], pl.List(pl.UInt64)))
    same = ["type_code", "ds", "fact", "again", "a_ids", "r_ids", "places", "units", "amounts"]
    key = pl.struct(*same, theme.alias("theme")).hash(seed=6)
    keyed = features.select(
        "i", key=pl.when(exact).then(key).otherwise(pl.col("i").cast(pl.UInt64)), exact=exact
    )
    first = keyed.select(pl.col("i").min().over("key", "exact"))["i"].to_numpy().astype(np.int64)
    rows, of = np.unique(first, return_inverse=True)
    kept = features[rows].with_columns(i=pl.int_range(len(rows), dtype=pl.UInt32))
    return Groups(kept, rows, of)
