"""Constrained agglomeration: mentions to clusters, best pair first, for precision.

Pairs above the threshold are taken from the best down, those inside documents a little earlier. Two clusters are merged
where nothing forbids it:

- no pair of their mentions is forbidden (contradictory dates, amounts);
- the dates of all mentions together have a day in common, within the slack of coarse dates;
- the actors, and the recipients, of one cluster are not all unknown to the other;
- no pair inside one document speaks clearly against it;
- the best pairs of each two of their documents speak for it on average, and where both hold several documents, at
  least two of them do: a single wrong link cannot merge two clusters.

The order is total (rank, then rows), so the result depends neither on the order of input rows nor on other
components of the graph of pairs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from .scoring import FORBIDDEN

THRESHOLD = 0.0
_CLIP = 3.0
_INSIDE_FIRST = 0.5
"""By how much a pair inside a document is taken earlier than its score: a text tells of its own event before another's."""
_VETO = -1.0
"""A pair inside one document that speaks so much against it keeps two clusters apart: an anaphor must not bridge them."""
_FAR = 2**30


@dataclass(frozen=True)
class Clusters:
    """`roots`: the cluster of each row, named by its smallest row; `links`: the pairs by which they were merged."""

    roots: np.ndarray
    links: pl.DataFrame


@dataclass
class _Cluster:
    members: list[int]
    low: int
    high: int
    parties: dict[str, set[int]] = field(default_factory=dict)


def agglomerate(features: pl.DataFrame, scored: pl.DataFrame) -> Clusters:
    """Cluster the rows of `features` by their scored pairs (`Groups.pairs`)."""
    graph = _Graph(features.height, scored)
    state = _State(features, graph)
    used: list[int] = []
    for edge, i, j in graph.best_first():
        if state.try_merge(i, j):
            used.append(edge)
    return Clusters(state.roots(), scored[used])


class _Graph:
    """Pairs as adjacency lists (CSR) of rows."""

    def __init__(self, rows: int, scored: pl.DataFrame) -> None:
        self.i, self.j = scored["i"].to_numpy(), scored["j"].to_numpy()
        self.score = scored["score"].to_numpy()
        ends = np.concatenate([self.i, self.j]).astype(np.int64)
        order = np.argsort(ends, kind="stable")
        self.starts = np.searchsorted(ends[order], np.arange(rows + 1)).tolist()
        self.neighbours = np.concatenate([self.j, self.i])[order].astype(np.int32)
        self.weights = np.concatenate([self.score, self.score])[order]
        inside = scored["inside"].to_numpy()
        self.within = inside
        self.inside = np.concatenate([inside, inside])[order]

    def best_first(self) -> Iterator[tuple[int, int, int]]:
        """Pairs above the threshold: their number, i, j; best first (inside documents a little earlier), ties by rows."""
        positive = np.flatnonzero(self.score > THRESHOLD)
        i, j = self.i[positive], self.j[positive]
        rank = self.score[positive].astype(np.float64) + _INSIDE_FIRST * self.within[positive]
        order = np.lexsort((j, i, -np.round(rank, 4)))
        yield from zip(positive[order].tolist(), i[order].tolist(), j[order].tolist(), strict=True)

    def around(self, row: int) -> Iterator[tuple[int, float, bool]]:
        """Neighbours of a row with the scores of their pairs, and whether these are inside a document."""
        start, end = self.starts[row], self.starts[row + 1]
        return zip(
            self.neighbours[start:end].tolist(),
            self.weights[start:end].tolist(),
            self.inside[start:end].tolist(),
            strict=True,
        )


