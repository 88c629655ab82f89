"""Candidate pairs: mentions that share a document, participants, or place and time, and whose types may be one event.

In every block mentions are sorted by time and paired with their nearest followers, so that the number of
pairs grows with the number of mentions and not with its square.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

WINDOW = 24
"""Followers with which a mention of the same two parties, or of the same document, is paired."""
_NARROW = 10
"""The same for mentions that share one party or a place only."""
_NO_TIME = 2**30


def document_pairs(features: pl.DataFrame) -> pl.DataFrame:
    """Pairs inside documents, as columns i < j (UInt32), sorted."""
    return _unpack([_window(_keyed(features, "document", ["kin_code", "doc"], time=pl.col("pos")), WINDOW)])


def report_pairs(features: pl.DataFrame) -> pl.DataFrame:
    """Pairs across documents, as columns i < j (UInt32), sorted."""
    pairs = _unpack([_distinct(_window(keys, size)) for keys, size in _blocks(features)])
    doc = features["doc"]
    return pairs.filter(doc[pairs["i"]] != doc[pairs["j"]])


def _unpack(packed: list[np.ndarray]) -> pl.DataFrame:
    codes = _distinct(np.concatenate(packed))
    low, high = (codes >> np.uint64(32)).astype(np.uint32), (codes & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    return pl.DataFrame({"i": low, "j": high})


def _distinct(codes: np.ndarray) -> np.ndarray:
    """Sorted distinct values; sorting beats hashing on millions of codes."""
    ordered = np.sort(codes)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def _blocks(features: pl.DataFrame) -> Iterator[tuple[pl.DataFrame, int]]:
    """Frames of block, time and i, and their window: the rows of each kind of block across documents, one kind at a time."""
    f = features.with_columns(time=_anchor())
    actors = f.explode("a_fam", empty_as_null=True)
    both = actors.filter(pl.col("a_fam").is_not_null()).explode("r_fam", empty_as_null=True)
    yield (
        _keyed(both.filter(pl.col("r_fam").is_not_null()), "parties", ["kin_code", "a_fam", "r_fam"]),
        WINDOW,
    )
    yield _keyed(actors.filter(pl.col("a_fam").is_not_null()), "actor", ["type_code", "a_fam"]), _NARROW
    del actors, both
    recipients = f.explode("r_fam", empty_as_null=True).filter(pl.col("r_fam").is_not_null())
    yield _keyed(recipients, "recipient", ["type_code", "r_fam"]), _NARROW
    placed = f.explode("places", empty_as_null=True).filter(
        pl.col("places").is_not_null() & (pl.col("place_matters") | _nobody())
    )
    yield _keyed(placed, "place", ["type_code", "places"]), _NARROW
    themed = (
        f.filter(_nobody(), pl.col("ds").is_not_null(), ~pl.col("coarse"))
        .explode("theme", empty_as_null=True)
        .filter(pl.col("theme").is_not_null())
    )
    yield _keyed(themed, "theme", ["type_code", "ds", "theme"]), _NARROW


def _nobody() -> pl.Expr:
    return (pl.col("a_fam").list.len() == 0) & (pl.col("r_fam").list.len() == 0)


def _anchor() -> pl.Expr:
    """The day by which a mention is sorted: that of the event where it is exact, else of the publication."""
    return pl.coalesce(pl.when(~pl.col("coarse")).then("ds"), "ps", "ds", pl.lit(_NO_TIME, pl.Int32))


def _keyed(rows: pl.DataFrame, kind: str, key: list[str], time: pl.Expr | None = None) -> pl.DataFrame:
    block = pl.struct(pl.lit(kind).alias("kind"), *key).hash(seed=5)
    when = (time if time is not None else pl.col("time")).cast(pl.Int32)
    return rows.select(block=block, time=when, i=pl.col("i")).sort("block", "time", "i")


def _window(keys: pl.DataFrame, size: int) -> np.ndarray:
    """Pairs of rows at most `size` apart in the same block, packed as i << 32 | j."""
    block, row = keys["block"].to_numpy(), keys["i"].to_numpy().astype(np.uint64)
    found: list[np.ndarray] = []
    alive = np.arange(len(row))
    for step in range(1, size + 1):
        alive = alive[alive + step < len(row)]
        alive = alive[block[alive] == block[alive + step]]
        if not len(alive):
            break
        one, other = row[alive], row[alive + step]
        low, high = np.minimum(one, other), np.maximum(one, other)
        packed = (low << np.uint64(32)) | high
        found.append(packed[low != high])
    return np.concatenate(found) if found else np.empty(0, np.uint64)
