"""Scores of candidate pairs: evidence for and against two mentions reporting one event, as log odds.

The weights are set by hand from the meaning of the evidence and checked on the synthetic reports and the annotated
texts; they are the same for all languages. A pair above 0 speaks for linking, below 0 against it; a contradiction
forbids. Dates, amounts and publication forbid; roles, places, themes and factuality weigh.
"""

from collections.abc import Iterator

import polars as pl

FORBIDDEN = -99.0
UNDECIDED = -0.4
_CHUNK = 400_000
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

_BASE_ACROSS = (-1.3, -2.2, -3.6)
"""Log odds of two reports of a type with the same parties being one event, for types that recur never, seldom, often."""
_BASE_INSIDE = (1.0, 0.4, -1.4)
"""The same inside one document, which mostly speaks of one such event."""
_DATE_STEPS = ((1, 3.0), (7, 2.3), (31, 1.6), (130, 1.0), (366, 0.7))
"""Worth of overlapping dates by the length in days of the longer one."""
_GAPS = (
    ((60, 0.2), (10**6, 0.0)),
    ((14, 1.0), (60, 0.5), (250, 0.0), (1000, -0.4), (10**6, -0.8)),
    ((3, 1.0), (14, 0.5), (45, -0.5), (10**6, -2.5)),
)
"""Worth of the days between an event and its undated report, or two undated reports, by recurrence."""


_FAR_BACK = 1500
"""Code points over which a definite noun alone still refers back with certainty."""


