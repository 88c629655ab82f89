"""The weights: what each kind of evidence is worth, in log odds, for two mentions reporting one event.

The weights are set by hand from the meaning of the evidence and checked on the synthetic reports and the annotated
texts; they are the same for all languages.
"""

from collections.abc import Iterator

import polars as pl

from .comparing import anaphoric, bare, by_recurs, near_miss, overlapping, size, steps
from .reference import again_term, anaphora_term, headline_term, story_term, word_term

_BASE_ACROSS = (-1.3, -2.2, -3.7)
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

_ONCE = 0.8
"""Worth of the party to whom a type happens only once in the world (founded, dead), beyond that of a party."""
_KIN = (0.0, -0.6, -1.2, -1.6)
"""Cost of two types of one kin: of one actor on one date, on one date, side by side, elsewhere."""
_NOUNS = (-1.0, -0.5)
"""Cost of a common noun beside another one, and beside a name."""
_LONG_AGO = 31
"""Days after which a text looks back on an event."""
_BACK = (0.0, -1.5, -2.5)
"""Cost of an undated mention above one that is dated long ago, by recurrence."""
_BESIDE = (0.5, 0.5, 0.2)
"""Worth, across documents, of a party that a mention leaves unsaid and its sentence names, by recurrence."""


def terms() -> Iterator[tuple[pl.Expr, str]]:
    """The worth of each kind of evidence, with its name."""
    inside = pl.col("inside")
    yield pl.when(inside).then(by_recurs(*_BASE_INSIDE)).otherwise(by_recurs(*_BASE_ACROSS)), "base"
    yield _kin_term(), "kin"
    for role, by in (("a", "by_actor"), ("r", "by_recipient")):
        yield _role_term(role, by), role
    both = pl.col("a_same") & (pl.col("r_same") | (pl.col("x_symmetric") & (pl.col("a_share") > 1)))
    yield pl.when(both).then(pl.when(inside).then(0.3).otherwise(0.6)).otherwise(0.0), "both"
    common = ("a_share", "a_soft", "a_close", "r_share", "r_soft", "r_close")
    nobody = pl.all_horizontal(pl.col(c) == 0 for c in common) & ~bare()
    nobody = nobody & ~(inside & (pl.col("theme_share") > 0))
    shared_place = pl.col("x_place_matters") & (pl.col("places_share") > 0)
    # Floods have no named parties; a death or a resignation without them may be anybody's.
    unnamed = (
        pl.when(pl.col("x_nameless"))
        .then(0.0)
        .when(pl.col("x_place_matters"))
        .then(-0.6)
        .otherwise(by_recurs(-1.8, -1.2, -1.2))
    )
    cost = pl.when(inside).then(unnamed).otherwise(-2.0)
    yield pl.when(nobody & ~shared_place).then(cost).otherwise(0.0), "nobody"
    yield _date_term(), "date"
    yield _amount_term(), "amount"
    yield _place_term(), "place"
    yield _theme_term(), "theme"
    yield _factuality_term(), "factuality"
    yield again_term(), "again"
    yield anaphora_term(), "anaphora"
    yield headline_term(), "headline"
    yield word_term(), "word"
    yield story_term(), "story"


def _kin_term() -> pl.Expr:
    """Two types name one event rarely: of one actor on one date, or side by side."""
    half_dated = (pl.col("x_ds").is_not_null() != pl.col("y_ds").is_not_null()) & ~anaphoric()
    beside = (pl.col("distance") < 500) & ~half_dated
    one_day = (overlapping() & (pl.col("longer") <= 31)).fill_null(False) | (pl.col("inside") & _same_dates())
    return (
        pl.when(pl.col("x_type_code") == pl.col("y_type_code"))
        .then(0.0)
        .when(pl.col("inside"))
        .then(
            pl.when(one_day & pl.col("a_same"))
            .then(_KIN[0])
            .when(one_day)
            .then(_KIN[1])
            .when(beside)
            .then(_KIN[2])
            .otherwise(_KIN[3])
        )
        .otherwise(_KIN[3])
    )


