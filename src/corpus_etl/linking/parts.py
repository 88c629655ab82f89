"""Comparing and clustering a part of the mentions at a time, so that the memory it takes does not grow with their number.

Nothing that decides on a link looks beyond two borders, so the result is the same for every size of the parts:

- Mentions of types that are not of one kin are never compared: a part holds all mentions of one or several kins.
- Clusters never grow beyond what pairs above the threshold connect: a part is clustered some of these components at a
  time. A kin of any size is so cut into small pieces before the costly step.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from .blocking import document_pairs, report_pairs
from .clustering import THRESHOLD, Clusters, agglomerate
from .collapse import collapse
from .scoring import score_pairs

PART = 50_000
"""Mentions compared and clustered at a time."""


def cluster(features: pl.DataFrame, size: int = PART) -> Clusters:
    """Clusters of mentions, at most `size` at a time unless more are of one kin or connected."""
    roots = np.arange(features.height, dtype=np.int64)
    links: list[pl.DataFrame] = []
    for rows in _kins(features["kin_code"].to_numpy(), size):
        found = _compare(_renumbered(features, rows), size)
        roots[rows] = rows[found.roots]
        links.append(_at(found.links, rows))
    return Clusters(roots, pl.concat(links) if links else _compare(features, size).links)


def _kins(kin: np.ndarray, size: int) -> Iterator[np.ndarray]:
    """Rows of one or several kins, ascending: as many kins as fit into `size` rows."""
    codes, counts = np.unique(kin, return_counts=True)
    yield from (np.flatnonzero(np.isin(kin, codes[chosen])) for chosen in _filled(counts, size))


def _filled(counts: np.ndarray, size: int) -> list[list[int]]:
    """Numbers of items, in order, in lists whose counts add up to `size` at most; a larger item is alone."""
    lists: list[list[int]] = []
    room = 0
    for item, count in enumerate(counts.tolist()):
        if not lists or count > room:
            lists.append([])
            room = size
        lists[-1].append(item)
        room -= count
    return lists


def _compare(features: pl.DataFrame, size: int) -> Clusters:
    """Pairs inside documents are of all mentions, those across documents of what they say (`collapse`)."""
    groups = collapse(features)
    inside = score_pairs(features, document_pairs(features))
    across = score_pairs(groups.features, report_pairs(groups.features))
    pairs = groups.pairs(inside, across)
    del inside, across
    return groups.expand(_agglomerate(groups.features, pairs, size))


def _agglomerate(features: pl.DataFrame, scored: pl.DataFrame, size: int) -> Clusters:
    """The same as `agglomerate` of all rows at once, some connected components at a time."""
    roots = np.arange(features.height, dtype=np.int64)
    label = _components(features.height, scored)
    i, j = scored["i"].to_numpy(), scored["j"].to_numpy()
    linked = np.flatnonzero(label[i] == label[j])
    components, of = np.unique(label[i[linked]], return_inverse=True)
    members = label[np.isin(label, components)]
    sizes = np.bincount(np.searchsorted(components, members), minlength=len(components))
    links = [scored.clear()]
    for chosen in _filled(sizes, size):
        rows = np.flatnonzero(np.isin(label, components[chosen]))
        pairs = scored[linked[(of >= chosen[0]) & (of <= chosen[-1])]]
        local = (pl.Series(np.searchsorted(rows, pairs[c].to_numpy()).astype(np.uint32)) for c in ("i", "j"))
        found = agglomerate(_renumbered(features, rows), pairs.with_columns(i=next(local), j=next(local)))
        roots[rows] = rows[found.roots]
        links.append(_at(found.links, rows))
    return Clusters(roots, pl.concat(links))


def _components(n: int, scored: pl.DataFrame) -> np.ndarray:
    """For each row the smallest row to which pairs above the threshold connect it."""
    for_it = scored.filter(pl.col("score") > THRESHOLD)
    i, j = for_it["i"].to_numpy(), for_it["j"].to_numpy()
    label = np.arange(n, dtype=np.int64)
    while True:
        least = np.minimum(label[i], label[j])
        before = label.copy()
        for end in (i, j):
            np.minimum.at(label, before[end], least)
        label = label[label]
        if np.array_equal(label, before):
            return label


def _renumbered(features: pl.DataFrame, rows: np.ndarray) -> pl.DataFrame:
    return features[rows].with_columns(i=pl.int_range(len(rows), dtype=pl.UInt32))


def _at(links: pl.DataFrame, rows: np.ndarray) -> pl.DataFrame:
    """Links of the rows of a part as links of the rows that these are in the whole."""
    return links.with_columns(pl.Series(c, rows[links[c].to_numpy()].astype(np.uint32)) for c in ("i", "j"))
