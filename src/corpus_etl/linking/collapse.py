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

    def inside(self, scored: pl.DataFrame) -> pl.DataFrame:
        """Scored pairs of rows inside documents as pairs of groups, the best for each two groups.

        Columns i < j (groups), row_i, row_j (rows), score, rule, inside.
        """
        units = pl.Series(self.of.astype(np.uint32))
        pairs = scored.select(
            i=units[scored["i"]],
            j=units[scored["j"]],
            row_i="i",
            row_j="j",
            score="score",
            rule="rule",
            inside=pl.lit(True),
        ).filter(pl.col("i") != pl.col("j"))
        swap = pl.col("i") > pl.col("j")
        pairs = pairs.with_columns(
            i=pl.min_horizontal("i", "j"),
            j=pl.max_horizontal("i", "j"),
            row_i=pl.when(swap).then("row_j").otherwise("row_i"),
            row_j=pl.when(swap).then("row_i").otherwise("row_j"),
        )
        pairs = pairs.sort("i", "j", "score", "row_i", "row_j", descending=[False, False, True, False, False])
        return pairs.unique(["i", "j"], keep="first", maintain_order=True)

    def across(self, scored: pl.DataFrame) -> pl.DataFrame:
        """Scored pairs of groups across documents, with the columns of `inside`."""
        rows = pl.Series(self.rows.astype(np.uint32))
        return scored.select(
            "i",
            "j",
            row_i=rows[scored["i"]],
            row_j=rows[scored["j"]],
            score="score",
            rule="rule",
            inside=pl.lit(False),
        )

    def expand(self, clusters: Clusters) -> Clusters:
        """Clusters of groups as clusters of rows, with a link from each further row of a group to its first."""
        roots = self.rows[clusters.roots][self.of]
        links = clusters.links.select("score", "rule", i="row_i", j="row_j")
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
