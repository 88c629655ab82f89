"""Scores of candidate pairs: evidence for and against two mentions reporting one event, as log odds.

A pair above 0 speaks for linking, below 0 against it; a contradiction forbids. Dates, amounts and publication forbid;
roles, places, themes and factuality weigh (`evidence.py`).
"""

from collections.abc import Iterator

import polars as pl

from .comparing import anaphoric, comparisons, derived, near_miss, overlapping
from .evidence import terms

FORBIDDEN = -99.0
UNDECIDED = -0.4
_CHUNK = 400_000
"""Pairs scored at a time."""
EVIDENCE = (
    "actor",
    "recipient",
    "date",
    "amount",
    "place",
    "theme",
    "sentence",
    "anaphora",
    "partial_name",
    "kin_type",
    "time",
)
"""Names of the bits of `rule`, in order."""


def score_pairs(features: pl.DataFrame, pairs: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Columns i, j, score (Float32) and rule (UInt16, bits of EVIDENCE) of all pairs, some at a time, in their order."""
    yield from (_score(features, part) for part in pairs.iter_slices(_CHUNK))


def link_probability(score: pl.Expr) -> pl.Expr:
    """The score as a number from 0 to 1."""
    return (1 / (1 + (-score).exp())).round(4)


def rule_text(rule: pl.Expr, inside: pl.Expr) -> pl.Expr:
    """The evidence of a link in words: `document: actor+theme`, `actor+recipient+date`."""
    names = [
        pl.when((rule & pl.lit(1 << n, pl.UInt16)) != 0).then(pl.lit(name)) for n, name in enumerate(EVIDENCE)
    ]
    evidence = pl.concat_str(names, separator="+", ignore_nulls=True)
    evidence = pl.when(evidence == "").then(pl.lit("type")).otherwise(evidence)
    return pl.when(inside).then(pl.concat_str(pl.lit("document: "), evidence)).otherwise(evidence)


def _score(features: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    x = features[pairs["i"]].drop("i").rename(lambda c: f"x_{c}")
    y = features[pairs["j"]].drop("i").rename(lambda c: f"y_{c}")
    frame = pl.concat([pairs, x, y], how="horizontal").lazy()
    frame = frame.with_columns(*comparisons()).with_columns(*derived())
    worths = [worth for worth, _ in terms()]
    # Rounded: evidence that cancels out is zero, in whatever order the machine adds it up.
    total = pl.sum_horizontal(worths).round(4)
    # Who is not named cannot be somebody else: inside a document such a pair is undecided at worst.
    comparable = [(pl.col(f"x_{r}_known") > 0) & (pl.col(f"y_{r}_known") > 0) for r in ("a", "r")]
    unnamed = pl.col("inside") & ~comparable[0] & ~comparable[1]
    total = pl.when(unnamed).then(pl.max_horizontal(total, UNDECIDED)).otherwise(total)
    score = pl.when(_forbidden()).then(FORBIDDEN).otherwise(total).cast(pl.Float32)
    bits = [
        pl.when(shown).then(pl.lit(1 << EVIDENCE.index(name), pl.UInt16)).otherwise(pl.lit(0, pl.UInt16))
        for name, shown in _shown().items()
    ]
    rule = pl.fold(pl.lit(0, pl.UInt16), lambda a, b: a | b, bits)
    return frame.select("i", "j", score=score, rule=rule).collect()


def _forbidden() -> pl.Expr:
    """Contradictions: dates, amounts of types told apart by them, asserted events after the report was published."""
    dates = pl.col("dated") & (pl.col("overlap") <= 0) & ~near_miss()
    amounts = pl.col("x_amount_matters") & (pl.col("units_share") > 0) & (pl.col("amounts_share") == 0)
    future = [
        pl.col(f"{one}_ds").is_null()
        & (pl.col(f"{one}_fact") == 0)
        & (pl.col(f"{other}_ds") >= pl.col(f"{one}_pe"))
        for one, other in ("xy", "yx")
    ]
    return (dates | amounts | future[0] | future[1]).fill_null(False)


def _shown() -> dict[str, pl.Expr]:
    """When each kind of evidence counts as a reason of the link."""
    undated = ~pl.col("dated") & ~pl.col("inside") & (pl.col("gap") <= 14).fill_null(False)
    return {
        "actor": pl.col("a_same"),
        "recipient": pl.col("r_same"),
        "date": overlapping().fill_null(False),
        "amount": pl.col("amounts_share") > 0,
        "place": pl.col("places_share") > 0,
        "theme": pl.col("theme_share") > 0,
        "sentence": (pl.col("theme_min") == 0) & (pl.col("sentence_share") > 1),
        "anaphora": (pl.col("inside") & anaphoric()).fill_null(False),
        "partial_name": ((pl.col("a_share") == 0) & (pl.col("a_soft") > 0))
        | ((pl.col("r_share") == 0) & (pl.col("r_soft") > 0)),
        "kin_type": pl.col("x_type_code") != pl.col("y_type_code"),
        "time": undated,
    }