def _role_term(role: str, by: str) -> pl.Expr:
    inside, matters = pl.col("inside"), pl.col(f"x_{by}")
    same, share = pl.col(f"{role}_same"), pl.col(f"{role}_share") > 0
    shared = pl.when(inside).then(0.8).when(share).then(1.6).otherwise(1.1)
    # Where one role makes the event, its entity tells more.
    alone = matters & ~(pl.col("x_by_actor") & pl.col("x_by_recipient"))
    shared = shared + pl.when(alone & ~inside).then(0.4).otherwise(0.0)
    # One is founded once and dies once, whoever is said to have done it.
    once = alone & share & (pl.col("recurs") == 0)
    shared = shared + pl.when(once).then(_ONCE).otherwise(0.0)
    shared = shared + pl.when(pl.col(f"{role}_mixed")).then(
        pl.when(pl.col("x_symmetric")).then(-4.0).otherwise(-0.5)
    ).otherwise(0.0)
    # Somebody known to stand for others hardly stands for this one.
    elsewhere = (size(f"x_{role}_aff") > 0) | (size(f"y_{role}_aff") > 0)
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
    unsaid = pl.when(alone & one_only & ~anaphoric()).then(-0.4).otherwise(0.0)
    # Common nouns (« un octogénaire », « l'automobiliste ») are a weak hint of two parties.
    named = (pl.col(f"x_{role}_known") > 0) & (pl.col(f"y_{role}_known") > 0)
    nouns = (size(f"x_{role}_ids") > 0) & (size(f"y_{role}_ids") > 0) & ~named & matters
    nobody = (pl.col(f"x_{role}_known") == 0) & (pl.col(f"y_{role}_known") == 0)
    missing = (
        pl.when(nouns)
        .then(pl.when(nobody).then(_NOUNS[0]).otherwise(_NOUNS[1]))
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
    # Who is not named at the trigger is mostly somebody at hand: such a gap is not held against a pair.
    missing = (
        pl.when(matters & ~inside & pl.col(f"{role}_beside"))
        .then(by_recurs(*_BESIDE))
        .when(matters & (pl.col(f"{role}_beside") | pl.col(f"{role}_about")))
        .then(0.0)
        .otherwise(missing)
    )
    return pl.when(same).then(shared).when(pl.col(f"{role}_differ")).then(differ).otherwise(missing)


def _date_term() -> pl.Expr:
    worth = steps(pl.col("longer"), _DATE_STEPS, 0.3)
    worth = pl.when((pl.col("recurs") == 2) & (pl.col("longer") > 31)).then(0.3).otherwise(worth)
    # Many things are said on one day.
    worth = pl.when(pl.col("recurs") == 2).then(pl.min_horizontal(worth, 2.2)).otherwise(worth)
    # Inside a document two equal dates are mostly one date said twice, however coarse.
    alike = pl.col("inside") & _same_dates()
    worth = pl.when(alike).then(pl.max_horizontal(worth, 0.8)).otherwise(worth)
    gaps = (
        pl.when(pl.col("recurs") == 0)
        .then(steps(pl.col("gap"), _GAPS[0], 0.0))
        .when(pl.col("recurs") == 1)
        .then(steps(pl.col("gap"), _GAPS[1], 0.0))
        .otherwise(steps(pl.col("gap"), _GAPS[2], 0.0))
    )
    # Reports that agree in what they are about may look back on it from far.
    recalled = (pl.col("theme_share") >= 2) & (pl.col("theme_share") >= 0.6 * pl.col("theme_min"))
    gaps = pl.when(recalled).then(pl.max_horizontal(gaps, -1.0)).otherwise(gaps)
    # News tell of today before they look back: what comes without a date is not what is dated long ago below, and
    # hardly what is dated long ago far above.
    later_dated = pl.when(pl.col("x_pos") > pl.col("y_pos")).then("x_ds").otherwise("y_ds").is_not_null()
    half = pl.col("x_ds").is_not_null() != pl.col("y_ds").is_not_null()
    long_ago = half & ~anaphoric() & (pl.col("x_ps") - pl.coalesce("x_de", "y_de") > _LONG_AGO)
    here = (
        pl.when((long_ago & later_dated).fill_null(False))
        .then(by_recurs(*_BACK))
        .when((long_ago & (pl.col("distance") > 500)).fill_null(False))
        .then(by_recurs(0.0, 0.0, -1.0))
        .otherwise(0.0)
    )
    undated = pl.when(pl.col("inside")).then(here).when(pl.col("gap").is_null()).then(0.0).otherwise(gaps)
    near = by_recurs(-0.3, -0.3, -1.5)
    return (
        pl.when(overlapping())
        .then(worth)
        .when(near_miss())
        .then(near)
        .when(pl.col("dated"))
        .then(0.0)
        .otherwise(undated)
    )


def _same_dates() -> pl.Expr:
    return ((pl.col("x_ds") == pl.col("y_ds")) & (pl.col("x_de") == pl.col("y_de"))).fill_null(False)


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
    neither = ~pl.col("x_definite") & ~pl.col("y_definite") & ~overlapping().fill_null(False)
    # One word is a poor theme.
    poor = pl.when(pl.col("theme_min") > 1).then(1.0).otherwise(0.6)
    themed = (
        pl.when(pl.col("theme_share") > 0)
        .then(agreement("theme") * by_recurs(0.6, 1.2, 2.6))
        .when(pl.col("inside") & anaphoric())
        .then(-0.3)
        .when(pl.col("inside"))
        .then(poor * by_recurs(-0.1, -0.3, pl.when(neither).then(-1.6).otherwise(-0.8)))
        .otherwise(poor * by_recurs(-0.2, -0.4, -1.2))
    )
    # Two mentions of one sentence share its words, whatever they tell.
    spoken = (
        pl.when(pl.col("inside") & (pl.col("x_line") == pl.col("y_line")))
        .then(0.0)
        .when(pl.col("sentence_share") > 0)
        .then(agreement("sentence") * by_recurs(0.3, 0.5, 1.3))
        .otherwise(by_recurs(0.0, -0.1, -0.4))
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
    confirmed = (overlapping() & (pl.col("longer") <= 31)).fill_null(False)
    unsure = pl.when(pl.col("inside")).then(-0.7).otherwise(-0.3)
    return (
        pl.when(~differ)
        .then(0.0)
        .when(confirmed)
        .then(-0.3)
        .when(possible | ~certain)
        .then(unsure)
        .when((pl.col("recurs") == 0) & ~negated)
        .then(-0.8)
        .when(negated)
        .then(pl.when(pl.col("inside")).then(-2.0).otherwise(-1.5))
        .otherwise(pl.when(pl.col("inside")).then(-2.5).otherwise(-2.2))
    )
