"""How a text takes up an event that it, or another text of the same story, has told before: headline, the same word, a noun
that refers back, words of repetition and of sequence.

Each term is worth log odds, as those of `evidence.py`.
"""

import polars as pl

from .comparing import anaphoric, bare, by_recurs, overlapping

_HEADLINE = 1.8
"""Worth of one mention standing in the headline and the other being the next of its type."""
_HEADWORD = 1.5
"""What it is worth more where both have the same word."""
_BELOW = 1200
"""Code points within which the text comes to what its headline tells."""
_SAME_WORD = (0.8, 0.8, 0.4)
"""Worth, inside a document, of the same word for both, by recurrence."""
_TWO_VERBS = -0.3
"""Worth, in one sentence, of two verbs that refer to nothing told before."""
_SEQUEL = -3.0
"""Cost, in one sentence, of a word before the second trigger by which one thing follows another (« puis »)."""
_TAKEN_UP = -0.5
"""Cost of a noun that only refers back (« la plainte ») to what was told as a further one."""
_STORY = (0.25, 0.3, 0.0)
"""Worth of two documents being about two further parties, by recurrence; about one: _STORY_ONE."""
_STORY_ONE = (0.1, 0.1, 0.0)
_ECHO = (0.15, 0.25, 0.15)
"""Worth, across documents, of a trigger that the other mention's trigger or sentence has as well."""
_KNOWN = (0.1, 0.15, 0.0)
"""Worth, across documents, of a determiner by which one of them takes the event for known."""


def again_term() -> pl.Expr:
    """« relancé », « une nouvelle plainte »: not the one told of before, unless the dates agree."""
    differ = pl.col("x_again") != pl.col("y_again")
    agree = (overlapping() & (pl.col("longer") <= 31)).fill_null(False)
    later = pl.when(pl.col("x_pos") > pl.col("y_pos")).then("x_again").otherwise("y_again")
    cost = pl.when(pl.col("inside") & later).then(-2.5).when(bare()).then(_TAKEN_UP).otherwise(-1.5)
    opposed = (pl.col("x_first") & pl.col("y_again")) | (pl.col("x_again") & pl.col("y_first"))
    opposed = opposed & (pl.col("x_first") != pl.col("y_first"))
    return pl.when(opposed).then(-3.0).when(differ & ~agree).then(cost).otherwise(0.0)


def anaphora_term() -> pl.Expr:
    """« la plainte » after « a porté plainte »; two triggers side by side are rather two events."""
    distance = pl.col("distance")
    near = 0.6 * (-distance / 500).exp() - 0.1
    close = pl.when(distance < 60).then(-0.6).when(distance > 3000).then(-0.3).otherwise(near)
    definite = (
        pl.when(bare())
        .then(by_recurs(0.8, 0.8, 2.0))
        .when(anaphoric())
        .then(by_recurs(0.8, 0.8, 1.2))
        .otherwise(0.0)
    )
    # A mention without parties refers back, not forward to a fuller one far away.
    forward = (pl.col("earlier_parties") == 0) & (pl.col("later_parties") > 0) & (distance > 400)
    return (
        pl.when(pl.col("inside"))
        .then(close + definite + pl.when(forward).then(-1.0).otherwise(0.0))
        .otherwise(0.0)
    )


def headline_term() -> pl.Expr:
    """A headline tells what the first lines tell: the next mention of its type is mostly the same event."""
    told = (pl.col("x_headline") & pl.col("y_lead")) | (pl.col("x_lead") & pl.col("y_headline"))
    one = pl.col("inside") & (pl.col("x_type_code") == pl.col("y_type_code"))
    near = pl.col("distance") < _BELOW
    same = pl.when(pl.col("trigger_share") > 0).then(_HEADWORD).otherwise(0.0)
    return (
        pl.when(told & one & near & ~pl.col("a_differ") & ~pl.col("r_differ"))
        .then(_HEADLINE + same)
        .otherwise(0.0)
    )


def word_term() -> pl.Expr:
    """Inside a document one word tells of one event again (of none, what was denied); two verbs of one sentence rather
    tell of two."""
    one = pl.col("inside") & (pl.col("x_type_code") == pl.col("y_type_code"))
    alike = pl.col("trigger_share") > 0
    sequel = pl.when(pl.col("x_pos") > pl.col("y_pos")).then("x_then").otherwise("y_then")
    denied = (pl.col("x_fact") == 1) != (pl.col("y_fact") == 1)
    verbs = ~pl.col("x_definite") & ~pl.col("y_definite") & (pl.col("x_line") == pl.col("y_line"))
    return (
        pl.when(
            one
            & alike
            & ~denied
            & (pl.col("earlier_parties") + pl.col("later_parties") > 0)
            & ~pl.col("a_differ")
            & ~pl.col("r_differ")
        )
        .then(by_recurs(*_SAME_WORD))
        .when(one & sequel & (pl.col("x_line") == pl.col("y_line")))
        .then(_SEQUEL)
        .when(one & ~alike & verbs & (pl.col("trigger_min") > 0))
        .then(_TWO_VERBS)
        .otherwise(0.0)
    )


def story_term() -> pl.Expr:
    """Two documents of one story: they are about further parties, repeat each other's words, take the event for known.

    Only of what is told as done: plans and demands of one story are many.
    """
    fits = (
        ~pl.col("inside")
        & (pl.col("x_type_code") == pl.col("y_type_code"))
        & (pl.col("x_fact") == 0)
        & (pl.col("y_fact") == 0)
        & ~pl.col("a_differ")
        & ~pl.col("r_differ")
        & ((pl.col("theme_min") == 0) | (pl.col("theme_share") > 0))
    )
    parties = (
        pl.when(pl.col("story") > 1)
        .then(by_recurs(*_STORY))
        .when(pl.col("story") == 1)
        .then(by_recurs(*_STORY_ONE))
        .otherwise(0.0)
    )
    words = pl.when(pl.col("trigger_share") + pl.col("echo") > 0).then(by_recurs(*_ECHO)).otherwise(0.0)
    known = pl.when(pl.col("x_definite") | pl.col("y_definite")).then(by_recurs(*_KNOWN)).otherwise(0.0)
    return pl.when(fits).then(parties + words + known).otherwise(0.0)
