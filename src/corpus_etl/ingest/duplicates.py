"""Exact and near duplicates: word shingles, bottom-k sketches, Jaccard similarity.

Method: Broder 1997, "On the resemblance and containment of documents". A sketch keeps the `SKETCH` smallest of
the CRC-32 values of all five-word sequences; two documents that share a value are candidates, and the similarity
is estimated from the union of both sketches.
"""

import re
from itertools import combinations
from zlib import crc32

import polars as pl

SHINGLE = 5
SKETCH = 128
NEAR = 0.6
"""Similarity from which two documents count as near duplicates."""
_MIN_WORDS = 30
_MAX_SHARING = 50
"""A value that more documents share is boilerplate, not evidence of copying."""
_WORD = re.compile(r"\w+")


def sketch(text: str) -> list[int]:
    """The smallest shingle values of `text`, ascending; of short texts, the value of the whole."""
    words = _WORD.findall(text.lower())
    if len(words) < _MIN_WORDS:
        return [crc32(" ".join(words).encode())]
    values = {crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1)}
    return sorted(values)[:SKETCH]


def find_duplicates(documents: pl.DataFrame, threshold: float = NEAR) -> pl.DataFrame:
    """For each duplicate the kept copy: columns doc_id, duplicate_of, duplicate_similarity (0 to 1).

    `documents` has doc_id, source_sha256, published_start and sketch. Of similar documents the one published
    first is kept (undated ones last), then the smaller doc_id. A kept copy is never itself a duplicate.
    """
    ranked = documents.sort("published_start", "doc_id", nulls_last=True).with_row_index("rank")
    pairs = _candidates(ranked)
    sketches = dict(zip(ranked["rank"], ranked["sketch"].to_list(), strict=True))
    hashes = dict(zip(ranked["rank"], ranked["source_sha256"], strict=True))
    ids = ranked["doc_id"].to_list()
    kept: dict[int, tuple[int, float]] = {}
    for first, second in pairs:
        if first in kept or second in kept:
            continue
        same = hashes[first] == hashes[second]
        similarity = 1.0 if same else _similarity(sketches[first], sketches[second])
        if similarity >= threshold:
            kept[second] = (first, round(similarity, 4))
    rows = [(ids[copy], ids[original], value) for copy, (original, value) in sorted(kept.items())]
    schema = {"doc_id": pl.String, "duplicate_of": pl.String, "duplicate_similarity": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _candidates(ranked: pl.DataFrame) -> list[tuple[int, int]]:
    """Pairs of ranks that share at least one sketch value, in order."""
    shared = (
        ranked.select("rank", pl.col("sketch").list.head(SKETCH // 4))
        .explode("sketch")
        .group_by("sketch")
        .agg(pl.col("rank").unique().sort())
        .filter(pl.col("rank").list.len().is_between(2, _MAX_SHARING))
    )
    pairs = {pair for ranks in shared["rank"].to_list() for pair in combinations(ranks, 2)}
    copies = ranked.group_by("source_sha256").agg(pl.col("rank").sort()).filter(pl.col("rank").list.len() > 1)
    pairs |= {(ranks[0], other) for ranks in copies["rank"].to_list() for other in ranks[1:]}
    return sorted(pairs)


def _similarity(a: list[int], b: list[int]) -> float:
    """Jaccard similarity of two shingle sets, estimated from their bottom-k sketches."""
    size = min(max(len(a), len(b)), SKETCH)
    union = sorted(set(a) | set(b))[:size]
    both = set(a) & set(b)
    return sum(value in both for value in union) / len(union)