def score_pairs(features: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Columns i, j, score (Float32) and rule (UInt16, bits of EVIDENCE) of all pairs."""
    parts = [_score(features, part) for part in pairs.iter_slices(_CHUNK)]
    if not parts:
        return pl.DataFrame(schema={"i": pl.UInt32, "j": pl.UInt32, "score": pl.Float32, "rule": pl.UInt16})
    return pl.concat(parts)


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
    frame = frame.with_columns(*_comparisons()).with_columns(*_derived())
    terms = list(_terms())
    total = pl.sum_horizontal([worth for worth, _ in terms])
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


def _common(left: str, right: str | None = None) -> pl.Expr:
    return pl.col(f"x_{left}").list.set_intersection(pl.col(f"y_{right or left}")).list.len().cast(pl.Int32)


def _size(column: str) -> pl.Expr:
    return pl.col(column).list.len().cast(pl.Int32)


def _comparisons() -> Iterator[pl.Expr]:
    """Columns of set comparisons: how many codes both mentions have."""
    for role in ("a", "r"):
        yield _common(f"{role}_ids").alias(f"{role}_share")
        yield (_common(f"{role}_part", f"{role}_fam") + _common(f"{role}_fam", f"{role}_part")).alias(
            f"{role}_soft"
        )
    for role in ("a", "r"):
        yield (_common(f"{role}_aff", f"{role}_ids") + _common(f"{role}_ids", f"{role}_aff")).alias(
            f"{role}_close"
        )
    for name in ("places", "units", "amounts", "theme", "sentence"):
        yield _common(name).alias(f"{name}_share")
        yield pl.min_horizontal(_size(f"x_{name}"), _size(f"y_{name}")).alias(f"{name}_min")


def _derived() -> Iterator[pl.Expr]:
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
            (_size(f"{side}_{role}_ids") - pl.col(f"{role}_share") - pl.col(f"{role}_soft")) > 0
            for side in "xy"
        ]
        yield (share & extra[0] & extra[1]).alias(f"{role}_mixed")


def _gap() -> pl.Expr:
    """Days between what is known of the times of two mentions of which one at least is undated; null if nothing is."""
    start = [pl.coalesce(f"{s}_ds", f"{s}_ps") for s in "xy"]
    end = [pl.coalesce(f"{s}_de", f"{s}_pe") for s in "xy"]
    known = pl.all_horizontal(time.is_not_null() for time in (*start, *end))
    return pl.when(known).then(pl.max_horizontal(start[0] - end[1], start[1] - end[0], 0))


def _overlapping() -> pl.Expr:
    return pl.col("dated") & (pl.col("overlap") > 0)


def _near_miss() -> pl.Expr:
    slack = pl.col("x_near") + pl.col("y_near")
    return pl.col("dated") & (pl.col("overlap") <= 0) & (-pl.col("overlap") < slack)


def _forbidden() -> pl.Expr:
    """Contradictions: dates, amounts of types told apart by them, asserted events after the report was published."""
    dates = pl.col("dated") & (pl.col("overlap") <= 0) & ~_near_miss()
    amounts = pl.col("x_amount_matters") & (pl.col("units_share") > 0) & (pl.col("amounts_share") == 0)
    future = [
        pl.col(f"{one}_ds").is_null()
        & (pl.col(f"{one}_fact") == 0)
        & (pl.col(f"{other}_ds") >= pl.col(f"{one}_pe"))
        for one, other in ("xy", "yx")
    ]
    return (dates | amounts | future[0] | future[1]).fill_null(False)


def _by_recurs(never: float, seldom: float, often: float | pl.Expr) -> pl.Expr:
    return (
        pl.when(pl.col("recurs") == 0).then(never).when(pl.col("recurs") == 1).then(seldom).otherwise(often)
    )


def _steps(value: pl.Expr, steps: tuple[tuple[int, float], ...], beyond: float) -> pl.Expr:
    worth: pl.Expr = pl.lit(beyond)
    for limit, points in reversed(steps):
        worth = pl.when(value <= limit).then(points).otherwise(worth)
    return worth


def _terms() -> Iterator[tuple[pl.Expr, str]]:
    """The worth of each kind of evidence, with its name."""
    inside = pl.col("inside")
    yield pl.when(inside).then(_by_recurs(*_BASE_INSIDE)).otherwise(_by_recurs(*_BASE_ACROSS)), "base"
    yield _kin_term(), "kin"
    for role, by in (("a", "by_actor"), ("r", "by_recipient")):
        yield _role_term(role, by), role
    both = pl.col("a_same") & (pl.col("r_same") | (pl.col("x_symmetric") & (pl.col("a_share") > 1)))
    yield pl.when(both).then(pl.when(inside).then(0.3).otherwise(0.6)).otherwise(0.0), "both"
    common = ("a_share", "a_soft", "a_close", "r_share", "r_soft", "r_close")
    nobody = pl.all_horizontal(pl.col(c) == 0 for c in common) & ~_bare()
    nobody = nobody & ~(inside & (pl.col("theme_share") > 0))
    shared_place = pl.col("x_place_matters") & (pl.col("places_share") > 0)
    # Floods and strikes have no named parties; a death or a resignation without them may be anybody's.
    unnamed = pl.when(pl.col("x_place_matters")).then(-0.6).otherwise(_by_recurs(-1.8, -1.2, -1.2))
    cost = pl.when(inside).then(unnamed).otherwise(-2.0)
    yield pl.when(nobody & ~shared_place).then(cost).otherwise(0.0), "nobody"
    yield _date_term(), "date"
    yield _amount_term(), "amount"
    yield _place_term(), "place"
    yield _theme_term(), "theme"
    yield _factuality_term(), "factuality"
    yield _again_term(), "again"
    yield _anaphora_term(), "anaphora"


def _kin_term() -> pl.Expr:
    """Two types name one event rarely: side by side, or on the same date."""
    half_dated = (pl.col("x_ds").is_not_null() != pl.col("y_ds").is_not_null()) & ~_anaphoric()
    beside = ((pl.col("distance") < 500) & ~half_dated) | (
        _overlapping() & (pl.col("longer") <= 31)
    ).fill_null(False)
    return (
        pl.when(pl.col("x_type_code") == pl.col("y_type_code"))
        .then(0.0)
        .when(pl.col("inside"))
        .then(pl.when(beside).then(-0.6).otherwise(-1.6))
        .otherwise(-2.0)
    )


def _again_term() -> pl.Expr:
    """« relancé », « une nouvelle plainte »: not the one told of before, unless the dates agree."""
    differ = pl.col("x_again") != pl.col("y_again")
    agree = (_overlapping() & (pl.col("longer") <= 31)).fill_null(False)
    later = pl.when(pl.col("x_pos") > pl.col("y_pos")).then("x_again").otherwise("y_again")
    cost = pl.when(pl.col("inside") & later).then(-2.5).otherwise(-1.5)
    opposed = (pl.col("x_first") & pl.col("y_again")) | (pl.col("x_again") & pl.col("y_first"))
    return pl.when(opposed).then(-3.0).when(differ & ~agree).then(cost).otherwise(0.0)


def _role_term(role: str, by: str) -> pl.Expr:
    inside, matters = pl.col("inside"), pl.col(f"x_{by}")
    same, share = pl.col(f"{role}_same"), pl.col(f"{role}_share") > 0
    shared = pl.when(inside).then(0.8).when(share).then(1.6).otherwise(1.1)
    # Where one role makes the event, its entity tells more.
    alone = matters & ~(pl.col("x_by_actor") & pl.col("x_by_recipient"))
    shared = shared + pl.when(alone & ~inside).then(0.4).otherwise(0.0)
    shared = shared + pl.when(pl.col(f"{role}_mixed")).then(
        pl.when(pl.col("x_symmetric")).then(-4.0).otherwise(-0.5)
    ).otherwise(0.0)
    # Somebody known to stand for others hardly stands for this one.
    elsewhere = (_size(f"x_{role}_aff") > 0) | (_size(f"y_{role}_aff") > 0)
    unknown = (pl.col(f"x_{role}_kind") == 0) | (pl.col(f"y_{role}_kind") == 0)
    differ = (
        pl.when(pl.col(f"{role}_close") > 0)
        .then(pl.when(inside | (pl.col("recurs") == 2)).then(0.3).otherwise(0.7))
        .when(unknown)
        .then(pl.when(matters).then(-1.5).otherwise(-0.5))
        .when(pl.col(f"{role}_kinds_differ") & elsewhere)
        .then(pl.when(matters).then(-2.0).otherwise(-0.5))
        .when(pl.col(f"{role}_kinds_differ"))
        .then(pl.when(matters).then(-0.8).otherwise(-0.3))
        .otherwise(pl.when(matters).then(-3.5).otherwise(-0.8))
    )
    one_only = (pl.col(f"x_{role}_known") > 0) != (pl.col(f"y_{role}_known") > 0)
    at_once = (pl.col("gap") <= 14).fill_null(False)
    unsaid = pl.when(alone & one_only & ~_anaphoric()).then(-0.4).otherwise(0.0)
    # Common nouns (« un octogénaire », « l'automobiliste ») are a weak hint of two parties.
    named = (pl.col(f"x_{role}_known") > 0) & (pl.col(f"y_{role}_known") > 0)
    nouns = (_size(f"x_{role}_ids") > 0) & (_size(f"y_{role}_ids") > 0) & ~named & matters
    missing = (
        pl.when(nouns)
        .then(-0.5)
        .when(inside)
        .then(unsaid)
        .when(~matters)
        .then(0.0)
        .when(one_only & ~at_once)
        .then(-0.6)
        .otherwise(-0.2)
    )
    if role == "r":
        missing = pl.when(pl.col("x_symmetric")).then(0.0).otherwise(missing)
    return pl.when(same).then(shared).when(pl.col(f"{role}_differ")).then(differ).otherwise(missing)


def _date_term() -> pl.Expr:
    worth = _steps(pl.col("longer"), _DATE_STEPS, 0.3)
    worth = pl.when((pl.col("recurs") == 2) & (pl.col("longer") > 31)).then(0.3).otherwise(worth)
    # Many things are said on one day.
    worth = pl.when(pl.col("recurs") == 2).then(pl.min_horizontal(worth, 2.2)).otherwise(worth)
    # Inside a document two equal dates are mostly one date said twice, however coarse.
    alike = pl.col("inside") & (pl.col("x_ds") == pl.col("y_ds")) & (pl.col("x_de") == pl.col("y_de"))
    worth = pl.when(alike).then(pl.max_horizontal(worth, 0.8)).otherwise(worth)
    gaps = (
        pl.when(pl.col("recurs") == 0)
        .then(_steps(pl.col("gap"), _GAPS[0], 0.0))
        .when(pl.col("recurs") == 1)
        .then(_steps(pl.col("gap"), _GAPS[1], 0.0))
        .otherwise(_steps(pl.col("gap"), _GAPS[2], 0.0))
    )
    # Reports that agree in what they are about may look back on it from far.
    recalled = (pl.col("theme_share") >= 2) & (pl.col("theme_share") >= 0.6 * pl.col("theme_min"))
    gaps = pl.when(recalled).then(pl.max_horizontal(gaps, -1.0)).otherwise(gaps)
    # News tell of today: what is not dated is hardly what is dated far back in another paragraph.
    dated_one = pl.col("x_ds").is_not_null() != pl.col("y_ds").is_not_null()
    long_ago = (
        pl.col("x_ps") - pl.max_horizontal(pl.coalesce("x_de", "y_de"), pl.coalesce("y_de", "x_de")) > 60
    )
    aside = (dated_one & long_ago & (pl.col("distance") > 500) & ~_anaphoric()).fill_null(False)
    here = pl.when(aside).then(_by_recurs(0.0, 0.0, -1.0)).otherwise(0.0)
    undated = pl.when(pl.col("inside")).then(here).when(pl.col("gap").is_null()).then(0.0).otherwise(gaps)
    near = _by_recurs(-0.3, -0.3, -1.5)
    return (
        pl.when(_overlapping())
        .then(worth)
        .when(_near_miss())
        .then(near)
        .when(pl.col("dated"))
        .then(0.0)
        .otherwise(undated)
    )


def _amount_term() -> pl.Expr:
    both = pl.col("units_share") > 0
    return pl.when(both & (pl.col("amounts_share") > 0)).then(1.5).when(both).then(-0.5).otherwise(0.0)


def _place_term() -> pl.Expr:
    matters = pl.col("x_place_matters")
    shared = pl.when(matters).then(1.2).otherwise(0.4)
    differ = pl.when(matters).then(-2.5).otherwise(-0.6)
    return (
        pl.when(pl.col("places_share") > 0)
        .then(shared)
        .when(pl.col("places_min") > 0)
        .then(differ)
        .otherwise(0.0)
    )


def _theme_term() -> pl.Expr:
    def agreement(name: str) -> pl.Expr:
        share = pl.col(f"{name}_share")
        ratio = share / pl.col(f"{name}_min").clip(lower_bound=1)
        return (
            pl.when(share >= 2)
            .then(0.4 + 0.6 * ratio + 0.15 * (share - 2).clip(upper_bound=3))
            .when(share == 1)
            .then(0.2 + 0.4 * ratio)
            .otherwise(0.0)
        )

    # Two verbs of saying with nothing in common are two sayings, also where a noun (« ses critiques ») may mean both.
    neither = ~pl.col("x_definite") & ~pl.col("y_definite") & ~_overlapping().fill_null(False)
    # One word is a poor theme.
    poor = pl.when(pl.col("theme_min") > 1).then(1.0).otherwise(0.6)
    themed = (
        pl.when(pl.col("theme_share") > 0)
        .then(agreement("theme") * _by_recurs(0.6, 1.2, 2.6))
        .when(pl.col("inside") & _anaphoric())
        .then(-0.3)
        .when(pl.col("inside"))
        .then(poor * _by_recurs(-0.1, -0.3, pl.when(neither).then(-1.6).otherwise(-0.8)))
        .otherwise(poor * _by_recurs(-0.2, -0.4, -1.2))
    )
    spoken = (
        pl.when(pl.col("sentence_share") > 0)
        .then(agreement("sentence") * _by_recurs(0.3, 0.5, 1.3))
        .otherwise(_by_recurs(0.0, -0.1, -0.4))
    )
    return (
        pl.when(pl.col("theme_min") > 0)
        .then(themed)
        .when(pl.col("sentence_min") > 0)
        .then(spoken)
        .otherwise(0.0)
    )


def _factuality_term() -> pl.Expr:
    """Asserted and planned (or negated) reports are one event where their dates say so; else that costs."""
    x, y = pl.col("x_fact"), pl.col("y_fact")
    differ = x != y
    certain = (x == 0) | (y == 0)
    possible, negated = (x == 3) | (y == 3), (x == 1) | (y == 1)
    confirmed = (_overlapping() & (pl.col("longer") <= 31)).fill_null(False)
    return (
        pl.when(~differ)
        .then(0.0)
        .when(confirmed | possible | ~certain)
        .then(-0.3)
        .when((pl.col("recurs") == 0) & ~negated)
        .then(-0.8)
        .when(negated)
        .then(pl.when(pl.col("inside")).then(-2.0).otherwise(-1.5))
        .otherwise(-2.2)
    )


def _anaphoric() -> pl.Expr:
    """The later mention has a definite determiner and names no more parties than the earlier one."""
    return pl.col("later_definite") & (pl.col("later_parties") <= pl.col("earlier_parties"))


def _bare() -> pl.Expr:
    """The later mention has a definite determiner and names no party, no theme of its own: it can only refer back."""
    near = (pl.col("distance") < _FAR_BACK) | (pl.col("x_peers") == 2)
    about = (pl.col("theme_min") > 0) & (pl.col("theme_share") == 0)
    return pl.col("inside") & pl.col("later_definite") & (pl.col("later_parties") == 0) & ~about & near


def _anaphora_term() -> pl.Expr:
    """« la plainte » after « a porté plainte »; two triggers side by side are rather two events."""
    distance = pl.col("distance")
    near = 0.6 * (-distance / 500).exp() - 0.1
    close = pl.when(distance < 60).then(-0.6).when(distance > 3000).then(-0.3).otherwise(near)
    definite = (
        pl.when(_bare())
        .then(_by_recurs(0.8, 0.8, 2.0))
        .when(_anaphoric())
        .then(_by_recurs(0.8, 0.8, 1.2))
        .otherwise(0.0)
    )
    # A mention without parties refers back, not forward to a fuller one far away.
    forward = (pl.col("earlier_parties") == 0) & (pl.col("later_parties") > 0) & (distance > 400)
    return (
        pl.when(pl.col("inside"))
        .then(close + definite + pl.when(forward).then(-1.0).otherwise(0.0))
        .otherwise(0.0)
    )


def _shown() -> dict[str, pl.Expr]:
    """When each kind of evidence counts as a reason of the link."""
    undated = ~pl.col("dated") & ~pl.col("inside") & (pl.col("gap") <= 14).fill_null(False)
    return {
        "actor": pl.col("a_same"),
        "recipient": pl.col("r_same"),
        "date": _overlapping().fill_null(False),
        "amount": pl.col("amounts_share") > 0,
        "place": pl.col("places_share") > 0,
        "theme": pl.col("theme_share") > 0,
        "sentence": (pl.col("theme_min") == 0) & (pl.col("sentence_share") > 1),
        "anaphora": (pl.col("inside") & _anaphoric()).fill_null(False),
        "partial_name": ((pl.col("a_share") == 0) & (pl.col("a_soft") > 0))
        | ((pl.col("r_share") == 0) & (pl.col("r_soft") > 0)),
        "kin_type": pl.col("x_type_code") != pl.col("y_type_code"),
        "time": undated,
    }
