"""Coreference measures over a set of mentions: MUC, B-cubed, CEAF-e and their mean.

Vilain et al. 1995 (MUC), Bagga and Baldwin 1998 (B-cubed), Luo 2005 (CEAF); the mean is that of the CoNLL 2011 and 2012
shared tasks.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

Clusters = list[set[int]]


@dataclass(frozen=True)
class Coreference:
    """F1 of each measure, precision and recall of B-cubed; all from 0 to 1."""

    conll: float
    muc: float
    b3: float
    b3_precision: float
    b3_recall: float
    ceaf_e: float


def coreference(gold: Sequence[str], found: Sequence[str]) -> Coreference:
    """Compare two clusterings of the same mentions, given as one cluster name per mention."""
    g, f = _clusters(gold), _clusters(found)
    muc = f1(_muc(f, g), _muc(g, f))
    precision, recall = _b_cubed(f, g), _b_cubed(g, f)
    b3, ceaf = f1(precision, recall), _ceaf_e(g, f)
    return Coreference((muc + b3 + ceaf) / 3, muc, b3, precision, recall, ceaf)


def f1(precision: float, recall: float) -> float:
    """Harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _clusters(keys: Sequence[str]) -> Clusters:
    by: dict[str, set[int]] = defaultdict(set)
    for index, key in enumerate(keys):
        by[key].add(index)
    return list(by.values())


def _muc(of: Clusters, against: Clusters) -> float:
    """Share of the links of `of` that `against` has as well; 1 where `of` has none."""
    place = {i: n for n, cluster in enumerate(against) for i in cluster}
    links = sum(len(c) - 1 for c in of)
    kept = sum(len(c) - len({place[i] for i in c}) for c in of)
    return kept / links if links else 1.0


def _b_cubed(of: Clusters, against: Clusters) -> float:
    place = {i: cluster for cluster in against for i in cluster}
    total = sum(len(c) for c in of)
    return sum(len(c & place[i]) / len(c) for c in of for i in c) / total if total else 0.0


def _ceaf_e(gold: Clusters, found: Clusters) -> float:
    """CEAF with entity similarity, aligned greedily from the most similar pair down."""
    pairs = sorted(
        (
            (2 * len(g & f) / (len(g) + len(f)), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g & f
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    total = 0.0
    for similarity, i, j in pairs:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            total += similarity
    return f1(total / len(found), total / len(gold)) if gold and found else 0.0
