"""Two mentions side by side: what they share, where they differ, as columns and expressions over pairs.

A pair is a row with the features of one mention as x_… and of the other as y_….
"""

from collections.abc import Iterator

import polars as pl

FAR_BACK = 1500
"""Code points over which a definite noun alone still refers back with certainty."""


def comparisons() -> Iterator[pl.Expr]:
    """Columns of set comparisons: how many codes both mentions have."""
    for role in ("a", "r"):
        yield common(f"{role}_ids").alias(f"{role}_share")
        yield (common(f"{role}_part", f"{role}_fam") + common(f"{role}_fam", f"{role}_part")).alias(
            f"{role}_soft"
        )
    for role in ("a", "r"):
        yield (common(f"{role}_aff", f"{role}_ids") + common(f"{role}_ids", f"{role}_aff")).alias(
            f"{role}_close"
        )
    for role in ("a", "r"):
        for near in ("beside", "about"):
            yield _at_hand(role, near).alias(f"{role}_{near}")
    for name in ("places", "units", "amounts", "theme", "sentence", "trigger"):
        yield common(name).alias(f"{name}_share")
        yield pl.min_horizontal(size(f"x_{name}"), size(f"y_{name}")).alias(f"{name}_min")
    yield (common("trigger", "sentence") + common("sentence", "trigger")).alias("echo")
    own = [f"{side}_{role}_ids" for side in "xy" for role in ("a", "r")]
    yield _without(pl.col("x_about").list.set_intersection("y_about"), own).list.len().alias("story")


def derived() -> Iterator[pl.Expr]:
    """Columns that several terms use."""
    yield (pl.col("x_doc") == pl.col("y_doc")).alias("inside")
    recurs = [pl.max_horizontal(f"x_{c}", f"y_{c}") for c in ("inside", "recurs")]
    yield pl.when(pl.col("x_doc") == pl.col("y_doc")).then(recurs[0]).otherwise(recurs[1]).alias("recurs")
    yield (pl.col("x_ds").is_not_null() & pl.col("y_ds").is_not_null()).alias("dated")
    yield (pl.min_horizontal("x_de", "y_de") - pl.max_horizontal("x_ds", "y_ds")).alias("overlap")
    yield pl.max_horizontal(pl.col("x_de") - pl.col("x_ds"), pl.col("y_de") - pl.col("y_ds")).alias("longer")
    yield _gap().alias("gap")
    later_x = pl.col("x_pos") > pl.col("y_pos")
    x, y = (pl.col(f"{side}_a_known") + pl.col(f"{side}_r_known") for side in "xy")
    yield (pl.col("x_pos") - pl.col("y_pos")).abs().alias("distance")
    yield pl.when(later_x).then("x_definite").otherwise("y_definite").alias("later_definite")
    yield pl.when(later_x).then(x).otherwise(y).alias("later_parties")
    yield pl.when(later_x).then(y).otherwise(x).alias("earlier_parties")
    for role in ("a", "r"):
        share = (pl.col(f"{role}_share") + pl.col(f"{role}_soft")) > 0
        known = (pl.col(f"x_{role}_known") > 0) & (pl.col(f"y_{role}_known") > 0)
        yield share.alias(f"{role}_same")
        yield (known & ~share).alias(f"{role}_differ")
        yield (
            (pl.col(f"x_{role}_kind") > 0)
            & (pl.col(f"y_{role}_kind") > 0)
            & ((pl.col(f"x_{role}_kind") & pl.col(f"y_{role}_kind")) == 0)
        ).alias(f"{role}_kinds_differ")
        extra = [
            (size(f"{side}_{role}_ids") - pl.col(f"{role}_share") - pl.col(f"{role}_soft")) > 0
            for side in "xy"
        ]
        yield (share & extra[0] & extra[1]).alias(f"{role}_mixed")


def _at_hand(role: str, near: str) -> pl.Expr:
    """Whether the parties that a mention leaves unsaid are at hand where it stands, and not in its other role.

    Where both leave them unsaid, they may be the same at hand of both.
    """
    other = {"a": "r", "r": "a"}[role]
    unsaid = {side: pl.col(f"{side}_{role}_known") == 0 for side in "xy"}
    around = {side: pl.col(f"{side}_{near}").list.set_difference(f"{side}_{other}_ids") for side in "xy"}
    found = [
        unsaid[x] & (pl.col(f"{y}_{role}_ids").list.set_intersection(around[x]).list.len() > 0)
        for x, y in ("xy", "yx")
    ]
    both = around["x"].list.set_intersection(around["y"]).list.set_difference(f"x_{other}_ids")
    both = both.list.set_difference(f"y_{other}_ids").list.len() > 0
    if near == "beside":
        found.append(unsaid["x"] & unsaid["y"] & both)
    return pl.any_horizontal(found)


def _without(codes: pl.Expr, columns: list[str]) -> pl.Expr:
    for column in columns:
        codes = codes.list.set_difference(column)
    return codes


def common(left: str, right: str | None = None) -> pl.Expr:
    return pl.col(f"x_{left}").list.set_intersection(pl.col(f"y_{right or left}")).list.len().cast(pl.Int32)


def size(column: str) -> pl.Expr:
    return pl.col(column).list.len().cast(pl.Int32)


def _gap() -> pl.Expr:
    """Days between what is known of the times of two mentions of which one at least is undated; null if nothing is."""
    start = [pl.coalesce(f"{s}_ds", f"{s}_ps") for s in "xy"]
    end = [pl.coalesce(f"{s}_de", f"{s}_pe") for s in "xy"]
    known = pl.all_horizontal(time.is_not_null() for time in (*start, *end))
    return pl.when(known).then(pl.max_horizontal(start[0] - end[1], start[1] - end[0], 0))


def overlapping() -> pl.Expr:
    return pl.col("dated") & (pl.col("overlap") > 0)


def near_miss() -> pl.Expr:
    slack = pl.col("x_near") + pl.col("y_near")
    return pl.col("dated") & (pl.col("overlap") <= 0) & (-pl.col("overlap") < slack)


def anaphoric() -> pl.Expr:
    """The later mention has a definite determiner and names no more parties than the earlier one."""
    return pl.col("later_definite") & (pl.col("later_parties") <= pl.col("earlier_parties"))


def bare() -> pl.Expr:
    """The later mention has a definite determiner and names no party, no theme of its own: it can only refer back."""
    near = (pl.col("distance") < FAR_BACK) | (pl.col("x_peers") == 2) | (pl.col("trigger_share") > 0)
    about = (pl.col("theme_min") > 0) & (pl.col("theme_share") == 0)
    return pl.col("inside") & pl.col("later_definite") & (pl.col("later_parties") == 0) & ~about & near


def by_recurs(never: float, seldom: float, often: float | pl.Expr) -> pl.Expr:
    return (
        pl.when(pl.col("recurs") == 0).then(never).when(pl.col("recurs") == 1).then(seldom).otherwise(often)
    )


def steps(value: pl.Expr, steps: tuple[tuple[int, float], ...], beyond: float) -> pl.Expr:
    worth: pl.Expr = pl.lit(beyond)
    for limit, points in reversed(steps):
        worth = pl.when(value <= limit).then(points).otherwise(worth)
    return worth