class _State:
    """Clusters so far: union by size, with what all mentions of a cluster say together."""

    def __init__(self, features: pl.DataFrame, graph: _Graph) -> None:
        self.graph = graph
        self.parent = list(range(features.height))
        self.doc = features["doc"].to_list()
        self.size: dict[int, _Cluster] = {}
        slack = features["near"].to_numpy()
        dated = features["ds"].is_not_null().to_numpy()
        low, high = features["ds"].fill_null(0).to_numpy(), features["de"].fill_null(0).to_numpy()
        self.low = np.where(dated, low - slack, -_FAR).tolist()
        self.high = np.where(dated, high + slack, _FAR).tolist()
        self.lists = {name: features[name].to_list() for name in ("a_fam", "r_fam")}
        self.kinds = {name: features[f"{name[0]}_kind"].to_list() for name in ("a_fam", "r_fam")}
        self.strict = {
            "a_fam": (features["by_actor"] & ~features["symmetric"]).to_list(),
            "r_fam": features["by_recipient"].to_list(),
        }
        self.refused: dict[tuple[int, int], tuple[int, int]] = {}

    def find(self, row: int) -> int:
        parent = self.parent
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def cluster(self, root: int) -> _Cluster:
        found = self.size.get(root)
        if found is None:
            parties = {
                name: set(values[root]) for name, values in self.lists.items() if self.strict[name][root]
            }
            found = self.size[root] = _Cluster([root], self.low[root], self.high[root], parties)
        return found

    def try_merge(self, i: int, j: int) -> bool:
        """Merge the clusters of two rows if they may be; false where they are one already or must not be."""
        a, b = self.find(i), self.find(j)
        if a == b:
            return False
        one, other = self.cluster(a), self.cluster(b)
        key = (a, b) if a < b else (b, a)
        sizes = (len(one.members), len(other.members))
        if self.refused.get(key) == (min(sizes), max(sizes)):
            return False
        if not self._compatible(one, other) or not self._supported(a, b, one, other):
            self.refused[key] = (min(sizes), max(sizes))
            return False
        self._merge(a, b)
        return True

    def _compatible(self, one: _Cluster, other: _Cluster) -> bool:
        if min(one.high, other.high) <= max(one.low, other.low):
            return False
        for name, codes in one.parties.items():
            against = other.parties.get(name)
            if codes and against and not codes & against and not self._kinds_differ(name, one, other):
                return False
        return True

    def _kinds_differ(self, name: str, one: _Cluster, other: _Cluster) -> bool:
        """A person may stand for an organisation and the other way round."""
        kinds = self.kinds[name]
        masks = [0, 0]
        for n, cluster in enumerate((one, other)):
            for row in cluster.members:
                masks[n] |= kinds[row]
        return not masks[0] & masks[1]

    def _supported(self, a: int, b: int, one: _Cluster, other: _Cluster) -> bool:
        """Does the best pair of each two documents speak for the merger on average, and more than one where many do?"""
        small, root = (one, b) if len(one.members) <= len(other.members) else (other, a)
        best: dict[tuple[int, int], float] = {}
        for row in small.members:
            doc = self.doc[row]
            for neighbour, score, inside in self.graph.around(row):
                if self.find(neighbour) != root:
                    continue
                if score <= FORBIDDEN:
                    return False
                against = self.doc[neighbour]
                if inside and score < _VETO:
                    return False
                # Inside a document every pair counts, across documents the best one.
                key = (-1 - row, neighbour) if inside else (doc, against)
                if score > best.get(key, FORBIDDEN):
                    best[key] = score
        scores = [max(-_CLIP, min(_CLIP, score)) for score in best.values()]
        if round(sum(scores), 4) < 0:
            return False
        docs = [len({self.doc[row] for row in cluster.members}) for cluster in (one, other)]
        return min(docs) < 2 or sum(score > THRESHOLD for score in scores) >= 2

    def _merge(self, a: int, b: int) -> None:
        one, other = self.size[a], self.size[b]
        if len(one.members) < len(other.members):
            a, b, one, other = b, a, other, one
        self.parent[b] = a
        one.members.extend(other.members)
        one.low, one.high = max(one.low, other.low), min(one.high, other.high)
        for name, codes in other.parties.items():
            one.parties.setdefault(name, set()).update(codes)
        del self.size[b]

    def roots(self) -> np.ndarray:
        found = np.array([self.find(row) for row in range(len(self.parent))], dtype=np.int64)
        smallest = np.full(len(found), len(found), dtype=np.int64)
        np.minimum.at(smallest, found, np.arange(len(found)))
        return smallest[found]
