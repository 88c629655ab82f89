"""Ids of events, founding mentions, and why each mention is in its event."""

from collections import deque

import numpy as np
import polars as pl

from corpus_etl import ids

from .carry import carry, release_age
from .clustering import Clusters
from .inputs import Previous
from .scoring import link_probability, rule_text


def event_ids(register: pl.DataFrame, roots: np.ndarray, previous: Previous | None) -> pl.Series:
    """The event id of each mention: carried forward where the event shares mentions with a previous one, else minted.

    An id that a previous event had is never minted for another one: the next mention of the cluster founds then.
    """
    frame = register.select("mention_id", "rank", root=pl.Series(roots)).with_columns(first=pl.col("rank").min().over("root"))
    kept: dict[int, str] = {}
    taken: set[str] = set()
    if previous is not None:
        new = frame.select(item="mention_id", group="root", rank="first")
        old = previous.mentions.select(item="mention_id", id="event_id")
        carried = carry(new, old, release_age(previous.events))
        kept = dict(carried.select("group", "id").iter_rows())
        taken = set(previous.mentions["event_id"].unique().to_list())
    clusters = frame.filter(pl.col("rank") == pl.col("first")).select("root", "mention_id")
    final = {root: kept.get(root) or ids.event_id(mention) for root, mention in clusters.iter_rows()}
    clashing = [root for root, found in final.items() if root not in kept and found in taken]
    if clashing:
        members = (
            frame.filter(pl.col("root").is_in(clashing))
            .sort("rank")
            .group_by("root", maintain_order=True)
            .agg("mention_id")
        )
        for root, names in members.iter_rows():
            final[root] = _unused(names, taken)
            taken.add(final[root])
    return frame.select(pl.col("root").replace_strict(final, return_dtype=pl.String))["root"].alias(
        "event_id"
    )


def _unused(names: list[str], taken: set[str]) -> str:
    """An id minted from the first member of a cluster that founded no event yet; numbered where all have."""
    number = 1
    while True:
        for name in names:
            found = ids.event_id(name if number == 1 else f"{name}/{number}")
            if found not in taken:
                return found
        number += 1


def link_reasons(features: pl.DataFrame, clusters: Clusters, rank: pl.Series) -> pl.DataFrame:
    """Per row that does not found its event: i, other (the mentions of a link), score, rule, inside (one document).

    `features`, `clusters` and `rank` are of the same mentions. The merges of a cluster are a tree; each mention is
    explained by its edge towards the founding mention.
    """
    links = clusters.links.with_row_index("edge")
    toward = _edges_to_founder(links, clusters.roots, rank.to_numpy())
    rows = pl.DataFrame(toward, schema={"i": pl.UInt32, "other": pl.UInt32, "edge": pl.UInt32}, orient="row")
    explained = rows.join(links.select("edge", "score", "rule"), on="edge", how="left", maintain_order="left")
    docs, names = features["doc"], features["i"]
    return explained.select(
        i=names[explained["i"]],
        other=names[explained["other"]],
        score="score",
        rule="rule",
        inside=docs[explained["i"]] == docs[explained["other"]],
    )


def reason_columns(reasons: pl.DataFrame, names: pl.Series) -> pl.DataFrame:
    """i, link_rule, link_score, linked_to from the rows of `link_reasons`; `names` are the ids of all mentions."""
    return reasons.select(
        "i",
        link_rule=rule_text(pl.col("rule"), pl.col("inside")),
        link_score=link_probability(pl.col("score").cast(pl.Float64)),
        linked_to=names[reasons["other"]],
    )


def _edges_to_founder(
    links: pl.DataFrame, roots: np.ndarray, rank: np.ndarray
) -> list[tuple[int, int, int]]:
    """(row, next row towards the founder, edge) for every row that is not the founder of its cluster."""
    around: dict[int, list[tuple[int, int]]] = {}
    for edge, i, j in links.select("edge", "i", "j").iter_rows():
        around.setdefault(i, []).append((j, edge))
        around.setdefault(j, []).append((i, edge))
    founders: dict[int, int] = {}
    for row in around:
        root = int(roots[row])
        if root not in founders or rank[row] < rank[founders[root]]:
            founders[root] = row
    found: list[tuple[int, int, int]] = []
    for founder in founders.values():
        queue, seen = deque([founder]), {founder}
        while queue:
            row = queue.popleft()
            for other, edge in around[row]:
                if other not in seen:
                    seen.add(other)
                    found.append((other, row, edge))
                    queue.append(other)
    return found
