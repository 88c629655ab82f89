"""Comparing and clustering a part of the mentions at a time, so that the memory it takes does not grow with their number.

Nothing that decides on a link looks beyond two borders, so the result is the same for every size of the parts:

- Mentions of types that are not of one kin are never compared: a part holds all mentions of one or several kins.
- Clusters never grow beyond what pairs above the threshold connect: a part is clustered some of these components at a
  time. A kin of any size is so cut into small pieces before the costly step.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

from .blocking import document_pairs, report_pairs
from .clustering import THRESHOLD, Clusters, agglomerate
from .collapse import collapse
from .scoring import score_pairs
from .shelves import Shelf

PART = 50_000
"""Mentions compared and clustered at a time."""
_LINKS = {
    "i": pl.UInt32,
    "j": pl.UInt32,
    "row_i": pl.UInt32,
    "row_j": pl.UInt32,
    "score": pl.Float32,
    "rule": pl.UInt16,
    "inside": pl.Boolean,
}


def kin_parts(kin: pl.Series, size: int) -> pl.Series:
    """The part in which each mention is compared: as many kins as fit into `size` mentions."""
    codes, place, counts = np.unique(kin.to_numpy(), return_inverse=True, return_counts=True)
    part = np.empty(len(codes), np.uint32)
    for number, chosen in enumerate(_filled(counts, size)):
        part[chosen] = number
    return pl.Series("kin_part", part[place])


def cluster(features: Shelf, size: int = PART) -> Iterator[tuple[pl.DataFrame, Clusters]]:
    """Features of each part of the mentions, in their order, and their clusters by the rows of this part.

    At most `size` mentions are clustered at a time unless more are connected.
    """
    for number in features.numbers():
        rows = features.take(number).sort("i")
        yield rows, _compare(rows.with_columns(i=pl.int_range(rows.height, dtype=pl.UInt32)), size)


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
    with TemporaryDirectory(prefix="corpus-etl-pairs-") as folder:
        # Few pairs stay in memory; many are written to files and read again for each piece.
        pairs = _Pairs(Path(folder) if features.height > size else None)
        for scored in _whole(score_pairs(features, document_pairs(features))):
            pairs.add(groups.inside(scored))
        for scored in score_pairs(groups.features, report_pairs(groups.features)):
            pairs.add(groups.across(scored))
        return groups.expand(_agglomerate(groups.features, pairs, size))


def _whole(frames: Iterable[pl.DataFrame]) -> list[pl.DataFrame]:
    """The frames as one; no frame where there are none."""
    every = list(frames)
    return [pl.concat(every)] if every else []


class _Pairs:
    """Scored pairs, in frames of a bounded length, in memory or in the files of a folder."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.frames: list[pl.DataFrame] = []
        self.files: list[Path] = []

    def add(self, frame: pl.DataFrame) -> None:
        if self.folder is None:
            self.frames.append(frame)
            return
        self.files.append(self.folder / f"{len(self.files)}.parquet")
        frame.write_parquet(self.files[-1], compression="lz4")

    def __iter__(self) -> Iterator[pl.DataFrame]:
        yield from self.frames
        yield from (pl.read_parquet(file) for file in self.files)


def _agglomerate(features: pl.DataFrame, pairs: _Pairs, size: int) -> Clusters:
    """The same as `agglomerate` of all rows at once, some connected components at a time."""
    roots = np.arange(features.height, dtype=np.int64)
    label = _components(features.height, pairs)
    components, sizes = np.unique(label, return_counts=True)
    several = np.flatnonzero(sizes > 1)
    links = [pl.DataFrame(schema=_LINKS)]
    for chosen in _filled(sizes[several], size):
        rows = np.flatnonzero(np.isin(label, components[several[chosen]]))
        found = agglomerate(_renumbered(features, rows), _among(rows, label, pairs))
        roots[rows] = rows[found.roots]
        links.append(_at(found.links, rows))
    return Clusters(roots, pl.concat(links))


def _among(rows: np.ndarray, label: np.ndarray, pairs: _Pairs) -> pl.DataFrame:
    """Pairs inside the components that `rows` make up, by the numbers of their rows in `rows`."""
    number = np.full(len(label), -1, dtype=np.int64)
    number[rows] = np.arange(len(rows))
    found = [pl.DataFrame(schema=_LINKS)]
    for frame in pairs:
        i, j = frame["i"].to_numpy(), frame["j"].to_numpy()
        here = np.flatnonzero((number[i] >= 0) & (label[i] == label[j]))
        ends = {c: pl.Series(number[end[here]].astype(np.uint32)) for c, end in (("i", i), ("j", j))}
        found.append(frame[here].with_columns(**ends))
    return pl.concat(found)


def _components(n: int, pairs: _Pairs) -> np.ndarray:
    """For each row the smallest row to which pairs above the threshold connect it."""
    edges = [frame.filter(pl.col("score") > THRESHOLD).select("i", "j") for frame in pairs]
    i, j = pl.concat(edges or [pl.DataFrame(schema=_LINKS).select("i", "j")]).to_numpy().T
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
